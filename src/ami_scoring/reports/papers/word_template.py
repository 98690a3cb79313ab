"""The letterhead that stands in for an authority's own: plain, in French, with every field; made once a run."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any, Final

_INDENT: Final = 8.5
"""Centimetres from the margin to the address of the applicant, where a window envelope shows it."""
_INK: Final = "1F3864"
_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KEPT: Final = frozenset(
    {
        "Normal",
        "Caption",
        "List Bullet",
        "List",
        "Header",
        "Footer",
        "Default Paragraph Font",
        "Normal Table",
        "No List",
    }
    | {f"Heading {level}" for level in range(1, 5)}
)
"""Styles of the template; the many others that python-docx brings would be read again for each letter."""


@cache
def default_template() -> bytes:
    """Make the template. An authority may save it, put its own heading in it, and give it back."""
    import docx  # noqa: PLC0415 - only Word needs it
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415 - same reason

    document = docx.Document()
    _page(document, Cm)
    _styles(document, Pt, RGBColor)
    for text, look in _LINES:
        paragraph = document.add_paragraph(style=look.get("style"))
        run = paragraph.add_run(text)
        run.bold = look.get("bold")
        if "colour" in look:
            run.font.color.rgb = RGBColor.from_string(look["colour"])
        if "indent" in look:
            paragraph.paragraph_format.left_indent = Cm(_INDENT)
        if "after" in look:
            paragraph.paragraph_format.space_after = Pt(look["after"])
    _footer(document, Pt)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


_LINES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("{{ projet }}", {"bold": True, "colour": "9C1C1C"}),
    ("{{ autorite }}", {"bold": True, "colour": _INK, "after": 0}),
    ("{{ adresse }}", {"after": 12}),
    ("{{ destinataire }}", {"indent": True, "after": 10}),
    ("{{ lieu }}, le {{ date }}", {"indent": True, "after": 14}),
    ("Objet : {{ objet }}", {"bold": True, "after": 0}),
    ("Dossier : {{ reference }}", {"after": 12}),
    ("{{ titre }}", {"style": "Heading 1"}),
    ("{{ corps }}", {}),
    ("{{ formule }}", {"after": 36}),
    ("{{ signataire }}", {"indent": True, "after": 0}),
    ("{{ qualite }}", {"indent": True}),
)


def _page(document: Any, cm: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = cm(21), cm(29.7)
    section.left_margin = section.right_margin = cm(2.2)
    section.top_margin = section.bottom_margin = cm(2)


def _styles(document: Any, pt: Any, colour: Any) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415 - only Word needs it

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", pt(10.5)
    normal.paragraph_format.space_after = pt(6)
    for level, size in ((1, 15), (2, 12.5), (3, 11), (4, 10.5)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = "Calibri", pt(size), True
        style.font.color.rgb = colour.from_string(_INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = pt(12), pt(5)
        for fonts in style.element.xpath(".//w:rFonts"):
            for name in list(fonts.attrib):
                if name.endswith("Theme"):
                    del fonts.attrib[name]
    caption = document.styles["Caption"]
    caption.font.size, caption.font.bold, caption.font.color.rgb = pt(8.5), False, colour.from_string("595959")
    document.styles["List Bullet"].paragraph_format.space_after = pt(3)
    for style in list(document.styles):
        if style.name not in _KEPT and style.type is not None:
            style.delete()
    for latent in document.styles.element.xpath("./w:latentStyles"):
        document.styles.element.remove(latent)
    for defaults in document.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr"):
        for lang in defaults.xpath("./w:lang"):
            defaults.remove(lang)
        defaults.append(parse_xml(f'<w:lang xmlns:w="{_SPACE}" w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/>'))


def _footer(document: Any, pt: Any) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415 - only Word needs it

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("{{ titre }}, page ").font.size = pt(8)
    for name, after in (("PAGE", " / "), ("NUMPAGES", "")):
        field = f'<w:fldSimple xmlns:w="{_SPACE}" w:instr="{name}"><w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
        paragraph._p.append(parse_xml(f"{field}<w:t>1</w:t></w:r></w:fldSimple>"))  # noqa: SLF001 - there is no call for it
        paragraph.add_run(after).font.size = pt(8)
