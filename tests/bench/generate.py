"""Candidatures made for measuring: one per real commune where the list is at hand, else invented ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

_BESIDE = sorted(Path(__file__).parents[3].glob("*/data/communes_occitanie_2022.csv"))
COMMUNES = _BESIDE[0] if _BESIDE else None
"""The region's communes, in a folder beside the project on some machines only."""

DEPARTMENTS = ("09", "11", "12", "30", "31", "34", "46", "48", "65", "66", "81", "82")
STATES = ("existants", "travaux", "à construire")
EVIDENCE = ("lettre", "oral", "contact")
Change = Callable[[dict[str, Any]], dict[str, Any]]


def communes(count: int | None = None) -> list[str]:
    """Give INSEE codes: the real ones when they are at hand, then invented ones up to `count`."""
    real: list[str] = []
    if COMMUNES:
        with COMMUNES.open(encoding="utf-8", newline="") as file:
            real = [row["insee"] for row in csv.DictReader(file)]
    wanted = count or len(real) or 4_454
    invented = (f"{DEPARTMENTS[i % 12]}{i // 12 % 1000:03d}" for i in range(wanted))
    return [*real, *invented][:wanted] if len(real) < wanted else real[:wanted]


def candidature(number: int, code_insee: str) -> dict[str, Any]:
    """Make a full candidature whose values vary with its number, always the same for the same number."""
    day, month = number % 28 + 1, number % 9 + 1
    return {
        "reference": f"MESURE-{number:06d}",
        "depose_le": f"2022-0{month}-{day:02d}",
        "porteur": {
            "nom": f"Commune d'essai {number}",
            "type": ("commune", "epci")[number % 2],
            "siren": siren(number),
        },
        "implantation": {
            "communes": [{"code_insee": code_insee, "nom": f"Essai {number}", "population": 300 + number % 9000}]
        },
        "diagnostic": {
            "etat_des_lieux_le": f"202{number % 2}-0{number % 9 + 1}-15",
            "prospective": ("oui", "non")[number % 3 == 0],
            "horizon_prospective": 2025 + number % 8,
            "partage_avec": ["ARS", "CPTS", "professionnels de santé", "patients"][: number % 5],
        },
        "locaux": {
            "etat": STATES[number % 3],
            "adaptes": ("oui", "non")[number % 4 == 0],
            "bureaux": number % 7,
            "surface_m2": f"{80 + number % 150}.5",
            "accessibles": "oui",
            "disponibles_le": f"2023-0{number % 9 + 1}-{day:02d}",
        },
        "engagement_financier": {
            "delibere_le": f"2021-1{number % 3}-{day:02d}",
            "montant_annuel": 1_000 * (number % 40),
            "duree_annees": number % 6,
            "nature": "contribution",
        },
        "medecins_interesses": [
            {"specialite": "médecine générale", "temps_plein": f"0.{5 + number % 5}", "preuve": EVIDENCE[i % 3]}
            for i in range(number % 4)
        ],
        "pieces": ["délibération", "plan des locaux"][: number % 3],
    }


def siren(number: int) -> str:
    """Make a SIREN with a right key, of a range that no body bears."""
    digits = f"{99_000_000 + number % 1_000_000:08d}"
    total = sum(int(d) if i % 2 == 0 else sum(divmod(int(d) * 2, 10)) for i, d in enumerate(digits))
    return digits + str(-total % 10)


def write_yaml(folder: Path, count: int | None = None, change: Change | None = None) -> int:
    """Write one YAML file per commune, changed where one says how, and give their number."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = communes(count)
    for number, code in enumerate(codes):
        data = candidature(number, code)
        text = "".join(_yaml(change(data) if change else data, 0))
        (folder / f"{number:06d}.yaml").write_text(text, encoding="utf-8")
    return len(codes)


def with_warning(data: dict[str, Any]) -> dict[str, Any]:
    """Give one answer of a candidature that a person should look at: a deliberation after the deposit."""
    return {**data, "engagement_financier": {**data["engagement_financier"], "delibere_le": "2022-09-30"}}


def with_error(data: dict[str, Any]) -> dict[str, Any]:
    """Give one answer of a candidature that cannot be read."""
    return {**data, "locaux": {**data["locaux"], "bureaux": "beaucoup"}}


def write_lines(path: Path, count: int, change: Change | None = None) -> None:
    """Write candidatures as one JSON document a line, each of them changed where one says how."""
    codes = communes(4_454)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            data = candidature(number, codes[number % len(codes)])
            file.write(json.dumps(change(data) if change else data, ensure_ascii=False) + "\n")


def write_tables(stem: Path, count: int, change: Change | None = None) -> None:
    """Write candidatures as the lines of a CSV and of a workbook, each of them changed where one says how."""
    codes = communes(4_454)
    made = (candidature(number, codes[number % len(codes)]) for number in range(count))
    rows = [dict(_answers(change(data) if change else data)) for data in made]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    lines = [keys, *([row.get(key, "") for key in keys] for row in rows)]
    with stem.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    with Workbook(str(stem.with_suffix(".xlsx"))) as book:
        sheet = book.add_worksheet("Candidatures")
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)


def _answers(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Give the answers of a candidature by the keys that head the columns of a table."""
    if not isinstance(value, (dict, list)):
        yield key, str(value)
        return
    inside = value.items() if isinstance(value, dict) else enumerate(value, start=1)
    for part, below in inside:
        yield from _answers(below, f"{key}.{part}" if key else str(part))


def write_policy(folder: Path, source: Path) -> Path:
    """Copy a policy with a zoning table that knows every commune used here, and give its path."""
    codes = communes(4_454)
    rows = [f"{code},commune,{('ZIP', 'ZAC', 'ZAR')[i % 3]},mesure,inventée" for i, code in enumerate(codes)]
    (folder / "zonage.csv").write_text(
        "code,type,zone,edition,source\n" + "\n".join(dict.fromkeys(rows)) + "\n", "utf-8"
    )
    text = source.read_text(encoding="utf-8")
    for name in ("zonage-2018.csv", "zonage-2022.csv"):
        text = text.replace(f"samples/{name}", "zonage.csv")
    policy = folder / "criteria.yaml"
    policy.write_text(text, encoding="utf-8")
    return policy


def _yaml(value: Any, depth: int) -> Iterator[str]:
    margin = "  " * depth
    for key, item in value.items():
        if isinstance(item, dict):
            yield f"{margin}{key}:\n"
            yield from _yaml(item, depth + 1)
        elif isinstance(item, list):
            yield f"{margin}{key}:{'' if item else ' []'}\n"
            for element in item:
                if isinstance(element, dict):
                    lines = list(_yaml(element, depth + 2))
                    yield f"{margin}  - {lines[0].lstrip()}"
                    yield from lines[1:]
                else:
                    yield f"{margin}  - {element}\n"
        else:
            yield f'{margin}{key}: "{item}"\n' if key in {"siren", "code_insee"} else f"{margin}{key}: {item}\n"
