"""The closed catalogue of what a rule may read, and how each fact is got from a candidature.

Facts are named as the keys of a candidature file; the computed ones (delays, equivalents, ratios) say in their
label what they are computed from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Final

from ami_scoring.domain.candidature import ApplicantKind, CommitmentKind, Commune, Evidence, PremisesState
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Missing, Value, months_between
from ami_scoring.domain.primitives import department_of, fold
from ami_scoring.domain.zoning import PRIORITY, Zone
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message


def _zone(case: Case) -> Value:
    return _zone_over([_main_zones(case)], _best, case)


def _zone_over_communes(pick: Callable[[Iterable[Zone]], Zone]) -> Callable[[Case], Value]:
    """Pick one zone over the communes; the main one counts as it does alone, with its QPV if that ranks higher."""

    def read(case: Case) -> Value:
        place = case.candidature.place
        others = [_zones_of(each, case) for each in place.communes if each is not place.main_commune]
        return _zone_over([_main_zones(case), *others], pick, case)

    return read


def _main_zones(case: Case) -> tuple[Zone, ...]:
    place = case.candidature.place
    zones = _zones_of(place.main_commune, case)
    district = case.zoning.of_district(place.district) if place.district else None
    return zones if district is None else tuple(dict.fromkeys(_best((zone, district)) for zone in zones))


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


def _best(zones: Iterable[Zone]) -> Zone:
    return min(zones, key=PRIORITY.__getitem__)


def _worst(zones: Iterable[Zone]) -> Zone:
    return max(zones, key=PRIORITY.__getitem__)


def _population(case: Case) -> Value:
    counts = [commune.population for commune in case.candidature.place.communes]
    known = sum(count for count in counts if count is not None)
    return known if None not in counts else Missing(at_least=known)


def _survey_age(case: Case) -> Value:
    diagnostic = case.candidature.diagnostic
    if diagnostic is None or diagnostic.surveyed_on is None:
        return MISSING
    return months_between(diagnostic.surveyed_on, case.closes_on)


def _horizon_years(case: Case) -> Value:
    diagnostic = case.candidature.diagnostic
    if diagnostic is None or diagnostic.horizon is None:
        return MISSING
    return diagnostic.horizon - case.closes_on.year


def _partners(case: Case) -> Value:
    diagnostic = case.candidature.diagnostic
    if diagnostic is None or diagnostic.shared_with is None:
        return MISSING
    return frozenset(fold(partner) for partner in diagnostic.shared_with)


def _count_of(read: Callable[[Case], Value]) -> Callable[[Case], Value]:
    def count(case: Case) -> Value:
        value = read(case)
        return len(value) if isinstance(value, frozenset) else MISSING

    return count


def _delay_months(case: Case) -> Value:
    premises = case.candidature.premises
    if premises is None or premises.available_on is None:
        return MISSING
    return months_between(case.closes_on, premises.available_on)


def _delay_days(case: Case) -> Value:
    premises = case.candidature.premises
    if premises is None or premises.available_on is None:
        return MISSING
    return (premises.available_on - case.closes_on).days


def _total_amount(case: Case) -> Value:
    commitment = case.candidature.commitment
    if commitment is None or commitment.yearly_amount is None:
        return MISSING
    if commitment.yearly_amount == 0:
        return Fraction(0)
    return MISSING if commitment.years is None else commitment.yearly_amount * commitment.years


def _amount_per_inhabitant(case: Case) -> Value:
    commitment = case.candidature.commitment
    population = _population(case)
    if commitment is None or commitment.yearly_amount is None:
        return MISSING
    if commitment.yearly_amount == 0:
        return Fraction(0)
    if not isinstance(population, int):
        return MISSING
    if population == 0:
        return Missing(Message("la population des communes d'implantation est nulle"))
    return commitment.yearly_amount / population


def _doctors(case: Case) -> Value:
    doctors = case.candidature.doctors
    return MISSING if doctors is None else len(doctors)


def _doctors_with_letter(case: Case) -> Value:
    doctors = case.candidature.doctors
    if doctors is None:
        return MISSING
    sure = sum(doctor.evidence is Evidence.LETTER for doctor in doctors)
    unsaid = sum(doctor.evidence is None for doctor in doctors)
    return sure if unsaid == 0 else Missing(at_least=sure, at_most=sure + unsaid)


def _full_time(*, with_letter: bool) -> Callable[[Case], Value]:
    def read(case: Case) -> Value:
        doctors = case.candidature.doctors
        if doctors is None:
            return MISSING
        low = high = Fraction(0)
        for doctor in doctors:
            if with_letter and doctor.evidence not in {Evidence.LETTER, None}:
                continue
            high += 1 if doctor.share is None else doctor.share
            if doctor.share is not None and not (with_letter and doctor.evidence is None):
                low += doctor.share
        return low if low == high else Missing(at_least=low, at_most=high)

    return read


def _documents(case: Case) -> Value:
    documents = case.candidature.documents
    return MISSING if documents is None else frozenset(fold(document) for document in documents)


def _build() -> dict[str, Fact]:
    def attribute(part: str, name: str) -> Callable[[Case], Value]:
        def read(case: Case) -> Value:
            block = getattr(case.candidature, part)
            value = None if block is None else getattr(block, name)
            return MISSING if value is None else value

        return read

    t = FactType
    facts = [
        Fact("depose_le", t.DATE, "Date de dépôt", lambda case: case.candidature.submitted_on, ("depose_le",)),
        Fact(
            "porteur.type",
            t.CHOICE,
            "Type de porteur",
            attribute("applicant", "kind"),
            ("porteur.type",),
            choices=tuple(ApplicantKind),
        ),
        Fact(
            "implantation.departement",
            t.TEXT,
            "Département de la commune principale",
            lambda case: case.candidature.department,
            ("implantation.communes",),
            computed=True,
        ),
        Fact(
            "implantation.code_insee",
            t.TEXT,
            "Code INSEE de la commune principale",
            lambda case: case.candidature.place.main_commune.code_insee,
            ("implantation.communes",),
        ),
        Fact(
            "implantation.nombre_departements",
            t.INTEGER,
            "Nombre de départements des communes d'implantation",
            lambda case: len({department_of(commune.code_insee) for commune in case.candidature.place.communes}),
            ("implantation.communes",),
            minimum=1,
            computed=True,
        ),
        Fact(
            "implantation.nombre_communes",
            t.INTEGER,
            "Nombre de communes d'implantation",
            lambda case: len(case.candidature.place.communes),
            ("implantation.communes",),
            minimum=1,
            computed=True,
        ),
        Fact(
            "implantation.population",
            t.INTEGER,
            "Population des communes d'implantation",
            _population,
            ("implantation.communes.population",),
            minimum=0,
            unit="habitants",
            computed=True,
        ),
        Fact(
            "implantation.qpv",
            t.BOOLEAN,
            "Implantation déclarée dans un quartier prioritaire (QPV)",
            lambda case: case.candidature.place.district is not None,
            ("implantation.qpv",),
        ),
        Fact(
            "zonage",
            t.CHOICE,
            "Zone de la commune principale (ou de son QPV, s'il est mieux classé)",
            _zone,
            ("implantation.communes", "implantation.qpv"),
            choices=tuple(Zone),
            computed=True,
        ),
        Fact(
            "zonage.meilleur",
            t.CHOICE,
            "Zone la plus prioritaire parmi les communes d'implantation (la principale avec son QPV)",
            _zone_over_communes(_best),
            ("implantation.communes", "implantation.qpv"),
            choices=tuple(Zone),
            computed=True,
        ),
        Fact(
            "zonage.moins_bon",
            t.CHOICE,
            "Zone la moins prioritaire parmi les communes d'implantation (la principale avec son QPV)",
            _zone_over_communes(_worst),
            ("implantation.communes",),
            choices=tuple(Zone),
            computed=True,
        ),
        Fact(
            "diagnostic.etat_des_lieux_le",
            t.DATE,
            "Date de l'état des lieux",
            attribute("diagnostic", "surveyed_on"),
            ("diagnostic.etat_des_lieux_le",),
        ),
        Fact(
            "diagnostic.anciennete_mois",
            t.DECIMAL,
            "Ancienneté de l'état des lieux à la clôture",
            _survey_age,
            ("diagnostic.etat_des_lieux_le",),
            unit="mois",
            computed=True,
        ),
        Fact(
            "diagnostic.prospective",
            t.BOOLEAN,
            "Prospective réalisée",
            attribute("diagnostic", "prospective"),
            ("diagnostic.prospective",),
        ),
        Fact(
            "diagnostic.horizon_annees",
            t.INTEGER,
            "Horizon de la prospective, compté de l'année de clôture",
            _horizon_years,
            ("diagnostic.horizon_prospective",),
            unit="ans",
            computed=True,
        ),
        Fact(
            "diagnostic.partage_avec",
            t.LIST,
            "Partenaires associés au diagnostic",
            _partners,
            ("diagnostic.partage_avec",),
        ),
        Fact(
            "diagnostic.nombre_partenaires",
            t.INTEGER,
            "Nombre de partenaires associés au diagnostic",
            _count_of(_partners),
            ("diagnostic.partage_avec",),
            minimum=0,
            computed=True,
        ),
        Fact(
            "locaux.etat",
            t.CHOICE,
            "État des locaux",
            attribute("premises", "state"),
            ("locaux.etat",),
            choices=tuple(PremisesState),
        ),
        Fact("locaux.adaptes", t.BOOLEAN, "Locaux adaptés", attribute("premises", "suitable"), ("locaux.adaptes",)),
        Fact(
            "locaux.bureaux",
            t.INTEGER,
            "Nombre de bureaux de consultation",
            attribute("premises", "rooms"),
            ("locaux.bureaux",),
            minimum=0,
        ),
        Fact(
            "locaux.surface_m2",
            t.DECIMAL,
            "Surface des locaux",
            attribute("premises", "surface"),
            ("locaux.surface_m2",),
            minimum=0,
            unit="m²",
        ),
        Fact(
            "locaux.accessibles",
            t.BOOLEAN,
            "Locaux accessibles aux personnes handicapées",
            attribute("premises", "accessible"),
            ("locaux.accessibles",),
        ),
        Fact(
            "locaux.disponibles_le",
            t.DATE,
            "Date de disponibilité des locaux",
            attribute("premises", "available_on"),
            ("locaux.disponibles_le",),
        ),
        Fact(
            "locaux.delai_mois",
            t.DECIMAL,
            "Délai entre la clôture de la vague et la disponibilité des locaux",
            _delay_months,
            ("locaux.disponibles_le",),
            unit="mois",
            computed=True,
        ),
        Fact(
            "locaux.delai_jours",
            t.INTEGER,
            "Délai en jours entre la clôture de la vague et la disponibilité des locaux",
            _delay_days,
            ("locaux.disponibles_le",),
            unit="jours",
            computed=True,
        ),
        Fact(
            "engagement_financier.delibere_le",
            t.DATE,
            "Date de la délibération",
            attribute("commitment", "decided_on"),
            ("engagement_financier.delibere_le",),
        ),
        Fact(
            "engagement_financier.montant_annuel",
            t.MONEY,
            "Montant annuel de l'engagement",
            attribute("commitment", "yearly_amount"),
            ("engagement_financier.montant_annuel",),
            minimum=0,
            unit="€",
        ),
        Fact(
            "engagement_financier.duree_annees",
            t.INTEGER,
            "Durée de l'engagement",
            attribute("commitment", "years"),
            ("engagement_financier.duree_annees",),
            minimum=0,
            unit="ans",
        ),
        Fact(
            "engagement_financier.montant_total",
            t.MONEY,
            "Montant total de l'engagement (montant annuel × durée)",
            _total_amount,
            ("engagement_financier.montant_annuel", "engagement_financier.duree_annees"),
            minimum=0,
            unit="€",
            computed=True,
        ),
        Fact(
            "engagement_financier.montant_par_habitant",
            t.MONEY,
            "Montant annuel par habitant",
            _amount_per_inhabitant,
            ("engagement_financier.montant_annuel", "implantation.communes.population"),
            minimum=0,
            unit="€",
            computed=True,
        ),
        Fact(
            "engagement_financier.nature",
            t.CHOICE,
            "Nature de l'engagement",
            attribute("commitment", "kind"),
            ("engagement_financier.nature",),
            choices=tuple(CommitmentKind),
        ),
        Fact(
            "medecins_interesses.nombre",
            t.INTEGER,
            "Nombre de médecins intéressés",
            _doctors,
            ("medecins_interesses",),
            minimum=0,
            computed=True,
        ),
        Fact(
            "medecins_interesses.nombre_avec_lettre",
            t.INTEGER,
            "Nombre de médecins intéressés qui ont signé une lettre",
            _doctors_with_letter,
            ("medecins_interesses", "medecins_interesses.preuve"),
            minimum=0,
            computed=True,
        ),
        Fact(
            "medecins_interesses.etp",
            t.DECIMAL,
            "Équivalents temps plein des médecins intéressés",
            _full_time(with_letter=False),
            ("medecins_interesses", "medecins_interesses.temps_plein"),
            minimum=0,
            unit="ETP",
            computed=True,
        ),
        Fact(
            "medecins_interesses.etp_avec_lettre",
            t.DECIMAL,
            "Équivalents temps plein des médecins qui ont signé une lettre",
            _full_time(with_letter=True),
            ("medecins_interesses", "medecins_interesses.preuve", "medecins_interesses.temps_plein"),
            minimum=0,
            unit="ETP",
            computed=True,
        ),
        Fact("pieces", t.LIST, "Pièces fournies", _documents, ("pieces",)),
    ]
    return {fact.name: fact for fact in facts}


CATALOGUE: Final[Mapping[str, Fact]] = _build()
