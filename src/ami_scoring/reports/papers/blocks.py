"""What a paper says, before any format: titles, paragraphs, lists, tables, in the order that they are read.

Every text is made fit to be shown as it enters: on one line, what cannot be seen spelt out, French spaces in place.
Markup, braces or formulas typed by an applicant are characters like any other, since no format reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from ami_scoring.messages import Message, printable, typeset

_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
_NUMBERED: Final = re.compile(r"\b([ALR]\.\*?|no) (?=\d)")
"""The letter of an article and what announces a number: neither ends a line."""
TITLE_MOST: Final = 160
"""Characters of a title beyond which nobody reads it: the whole is in the text below."""
_CUT: Final = " […]"


class Tone(StrEnum):
    """How much a paragraph stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"


class Title(NamedTuple):
    """A heading; the title of the paper is of level 1, and its own first headings of level 2."""

    level: int
    text: str


class Text(NamedTuple):
    """A paragraph."""

    text: str
    tone: Tone = Tone.PLAIN


class Items(NamedTuple):
    """A list with a mark before each of its texts."""

    texts: tuple[str, ...]


class Grid(NamedTuple):
    """A table with a row of headers, and what it holds in one sentence."""

    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """The share of the width that each column has; a negative one is set to the right, as numbers are."""


class Signature(NamedTuple):
    """Where people sign: under each text, room for a hand."""

    texts: tuple[str, ...]


class PageBreak(NamedTuple):
    """What follows begins a page."""


Block = Title | Text | Items | Grid | Signature | PageBreak


class Paper(NamedTuple):
    """One paper: what it is called, to whom it goes, what it says."""

    file: str
    """Where it is written, without a suffix: `lettres/AMI-V1-01`."""
    kind: str
    """What chooses its template: `lettre-retenue`, `proces-verbal`."""
    title: str
    blocks: tuple[Block, ...]
    is_draft: bool
    """Whether it says « projet » across the page: what it announces is not decided yet."""
    to: tuple[str, ...] = ()
    subject: str = ""
    reference: str = ""


class Writer:
    """Gathers the blocks of a paper."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.blocks: list[Block] = []

    def title(self, text: str | Message, level: int = 2) -> None:
        """Add a heading."""
        self.blocks.append(Title(level, heading(text)))

    def say(self, text: str | Message, tone: Tone = Tone.PLAIN) -> None:
        """Add a paragraph; nothing where there is nothing to say."""
        if said := shown(text):
            self.blocks.append(Text(said, tone))

    def list(self, texts: Iterable[str | Message]) -> None:
        """Add a list, in which each thing is said once."""
        if said := tuple(dict.fromkeys(filter(None, map(shown, texts)))):
            self.blocks.append(Items(said))

    def table(self, about: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | Message]]) -> None:
        """Add a table of named columns with their widths; nothing without rows."""
        cells = tuple(tuple(shown(cell) for cell in row) for row in rows)
        if cells:
            heads, widths = zip(*columns, strict=True)
            self.blocks.append(Grid(shown(about), tuple(map(shown, heads)), cells, widths))

    def sign(self, texts: Iterable[str]) -> None:
        """Add room for signatures."""
        self.blocks.append(Signature(tuple(map(shown, texts))))

    def turn_page(self) -> None:
        """Begin a page."""
        self.blocks.append(PageBreak())


def shown(text: str | Message) -> str:
    """Make a text fit to be shown whole."""
    return _NUMBERED.sub("\\1\u00a0", typeset(printable(_SPACES.sub(" ", str(text)).strip(" "))))


def heading(text: str | Message) -> str:
    """Make a text fit for a heading, cut where nobody would read on."""
    said = shown(text)
    return said if len(said) <= TITLE_MOST else said[: TITLE_MOST - len(_CUT)] + _CUT


def capital(text: str | Message) -> str:
    """Begin a sentence with a capital."""
    said = str(text)
    return said[:1].upper() + said[1:]


def stopped(text: str | Message) -> str:
    """Write a sentence with its capital and its full stop."""
    said = capital(text).rstrip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
