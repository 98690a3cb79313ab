"""Many files to read, cut into tasks that take much the same time, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from ami_scoring.crew import MOST
from ami_scoring.findings import Finding
from ami_scoring.sources.doors.pieces import LINES, Lines, Piece, Text, size_of
from ami_scoring.sources.files.decoding import MAX_LINES_BYTES, not_text, read_bytes, wide_encoding
from ami_scoring.sources.text.located_json import Stretch

_OPENING: Final = 300
"""What opening a file costs, in bytes of lines that are read meanwhile."""
_SLOWER: Final = 3
"""How many times longer a byte of YAML takes, or of a table, than a byte of lines."""
_LEAST: Final = 32_000
"""Bytes of lines below which taking a task costs more than the wait for the last of them."""


def tasks_of(files: Sequence[Path]) -> list[list[Piece]]:
    """Cut what there is to read into tasks; a long file of lines is cut between some of its lines."""
    works = [_work(path) for path in files]
    each = max(_LEAST, 2 * sum(works) // (MOST - 2))
    tasks, gathered, done = list[list[Piece]](), list[Piece](), 0
    for path, work in zip(files, works, strict=True):
        is_long = path.suffix.lower() == LINES and work > each
        if not is_long:
            gathered.append(Piece(path))
            done += work
        if gathered and (is_long or done >= each):
            tasks.append(gathered)
            gathered, done = [], 0
        if is_long:
            tasks += [[piece] for piece in _cut(path, work // each)]
    return [*tasks, gathered] if gathered else tasks


def _work(path: Path) -> int:
    """Say about how long a file takes, in bytes of lines."""
    size = size_of(path)
    return size if path.suffix.lower() == LINES else _OPENING + _SLOWER * size


def _cut(path: Path, count: int) -> list[Piece]:
    """Cut a file of lines in so many pieces or fewer; it is one piece where it is no such text."""
    data = read_bytes(path, limit=MAX_LINES_BYTES)
    if isinstance(data, Finding) or not_text("not-text", data, str(path)) or wide_encoding(data):
        return [Piece(path)]
    text = Text(data)
    places = [data.find(b"\n", place * len(data) // count) + 1 for place in range(1, count)]
    return [Piece(path, Lines(text, stretch)) for stretch in _stretches(data, places)]


def _stretches(data: bytes, places: Iterable[int]) -> Iterator[Stretch]:
    """Give what lies between places where lines begin, each once and none blank, and the number of its first line."""
    kept = [0]
    for place in places:
        if place > kept[-1] and not data[kept[-1] : place].isspace():
            kept.append(place)
    while len(kept) > 1 and (kept[-1] == len(data) or data[kept[-1] :].isspace()):
        kept.pop()
    first = 1
    for start, stop in pairwise([*kept, None]):
        yield Stretch(start or 0, stop, first)
        first += data.count(b"\n", start, stop)
