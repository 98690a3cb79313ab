"""Codes of the limits that a parameter states in the place of a number."""

from __future__ import annotations

from ami_scoring.codes.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "limit-unknown",
        "Une limite nomme ce qui n'est pas un paramètre de l'appel.",
        "Un minimum, un seuil ou une borne se connaît avant toute candidature : c'est un nombre, ou un paramètre.",
        "selection: {places: 14, minimum: {fact: complements.cout}}",
        "parameters: [{name: seuil, label: Seuil, values: [{value: 50}]}]\n"
        "selection: {places: 14, minimum: {fact: parametres.seuil}}",
    ),
    Entry(
        "limit-varies",
        "Le paramètre qui tient lieu de limite change d'une vague à l'autre, là où une seule valeur peut servir.",
        "Seul un total minimal (« minimum », « floors ») suit la valeur de chaque vague ; ailleurs, des candidatures "
        "classées ensemble n'auraient pas la même règle sans que le barème le dise.",
        "waves: [{id: v1, closes: 2022-06-30}, {id: v2, closes: 2023-06-30}]\n"
        "parameters: [{name: seuil, label: Seuil, values: [{value: 6}, {from: 2023-01-01, value: 8}]}]\n"
        "selection: {places: 14, thresholds: [{criterion: locaux, at_least: {fact: parametres.seuil}}]}",
        "waves: [{id: v2, closes: 2023-06-30}]\n"
        "parameters: [{name: seuil, label: Seuil, values: [{value: 6}, {from: 2023-01-01, value: 8}]}]\n"
        "selection: {places: 14, thresholds: [{criterion: locaux, at_least: {fact: parametres.seuil}}]}",
    ),
    Entry(
        "limit-undated",
        "Le paramètre qui tient lieu de limite n'a encore aucune valeur à la clôture d'une vague.",
        "Les candidatures de cette vague n'auraient pas de limite.",
        "waves: [{id: v1, closes: 2022-06-30}]\n"
        "parameters: [{name: seuil, label: Seuil, values: [{from: 2022-09-01, value: 50}]}]\n"
        "selection: {places: 14, minimum: {fact: parametres.seuil}}",
        "waves: [{id: v1, closes: 2022-06-30}]\n"
        "parameters: [{name: seuil, label: Seuil, values: [{from: 2022-01-01, value: 50}]}]\n"
        "selection: {places: 14, minimum: {fact: parametres.seuil}}",
    ),
)
