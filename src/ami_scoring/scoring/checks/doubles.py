"""What is nearly the same in two candidatures: told to people, who alone can say whether it is one; never merged.

References, codes and numbers of applicants are named; a free text is not, which may name a person.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from ami_scoring.domain.candidature import NAMELESS, UNREAD, Applicant, ApplicantKind
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.names import bare_applicant
from ami_scoring.domain.primitives import fold
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.doctors import promised_to_several
from ami_scoring.scoring.marks import (
    Identities,
    Identity,
    Register,
    all_told,
    grouped,
    identities_of,
    projects,
    references_of,
)

_OF_THE_MAIN: Final = frozenset({"implantation", "implantation.communes", "implantation.communes.principale"})
"""What tells which commune is the main one."""


Placed = tuple[str, Applicant, Entry]
"""A candidature with the code of its main commune, and its applicant."""


class Read(NamedTuple):
    """A candidature as read, which the rooms of scoring know by this name."""

    entry: Entry


def check_doubles(
    entries: Sequence[Entry], criteria: Criteria, known: Identities = MappingProxyType({})
) -> list[Finding]:
    """Look for what two candidatures share without being versions of one, each kind in one walk over them all.

    `known` is what is known already to identify some of them.
    """
    ordered = sorted(entries, key=_place)
    identities = None if criteria.versions.each_alone else identities_of(ordered, criteria, known)
    groups = [[entry] for entry in ordered] if identities is None else grouped(ordered, identities)
    project = cache(lambda: {id(entry): place for place, group in enumerate(groups) for entry in group})
    placed = [_placed(entry) for entry in ordered]
    # What stands where a name or a code could not be read is nobody's: two of them have nothing in common.
    named = [each for each in placed if each[1].name != NAMELESS]
    return [
        *_carried_twice(placed),
        *_two_names(named),
        *_alike(named, project),
        *_promised(groups),
        *(_unknown(ordered, identities) if identities is not None else ()),
    ]


def _place(entry: Entry) -> tuple[str, int, str]:
    candidature, (path, _, line), _, _ = entry
    return path, line, candidature.reference


def _placed(entry: Entry) -> Placed:
    """Give also the code of the main commune, unread where which one it is cannot be read."""
    candidature, _, refused, _ = entry
    unread = refused and any(each.key in _OF_THE_MAIN for each in refused)
    return UNREAD if unread else candidature.place.main_commune.code_insee, candidature.applicant, entry


def holds_versions(entries: Sequence[Entry], criteria: Criteria, known: Identities = MappingProxyType({})) -> bool:
    """Say whether some candidatures may be versions of one, so that which one counts is a question."""
    return len(projects([Read(entry) for entry in entries], criteria, known)) < len(entries)


def told_of(code: str, severity: Severity, entries: Sequence[Entry], message: Message, mend: Message) -> Finding:
    """Make the finding about several candidatures: at the first of them, the others beside it."""
    where, *related = (Location(entry.origin.path, entry.origin.line) for entry in entries)
    return Finding(code, severity, message, where, mend, tuple(dict.fromkeys(at for at in related if at != where)))


def _carried_twice(entries: Iterable[Placed]) -> Iterator[Finding]:
    """Tell the communes that one commune applies for as its own, and an EPCI among its communes."""
    owners: dict[str, list[Entry]] = {}
    leagues: dict[str, list[Entry]] = {}
    one_commune, several = ApplicantKind.COMMUNE, ApplicantKind.EPCI
    for main, applicant, entry in entries:
        kind = applicant.kind
        if kind is one_commune:
            owners.setdefault(main, []).append(entry)
        elif kind is several:
            for commune in entry.candidature.place.communes:
                leagues.setdefault(commune.code_insee, []).append(entry)
    for code in sorted((owners.keys() & leagues.keys()) - {UNREAD}):
        both = [*owners[code], *leagues[code]]
        said = {"code": code, "communes": references_of(owners[code]), "leagues": references_of(leagues[code])}
        message = Message("La commune {code} est portée par une commune ({communes}) et par un EPCI ({leagues}).", said)
        mend = Message("Vérifiez qu'il ne s'agit pas du même projet ; les deux candidatures restent notées.")
        yield told_of("carried-twice", Severity.WARNING, both, message, mend)


def _two_names(entries: Iterable[Placed]) -> Iterator[Finding]:
    """Tell the SIREN that several applicants bear whose names differ by more than a way of writing."""
    for siren, bearers in _shared((applicant.siren, entry) for _, applicant, entry in entries):
        named: dict[str, Entry] = {}
        for entry in bearers:
            named.setdefault(bare_applicant(entry.candidature.applicant.name), entry)
        found = list(named.values())
        if len(found) > 1:
            said = {"siren": siren, "references": references_of(found)}
            message = Message("Le SIREN {siren} est donné sous plusieurs noms : {references}.", said)
            mend = Message("Vérifiez le SIREN et le nom du porteur de chacune.")
            yield told_of("siren-two-names", Severity.WARNING, found, message, mend)


def _alike(entries: Iterable[Placed], project: Callable[[], dict[int, int]]) -> Iterator[Finding]:
    """Tell the applicants for one commune who are different candidatures, and whose names are nearly the same."""
    for code, rivals in _shared((code, entry) for code, _, entry in entries):
        if code == UNREAD:
            continue
        named: dict[str, list[Entry]] = {}
        for entry in rivals:
            named.setdefault(bare_applicant(entry.candidature.applicant.name), []).append(entry)
        for name in sorted(name for name, bearers in named.items() if len(bearers) > 1):
            by_project: dict[int, Entry] = {}
            for entry in named[name]:
                by_project.setdefault(project()[id(entry)], entry)
            found = list(by_project.values())
            if len(found) > 1 and not _one_applicant(found):
                said = {"code": code, "references": references_of(found)}
                message = Message("Pour la commune {code}, des porteurs ont presque le même nom : {references}.", said)
                mend = Message("Si c'est le même porteur, donnez à chaque dossier le même nom et le même SIREN.")
                yield told_of("applicants-alike", Severity.WARNING, found, message, mend)


def _shared(entries: Iterable[tuple[str | None, Entry]]) -> Iterator[tuple[str, list[Entry]]]:
    """Give what several candidatures have in common, in order, with them: only their names are worth reducing."""
    first: dict[str, Entry] = {}
    found: dict[str, list[Entry]] = {}
    for value, entry in entries:
        if value is not None and (other := first.setdefault(value, entry)) is not entry:
            found.setdefault(value, [other]).append(entry)
    yield from ((value, found[value]) for value in sorted(found))


def _one_applicant(entries: Sequence[Entry]) -> bool:
    """Say whether the policy itself tells apart several candidatures of one applicant: nothing is doubtful then."""
    applicants = [entry.candidature.applicant for entry in entries]
    sirens, names = {applicant.siren for applicant in applicants}, {fold(applicant.name) for applicant in applicants}
    return len(sirens) == 1 and (None not in sirens or len(names) == 1)


def _promised(groups: Sequence[Sequence[Entry]]) -> Iterator[Finding]:
    for each in promised_to_several(groups):
        said = {"count": each.doctors, "references": references_of(each.entries)}
        who = "Le même médecin est promis" if each.doctors == 1 else "Les mêmes {count} médecins sont promis"
        how = "même nom" if each.by_name else "même numéro RPPS"
        message = Message(f"{who} à {{references}} ({how}).", said)
        mend = Message(
            "Un homonyme est possible : demandez son numéro RPPS." if each.by_name else "Demandez où il exercera."
        )
        yield told_of("doctor-promised-twice", Severity.WARNING, each.entries, message, mend)


def _unknown(entries: Sequence[Entry], identities: Sequence[Identity]) -> Iterator[Finding]:
    """Tell the candidatures that may be versions of others, where what identifies them does not say."""
    if all_told(identities):
        return
    register = Register(identities)
    names, bearers = Counter(each.name for each in identities), Counter(each[:2] for each in identities)
    for entry, each in zip(entries, identities, strict=True):
        # Of one name, those that bear another SIREN are somebody else's.
        alike = bearers[each[:2]] + bearers[each.name, ""] if each.siren else names[each.name]
        if each.rest is None and alike > 1:
            why = "Ce qui identifie {reference} n'est pas établi : rien ne dit si c'est une version d'un autre dossier."
        elif each.rest is not None and register.is_doubtful(each):
            why = "{reference} n'a pas de SIREN, et plusieurs porteurs du même nom pourraient l'avoir déposée."
        else:
            continue
        message = Message(why, {"reference": entry.reference})
        mend = Message("Elle est classée à part ; complétez le dossier si c'est une version d'un autre.")
        yield told_of("version-doubtful", Severity.WARNING, [entry], message, mend)
