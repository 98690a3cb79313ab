"""How long an export of 5,000 dossiers × 120 columns takes, beside a reader of its cells alone and their scoring.

What stands beside is what nothing can go below: the csv module, or python-calamine, that gives every cell of the file
as Python objects; then `ami` itself, scoring the same candidatures given as JSON lines. The target is one and a half
times the first plus the second.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

from .generate import candidature, communes, write_policy
from .table import Row, number
from .timing import AMI, Job, medians

DOSSIERS: Final = 5_000
COLUMNS: Final = 120
POLICY: Final = Path(__file__).parents[2] / "criteria.yaml"
CELLS: Final = str(Path(__file__).with_name("cells.py"))
ASKED: Final = {
    "reference": "ID",
    "depose_le": "Déposé le",
    "porteur.nom": "Entreprise raison sociale",
    "porteur.type": "Nature de la collectivité",
    "porteur.siren": "SIREN de la collectivité",
    "implantation.communes.1.code_insee": "Code INSEE",
    "implantation.communes.1.nom": "Commune",
    "implantation.communes.1.population": "Population",
    "diagnostic.etat_des_lieux_le": "Date de l'état des lieux",
    "diagnostic.prospective": "Une prospective a-t-elle été réalisée ?",
    "diagnostic.horizon_prospective": "Horizon de la prospective",
    "diagnostic.partage_avec": "Partenaires associés au diagnostic",
    "locaux.etat": "État des locaux",
    "locaux.adaptes": "Les locaux sont-ils adaptés ?",
    "locaux.bureaux": "Nombre de bureaux de consultation",
    "locaux.surface_m2": "Surface des locaux (m²)",
    "locaux.accessibles": "Les locaux sont-ils accessibles ?",
    "locaux.disponibles_le": "Date de disponibilité des locaux",
    "engagement_financier.delibere_le": "Date de la délibération",
    "engagement_financier.montant_annuel": "Montant annuel de la participation",
    "engagement_financier.duree_annees": "Durée de l'engagement en années",
    "engagement_financier.nature": "Nature de l'engagement",
    "pieces": "Pièces fournies",
}
"""The questions that the mapping reads; the other columns are those that every procedure asks besides."""
_LISTS: Final = ("diagnostic.partage_avec", "pieces")
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def measure(times: int) -> list[Row]:
    """Time each format in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_policy(folder, POLICY)
        # Apart: a process begins with the peak of memory of the one that starts it.
        subprocess.run([sys.executable, "-m", "tests.bench.exports", name], cwd=POLICY.parent, check=True)
        return [row for suffix in ("csv", "xlsx", "ods") for row in _rows(suffix, folder, times)]


def _rows(suffix: str, folder: Path, times: int) -> Iterator[Row]:
    jobs = {
        "ami": Job((AMI, "score", f"export.{suffix}", "--mapping", "correspondance.yaml")),
        "cells": Job((sys.executable, CELLS, f"export.{suffix}")),
        "score": Job((AMI, "score", "candidatures.jsonl")),
    }
    found = medians(jobs, folder, times)
    ami, cells, score = found["ami"], found["cells"], found["score"]
    goal = 1.5 * cells.seconds + score.seconds
    part = f"Export de {number(DOSSIERS)} dossiers × {COLUMNS} colonnes"
    reader = "csv" if suffix == "csv" else "calamine"
    beside = f"{reader} {number(cells.seconds, 2)} s × 1,5 + notation {number(score.seconds, 2)} s"
    yield Row(part, f"lire et noter, .{suffix}", f"{number(ami.seconds, 2)} s", beside, ami.seconds / goal, "< 1,0 ×")
    yield Row(
        part,
        f"mémoire au plus haut, .{suffix}",
        f"{number(ami.megabytes)} Mo",
        f"{reader} : {number(cells.megabytes)} Mo",
        ami.megabytes / cells.megabytes,
        "< 250 Mo",
    )


def write_exports(folder: Path, dossiers: int = DOSSIERS) -> None:
    """Write one export in three formats, its mapping, and the same candidatures as JSON lines."""
    codes = communes(4_454)
    made = [_bare(candidature(place, codes[place % len(codes)])) for place in range(dossiers)]
    with (folder / "candidatures.jsonl").open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in made)
    more = [f"Question {place} de la démarche" for place in range(1, COLUMNS - len(ASKED) + 1)]
    rows = [[*ASKED.values(), *more]]
    rows += [[*_answers(each), *_others(len(more), place)] for place, each in enumerate(made)]
    _mapping(folder / "correspondance.yaml", more)
    with (folder / "export.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    _xlsx(folder / "export.xlsx", rows)
    _ods(folder / "export.ods", rows)


def _bare(each: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the columns do not say: doctors, and that a list is empty."""
    found = {key: value for key, value in each.items() if value and key != "medecins_interesses"}
    return {
        key: {k: v for k, v in value.items() if v != []} if isinstance(value, dict) else value
        for key, value in found.items()
    }


def _answers(each: dict[str, Any]) -> Iterator[str]:
    for key in ASKED:
        value: Any = each
        for part in key.split("."):
            value = value[int(part) - 1] if part.isdecimal() else value.get(part, "")
        yield ", ".join(value) if key in _LISTS else str(value)


def _others(count: int, place: int) -> Iterator[str]:
    for column in range(count):
        yield ("Oui", "Non", f"{place * 7 + column}", f"Réponse {column} du dossier {place}")[(place + column) % 4]


def _mapping(path: Path, unused: Sequence[str]) -> None:
    lines = ["language: 1", "export: {origin: mesure}", "answers:"]
    for key, title in ASKED.items():
        more = ', separator: ","' if key in _LISTS else ""
        lines.append(f"  - {{key: {key}, column: {json.dumps(title, ensure_ascii=False)}{more}}}")
    lines.append(f"unused: {json.dumps(unused, ensure_ascii=False)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _xlsx(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Dossiers")
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                if text.isdecimal() and len(text) < 9 and not text.startswith("0"):
                    sheet.write_number(place, column, int(text))
                elif text:
                    sheet.write_string(place, column, text)


def _ods(path: Path, rows: Sequence[Sequence[str]]) -> None:
    head = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.3">'
    lines = [head, '<office:body><office:spreadsheet><table:table table:name="Dossiers">']
    lines += [f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows]
    lines.append("</table:table></office:spreadsheet></office:body></office:document-content>")
    with ZipFile(path, "w", ZIP_DEFLATED) as page:
        page.writestr("mimetype", _ODS)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        entries = (("/", _ODS), ("content.xml", "text/xml"))
        entry = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in entries)
        page.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}" m:version="1.3">{entry}</m:manifest>')
        page.writestr("content.xml", "".join(lines))


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(text)}</text:p></table:table-cell>"
    if text.isdecimal() and len(text) < 9 and not text.startswith("0"):
        return f'<table:table-cell office:value-type="float" office:value="{text}">{shown}'
    return f'<table:table-cell office:value-type="string">{shown}'


if __name__ == "__main__":
    write_exports(Path(sys.argv[1]))
