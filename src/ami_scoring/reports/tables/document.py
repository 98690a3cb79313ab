"""The ranking as a Markdown document: for an issue, a wiki, or a page that people read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Firmness, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, rounded, spell_date
from ami_scoring.reports.tables.rows import Row, joined, one_line, rows_of, shows_zone
from ami_scoring.scoring.words import (
    NEVER_DECIDES,
    asked_fact,
    closing_sentences,
    granted_heading,
    granted_words,
    hangs_on,
    held_ranks,
    rank_word,
    status_words,
    total_decimals,
)

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#&$]")
_BLOCK = re.compile(r"^(\d*)([-+.)])")
_LINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_HELD: Final = {
    Status.TO_COMPLETE: "À compléter",
    Status.TO_CORRECT: "À corriger",
    Status.AWAITED: "Avis attendu",
}


class Column(NamedTuple):
    """A heading, and the Markdown of a cell; numbers are set to the right."""

    heading: str
    read: Callable[[Row, Standing], str]
    is_number: bool = False


def markdown(evaluation: Evaluation, top: int | None = None) -> str:
    """Write the ranking, the cut, what is on hold, what is set aside and the provenance; no text runs as markup."""
    rows = rows_of(evaluation, top)
    placed = [(row, row.standing) for row in rows if row.standing]
    shown = [(row, standing) for row, standing in placed if standing.rank is not None]
    decimals = total_decimals(evaluation)
    blocks = [
        *_opening(evaluation),
        *_ranking(evaluation, shown, top),
        _cut(evaluation),
        *_section("Places provisoires", _provisional_lines(evaluation, shown)),
        *_held(placed, decimals),
        *_section("Décisions du comité", _decisions(evaluation)),
        *_section("Écartées", [_aside_line(row) for row in rows if row.standing is None]),
        *_provenance(evaluation),
    ]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Make any text stand for itself in a paragraph, a cell or an item: no markup, HTML, link, mention or block."""
    plain = _BLOCK.sub(r"\1\\\2", _LINK.sub(r"\\\g<0>", _MARKUP.sub(r"\\\g<0>", one_line(text))))
    # A mention is found after the escapes are undone: only an element in the middle stops it.
    return plain.replace("@", "@<!-- -->")


def _opening(evaluation: Evaluation) -> Iterator[str]:
    call, wave = evaluation.criteria.call, evaluation.wave
    yield f"# {escaped(call.title)}"
    closing = f" — {escaped(wave.name)}, close le {spell_date(wave.closes_on)}" if wave else ""
    yield f"{escaped(call.authority)}{closing}"
    yield from (escaped(str(sentence)) for sentence in closing_sentences(evaluation))


def _ranking(evaluation: Evaluation, shown: Sequence[tuple[Row, Standing]], top: int | None) -> Iterator[str]:
    yield "## Classement"
    if shown:
        yield _table(_columns(evaluation, shown), shown)
    ranked = sum(standing.rank is not None for standing in evaluation.standings)
    if len(shown) < ranked:
        yield f"Ne sont montrés que les rangs 1 à {top} : {len(shown)} sur {ranked} candidatures classées."


def _columns(evaluation: Evaluation, shown: Sequence[tuple[Row, Standing]]) -> list[Column]:
    criteria = evaluation.criteria
    standings = [standing for _, standing in shown]
    columns = [Column("Rang", lambda _, standing: _rank(standing), is_number=True)]
    if any(standing.rank_best != standing.rank_worst for standing in standings):
        columns.append(Column("Rang possible", lambda _, standing: _ranks(standing), is_number=True))
    columns += [
        Column("Référence", lambda row, _: escaped(row.reference or "")),
        Column("Porteur", lambda row, _: escaped(row.candidature.applicant.name if row.candidature else "")),
        Column("Commune", lambda row, _: escaped(_commune(row))),
        Column("Département", lambda row, _: row.candidature.department if row.candidature else ""),
    ]
    if evaluation.wave is None and len(criteria.waves) > 1:
        columns.append(Column("Vague", lambda row, _: escaped(row.wave.name if row.wave else "")))
    if shows_zone(criteria):
        columns.append(Column("Zone", lambda row, _: escaped(row.zone or "")))
    columns += [_points_column(criterion, criteria.decimals) for criterion in criteria.criteria]
    total = f"Total{_out_of(criteria.announced, criteria.decimals)}"
    decimals = total_decimals(evaluation)
    columns.append(Column(total, lambda _, standing: _total(standing, decimals), is_number=True))
    ask = asked_fact(criteria)
    if ask is not None:
        heading = granted_heading(criteria) + (f" ({escaped(ask.unit)})" if ask.unit else "")
        columns.append(
            Column(heading, lambda _, standing: _amount(standing.granted, criteria.decimals), is_number=True)
        )
    columns.append(Column("Statut", lambda _, standing: status_words(standing)))
    if any(row.reasons for row, _ in shown):
        columns.append(Column("Motifs", lambda row, _: escaped(joined(row.reasons))))
    return columns


def _points_column(criterion: Criterion, decimals: int) -> Column:
    heading = f"{escaped(criterion.column)}{_out_of(criterion.announced, decimals)}"
    return Column(
        heading, lambda _, standing: _points(standing.card.marks[criterion.id].points, decimals), is_number=True
    )


def _table(columns: Sequence[Column], shown: Sequence[tuple[Row, Standing]]) -> str:
    cells = [[column.heading for column in columns]]
    cells += [[column.read(row, standing) for column in columns] for row, standing in shown]
    widths = [max(3, *(len(line[place]) for line in cells)) for place in range(len(columns))]
    rule = [
        "-" * (width - 1) + (":" if column.is_number else "-") for column, width in zip(columns, widths, strict=True)
    ]
    lines = [
        [
            text.rjust(width) if column.is_number else text.ljust(width)
            for text, column, width in zip(line, columns, widths, strict=True)
        ]
        for line in cells
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], rule, *lines[1:]))


def _cut(evaluation: Evaluation) -> str:
    cut, decimals = evaluation.cut, total_decimals(evaluation)
    granted = granted_words(evaluation)
    said = [Message("Places : {places} ; attribuées : {selected}", {"places": cut.places, "selected": cut.selected})]
    if cut.places is None:
        said = [Message("Places : toutes celles qui passent ; attribuées : {selected}", {"selected": cut.selected})]
    if evaluation.criteria.selection.never_decides:
        said = [Message(NEVER_DECIDES)]
    if granted is not None:
        said = [Message("Budget : {granted}", {"granted": granted})]
    if cut.last_total is not None and cut.has_limit:
        said.append(Message("dernier total retenu : {total}", {"total": rounded(cut.last_total, decimals)}))
    if cut.minimum is not None:
        over = "plus de " if evaluation.criteria.selection.minimum_strict else ""
        said.append(Message(f"total minimal : {over}{{minimum}}", {"minimum": rounded(cut.minimum, decimals)}))
    if cut.places_left:
        said.append(Message("places restantes : {left}", {"left": cut.places_left}))
    if cut.reserve:
        said.append(Message("liste de réserve : {reserve}", {"reserve": cut.reserve}))
    return f"**Sélection.** {escaped(' ; '.join(str(part) for part in said))}."


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"## {title}"
        yield "\n".join(lines)


def _held(placed: Sequence[tuple[Row, Standing]], decimals: int) -> Iterator[str]:
    """Write those that have no rank yet, by what they wait for."""
    for status in (Status.TO_COMPLETE, Status.TO_CORRECT, Status.AWAITED):
        held = [(row, one) for row, one in placed if one.rank is None and one.status is status]
        yield from _section(_HELD[status], [_held_line(row, one, decimals) for row, one in held])


def _held_line(row: Row, standing: Standing, decimals: int) -> str:
    card = standing.card
    possible = f"rang possible {_ranks(standing)}, total possible {_between(card.low, card.high, decimals)}"
    return f"- {_who(row)} : {possible} ; {escaped(joined(row.reasons))}"


def _decisions(evaluation: Evaluation) -> list[str]:
    """Write, beside the ranking that was computed, whom people decided otherwise about, and each decision."""
    decided = evaluation.decided
    if decided is None:
        return []
    moved = [
        f"- **{escaped(each.reference)}** : calculée {each.computed.value}, décidée {each.decided.value}"
        for each in decided.fates.values()
        if each.differs
    ]
    return [*moved, *(f"- {escaped(str(effect.said))}" for effect in decided.effects)]


def _provisional_lines(evaluation: Evaluation, shown: Iterable[tuple[Row, Standing]]) -> list[str]:
    held = held_ranks(evaluation)
    return [
        f"- {_who(row)} : {escaped(joined(hangs_on(evaluation, one, held)))}"
        for row, one in shown
        if one.firmness is Firmness.PROVISIONAL
    ]


def _aside_line(row: Row) -> str:
    return f"- {_who(row)} : {row.status.value} ; {escaped(joined(row.reasons))}"


def _who(row: Row) -> str:
    place = f"{row.origin.path}:{row.origin.line}"
    named = [row.candidature.applicant.name, _commune(row)] if row.candidature else [place]
    reference = row.reference or "sans référence lisible"
    return f"**{escaped(reference)}** ({escaped(', '.join(named))})"


def _commune(row: Row) -> str:
    if row.candidature is None:
        return ""
    return row.candidature.place.main_commune.called


def _provenance(evaluation: Evaluation) -> Iterator[str]:
    provenance, call = evaluation.provenance, evaluation.criteria.call
    yield "## Provenance"
    lines = [
        f"- ami-scoring {provenance.version}",
        f"- critères, édition {escaped(call.edition)} : {_file(provenance.criteria)}",
        *(f"- zonage, édition {escaped(edition)} : {_file(origin)}" for origin, edition in provenance.zonings),
    ]
    yield "\n".join(lines)
    yield from _files("SHA-256 des fichiers de candidatures", provenance.candidatures)
    if provenance.assessments:
        yield from _files("SHA-256 des fichiers d'avis", provenance.assessments)
    if provenance.mappings:
        yield from _files("SHA-256 des correspondances d'exports", provenance.mappings)
    if provenance.awarded:
        yield from _files("SHA-256 des résultats des vagues précédentes", provenance.awarded)
    if provenance.verifications is not None:
        yield from _files("SHA-256 du fichier des vérifications", [provenance.verifications])
    if provenance.decisions is not None:
        yield from _files("SHA-256 du registre des décisions", [provenance.decisions])


def _files(title: str, origins: Sequence[Origin]) -> Iterator[str]:
    yield f"<details>\n<summary>{title}</summary>"
    yield "\n".join(f"- {_file(origin)}" for origin in sorted(origins, key=lambda origin: origin.path))
    yield "</details>"


def _file(origin: Origin) -> str:
    return f"{escaped(origin.path)} `{origin.sha256}`" if origin.sha256 else f"{escaped(origin.path)} (illisible)"


def _rank(standing: Standing) -> str:
    rank = rank_word(standing.shown_rank)
    return f"{rank} ex æquo" if standing.tied else rank


def _ranks(standing: Standing) -> str:
    best, worst = standing.rank_best, standing.rank_worst
    return str(best) if best == worst else f"{best} à {worst}"


def _total(standing: Standing, decimals: int) -> str:
    card = standing.card
    shown = _points(card.total, decimals)
    return shown if card.low == card.high else f"{shown} ({_between(card.low, card.high, decimals)})"


def _between(low: Fraction, high: Fraction, decimals: int) -> str:
    return rounded(low, decimals) + (f" à {rounded(high, decimals)}" if low != high else "")


def _amount(granted: Fraction | None, decimals: int) -> str:
    if granted is None:
        return ""
    return rounded(granted, 0 if granted.denominator == 1 else decimals)


def _points(points: Fraction | None, decimals: int) -> str:
    return "" if points is None else rounded(points, decimals)


def _out_of(most: Fraction | None, decimals: int) -> str:
    """Write the maximum announced after a heading, where there is one."""
    return "" if most is None else f" / {rounded(most, 0 if most.denominator == 1 else decimals)}"
