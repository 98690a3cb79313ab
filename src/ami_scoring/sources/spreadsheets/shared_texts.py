"""The texts that the sheets of an Excel workbook share, most of them plain and read many at once."""

from __future__ import annotations

import re
from typing import Final

from ami_scoring.sources.spreadsheets.cells import unescape
from ami_scoring.sources.spreadsheets.packages import Package
from ami_scoring.sources.spreadsheets.xml_parts import TEXT, Handlers, Rows, parse_part, spell_text

_TEXT_BEGINS: Final = re.compile(rb"<si>")
_TEXT_ENDS: Final = b"</si>"
_PLAIN_TEXT: Final = re.compile(rb'<si><t(?: xml:space="preserve")?+>(' + TEXT + rb")</t></si>\s*+")
_PLAIN_TEXTS: Final = re.compile(b"(?:" + _PLAIN_TEXT.pattern + b")++")


def read_texts(package: Package, name: str) -> tuple[str, ...]:
    """Read the texts that sheets share; how to pronounce them is left out."""
    found: list[str] = []
    parts: list[str] = []
    phonetic = inside = open_ = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal phonetic, inside, open_
        tag = tag.rpartition(":")[2]
        if tag == "rPh":
            phonetic = True
        elif tag == "si":
            parts.clear()
            open_ = True
        inside = tag == "t" and not phonetic

    def end(tag: str) -> None:
        nonlocal phonetic, inside, open_
        tag = tag.rpartition(":")[2]
        inside = False
        if tag == "rPh":
            phonetic = False
        elif tag == "si":
            open_ = False
            found.append(unescape("".join(parts)))

    def characters(text: str) -> None:
        if inside:
            parts.append(text)

    def take(piece: bytes) -> bool:
        if open_ or not _PLAIN_TEXTS.fullmatch(piece):
            return False
        texts = [spell_text(raw) for raw in _PLAIN_TEXT.findall(piece)]
        if any(text is None for text in texts):
            return False
        found.extend(unescape(text or "") for text in texts)
        return True

    parse_part(package, name, Handlers(start, end, characters), Rows(_TEXT_BEGINS, _TEXT_ENDS, take, _PLAIN_TEXTS))
    return tuple(found)
