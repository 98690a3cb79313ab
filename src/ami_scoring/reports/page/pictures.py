"""What the drawings show: how totals spread, what became of each wave and of each département. No colour is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import rounded, spell
from ami_scoring.reports.page.texts import name
from ami_scoring.reports.page.tiles import tiles_around

MOST_BARS: Final = 20
"""Bars of the spread of totals: more would be noise."""
MOST_STACKED: Final = 25
"""Candidatures whose contributions are drawn: the list shows those of all."""
_STEPS: Final = (1, 2, 5)


class Bin(NamedTuple):
    """How many totals lie from `low` on and below `high` (the last one holds its end), and how many have a place."""

    low: str
    high: str
    many: int
    selected: int


class Spread(NamedTuple):
    """The bars of totals; where the last total that got a place stands among them, from 0 to 1."""

    bins: tuple[Bin, ...]
    cut: float | None
    cut_label: str
    tallest: int


class Tally(NamedTuple):
    """How many candidatures of one kind, and what became of them; `place` is where its tile stands, if it has one."""

    label: str
    many: int
    selected: int
    reserve: int
    others: int
    place: tuple[int, int] | None = None


class Stack(NamedTuple):
    """One candidature's total, criterion by criterion: where each begins and how wide it is, in hundredths."""

    reference: str
    total: str
    parts: tuple[tuple[float, float], ...]


def spread_of(evaluation: Evaluation) -> Spread | None:
    """Count totals by bars of one round width; None where nothing has a total."""
    ranked = [one for one in evaluation.standings if one.rank is not None and one.card.total is not None]
    totals = [(one.card.total or Fraction(0), one.status is Status.SELECTED) for one in ranked]
    if not totals:
        return None
    low, high = min(total for total, _ in totals), max(total for total, _ in totals)
    step = _round_step(high - low)
    first = low // step
    size = int(high // step - first) + 1
    counts = [[0, 0] for _ in range(size)]
    for total, selected in totals:
        place = int(total // step - first)
        counts[place][0] += 1
        counts[place][1] += selected
    bins = [
        Bin(spell((first + place) * step), spell((first + place + 1) * step), count, selected)
        for place, (count, selected) in enumerate(counts)
    ]
    last = evaluation.cut.last_total if evaluation.cut.has_limit else None
    cut = None if last is None else round(float((last - first * step) / (step * size)), 4)
    label = "" if last is None else rounded(last, evaluation.criteria.decimals)
    return Spread(tuple(bins), cut, label, max(count for count, _ in counts))


def _round_step(width: Fraction) -> Fraction:
    """Give the smallest of 1, 2, 5, 10… (or their tenths) by which a width makes few enough bars."""
    power = Fraction(1, 10**6)
    while True:
        for each in _STEPS:
            if width / (power * each) < MOST_BARS:
                return power * each
        power *= 10


def waves_of(evaluation: Evaluation) -> list[Tally]:
    """Tell what became of the ranked candidatures of each wave."""
    waves = evaluation.criteria.waves
    return [tally(name(wave.name), [one for one in evaluation.standings if one.scored.wave is wave]) for wave in waves]


def departments_of(evaluation: Evaluation) -> list[Tally]:
    """Tell what became of those of each département; the tiles around them too, where nobody applied."""
    by_code: dict[str, list[Standing]] = {}
    for one in evaluation.standings:
        by_code.setdefault(one.entry.candidature.department, []).append(one)
    places = {tile.code: (tile.column, tile.row) for tile in tiles_around(by_code)}
    return [tally(code, by_code.get(code, []), places.get(code)) for code in sorted({*by_code, *places})]


def tally(label: str, those: Iterable[Standing], place: tuple[int, int] | None = None) -> Tally:
    """Count what became of some candidatures."""
    counts = Counter(one.status for one in those)
    selected, reserve = counts[Status.SELECTED], counts[Status.RESERVE]
    return Tally(label, counts.total(), selected, reserve, counts.total() - selected - reserve, place)


def stacks_of(evaluation: Evaluation) -> list[Stack]:
    """Draw the totals of the first ranks; nothing where a criterion takes points away, which no stack can show."""
    criteria = evaluation.criteria
    first = [one for one in evaluation.standings if one.card.total is not None and one.rank is not None][:MOST_STACKED]
    points = [_points(one, criteria) for one in first]
    if not first or any(each < 0 for line in points for each in line):
        return []
    widest = max(*(sum(line, Fraction(0)) for line in points), criteria.announced or Fraction(1))
    stacks = []
    for one, line in zip(first, points, strict=True):
        begins = [sum(line[:place], Fraction(0)) for place in range(len(line))]
        parts = tuple((_share(begin, widest), _share(each, widest)) for begin, each in zip(begins, line, strict=True))
        stacks.append(Stack(name(one.entry.reference), rounded(one.card.total or 0, criteria.decimals), parts))
    return stacks


def _points(one: Standing, criteria: Criteria) -> Sequence[Fraction]:
    return [one.card.marks[root.id].points or Fraction(0) for root in criteria.criteria]


def _share(part: Fraction, whole: Fraction) -> float:
    return round(float(100 * part / whole), 2)
