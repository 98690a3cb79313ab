"""Every way in which a small call can end, one after another, by the ordinary reading, ranking and selection.

It knows nothing of how firmness is worked out: each blank takes each answer in turn, or stays blank; each file that
nobody can read holds nothing, or one candidature of each kind; equals are told apart in every order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, permutations, product
from types import MappingProxyType
from typing import Any, Final

from tests.scoring.building import ORIGIN, WAVE, candidature
from tests.scoring.firmness.calls import DOMAINS, Call, Paper

from ami_scoring.domain.declared import parse_fact
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, SetAside, Standing, Status
from ami_scoring.domain.verified import Answer
from ami_scoring.scoring.firmness import Unread
from ami_scoring.scoring.marks import (
    Contenders,
    Counting,
    awaited,
    counting_versions,
    enter,
    facts_used,
    is_refused_anyway,
    left_open,
    refusals,
    score,
)
from ami_scoring.scoring.places import rank, select

MOST_WAYS: Final = 200
Waiting = Mapping[str, Sequence[str]]
"""By reference, the answers that a service is to verify."""
NOTHING: Final[Waiting] = MappingProxyType({})


def entry_of(paper: Paper) -> Entry:
    """Make the file of a candidature, without the answers: only who sends it, and when."""
    owner, day = f"{{nom: Commune {paper.project}}}", f"2022-09-{paper.day:02}"
    return Entry(candidature(f"{{reference: {paper.reference}, depose_le: {day}, porteur: {owner}}}"), ORIGIN)


Outcome = Scored | SetAside
"""One candidature that is ranked, or that the policy refuses."""


def scored_of(call: Call, paper: Paper, entry: Entry, answers: Mapping[str, str | None]) -> Outcome:
    """Read and score one candidature by the policy, which may refuse it."""
    criteria = call.criteria
    values: dict[str, Value] = {}
    for name in facts_used(criteria):
        raw = answers[name.removeprefix("complements.")]
        values[name] = MISSING if raw is None else parse_fact(criteria.catalogue[name], raw)
    entrance = enter(criteria, values)
    card = score(criteria, values)
    scored = Scored(entry, WAVE, card, (*entrance.pending, *awaited(card)))
    refused = entrance.refused or refusals(criteria, card)
    return SetAside(Status.INELIGIBLE, refused, ORIGIN, paper.reference, entry, scored) if refused else scored


def shown(call: Call, waiting: Waiting = NOTHING) -> tuple[tuple[Standing, ...], Cut, list[Contenders], list[Unread]]:
    """Give what the call looks like today, with the rivals that are not ranked."""
    outcomes = [_left_open(call, paper, waiting) for paper in call.papers]
    counting = _counting(call, outcomes)
    unread = [Unread(None, "illisible.yaml")] * call.unread
    unread += [
        Unread(one.reference, "", one.unverified) for one in outcomes if isinstance(one, SetAside) and one.unverified
    ]
    standings, cut = select(rank(counting.kept, call.criteria.ranking, len(unread)), call.criteria, None)
    kept = {id(one.entry): one for one in counting.kept}  # one that is held is no longer what was read of it
    as_kept = [
        each._replace(eligible=[kept.get(id(one.entry), one) for one in each.eligible]) for each in counting.contenders
    ]
    return standings, cut, as_kept, unread


def _left_open(call: Call, paper: Paper, waiting: Waiting) -> Outcome:
    """Score a candidature by what it declares, with what is to be verified left open beside."""
    entry, names = entry_of(paper), waiting.get(paper.reference, ())
    made = scored_of(call, paper, entry, paper.answers)
    if not names:
        return made
    found, answers = (
        made.scored if isinstance(made, SetAside) else made,
        tuple(Answer(f"complements.{name}") for name in names),
    )
    without = scored_of(call, paper, entry, {**paper.answers, **dict.fromkeys(names)})
    other = without.scored if isinstance(without, SetAside) else without
    assert found is not None
    assert other is not None
    opened = left_open(found.card, other.card, answers, call.criteria)
    widened = found._replace(card=opened.card._replace(values=found.card.values), opened=opened)
    if not isinstance(made, SetAside):
        return widened
    barred = not is_refused_anyway(other.card.values, call.criteria)
    return made._replace(scored=widened, unverified=answers if barred else ())


def _counting(call: Call, outcomes: Iterable[Outcome]) -> Counting:
    ranked, refused = list[Scored](), list[SetAside]()
    for one in outcomes:
        if isinstance(one, SetAside):
            refused.append(one)
        else:
            ranked.append(one)
    return counting_versions(ranked, refused, call.criteria)


def fates(call: Call, waiting: Waiting = NOTHING) -> Mapping[str, set[bool]] | None:
    """Say of each candidature whether it has a place, over all the ways; None where there are too many.

    `waiting` names the answers that are to be verified: each may be found to be any.
    """
    options = [
        _distinct(one for found in _verifications(paper, waiting) for one in _completions(call, found))
        for paper in call.papers
    ]
    options += [_distinct(_strangers(call))] * call.unread
    ways = 1
    for each in options:
        ways *= len(each)
    if ways > MOST_WAYS:
        return None
    found: defaultdict[str, set[bool]] = defaultdict(set)
    for way in product(*options):
        for served in _outcomes(call, [one for one in way if one is not None]):
            for paper in call.papers:
                found[paper.reference].add(paper.reference in served)
    return found


def _verifications(paper: Paper, waiting: Waiting) -> Iterator[Paper]:
    names = waiting.get(paper.reference, ())
    for values in product(*(DOMAINS[name] for name in names)):
        yield replace(paper, answers={**paper.answers, **dict(zip(names, values, strict=True))})


def _distinct(outcomes: Iterable[Outcome | None]) -> list[Outcome | None]:
    """Keep one of those that ranking and selection could not tell apart."""
    found: dict[object, Outcome | None] = {}
    for one in outcomes:
        told: object = None
        if isinstance(one, SetAside):
            told = one.scored is not None and one.scored.is_firm
        elif one is not None:
            told = (one.is_firm, one.entry.reference.partition("-")[2], *_read(one))
        found.setdefault(told, one)
    return list(found.values())


def _read(one: Scored) -> Iterator[object]:
    yield from (mark.points for mark in one.card.marks.values())
    yield from (value for name, value in sorted(one.card.values.items()) if name[-2:] not in {".a", ".b", "ok"})


def _completions(call: Call, paper: Paper) -> Iterator[Outcome | None]:
    entry = entry_of(paper)
    used = {name.removeprefix("complements.") for name in facts_used(call.criteria)}
    open_ = [name for name, answer in paper.answers.items() if answer is None and name in used]
    for answers in product(*([None, *DOMAINS[name]] for name in open_)):
        yield scored_of(call, paper, entry, {**paper.answers, **dict(zip(open_, answers, strict=True))})


def _strangers(call: Call) -> Iterator[Outcome | None]:
    """Give what a file that nobody can read may hold."""
    yield None
    used = {name.removeprefix("complements.") for name in facts_used(call.criteria)} - {"ok"}
    tried = {
        name: DOMAINS[name] if name not in {"b", "ask"} else (DOMAINS[name][0], DOMAINS[name][-1]) for name in used
    }
    kinds = [dict(zip(tried, answers, strict=True)) for answers in product(*tried.values())]
    names = 8 if "draw" in str(call.criteria.ranking) else 1
    for place, answers in enumerate(kinds):
        for number in range(names):
            paper = Paper(f"X{place}-{number}", 100 + place, 1, {})
            yield scored_of(call, paper, entry_of(paper), {"ok": "oui", **answers})


def _outcomes(call: Call, outcomes: Sequence[Outcome]) -> Iterator[set[str]]:
    """Give who is served, for each order in which equals may be told apart."""
    ranked = rank(_counting(call, outcomes).kept, call.criteria.ranking)
    groups: list[list[Any]] = [list(group) for _, group in groupby(ranked, key=lambda row: row.rank)]
    orders = [[group] if group[0].rank is None else list(permutations(group)) for group in groups]
    for order in product(*orders):
        rows = [row for group in order for row in group]
        apart = [row if row.rank is None else row._replace(rank=place, tied=False) for place, row in enumerate(rows, 1)]
        if call.criteria.ranking.uncovered is not None:  # what the committee decides parts only those still equal
            apart = [row._replace(order=place) for place, row in enumerate(rows, 1)]
        standings, _ = select(apart, call.criteria, None)
        yield {one.entry.reference for one in standings if one.status is Status.SELECTED}
