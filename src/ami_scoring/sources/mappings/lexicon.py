"""How questions are worded, key by key: what services and platforms write where a candidature has a key.

Written from the wordings that calls use; whatever is added here is only ever proposed to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SYSTEM: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("ID",),
    "depose_le": ("Déposé le",),
    "porteur.nom": ("Entreprise raison sociale",),
    "porteur.siren": ("Établissement SIRET", "Entreprise SIREN"),
}
"""Columns that Démarches simplifiées itself makes: what they hold is known, not guessed."""
STATE: Final = "État du dossier"
ARCHIVED: Final = ("Archivé", "À archiver")
IDENTITY: Final = frozenset(
    {"ID", "Email", "État du dossier", "Déposé le", "Dernière mise à jour le", "Passé en instruction le", "Traité le"}
)
"""Columns that every export of Démarches simplifiées has."""
OF_2026: Final = frozenset({"FranceConnect ?", "À archiver", "Dernière mise à jour du dossier le"})
"""Columns that the exports of 2026 have, and those of 2021 do not."""
PREFIXES: Final = ("Établissement ", "Entreprise ", "Association ")
SYSTEM_TITLES: Final = frozenset(
    {
        *IDENTITY,
        *OF_2026,
        *ARCHIVED,
        "Motivation de la décision",
        "Instructeurs",
        "Civilité",
        "Nom",
        "Prénom",
        "Dépôt pour un tiers",
        "Nom du mandataire",
        "Prénom du mandataire",
    }
)

WORDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("référence", "référence du dossier", "numéro de dossier", "n° de dossier", "identifiant", "dossier"),
    "depose_le": ("date de dépôt", "déposé le", "date de dépôt du dossier", "reçu le", "horodateur", "date soumission"),
    "porteur.nom": ("nom du porteur", "collectivité", "nom de la collectivité", "porteur", "raison sociale"),
    "porteur.type": ("type de porteur", "nature de la collectivité", "statut du porteur", "type de collectivité"),
    "porteur.siren": ("SIREN", "SIRET", "numéro SIRET", "SIREN du porteur", "SIRET de la collectivité"),
    "implantation.communes.code_insee": ("code INSEE", "code INSEE de la commune", "code commune"),
    "implantation.communes.nom": ("commune", "nom de la commune", "commune d'implantation", "commune du futur centre"),
    "implantation.communes.principale": ("commune principale", "commune d'implantation du centre principal"),
    "implantation.communes.population": ("population", "population municipale", "nombre d'habitants"),
    "implantation.qpv": ("QPV", "quartier prioritaire", "code du quartier prioritaire"),
    "implantation.zone_declaree": ("zone", "zonage", "zonage ARS", "zone déclarée", "classement ZIP ou ZAC"),
    "diagnostic.etat_des_lieux_le": ("date de l'état des lieux", "état des lieux réalisé le", "date du diagnostic"),
    "diagnostic.prospective": ("prospective", "prospective réalisée", "une prospective a-t-elle été réalisée"),
    "diagnostic.horizon_prospective": ("horizon", "horizon de la prospective", "année visée par la prospective"),
    "diagnostic.partage_avec": (
        "partenaires",
        "partenaires associés",
        "diagnostic partagé avec",
        "partenaires associés au diagnostic",
    ),
    "locaux.etat": ("état des locaux", "locaux existants ou à construire", "situation des locaux"),
    "locaux.adaptes": ("locaux adaptés", "les locaux sont-ils adaptés à un centre de santé"),
    "locaux.bureaux": ("nombre de bureaux", "nombre de bureaux de consultation", "bureaux de consultation"),
    "locaux.surface_m2": ("surface", "surface des locaux", "surface en m²", "superficie"),
    "locaux.accessibles": ("accessibilité", "locaux accessibles", "accessibles aux personnes handicapées", "PMR"),
    "locaux.disponibles_le": ("date de disponibilité", "locaux disponibles le", "disponibilité des locaux"),
    "engagement_financier.delibere_le": ("date de la délibération", "délibération du", "délibéré le"),
    "engagement_financier.montant_annuel": ("montant annuel", "participation annuelle", "contribution annuelle"),
    "engagement_financier.duree_annees": ("durée de l'engagement", "durée en années", "nombre d'années d'engagement"),
    "engagement_financier.nature": ("nature de l'engagement", "nature de la participation", "type de contribution"),
    "medecins_interesses.specialite": ("spécialité", "spécialité du médecin", "spécialité exercée"),
    "medecins_interesses.temps_plein": ("temps de travail", "part de temps plein", "quotité", "ETP"),
    "medecins_interesses.preuve": ("preuve de l'intérêt", "forme de l'intérêt", "justificatif d'intérêt"),
    "medecins_interesses.nom": ("nom du médecin", "médecin", "nom et prénom du médecin"),
    "medecins_interesses.rpps": ("RPPS", "numéro RPPS"),
    "pieces": ("pièces", "pièces jointes", "pièces fournies", "documents fournis"),
}
BLOCKS: Final[Mapping[str, tuple[str, ...]]] = {
    "implantation.communes": ("communes", "communes d'implantation", "communes concernées", "commune"),
    "medecins_interesses": ("médecins", "médecins intéressés", "médecins identifiés", "praticiens"),
}
"""How repeated blocks are called, by the list that they fill."""
SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "epci": ("communauté de communes", "communauté d'agglomération", "communauté urbaine", "métropole"),
    "travaux": ("rénovation", "réhabilitation", "aménagement"),
    "à construire": ("construction", "projet de construction"),
    "existants": ("existant", "prêts"),
    "aucun": ("pas de locaux", "sans locaux"),
    "lettre": ("courrier", "lettre d'engagement", "lettre d'intention"),
    "oral": ("accord oral", "échange téléphonique"),
    "contact": ("contact pris", "premier contact"),
    "contribution et mise à disposition": ("les deux", "contribution et mise à disposition"),
}
"""How some choices are said otherwise."""
EMPTY: Final = frozenset(
    """
    a au aux avec ce ces d dans de des du en est et il elle ils elles l la le les leur leurs n no numero nous on ou
    par pour qu que quel quelle quels quelles s sa se ses si son sont sur t un une vos votre y veuillez indiquer
    indiquez preciser precisez merci renseigner
    """.split()  # noqa: SIM905 - words are read better so
)
"""Words that say nothing of what a question asks."""
