"""Each code of spreadsheets has here the file with that single mistake, and says the sheet and the cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import Workbook
from tests.sources.attacks import OLE, empty_zip, with_member
from tests.sources.sheets import (
    MINIMAL,
    blank_form,
    blank_table,
    cells_by_key,
    criteria,
    filled,
    in_sheet,
    load,
    repacked,
)

from ami_scoring.cli.app import run
from ami_scoring.codes.spreadsheets import ENTRIES
from ami_scoring.reports.form import form_workbook

HEADER = "reference;depose_le;porteur.nom;implantation.communes.1.code_insee"
LINE = "A-1;2022-09-01;Commune d'essai;09901"
Change = Callable[[Any], object]
SHEET = "feuille «\u00a0Candidature\u00a0»"


def at(key: str) -> str:
    return f"{SHEET}, cellule {cells_by_key(blank_form())[key]}"


def answered(key: str, value: object) -> bytes:
    return filled({**MINIMAL, key: value})


def changed(change: Change) -> bytes:
    return filled(change=change)


def table(header: str = HEADER, line: str = LINE) -> bytes:
    return f"{header}\n{line}\n".encode()


def hide_name(book: Any) -> None:
    book.worksheets[0].row_dimensions[int(cells_by_key(blank_form())["porteur.nom"][1:])].hidden = True


def merge_names(book: Any) -> None:
    cells = cells_by_key(blank_form())
    book.worksheets[0].merge_cells(f"{cells['implantation.communes.1.nom']}:{cells['implantation.communes.2.nom']}")


def later_version(book: Any) -> None:
    mark = book.worksheets[0]["A1"]
    mark.value = mark.value.replace("ami-formulaire 1", "ami-formulaire 9")


def add_sheet(book: Any) -> None:
    book.create_sheet("Suite")["A1"].value = "Suite de nos réponses"


def type_beside(book: Any) -> None:
    book.worksheets[0]["I20"].value = "Voir au dos"


def other_workbook() -> bytes:
    book, page = Workbook(), BytesIO()
    book.worksheets[0]["A1"].value = "Budget"
    book.save(page)
    return page.getvalue()


def computed() -> bytes:
    data = answered("locaux.bureaux", "=1+1")
    return repacked(data, in_sheet(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))


FILES: Final[Mapping[str, tuple[str, Callable[[], bytes], str]]] = {
    "not-a-workbook": ("f.xlsx", lambda: OLE + bytes(600), ""),
    "not-a-table": ("f.csv", filled, ""),
    "not-a-form": ("f.xlsx", other_workbook, ""),
    "workbook-broken": ("f.xlsx", lambda: filled()[:4000], ""),
    "workbook-encrypted": ("f.xlsx", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), ""),
    "workbook-too-large": ("f.xlsx", lambda: empty_zip(members={f"m{n}": b"" for n in range(3000)}), ""),
    "workbook-macros": ("f.xlsm", lambda: with_member("xl/vbaProject.bin"), ""),
    "workbook-links": ("f.xlsx", lambda: with_member("xl/externalLinks/externalLink1.xml"), ""),
    "workbook-not-all-read": ("f.xlsx", lambda: with_member("xl/comments1.xml"), ""),
    "sheet-not-read": ("f.xlsx", lambda: changed(add_sheet), "feuille «\u00a0Suite\u00a0»"),
    "form-mark-lost": ("f.xlsx", lambda: changed(lambda book: book.worksheets[0].delete_cols(1)), SHEET),
    "form-version": ("f.xlsx", lambda: changed(later_version), f"{SHEET}, cellule A1"),
    "empty-form": ("f.xlsx", blank_form, SHEET),
    "empty-table": ("f.xlsx", blank_table, "feuille «\u00a0Candidatures\u00a0», cellule A1"),
    "answer-astray": ("f.xlsx", lambda: changed(type_beside), f"{SHEET}, cellule I20"),
    "hidden-answer": ("f.xlsx", lambda: changed(hide_name), at("porteur.nom")),
    "merged-answer": ("f.xlsx", lambda: changed(merge_names), at("implantation.communes.2.nom")),
    "cell-error": (
        "f.xlsx",
        lambda: answered("implantation.communes.1.nom", "#N/A"),
        at("implantation.communes.1.nom"),
    ),
    "formula-not-computed": ("f.xlsx", lambda: answered("locaux.bureaux", "=1+1"), at("locaux.bureaux")),
    "formula-answer": ("f.xlsx", computed, at("locaux.bureaux")),
    "count-differs": (
        "f.xlsx",
        lambda: filled({**MINIMAL, "pieces.nombre": 2, "pieces.1": "plan des locaux"}),
        at("pieces.nombre"),
    ),
    "cell-without-column": ("f.csv", lambda: table(line=f"{LINE};oui"), "2:38"),
    "leading-zero-lost": ("f.csv", lambda: table(line=LINE.replace("09901", "9901")), "2:32"),
    "unknown-column": ("f.csv", lambda: table(HEADER.replace("porteur.nom", "porteur.nm")), "1:21"),
    "column-not-read": ("f.csv", lambda: table(f"{HEADER};avis du maire", f"{LINE};oui"), "1:68"),
    "column-repeated": ("f.csv", lambda: table(f"{HEADER};porteur.nom", f"{LINE};Commune d'essai"), "1:68"),
    "line-not-read": ("f.csv", lambda: table(line=f"{LINE}\nTotal;;;12"), "3:1"),
    "number-read-by-column": (
        "f.csv",
        lambda: table(f"{HEADER};locaux.surface_m2", f"{LINE};1.7\nA-2;2022-09-01;Commune d'essai;09901;1.103"),
        "3:38",
    ),
    "placeholder-answer": ("f.csv", lambda: table(f"{HEADER};locaux.etat", f"{LINE};N/A"), "2:38"),
    "siret-read": ("f.csv", lambda: table(f"{HEADER};porteur.siren", f"{LINE};732 829 320 00074"), "2:38"),
    "csv-mac-roman": ("f.csv", lambda: table(line=LINE.replace("essai", "été")).decode().encode("mac_roman"), ""),
    "csv-quote": ("f.csv", lambda: table(line=f'{LINE}\nA-2;2022-09-01;"Mairie'), "3:16"),
    "csv-windows-1252": ("f.csv", lambda: table(line=LINE.replace("essai", "été")).decode().encode("cp1252"), ""),
}
BESIDE: Final = {"leading-zero-lost": {"code-insee-form"}, "unknown-column": {"missing-key"}}
"""What a file says besides, for the same mistake."""


@pytest.mark.parametrize("code", FILES)
def test_a_spreadsheet_with_one_mistake_is_told_at_its_place(code: str, tmp_path: Path) -> None:
    name, make, place = FILES[code]
    (tmp_path / name).write_bytes(make())
    found = load(tmp_path, named=True).findings
    assert {finding.code for finding in found} - BESIDE.get(code, set()) == {code}
    first = next(finding for finding in found if finding.code == code)
    where = first.where
    told = where.in_workbook or ":".join(str(part) for part in (where.line, where.column) if part is not None)
    assert (Path(where.path).name, told) == (name, place)


def test_a_form_for_another_edition_is_told_at_its_sheet(tmp_path: Path) -> None:
    other = criteria().model_copy(update={"call": criteria().call.model_copy(update={"edition": "d'hier"})})
    (tmp_path / "f.xlsx").write_bytes(filled(form=form_workbook(other)))
    (finding,) = load(tmp_path).findings
    assert (finding.code, finding.where.in_workbook) == ("other-edition", SHEET)


def test_every_code_of_spreadsheets_has_its_file() -> None:
    assert {entry.code for entry in ENTRIES} == set(FILES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_every_code_of_spreadsheets_is_explained(entry: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--explain", entry.code]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{entry.code}\n\n{entry.what}\n{entry.why}")
