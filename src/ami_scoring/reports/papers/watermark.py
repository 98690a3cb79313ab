"""« PROJET » across every page of a Word document, behind its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ami_scoring.reports.papers.word_fields import margins

if TYPE_CHECKING:
    from docx.document import Document

_SHAPE: Final = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="projet{number}" type="#_x0000_t136" alt="Projet" fillcolor="#e3e3e3" stroked="f" o:allowincell="f" '
    'style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:120pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin"><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" '
    'string="PROJET"/></v:shape></w:pict></w:r>'
)


def mark_draft(document: Document) -> None:
    """Put the word behind every header of a document; one that has none gets one."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - only Word needs it

    first = document.sections[0]
    for header in (first.header, *([first.first_page_header] if first.different_first_page_header_footer else [])):
        if header.is_linked_to_previous:
            header.is_linked_to_previous = False
    for number, part in enumerate(_headers(document), start=1):
        paragraphs = part.element.xpath(".//w:p")
        paragraphs[0].append(parse_xml(_SHAPE.replace("{number}", str(number))))


def _headers(document: Document) -> list[Any]:
    return [part for part in margins(document) if "header" in part.partname]
