"""The blocks of a paper as the XML of a Word text, in the styles of its template where it has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from ami_scoring.reports.papers.blocks import Block, Grid, Items, PageBreak, Paper, Signature, Text, Title, Tone

if TYPE_CHECKING:
    from docx.document import Document

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WIDTH: Final = 9400
"""Twentieths of a point between the margins of an A4 page."""
_SMALL: Final = 15
_TABLE: Final = 18
"""Half-points of the text of tables; small where there are many columns."""
_MANY: Final = 8
_BOLD: Final = "<w:b/>"
_MARK: Final = "•\u00a0"
_QUIET: Final = '<w:color w:val="595959"/><w:sz w:val="17"/>'
_STYLES: Final = {"list": "List Bullet", "caption": "Caption", 2: "Heading 2", 3: "Heading 3", 4: "Heading 4"}


Known = Mapping[Any, str]


def known_styles(document: Document) -> Known:
    """Find the styles of a template that the text asks for, by their ids."""
    ids = {style.name: style.style_id for style in document.styles if style.name}
    return {key: ids[name] for key, name in _STYLES.items() if name in ids}


class Styles:
    """How the text is set: in the styles that the template has, or by hand."""

    def __init__(self, known: Known, holder: Any) -> None:
        """Set plain texts as the paragraph that they take the place of."""
        self._known = known
        runs = holder.xpath("./w:r/w:rPr")
        self.paragraph = holder.pPr
        self.run = runs[0] if runs else None

    def named(self, key: Any) -> str:
        """Write the style of a kind of paragraph; nothing where the template has none."""
        return f'<w:pStyle w:val="{self._known[key]}"/>' if key in self._known else ""

    def has(self, key: Any) -> bool:
        """Say whether the template has a style for a kind of paragraph."""
        return key in self._known


def body_of(paper: Paper, styles: Styles) -> list[Any]:
    """Make the elements of the text of a paper."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - only Word needs it

    xml = "".join(part for block in paper.blocks for part in _block(block, styles))
    made = list(parse_xml(f'<w:body xmlns:w="{_W}">{xml}</w:body>'))
    for element in made:
        _dress(element, styles)
    return made


def _dress(element: Any, styles: Styles) -> None:
    """Give plain paragraphs the look of the one that they take the place of."""
    if not element.tag.endswith("}p") or element.pPr is not None:
        return
    if styles.paragraph is not None:
        element.insert(0, deepcopy(styles.paragraph))
    if styles.run is not None:
        for run in element.xpath("./w:r[not(w:rPr)]"):
            run.insert(0, deepcopy(styles.run))


def _block(block: Block, styles: Styles) -> Iterator[str]:
    match block:
        case Title():
            bold = "" if styles.has(block.level) else "<w:b/>"
            keep = f"<w:pPr>{styles.named(block.level)}<w:keepNext/></w:pPr>"
            yield f"<w:p>{keep}{_run(block.text, bold)}</w:p>"
        case Text():
            look = {Tone.PLAIN: "", Tone.STRONG: "<w:b/>", Tone.QUIET: _QUIET}[block.tone]
            yield f"<w:p>{_run(block.text, look)}</w:p>"
        case Items():
            for text in block.texts:
                yield _item(text, styles)
        case Grid():
            yield from _grid(block, styles)
        case Signature():
            yield from _signatures(block)
        case PageBreak():
            yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _item(text: str, styles: Styles) -> str:
    if styles.has("list"):
        return f"<w:p><w:pPr>{styles.named('list')}</w:pPr>{_run(text)}</w:p>"
    return f'<w:p><w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr>{_run(_MARK + text)}</w:p>'


def _grid(grid: Grid, styles: Styles) -> Iterator[str]:
    size = _SMALL if len(grid.heads) >= _MANY else _TABLE
    whole = sum(map(abs, grid.widths))
    widths = [_WIDTH * abs(width) // whole for width in grid.widths]
    rights = [width < 0 for width in grid.widths]
    look = "" if styles.has("caption") else _QUIET
    yield f"<w:p><w:pPr>{styles.named('caption')}<w:keepNext/></w:pPr>{_run(grid.about, look)}</w:p>"
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_BORDERS}<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val={quoteattr(grid.about)}/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    yield _row(grid.heads, widths, rights, size, heads=True)
    for row in grid.rows:
        yield _row(row, widths, rights, size, heads=False)
    yield "</w:tbl><w:p/>"


_LINE: Final = 'w:val="single" w:sz="4" w:color="BEBEBE"'
_BORDERS: Final = f"<w:tblBorders><w:top {_LINE}/><w:bottom {_LINE}/><w:insideH {_LINE}/></w:tblBorders>"


def _row(cells: tuple[str, ...], widths: list[int], rights: list[bool], size: int, *, heads: bool) -> str:
    look = f'{_BOLD if heads else ""}<w:sz w:val="{size}"/>'
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E8EDF5"/>' if heads else ""
    made = []
    for text, width, right in zip(cells, widths, rights, strict=True):
        side = '<w:jc w:val="right"/>' if right else ""
        paragraph = f'<w:p><w:pPr><w:spacing w:before="30" w:after="30"/>{side}</w:pPr>{_run(text, look)}</w:p>'
        made.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{paragraph}</w:tc>')
    kept = "<w:cantSplit/><w:tblHeader/>" if heads else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{kept}</w:trPr>{''.join(made)}</w:tr>"


def _signatures(block: Signature) -> Iterator[str]:
    width = _WIDTH // len(block.texts)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{_run(text)}</w:p></w:tc>'
        for text in block.texts
    )
    columns = f'<w:gridCol w:w="{width}"/>' * len(block.texts)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="1600"/></w:trPr>{cells}</w:tr></w:tbl><w:p/>'
    )


def _run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
