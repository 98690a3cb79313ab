"""A paper as plain text: what is read where Word and PDF are not installed, and what tests compare."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.messages import spell_date
from ami_scoring.reports.papers.blocks import Block, Grid, Items, PageBreak, Paper, Signature, Text, Title

WIDTH: Final = 100
DRAFT: Final = "PROJET : rien de ce que dit ce document n'est décidé tant que la décision n'est pas enregistrée."


def as_text(paper: Paper, letterhead: Letterhead) -> str:
    """Write a paper on lines of at most 100 columns."""
    return "\n".join(_lines(paper, letterhead)).rstrip() + "\n"


def _lines(paper: Paper, letterhead: Letterhead) -> Iterator[str]:
    if paper.is_draft:
        yield from (DRAFT, "")
    yield from (letterhead.authority.name, *letterhead.authority.address, "")
    if paper.to:
        yield from (*_wrapped("\n".join(paper.to)), "")
    yield from (f"{letterhead.place}, le {spell_date(letterhead.date)}", "")
    yield from (f"Objet : {paper.subject}", f"Dossier : {paper.reference}") if paper.to else ()
    yield from (paper.title, "=" * min(len(paper.title), WIDTH), "")
    for block in paper.blocks:
        yield from _block(block)
        yield ""
    if paper.to:
        yield from (*_wrapped(letterhead.closing), "", letterhead.signatory.name, letterhead.signatory.title)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield f"{'#' * (block.level - 1)} {block.text}"
        case Text():
            yield from _wrapped(block.text)
        case Items():
            for text in block.texts:
                yield from textwrap.wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")
        case Grid():
            yield f"[{block.about}]"
            yield " | ".join(block.heads)
            yield from (" | ".join(row) for row in block.rows)
        case Signature():
            yield "        ".join(block.texts)
        case PageBreak():
            yield "-" * WIDTH


def _wrapped(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, WIDTH, break_on_hyphens=False) or [""]
