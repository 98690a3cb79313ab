"""What the model of a candidature cannot say: what contradicts the zoning, the calendar or the call's own facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ami_scoring.domain.candidature import UNREAD, Candidature, Place
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX, parse_fact, says_nothing
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.names import bare_applicant, bare_name
from ami_scoring.domain.placeholders import fills_a_box
from ami_scoring.domain.zoning import PRIORITY, ZoningTable
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.calendar import check_calendar
from ami_scoring.scoring.checks.contradictions import contradictions_check
from ami_scoring.scoring.checks.doctors import are_unnamed, check_doctors, check_reference
from ami_scoring.scoring.checks.plausible import plausible_check
from ami_scoring.scoring.checks.words import ALIKE, words_check
from ami_scoring.scoring.marks import wave_finder
from ami_scoring.scoring.words import refused


def candidature_check(criteria: Criteria, zonings: Mapping[str, ZoningTable]) -> Callable[[Candidature], list[Problem]]:
    """Make the check that looks for what one candidature says that cannot be, or that differs from the tables.

    `zonings` go by wave id. Of nearly every candidature each part says at a glance that there is nothing to look for.
    """
    check_words, check_plausible = words_check(criteria), plausible_check(criteria, zonings)
    check_exclusive, wave_of = contradictions_check(criteria, zonings), wave_finder(criteria)

    def check(candidature: Candidature) -> list[Problem]:
        wave = wave_of(candidature.submitted_at)
        found = [*check_extra(candidature.extra, criteria)] if candidature.extra else []
        found += check_words(candidature)
        found += check_calendar(candidature, criteria, wave)
        found += check_plausible(candidature, wave)
        found += check_exclusive(candidature, wave)
        if candidature.doctors and not are_unnamed(candidature.doctors):
            found += check_doctors(candidature)
            found += check_reference(candidature)
        if wave is not None and wave.zoning is not None and not _is_as_in(zonings[wave.id], candidature.place):
            found += _check_zones(candidature, zonings[wave.id])
        return found

    return check


def _is_as_in(zoning: ZoningTable, place: Place) -> bool:
    """Say at a glance that a zoning table has each commune, under the name given here; a doubt is looked into."""
    if place.district is not None or place.declared_zone is not None:
        return False
    for commune in place.communes:
        code, name = commune.code_insee, commune.name
        if code not in zoning.communes or code in zoning.moved or code in zoning.partly:
            return False
        if name is not None and zoning.names.get(code, name) != name:
            return False
    return True


def check_extra(extra: Mapping[str, object], criteria: Criteria) -> Iterator[Problem]:
    """Look at the facts of the call's own, under `complements`, even where the rest of the candidature is broken."""
    for key, raw in extra.items():
        fact = criteria.catalogue.get(PREFIX + key)
        if fact is None and fills_a_box(raw):
            message = Message(
                "« {key} » n'est pas une donnée que cet appel déclare ; rien n'y est répondu.", {"key": key}
            )
            yield Problem("unknown-key", Severity.WARNING, ("complements", key), message, on_key=True)
        elif fact is None:
            message = Message("« {key} » n'est pas une donnée que cet appel déclare.", {"key": key})
            declared = [name.removeprefix(PREFIX) for name in criteria.catalogue if name.startswith(PREFIX)]
            suggestion = Message("Données déclarées : {names}.", {"names": declared}) if declared else None
            yield Problem("unknown-key", Severity.ERROR, ("complements", key), message, suggestion, on_key=True)
        elif says_nothing(fact, raw):
            message = Message("Cette réponse ne dit rien : elle est lue comme une absence de réponse.")
            suggestion = Message("S'il faut répondre « aucun » ou zéro, écrivez-le ; sinon, effacez la réponse.")
            yield Problem("placeholder-answer", Severity.WARNING, ("complements", key), message, suggestion)
        elif raw is not None:
            try:
                parse_fact(fact, raw)
            except RefusalError as error:
                yield refused(error, ("complements", key))


def _check_zones(candidature: Candidature, zoning: ZoningTable) -> Iterator[Problem]:
    place = candidature.place
    for position, commune in enumerate(place.communes):
        if commune.code_insee != UNREAD:
            path = ("implantation", "communes", position, "code_insee")
            yield from _check_zone(commune.code_insee, path, candidature.reference, zoning)
    district = zoning.of_district(place.district) if place.district else None
    if place.district and district is None:
        message = Message(
            "Le QPV {code} n'est pas dans la table de zonage ({edition}) : la zone de la commune s'applique.",
            {"code": place.district, "edition": zoning.edition},
        )
        yield Problem("qpv-not-zoned", Severity.WARNING, ("implantation", "qpv"), message)
    yield from _check_names(candidature, zoning)
    yield from _check_declared_zone(candidature, zoning)


def _check_zone(code: str, path: tuple[str | int, ...], reference: str, zoning: ZoningTable) -> Iterator[Problem]:
    said = {"code": code, "edition": zoning.edition, "reference": reference}
    if code in zoning.moved:
        message = Message(
            "La commune {code} est {moved} : c'est sous cet autre code que la table de zonage ({edition}) a sa zone.",
            {**said, "moved": zoning.moved[code]},
        )
        yield Problem("commune-moved", Severity.NOTE, path, message)
    elif code in zoning.partly:
        message = Message(
            "La commune {code} n'a pas de zone propre dans le zonage ({edition}), seulement « {label} » : sa zone est "
            "celle du quartier.",
            {**said, "label": zoning.partly[code]},
        )
        advice = Message("Demandez le code du quartier prioritaire (« implantation.qpv »).")
        yield Problem("commune-partly-zoned", Severity.WARNING, path, message, advice)
    elif zoning.of_commune(code) is None:
        message = Message("La commune {code} n'est pas dans la table de zonage ({edition}).", said)
        advice = Message("Vérifiez le code INSEE, ou complétez la table de zonage.")
        yield Problem("commune-not-zoned", Severity.WARNING, path, message, advice)


def _check_names(candidature: Candidature, zoning: ZoningTable) -> Iterator[Problem]:
    """Find the communes whose name is not that of their code in the table, if it gives names."""
    for position, commune in enumerate(candidature.place.communes):
        told = zoning.names.get(commune.code_insee)
        meant = None if commune.name is None else zoning.codes.get(bare_name(commune.name))
        if told is None or commune.name is None or _are_alike(told, commune.name, sure=meant is not None):
            continue
        message = Message(
            "Le code {code} est celui de « {name} » dans la table de zonage ({edition}), pas celui du nom donné ici.",
            {"edition": zoning.edition, "code": commune.code_insee, "name": told},
        )
        mend = Message("Cette commune y porte le code {code}.", {"code": meant}) if meant else None
        path = ("implantation", "communes", position, "code_insee")
        suggestion = mend or Message("Vérifiez le code INSEE et le nom.")
        yield Problem("commune-name-differs", Severity.WARNING, path, message, suggestion)


def _are_alike(told: str, typed: str, *, sure: bool) -> bool:
    """Say whether two names are of one commune; or may be, mistyped or in part, unless one is surely another's."""
    one, other = bare_applicant(told), bare_applicant(typed)
    if sure or one == other:
        return one == other
    from difflib import SequenceMatcher  # noqa: PLC0415 - only names that differ need it

    among = set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split())
    return among or SequenceMatcher(None, one[:80], other[:80], autojunk=False).ratio() >= ALIKE


def _check_declared_zone(candidature: Candidature, zoning: ZoningTable) -> Iterator[Problem]:
    place = candidature.place
    found = zoning.of_commune(place.main_commune.code_insee)
    district = zoning.of_district(place.district) if place.district else None
    if place.declared_zone and found and place.declared_zone not in {found, district}:
        in_force = min((found, district or found), key=PRIORITY.__getitem__)
        message = Message(
            "La zone déclarée ({declared}) n'est pas celle de la table ({found}, {edition}) : la table l'emporte.",
            {"declared": place.declared_zone, "found": in_force, "edition": zoning.edition},
        )
        yield Problem("zone-differs", Severity.WARNING, ("implantation", "zone_declaree"), message)
