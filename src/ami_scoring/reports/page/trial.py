"""What the page needs to weigh, rank and select anew: raw marks, categories, demands, all as exact numbers.

The script adds up and compares; every rule, condition and word stays here. Numbers are written as `plain` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.scores import Evaluation, Scored, Status
from ami_scoring.domain.selection import Budget, CriterionTie, DrawTie, FactTie, Prefer, Selection, Short, Tie
from ami_scoring.exact import Fraction, plain
from ami_scoring.scoring.marks import holds
from ami_scoring.scoring.places import DEPOSIT, Deposits, draw_number

_COMMON: Final = -1
"""The purse of candidatures that no envelope concerns."""


def trial_of(evaluation: Evaluation) -> dict[str, Any]:
    """Give the settings of the evaluation: the tree with its weights, what decides of places."""
    criteria, cut = evaluation.criteria, evaluation.cut
    wave = evaluation.wave
    has_places = criteria.selection.places is not None or (wave is not None and wave.places is not None)
    order = {name: place for place, name in enumerate(criteria.by_id)}
    parents = {child.id: order[node.id] for node in criteria.by_id.values() for child in node.criteria or ()}
    return {
        "nodes": [_node(node, parents.get(node.id, -1)) for node in criteria.by_id.values()],
        "total": plain(criteria.total),
        "places": cut.places if has_places else None,
        "reserve": cut.reserve,
        "ownPlaces": wave.id if wave and wave.places is not None else None,
        "ownReserve": wave.id if wave and wave.reserve is not None else None,
        "unread": evaluation.count(Status.UNREADABLE),
        "several": int(any(one.versions > 1 for one in evaluation.standings)),
        "ties": [order[tie.criterion] if isinstance(tie, CriterionTie) else None for tie in criteria.ranking.ties],
        **_selection(criteria, order),
    }


def _node(node: Criterion, parent: int) -> dict[str, Any]:
    return {
        "id": node.id,
        "parent": parent,
        "label": node.label,
        "leaf": node.criteria is None,
        "capped": node.capped,
        "counts": node.counts_in_sum,
        "open": node.open_ended,
        "weight": plain(node.weight),
        "top": plain(node.top),
        "input": node.capped if node.criteria else node.top > 0 and not node.open_ended,
    }


def _selection(criteria: Criteria, order: dict[str, int]) -> dict[str, Any]:
    selection = criteria.selection
    return {
        "minimum": _plain(selection.minimum),
        "minimumStrict": selection.minimum_strict,
        "floors": [plain(floor.at_least) for floor in selection.floors],
        "minimumMark": _plain(selection.minimum_mark),
        "thresholds": [
            {
                "node": order[each.criterion],
                "on": each.on.value,
                "atLeast": _plain(each.at_least),
                "share": _plain(each.share),
                "strict": each.strict,
            }
            for each in selection.thresholds
        ],
        "quotas": [{"atLeast": each.at_least, "atMost": each.at_most} for each in selection.quotas],
        "budget": _budget(selection),
        "decidesFrom": _plain(selection.decides_from),
    }


def _budget(selection: Selection) -> dict[str, Any] | None:
    budget = selection.budget
    if budget is None:
        return None
    return {
        "amount": plain(budget.amount),
        "times": plain(budget.times),
        "partial": budget.partial,
        "stops": budget.when_short is Short.STOP,
        "envelopes": [{"amount": plain(each.amount), "spill": each.spill} for each in budget.envelopes],
    }


def _plain(number: Fraction | None) -> str | None:
    return None if number is None else plain(number)


def figures_of(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Give, for each ranked candidature, what its total and its place are made of."""
    criteria = evaluation.criteria
    scored = [standing.scored for standing in evaluation.standings]
    ties = [_tie_ranks(tie, scored) for tie in criteria.ranking.ties]
    return [
        {
            "m": [_marks(one, leaf) for leaf in criteria.leaves],
            "p": int(bool(one.pending)),
            **({} if standing.rank is not None else {"W": list(Status).index(standing.status)}),
            "t": [column[place] if column else 0 for column in ties],
            **_categories(one, criteria),
        }
        for place, (standing, one) in enumerate(zip(evaluation.standings, scored, strict=True))
    ]


def _purses(budget: Budget, values: Mapping[str, Value]) -> list[int]:
    """Give the envelopes that may concern a candidature, to the first that surely does, or else the common purse."""
    found: list[int] = []
    for place, envelope in enumerate(budget.envelopes):
        answer = holds(envelope.when, values)
        if answer is not False:
            found.append(place)
        if answer:
            return found
    return [*found, _COMMON]


def _marks(one: Scored, leaf: Criterion) -> str | list[str | None]:
    appraisal = one.card.marks[leaf.id].appraisal
    assert appraisal is not None  # noqa: S101 - a leaf has a rule
    if appraisal.mark is appraisal.low is appraisal.high:
        return plain(appraisal.mark)
    return [_plain(appraisal.mark), plain(appraisal.low), plain(appraisal.high)]


def _tie_ranks(tie: Tie, scored: Sequence[Scored]) -> list[int | list[int]]:
    """Give each candidature's place for what tells equals apart and no weight changes; the greatest comes first.

    Where the fact is missing, its lowest place and its highest, as a list: such a tie-break parts nobody.
    """
    match tie:
        case CriterionTie():
            return []
        case DrawTie():
            draws = [draw_number(tie.draw, one.entry.reference) for one in scored]
            places = {number: place for place, number in enumerate(sorted(set(draws)), start=1)}
            return [places[number] for number in draws]
        case FactTie() if tie.fact == DEPOSIT:
            deposits = Deposits(scored)
            moments = [_moment(one, deposits, tie.prefer) for one in scored]
            order = {moment: place for place, moment in enumerate(sorted(set(moments)), start=1)}
            return [order[moment] for moment in moments]
        case FactTie():
            keys = [_fact_keys(one.card.values[tie.fact], tie.prefer) for one in scored]
            known = {each for pair in keys for each in pair if each is not None}
            places = {each: place for place, each in enumerate(sorted(known), start=1)}
            last = len(places) + 1
            return [
                places[key[0]]
                if len(key) == 1
                else [0 if key[0] is None else places[key[0]], last if key[1] is None else places[key[1]]]
                for key in keys
            ]


def _fact_keys(value: Any, prefer: Prefer) -> tuple[Any, ...]:
    """Give what a value is compared by, more coming first; of a missing one, its lowest and its highest, if bounded."""
    least_first = prefer in {Prefer.EARLIEST, Prefer.LOWEST}
    if isinstance(value, Missing):
        ends = (value.at_most, value.at_least) if least_first else (value.at_least, value.at_most)
        return tuple(None if end is None else _key(end, least_first=least_first) for end in ends)
    return (_key(value, least_first=least_first),)


def _moment(one: Scored, deposits: Deposits, prefer: Prefer) -> tuple[float, float]:
    """Order a deposit by its day, then by its hour where hours count."""
    value = one.card.values[DEPOSIT]
    assert isinstance(value, date)  # noqa: S101 - a file without a deposit date is not read
    day, instant = deposits.order(one, value)
    return (-day, -instant) if prefer in {Prefer.EARLIEST, Prefer.LOWEST} else (day, instant)


def _key(value: Any, *, least_first: bool) -> Any:
    number = value.toordinal() if isinstance(value, date) else value
    return -number if least_first else number


def _categories(one: Scored, criteria: Criteria) -> dict[str, Any]:
    """Give the quotas, the floors and the purse that concern a candidature or may, and what it asks for."""
    selection, values = criteria.selection, one.card.values
    found: dict[str, Any] = {}
    for key, categories in (("q", selection.quotas), ("f", selection.floors)):
        answers = [holds(each.when, values) for each in categories]
        if True in answers:
            found[key] = [place for place, answer in enumerate(answers) if answer]
        if None in answers:
            found[key.upper()] = [place for place, answer in enumerate(answers) if answer is None]
    budget = selection.budget
    if budget is not None:
        mine = (place for place, envelope in enumerate(budget.envelopes) if holds(envelope.when, values))
        found["v"] = next(mine, _COMMON)
        purses = _purses(budget, values)
        if len(purses) > 1:
            found["V"] = purses
        value: Any = values[budget.ask]
        if isinstance(value, Missing):
            most: Any = criteria.catalogue[budget.ask].maximum if value.at_most is None else value.at_most
            found["u"] = None if most is None else plain(Fraction(most))
        else:
            found["a"] = plain(max(Fraction(0), Fraction(value)))
    return found
