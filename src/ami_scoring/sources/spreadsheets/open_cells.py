"""The cells of an OpenDocument sheet: what each holds, and whole rows of those that need no parser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from ami_scoring.sources.spreadsheets.cells import (
    Cell,
    Content,
    is_code_of,
    place_in_paris,
    spell_percent,
    spell_stored,
)
from ami_scoring.sources.spreadsheets.grids import Held
from ami_scoring.sources.spreadsheets.sheet_cells import MAX_CELL
from ami_scoring.sources.spreadsheets.xml_parts import TEXT, spell_text, whole_number

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
"""What is given of a plain cell: it is neither repeated nor merged."""
ROW_BEGINS: Final = re.compile(rb"<table:table-row[ >]")
ROW_ENDS: Final = b"</table:table-row>"
_MIDNIGHT: Final = "T00:00:00"
_REFERENCE: Final = re.compile(r"\[([^\]#]*)\]")
_GIVEN: Final = rb'((?: [a-z0-9:-]+="[^"<]*+")*+)'
_ROW: Final = re.compile(rb"<table:table-row" + _GIVEN + rb" ?>")
_INLINE: Final = rb'(?:<text:(?:s|tab|line-break)(?: text:c="[0-9]{1,4}")?+/>)'
_PARAGRAPHS: Final = (
    rb'((?:<text:p(?: text:style-name="[^"<&]*+")?+(?:/>|>' + TEXT + rb"(?:" + _INLINE + TEXT + rb")*+</text:p>))*+)"
)
_PLAIN: Final = re.compile(
    rb'<table:table-cell(?: table:style-name="[^"<&]*+")?+ office:value-type="'
    rb'(?:string"|float" office:value="([-+.0-9eE]++)")(?: calcext:value-type="(?:string|float)")?+>'
    rb"<text:p>(" + TEXT + rb")</text:p></table:table-cell>"
    rb"|<table:(?:covered-)?+table-cell" + _GIVEN + rb" ?(?:/>|>" + _PARAGRAPHS + rb"</table:(?:covered-)?+table-cell>)"
    rb"|(\s++|.)",
    re.DOTALL,
)
"""The value and the text of a common cell; what is given of another and its paragraphs; spaces, or one stray byte."""
_ATTRIBUTE: Final = re.compile(rb' ([a-z0-9:-]+)="([^"]*)"')
_VALUE: Final = re.compile(TEXT)
_PARAGRAPH: Final = re.compile(r"<text:p(?:/| [^>]*/|(?: [^>]*)?)>(?:(?<!/>)(.*?)</text:p>)?", re.DOTALL)
_MARK: Final = re.compile(r'<text:(s|tab|line-break)(?: text:c="(\d{1,4})")?/>')


class PlainRow(NamedTuple):
    """A row: its attributes, and what each cell holds with what is given of it."""

    given: Mapping[str, str]
    cells: list[tuple[Held | None, Mapping[str, str]]]


def plain_row(piece: bytes) -> PlainRow | None:
    """Read the bytes of a whole row; None where one of its cells needs a parser."""
    head = _ROW.match(piece)
    row = None if head is None else _attributes(head[1])
    if head is None or row is None:
        return None
    cells: list[tuple[Held | None, Mapping[str, str]]] = []
    for value, shown, blob, inner, stray in _PLAIN.findall(piece, head.end(), len(piece) - len(ROW_ENDS)):
        if stray:
            if stray.isspace():
                continue
            return None
        if value:
            cells.append((_number(value, shown), NOTHING))
        elif shown:
            text = spell_text(shown)
            if text is None or len(text) > MAX_CELL:
                return None
            cells.append((None if text.isspace() else text, NOTHING))
        elif blob or inner:
            given, text = _attributes(blob), _shown(inner)
            if given is None or text is None or len(text) > MAX_CELL:
                return None
            cells.append((read_cell(given, text), given))
        else:
            cells.append((None, NOTHING))
    return PlainRow(row, cells)


@lru_cache(maxsize=50_000)
def _number(value: bytes, shown: bytes) -> Held | None:
    given = {"office:value-type": "float", "office:value": value.decode()}
    return read_cell(given, spell_text(shown) or "")


def _attributes(blob: bytes) -> Mapping[str, str] | None:
    found: dict[str, str] = {}
    for name, raw in _ATTRIBUTE.findall(blob):
        value = spell_text(raw) if _VALUE.fullmatch(raw) else None
        if value is None:
            return None
        found[name.decode()] = value
    return found


def _shown(inner: bytes) -> str | None:
    """Give the text of some paragraphs, on as many lines."""
    try:
        text = inner.decode()
    except UnicodeDecodeError:
        return None
    return spell_text("\n".join(map(_paragraph, _PARAGRAPH.findall(text))).encode())


def _paragraph(text: str) -> str:
    return _MARK.sub(_spaces, text)


def _spaces(found: re.Match[str]) -> str:
    if found[1] == "s":
        return " " * min(int(found[2] or 1) or 1, 100)
    return "\t" if found[1] == "tab" else "\n"


def repeat(given: Mapping[str, str], name: str) -> int:
    """Say how many times something is repeated: once where nothing says so."""
    return whole_number(given.get(name)) or 1


def read_cell(given: Mapping[str, str], shown: str) -> Held | None:
    """Tell what a cell holds; None when it holds nothing that a person would see."""
    formula = given.get("table:formula")
    if formula is not None:
        formula = _plain_formula(formula)
    kind = given.get("office:value-type", given.get("calcext:value-type", ""))
    if given.get("calcext:value-type") == "error" or (formula is not None and shown.startswith(("Err:", "#"))):
        return Cell(shown.strip(), Content.ERROR, formula)
    if formula is not None and not kind and not shown.strip():
        return Cell("", Content.UNCOMPUTED, formula)
    text = _text(kind, given, shown)
    if not text.strip():
        return None
    if kind != "date" and formula is None:
        return text
    return Cell(text, Content.DATE if kind == "date" else Content.TYPED, formula)


def _text(kind: str, given: Mapping[str, str], shown: str) -> str:
    value = given.get("office:value", "")
    if kind in {"float", "currency"} and value:
        return shown.strip() if is_code_of(shown, value) else spell_stored(value)
    if kind == "percentage" and value:
        return spell_percent(value)
    if kind == "boolean":
        return {"true": "oui", "false": "non"}.get(given.get("office:boolean-value", ""), shown)
    if kind == "date" and (day := given.get("office:date-value", "").strip()):
        return day.removesuffix(_MIDNIGHT) if "T" not in day or day.endswith(_MIDNIGHT) else place_in_paris(day)
    return shown or given.get("office:string-value", "")


def _plain_formula(formula: str) -> str:
    """Write references as Excel does: brackets stay only around another file, which is how a link is known."""
    return _REFERENCE.sub(lambda found: found[1].replace(".", ""), formula.partition(":=")[2] or formula) or "="
