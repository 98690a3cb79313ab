"""A small call and what applies to it, for the tables of its results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ami_scoring import Evaluation

CRITERIA = """
language: 1
call: {title: Appel d'essai, edition: "2026", authority: Comité, notice: Les poids sont des hypothèses.}
total: 50
waves: [{id: v1, label: Vague 1, closes: 2021-11-30, zoning: z.csv}]
eligibility: [{id: type, label: Le porteur est une commune, require: {fact: porteur.type, is: commune}}]
criteria:
  - id: zonage
    label: Zonage
    weight: 30
    rule: {kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}
  - id: bureaux
    label: Bureaux de consultation
    short: Bureaux
    weight: 20
    out_of: 3
    rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 3}
selection: {places: 1, minimum: 10}
"""
ZONING = "code,type,zone,edition,source\n09001,commune,ZIP,avril 2022,s\n09002,commune,ZAC,avril 2022,s\n"
Call = Callable[..., Evaluation]


def candidature(reference: str, **changes: Any) -> dict[str, Any]:
    return {
        "reference": reference,
        "depose_le": "2021-11-21",
        "porteur": {"nom": f"Commune {reference}", "type": "commune"},
        "implantation": {"communes": [{"code_insee": "09001", "nom": "Essai"}]},
        "locaux": {"bureaux": 2},
    } | changes


def zoned(code: str) -> dict[str, Any]:
    return {"communes": [{"code_insee": code, "nom": "Essai"}]}


FOUR = (
    candidature("A-1"),
    candidature("A-2", implantation=zoned("09002"), locaux={"bureaux": 1}),
    candidature("A-3", implantation=zoned("09003")),
    candidature("A-4", porteur={"nom": "Clinique", "type": "autre"}),
)
