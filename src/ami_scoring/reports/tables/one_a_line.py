"""One line for each candidature, in ten columns or so: what people read, search and page through outside a terminal.

Nothing is cut or folded: a line is whole, whatever its length, and the reasons come last. What was read, and with
which policy, is said once, under the list.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Firmness, Standing
from ami_scoring.messages import printable, rounded
from ami_scoring.reports.tables.rows import Row, joined, one_line, rows_of, shows_zone
from ami_scoring.scoring.words import (
    asked_fact,
    closing_sentences,
    displacing,
    granted_heading,
    rank_word,
    status_words,
    total_decimals,
)

WIDEST: Final = 44
"""Cells that a column is padded to: one longer name moves its own line, not all the others."""
_DASH = "–"


class Column(NamedTuple):
    """A heading, what it holds for a row, and whether it is set to the right."""

    heading: str
    read: Callable[[Row], str]
    is_number: bool = False


def listing(evaluation: Evaluation, top: int | None = None) -> str:
    """Write the list, then how many were read and what became of them, then what all of it was made from."""
    rows = rows_of(evaluation, top)
    columns = list(_columns(evaluation, rows))
    cells = [[column.heading for column in columns], *([column.read(row) for column in columns] for row in rows)]
    widths = [min(max(map(len, every)), WIDEST) for every in zip(*cells, strict=True)]
    rights = [column.is_number for column in columns]
    lines = [_line(line, widths, rights) for line in cells]
    said = map(printable, map(str, closing_sentences(evaluation)))
    return "\n".join([*lines, "", *said, *map(printable, _provenance(evaluation)), ""])


def _line(cells: Sequence[str], widths: Sequence[int], rights: Sequence[bool]) -> str:
    padded = (
        text.rjust(width) if right else text.ljust(width)
        for text, width, right in zip(cells, widths, rights, strict=True)
    )
    return "  ".join(padded).rstrip()


def _columns(evaluation: Evaluation, rows: Sequence[Row]) -> Iterator[Column]:
    criteria, decimals = evaluation.criteria, total_decimals(evaluation)
    placed = [row.standing for row in rows if row.standing]
    slot = any(standing.tied for standing in placed)
    yield Column("Rang" + "  " * slot, lambda row: _rank(row.standing, slot=slot), is_number=True)
    yield Column("Dossier", _reference)
    yield Column("Commune", _commune)
    yield Column("Total", lambda row: _total(row, decimals), is_number=True)
    if asked_fact(criteria) is not None:
        yield Column(granted_heading(criteria), lambda row: _granted(row, criteria.decimals), is_number=True)
    yield Column("Statut", lambda row: status_words(row.standing) if row.standing else row.status.value)
    if any(standing.rank_best != standing.rank_worst for standing in placed):
        yield Column("Rangs possibles", lambda row: _ranks(row.standing))
    if any(standing.card.low != standing.card.high for standing in placed):
        yield Column("Totaux possibles", lambda row: _totals(row, decimals))
    if shows_zone(criteria):
        yield Column("Zone", lambda row: one_line(row.zone or _DASH))
    if evaluation.wave is None and len(criteria.waves) > 1:
        yield Column("Vague", lambda row: one_line(row.wave.name) if row.wave else _DASH)
    yield Column("Porteur", lambda row: one_line(row.candidature.applicant.name) if row.candidature else _DASH)
    yield Column("Motif", partial(_why, evaluation))


def _rank(standing: Standing | None, *, slot: bool) -> str:
    rank = _DASH if standing is None else rank_word(standing.shown_rank)
    return rank + (" =" if standing and standing.tied else "  ") * slot


def _ranks(standing: Standing | None) -> str:
    if standing is None:
        return ""
    best, worst = standing.rank_best, standing.rank_worst
    return "" if best == worst else f"{best} à {worst}"


def _reference(row: Row) -> str:
    return one_line(row.reference or f"{row.origin.path}:{row.origin.line}")


def _commune(row: Row) -> str:
    if row.candidature is None:
        return _DASH
    place, others = row.candidature.place, len(row.candidature.place.communes) - 1
    return one_line(f"{place.main_commune.called} ({row.candidature.department})" + (f" +{others}" if others else ""))


def _total(row: Row, decimals: int) -> str:
    return _DASH if row.card is None or row.card.total is None else rounded(row.card.total, decimals)


def _totals(row: Row, decimals: int) -> str:
    if row.card is None or row.card.low == row.card.high:
        return ""
    low, high = rounded(row.card.low, decimals), rounded(row.card.high, decimals)
    return f"{low} à {high}"


def _granted(row: Row, decimals: int) -> str:
    granted = row.standing.granted if row.standing else None
    return _DASH if granted is None else rounded(granted, 0 if granted.denominator == 1 else decimals)


def _why(evaluation: Evaluation, row: Row) -> str:
    """Give the reasons of a status; of a place that is not firm, also on whose files it depends."""
    told = [one_line(joined(row.reasons))] if row.reasons else []
    one = row.standing
    if one and one.firmness is Firmness.PROVISIONAL and (names := displacing(evaluation, one)):
        told.append(one_line(f"dépend de {names}"))
    return " ; ".join(told)


def _provenance(evaluation: Evaluation) -> Iterator[str]:
    provenance = evaluation.provenance
    read = [provenance.criteria, *(origin for origin, _ in provenance.zonings)]
    yield from (f"SHA-256 de {origin.path} : {origin.sha256}" for origin in read)
    files = len({origin.path for origin in provenance.candidatures})
    word = "fichiers de candidatures" if files > 1 else "fichier de candidatures"
    yield f"{files} {word} : leurs SHA-256 sont dans les formats tsv, csv et json. ami-scoring {provenance.version}"
