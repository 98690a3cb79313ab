"""Plain Python: `json`, `Fraction`, one function a criterion. Run as `script.py LINES ZONES`."""

from __future__ import annotations

import calendar
import csv
import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

CLOSINGS: Final = tuple(map(date.fromisoformat, ("2021-11-30", "2022-02-28", "2022-05-31", "2022-09-30")))
PARTNERS: Final = frozenset({"ARS", "CPTS", "département", "professionnels de santé"})
ZONES: Final = {"ZIP": Fraction(30), "ZAC": Fraction(18)}
NATURES: Final = {
    "contribution": Fraction(3, 2),
    "mise à disposition": Fraction(1, 2),
    "contribution et mise à disposition": Fraction(2),
}


def later(day: date, months: int) -> date:
    """Give the day so many months later, or the last of its month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def survey(diagnostic: dict[str, Any], closing: date) -> Fraction:
    """Add up the survey, its freshness and its partners."""
    made = date.fromisoformat(diagnostic["etat_des_lieux_le"])
    partners = set(diagnostic["partage_avec"])
    points = Fraction(0)
    if closing <= later(made, 18) and partners & PARTNERS:
        is_whole = diagnostic["prospective"] == "oui" and diagnostic["horizon_prospective"] - closing.year >= 3
        points += 10 if is_whole else 5
    points += next((3 - place for place, most in enumerate((6, 12, 18)) if closing <= later(made, most)), 0)
    return points + min(Fraction(3), Fraction(1, 2) * max(len(partners) - 2, 0))


def premises(locaux: dict[str, Any], documents: list[str], closing: date) -> Fraction:
    """Add up what the premises are and when they will be there."""
    if locaux["etat"] == "aucun":
        return Fraction(0)
    points = Fraction(9 if locaux["adaptes"] == "oui" else 4 if locaux["etat"] in {"travaux", "à construire"} else 0)
    rooms = locaux["bureaux"]
    listed = (4 if rooms >= 4 else 2 if rooms >= 2 else 0) + 3 * (locaux["accessibles"] == "oui")
    listed += 2 * (Fraction(locaux["surface_m2"]) >= 120) + ("plan des locaux" in documents)
    points += Fraction(listed, 2)
    ready = date.fromisoformat(locaux["disponibles_le"])
    steps = ((3, Fraction(10)), (6, Fraction(8)), (12, Fraction(5)), (18, Fraction(5, 2)))
    return points + next((given for most, given in steps if ready <= later(closing, most)), Fraction(0))


def commitment(engagement: dict[str, Any], inhabitants: int) -> Fraction:
    """Add up the act, the amount and the years."""
    points = NATURES[engagement["nature"]] + (2 if engagement.get("delibere_le") else 0)
    share = Fraction(engagement["montant_annuel"], inhabitants)
    points += next(given for least, given in ((8, 6), (5, 4), (2, 2), (0, 0)) if share >= least)
    years = Fraction(engagement["duree_annees"])
    return points + min(years, Fraction(3)) + min(max(years - 3, Fraction(0)) / 2, Fraction(1))


def doctors(interested: list[dict[str, Any]]) -> Fraction:
    """Take the better of the full time that letters promise, and of the number of doctors."""
    promised = sum((Fraction(each["temps_plein"]) for each in interested if each["preuve"] == "lettre"), Fraction(0))
    return Fraction(max(min(16, promised // Fraction(1, 2) * 4), min(6, 2 * len(interested))))


def total(one: dict[str, Any], zones: dict[str, str]) -> Fraction | None:
    """Add up the points of a candidature; None where it is not eligible."""
    commune = one["implantation"]["communes"][0]
    closing = next((day for day in CLOSINGS if date.fromisoformat(one["depose_le"]) <= day), None)
    if closing is None or commune["code_insee"].startswith("32") or one["porteur"]["type"] not in {"commune", "epci"}:
        return None
    return (
        survey(one["diagnostic"], closing)
        + ZONES.get(zones[commune["code_insee"]], Fraction(0))
        + premises(one["locaux"], one["pieces"], closing)
        + commitment(one["engagement_financier"], commune["population"])
        + doctors(one["medecins_interesses"])
    )


def main(lines: Path, table: Path) -> None:
    """Read, score, sort, print."""
    with table.open(encoding="utf-8", newline="") as file:
        zones = {row["code"]: row["zone"] for row in csv.DictReader(file)}
    with lines.open(encoding="utf-8") as file:
        read = map(json.loads, file)
        scored = [(one["reference"], points) for one in read if (points := total(one, zones)) is not None]
    for reference, points in sorted(scored, key=lambda each: (-each[1], each[0])):
        print(reference, float(points), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
