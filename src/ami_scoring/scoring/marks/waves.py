"""Which wave a deposit falls in, and which of several versions of one candidature counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.scores import Entry, Scored, SetAside, Standing, Status
from ami_scoring.messages import Message, spell_moment


class Filed(Protocol):
    """Anything that holds one candidature as read."""

    @property
    def entry(self) -> Entry:
        """The candidature and its origin."""


Version = TypeVar("Version", bound=Filed)


class Elsewhere(NamedTuple):
    """A candidature of a wave that is not evaluated."""

    entry: Entry
    wave: Wave


def wave_of(submitted: date | datetime, criteria: Criteria) -> Wave | None:
    """Give the first wave that was still open at the deposit, or None when all were closed."""
    for wave in criteria.waves:
        if wave.takes(submitted):
            return wave
    return None


def why_late(submitted: date | datetime, wave: Wave) -> Message:
    """Say that a deposit comes after the closing of a wave, both with their seconds where one has some."""
    moments = (submitted, wave.closes)
    seconds = any(isinstance(each, datetime) and each.second for each in moments)
    shown = [spell_moment(each, seconds=seconds) if isinstance(each, datetime) else each for each in moments]
    return Message(
        "déposée le {submitted}, après la clôture du {closes} ({wave})",
        {"submitted": shown[0], "closes": shown[1], "wave": wave.name},
    )


def why_elsewhere(submitted: date | datetime, its_wave: Wave, asked: Wave) -> Message:
    """Say that a deposit belongs to another wave than the one asked for."""
    return Message(
        "déposée le {submitted} : relève de {its}, pas de {asked}",
        {"submitted": submitted, "its": its_wave.name, "asked": asked.name},
    )


def last_versions(scored: Sequence[Scored]) -> tuple[list[Scored], list[SetAside]]:
    """Keep, for one applicant and one main commune, the last complete version; without one, the last version.

    Complete means that no information which the criteria require is missing. An applicant is its SIREN; a version
    without one is that of the only SIREN which bears its name for that commune. Where several do, nobody can tell,
    and it stands by itself.
    """
    kept: list[Scored] = []
    replaced: list[SetAside] = []
    for group in versions(scored):
        if len(group) == 1:
            kept.append(group[0])
            continue
        counting = latest([one for one in group if one.is_firm] or group)
        kept.append(counting)
        replaced.extend(_replaced(one, counting) for one in group if one is not counting)
    return kept, replaced


def with_other_versions(
    standings: Sequence[Standing], set_aside: Sequence[SetAside], criteria: Criteria
) -> tuple[Standing, ...]:
    """Tell each candidature of the only wave evaluated that other waves hold versions of it.

    Those are not scored, so that nobody knows here which one would count if all waves were evaluated together.
    """
    others = [
        Elsewhere(one.entry, wave)
        for one in set_aside
        if one.status is Status.OTHER_WAVE and one.entry is not None
        if (wave := wave_of(one.entry.candidature.submitted_at, criteria)) is not None
    ]
    told: dict[int, tuple[Message, ...]] = {}
    filed: list[Filed] = [*standings, *others]
    for group in versions(filed):
        found = sorted((one for one in group if isinstance(one, Elsewhere)), key=_deposit)
        said = tuple(map(_exists, found))
        told.update((id(one), said) for one in group if isinstance(one, Standing))
    return tuple(one._replace(elsewhere=told[id(one)]) for one in standings)


def versions(scored: Sequence[Version]) -> list[list[Version]]:
    """Put together the versions of one project."""
    named = [(one, _name(one), one.entry.candidature.applicant.siren) for one in scored]
    numbers: dict[tuple[str, str], set[str]] = {}
    for _, name, siren in named:
        numbers.setdefault(name, set()).update({siren} if siren else ())
    groups: dict[tuple[str, str], list[Version]] = {}
    for one, name, siren in named:
        applicant, commune = name
        only = min(numbers[name]) if len(numbers[name]) == 1 else applicant
        groups.setdefault((siren or only, commune), []).append(one)
    return list(groups.values())


def latest(group: Sequence[Scored]) -> Scored:
    """Give the version that was deposited last."""
    return max(group, key=lambda one: (_deposit(one), one.entry.reference))


def _exists(one: Elsewhere) -> Message:
    return Message(
        "une autre version existe : {reference}, déposée le {submitted} ({wave})",
        {"reference": one.entry.reference, "submitted": one.entry.candidature.submitted_on, "wave": one.wave.name},
    )


def _name(filed: Filed) -> tuple[str, str]:
    """Name a project by its applicant's name and its main commune, for versions that do not all give a SIREN."""
    candidature = filed.entry.candidature
    return fold(candidature.applicant.name), candidature.place.main_commune.code_insee


def _deposit(filed: Filed) -> tuple[date, float]:
    """Order deposits by their day in Paris, then by their instant; one dated by its day alone opens that day."""
    moment = filed.entry.candidature.submitted_at
    instant = moment.timestamp() if isinstance(moment, datetime) else float("-inf")
    return filed.entry.candidature.submitted_on, instant


def _replaced(scored: Scored, counting: Scored) -> SetAside:
    older = _deposit(scored) <= _deposit(counting)
    sentence = (
        "remplacée par {reference}, déposée le {submitted}"
        if older
        else "incomplète : c'est la version complète {reference}, déposée le {submitted}, qui compte"
    )
    reason = Message(
        sentence,
        {"reference": counting.entry.reference, "submitted": counting.entry.candidature.submitted_on},
    )
    entry = scored.entry
    return SetAside(Status.REPLACED, (reason,), entry.origin, entry.reference, entry, scored)
