"""The looks of a form, as an OpenDocument workbook declares them: each once, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from ami_scoring.reports.form.styles import FONT, MISSING

MISSING_STYLE: Final = "Manquant"
"""The look of an answer that is asked for and not given yet."""
_NUMBERS: Final[Mapping[str, str]] = {
    "@": '<number:text-style style:name="{name}"><number:text-content/></number:text-style>',
    "0": '<number:number-style style:name="{name}"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1"/></number:number-style>',
    "#,##0": '<number:number-style style:name="{name}"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
    '#,##0.00\\ "€"': '<number:number-style style:name="{name}"><number:number number:decimal-places="2" '
    'number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>'
    "<number:text>\u00a0€</number:text></number:number-style>",
    "0.0##%": '<number:percentage-style style:name="{name}"><number:number number:decimal-places="3" '
    'number:min-decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text>'
    "</number:percentage-style>",
    "dd/mm/yyyy": '<number:date-style style:name="{name}"><number:day number:style="long"/>'
    '<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>',
}
"""Each number format of a form, as OpenDocument writes it; any other shows numbers as they are."""
_SIDES: Final = ("top", "right", "bottom", "left")
_WIDTHS: Final = {"thin": "0.5pt", "hair": "0.25pt"}


class Styles:
    """Names of styles, given on demand, and what declares them."""

    def __init__(self) -> None:
        """Begin without any."""
        self._names: dict[tuple[str, str], str] = {}
        self._known: dict[tuple[str, str, bool], str] = {}

    @property
    def declared(self) -> str:
        """The XML of all styles that were asked for, those of numbers first."""
        made = sorted(self._names.items(), key=lambda each: each[0][0] != "number")
        return "".join(body.replace("{name}", name) for (_, body), name in made)

    def of_cell(self, cell: Any) -> str:
        """Name the style of a cell of openpyxl; the same named style and number format come back the same."""
        key = (cell.style, cell.number_format, cell.has_style)
        if key not in self._known:
            self._known[key] = self._named("ce", self._cell(cell))
        return self._known[key]

    def of_column(self, width: float) -> str:
        """Name the style of a column, whose width is told in characters as Excel counts them."""
        size = f'style:column-width="{(width * 7 + 5) * 0.02646:.3f}cm"'
        return self._named("co", _style("table-column", f"<style:table-column-properties {size}/>"))

    def of_row(self, height: float, *, page_before: bool) -> str:
        """Name the style of a line, whose height is in points."""
        more = ' fo:break-before="page"' if page_before else ""
        size = f'style:row-height="{height:g}pt" style:use-optimal-row-height="false"'
        return self._named("ro", _style("table-row", f"<style:table-row-properties {size}{more}/>"))

    def of_run(self, font: Any) -> str:
        """Name the style of a few words in a cell."""
        return self._named("T", _style("text", _text(font.sz, _colour(font.color), bold=bool(font.b))))

    def _number(self, code: str) -> str:
        body = _NUMBERS.get(code)
        return "" if body is None else self._named("number", body)

    def _named(self, family: str, body: str) -> str:
        key = (family, body)
        if key not in self._names:
            self._names[key] = f"{family if family != 'number' else 'N'}{len(self._names) + 1}"
        return self._names[key]

    def _cell(self, cell: Any) -> str:
        align = cell.alignment
        cell_parts = [
            'style:vertical-align="middle"',
            f'fo:wrap-option="{"wrap" if align.wrap_text else "no-wrap"}"',
            f'style:cell-protect="{"protected" if cell.protection.locked else "none"}"',
        ]
        if cell.fill.fill_type == "solid":
            cell_parts.append(f'fo:background-color="{_colour(cell.fill.fgColor)}"')
        for side in _SIDES:
            line = getattr(cell.border, side)
            if line is not None and line.style:
                cell_parts.append(f'fo:border-{side}="{_WIDTHS.get(line.style, "0.5pt")} solid {_colour(line.color)}"')
        place = {"center": "center", "right": "end"}.get(align.horizontal, "start")
        margin = f' fo:margin-left="{align.indent * 0.25:g}cm"' if align.indent else ""
        number = self._number(cell.number_format)
        return _style(
            "table-cell",
            f"<style:table-cell-properties {' '.join(cell_parts)}/>"
            f'<style:paragraph-properties fo:text-align="{place}"{margin}/>'
            + _text(cell.font.sz, _colour(cell.font.color), bold=bool(cell.font.b)),
            f" style:data-style-name={quoteattr(number)}" if number else "",
        )


def missing_style() -> str:
    """Declare the look of what is still missing, which conditions name."""
    return (
        f'<style:style style:name="{MISSING_STYLE}" style:family="table-cell" style:parent-style-name="Default">'
        f'<style:table-cell-properties fo:background-color="#{MISSING}"/></style:style>'
    )


def _style(family: str, properties: str, more: str = "") -> str:
    parent = ' style:parent-style-name="Default"' if family == "table-cell" else ""
    return f'<style:style style:name="{{name}}" style:family="{family}"{parent}{more}>{properties}</style:style>'


def _text(size: float, colour: str, *, bold: bool) -> str:
    weight = ' fo:font-weight="bold"' if bold else ""
    return f'<style:text-properties style:font-name="{FONT}" fo:font-size="{size:g}pt" fo:color="{colour}"{weight}/>'


def _colour(color: Any) -> str:
    return f"#{color.rgb[-6:]}" if color is not None and isinstance(color.rgb, str) else "#000000"
