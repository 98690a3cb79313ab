"""The texts that the sheets of an Excel workbook share, most of them plain and read many at once."""

from __future__ import annotations

import re
from typing import Final

from ami_scoring.sources.spreadsheets.cells import unescape
from ami_scoring.sources.spreadsheets.packages import Package
from ami_scoring.sources.spreadsheets.xml_parts import MAX_CELLS, TEXT, Handlers, Rows, parse_part, spell_text, too_much

_SEAM: Final = b"\x1f"
"""A character that no text of XML holds, to read many texts as one."""
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
        raw = None if open_ else _PLAIN_TEXT.findall(piece)
        whole = None if raw is None else spell_text(_SEAM.join(raw))
        if raw is None or whole is None:
            return False
        texts = whole.split(_SEAM.decode()) if raw else []
        found.extend(map(unescape, texts) if "_x" in whole else texts)
        if len(found) > MAX_CELLS:
            raise too_much(package.path)
        return True

    parse_part(package, name, Handlers(start, end, characters), Rows(_TEXT_BEGINS, _TEXT_ENDS, take, _PLAIN_TEXTS))
    return tuple(found)
