"""Where one answer stands in a YAML text of the plainest shape, found by its lines: a parser would read the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from ami_scoring.patterns import late
from ami_scoring.sources.files.document import DataPath, Place

_SAYS: Final = late(r"(?m)^( *)[^\s#]")
_ITEM: Final = "- "
_GROUPS: Final = ("[]", "{}")


class _Line(NamedTuple):
    """A line that says something: where its text begins, its margin, and its text."""

    at: int
    margin: int
    text: str


def seek_plain(text: str, path: DataPath) -> Place | None:
    """Find one answer of a text that `read_plain` reads.

    None for what is left to the parser: a group, a value that is not there, a path that leads nowhere.
    """
    if not path:
        return None
    return _seek_at_margins(text, path) or _seek(_lines(text), path, -1)


def _seek_at_margins(text: str, path: DataPath) -> Place | None:
    """Find one answer that keys alone lead to, each looked for at the margin of its group: no other line is read."""
    end, outer = 0, -1
    for depth, part in enumerate(path):
        first = _SAYS.search(text, end)
        if first is None or isinstance(part, int):
            return None
        margin, at = len(first[1]), first.start()
        if margin <= outer:
            return None
        if not text.startswith(f"{part}:", at + margin):
            at = text.find(f"\n{' ' * margin}{part}:", at) + 1
            if not at or (depth and _less_than(margin).search(text, first.end(), at - 1)):
                return None
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        begins = at + margin + len(part) + 1
        value = text[begins:end].strip(" \r")
        if depth + 1 == len(path):
            if not value or value in _GROUPS:
                return None
            return Place(text.index(value, begins), at + margin)
        if value:
            return None
        outer = margin
    return None


@lru_cache(maxsize=64)
def _less_than(margin: int) -> re.Pattern[str]:
    """Make what finds a line that says something nearer to the edge."""
    return re.compile(rf"\n {{0,{margin - 1}}}[^\s#]")


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        said = line.strip(" \r")
        if said and said[0] != "#":
            margin = line.index(said[0])
            yield _Line(at + margin, margin, said)
        at += len(line) + 1


def _seek(lines: Iterator[_Line], path: DataPath, outer: int) -> Place | None:
    """Find an answer in the group that the next line begins, below a key or an item whose margin is `outer`."""
    part, rest = path[0], path[1:]
    first = next(lines, None)
    is_list = isinstance(part, int)
    if first is None or is_list is not first.text.startswith(_ITEM) or first.margin < outer + (not is_list):
        return None
    margin, number = first.margin, -1
    for line in chain((first,), lines):
        if line.margin > margin:
            continue
        is_item = line.text.startswith(_ITEM)
        if line.margin < margin or (is_list and not is_item):
            return None
        if is_list:
            number += 1
            if number == part:
                item = _Line(line.at + 2, margin + 2, line.text[2:])
                return _seek(chain((item,), lines), rest, margin) if rest else _alone(item)
        elif line.text.startswith(f"{part}:"):
            return _after(line, len(str(part)) + 1, lines, rest)
    return None


def _alone(item: _Line) -> Place | None:
    return None if ":" in item.text or item.text in _GROUPS else Place(item.at)


def _after(line: _Line, length: int, lines: Iterator[_Line], rest: DataPath) -> Place | None:
    """Find what a key says, on its line or in the group below it."""
    value = line.text[length:].lstrip()
    if rest:
        return None if value else _seek(lines, rest, line.margin)
    if not value or value in _GROUPS:
        return None
    return Place(line.at + len(line.text) - len(value), line.at)
