"""What a fact that the program works out comes from: dates, amounts, counts, as the candidature states them.

Doctors are numbered, never named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import floor

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.facts import Rational, months_between
from ami_scoring.exact import Fraction
from ami_scoring.messages import NO_BREAK, spell

MONTHS = (
    "Les mois sont comptés de quantième à quantième ; les jours qui restent sont une part du mois entamé : "
    "17 jours d'un mois de 31 jours en font 17/31."
)
"""How a part of a month is counted, told once."""


def derivation(name: str, candidature: Candidature, closes_on: date) -> str | None:
    """Say what a fact of the catalogue is worked out from; None where it is read as it stands, or missing."""
    made = _MADE.get(name)
    return None if made is None else made(candidature, closes_on)


def counts_months(name: str) -> bool:
    """Say whether a fact of the catalogue is a time in months."""
    return name.endswith("_mois")


def span_word(start: str, end: str, months: Rational | None = None) -> str:
    """Write a time between two dates, and the share of a month that ends it."""
    if months is None or Fraction(months).denominator == 1:
        return f"{start} → {end}"
    size = abs(Fraction(months))
    said = f"{floor(size)} + {size - floor(size)}"
    return f"{start} → {end}, {f'−({said})' if months < 0 else said}"


def _survey_age(one: Candidature, closes_on: date) -> str | None:
    start = None if one.diagnostic is None else one.diagnostic.surveyed_on
    return None if start is None else _span(start, closes_on, "état des lieux", "clôture")


def _delay(one: Candidature, closes_on: date) -> str | None:
    end = None if one.premises is None else one.premises.available_on
    return None if end is None else _span(closes_on, end, "clôture", "locaux disponibles")


def _delay_in_days(one: Candidature, closes_on: date) -> str | None:
    end = None if one.premises is None else one.premises.available_on
    return None if end is None else span_word(f"{spell(closes_on)} (clôture)", f"{spell(end)} (locaux disponibles)")


def _span(start: date, end: date, first: str, last: str) -> str:
    return span_word(f"{spell(start)} ({first})", f"{spell(end)} ({last})", months_between(start, end))


def _horizon(one: Candidature, closes_on: date) -> str | None:
    year = None if one.diagnostic is None else one.diagnostic.horizon
    return None if year is None else f"{year} − {closes_on.year} (année de clôture)"


def _total_amount(one: Candidature, _: date) -> str | None:
    made = one.commitment
    if made is None or made.yearly_amount is None or made.years is None:
        return None
    return f"{spell(made.yearly_amount)}{NO_BREAK}€ par an × {made.years}"


def _amount_per_inhabitant(one: Candidature, closes_on: date) -> str | None:
    made, population = one.commitment, _population(one, closes_on)
    if made is None or made.yearly_amount is None or population is None:
        return None
    several = f"({population})" if " + " in population else population
    return f"{spell(made.yearly_amount)}{NO_BREAK}€ par an ÷ {several} habitants"


def _population(one: Candidature, _: date) -> str | None:
    counts = [commune.population for commune in one.place.communes]
    return None if None in counts else " + ".join(map(spell, counts))


def _communes(one: Candidature, _: date) -> str:
    return ", ".join(commune.code_insee for commune in one.place.communes)


def _zone(one: Candidature, _: date) -> str:
    district = "" if one.place.district is None else f", quartier {one.place.district}"
    return f"commune {one.place.main_commune.code_insee}{district}"


def _doctors(one: Candidature, _: date) -> str | None:
    return None if one.doctors is None else _numbered(str(doctor.evidence or "?") for doctor in one.doctors)


def _shares(one: Candidature, _: date) -> str | None:
    if one.doctors is None:
        return None
    return _numbered("?" if doctor.share is None else spell(doctor.share) for doctor in one.doctors)


def _shares_and_letters(one: Candidature, _: date) -> str | None:
    if one.doctors is None:
        return None
    return _numbered(
        f"{'?' if doctor.share is None else spell(doctor.share)} ({doctor.evidence or '?'})" for doctor in one.doctors
    )


def _numbered(words: Iterable[str]) -> str | None:
    return " ; ".join(f"médecin {place} : {word}" for place, word in enumerate(words, start=1)) or None


_MADE: dict[str, Callable[[Candidature, date], str | None]] = {
    "diagnostic.anciennete_mois": _survey_age,
    "diagnostic.horizon_annees": _horizon,
    "engagement_financier.montant_par_habitant": _amount_per_inhabitant,
    "engagement_financier.montant_total": _total_amount,
    "implantation.nombre_communes": _communes,
    "implantation.nombre_departements": _communes,
    "implantation.population": _population,
    "locaux.delai_jours": _delay_in_days,
    "locaux.delai_mois": _delay,
    "medecins_interesses.etp": _shares,
    "medecins_interesses.etp_avec_lettre": _shares_and_letters,
    "medecins_interesses.nombre": _doctors,
    "medecins_interesses.nombre_avec_lettre": _doctors,
    "zonage": _zone,
    "zonage.meilleur": _communes,
    "zonage.moins_bon": _communes,
}
