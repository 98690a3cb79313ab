"""The same doctor counted twice, in one file or by several candidatures, or named by a reference that all outputs show.

Told without name or number.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.candidature import Candidature, InterestedDoctor
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.names import bare_name, bare_person
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message

KEY: Final = "medecins_interesses"
_SHORTEST: Final = 3
"""Letters of a word from which it may be somebody's name."""


class Promised(NamedTuple):
    """Doctors whom the same candidatures promise: how many, and whether their names alone tell it."""

    entries: tuple[Entry, ...]
    doctors: int
    by_name: bool


def are_unnamed(doctors: Iterable[InterestedDoctor]) -> bool:
    """Say at a glance that no doctor has a name or a number, so that neither check finds anything."""
    return {(doctor.name, doctor.rpps) for doctor in doctors} == {(None, None)}


def check_doctors(candidature: Candidature) -> Iterator[Problem]:
    """Look for a doctor whom one file counts twice: by the RPPS number or, where one is not given, by the name."""
    if not candidature.doctors or len(candidature.doctors) == 1:
        return
    by_number: dict[str, int] = {}
    by_name: dict[tuple[str, ...], int] = {}
    without_number: dict[tuple[str, ...], int] = {}
    for place, doctor in enumerate(candidature.doctors):
        number, name = doctor.rpps, _name(doctor)
        first = None if number is None else by_number.setdefault(number, place)
        if first is not None and first != place:
            yield _twice(place, first, "même numéro RPPS")
        elif name:
            namesake = by_name.get(name) if number is None else without_number.get(name)
            if namesake is not None:
                yield _twice(place, namesake, "même nom")
        by_name.setdefault(name, place)
        if number is None:
            without_number.setdefault(name, place)


def check_reference(candidature: Candidature) -> Iterator[Problem]:
    """Look for a word of a doctor's name in the reference, unless it is that of the applicant or of a commune too."""
    names = [_name(doctor) for doctor in candidature.doctors or ()]
    if not any(names):
        return
    words = {word for name in names for word in name if len(word) >= _SHORTEST}
    places = [candidature.applicant.name, *(each.name for each in candidature.place.communes if each.name)]
    said = {*bare_name(candidature.reference).split()} & words
    if said - {word for place in places for word in bare_name(place).split()}:
        message = Message("La référence semble porter le nom d'un médecin, et toutes les sorties la montrent.")
        mend = Message("Donnez au dossier une référence qui ne nomme personne : un code d'appel et un numéro.")
        yield Problem("reference-names-doctor", Severity.WARNING, ("reference",), message, mend, quoted=False)


def promised_to_several(projects: Sequence[Sequence[Entry]]) -> list[Promised]:
    """Find the doctors whom several candidatures promise; versions of one candidature are a project, and are one."""
    by_number: dict[str, dict[int, Entry]] = {}
    by_name: dict[tuple[str, ...], dict[int, Entry]] = {}
    without_number: set[tuple[str, ...]] = set()
    for project, entries in enumerate(projects):
        for entry in entries:
            for doctor in entry.candidature.doctors or ():
                if doctor.rpps is not None:
                    by_number.setdefault(doctor.rpps, {}).setdefault(project, entry)
                if name := _name(doctor):
                    by_name.setdefault(name, {}).setdefault(project, entry)
                    without_number.update({name} if doctor.rpps is None else ())
    namesakes = {name: found for name, found in by_name.items() if name in without_number}
    return [*_together(by_number.values(), by_name=False), *_together(namesakes.values(), by_name=True)]


def _together(found: Iterable[dict[int, Entry]], *, by_name: bool) -> Iterator[Promised]:
    counts: dict[tuple[int, ...], int] = {}
    told: dict[tuple[int, ...], tuple[Entry, ...]] = {}
    for entries in found:
        if len(entries) > 1:
            among = tuple(sorted(entries))
            counts[among] = counts.get(among, 0) + 1
            told.setdefault(among, tuple(entries[project] for project in among))
    return (Promised(told[among], count, by_name) for among, count in counts.items())


def _name(doctor: InterestedDoctor) -> tuple[str, ...]:
    return bare_person(doctor.name) if doctor.name else ()


def _twice(place: int, first: int, how: str) -> Problem:
    message = Message("Le même médecin est sans doute compté deux fois dans ce dossier ({how}).", {"how": how})
    mend = Message("Gardez une seule des deux lignes, ou corrigez celle qui est fausse.")
    related = ((KEY, first),)
    return Problem("doctor-twice", Severity.WARNING, (KEY, place), message, mend, quoted=False, related=related)
