"""A paper as an accessible PDF: tagged for PDF/UA-1 and fit for archives (PDF/A-2a), the same bytes each time."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import Any, Final, Literal

from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.messages import spell_date
from ami_scoring.reports.papers.blocks import Block, Grid, Items, PageBreak, Paper, Signature, Text, Title
from ami_scoring.reports.papers.covered import breakable, drawable
from ami_scoring.reports.papers.text import DRAFT

STANDARDS: Final[list[Literal["ua-1", "a-2a"]]] = ["ua-1", "a-2a"]
SMALL: Final = "fiches"
"""The paper set in smaller letters, so that most of its sheets hold on a page."""
WIDE: Final = 12
"""Columns from which a table wants a page on its side."""


class Pdf:
    """Lays papers out, with one compiler for all of them."""

    def __init__(self, letterhead: Letterhead) -> None:
        """Load typst and its fonts. Raises `ImportError` where it is not installed."""
        import typst  # noqa: PLC0415 - only a PDF needs it

        self._letterhead = letterhead
        self._source = files("ami_scoring.reports.papers").joinpath("paper.typ").read_bytes()
        self._compiler = typst.Compiler(self._source, ignore_system_fonts=True)

    def render(self, paper: Paper) -> bytes:
        """Write one paper."""
        data = json.dumps(_data(paper, self._letterhead), ensure_ascii=True)
        made = self._compiler.compile(
            self._source, format="pdf", sys_inputs={"paper": data}, pdf_standards=[*STANDARDS], timestamp=0
        )
        assert isinstance(made, bytes)  # noqa: S101 - one document, asked for in memory
        return made


def _data(paper: Paper, letterhead: Letterhead) -> dict[str, Any]:
    day: date = letterhead.date
    return {
        "title": drawable(paper.title),
        "authority": _laid(letterhead.authority.name),
        "address": [_laid(each) for each in letterhead.authority.address],
        "signed": _laid(f"{letterhead.place}, le {spell_date(day)}"),
        "date": [day.year, day.month, day.day],
        "draft": paper.is_draft,
        "warning": DRAFT,
        "footer": _laid(paper.title),
        "to": [_laid(each) for each in paper.to],
        "subject": _laid(paper.subject),
        "reference": _laid(paper.reference),
        "closing": _laid(letterhead.closing),
        "signatory": _laid(letterhead.signatory.name),
        "quality": _laid(letterhead.signatory.title),
        "small": paper.kind == SMALL,
        "flipped": any(isinstance(each, Grid) and len(each.heads) >= WIDE for each in paper.blocks),
        "blocks": [_block(each) for each in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Title():
            return {"kind": "title", "level": block.level, "text": _laid(block.text)}
        case Text():
            return {"kind": "text", "tone": block.tone.value, "text": _laid(block.text)}
        case Items():
            return {"kind": "items", "texts": [_laid(each) for each in block.texts]}
        case Grid():
            return {
                "kind": "grid",
                "about": _laid(block.about),
                "heads": [_laid(each) for each in block.heads],
                "widths": list(block.widths),
                "rows": [[_laid(cell) for cell in row] for row in block.rows],
            }
        case Signature():
            return {"kind": "signature", "texts": [_laid(each) for each in block.texts]}
        case PageBreak():
            return {"kind": "break"}


def _laid(text: str) -> str:
    return breakable(drawable(text))
