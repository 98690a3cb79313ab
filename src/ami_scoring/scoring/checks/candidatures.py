"""What the model of a candidature cannot say: what contradicts the zoning, the calendar or the call's own facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pydantic_core import PydanticCustomError

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX, parse_fact, says_nothing
from ami_scoring.domain.zoning import PRIORITY, ZoningTable
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.words import check_words
from ami_scoring.scoring.marks import wave_of
from ami_scoring.scoring.words import refused


def check_candidature(
    candidature: Candidature, criteria: Criteria, zonings: Mapping[str, ZoningTable]
) -> Iterator[Problem]:
    """Look for what one candidature says that cannot be, or that differs from the tables. `zonings` go by wave id."""
    yield from check_extra(candidature.extra, criteria)
    yield from check_words(candidature, criteria)
    yield from _check_calendar(candidature)
    wave = wave_of(candidature.submitted_at, criteria)
    if wave is not None and wave.zoning is not None:
        yield from _check_zones(candidature, zonings[wave.id])


def check_extra(extra: Mapping[str, object], criteria: Criteria) -> Iterator[Problem]:
    """Look at the facts of the call's own, under `complements`, even where the rest of the candidature is broken."""
    for key, raw in extra.items():
        fact = criteria.catalogue.get(PREFIX + key)
        if fact is None:
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
            except PydanticCustomError as error:
                yield refused(error, ("complements", key))


def _check_calendar(candidature: Candidature) -> Iterator[Problem]:
    submitted = candidature.submitted_on
    past: list[tuple[tuple[str, str], date | None]] = []
    if candidature.diagnostic:
        past.append((("diagnostic", "etat_des_lieux_le"), candidature.diagnostic.surveyed_on))
    if candidature.commitment:
        past.append((("engagement_financier", "delibere_le"), candidature.commitment.decided_on))
    for path, day in past:
        if day is not None and day > submitted:
            message = Message(
                "Le {day} vient après le dépôt de la candidature ({submitted}).", {"day": day, "submitted": submitted}
            )
            suggestion = Message("Vérifiez l'année, et que le jour et le mois ne sont pas inversés.")
            yield Problem("date-after-deposit", Severity.WARNING, path, message, suggestion)


def _check_zones(candidature: Candidature, zoning: ZoningTable) -> Iterator[Problem]:
    place = candidature.place
    for position, commune in enumerate(place.communes):
        if zoning.of_commune(commune.code_insee) is None:
            message = Message(
                "La commune {code} n'est pas dans la table de zonage ({edition}).",
                {"code": commune.code_insee, "edition": zoning.edition},
            )
            yield Problem(
                "commune-not-zoned",
                Severity.WARNING,
                ("implantation", "communes", position, "code_insee"),
                message,
                Message("Vérifiez le code INSEE, ou complétez la table de zonage."),
            )
    district = zoning.of_district(place.district) if place.district else None
    if place.district and district is None:
        message = Message(
            "Le QPV {code} n'est pas dans la table de zonage ({edition}) : la zone de la commune s'applique.",
            {"code": place.district, "edition": zoning.edition},
        )
        yield Problem("qpv-not-zoned", Severity.WARNING, ("implantation", "qpv"), message)
    yield from _check_declared_zone(candidature, zoning)


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
