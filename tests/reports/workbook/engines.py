"""Two spreadsheet engines that recompute a workbook, and what the workbook itself stores."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ironcalc
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

TOLERANCE = 1e-9
HARD_RECALCULATION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>
"""

Cell = tuple[str, int, int]
Cells = dict[Cell, Any]


@dataclass(frozen=True)
class Difference:
    """A cell whose stored value is not what an engine finds."""

    where: str
    stored: Any
    found: Any


def stored(path: Path) -> Cells:
    """Give the stored value of every formula, by sheet, row and column."""
    formulas, values = _load(path, values=False), _load(path, values=True)
    return {
        (sheet.title, cell.row, cell.column): values[sheet.title].cell(cell.row, cell.column).value
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def kinds(path: Path) -> dict[Cell, tuple[Any, str]]:
    """Give the stored value of every formula, None for an empty one, with the type that its cell declares."""
    values = _load(path, values=True)
    found = {(title, row, column): values[title].cell(row, column) for title, row, column in stored(path)}
    return {place: (cell.value, str(cell.data_type)) for place, cell in found.items()}


def formulas(path: Path) -> list[str]:
    """Give every formula of a workbook."""
    book = _load(path, values=False)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def values(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """Give the stored rows of a sheet."""
    return list(_load(path, values=True)[sheet].iter_rows(values_only=True))


def sheet(path: Path, name: str) -> Any:
    """Give a sheet with its looks, formulas as they are written."""
    return _load(path, values=False)[name]


def cells(path: Path) -> list[Any]:
    """Give every cell that holds something, formulas as they are written."""
    book = _load(path, values=False)
    found = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [cell for cell in found if cell.value is not None]


@dataclass(frozen=True)
class Rule:
    """One conditional format: where it looks, what it asks, and how it shows what it finds."""

    sheet: str
    place: str
    kind: str
    asks: tuple[str, ...]
    ink: str | None
    fill: str | None


def rules(path: Path) -> list[Rule]:
    """Give every conditional format, each sheet's by priority."""
    found = (
        (sheet.title, rule.priority, str(block.sqref), rule)
        for sheet in _load(path, values=False)
        for block in sheet.conditional_formatting
        for rule in block.rules
    )
    return [_rule(title, place, rule) for title, _, place, rule in sorted(found, key=lambda each: each[:2])]


def _rule(sheet: str, place: str, rule: Any) -> Rule:
    look = rule.dxf
    ink = look.font.color.rgb if look and look.font and look.font.color else None
    return Rule(
        sheet, place, rule.type, tuple(rule.formula), ink, look.fill.bgColor.rgb if look and look.fill else None
    )


def guards(path: Path) -> list[tuple[Any, ...]]:
    """Give what may be typed where, and what is said of anything else."""
    return [
        (sheet.title, str(one.sqref), one.type, one.showErrorMessage, one.errorTitle, one.error, one.prompt)
        for sheet in _load(path, values=False)
        for one in sheet.data_validations.dataValidation
    ]


def printed(path: Path) -> list[tuple[Any, ...]]:
    """Give what each sheet repeats on every page, what of it is printed, and its tables."""
    return [
        (
            sheet.title,
            sheet.sheet_state,
            sheet.print_title_rows,
            sheet.print_title_cols,
            sheet.print_area,
            [*sheet.tables],
        )
        for sheet in _load(path, values=False)
    ]


class IronCalc:
    """A workbook recomputed by IronCalc, after typing into cells (counted from 1)."""

    def __init__(self, path: Path, inputs: Mapping[Cell, str] | None = None) -> None:
        model: Any = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self._sheets = {sheet["name"]: place for place, sheet in enumerate(model.get_worksheets_properties())}
        for (sheet, row, column), typed in (inputs or {}).items():
            model.set_user_input(self._sheets[sheet], row, column, typed)
        model.evaluate()
        self._model = model

    def value(self, cell: Cell) -> Any:
        """Give what a cell shows."""
        sheet, row, column = cell
        return self._model.get_cell_value(self._sheets[sheet], row, column)


def with_ironcalc(path: Path) -> Cells:
    """Recompute every formula with IronCalc."""
    found = IronCalc(path)
    return {cell: found.value(cell) for cell in stored(path)}


def type_into(path: Path, target: Path, inputs: Mapping[Cell, str]) -> None:
    """Copy a workbook with numbers typed into cells (counted from 1) in place of theirs; stored results stay."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        names = re.findall(r'<sheet name="([^"]*)"', source.read("xl/workbook.xml").decode())
        files = {f"xl/worksheets/sheet{place}.xml": name for place, name in enumerate(names, start=1)}
        for name in source.namelist():
            text = source.read(name)
            for (sheet, row, column), typed in inputs.items():
                if files.get(name) == sheet:
                    text = _with_value(text, f"{get_column_letter(column)}{row}", typed)
            made.writestr(name, text)


def _with_value(sheet: bytes, cell: str, typed: str) -> bytes:
    value = f"<v>{typed}</v>" if typed else ""
    found = re.compile(rf'(<c r="{cell}"( s="\d+")?)(?:/>|><v>[^<]*</v></c>)'.encode())
    changed, count = found.subn(rf"\1>{value}</c>".encode(), sheet)
    assert count == 1, f"{cell} holds no plain number"
    return changed


def with_libreoffice(path: Path, folder: Path) -> Cells:
    """Recompute with LibreOffice, which must not trust the stored values; give whatever its cells hold."""
    (found,) = all_with_libreoffice([path], folder)
    return found


def all_with_libreoffice(paths: Sequence[Path], folder: Path) -> list[Cells]:
    """Recompute several workbooks in one call: starting LibreOffice takes longer than most of them."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(HARD_RECALCULATION, encoding="utf-8")
    out = folder / "out"
    soffice = shutil.which("soffice") or "soffice"
    subprocess.run(
        [
            soffice,
            "--headless",
            f"-env:UserInstallation=file://{profile.parent}",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=900,
    )
    return [_held(out / path.name) for path in paths]


def _held(path: Path) -> Cells:
    rows = ((sheet.title, row) for sheet in _load(path, values=True) for row in sheet.iter_rows())
    return {(title, cell.row, cell.column): cell.value for title, row in rows for cell in row if cell.value is not None}


def differences(expected: Cells, found: Cells) -> list[Difference]:
    """List where two engines disagree; an empty text and an empty cell are the same."""
    return [
        Difference(f"{sheet}!R{row}C{column}", value, found.get((sheet, row, column)))
        for (sheet, row, column), value in expected.items()
        if not _same(value, found.get((sheet, row, column)))
    ]


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return abs(left - right) <= TOLERANCE
    return (left or "") == (right or "")


def _load(path: Path, *, values: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it drops the newer data bars
        return load_workbook(path, data_only=values)
