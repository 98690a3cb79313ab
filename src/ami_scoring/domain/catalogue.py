"""The closed catalogue of what a rule may read; how the facts that are worked out are got is in `extractors`.

Facts are named as the keys of a candidature file; the computed ones (delays, equivalents, ratios) say in their
label what they are computed from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final

from ami_scoring.domain.candidature import ApplicantKind, CommitmentKind, PremisesState
from ami_scoring.domain.extractors import (
    amount_per_inhabitant,
    best,
    count_of,
    delay_days,
    delay_months,
    doctor_count,
    documents_given,
    full_time,
    horizon_years,
    letter_count,
    main_zone,
    partners,
    survey_age,
    total_amount,
    total_population,
    worst,
    zone_over_communes,
)
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Value
from ami_scoring.domain.identifiers import department_of
from ami_scoring.domain.zoning import Zone


def _build() -> dict[str, Fact]:
    def attribute(part: str, name: str) -> Callable[[Case], Value]:
        of_case, of_block = attrgetter(f"candidature.{part}"), attrgetter(name)

        def read(case: Case) -> Value:
            block = of_case(case)
            value = None if block is None else of_block(block)
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
            total_population,
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
            main_zone,
            ("implantation.communes", "implantation.qpv"),
            choices=tuple(Zone),
            computed=True,
        ),
        Fact(
            "zonage.meilleur",
            t.CHOICE,
            "Zone la plus prioritaire parmi les communes d'implantation (la principale avec son QPV)",
            zone_over_communes(best),
            ("implantation.communes", "implantation.qpv"),
            choices=tuple(Zone),
            computed=True,
        ),
        Fact(
            "zonage.moins_bon",
            t.CHOICE,
            "Zone la moins prioritaire parmi les communes d'implantation (la principale avec son QPV)",
            zone_over_communes(worst),
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
            survey_age,
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
            horizon_years,
            ("diagnostic.horizon_prospective",),
            unit="ans",
            computed=True,
        ),
        Fact(
            "diagnostic.partage_avec",
            t.LIST,
            "Partenaires associés au diagnostic",
            partners,
            ("diagnostic.partage_avec",),
        ),
        Fact(
            "diagnostic.nombre_partenaires",
            t.INTEGER,
            "Nombre de partenaires associés au diagnostic",
            count_of(partners),
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
            delay_months,
            ("locaux.disponibles_le",),
            unit="mois",
            computed=True,
        ),
        Fact(
            "locaux.delai_jours",
            t.INTEGER,
            "Délai en jours entre la clôture de la vague et la disponibilité des locaux",
            delay_days,
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
            total_amount,
            ("engagement_financier.montant_annuel", "engagement_financier.duree_annees"),
            minimum=0,
            unit="€",
            computed=True,
        ),
        Fact(
            "engagement_financier.montant_par_habitant",
            t.MONEY,
            "Montant annuel par habitant",
            amount_per_inhabitant,
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
            doctor_count,
            ("medecins_interesses",),
            minimum=0,
            computed=True,
        ),
        Fact(
            "medecins_interesses.nombre_avec_lettre",
            t.INTEGER,
            "Nombre de médecins intéressés qui ont signé une lettre",
            letter_count,
            ("medecins_interesses", "medecins_interesses.preuve"),
            minimum=0,
            computed=True,
        ),
        Fact(
            "medecins_interesses.etp",
            t.DECIMAL,
            "Équivalents temps plein des médecins intéressés",
            full_time(with_letter=False),
            ("medecins_interesses", "medecins_interesses.temps_plein"),
            minimum=0,
            unit="ETP",
            computed=True,
        ),
        Fact(
            "medecins_interesses.etp_avec_lettre",
            t.DECIMAL,
            "Équivalents temps plein des médecins qui ont signé une lettre",
            full_time(with_letter=True),
            ("medecins_interesses", "medecins_interesses.preuve", "medecins_interesses.temps_plein"),
            minimum=0,
            unit="ETP",
            computed=True,
        ),
        Fact("pieces", t.LIST, "Pièces fournies", documents_given, ("pieces",)),
    ]
    return {fact.name: fact for fact in facts}


CATALOGUE: Final[Mapping[str, Fact]] = _build()
