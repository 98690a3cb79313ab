"""One run from files to results: read, check, score, rank, select."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from ami_scoring import __version__
from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.facts import Case, Value
from ami_scoring.domain.scores import Entry, Evaluation, Provenance, ScoreCard, Scored, SetAside, Status
from ami_scoring.evaluation.policy import Policy, read_policy
from ami_scoring.findings import AmiScoringError, NothingToScoreError, Problem, in_reading_order
from ami_scoring.messages import Message
from ami_scoring.scoring.candidature_checks import check_candidature
from ami_scoring.scoring.eligibility import enter, refusals
from ami_scoring.scoring.engine import facts_used, read_facts, scorer
from ami_scoring.scoring.ranking import rank
from ami_scoring.scoring.selection import select
from ami_scoring.scoring.waves import last_versions, wave_of, why_elsewhere, why_late
from ami_scoring.sources.folders import find_files
from ami_scoring.sources.loaders import Check, Loaded, Progress, load_candidatures

Scorer = Callable[[Mapping[str, Value]], ScoreCard]


class UnknownWaveError(AmiScoringError):
    """Raised when the wave asked for is not in the policy."""


def evaluate(
    paths: Sequence[Path], criteria: Path, *, wave: str | None = None, progress: Progress | None = None
) -> Evaluation:
    """Score the candidatures found under `paths` by the policy in the file `criteria`.

    `wave` keeps the deposits of one wave only. Raises `InvalidFileError` when the policy or a zoning table is
    unusable, `UnknownWaveError`, and `NothingToScoreError` when the paths hold no candidature.
    """
    policy = read_policy(criteria)
    asked = _wave_asked(policy.criteria, wave)
    found = find_files(paths)
    loaded = load_candidatures(
        found.files, checker(policy), progress, named=found.named, call=policy.criteria.call
    )
    if not loaded.entries and not loaded.unreadable:
        message = Message("Aucune candidature dans : {paths}.", {"paths": [str(path) for path in paths]})
        raise NothingToScoreError(message, [*found.findings, *loaded.findings])
    scored, set_aside = _score_entries(loaded, policy, asked)
    kept, replaced = last_versions(scored)
    standings, cut = select(rank(kept, policy.criteria.ranking), policy.criteria, asked)
    return Evaluation(
        policy.criteria,
        asked,
        standings,
        tuple(sorted([*set_aside, *replaced], key=_aside_order)),
        cut,
        in_reading_order([*policy.findings, *found.findings, *loaded.findings]),
        Provenance(__version__, policy.origin, policy.zoning_origins, tuple(loaded.origins)),
    )


def _wave_asked(criteria: Criteria, name: str | None) -> Wave | None:
    if name is None:
        return None
    wave = criteria.wave(name)
    if wave is None:
        message = Message(
            "Aucune vague « {name} » ; les vagues sont : {waves}.",
            {"name": name, "waves": [wave.id for wave in criteria.waves]},
        )
        raise UnknownWaveError(str(message))
    return wave


def checker(policy: Policy) -> Check:
    """Make the check that a policy applies to each candidature as it is read."""

    def check(candidature: Candidature) -> Iterable[Problem]:
        return check_candidature(candidature, policy.criteria, policy.zonings)

    return check


def _score_entries(loaded: Loaded, policy: Policy, asked: Wave | None) -> tuple[list[Scored], list[SetAside]]:
    names, score = facts_used(policy.criteria), scorer(policy.criteria)
    scored: list[Scored] = []
    set_aside = [
        SetAside(Status.UNREADABLE, tuple(each.message for each in one.findings), one.origin, one.reference)
        for one in loaded.unreadable
    ]
    for entry in loaded.entries:
        one = _score_entry(entry, policy, asked, names, score)
        if isinstance(one, SetAside):
            set_aside.append(one)
        else:
            scored.append(one)
    return scored, set_aside


def _score_entry(
    entry: Entry, policy: Policy, asked: Wave | None, names: tuple[str, ...], score: Scorer
) -> Scored | SetAside:
    submitted = entry.candidature.submitted_at
    wave = wave_of(submitted, policy.criteria)
    if wave is None:
        return _aside(Status.LATE, (why_late(submitted, policy.criteria.waves[-1]),), entry)
    if asked is not None and wave is not asked:
        return _aside(Status.OTHER_WAVE, (why_elsewhere(submitted, wave, asked),), entry)
    case = Case(entry.candidature, wave.closes_on, policy.zonings[wave.id])
    values = read_facts(names, policy.criteria.catalogue, case)
    entrance = enter(policy.criteria, values)
    if entrance.refused:
        return _aside(Status.INELIGIBLE, entrance.refused, entry)
    card = score(values)
    if reasons := refusals(policy.criteria, card):
        return _aside(Status.INELIGIBLE, reasons, entry)
    return Scored(entry, wave, card, entrance.pending)


def _aside(status: Status, reasons: tuple[Message, ...], entry: Entry) -> SetAside:
    return SetAside(status, reasons, entry.origin, entry.reference, entry)


def _aside_order(one: SetAside) -> tuple[int, str, str, int]:
    return list(Status).index(one.status), one.reference or "", one.origin.path, one.origin.line
