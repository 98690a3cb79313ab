"""How facts are worked out from a candidature: its zones, its population, its delays, its amounts, its doctors.

What is missing is said to be, with what is known of it all the same. Facts read as they are written need none of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import Final

from ami_scoring.domain.candidature import Commune, Evidence
from ami_scoring.domain.facts import MISSING, Case, Missing, Value, months_between
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.zoning import PRIORITY, Zone
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message

_NOTHING: Final = Fraction(0)
_LETTER: Final = Evidence.LETTER
"""Found once: a name of an enumeration is looked for in it each time."""


def main_zone(case: Case) -> Value:
    """Give the zone of the main commune, or of its QPV if that ranks higher."""
    place = case.candidature.place
    if place.district is None and (zone := case.zoning.of_commune(place.main_commune.code_insee)) is not None:
        return zone  # as most often: of one zone there is nothing to pick
    return _zone_over([_main_zones(case)], best, case)


def zone_over_communes(pick: Callable[[Iterable[Zone]], Zone]) -> Callable[[Case], Value]:
    """Pick one zone over the communes; the main one counts as it does alone, with its QPV if that ranks higher."""

    def read(case: Case) -> Value:
        place = case.candidature.place
        others = [_zones_of(each, case) for each in place.communes if each is not place.main_commune]
        return _zone_over([_main_zones(case), *others], pick, case)

    return read


def best(zones: Iterable[Zone]) -> Zone:
    """Give the zone that comes first."""
    return min(zones, key=PRIORITY.__getitem__)


def worst(zones: Iterable[Zone]) -> Zone:
    """Give the zone that comes last."""
    return max(zones, key=PRIORITY.__getitem__)


def total_population(case: Case) -> Value:
    """Add up the inhabitants of the communes; at least those that are told."""
    communes = case.candidature.place.communes
    if len(communes) == 1 and (alone := communes[0].population) is not None:
        return alone
    counts = [commune.population for commune in communes]
    known = sum(count for count in counts if count is not None)
    return known if None not in counts else Missing(at_least=known)


def survey_age(case: Case) -> Value:
    """Count the months from the survey of needs to the closing."""
    diagnostic = case.candidature.diagnostic
    if diagnostic is None or diagnostic.surveyed_on is None:
        return MISSING
    return months_between(diagnostic.surveyed_on, case.closes_on)


def horizon_years(case: Case) -> Value:
    """Count the years from that of the closing to that which the study looks at."""
    diagnostic = case.candidature.diagnostic
    if diagnostic is None or diagnostic.horizon is None:
        return MISSING
    return diagnostic.horizon - case.closes_on.year


def partners(case: Case) -> Value:
    """Give the partners with whom the needs were studied."""
    diagnostic = case.candidature.diagnostic
    if diagnostic is None or diagnostic.shared_with is None:
        return MISSING
    return _folded(tuple(diagnostic.shared_with))


def count_of(read: Callable[[Case], Value]) -> Callable[[Case], Value]:
    """Count the elements of a list."""

    def count(case: Case) -> Value:
        value = read(case)
        return len(value) if isinstance(value, frozenset) else MISSING

    return count


def delay_months(case: Case) -> Value:
    """Count the months from the closing to the day when premises are available."""
    premises = case.candidature.premises
    if premises is None or premises.available_on is None:
        return MISSING
    return months_between(case.closes_on, premises.available_on)


def delay_days(case: Case) -> Value:
    """Count the days from the closing to the day when premises are available."""
    premises = case.candidature.premises
    if premises is None or premises.available_on is None:
        return MISSING
    return (premises.available_on - case.closes_on).days


def total_amount(case: Case) -> Value:
    """Multiply the yearly amount by the years; nothing, for however long, is nothing."""
    commitment = case.candidature.commitment
    if commitment is None or commitment.yearly_amount is None:
        return MISSING
    if commitment.yearly_amount == 0:
        return Fraction(0)
    return MISSING if commitment.years is None else commitment.yearly_amount * commitment.years


def amount_per_inhabitant(case: Case) -> Value:
    """Divide the yearly amount by the inhabitants of the communes."""
    commitment = case.candidature.commitment
    amount = None if commitment is None else commitment.yearly_amount
    if amount is None:
        return MISSING
    if not amount:
        return Fraction(0)
    population = total_population(case)
    if not isinstance(population, int):
        return MISSING
    if population == 0:
        return Missing(Message("la population des communes d'implantation est nulle"))
    return amount / population


def doctor_count(case: Case) -> Value:
    """Count the interested doctors."""
    doctors = case.candidature.doctors
    return MISSING if doctors is None else len(doctors)


def letter_count(case: Case) -> Value:
    """Count the doctors who signed a letter, between those who did for sure and those who may have."""
    doctors = case.candidature.doctors
    if doctors is None:
        return MISSING
    sure = sum(doctor.evidence is _LETTER for doctor in doctors)
    unsaid = sum(doctor.evidence is None for doctor in doctors)
    return sure if unsaid == 0 else Missing(at_least=sure, at_most=sure + unsaid)


def full_time(*, with_letter: bool) -> Callable[[Case], Value]:
    """Add up the shares of full time of the doctors, or of those who signed a letter; a share unsaid may be whole."""

    def read(case: Case) -> Value:
        doctors = case.candidature.doctors
        if doctors is None:
            return MISSING
        low, more = _NOTHING, _NOTHING
        for doctor in doctors:
            share, evidence = doctor.share, doctor.evidence
            if with_letter and evidence is not None and evidence is not _LETTER:
                continue
            if share is None:
                more += 1
            elif with_letter and evidence is None:
                more += share
            else:
                low += share
        return Missing(at_least=low, at_most=low + more) if more else low

    return read


def documents_given(case: Case) -> Value:
    """Give the documents provided."""
    documents = case.candidature.documents
    return MISSING if documents is None else _folded(tuple(documents))


@lru_cache(maxsize=4_096)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _main_zones(case: Case) -> tuple[Zone, ...]:
    place = case.candidature.place
    zones = _zones_of(place.main_commune, case)
    district = case.zoning.of_district(place.district) if place.district else None
    return zones if district is None else tuple(dict.fromkeys(best((zone, district)) for zone in zones))


def _zones_of(commune: Commune, case: Case) -> tuple[Zone, ...]:
    """Give the zone of a commune; every zone where the table does not hold it."""
    zone = case.zoning.of_commune(commune.code_insee)
    return tuple(Zone) if zone is None else (zone,)


def _zone_over(possible: Sequence[tuple[Zone, ...]], pick: Callable[[Iterable[Zone]], Zone], case: Case) -> Value:
    if all(len(zones) == 1 for zones in possible):
        return pick(zone for (zone,) in possible)
    ranks = {PRIORITY[pick(zones)] for zones in product(*dict.fromkeys(possible))}
    among = tuple(zone for zone in Zone if PRIORITY[zone] in ranks)
    if len(among) == 1:
        return among[0]
    codes = (each.code_insee for each in case.candidature.place.communes)
    why = Message(
        "la commune {code} n'est pas dans la table de zonage ({edition})",
        {
            "code": next(code for code in codes if case.zoning.of_commune(code) is None),
            "edition": case.zoning.edition,
        },
    )
    return Missing(why, among=among)
