"""A form made by openpyxl → the bytes of an .ods that LibreOffice opens as its own; the same for the same content."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ami_scoring.reports.form.open_checks import validation_xml
from ami_scoring.reports.form.open_sheet import sheet_xml
from ami_scoring.reports.form.open_styles import Styles, missing_style
from ami_scoring.reports.form.package import LONG_AGO
from ami_scoring.reports.form.styles import FONT

if TYPE_CHECKING:
    from openpyxl import Workbook

MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES: Final = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        **{
            each: f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"
            for each in ("office", "table", "text", "style", "meta", "config", "manifest")
        },
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
        "ooo": "http://openoffice.org/2004/office",
    }.items()
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FONTS: Final = (
    f'<office:font-face-decls><style:font-face style:name="{FONT}" svg:font-family="{FONT}, Carlito"/>'
    "</office:font-face-decls>"
)
_CALCULATION: Final = (
    '<table:calculation-settings table:case-sensitive="false" table:automatic-find-labels="false" '
    'table:use-regular-expressions="false" table:use-wildcards="true" '
    'table:search-criteria-must-apply-to-whole-cell="true"/>'
)
"""Criteria mean what they mean in Excel: whole cells, wildcards, and no regular expressions."""


def packed_open(book: Workbook) -> bytes:
    """Write the sheets of a workbook as an OpenDocument one, without the time of day."""
    parts = {
        "content.xml": _content(book),
        "styles.xml": _styles(book.worksheets[0]),
        "settings.xml": _settings(book.worksheets[0]),
        "meta.xml": _meta(book),
    }
    final = BytesIO()
    with ZipFile(final, "w", ZIP_DEFLATED) as target:
        for name, text in (("mimetype", MIME), *parts.items(), ("META-INF/manifest.xml", _manifest(parts))):
            info = ZipInfo(name, LONG_AGO)
            # The type comes first and unpacked: this is how the file is known for what it is.
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            target.writestr(info, text)
    return final.getvalue()


def _content(book: Workbook) -> str:
    styles = Styles()
    checks: list[str] = []
    sheets: list[str] = []
    for sheet in book.worksheets:
        placed: dict[tuple[int, int], str] = {}
        for check in sheet.data_validations.dataValidation:
            name = f"val{len(checks) + 1}"
            checks.append(validation_xml(check, name, sheet.title))
            placed.update(_cells_of(check, name))
        last = max([sheet.max_row, *(row for row, _ in placed)])
        sheets.append(sheet_xml(sheet, styles, placed, last))
    tables = (
        '<style:style style:name="taVue" style:family="table" style:master-page-name="Default">'
        '<style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="taCachee" style:family="table" style:master-page-name="Default">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    return (
        f'{_HEAD}<office:document-content {_NAMES} office:version="1.3">{_FONTS}'
        f"<office:automatic-styles>{styles.declared}{tables}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{_CALCULATION}"
        f"<table:content-validations>{''.join(checks)}</table:content-validations>"
        f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )


def _cells_of(check: Any, name: str) -> dict[tuple[int, int], str]:
    return {
        (row, column): name
        for each in check.sqref.ranges
        for row in range(each.min_row, each.max_row + 1)
        for column in range(each.min_col, each.max_col + 1)
    }


def _styles(sheet: Any) -> str:
    landscape = sheet.page_setup.orientation == "landscape"
    width, height = ("29.7cm", "21cm") if landscape else ("21cm", "29.7cm")
    scale = sheet.page_setup.scale or 100
    margins = {side: getattr(sheet.page_margins, side) for side in ("left", "right", "top", "bottom")}
    around = " ".join(f'fo:margin-{side}="{inches * 2.54:.2f}cm"' for side, inches in margins.items())
    foot = escape(sheet.oddFooter.left.text or "").replace("&amp;&amp;", "&amp;")
    return (
        f'{_HEAD}<office:document-styles {_NAMES} office:version="1.3">{_FONTS}<office:styles>'
        '<style:default-style style:family="table-cell"><style:text-properties style:font-name="'
        f'{FONT}" fo:font-size="11pt" fo:language="fr" fo:country="FR"/></style:default-style>'
        '<style:style style:name="Default" style:family="table-cell"/>'
        f"{missing_style()}</office:styles><office:automatic-styles>"
        '<style:page-layout style:name="pm1"><style:page-layout-properties '
        f'fo:page-width="{width}" fo:page-height="{height}" style:print-orientation="{sheet.page_setup.orientation}" '
        f'{around} style:scale-to="{scale}%" style:table-centering="horizontal"/>'
        '<style:header-style/><style:footer-style><style:header-footer-properties fo:min-height="0.7cm" '
        'fo:margin-top="0.2cm"/></style:footer-style></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm1">'
        '<style:header style:display="false"/><style:footer>'
        f"<style:region-left><text:p>{foot}</text:p></style:region-left>"
        "<style:region-right><text:p>Page <text:page-number/> sur <text:page-count/></text:p></style:region-right>"
        "</style:footer></style:master-page></office:master-styles></office:document-styles>"
    )


def _settings(sheet: Any) -> str:
    frozen = ""
    if sheet.freeze_panes:
        from openpyxl.utils.cell import coordinate_to_tuple  # noqa: PLC0415

        row, column = coordinate_to_tuple(sheet.freeze_panes)
        items = {"HorizontalSplitMode": 2, "VerticalSplitMode": 2}
        items |= {"HorizontalSplitPosition": column - 1, "VerticalSplitPosition": row - 1}
        items |= {"ActiveSplitRange": 3, "PositionRight": column - 1, "PositionBottom": row - 1}
        kinds: Mapping[str, str] = {"HorizontalSplitMode": "short", "VerticalSplitMode": "short"}
        frozen = "".join(
            f'<config:config-item config:name="{name}" config:type="{kinds.get(name, "int")}">{value}'
            "</config:config-item>"
            for name, value in items.items()
        )
    grid = "true" if sheet.sheet_view.showGridLines is not False else "false"
    return (
        f'{_HEAD}<office:document-settings {_NAMES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed '
        'config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        f'<config:config-item-map-named config:name="Tables"><config:config-item-map-entry '
        f'config:name="{escape(sheet.title)}">{frozen}<config:config-item config:name="ShowGrid" '
        f'config:type="boolean">{grid}</config:config-item></config:config-item-map-entry>'
        "</config:config-item-map-named>"
        f'<config:config-item config:name="ActiveTable" config:type="string">{escape(sheet.title)}'
        f'</config:config-item><config:config-item config:name="ShowGrid" config:type="boolean">{grid}'
        "</config:config-item></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _meta(book: Workbook) -> str:
    return (
        f'{_HEAD}<office:document-meta {_NAMES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(book.properties.title or '')}</dc:title>"
        f"<meta:initial-creator>{escape(book.properties.creator or '')}</meta:initial-creator>"
        "</office:meta></office:document-meta>"
    )


def _manifest(parts: Mapping[str, str]) -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in parts
    )
    return (
        f'{_HEAD}<manifest:manifest {_NAMES} manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
        f"{entries}</manifest:manifest>"
    )
