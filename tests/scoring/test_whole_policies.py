"""Whatever the checks accept scores: without an exception, within its bounds, as a naive reading does, explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Case, Opinions, Value
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.exact import Fraction as Exact
from ami_scoring.exact import parse_fraction
from ami_scoring.findings import Severity
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.marks.completions import attainable_points
from ami_scoring.scoring.marks.eligibility import enter, refusals
from ami_scoring.scoring.marks.engine import facts_used, score, with_pool
from ami_scoring.scoring.marks.reading import read_facts
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select
from ami_scoring.scoring.sufficient.search import what_would_suffice
from ami_scoring.scoring.telling.marks import sentence
from ami_scoring.scoring.telling.working import steps
from ami_scoring.scoring.words.reasons import missing_items, standing_reasons

from .building import ORIGIN, candidature
from .naive import Naive, Undefined, add_the_pool
from .whole_policies import CLOSES, Data, whole_policies, written_candidatures


def fitted(data: Data) -> Data:
    """Give every leaf the bounds that its rule needs, and every node and the whole the sums that they announce."""
    criteria = Criteria.model_validate(data)

    def fit(node: Data) -> Data:
        if "criteria" in node:
            below = [fit(child) for child in node["criteria"]]
            counted = sum((Fraction(child["weight"]) for child in below if _counts(child)), Fraction(0))
            weight = str(counted) if node["capped"] == "non" else node["weight"]
            return node | {"criteria": below, "weight": weight}
        reach = attainable_points(criteria.by_id[node["id"]].rule, criteria.catalogue)  # type: ignore[arg-type]
        top = str(max(reach.high, Exact(1)))
        scale = {"out_of": top} if "out_of" in node else {} if "open_ended" in node else {"weight": top}
        return node | scale | {"down_to": str(min(reach.low, Exact(0)))}

    tree = [fit(root) for root in data["criteria"]]
    return data | {
        "criteria": tree,
        "total": str(sum((Fraction(r["weight"]) for r in tree if _counts(r)), Fraction(0))),
    }


def _counts(node: Data) -> bool:
    return node.get("bonus") != "oui" and node.get("open_ended") != "oui"


def accepted(data: Data) -> Criteria | None:
    """Read a policy; None where its models or its checks refuse it."""
    try:
        criteria = Criteria.model_validate(data)
    except InvalidDataError:
        return None
    problems = check_criteria(criteria)
    assert all(str(problem.message) for problem in problems)
    return None if any(problem.severity is Severity.ERROR for problem in problems) else criteria


def facts_of_all(criteria: Criteria, pool: Sequence[Data]) -> list[dict[str, Value]]:
    """Read the facts of several candidatures together, as a run does."""
    told = []
    for one in pool:
        heard = {
            subject: Opinions(tuple(sorted(map(parse_fraction, marks)))) for subject, marks in one["heard"].items()
        }
        entry = candidature().model_copy(update={"extra": one["written"]})
        case = Case(entry, date.fromisoformat(CLOSES), NO_ZONING, heard)
        told.append(read_facts(facts_used(criteria), criteria, case))
    with_pool(criteria, told)
    return told


def run(criteria: Criteria, pool: Sequence[Data]) -> tuple[list[Scored], tuple[Standing, ...]]:
    """Score, rank and select several candidatures, those that the gates refuse apart."""
    scored = []
    for number, values in enumerate(facts_of_all(criteria, pool)):
        entrance, card = enter(criteria, values), score(criteria, values)
        entry = Entry(candidature(f"reference: R{number}"), ORIGIN)
        if not entrance.refused and not refusals(criteria, card):
            scored.append(Scored(entry, criteria.waves[0], card, entrance.pending))
    return scored, select(rank(scored, criteria.ranking), criteria, None)[0]


def explained(criteria: Criteria, scored: Scored) -> Iterator[str]:
    """Tell everything that there is to tell of one candidature."""
    card = scored.card
    for criterion in criteria.by_id.values():
        yield str(sentence(criterion, card.marks[criterion.id], card, criteria))
        appraisal = card.marks[criterion.id].appraisal
        if criterion.rule is not None and appraisal is not None:
            yield from (
                str(step.said) for step in steps(criterion.rule, appraisal.outcome, card.values, criteria.catalogue)
            )
    yield from (str(said) for _, said in what_would_suffice(criteria, card, [Exact(1)], lambda _: True))
    yield from missing_items(scored, criteria)


def highest(criterion: Criterion) -> Fraction | None:
    """Give the most points that a criterion may announce; None without limit."""
    if criterion.criteria is None:
        return (
            None
            if criterion.open_ended
            else Fraction(int(criterion.weight.numerator), int(criterion.weight.denominator))
        )
    below = [highest(child) for child in criterion.criteria]
    known = [points for points in below if points is not None]
    added = sum(known, Fraction(0)) if len(known) == len(below) else None
    return min(criterion.weight, added or criterion.weight) if criterion.capped else added


@settings(max_examples=250)
@given(whole_policies(), st.lists(written_candidatures(), min_size=1, max_size=3))
def test_a_policy_gives_exactly_what_anyone_would_read_in_its_file(data: Data, pool: list[Data]) -> None:
    policy = fitted(data)
    criteria = accepted(policy)
    assume(criteria is not None)
    assert criteria is not None
    naive = Naive(policy, date.fromisoformat(CLOSES))
    read = [naive.facts(one["written"], one["heard"]) for one in pool]
    add_the_pool(policy, read)
    for known, values in zip(read, facts_of_all(criteria, pool), strict=True):
        card = score(criteria, values)
        try:
            expected = naive.marks(known)
        except Undefined:
            continue
        assert {name: (mark.mark, mark.points) for name, mark in card.marks.items()} | {
            "": (card.total,) * 2
        } == expected


@settings(max_examples=150)
@given(whole_policies(), st.lists(written_candidatures(complete=False), min_size=1, max_size=4))
def test_an_accepted_policy_scores_within_its_bounds_and_explains_itself(data: Data, pool: list[Data]) -> None:
    criteria = accepted(fitted(data))
    assume(criteria is not None)
    assert criteria is not None
    scored, standings = run(criteria, pool)
    for one in scored:
        for leaf in criteria.leaves:
            appraisal = one.card.marks[leaf.id].appraisal
            assert appraisal is not None
            assert leaf.down_to <= appraisal.low <= appraisal.high
            assert leaf.open_ended or appraisal.high <= leaf.top
            assert appraisal.mark is None or appraisal.low <= appraisal.mark <= appraisal.high
        tops = {name: highest(criterion) for name, criterion in criteria.by_id.items()}
        assert all(top is None or one.card.marks[name].high <= top for name, top in tops.items())
        assert all(explained(criteria, one))
    _check_standings(criteria, scored, standings)


def _check_standings(criteria: Criteria, scored: Sequence[Scored], standings: tuple[Standing, ...]) -> None:
    assert Counter(id(standing.scored) for standing in standings) == Counter(id(one) for one in scored)
    ranked = {Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED, Status.TO_DELIBERATE}
    statuses = {*ranked, Status.TO_COMPLETE, Status.AWAITED}
    assert {standing.status for standing in standings} <= statuses
    kept = [standing for standing in standings if standing.status is Status.SELECTED]
    assert len(kept) <= (criteria.selection.counted_places or len(standings))
    for standing in standings:
        assert all(str(reason) for reason in standing_reasons(standing, criteria))
        assert (standing.granted is not None) == (criteria.selection.budget is not None and standing in kept)
    if (budget := criteria.selection.budget) is not None:
        granted = [standing.granted for standing in kept if standing.granted is not None]
        assert sum(granted, Exact(0)) <= budget.amount * budget.times


@settings(max_examples=250)
@given(whole_policies(wild=True), st.lists(written_candidatures(complete=False), min_size=1, max_size=2), st.booleans())
def test_whatever_the_checks_let_through_scores_without_an_exception(data: Data, pool: list[Data], fit: bool) -> None:
    try:
        policy = fitted(data) if fit else data
    except (KeyError, TypeError, ValueError, AttributeError):  # what cannot even be bounded, the checks must refuse
        assert accepted(data) is None
        return
    criteria = accepted(policy)
    if criteria is not None:
        scored, standings = run(criteria, pool)
        assert all(text for one in scored for text in explained(criteria, one))
        assert all(str(reason) for standing in standings for reason in standing.reasons)


@settings(max_examples=150)
@given(whole_policies(), written_candidatures())
def test_floors_are_those_of_the_file(data: Data, one: Data) -> None:
    policy = fitted(data)
    criteria = accepted(policy)
    assume(criteria is not None)
    assert criteria is not None
    naive = Naive(policy, date.fromisoformat(CLOSES))
    known = naive.facts(one["written"], one["heard"])
    add_the_pool(policy, [known])
    try:
        lacking, held = naive.refusals(known), all(naive.holds(g["require"], known) for g in policy["eligibility"])
    except Undefined:
        return
    _, standings = run(criteria, [one])
    assert len(standings) == held
    for standing in standings:
        reasons: list[Any] = [
            r for r in standing.reasons if "minimum" in r.template or "somme" in r.template or "{floor}" in r.template
        ]
        assert len(reasons) == lacking
        assert not lacking or standing.status is Status.NOT_SELECTED
