"""OpenFisca: variables over all candidatures at once. Run as `vectors.py LINES ZONES`, where it is installed.

Its arrays hold no lists: partners, documents and doctors are counted as files are read. Its numbers are of 32 bits,
and exact here because every total is a number of halves.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

CLOSINGS: Final = tuple(np.datetime64(day) for day in ("2021-11-30", "2022-02-28", "2022-05-31", "2022-09-30"))
PARTNERS: Final = frozenset({"ARS", "CPTS", "département", "professionnels de santé"})
PERIOD: Final = "2022"
FILE: Final = build_entity(key="candidature", plural="candidatures", label="Candidature", is_person=True)
INPUTS: Final[dict[str, tuple[type, Callable[[dict[str, Any]], Any]]]] = {
    "deposited": (date, lambda one: one["depose_le"]),
    "made": (date, lambda one: one["diagnostic"]["etat_des_lieux_le"]),
    "ready": (date, lambda one: one["locaux"]["disponibles_le"]),
    "known": (bool, lambda one: not PARTNERS.isdisjoint(one["diagnostic"]["partage_avec"])),
    "partners": (int, lambda one: len(one["diagnostic"]["partage_avec"])),
    "looks_ahead": (bool, lambda one: one["diagnostic"]["prospective"] == "oui"),
    "horizon": (int, lambda one: one["diagnostic"]["horizon_prospective"]),
    "gers": (bool, lambda one: one["implantation"]["communes"][0]["code_insee"].startswith("32")),
    "bearer": (bool, lambda one: one["porteur"]["type"] in {"commune", "epci"}),
    "none": (bool, lambda one: one["locaux"]["etat"] == "aucun"),
    "works": (bool, lambda one: one["locaux"]["etat"] in {"travaux", "à construire"}),
    "fit": (bool, lambda one: one["locaux"]["adaptes"] == "oui"),
    "rooms": (int, lambda one: one["locaux"]["bureaux"]),
    "accessible": (bool, lambda one: one["locaux"]["accessibles"] == "oui"),
    "surface": (float, lambda one: float(one["locaux"]["surface_m2"])),
    "plan": (bool, lambda one: "plan des locaux" in one["pieces"]),
    "voted": (bool, lambda one: one["engagement_financier"].get("delibere_le") is not None),
    "money": (bool, lambda one: one["engagement_financier"]["nature"] == "contribution"),
    "kind": (bool, lambda one: one["engagement_financier"]["nature"] == "mise à disposition"),
    "amount": (float, lambda one: one["engagement_financier"]["montant_annuel"]),
    "inhabitants": (int, lambda one: one["implantation"]["communes"][0]["population"]),
    "years": (int, lambda one: one["engagement_financier"]["duree_annees"]),
    "doctors": (int, lambda one: len(one["medecins_interesses"])),
    "promised": (
        float,
        lambda one: sum(
            float(each["temps_plein"]) for each in one["medecins_interesses"] if each["preuve"] == "lettre"
        ),
    ),
}


def _is_letter(doctor: dict[str, Any]) -> bool:
    return bool(doctor["preuve"] == "lettre")


def later(days: Any, months: int) -> Any:
    """Give the days so many months later, or the last of their months."""
    month = days.astype("M8[M]")
    of_month = days.astype("M8[D]") - month.astype("M8[D]")
    after = month + months
    return np.minimum(after.astype("M8[D]") + of_month, (after + 1).astype("M8[D]") - np.timedelta64(1, "D"))


class closing(Variable):  # noqa: N801 - OpenFisca finds variables by the names of their classes
    """The closing of the wave of each deposit; the last one, where all are past."""

    value_type, entity, definition_period = date, FILE, DateUnit.YEAR

    def formula(file: Any, period: Any) -> Any:  # noqa: N805 - as OpenFisca calls it
        """Choose the first closing that is not past."""
        deposited = file("deposited", period)
        return np.select([deposited <= day for day in CLOSINGS], CLOSINGS, CLOSINGS[-1])


class eligible(Variable):  # noqa: N801 - as above
    """Whether a candidature is scored."""

    value_type, entity, definition_period = bool, FILE, DateUnit.YEAR

    def formula(file: Any, period: Any) -> Any:  # noqa: N805 - as above
        """Ask for the place, the bearer and the day."""
        return ~file("gers", period) & file("bearer", period) & (file("deposited", period) <= CLOSINGS[-1])


class survey(Variable):  # noqa: N801 - as above
    """Points of the survey, of its freshness and of its partners."""

    value_type, entity, definition_period = float, FILE, DateUnit.YEAR

    def formula(file: Any, period: Any) -> Any:  # noqa: N805 - as above
        """Add up the three."""
        end, made = file("closing", period), file("made", period)
        years = file("horizon", period) - (end.astype("M8[Y]").astype(int) + 1970)
        whole = np.where(file("looks_ahead", period) & (years >= 3), 10, 5)
        fresh = np.select([end <= later(made, most) for most in (6, 12, 18)], [3, 2, 1], 0)
        partners = np.minimum(3, 0.5 * np.maximum(file("partners", period) - 2, 0))
        return np.where((end <= later(made, 18)) & file("known", period), whole, 0) + fresh + partners


class premises(Variable):  # noqa: N801 - as above
    """Points of the premises."""

    value_type, entity, definition_period = float, FILE, DateUnit.YEAR

    def formula(file: Any, period: Any) -> Any:  # noqa: N805 - as above
        """Add up what they are, what they have and when they will be there."""
        fit = np.select([file("fit", period), file("works", period)], [9, 4], 0)
        rooms = np.select([file("rooms", period) >= least for least in (4, 2)], [4, 2], 0)
        had = rooms + 3 * file("accessible", period) + 2 * (file("surface", period) >= 120) + file("plan", period)
        end, day = file("closing", period), file("ready", period)
        ready = np.select([day <= later(end, most) for most in (3, 6, 12, 18)], [10, 8, 5, 2.5], 0)
        return np.where(file("none", period), 0, fit + 0.5 * had + ready)


class commitment(Variable):  # noqa: N801 - as above
    """Points of the money."""

    value_type, entity, definition_period = float, FILE, DateUnit.YEAR

    def formula(file: Any, period: Any) -> Any:  # noqa: N805 - as above
        """Add up the act, the amount and the years."""
        act = 2 * file("voted", period) + np.select([file("money", period), file("kind", period)], [1.5, 0.5], 2)
        amount, inhabitants, years = (file(name, period) for name in ("amount", "inhabitants", "years"))
        share = np.select([amount >= least * inhabitants for least in (8, 5, 2)], [6, 4, 2], 0)
        return act + share + np.minimum(years, 3) + np.minimum(0.5 * np.maximum(years - 3, 0), 1)


class doctors_points(Variable):  # noqa: N801 - as above
    """Points of the doctors."""

    value_type, entity, definition_period = float, FILE, DateUnit.YEAR

    def formula(file: Any, period: Any) -> Any:  # noqa: N805 - as above
        """Take the better of two counts."""
        promised = np.minimum(16, 4 * np.floor(file("promised", period) / 0.5))
        return np.maximum(promised, np.minimum(6, 2 * file("doctors", period)))


class total(Variable):  # noqa: N801 - as above
    """All points."""

    value_type, entity, definition_period = float, FILE, DateUnit.YEAR

    def formula(file: Any, period: Any) -> Any:  # noqa: N805 - as above
        """Add them up."""
        parts = ("survey", "zoned", "premises", "commitment", "doctors_points")
        return sum(file(name, period) for name in parts)


def main(lines: Path, table: Path) -> None:
    """Read into columns, score all at once, sort, print."""
    points = {"ZIP": 30.0, "ZAC": 18.0}
    with table.open(encoding="utf-8", newline="") as file:
        zones = {row["code"]: points.get(row["zone"], 0.0) for row in csv.DictReader(file)}
    columns: dict[str, list[Any]] = {name: [] for name in (*INPUTS, "zoned", "reference")}
    with lines.open(encoding="utf-8") as file:
        for one in map(json.loads, file):
            columns["reference"].append(one["reference"])
            columns["zoned"].append(zones[one["implantation"]["communes"][0]["code_insee"]])
            for name, (_, read) in INPUTS.items():
                columns[name].append(read(one))
    system = TaxBenefitSystem([FILE])
    for name, (kind, _) in {**INPUTS, "zoned": (float, None)}.items():
        made = {"value_type": kind, "entity": FILE, "definition_period": DateUnit.YEAR}
        system.add_variable(type(name, (Variable,), made))
    system.add_variables(closing, eligible, survey, premises, commitment, doctors_points, total)
    references = columns.pop("reference")
    simulation = SimulationBuilder().build_default_simulation(system, count=len(references))
    for name, values in columns.items():
        kind = INPUTS[name][0] if name in INPUTS else float
        simulation.set_input(name, PERIOD, np.array(values, dtype="M8[D]" if kind is date else None))
    totals, kept = simulation.calculate("total", PERIOD).tolist(), simulation.calculate("eligible", PERIOD).tolist()
    scored = [each for each, is_kept in zip(zip(references, totals, strict=True), kept, strict=True) if is_kept]
    for reference, found in sorted(scored, key=lambda each: (-each[1], each[0])):
        print(reference, float(found), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
