"""Marks in tables: of one candidature criterion by criterion, of all of them in the order of the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.scores import Mark, Scored
from ami_scoring.domain.standings import Standing
from ami_scoring.exact import Fraction
from ami_scoring.messages import NO_BREAK, rounded, spell
from ami_scoring.reports.papers.blocks import Tone, Writer, capital
from ami_scoring.reports.papers.run import place_words
from ami_scoring.scoring.telling import sentence
from ami_scoring.scoring.words import numbering_sentence, points_word, rank_word, status_words, total_decimals

_COLUMNS = (("Critère", 34), ("Points", -10), ("Sur", -8), ("Pourquoi", 48))
_OPEN: Final = f"{NO_BREAK}?"
_KEY: Final = (
    "? : une réponse manque, comptée pour rien tant qu'elle manque ; entre parenthèses, le total le plus bas et le "
    "plus haut qu'elle permet."
)
_TO_VERIFY: Final = (
    "? : une réponse manque, comptée pour rien tant qu'elle manque, ou reste à vérifier, comptée comme elle est "
    "déclarée ; entre parenthèses, le total le plus bas et le plus haut que cela permet."
)


def write_marks(writer: Writer, scored: Scored, criteria: Criteria) -> None:
    """Write the points of a candidature with the reason of each, and their sum."""
    rows = [row for place, root in enumerate(criteria.criteria, 1) for row in _rows(root, str(place), scored, criteria)]
    rows.append(("Total", total_words(scored), _most(criteria.announced), _added(scored, criteria)))
    writer.table("Points obtenus, critère par critère, et pourquoi", _COLUMNS, rows)
    _write_key(writer, (row[:2] for row in rows), _TO_VERIFY if scored.unverified else _KEY)


def total_words(scored: Scored, decimals: int | None = None) -> str:
    """Write a total or between what it lies; with both where answers are missing that the total counts for nothing."""
    card = scored.card
    low, high = (_number(each, decimals) for each in (card.low, card.high))
    between = f"{low} à {high}"
    if card.total is None:
        return between
    total = _number(card.total, decimals)
    return total if low == high else f"{total}{_OPEN} ({between.replace(' ', NO_BREAK)})"


def total_out_of(scored: Scored, criteria: Criteria) -> str:
    """Write a total that is known with its unit and its maximum: `88 points sur 100`."""
    most = "" if criteria.announced is None else f" sur {spell(criteria.announced)}"
    return f"{points_word(scored.card.total or 0)}{most}"


def write_ranking(writer: Writer, evaluation: Evaluation) -> None:
    """Write all that is ranked or waits for something, with the points of the first-level criteria and the status."""
    roots = evaluation.criteria.criteria
    columns = [("Rang", -8), ("Dossier", 14), ("Commune", 20), *((root.column, -12) for root in roots)]
    columns += [("Total", -14), ("Statut", 17)]
    decided = evaluation.decided
    columns += [] if decided is None else [("Décidé", 12)]
    decimals = total_decimals(evaluation)
    rows = [_ranked(one, evaluation.criteria, decimals) for one in evaluation.standings]
    if decided is not None:
        for row, one in zip(rows, evaluation.standings, strict=True):
            row.append(decided.fates[one.entry.reference].decided.value)
    writer.table("Classement, avec les points de chaque critère", columns, rows)
    _write_key(writer, rows, _TO_VERIFY if evaluation.awaits_verification else _KEY)
    numbering = numbering_sentence(evaluation.criteria)
    if numbering is not None:
        writer.say(numbering, Tone.QUIET)


def _ranked(one: Standing, criteria: Criteria, decimals: int) -> list[str]:
    rank = rank_word(one.shown_rank) + (f"{NO_BREAK}=" if one.tied else "")
    marks = (one.card.marks[root.id] for root in criteria.criteria)
    total = total_words(one.scored, decimals)
    return [rank, one.entry.reference, place_words(one.entry), *map(_points, marks), total, status_words(one)]


def _rows(node: Criterion, number: str, scored: Scored, criteria: Criteria) -> Iterator[tuple[str, str, str, str]]:
    mark = scored.card.marks[node.id]
    said = capital(sentence(node, mark, scored.card, criteria))
    yield f"{number}. {node.label}", _points(mark), _most(node.announced), said
    for place, child in enumerate(node.criteria or (), start=1):
        yield from _rows(child, f"{number}.{place}", scored, criteria)


def _points(mark: Mark) -> str:
    """Write points, or between what they lie; those that a missing answer may still change carry a question mark."""
    if mark.points is None:
        return f"{spell(mark.low)} à {spell(mark.high)}"
    return spell(mark.points) if mark.low == mark.high else f"{spell(mark.points)}{_OPEN}"


def _number(number: Fraction, decimals: int | None) -> str:
    return spell(number) if decimals is None else rounded(number, decimals)


def _write_key(writer: Writer, rows: Iterable[Sequence[str]], said: str) -> None:
    """Explain the question mark, where a table has one."""
    if any(text.endswith(_OPEN) or f"{_OPEN} (" in text for row in rows for text in row[1:]):
        writer.say(said, Tone.QUIET)


def _most(announced: object) -> str:
    return "–" if announced is None else spell(announced)


def _added(scored: Scored, criteria: Criteria) -> str:
    marks = [scored.card.marks[root.id].points for root in criteria.criteria]
    return " + ".join("?" if points is None else spell(points) for points in marks)
