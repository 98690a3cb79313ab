"""One run from files to results: read, check, score, rank, select."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ami_scoring import __version__
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.facts import Opinions, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, SetAside, Standing, Status
from ami_scoring.evaluation.admitting import Admitted, admitter, put_aside
from ami_scoring.evaluation.checked import named_verifications, with_verifications, without_verifications
from ami_scoring.evaluation.hearing import gaps, hear
from ami_scoring.evaluation.judging import ahead, judge
from ami_scoring.evaluation.mappings import Mappings, named_mapping, without_mappings
from ami_scoring.evaluation.meanwhile import meanwhile
from ami_scoring.evaluation.policy import Policy, checker, read_policy
from ami_scoring.findings import AmiScoringError, InvalidFileError, NothingToScoreError, few_of_each_kind
from ami_scoring.messages import Message
from ami_scoring.scoring.checks import check_doubles, check_extra, check_versions
from ami_scoring.scoring.firmness import Unread, with_firmness
from ami_scoring.scoring.marks import (
    Contenders,
    Counting,
    Identities,
    Pools,
    Rival,
    counting_versions,
    identified,
    identifier,
    pool_rules,
    rivals,
    scorer,
    spread,
    with_other_versions,
    with_pool,
)
from ami_scoring.scoring.places import rank, select
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.pieces import Progress
from ami_scoring.sources.doors.room import Found, Loaded
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
    compared: bool = True,
) -> Evaluation:
    """Score the candidatures found under `paths` by the policy in the file `criteria`.

    `wave` keeps the deposits of one wave only; `assessments` are files of assessors' marks; `mapping` says how exports
    are read; `awarded` are the results of waves before the one asked for, whose places count. Without `compared`, no
    finding tells what candidatures share, nor which versions one has: these are never errors. Raises
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
        ahead=ahead(policy, asked, is_first=not awarded),
        identify=identifier(policy.criteria),
        known=policy.criteria.waves,
    )
    beside = mappings.opinions(found.files)
    mappings.require()
    if loaded.is_cut:
        raise InvalidFileError([*found.findings, *loaded.findings], _NOTHING_RANKED)
    if not loaded.entries and not loaded.unreadable:
        message = Message("Aucune candidature dans : {paths}.", {"paths": [str(path) for path in paths]})
        raise NothingToScoreError(message, [*found.findings, *loaded.findings])
    checked = with_verifications(loaded, policy.criteria, verifications)
    earlier = earlier_awards(awarded, policy, asked, loaded)
    policy = policy if earlier is None else earlier.policy
    marked = find_files(assessments)
    hearing = hear(policy.criteria, criteria, loaded, marked, more=beside)
    opinions = hearing.heard.opinions
    identities = identified(loaded.entries, policy.criteria, loaded.identities)
    entries = loaded.entries if compared else ()
    with meanwhile(lambda: check_doubles(entries, policy.criteria, identities), len(entries)) as doubles:
        gone = {} if earlier is None else earlier.gone
        standings, cut, set_aside = results(policy, loaded, asked, opinions, gone, identities)
        between = [*doubles(), *(check_versions(standings, set_aside, policy.criteria) if compared else ())]
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


def earlier_awards(awarded: Sequence[Path], policy: Policy, asked: Wave | None, loaded: Loaded) -> Earlier | None:
    """Count what earlier waves gave, where their results are given; None where they are not.

    Raises `UnknownWaveError` where no wave is asked for, `InvalidFileError` where a result does not tell it for sure.
    """
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
    standings, cut = select(
        rank(kept, policy.criteria.ranking, sum(one.most for one in unread)), policy.criteria, asked
    )
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


def _score_entries(
    loaded: Loaded,
    policy: Policy,
    asked: Wave | None,
    opinions: Mapping[str, Mapping[str, Opinions]],
    gone: Mapping[int, Message],
) -> tuple[list[Scored], list[SetAside]]:
    scored: list[Scored] = []
    set_aside = [
        SetAside(
            Status.UNREADABLE, tuple(each.message for each in one.findings), one.origin, one.reference, most=one.most
        )
        for one in loaded.unreadable
    ]
    set_aside += [put_aside(Status.AWARDED, (gone[id(one)],), one) for one in loaded.entries if id(one) in gone]
    for one in _judged([one for one in loaded.entries if id(one) not in gone], loaded.ahead, policy, asked, opinions):
        if isinstance(one, SetAside):
            set_aside.append(one)
        else:
            scored.append(one)
    return scored, set_aside


def _judged(
    entries: Iterable[Entry],
    known: Mapping[int, Found],
    policy: Policy,
    asked: Wave | None,
    opinions: Mapping[str, Mapping[str, Opinions]],
) -> Iterator[Scored | SetAside]:
    """Score candidatures, or set them aside. What is known is not worked out again, unless assessors were heard."""
    admit, judged = cache(lambda: admitter(policy, asked)), cache(lambda: judge(policy, hears=bool(opinions)))

    def admitted(entry: Entry) -> Admitted | Scored | SetAside:
        heard = opinions.get(entry.reference.casefold(), {}) if opinions else {}
        found = known.get(id(entry))
        if isinstance(found, (Scored, SetAside)):
            return admit()(entry, heard, None) if heard else found
        return admit()(entry, heard, found)

    each: Iterable[Admitted | Scored | SetAside] = map(admitted, entries)
    if pool_rules(policy.criteria):
        each = _with_the_best(list(each), policy.criteria)
    return (judged()(one) if isinstance(one, Admitted) else one for one in each)


def _with_the_best(
    admitted: Sequence[Admitted | Scored | SetAside], criteria: Criteria
) -> Sequence[Admitted | Scored | SetAside]:
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
