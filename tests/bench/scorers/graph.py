"""zen-engine: a decision graph, evaluated for each candidature. Run as `graph.py LINES ZONES`, where it is installed.

The zone is looked up beside the graph, which has no table of thousands of communes.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any, Final

import zen  # of the benchmark's own environment

CLOSINGS: Final = ("2021-11-30", "2022-02-28", "2022-05-31", "2022-09-30")
PARTNERS: Final = "['ARS', 'CPTS', 'département', 'professionnels de santé']"
CLOSED: Final = "d($.closing) <= d(diagnostic.etat_des_lieux_le).add(%d, 'month')"
READY: Final = "d(locaux.disponibles_le) <= d($.closing).add(%d, 'month')"
ROOMS: Final = "(locaux.bureaux >= 4 ? 4 : locaux.bureaux >= 2 ? 2 : 0)"
EXPRESSIONS: Final = {
    "closing": " : ".join(f"d(depose_le) <= d('{day}') ? '{day}'" for day in CLOSINGS) + " : null",
    "eligible": "$.closing != null and not(startsWith(implantation.communes[0].code_insee, '32'))"
    " and porteur.type in ['commune', 'epci']",
    "survey": f"{CLOSED % 18} and some(diagnostic.partage_avec, # in {PARTNERS})"
    " ? (diagnostic.prospective == 'oui' and diagnostic.horizon_prospective - d($.closing).year() >= 3 ? 10 : 5) : 0",
    "fresh": f"{CLOSED % 6} ? 3 : {CLOSED % 12} ? 2 : {CLOSED % 18} ? 1 : 0",
    "partners": "min([3, 0.5 * max([len(diagnostic.partage_avec) - 2, 0])])",
    "zoned": "zone == 'ZIP' ? 30 : zone == 'ZAC' ? 18 : 0",
    "fit": "locaux.etat == 'aucun' ? 0 : locaux.adaptes == 'oui' ? 9"
    " : locaux.etat in ['travaux', 'à construire'] ? 4 : 0",
    "fitted": f"locaux.etat == 'aucun' ? 0 : 0.5 * ({ROOMS} + (locaux.accessibles == 'oui' ? 3 : 0)"
    " + (number(locaux.surface_m2) >= 120 ? 2 : 0) + (some(pieces, # == 'plan des locaux') ? 1 : 0))",
    "ready": f"locaux.etat == 'aucun' ? 0 : {READY % 3} ? 10 : {READY % 6} ? 8 : {READY % 12} ? 5"
    f" : {READY % 18} ? 2.5 : 0",
    "act": "(engagement_financier.delibere_le != null ? 2 : 0) + (engagement_financier.nature == 'contribution' ? 1.5"
    " : engagement_financier.nature == 'mise à disposition' ? 0.5 : 2)",
    "share": "engagement_financier.montant_annuel / implantation.communes[0].population",
    "amount": "$.share >= 8 ? 6 : $.share >= 5 ? 4 : $.share >= 2 ? 2 : 0",
    "years": "min([engagement_financier.duree_annees, 3])"
    " + min([0.5 * max([engagement_financier.duree_annees - 3, 0]), 1])",
    "promised": "sum(map(filter(medecins_interesses, #.preuve == 'lettre'), number(#.temps_plein)))",
    "doctors": "max([min([16, 4 * floor($.promised / 0.5)]), min([6, 2 * len(medecins_interesses)])])",
    "total": "$.survey + $.fresh + $.partners + $.zoned + $.fit + $.fitted + $.ready + $.act + $.amount + $.years"
    " + $.doctors",
}


def graph() -> dict[str, Any]:
    """Make the graph: what comes in, the expressions in order, what goes out."""
    listed = [{"id": key, "key": key, "value": value} for key, value in EXPRESSIONS.items()]
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "points", "name": "points", "type": "expressionNode", "content": {"expressions": listed}},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "first", "sourceId": "in", "targetId": "points", "type": "edge"},
            {"id": "last", "sourceId": "points", "targetId": "out", "type": "edge"},
        ],
    }


def main(lines: Path, table: Path) -> None:
    """Read, score, sort, print."""
    with table.open(encoding="utf-8", newline="") as file:
        zones = {row["code"]: row["zone"] for row in csv.DictReader(file)}
    decision = zen.ZenEngine().create_decision(json.dumps(graph()))
    scored = []
    with lines.open(encoding="utf-8") as file:
        for one in map(json.loads, file):
            zone = zones[one["implantation"]["communes"][0]["code_insee"]]
            found = decision.evaluate({**one, "zone": zone})["result"]
            if found["eligible"]:
                scored.append((one["reference"], found["total"]))
    for reference, points in sorted(scored, key=lambda each: (-each[1], each[0])):
        print(reference, float(points), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
