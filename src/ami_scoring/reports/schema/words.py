"""What editors show on hover: a French title and sentence for each kind of group, and for each word of a closed list.

Fields carry their own titles, in `domain`. A new model or enumeration takes one line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GROUPS: Final[Mapping[str, tuple[str, str]]] = {
    "Criteria": (
        "Critères d'un appel",
        "Tout ce que l'appel décide : vagues, recevabilité, barème, classement, places.",
    ),
    "Call": ("Appel", "Ce qu'est l'appel, et l'avertissement que chaque sortie rappelle."),
    "DeclaredFact": (
        "Donnée déclarée",
        "Une donnée propre à l'appel, que les candidatures portent sous « complements ».",
    ),
    "ComputedFact": ("Donnée calculée", "Une donnée que l'appel calcule d'autres données, lue sous « calculs. »."),
    "Ratio": ("Rapport", "Une donnée divisée par une autre."),
    "Difference": ("Différence", "Une donnée moins une autre."),
    "Span": ("Durée", "Le temps entre deux dates."),
    "Parameter": ("Paramètre", "Un nombre que l'appel fixe, et qui peut changer à une date ; lu sous « parametres. »."),
    "DatedValue": ("Valeur datée", "La valeur d'un paramètre, et depuis quand."),
    "Wave": ("Vague", "Une date de clôture, avec la table de zonage en vigueur."),
    "Gate": ("Condition de recevabilité", "Vérifiée avant toute note ; sa raison est dite au candidat."),
    "Criterion": ("Critère", "Un nœud de l'arbre pondéré : soit une règle, soit des sous-critères."),
    "Example": ("Exemple", "Des données et les points attendus ; « ami validate » le refait."),
    "WholeExample": (
        "Exemple complet",
        "Une candidature entière et ce qu'elle doit obtenir ; « ami validate » le refait.",
    ),
    "Ranking": ("Classement", "Comment départager les totaux égaux ; sans départage, ils partagent leur rang."),
    "FactTie": (
        "Départage par une donnée",
        "La plus ancienne, la plus récente, la plus haute ou la plus basse d'abord.",
    ),
    "CriterionTie": ("Départage par un critère", "Le plus de points d'abord."),
    "DrawTie": ("Tirage au sort", "Chacun peut le refaire : l'ordre des SHA-256 de « graine|référence »."),
    "Selection": ("Sélection", "Qui obtient une place."),
    "Threshold": ("Seuil", "Un minimum sur un critère, sans lequel aucune place n'est donnée."),
    "Quota": ("Quota", "Des places au plus, ou garanties, par catégorie."),
    "Floor": ("Minimum par catégorie", "Un total minimal pour les candidatures d'une catégorie."),
    "Budget": ("Budget", "Une enveloppe partagée dans l'ordre des rangs."),
    "Envelope": ("Part de l'enveloppe", "Une part du budget réservée à une catégorie."),
    "Lookup": ("Table", "Des points par valeur d'une donnée : points: {ZIP: 30, ZAC: 18}."),
    "Table": ("Table à deux entrées", "Des points par couple de valeurs de deux données."),
    "Bands": ("Tranches", "Des points par tranche d'un nombre, d'une date ou d'un délai."),
    "Band": ("Tranche", "[from, below[ par défaut ; « above » exclut la borne basse, « up_to » comprend la haute."),
    "Linear": ("Droites", "Des points le long de droites entre des points de passage."),
    "Knot": ("Point de passage", "Les points donnés à une valeur de la donnée."),
    "PerUnit": ("Points par unité", "Des points par tranche d'un nombre, au-delà d'un seuil, sous un plafond."),
    "Checklist": ("Liste de points", "Des points pour chaque condition remplie ; certaines peuvent s'exclure."),
    "Item": ("Élément", "Une condition et ses points."),
    "Cases": ("Table de décision", "La première ligne dont la condition est remplie donne les points."),
    "Row": ("Ligne", "Une condition, et des points ou une règle."),
    "Judgement": ("Avis d'un jury", "Une note donnée par des personnes, entre deux bornes, avec ses raisons."),
    "Relative": ("Comparaison aux autres", "La meilleure valeur a tous les points, les autres en proportion."),
    "BestOf": ("La meilleure", "La meilleure de plusieurs règles."),
    "WorstOf": ("La moins bonne", "La moins bonne de plusieurs règles."),
    "SumOf": ("La somme", "La somme de plusieurs règles."),
    "FactCondition": (
        "Test d'une donnée",
        "Un seul test à côté de « fact » ; combinez avec « all », « any », « not ».",
    ),
    "AllOf": ("Toutes", "Toutes ces conditions sont remplies."),
    "AnyOf": ("Au moins une", "Au moins une de ces conditions est remplie."),
    "Not": ("Le contraire", "Cette condition n'est pas remplie."),
    "Candidature": (
        "Candidature",
        "Une réponse à l'appel. Ce qui n'est pas connu se laisse de côté : absent n'est pas zéro.",
    ),
    "Applicant": ("Porteur", "L'organisme qui candidate."),
    "Place": ("Implantation", "Là où ouvrirait le centre de santé."),
    "Commune": ("Commune", "Une commune du futur centre ; une seule est « principale: oui »."),
    "NeedsDiagnostic": ("Diagnostic", "L'état des lieux de l'offre de soins et la prospective."),
    "Premises": ("Locaux", "Les locaux proposés."),
    "FinancialCommitment": ("Engagement financier", "Ce que la collectivité s'engage à verser ou à donner."),
    "InterestedDoctor": (
        "Médecin intéressé",
        "Un médecin intéressé par l'exercice salarié ; nom et RPPS restent confidentiels.",
    ),
}
CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "MissingPolicy": {
        "zero": "sans cette donnée, aucun point, mais le dossier est classé",
        "hold": "sans cette donnée, le dossier est « à compléter » et n'est pas classé",
        "reject": "sans cette donnée, le dossier est irrecevable",
    },
    "FactType": {
        "integer": "nombre entier",
        "decimal": "nombre",
        "percentage": "pourcentage ou part",
        "money": "montant en euros",
        "date": "date",
        "boolean": "oui ou non",
        "choice": "un choix parmi « choices »",
        "text": "texte",
        "list": "liste de textes",
        "opinions": "avis d'assesseurs",
    },
    "Prefer": {
        "earliest": "la date la plus ancienne d'abord",
        "latest": "la date la plus récente d'abord",
        "highest": "le nombre le plus haut d'abord",
        "lowest": "le nombre le plus bas d'abord",
    },
    "Outside": {"clamp": "garder les points du bord", "refuse": "refuser la valeur"},
    "Counting": {
        "completed": "seules les tranches entières comptent",
        "started": "toute tranche commencée compte",
        "exact": "au prorata exact",
    },
    "Aggregate": {
        "mean": "moyenne des avis",
        "median": "médiane des avis",
        "lowest": "avis le plus bas",
        "highest": "avis le plus haut",
        "consensus": "accord de tous",
    },
    "End": {"lowest": "la plus basse est la meilleure", "highest": "la plus haute est la meilleure"},
    "Scale": {"points": "les points pondérés", "mark": "la note de la règle, avant pondération"},
    "Short": {"stop": "s'arrêter là", "skip": "passer à la suivante"},
}
