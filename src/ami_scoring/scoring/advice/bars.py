"""Advice on the bars that nobody passes: what criteria give together, one answer being the same for all of them.

Of two criteria that are each for one kind of applicant, nobody has both: their points never add up.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, NamedTuple

from ami_scoring.domain.conditions import AnyCondition, facts_of
from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.facts import MISSING, Fact, FactType, Value
from ami_scoring.domain.rules import facts_read
from ami_scoring.domain.scores import Mark
from ami_scoring.domain.selection import Scale
from ami_scoring.domain.words import tests_of
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import holds, nodes_of, possible_points
from ami_scoring.scoring.words import Path

MOST_KINDS: Final = 48
"""Kinds of candidatures, told apart by the choices that several criteria read, beyond which some are not told apart."""


class Bar(NamedTuple):
    """A number of points to reach, in the total or in one criterion, by everybody or by some."""

    path: Path
    points: Fraction
    criterion: str | None = None
    strict: bool = False
    when: AnyCondition | None = None


def advise_bars(criteria: Criteria) -> Iterator[Problem]:
    """Warn of the bars that the rules let nobody pass, though each criterion alone would be worth enough."""
    bars = list(_bars(criteria))
    # What such a criterion is worth where an answer never comes has no bound that its rule tells.
    unbounded = any(leaf.open_ended and leaf.if_missing is MissingPolicy.ZERO for leaf in criteria.leaves)
    highest = _highest(criteria, bars) if bars and not unbounded else {}
    for bar in bars:
        most = max((points[bar.criterion] for kind, points in highest.items() if _concerns(bar, kind)), default=None)
        if most is not None and (bar.points > most or (bar.strict and bar.points == most)):
            said = "ne dépasse" if bar.strict else "n'atteint"
            message = Message(f"Personne {said} ce seuil : les règles donnent au plus {{most}}.", {"most": most})
            mend = Message("Baissez-le, ou revoyez les points ; de critères qui s'excluent, nul n'a les deux.")
            yield Problem("threshold-unreached", Severity.WARNING, bar.path, message, mend)


def _bars(criteria: Criteria) -> Iterator[Bar]:
    selection = criteria.selection
    if selection.minimum is not None:
        yield Bar(("selection", "minimum"), selection.minimum, strict=selection.minimum_strict)
    for place, floor in enumerate(selection.floors):
        yield Bar(("selection", "floors", place, "at_least"), floor.at_least, strict=floor.strict, when=floor.when)
    for place, threshold in enumerate(selection.thresholds):
        most = criteria.by_id[threshold.criterion].most
        key = "at_least" if threshold.share is None else "share"
        points = threshold.at_least if threshold.share is None else threshold.share * (most or 0)
        if points is not None and threshold.on is Scale.POINTS:
            yield Bar(("selection", "thresholds", place, key), points, threshold.criterion, threshold.strict)


Kind = tuple[tuple[str, Value], ...]


def _concerns(bar: Bar, kind: Kind) -> bool:
    if bar.when is None:
        return True
    return holds(bar.when, {**dict.fromkeys(facts_of(bar.when), MISSING), **dict(kind)}) is not False


def _highest(criteria: Criteria, bars: list[Bar]) -> Mapping[Kind, Mapping[str | None, Fraction]]:
    """Bound what each kind of candidature may have, in every criterion and, under None, in all."""
    read = {leaf.id: facts_read(leaf.rule) for leaf in criteria.leaves if leaf.rule is not None}
    known: dict[tuple[str, Kind], Mark] = {}
    found: dict[Kind, Mapping[str | None, Fraction]] = {}
    for kind in _kinds(criteria, read, bars):
        marks: dict[str, Mark] = {}
        for leaf in criteria.leaves:
            own = tuple(each for each in kind if each[0] in read[leaf.id])
            if (leaf.id, own) not in known:
                known[leaf.id, own] = _mark(leaf, own, read[leaf.id], criteria)
            marks[leaf.id] = known[leaf.id, own]
        nodes = {name: high for name, (_, high) in nodes_of(criteria, marks).items()}
        found[kind] = {**{name: mark.high for name, mark in marks.items()}, **nodes}
    return found


def _mark(leaf: Criterion, own: Kind, names: tuple[str, ...], criteria: Criteria) -> Mark:
    assert leaf.rule is not None  # noqa: S101 - leaves carry rules
    values = {**dict.fromkeys(names, MISSING), **dict(own)}
    high = possible_points(leaf.rule, values, criteria.catalogue).high * leaf.scale
    if leaf.if_missing is MissingPolicy.ZERO:
        high = max(high, leaf.weight)
    return Mark(leaf.id, None, None, high, high)


def _kinds(criteria: Criteria, read: Mapping[str, tuple[str, ...]], bars: list[Bar]) -> Iterator[Kind]:
    """Tell candidatures apart by what floors ask for, then by the choices that most criteria read.

    Only by answers that a candidature must give to have a total.
    """
    every = [name for names in read.values() for name in names]
    asked = [name for bar in bars if bar.when is not None for name in facts_of(bar.when)]
    shared = sorted({name for name in every if every.count(name) > 1}, key=lambda name: (-every.count(name), name))
    options: dict[str, tuple[Value, ...]] = {}
    count = 1
    optional = {name for leaf in criteria.leaves if leaf.if_missing is MissingPolicy.ZERO for name in read[leaf.id]}
    optional |= {
        t.fact for leaf in criteria.leaves if leaf.rule for t in tests_of(leaf.rule) if t.operator == "present"
    }
    for name in dict.fromkeys((*asked, *shared)):
        values = () if name in optional else _values(criteria.catalogue[name])
        if values and count * len(values) <= MOST_KINDS:
            options[name] = values
            count *= len(values)
    return (tuple(zip(options, values, strict=True)) for values in product(*options.values()))


def _values(fact: Fact) -> tuple[Value, ...]:
    return (True, False) if fact.type is FactType.BOOLEAN else fact.choices
