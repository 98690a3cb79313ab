"""Two policies, and the same candidatures by each: what changed, who moves, and which change causes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.evaluation.checked import named_verifications, with_verifications, without_verifications
from ami_scoring.evaluation.hearing import hear
from ami_scoring.evaluation.mappings import Mappings, named_mapping, without_mappings
from ami_scoring.evaluation.policy import Policy, checker, read_policy
from ami_scoring.evaluation.run import earlier_awards, results, wave_asked
from ami_scoring.exact import Fraction
from ami_scoring.findings import Finding, NothingToScoreError, Severity, few_of_each_kind
from ami_scoring.messages import Message
from ami_scoring.scoring.changes import Cause, Comparison, Move, Place, Step, steps
from ami_scoring.scoring.checks import check_criteria
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.folders import find_files

PASSING = frozenset(
    {
        "example-fails",
        "example-undecided",
        "key-without-effect",
        "mark-above-top",
        "mark-below-floor",
        "threshold-above-top",
        "weights-sum",
    }
)
"""What may be wrong half-way from one policy to the other, and stops no computation."""


Heard = Mapping[str, Mapping[str, Opinions]]
"""What assessors think, by folded reference then by subject."""


def compare(  # noqa: PLR0913 - what is compared, and what is read beside it
    old: Path,
    new: Path,
    paths: Sequence[Path] = (),
    *,
    wave: str | None = None,
    assessments: Sequence[Path] = (),
    mapping: Path | None = None,
    awarded: Sequence[Path] = (),
) -> Comparison:
    """Compare two policies, and the candidatures of `paths` by each.

    `wave` keeps the deposits of one wave only; `assessments` are files of assessors' marks, on the subjects of either
    policy; `mapping` says how exports are read; `awarded` are the results of waves before the one asked for, whose
    places count by either policy. Raises `InvalidFileError` when a policy, a mapping or such a result does not hold,
    `UnknownWaveError` when one of them has no such wave,
    `NothingToScoreError` when no candidature is read by both.
    """
    before, after = read_policy(old), read_policy(new)
    for policy in (before, after):
        wave_asked(policy.criteria, wave)
    changed = steps(before.criteria, after.criteria)
    if before.zonings != after.zonings and not any(step.is_waves for step in changed):
        changed = (_zoning_step(before, after), *changed)
    comparison = Comparison(str(old), str(new), changed)
    if not paths:
        return comparison
    found = find_files(paths)
    mappings = Mappings(
        mapping or named_mapping(after.criteria, new) or named_mapping(before.criteria, old), after.criteria
    )
    noted = named_verifications(after.criteria, new) or named_verifications(before.criteria, old)
    files = without_verifications(without_mappings(found.files, found.named), noted)
    first, last = (
        load_candidatures(files, checker(policy), named=found.named, mapping_of=mappings.of)
        for policy in (before, after)
    )
    beside = mappings.opinions(files)
    mappings.require()
    checked = with_verifications(last, after.criteria, noted)
    readings = ({entry.reference: _refused(entry) for entry in loaded.entries} for loaded in (first, last))
    both = {reference for reference, _ in set.intersection(*({*each.items()} for each in readings))}
    if not both:
        message = Message("Aucune candidature à comparer dans : {paths}.", {"paths": [str(path) for path in paths]})
        raise NothingToScoreError(message, [*found.findings, *last.findings])
    entries = [entry for entry in last.entries if entry.reference in both]
    judgements = {**before.criteria.judgements, **after.criteria.judgements}
    marked = find_files(assessments)
    every = {entry.reference: entry for entry in (*first.entries, *last.entries)}
    read = Loaded(every.values())
    hearing = hear(after.criteria, new, read, marked, judgements=judgements, more=beside)
    place = Placing(entries, hearing.heard.opinions, wave, awarded)
    return replace(
        comparison,
        moves=tuple(_moves(before, after, changed, place)),
        compared=len(both),
        unit=_unit(after.criteria) or _unit(before.criteria),
        findings=few_of_each_kind(
            (
                *found.findings,
                *last.findings,
                *(checked.findings if checked else ()),
                *_errors_before(first, last),
            )
        ),
        about_opinions=few_of_each_kind((*marked.findings, *hearing.findings)),
    )


def _refused(entry: Entry) -> frozenset[str]:
    """Name the answers refused: what one policy alone refuses, the other reads, and nothing compares the two."""
    return frozenset(each.key for each in entry.refused)


def _errors_before(first: Loaded, last: Loaded) -> list[Finding]:
    """Give what kept the old policy alone from reading a candidature, which is then compared with nothing."""
    seen = {(each.code, each.where) for each in last.findings}
    return [each for each in first.findings if each.severity is Severity.ERROR and (each.code, each.where) not in seen]


@dataclass(frozen=True, slots=True)
class Placing:
    """The candidatures to place by one policy after another, with what assessors think of them."""

    entries: Sequence[Entry]
    heard: Heard
    wave: str | None
    awarded: Sequence[Path] = ()

    def __call__(self, policy: Policy) -> dict[str, Place]:
        """Give the place of every candidature by a policy, by reference."""
        wave = wave_asked(policy.criteria, self.wave)
        policy = policy.alone(wave)
        loaded, gone_by = Loaded(self.entries), dict[int, Message]()
        if (earlier := earlier_awards(self.awarded, policy, wave, loaded)) is not None:
            policy, gone_by = earlier.policy, {**earlier.gone}
        standings, _, aside = results(policy, loaded, wave, self._opinions(policy), gone_by)
        placed = {
            each.entry.reference: Place(
                each.status, each.shown_rank, each.card.total, each.granted, _possible(each.card)
            )
            for each in standings
        }
        gone = {each.reference: Place(each.status, None, None) for each in aside if each.reference is not None}
        return gone | placed

    def _opinions(self, policy: Policy) -> Heard:
        """Keep the opinions that this policy can hear: a subject may not be judged by it, or on another scale."""
        scales = policy.criteria.judgements
        return {
            reference: {
                subject: opinions
                for subject, opinions in subjects.items()
                if subject in scales and all(map(scales[subject].takes, opinions.marks))
            }
            for reference, subjects in self.heard.items()
        }


def _unit(criteria: Criteria) -> str:
    budget = criteria.selection.budget
    return "" if budget is None else criteria.catalogue[budget.ask].unit


def _zoning_step(before: Policy, after: Policy) -> Step:
    editions = ({table.edition for table in policy.zonings.values()} for policy in (before, after))
    told = dict(zip(("old", "new"), editions, strict=True))
    details = (Message("Table de zonage : {old} → {new}, ou son contenu", told),)
    return Step(Message("Vagues et zonage"), details, lambda policy: policy, is_waves=True)


def _moves(before: Policy, after: Policy, changed: Sequence[Step], place: Placing) -> Iterator[Move]:
    stages = list(_stages(before, after, changed, place))
    names = {entry.reference: entry.candidature.applicant.name for entry in place.entries}
    start, end = stages[0][1], stages[-1][1]
    for reference in sorted(start, key=lambda each: _order(end[each], each)):
        if start[reference] != end[reference]:
            causes = tuple(
                Cause(subjects, earlier[reference], later[reference])
                for (_, earlier), (subjects, later) in pairwise(stages)
                if earlier[reference] != later[reference]
            )
            yield Move(reference, names[reference], start[reference], end[reference], causes)


def _possible(card: ScoreCard) -> tuple[Fraction, Fraction] | None:
    return None if card.low == card.high else (card.low, card.high)


def _order(place: Place, reference: str) -> tuple[bool, int | Fraction, str]:
    return place.rank is None, place.rank or 0, reference


def _stages(
    before: Policy, after: Policy, changed: Sequence[Step], place: Placing
) -> Iterator[tuple[tuple[Message, ...], Mapping[str, Place]]]:
    """Take the changes one at a time; those that only hold together are taken together."""
    policy = before
    yield (), place(policy)
    waiting: list[Message] = []
    for step in changed:
        waiting.append(step.subject)
        zonings = after.zonings if step.is_waves else policy.zonings
        criteria = step.apply(policy.criteria)
        policy = Policy(criteria, zonings, after.origin, after.zoning_origins, ())
        if _holds(policy):
            yield tuple(waiting), place(policy)
            waiting = []
    if waiting:
        yield tuple(waiting), place(after)


def _holds(policy: Policy) -> bool:
    problems = check_criteria(policy.criteria)
    return not any(problem.severity is Severity.ERROR and problem.code not in PASSING for problem in problems)
