"""How sure the list of a run is: what weights say of it, then what each assessor and each candidature does to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Missing, Opinions, category_of
from ami_scoring.domain.simple_rules import End, own_facts
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.evaluation.checked import named_verifications, with_verifications, without_verifications
from ami_scoring.evaluation.hearing import hear
from ami_scoring.evaluation.mappings import Mappings, named_mapping, without_mappings
from ami_scoring.evaluation.policy import Policy, checker, read_policy
from ami_scoring.evaluation.run import earlier_awards, results, wave_asked
from ami_scoring.exact import Fraction
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import pool_rules
from ami_scoring.scoring.robustness import (
    Absence,
    Contest,
    Drawing,
    Region,
    Robustness,
    Seats,
    boundaries_of,
    centred,
    certainties,
    duel,
    exchange,
    region_of,
    shares_over,
    study_of,
    telling_answers,
)
from ami_scoring.sources.doors.assessments import heard_by_each
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.folders import find_files


class UnknownNameError(AmiScoringError):
    """Raised when a candidature, a criterion or weights that were asked for are not there."""


class Asked(NamedTuple):
    """What was asked of the study."""

    strength: int
    pair: tuple[str, str] | None = None
    within: Fraction | None = None
    """Each weight within that part of itself (1/5 for 20 %), or that many points."""
    is_part: bool = True
    order: tuple[str, ...] | None = None
    """Criteria from the heaviest to the lightest."""
    words: str = ""


class Read(NamedTuple):
    """What the evaluation read, to be read again."""

    paths: Sequence[Path]
    criteria: Path
    assessments: Sequence[Path]
    mapping: Path | None = None
    awarded: Sequence[Path] = ()


def robustness(evaluation: Evaluation, read: Read, asked: Asked, drawing: Drawing) -> Robustness:
    """Study an evaluation.

    Raises `UnknownNameError` when a candidature or a criterion that was asked for is not ranked or does not exist.
    """
    found = study_of(evaluation)
    contest = found.contest
    region = _region(contest, asked)
    between = None if asked.pair is None else duel(contest, *(_reference(evaluation, one) for one in asked.pair))
    near = found.margin if found.transfer is None else found.transfer
    answers, tried = telling_answers(evaluation)
    around = centred(contest, max(asked.strength, len(found.axes))) if found.axes else ()
    policy = _again(evaluation, read)
    return Robustness(
        evaluation,
        found,
        None if near is None or near.outside is None else exchange(contest, near.inside, near.outside),
        between,
        shares_over(evaluation, contest, [1] * len(found.axes), drawing),
        shares_over(evaluation, contest, around, drawing),
        asked.strength,
        region,
        asked.words,
        {} if region is None else certainties(evaluation, contest, region),
        None if policy is None else policy.without_each_assessor(),
        answers,
        tried,
        boundaries_of(evaluation),
        None if policy is None else policy.without_each_candidature(),
    )


def _reference(evaluation: Evaluation, asked: str) -> str:
    for one in evaluation.standings:
        if one.entry.reference.casefold() == asked.strip().casefold() and one.rank is not None:
            return one.entry.reference
    raise UnknownNameError(
        str(Message("aucune candidature classée ne porte la référence « {name} ».", {"name": asked}))
    )


def _region(contest: Contest, asked: Asked) -> Region | None:
    if asked.within is None and asked.order is None:
        return None
    names = [axis.criterion for axis in contest.plane.axes]
    for name in asked.order or ():
        if name not in names:
            said = {"name": name, "names": names}
            message = Message("aucun critère à peser ne s'appelle « {name} » ; il y a : {names}.", said)
            raise UnknownNameError(str(message))
    found = region_of(
        contest,
        part=asked.within if asked.is_part else None,
        points=None if asked.is_part else asked.within,
        order=tuple(map(names.index, asked.order or ())),
    )
    if found is None:
        message = Message("aucun partage des poids n'est tel que : {words}.", {"words": asked.words})
        raise UnknownNameError(str(message))
    return found


def _again(evaluation: Evaluation, read: Read) -> _Again | None:
    """Read again what was read, where leaving somebody out may change marks."""
    if not pool_rules(evaluation.criteria) and not evaluation.criteria.judgements:
        return None
    return _Again(evaluation, read)


class _Again:
    """The same run, with somebody left out."""

    def __init__(self, evaluation: Evaluation, read: Read) -> None:
        self._evaluation = evaluation
        policy: Policy = read_policy(read.criteria)
        self._wave = wave_asked(policy.criteria, None if evaluation.wave is None else evaluation.wave.id)
        self._policy = policy.alone(self._wave)
        found = find_files(read.paths)
        call = self._policy.criteria
        mappings = Mappings(read.mapping or named_mapping(call, read.criteria), call)
        noted = named_verifications(call, read.criteria)
        files = without_verifications(without_mappings(found.files, found.named), noted)
        check = checker(self._policy)
        self._loaded = load_candidatures(files, check, named=found.named, mapping_of=mappings.of)
        with_verifications(self._loaded, call, noted)
        beside = mappings.opinions(files)
        marked = find_files(read.assessments)
        earlier = earlier_awards(read.awarded, self._policy, self._wave, self._loaded)
        self._gone: Mapping[int, Message] = {} if earlier is None else earlier.gone
        self._policy = self._policy if earlier is None else earlier.policy
        self._heard = hear(call, read.criteria, self._loaded, marked, more=beside).heard

    def without_each_assessor(self) -> Seats | None:
        """Leave each assessor out in turn; None where nobody's opinion is heard."""
        voices = heard_by_each(self._heard)
        if not voices:
            return None
        absences = [
            replace_marks(self._absence(f"no {number}", self._loaded, opinions, ()), marks)
            for number, (opinions, marks) in enumerate(voices, start=1)
        ]
        every = [each for subjects in self._heard.opinions.values() for each in subjects.values()]
        return Seats(len(voices), tuple(absences), sum(each.excluded for each in every))

    def without_each_candidature(self) -> Seats | None:
        """Leave each candidature out in turn; None where no rule compares candidatures with one another.

        Only who has the best value of its pool matters to the others: the rest need not be tried.
        """
        if not pool_rules(self._evaluation.criteria):
            return None
        leaders = self._leaders()
        absences = []
        for reference in sorted(leaders):
            entries = [entry for entry in self._loaded.entries if entry.reference != reference]
            left = copy(self._loaded)
            left.entries = entries
            absences.append(self._absence(reference, left, self._heard.opinions, {reference}))
        ranked = [one for one in self._evaluation.standings if one.rank is not None]
        return Seats(len(ranked), tuple(each for each in absences if each.moved))

    def _leaders(self) -> set[str]:
        """Find who, in its wave, has a best value that others are compared with."""
        found: set[str] = set()
        for rule in pool_rules(self._evaluation.criteria):
            name = own_facts(rule)[0]
            pools: defaultdict[object, list[tuple[Any, str]]] = defaultdict(list)
            for one in self._evaluation.standings:
                value, among = one.card.values[name], one.card.values[rule.within or name]
                if not isinstance(value, Missing) and not isinstance(among, Missing):
                    pool = one.scored.wave.id, category_of(among) if rule.within else ""
                    pools[pool].append((value, one.entry.reference))
            for values in pools.values():
                ordered = sorted((value for value, _ in values), reverse=rule.best is End.HIGHEST)
                ahead = set(ordered[: len(rule.by_rank or [0])])
                found |= {reference for value, reference in values if value in ahead}
        return found

    def _absence(
        self, who: str, loaded: Loaded, opinions: Mapping[str, Mapping[str, Opinions]], gone: Collection[str]
    ) -> Absence:
        standings, _, _ = results(self._policy, loaded, self._wave, opinions, self._gone)
        before = [one for one in self._evaluation.standings if one.entry.reference not in gone]
        was, now = _kept(before), _kept(standings)
        moves = [abs(one - two) for one, two in _places(before, standings)]
        return Absence(
            who,
            tuple(sorted(now - was)),
            tuple(sorted(was - now)),
            sum(move > 0 for move in moves),
            max(moves, default=0),
        )


def replace_marks(absence: Absence, marks: int) -> Absence:
    """Say how many opinions an assessor gave."""
    return absence._replace(marks=marks)


def _kept(standings: Sequence[Standing]) -> set[str]:
    return {one.entry.reference for one in standings if one.status is Status.SELECTED}


def _places(before: Sequence[Standing], after: Sequence[Standing]) -> Iterator[tuple[int, int]]:
    """Give the places of each among those who have a rank in both, before and after."""
    both = [one for one in before if one.rank is not None]
    ranks = {one.entry.reference: one.rank for one in after if one.rank is not None}
    both = [one for one in both if one.entry.reference in ranks]
    old = sorted(one.rank or 0 for one in both)
    new = sorted(ranks[one.entry.reference] or 0 for one in both)
    for one in both:
        yield old.index(one.rank or 0), new.index(ranks[one.entry.reference] or 0)
