"""Which files are versions of one candidature: those that agree on all that the policy says identifies one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol, TypeVar

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Case, Missing, category_of
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.versions import APPLICANT
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.scoring.marks.remembering import MOST_KEPT
from ami_scoring.scoring.marks.withheld import touches, withholder

_OF_THE_APPLICANT: Final = frozenset({"porteur", "porteur.nom", "porteur.siren"})
"""Where what names an applicant may be refused: nobody can tell then whose version it is.

A SIREN that is refused is not one that was never given, for which the name alone stands.
"""


class Filed(Protocol):
    """Anything that holds one candidature as read."""

    @property
    def entry(self) -> Entry:
        """The candidature and its origin."""


Version = TypeVar("Version", bound=Filed)
T = TypeVar("T")


class Identity(NamedTuple):
    """What identifies one candidature."""

    name: str
    """The folded name of its applicant; empty where the applicant does not count."""
    siren: str
    """Empty where there is none."""
    rest: tuple[str, ...] | None
    """The facts beside the applicant, each as one text; None where one is missing, so that nobody can tell."""


Identities = Mapping[int, Identity]
"""What identifies candidatures, by the identity of their entries."""


def identified(entries: Iterable[Entry], criteria: Criteria, known: Identities = MappingProxyType({})) -> Identities:
    """Read once, for all who ask, what identifies each candidature; nothing where no candidature replaces another.

    `known` is what is known already to identify some of them.
    """
    if criteria.versions.each_alone:
        return {}
    every = [*entries]
    if all(id(entry) in known for entry in every):
        return known
    return dict(zip(map(id, every), identities_of(every, criteria, known), strict=True))


def identifier(criteria: Criteria) -> Callable[[Entry], Identity] | None:
    """Make the function that reads what identifies one candidature; None where no candidature replaces another."""
    return None if criteria.versions.each_alone else _identifier(criteria)


def identities_of(
    entries: Iterable[Entry], criteria: Criteria, known: Identities = MappingProxyType({})
) -> list[Identity]:
    """Read what the policy says identifies each candidature, where it is not known already."""
    identity = _identifier(criteria)
    return [known.get(id(entry)) or identity(entry) for entry in entries]


def _identifier(criteria: Criteria) -> Callable[[Entry], Identity]:
    by_applicant, beside = APPLICANT in criteria.versions.identified_by, read_beside(criteria)

    def identity(entry: Entry) -> Identity:
        rest = beside(entry)
        return _named(rest, entry) if by_applicant else Identity("", "", rest)

    return identity


def read_beside(criteria: Criteria) -> Callable[[Entry], tuple[str, ...] | None]:
    """Make the function that reads what identifies a candidature beside its applicant; None where some is missing."""
    facts = [criteria.catalogue[name] for name in criteria.versions.identified_by if name != APPLICANT]
    withhold, reads = withholder(facts), [fact.read for fact in facts]
    keys = [key for fact in facts for key in fact.keys]

    @lru_cache(MOST_KEPT)
    def concerns(refused: str) -> bool:
        return any(touches(refused, key) for key in keys)

    def read(entry: Entry) -> tuple[str, ...] | None:
        candidature, _, refusals, _ = entry
        # What depends on a wave or on a zoning identifies nothing.
        case = Case(candidature, date.min, NO_ZONING)
        values = [of_case(case) for of_case in reads]
        if refusals and any(concerns(each.key) for each in refusals):
            refused = {key: finding.message for key, finding in refusals}
            named = {fact.name: value for fact, value in zip(facts, values, strict=True)}
            withhold(named, case._replace(refused=refused))
            values = [*named.values()]
        known = [category_of(value) for value in values if not isinstance(value, Missing)]
        return tuple(known) if len(known) == len(facts) else None

    return read


def tells_its_applicant(entry: Entry, criteria: Criteria) -> bool:
    """Say whether nothing that names an applicant is refused, where it counts."""
    return APPLICANT not in criteria.versions.identified_by or not _is_anonymous(entry)


def _is_anonymous(entry: Entry) -> bool:
    return bool(entry.refused) and not _OF_THE_APPLICANT.isdisjoint(each.key for each in entry.refused)


def _named(rest: tuple[str, ...] | None, entry: Entry) -> Identity:
    candidature, _, refusals, _ = entry
    applicant = candidature.applicant
    if refusals and _is_anonymous(entry):
        rest = None
    return Identity(fold(applicant.name), applicant.siren or "", rest)


def all_told(identities: Iterable[Identity]) -> bool:
    """Say whether each leaves no doubt of whose version it is: a SIREN, and every fact beside the applicant."""
    return all(each.siren and each.rest is not None for each in identities)


class Register:
    """The candidatures of one run, by what identifies them."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        """Note which SIREN bear each name: a version without one is that of the only one that does."""
        self._bearer: dict[tuple[str, tuple[str, ...] | None], str] = {}
        self._several: set[tuple[str, tuple[str, ...] | None]] = set()
        for name, siren, rest in identities:
            first = self._bearer.setdefault((name, rest), siren)
            if siren and not first:
                self._bearer[name, rest] = siren
            elif siren and first != siren:
                self._several.add((name, rest))

    def key(self, identity: Identity) -> tuple[str, tuple[str, ...]] | None:
        """Give what the versions of one candidature share; None for one of which nobody can tell."""
        name, siren, rest = identity
        if rest is None:
            return None
        if siren or (name, rest) in self._several:
            return siren or name, rest
        return self._bearer[name, rest] or name, rest

    def is_doubtful(self, identity: Identity) -> bool:
        """Say whether a candidature without a SIREN may come from any of several that bear its name."""
        return not identity.siren and (identity.name, identity.rest) in self._several


def projects(
    filed: Sequence[Version], criteria: Criteria, known: Identities = MappingProxyType({})
) -> list[list[Version]]:
    """Put together the versions of one candidature, in their order; what identifies it is said by the policy."""
    if criteria.versions.each_alone:
        return [[one] for one in filed]
    return grouped(filed, identities_of((one.entry for one in filed), criteria, known))


def grouped(filed: Sequence[T], identities: Sequence[Identity]) -> list[list[T]]:
    """Put together those whose identities are of one candidature."""
    groups: dict[object, list[T]] = {}
    if all_told(identities):
        for one, identity in zip(filed, identities, strict=True):
            group = groups.get(identity[1:])
            if group is None:  # as most often; a list that grows keeps room for more
                groups[identity[1:]] = [one]
            else:
                group.append(one)
        return list(groups.values())
    register = Register(identities)
    for place, (one, identity) in enumerate(zip(filed, identities, strict=True)):
        key = register.key(identity)
        groups.setdefault(place if key is None else key, []).append(one)
    return list(groups.values())
