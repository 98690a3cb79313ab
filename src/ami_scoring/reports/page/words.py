"""What the script says by itself: short templates; every sentence about a candidature is made elsewhere."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "evaluated": "Résultat évalué : les poids, les places et le minimum sont ceux des critères.",
    "trial": "ESSAI : ce n'est pas le résultat évalué, qui reste affiché à côté.",
    "cut": "Places : {places} ; attribuées : {selected}.",
    "given": "Places attribuées : {selected}.",
    "contested": "À départager : {stake} entre {equals} candidatures à égalité.",
    "contestedRest": "À départager : le reste du budget entre {equals} candidatures à égalité.",
    "again": "Rangs possibles et places acquises ou possibles : à recalculer avec « ami score ».",
    "weightsOff": "Les poids font {total} au lieu de {announced}.",
    "invalid": "Un nombre est attendu, par exemple 12, 12,5 ou 1/3 ; la valeur précédente est gardée.",
    "noLines": "Aucun réglage n'est changé.",
    "copied": "Copié.",
    "selectedText": "Sélectionné : copiez avec le clavier.",
    "all": "Candidatures : {all}.",
    "some": "Candidatures montrées : {count} sur {all}.",
    "outOf": "sur {most}",
    "range": "{low} à {high}",
    "was": "rang {rank} · {status} · {total}",
    "storyIsEvaluated": "(évalué) L'explication qui suit est celle du résultat évalué.",
    "rank": "rang {rank}",
    "equal": " à égalité",
    "totalOf": "total {total}",
    "possible": "rang possible : {ranks}",
    "profile": "Points par critère",
    "profileTrial": "Points par critère, dans l'essai",
    "criterion": "Critère",
    "points": "Points",
    "most": "Sur",
}
