"""The sheet « Décisions » of the committee's workbook → the decisions that were typed in it, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from ami_scoring.domain.decision_sheet import (
    ABSENT,
    BY,
    CHOICE,
    CHOICES,
    DRAW,
    FILE,
    FINAL,
    KEEP,
    LEAVE_OUT,
    MEETING,
    MEETING_ON,
    MEMBERS,
    ORDER,
    PART,
    RECUSED,
    REFERENCE,
    SEED,
    SHEET,
    TYPED,
    VOTE,
)
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.primitives import fold
from ami_scoring.evaluation.typed import TypedAt
from ami_scoring.findings import Finding, InvalidFileError, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.decided import file_hashes
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.spreadsheets.cells import Cell, Spot
from ami_scoring.sources.spreadsheets.opening import open_cells, rows_of
from ami_scoring.sources.spreadsheets.workbooks import Sheet
from ami_scoring.sources.text.suggestions import did_you_mean

_COLUMNS: Final = (CHOICE, *TYPED, ORDER, BY, RECUSED)
_ORDER: Final = ("recusal", "late_completion", "tie_broken", "departure", "withdrawal", "reduced_grant")


class Typed(NamedTuple):
    """One decision as somebody typed it, by the keys of the register, and the cells where it did."""

    fields: Mapping[str, Any]
    at: TypedAt


class _Row(NamedTuple):
    reference: str
    answers: Mapping[str, str]
    """By heading."""
    spots: Mapping[str, Location]
    where: Location


def read_sheet(path: Path, evaluation: Evaluation, today: str) -> tuple[list[Typed], list[Finding]]:
    """Read what was typed, in the order in which a register takes it: the meeting first, the final list last.

    Give also what cannot be read of it; then nothing is to be recorded. A decision without a date is of the meeting's,
    or of `today`. Raises `InvalidFileError` where there is no such sheet.
    """
    sheet = _sheet(path)
    lines = dict(rows_of(sheet))
    meeting = _meeting(sheet, lines)
    findings: list[Finding] = list(_of_meeting(meeting))
    on = meeting.answers.get(MEETING_ON, today)
    rows = list(_rows(sheet, lines, evaluation, findings))
    found = [each for row in rows for each in _of_row(row, meeting, on, findings)]
    found.extend(_ties(rows, meeting, on, findings))
    found.sort(key=lambda each: _ORDER.index(each.fields["kind"]))
    return [*_met(meeting, on), *found, *_final(meeting, on)], findings


def _sheet(path: Path) -> Sheet:
    data = read_bytes(path)
    book = data if isinstance(data, Finding) else open_cells(data, path)
    if isinstance(book, Finding):
        raise InvalidFileError([book])
    for sheet in book.sheets:
        if fold(sheet.name) == fold(SHEET):
            return sheet
    message = Message("Ce classeur n'a pas de feuille « {sheet} ».", {"sheet": SHEET})
    suggestion = Message("Donnez le classeur écrit par « ami score … -o classement.xlsx ».")
    raise InvalidFileError([Finding("decision-sheet", Severity.ERROR, message, Location(str(path)), suggestion)])


def _meeting(sheet: Sheet, lines: Mapping[int, Mapping[int, Cell]]) -> _Row:
    """Read the labels above the table, and the first cell that is filled beside each."""
    known = {fold(label): label for label in MEETING}
    answers: dict[str, str] = {}
    spots: dict[str, Location] = {}
    for row, cells in lines.items():
        columns = sorted(cells)
        label = known.get(fold(cells[columns[0]].text.strip())) if columns else None
        if label is not None and label not in spots:
            spots[label] = sheet.at(Spot(row, columns[:2][-1]))
            answers.update((label, cells[column].text.strip()) for column in columns[1:2])
    return _Row("", answers, spots, Location(sheet.path, sheet=sheet.name))


def _of_meeting(meeting: _Row) -> Iterator[Finding]:
    """Refuse, above the table, a word that is not one of those asked for, and what nothing would read."""
    final = meeting.answers.get(FINAL)
    if final is not None and fold(final) not in {"oui", "non"}:
        yield _unknown_word("choice-unknown", final, ["oui", "non"], meeting.spots[FINAL])
    if ABSENT in meeting.answers and MEMBERS not in meeting.answers:
        message = Message("« {name} » est rempli, et personne n'est présent.", {"name": ABSENT})
        yield Finding("decision-orphan", Severity.ERROR, message, meeting.spots[ABSENT])


def _unknown_word(code: str, word: str, words: Sequence[str], where: Location) -> Finding:
    message = Message("« {word} » n'est pas une réponse de la liste.", {"word": word})
    mend = did_you_mean(word, words) or Message("La liste : {words}.", {"words": list(words)})
    return Finding(code, Severity.ERROR, message, where, mend)


def _typed_at(row: _Row, meeting: _Row, **more: str) -> TypedAt:
    """Give the cells of one decision by the keys of the register; `more` are the headings of other keys."""
    headings = {**{key: name for name, key in TYPED.items()}, "kind": CHOICE, "kept": CHOICE, "reference": REFERENCE}
    headings = {"date": MEETING_ON, **headings, **more}
    cells = {**meeting.spots, **row.spots}
    spots = {key: cells[name] for key, name in headings.items() if name in cells}
    return TypedAt(row.where, spots, {key: f"« {name} »" for key, name in headings.items()})


def _rows(
    sheet: Sheet, lines: Mapping[int, Mapping[int, Cell]], evaluation: Evaluation, findings: list[Finding]
) -> Iterator[_Row]:
    head = next((row for row, cells in lines.items() if {REFERENCE, CHOICE} <= _texts(cells)), None)
    if head is None:
        message = Message("Les intitulés du tableau des décisions ont disparu : « {names} »….", {"names": REFERENCE})
        findings.append(Finding("decision-sheet", Severity.ERROR, message, Location(sheet.path, sheet=sheet.name)))
        return
    columns = {cell.text.strip(): column for column, cell in lines[head].items()}
    now = file_hashes(evaluation)
    for number, cells in lines.items():
        told = {name: columns[name] for name in _COLUMNS if name in columns and columns[name] in cells}
        if number <= head or not told:
            continue
        if columns[REFERENCE] not in cells:
            message = Message("Cette ligne est remplie, et son dossier (« {name} ») ne l'est pas.", {"name": REFERENCE})
            where = sheet.at(Spot(number, min(told.values())))
            findings.append(Finding("decision-orphan", Severity.ERROR, message, where))
            continue
        reference = cells[columns[REFERENCE]].text.strip()
        where = sheet.at(Spot(number, columns[REFERENCE]))
        file = cells.get(columns.get(FILE, 0))
        if reference.casefold() not in now:
            message = Message("Aucune candidature lue ne porte la référence « {name} ».", {"name": reference})
            findings.append(Finding("decision-unknown-reference", Severity.ERROR, message, where))
        elif file is not None and file.text.strip() != now[reference.casefold()]:
            message = Message("Le dossier {name} a changé depuis que ce classeur a été écrit.", {"name": reference})
            mend = Message("Refaites le classeur, relisez ce dossier, puis décidez.")
            findings.append(Finding("decision-file-changed", Severity.ERROR, message, where, mend))
        else:
            answers = {name: cells[column].text.strip() for name, column in told.items()}
            spots = {name: sheet.at(Spot(number, column)) for name, column in columns.items()}
            yield _Row(reference, answers, spots, where)


def _texts(cells: Mapping[int, Cell]) -> set[str]:
    return {cell.text.strip() for cell in cells.values()}


def _of_row(row: _Row, meeting: _Row, on: str, findings: list[Finding]) -> Iterator[Typed]:
    """Give what one row decides: who takes no part, then the decision, unless it is about several rows."""
    for member in _parts(row.answers.get(RECUSED)):
        reason = row.answers.get("Motif", "déport déclaré en séance") if CHOICE not in row.answers else "déport déclaré"
        fields = {"kind": "recusal", "date": on, "member": member, "references": [row.reference], "reason": reason}
        yield Typed(fields, _typed_at(row, meeting, member=RECUSED, references=REFERENCE))
    word = row.answers.get(CHOICE)
    if word is None:
        findings.extend(_orphans(row, set()))
        return
    choice = next((each for each in CHOICES if fold(each) == fold(word)), None)
    if choice is None:
        findings.append(_unknown_word("decision-kind", word, [*CHOICES], row.spots[CHOICE]))
        return
    kind, takes = CHOICES[choice]
    findings.extend(_orphans(row, {*takes, *({ORDER, BY} if choice == PART else ())}))
    if choice == PART:
        return
    said = {key: row.answers[name] for name, key in TYPED.items() if name in row.answers and key in takes}
    kept = {KEEP: {"kept": "oui"}, LEAVE_OUT: {"kept": "non"}}.get(choice, {})
    if kind == "withdrawal":
        said.setdefault("received_on", on)
    yield Typed({"kind": kind, "date": on, "reference": row.reference, **kept, **said}, _typed_at(row, meeting))


def _orphans(row: _Row, takes: set[str]) -> Iterator[Finding]:
    """Refuse what is typed and would be read by nothing."""
    keys = {**TYPED, ORDER: ORDER, BY: BY}
    recused = RECUSED in row.answers and CHOICE not in row.answers
    for name in row.answers:
        if name in keys and keys[name] not in takes and not (recused and name == "Motif"):
            choice = row.answers.get(CHOICE)
            said = Message("rien n'est choisi dans « {choice} »", {"choice": CHOICE})
            if choice is not None:
                said = Message("« {choice} » ne s'en sert pas", {"choice": choice})
            message = Message("« {name} » est rempli, et {said}.", {"name": name, "said": said})
            yield Finding("decision-orphan", Severity.ERROR, message, row.spots[name])


def _ties(rows: Sequence[_Row], meeting: _Row, on: str, findings: list[Finding]) -> Iterator[Typed]:
    """Put together the rows that tell equals apart: those of one rank, in the order that is typed."""
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        if fold(row.answers.get(CHOICE, "")) == fold(PART):
            by = fold(row.answers.get(BY, VOTE))
            if by not in {VOTE, DRAW}:
                findings.append(_unknown_word("choice-unknown", row.answers[BY], [VOTE, DRAW], row.spots[BY]))
            way = DRAW if by == DRAW else VOTE
            groups.setdefault(f"{way}|{row.answers.get('Motif', '')}", []).append(row)
    for group in groups.values():
        numbers = [row.answers.get(ORDER, "") for row in group]
        if sorted(numbers) != [str(number) for number in range(1, len(group) + 1)]:
            message = Message(
                "Numérotez les ex æquo départagés de 1 à {count}, chacun une fois.", {"count": len(group)}
            )
            findings.append(Finding("decision-tie-order", Severity.ERROR, message, group[0].spots[ORDER]))
            continue
        first = group[0].answers
        drawn = fold(first.get(BY, VOTE)) == DRAW
        order = [row.reference for _, row in sorted(zip(numbers, group, strict=True), key=lambda pair: int(pair[0]))]
        fields = {"kind": "tie_broken", "date": on, "by": "draw" if drawn else "vote", "order": order}
        seed = {"seed": meeting.answers.get(SEED)} if drawn else {}
        at = _typed_at(group[0], meeting, order=ORDER, by=BY, seed=SEED)
        yield Typed({**fields, **seed, "reason": first.get("Motif")}, at)


def _met(meeting: _Row, on: str) -> Iterator[Typed]:
    if MEMBERS in meeting.answers:
        fields = {"kind": "meeting", "date": on, "members": _parts(meeting.answers[MEMBERS])}
        at = _typed_at(meeting, meeting, members=MEMBERS, absent=ABSENT)
        yield Typed({**fields, "absent": _parts(meeting.answers.get(ABSENT))}, at)


def _final(meeting: _Row, on: str) -> Iterator[Typed]:
    if fold(meeting.answers.get(FINAL, "")) == "oui":
        at = _typed_at(meeting, meeting, selected=FINAL, reserve=FINAL)
        yield Typed({"kind": "final_list", "date": on}, at._replace(where=meeting.spots[FINAL]))


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]
