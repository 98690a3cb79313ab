"""A trial voted in the committee's workbook → the text of a policy: only what was voted otherwise changes, in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ami_scoring.domain.criteria import Criteria, Criterion, Wave
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.quantities import parse_amount
from ami_scoring.domain.waves import alone
from ami_scoring.evaluation.verifying import carried_hashes
from ami_scoring.exact import Fraction
from ami_scoring.findings import AmiScoringError, Finding, InvalidFileError, Location, Severity
from ami_scoring.messages import Message, printable, spell
from ami_scoring.scoring.checks import given_values
from ami_scoring.scoring.marks import facts_used, score
from ami_scoring.sources.doors.loaders import load_criteria
from ami_scoring.sources.files.decoding import Source, decode, given, read_bytes
from ami_scoring.sources.files.document import DataPath, Document
from ami_scoring.sources.spreadsheets.cells import Cell, Content, Spot
from ami_scoring.sources.spreadsheets.opening import open_cells, rows_of
from ami_scoring.sources.spreadsheets.workbooks import Sheet

SHEET: Final = "Critères"
"""The sheet of the committee's workbook where a trial is typed."""
_NUMBER: Final = re.compile(r"\d+(\.\d+)*", re.ASCII)
_LABEL, _IN_FORCE, _EVALUATED = 2, 3, 4
_PLACES: Final = ("nombre de places", "places")
_RESERVE: Final = ("longueur de la liste de réserve", "reserve")
_NO_NUMBER: Final = frozenset({"", "–", "aucun", "En vigueur", "Évalué", "Poids"})
_END: Final = "total des poids"
_MINIMUM: Final = (("total minimal", "total à dépasser"), "minimum")


class NotATrialError(AmiScoringError):
    """Raised when a workbook holds no trial of a policy."""


class Change(NamedTuple):
    """One number that was voted otherwise: where it is in the policy, what it was and what it becomes."""

    path: DataPath
    said: Message
    text: str


class Trial(NamedTuple):
    """The text of the new policy, and what changes in it."""

    text: str
    changes: tuple[Change, ...]


class _Typed(NamedTuple):
    """What was typed that is not what was evaluated."""

    weights: Mapping[str, Fraction]
    """By the number of the criterion in the tree."""
    settings: Mapping[str, Fraction | None]
    """Places, reserve and minimum, by their key in the policy; a minimum that was emptied is None."""


def read_trial(workbook: Path, criteria: Path, wave: str | None = None) -> Trial:
    """Write into a policy the weights, places and minimum that a workbook of its own holds.

    Raises `InvalidFileError` for what cannot be read, and `NotATrialError` where the workbook is of another policy.
    """
    policy, document, origin = load_criteria(criteria)
    data = read_bytes(workbook)
    book = data if isinstance(data, Finding) else open_cells(data, workbook)
    if isinstance(book, Finding) or isinstance(data, Finding):
        raise InvalidFileError([each for each in (book, data) if isinstance(each, Finding)][:1])
    sheet = next((each for each in book.sheets if fold(each.name) == fold(SHEET)), None)
    if sheet is None:
        message = f"« {printable(str(workbook))} » n'a pas de feuille « {SHEET} » : ce n'est pas un classeur du comité."
        raise NotATrialError(message)
    if origin.sha256.encode() not in carried_hashes(data):
        message = (
            f"« {printable(str(workbook))} » n'a pas été fait avec « {printable(str(criteria))} » tel qu'il est : "
            "donnez par -c les critères de ce classeur, ou refaites-le."
        )
        raise NotATrialError(message)
    text = _text(criteria)
    changes = tuple(_changes(_typed(sheet), policy, _wave(policy, wave)))
    edited = _edited(text, document, changes)
    return Trial(_with_examples(edited, criteria) if changes else text, changes)


def _text(path: Path) -> str:
    data = read_bytes(path)
    text = data if isinstance(data, Finding) else decode(data, str(path))
    if isinstance(text, Finding):
        raise InvalidFileError([text])
    return text.removeprefix("\ufeff")


def _wave(policy: Criteria, name: str | None) -> tuple[int, Wave] | None:
    if name is None:
        return None
    found = next(((place, each) for place, each in enumerate(policy.waves) if each.id == name), None)
    if found is None:
        message = f"aucune vague « {printable(name)} » ; il y a : {spell([each.id for each in policy.waves])}."
        raise NotATrialError(message)
    return found


def _typed(sheet: Sheet) -> _Typed:
    weights: dict[str, Fraction] = {}
    settings: dict[str, Fraction | None] = {}
    findings: list[Finding] = []
    for row, cells in rows_of(sheet):
        number, label = _at(cells, 1), fold(_at(cells, _LABEL))
        if label == _END:
            break
        value = _amount(cells.get(_IN_FORCE), sheet.at(Spot(row, _IN_FORCE)), findings)
        if value == _amount(cells.get(_EVALUATED), sheet.at(Spot(row, _EVALUATED)), []):
            continue
        name = _setting(label)
        if name is not None:
            settings[name] = value
        elif value is not None and _NUMBER.fullmatch(number):
            weights[number] = value
    if findings:
        raise InvalidFileError(findings, "Rien n'est écrit.")
    return _Typed(weights, settings)


def _setting(label: str) -> str | None:
    if label == _PLACES[0]:
        return _PLACES[1]
    if label == _RESERVE[0]:
        return _RESERVE[1]
    return _MINIMUM[1] if label.startswith(_MINIMUM[0]) else None


def _at(cells: Mapping[int, Cell], column: int) -> str:
    return cells[column].text.strip() if column in cells else ""


def _amount(cell: Cell | None, where: Location, findings: list[Finding]) -> Fraction | None:
    """Read one cell; nothing, a heading and « – » are no number, and anything else that is none is a finding."""
    text = "" if cell is None or cell.content is Content.UNCOMPUTED else cell.text.strip()
    if text in _NO_NUMBER:
        return None
    try:
        return parse_amount(text)
    except RefusalError as error:
        findings.append(Finding(error.type, Severity.ERROR, Message("{said}", {"said": str(error)}), where))
        return None


def _changes(typed: _Typed, policy: Criteria, wave: tuple[int, Wave] | None) -> Iterator[Change]:
    for place, root in enumerate(policy.criteria):
        yield from _of_node(root, ("criteria", place), str(place + 1), typed)[1]
    selection = policy.selection
    for key in ("places", "reserve"):
        value = typed.settings.get(key)
        own = None if wave is None else getattr(wave[1], key)
        was = getattr(selection, key) if own is None else own
        path: DataPath = ("selection", key) if own is None or wave is None else ("waves", wave[0], key)
        if value is not None and was is not None:
            yield Change(path, _said("« {what} »", key, Fraction(was), value), _written(value))
    if "minimum" in typed.settings:
        minimum = typed.settings["minimum"]
        before = alone(policy, None if wave is None else wave[1]).selection.minimum
        said = _said("« {what} »", "minimum", before, minimum)
        yield Change(("selection", "minimum"), said, "~" if minimum is None else _written(minimum))


def _of_node(node: Criterion, path: DataPath, number: str, typed: _Typed) -> tuple[Fraction, list[Change]]:
    """Give the weight that a trial gives a criterion, and what changes in it and below."""
    changes: list[Change] = []
    total = Fraction(0)
    for place, child in enumerate(node.criteria or ()):
        weight, below = _of_node(child, (*path, "criteria", place), f"{number}.{place + 1}", typed)
        changes.extend(below)
        total += weight if child.counts_in_sum else 0
    voted = typed.weights.get(number, node.weight)
    # The weight of a group is the sum of those below it, unless it caps them: then it is one more number to vote.
    weight = total if node.criteria is not None and not node.capped and not node.open_ended else voted
    if node.open_ended or weight == node.weight:
        return node.weight, changes
    what = _said("poids de « {what} »", node.label, node.weight, weight)
    own = [Change((*path, "weight"), what, _written(weight))]
    if node.rule is not None and node.out_of is None:
        said = Message("« {what} » : note sur {top}, comme avant", {"what": node.label, "top": node.weight})
        own.append(Change((*path, "out_of"), said, _written(node.weight)))
    return weight, [*own, *changes]


def _said(subject: str, what: str, before: Fraction | None, after: Fraction | None) -> Message:
    shown = {
        "what": what,
        "before": "aucun" if before is None else before,
        "after": "aucun" if after is None else after,
    }
    return Message(f"{subject} : {{before}} → {{after}}", shown)


def _written(number: Fraction) -> str:
    """Write a number as YAML reads it back: whole, or with its decimals."""
    if number.denominator == 1:
        return str(number.numerator)
    decimals = next((count for count in range(1, 10) if (number * 10**count).denominator == 1), None)
    if decimals is None:
        return str(number)
    digits = str(int(number * 10**decimals)).rjust(decimals + 1, "0")
    tail = digits[-decimals:]
    # Three decimals may be thousands.
    return f"{digits[:-decimals]}.{tail}{'0' if len(tail) == 3 else ''}"


def _edited(text: str, document: Document, changes: Sequence[Change]) -> str:
    """Put each number in the place of the old one; what had no line gets one beside its neighbour."""
    edits = [_edit(text, document, change) for change in changes]
    for start, end, new in sorted(edits, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def _edit(text: str, document: Document, change: Change) -> tuple[int, int, str]:
    path = change.path
    value = _value(document, path)
    if isinstance(value, dict) and "at_least" in value:  # a minimum written at length
        path = (*path, "at_least")
        value = value["at_least"]
    if isinstance(value, dict):  # the name of a parameter, in the place of a number
        start, name = (_offset(text, document.locate(at)) for at in (path, (*path, "fact")))
        end = _end(text, name, value["fact"])
        return start, text.index("}", end) + 1 if text[start] == "{" else end, change.text
    if isinstance(value, str):
        start = _offset(text, document.locate(path))
        return start, _end(text, start, value), change.text
    return _beside(text, document, change)


def _end(text: str, start: int, value: object) -> int:
    """Find where a value ends that starts there, in quotes or not."""
    return start + len(str(value)) + (2 if text[start] in "\"'" else 0)


def _beside(text: str, document: Document, change: Change) -> tuple[int, int, str]:
    """Write a key that was not there after another of its group: `weight`, or `places`."""
    group, key = change.path[:-1], str(change.path[-1])
    neighbour = "weight" if key == "out_of" else "places"
    beside = (*group, neighbour)
    value = _value(document, beside)
    start = _offset(text, document.locate(beside))
    at = _offset(text, document.locate(beside, key=True))
    line = text.rfind("\n", 0, at) + 1
    if text[line:at].strip() in {"", "-"}:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        return end, end, f"\n{' ' * (at - line)}{key}: {change.text}"
    end = _end(text, start, value)
    return end, end, f", {key}: {change.text}"


def _offset(text: str, where: Location) -> int:
    return Source(text, where.path).starts[(where.line or 1) - 1] + (where.column or 1) - 1


def _value(document: Document, path: DataPath) -> object:
    found: object = document.data
    for part in path:
        if isinstance(found, dict):
            found = found.get(str(part))
        elif isinstance(found, list) and isinstance(part, int) and part < len(found):
            found = found[part]
        else:
            return None
    return found


def _with_examples(text: str, criteria: Path) -> str:
    """Give the examples of whole candidatures the totals of the new weights: their facts and marks stay the same."""
    with given({criteria: text.encode("utf-8")}):
        policy, document, _ = load_criteria(criteria)
    changes: list[Change] = []
    for place, example in enumerate(policy.examples):
        if example.total is None:
            continue
        values, problems = given_values(example.given, facts_used(policy), ("examples", place), policy)
        card = None if problems else score(policy, values)
        if card is None or card.total is None:
            continue
        nothing = Message("")
        if card.total != example.total:
            changes.append(Change(("examples", place, "total"), nothing, _written(card.total)))
        for name, expected in example.points.items():
            points = card.marks[name].points if name in card.marks else None
            if points is not None and points != expected:
                changes.append(Change(("examples", place, "points", name), nothing, _written(points)))
    return _edited(text, document, changes)
