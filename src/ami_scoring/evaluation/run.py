"""One run from files to results: read, check, score, rank, select."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ami_scoring import __version__
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.facts import Opinions, Value
from ami_scoring.domain.rows import Shelf
from ami_scoring.domain.scores import (
    Cut,
    Evaluation,
    Provenance,
    ScoreCard,
    Scored,
    SetAside,
    Standing,
    Status,
)
from ami_scoring.evaluation.admitting import Admitted, admitter, facts_of, put_aside
from ami_scoring.evaluation.checked import named_verifications, with_verifications, without_verifications
from ami_scoring.evaluation.hearing import gaps, hear
from ami_scoring.evaluation.mappings import Mappings, named_mapping, without_mappings
from ami_scoring.evaluation.meanwhile import meanwhile
from ami_scoring.evaluation.policy import Policy, read_policy
from ami_scoring.findings import AmiScoringError, InvalidFileError, NothingToScoreError, few_of_each_kind
from ami_scoring.messages import Message, once
from ami_scoring.scoring.checks import candidature_check, check_doubles, check_extra, check_versions
from ami_scoring.scoring.firmness import Unread, with_firmness
from ami_scoring.scoring.marks import (
    Contenders,
    Counting,
    Identities,
    Pools,
    Rival,
    awaited,
    counting_versions,
    identified,
    is_refused_anyway,
    left_open,
    pool_rules,
    refuser,
    rivals,
    scorer,
    spread,
    with_other_versions,
    with_pool,
)
from ami_scoring.scoring.places import rank, select
from ami_scoring.scoring.words import refusal_sentences, to_verify
from ami_scoring.sources.doors.loaders import Check, load_candidatures
from ami_scoring.sources.doors.pieces import Progress
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.folders import find_files

if TYPE_CHECKING:
    from ami_scoring.evaluation.awarding import Earlier

_NOTHING_RANKED: Final = "Rien n'est classé : un classement qui ignore des candidatures ne vaudrait rien."


class UnknownWaveError(AmiScoringError):
    """Raised when the wave asked for is not in the policy."""


def evaluate(  # noqa: PLR0913 - what a run is made of
    paths: Sequence[Path],
    criteria: Path,
    *,
    wave: str | None = None,
    assessments: Sequence[Path] = (),
    mapping: Path | None = None,
    awarded: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Evaluation:
    """Score the candidatures found under `paths` by the policy in the file `criteria`.

    `wave` keeps the deposits of one wave only; `assessments` are files of assessors' marks; `mapping` says how exports
    are read; `awarded` are the results of waves before the one asked for, whose places count. Raises
    `InvalidFileError` when the policy, a zoning table, a mapping or such a result is unusable, `UnknownWaveError`, and
    `NothingToScoreError` when the paths hold no candidature.
    """
    policy = read_policy(criteria)
    asked = wave_asked(policy.criteria, wave)
    policy = policy.alone(asked)
    found = find_files(paths)
    verifications = named_verifications(policy.criteria, criteria)
    mappings = Mappings(mapping or named_mapping(policy.criteria, criteria), policy.criteria)
    loaded = load_candidatures(
        without_verifications(without_mappings(found.files, found.named), verifications),
        checker(policy),
        progress,
        named=found.named,
        call=policy.criteria.call,
        check_extra=partial(check_extra, criteria=policy.criteria),
        mapping_of=mappings.of,
        facts=facts_of(policy, asked),
    )
    beside = mappings.opinions(found.files)
    mappings.require()
    if loaded.is_cut:
        raise InvalidFileError([*found.findings, *loaded.findings], _NOTHING_RANKED)
    if not loaded.entries and not loaded.unreadable:
        message = Message("Aucune candidature dans : {paths}.", {"paths": [str(path) for path in paths]})
        raise NothingToScoreError(message, [*found.findings, *loaded.findings])
    checked = with_verifications(loaded, policy.criteria, verifications)
    earlier = _earlier(awarded, policy, asked, loaded)
    policy = policy if earlier is None else earlier.policy
    marked = find_files(assessments)
    hearing = hear(policy.criteria, criteria, loaded, marked, more=beside)
    opinions = hearing.heard.opinions
    identities = identified(loaded.entries, policy.criteria)
    with meanwhile(lambda: check_doubles(loaded.entries, policy.criteria, identities), len(loaded.entries)) as doubles:
        gone = {} if earlier is None else earlier.gone
        standings, cut, set_aside = results(policy, loaded, asked, opinions, gone, identities)
        between = [*doubles(), *check_versions(standings, set_aside, policy.criteria)]
    between += gaps(loaded.entries, policy.criteria.judgements, opinions)
    return Evaluation(
        policy.criteria,
        asked,
        standings,
        set_aside,
        cut,
        few_of_each_kind(
            [
                *policy.findings,
                *mappings.findings,
                *found.findings,
                *loaded.findings,
                *(checked.findings if checked else ()),
                *marked.findings,
                *hearing.findings,
                *(() if earlier is None else earlier.findings),
                *between,
            ]
        ),
        Provenance(
            __version__,
            policy.origin,
            policy.zoning_origins,
            tuple(loaded.origins),
            hearing.origins,
            mappings.origins,
            awarded=() if earlier is None else earlier.origins,
            verifications=None if checked is None else checked.origin,
        ),
        awarded=() if earlier is None else earlier.awards,
    )


def _earlier(awarded: Sequence[Path], policy: Policy, asked: Wave | None, loaded: Loaded) -> Earlier | None:
    if not awarded:
        return None
    if asked is None:
        message = "ce qu'une vague a déjà attribué ne compte que pour une autre vague : dites laquelle."
        raise UnknownWaveError(message)
    from ami_scoring.evaluation.awarding import after  # noqa: PLC0415 - a first wave does without

    return after(awarded, policy, asked, loaded.entries)


def results(  # noqa: PLR0913 - what a run is made of
    policy: Policy,
    loaded: Loaded,
    asked: Wave | None = None,
    opinions: Mapping[str, Mapping[str, Opinions]] | None = None,
    gone: Mapping[int, Message] = MappingProxyType({}),
    identities: Identities = MappingProxyType({}),
) -> tuple[tuple[Standing, ...], Cut, tuple[SetAside, ...]]:
    """Score, rank and select what was read; give also what is set aside, with its reasons.

    `gone` says, by identity, why some have a place already; `identities` what is known already to identify some.
    """
    scored, set_aside = _score_entries(loaded, policy, asked, opinions or {}, gone)
    refused = [one for one in set_aside if one.scored is not None]
    set_aside = [one for one in set_aside if one.scored is None]
    counting = counting_versions(scored, refused, policy.criteria, identities)
    kept = counting.kept
    compared = _compared_again(counting, policy.criteria) if pool_rules(policy.criteria) else []
    if compared:
        kept = compared[: len(kept)]
    unread = [Unread(one.reference, one.origin.path, most=one.most) for one in loaded.unreadable]
    barred = [one for one in refused if one.unverified]
    unread += [Unread(one.reference, one.origin.path, one.unverified) for one in barred]
    ranked = rank(kept, policy.criteria.ranking, sum(one.most for one in unread))
    standings, cut = select(ranked, policy.criteria, asked)
    # Scored again, or held for want of an order, one that counts is no longer what was first found of it.
    is_changed = kept is not counting.kept or any(one.unordered for one in kept)
    contenders = _as_kept([*compared, *kept], counting.contenders) if is_changed else counting.contenders
    standings, cut = with_firmness(standings, cut, policy.criteria, asked, contenders=contenders, unread=unread)
    cut = cut._replace(awaited=len(barred))
    if asked is not None:
        standings = with_other_versions(standings, set_aside, policy.criteria)
    return standings, cut, tuple(sorted([*set_aside, *counting.aside], key=_aside_order))


def _as_kept(scored: Sequence[Scored], contenders: Sequence[Contenders]) -> list[Contenders]:
    """Give the versions that may count, each as it was scored last."""
    by_entry = {id(one.entry): one for one in scored}
    return [each._replace(eligible=[by_entry.get(id(one.entry), one) for one in each.eligible]) for each in contenders]


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
    return candidature_check(policy.criteria, policy.zonings)


def _score_entries(
    loaded: Loaded,
    policy: Policy,
    asked: Wave | None,
    opinions: Mapping[str, Mapping[str, Opinions]],
    gone: Mapping[int, Message],
) -> tuple[list[Scored], list[SetAside]]:
    admit, score = admitter(policy, asked), scorer(policy.criteria)
    scored: list[Scored] = []
    set_aside = [
        SetAside(
            Status.UNREADABLE, tuple(each.message for each in one.findings), one.origin, one.reference, most=one.most
        )
        for one in loaded.unreadable
    ]
    set_aside += [put_aside(Status.AWARDED, (gone[id(one)],), one) for one in loaded.entries if id(one) in gone]
    refused_by, kept = refuser(policy.criteria), Shelf()
    admitted: Iterable[Admitted | SetAside] = (
        admit(entry, opinions.get(entry.reference.casefold(), {}) if opinions else {}, loaded.facts.get(id(entry)))
        for entry in loaded.entries
        if id(entry) not in gone
    )
    if pool_rules(policy.criteria):
        admitted = _with_the_best(list(admitted), policy.criteria)
    for one in admitted:
        if isinstance(one, SetAside):
            set_aside.append(one)
            continue
        card = score(one.values)
        said = refusal_sentences(one.entry, policy.criteria) if one.entry.refused else ()
        # Only what is refused, in a candidature or in the opinions on it, withholds a fact.
        pending = (*said, *one.pending, *(awaited(card) if said or opinions else ()))
        reasons = one.refused or refused_by(card)
        card = ScoreCard(*card[:4], kept.row(one.values), card.is_wide)
        found = Scored(one.entry, one.wave, card, once(pending) if pending else ())
        if one.opened is not None:
            other = score(one.opened.values)._replace(values=kept.row(one.opened.values))
            opened = left_open(card, other, one.opened.answers, policy.criteria)
            found = found._replace(card=opened.card._replace(values=card.values), opened=opened)
        if reasons:
            refused = put_aside(Status.INELIGIBLE, reasons, one.entry)
            if found.opened is not None and not is_refused_anyway(found.opened.card.values, policy.criteria):
                waits = to_verify(found.unverified, policy.criteria)
                refused = refused._replace(reasons=(*reasons, waits), unverified=found.unverified)
            set_aside.append(refused._replace(scored=found, wave=one.wave, values=found.card.values))
        else:
            scored.append(found)
    return scored, set_aside


def _with_the_best(admitted: Sequence[Admitted | SetAside], criteria: Criteria) -> Sequence[Admitted | SetAside]:
    """Tell each candidature the best values of its pool; one that is refused is compared with nobody.

    Its own facts only tell what it lacks.
    """
    rivals = [one for one in admitted if isinstance(one, Admitted)]
    _compare(criteria, [(one.wave, one.values) for one in rivals if not one.refused])
    for one in rivals:
        if one.refused:
            with_pool(criteria, [one.values])
    return admitted


def _compared_again(counting: Counting, criteria: Criteria) -> list[Scored]:
    """Score anew against those that are ranked alone: a version replaced, or refused by a rule, sets no best value.

    Those that may yet leave, and those that may come in their stead, only widen what a mark could be; these come after
    those that are ranked, each compared as if it had come.
    """
    kept, contenders = counting.kept, counting.contenders
    facts = {id(one.card): dict(one.card.values) for group in contenders for one in group.eligible}
    ranked, coming = {id(one.card) for one in kept}, list[Scored]()
    pools = {
        wave.id: Pools(pool_rules(criteria), (facts[id(one.card)] for one in kept if one.wave is wave))
        for wave in criteria.waves
    }
    for one in kept:
        pools[one.wave.id].tell(facts[id(one.card)])
    for group in contenders:
        for one in (each for each in group.eligible if id(each.card) not in ranked):
            siblings = (each for each in group.eligible if id(each.card) in ranked and each.wave is one.wave)
            pools[one.wave.id].tell(facts[id(one.card)], [facts[id(each.card)] for each in siblings])
            coming.append(one)
    pool = [(one.wave, Rival(facts[id(one.card)], surely)) for one, surely in rivals(contenders, criteria)]
    for wave in criteria.waves:
        spread(pool_rules(criteria), [rival for its, rival in pool if its is wave], criteria.catalogue)
    score = scorer(criteria)
    return [one._replace(card=score(facts[id(one.card)])) for one in (*kept, *coming)]


def _compare(criteria: Criteria, pool: Sequence[tuple[Wave, dict[str, Value]]]) -> None:
    """Tell each candidature the best values of its own wave: those of another never competed with it."""
    for wave in criteria.waves:
        with_pool(criteria, [values for its_wave, values in pool if its_wave is wave])


def _aside_order(one: SetAside) -> tuple[int, str, str, int]:
    return list(Status).index(one.status), one.reference or "", one.origin.path, one.origin.line
