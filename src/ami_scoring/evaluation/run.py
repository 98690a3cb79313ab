"""One run from files to results: read, check, score, rank, select."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ami_scoring import __version__
from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.facts import Case, Opinions, Value
from ami_scoring.domain.scores import (
    Cut,
    Entry,
    Evaluation,
    Provenance,
    Scored,
    SetAside,
    Standing,
    Status,
)
from ami_scoring.evaluation.policy import Policy, read_policy
from ami_scoring.findings import AmiScoringError, NothingToScoreError, Problem, in_reading_order
from ami_scoring.messages import Message
from ami_scoring.scoring.checks import check_candidature, check_extra
from ami_scoring.scoring.firmness import Unread, with_firmness
from ami_scoring.scoring.marks import (
    Rival,
    awaited,
    enter,
    facts_used,
    last_versions,
    pool_rules,
    read_facts,
    refusals,
    rivals,
    scorer,
    spread,
    wave_of,
    why_elsewhere,
    why_late,
    with_other_versions,
    with_pool,
)
from ami_scoring.scoring.places import rank, select
from ami_scoring.sources.doors.assessments import load_assessments
from ami_scoring.sources.doors.loaders import Check, Loaded, Progress, load_candidatures
from ami_scoring.sources.files.folders import find_files


class UnknownWaveError(AmiScoringError):
    """Raised when the wave asked for is not in the policy."""


def evaluate(
    paths: Sequence[Path],
    criteria: Path,
    *,
    wave: str | None = None,
    assessments: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Evaluation:
    """Score the candidatures found under `paths` by the policy in the file `criteria`.

    `wave` keeps the deposits of one wave only; `assessments` are files of assessors' marks. Raises
    `InvalidFileError` when the policy or a zoning table is unusable, `UnknownWaveError`, and
    `NothingToScoreError` when the paths hold no candidature.
    """
    policy = read_policy(criteria)
    asked = wave_asked(policy.criteria, wave)
    found = find_files(paths)
    loaded = load_candidatures(
        found.files,
        checker(policy),
        progress,
        named=found.named,
        call=policy.criteria.call,
        check_extra=partial(check_extra, criteria=policy.criteria),
    )
    if not loaded.entries and not loaded.unreadable:
        message = Message("Aucune candidature dans : {paths}.", {"paths": [str(path) for path in paths]})
        raise NothingToScoreError(message, [*found.findings, *loaded.findings])
    judgements, references = policy.criteria.judgements, {entry.reference for entry in loaded.entries}
    marked = find_files(assessments)
    set_apart = {one.reference for one in loaded.unreadable if one.reference}
    heard = load_assessments(marked.files, judgements, references, set_apart, marked.findings)
    standings, cut, set_aside = results(policy, loaded, asked, heard.opinions)
    return Evaluation(
        policy.criteria,
        asked,
        standings,
        set_aside,
        cut,
        in_reading_order([*policy.findings, *found.findings, *loaded.findings, *marked.findings, *heard.findings]),
        Provenance(__version__, policy.origin, policy.zoning_origins, tuple(loaded.origins), tuple(heard.origins)),
    )


def results(
    policy: Policy,
    loaded: Loaded,
    asked: Wave | None = None,
    opinions: Mapping[str, Mapping[str, Opinions]] | None = None,
) -> tuple[tuple[Standing, ...], Cut, tuple[SetAside, ...]]:
    """Score, rank and select what was read; give also what is set aside, with its reasons."""
    scored, set_aside = _score_entries(loaded, policy, asked, opinions or {})
    kept, replaced = last_versions(scored)
    if pool_rules(policy.criteria):
        kept = _compared_again(kept, scored, policy.criteria)
    unread = [Unread(one.reference, one.origin.path) for one in loaded.unreadable]
    ranked = rank(kept, policy.criteria.ranking, len(unread))
    standings, cut = select(ranked, policy.criteria, asked)
    standings, cut = with_firmness(
        standings, cut, policy.criteria, asked, scored=_counting(kept, scored), unread=unread
    )
    if asked is not None:
        standings = with_other_versions(standings, set_aside, policy.criteria)
    return standings, cut, tuple(sorted([*set_aside, *replaced], key=_aside_order))


def _counting(kept: Sequence[Scored], scored: Sequence[Scored]) -> list[Scored]:
    """Give all the versions, those that count as they were scored last."""
    by_entry = {id(one.entry): one for one in kept}
    return [by_entry.get(id(one.entry), one) for one in scored]


def wave_asked(criteria: Criteria, name: str | None) -> Wave | None:
    """Find the wave that was asked for by its id, if one was. Raises `UnknownWaveError`."""
    if name is None:
        return None
    wave = criteria.wave(name)
    if wave is None:
        message = Message(
            "aucune vague « {name} » ; les vagues sont : {waves}.",
            {"name": name, "waves": [wave.id for wave in criteria.waves]},
        )
        raise UnknownWaveError(str(message))
    return wave


def checker(policy: Policy) -> Check:
    """Make the check that a policy applies to each candidature as it is read."""

    def check(candidature: Candidature) -> Iterable[Problem]:
        return check_candidature(candidature, policy.criteria, policy.zonings)

    return check


def _score_entries(
    loaded: Loaded, policy: Policy, asked: Wave | None, opinions: Mapping[str, Mapping[str, Opinions]]
) -> tuple[list[Scored], list[SetAside]]:
    names, score = facts_used(policy.criteria), scorer(policy.criteria)
    scored: list[Scored] = []
    set_aside = [
        SetAside(Status.UNREADABLE, tuple(each.message for each in one.findings), one.origin, one.reference)
        for one in loaded.unreadable
    ]
    admitted: list[Admitted] = []
    for entry in loaded.entries:
        one = _admit(entry, policy, asked, names, opinions.get(entry.reference.casefold(), {}))
        if isinstance(one, SetAside):
            set_aside.append(one)
        else:
            admitted.append(one)
    _compare(policy.criteria, [(one.wave, one.values) for one in admitted])
    for each in admitted:
        card = score(each.values)
        if reasons := refusals(policy.criteria, card):
            refused = _aside(Status.INELIGIBLE, reasons, each.entry)
            set_aside.append(refused._replace(wave=each.wave, values=each.values))
        else:
            scored.append(Scored(each.entry, each.wave, card, (*each.pending, *awaited(card))))
    return scored, set_aside


def _compared_again(kept: Sequence[Scored], scored: Sequence[Scored], criteria: Criteria) -> list[Scored]:
    """Score anew against those that are ranked alone: a version replaced, or refused by a rule, sets no best value.

    Those that may yet leave, and those that may come in their stead, only widen what a mark could be.
    """
    facts = {id(one): dict(one.card.values) for one in scored}
    _compare(criteria, [(one.wave, facts[id(one)]) for one in kept])
    pool = [(one.wave, Rival(facts[id(one)], surely)) for one, surely in rivals(scored, criteria)]
    for wave in criteria.waves:
        spread(pool_rules(criteria), [rival for its, rival in pool if its is wave], criteria.catalogue)
    score = scorer(criteria)
    return [Scored(one.entry, one.wave, score(facts[id(one)]), one.pending) for one in kept]


def _compare(criteria: Criteria, pool: Sequence[tuple[Wave, dict[str, Value]]]) -> None:
    """Tell each candidature the best values of its own wave: those of another never competed with it."""
    for wave in criteria.waves:
        with_pool(criteria, [values for its_wave, values in pool if its_wave is wave])


class Admitted(NamedTuple):
    """A candidature that passed the gates of its wave, with its facts."""

    entry: Entry
    wave: Wave
    values: dict[str, Value]
    pending: tuple[Message, ...]


def _admit(
    entry: Entry, policy: Policy, asked: Wave | None, names: tuple[str, ...], opinions: Mapping[str, Opinions]
) -> Admitted | SetAside:
    submitted = entry.candidature.submitted_at
    wave = wave_of(submitted, policy.criteria)
    if wave is None:
        return _aside(Status.LATE, (why_late(submitted, policy.criteria.waves[-1]),), entry)
    if asked is not None and wave is not asked:
        return _aside(Status.OTHER_WAVE, (why_elsewhere(submitted, wave, asked),), entry)
    case = Case(entry.candidature, wave.closes_on, policy.zonings[wave.id], opinions)
    values = read_facts(names, policy.criteria, case)
    entrance = enter(policy.criteria, values)
    if entrance.refused:
        return _aside(Status.INELIGIBLE, entrance.refused, entry)._replace(wave=wave, values=values)
    return Admitted(entry, wave, values, entrance.pending)


def _aside(status: Status, reasons: tuple[Message, ...], entry: Entry) -> SetAside:
    return SetAside(status, reasons, entry.origin, entry.reference, entry)


def _aside_order(one: SetAside) -> tuple[int, str, str, int]:
    return list(Status).index(one.status), one.reference or "", one.origin.path, one.origin.line
