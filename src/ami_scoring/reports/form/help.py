"""The sentences that help whoever fills a form, by key, and how many lines each list has room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ami_scoring.domain.criteria import DeclaredFact
from ami_scoring.domain.facts import FactType
from ami_scoring.exact import Fraction
from ami_scoring.messages import spell_number

HELP: Final[Mapping[str, str]] = {
    "reference": "Donnée par l'administration, ou choisie par vous : lettres, chiffres, tirets, sans espace.",
    "depose_le": "Jour où ce dossier est envoyé, par exemple 28/02/2022.",
    "porteur.nom": "La commune ou l'EPCI qui porte la candidature, en toutes lettres.",
    "porteur.type": "À choisir dans la liste.",
    "porteur.siren": "Neuf chiffres. Celui de la collectivité, pas le SIRET d'un de ses services.",
    "implantation.communes": "Une ligne par commune. Si elles sont plusieurs, une seule est la principale : "
    "celle du futur centre.",
    "implantation.communes.code_insee": "5 caractères, pas le code postal",
    "implantation.communes.principale": "Oui pour une seule",
    "implantation.communes.population": "INSEE, en vigueur",
    "implantation.qpv": "Seulement si le centre serait dans un quartier prioritaire : QP et six caractères.",
    "implantation.zone_declaree": "Selon le zonage médecins de l'ARS : ZIP prioritaire, ZAC complémentaire, "
    "ZAR appui régional, ZV vigilance, HV hors vivier, HZ hors zonage. En cas d'écart, le zonage officiel l'emporte.",
    "diagnostic.etat_des_lieux_le": "Date du dernier état des lieux de l'offre de soins et des besoins.",
    "diagnostic.prospective": "Oui si le diagnostic décrit aussi l'évolution attendue : départs, population, besoins.",
    "diagnostic.horizon_prospective": "L'année jusqu'à laquelle porte la prospective, par exemple 2030.",
    "diagnostic.partage_avec": "Ceux avec qui le diagnostic a été partagé : ARS, CPTS, professionnels de santé, "
    "département, patients… Un par ligne.",
    "locaux.etat": "Où en sont les locaux le jour du dépôt.",
    "locaux.adaptes": "Oui s'ils conviennent à des consultations sans travaux, ou une fois les travaux prévus finis.",
    "locaux.bureaux": "Bureaux où un médecin peut recevoir.",
    "locaux.surface_m2": "Surface utile, en mètres carrés.",
    "locaux.accessibles": "Oui s'ils respectent les règles d'accessibilité, ou les respecteront à l'ouverture.",
    "locaux.disponibles_le": "Premier jour où le centre pourrait s'y installer.",
    "engagement_financier.delibere_le": "Date de la délibération qui engage la collectivité.",
    "engagement_financier.montant_annuel": "En euros par an. 0 si la collectivité ne verse rien.",
    "engagement_financier.duree_annees": "Nombre entier d'années.",
    "engagement_financier.nature": "À choisir dans la liste.",
    "medecins_interesses": "Une ligne par médecin intéressé par un exercice salarié. Nom et numéro RPPS sont "
    "facultatifs, et ne sont jamais publiés.",
    "medecins_interesses.temps_plein": "1 = temps plein ; 50 % ou 0,5",
    "medecins_interesses.preuve": "La plus forte que vous ayez",
    "medecins_interesses.nom": "Facultatif",
    "medecins_interesses.rpps": "Facultatif, 11 chiffres",
    "pieces": "Nom de chaque pièce jointe au dossier : délibération, diagnostic, plan… Une par ligne.",
}
COUNTS: Final[Mapping[str, str]] = {
    "diagnostic.partage_avec": "Nombre de partenaires associés",
    "medecins_interesses": "Nombre de médecins intéressés",
    "pieces": "Nombre de pièces jointes",
}
LINES: Final[Mapping[str, int]] = {
    "implantation.communes": 15,
    "diagnostic.partage_avec": 10,
    "medecins_interesses": 12,
    "pieces": 15,
}
LIST_LINES: Final = 8


def with_words(help_: str, words: Sequence[str]) -> str:
    """Add to a sentence of help the words that the rules of the call look for."""
    told = f"Le barème reconnaît : {', '.join(words)}." if words else ""
    return " ".join(filter(None, (help_, told)))


def of_fact(fact: DeclaredFact) -> str:
    """Say how to answer for a fact that the call declares: its unit and its bounds."""
    match fact.type:
        case FactType.BOOLEAN:
            return "Oui ou non."
        case FactType.CHOICE:
            return "À choisir dans la liste."
        case FactType.DATE:
            return "Une date, par exemple 28/02/2022."
        case FactType.PERCENTAGE:
            return _sentence("Un pourcentage, par exemple 35 %", _bounds(fact, percent=True))
        case FactType.INTEGER:
            return _sentence("Un nombre entier", _unit(fact), _bounds(fact))
        case FactType.MONEY:
            return _sentence("Un montant", _unit(fact), _bounds(fact))
        case FactType.DECIMAL:
            return _sentence("Un nombre", _unit(fact), _bounds(fact))
        case _:
            return ""


def _sentence(*parts: str) -> str:
    return ", ".join(part for part in parts if part) + "."


def _unit(fact: DeclaredFact) -> str:
    return f"en {fact.unit}" if fact.unit else ""


def _bounds(fact: DeclaredFact, *, percent: bool = False) -> str:
    def told(bound: Fraction) -> str:
        return f"{spell_number(bound * 100)} %" if percent else spell_number(bound)

    if fact.minimum is not None and fact.maximum is not None:
        return f"de {told(fact.minimum)} à {told(fact.maximum)}"
    if fact.minimum is not None:
        return f"au moins {told(fact.minimum)}"
    return "" if fact.maximum is None else f"au plus {told(fact.maximum)}"
