"""What each process reads of many files: shares that take much the same time, in the order of the files."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from ami_scoring.findings import Finding
from ami_scoring.sources.doors.pieces import LINES, Lines, Piece, Text, size_of
from ami_scoring.sources.files.decoding import MAX_LINES_BYTES, not_text, read_bytes, wide_encoding
from ami_scoring.sources.text.located_json import Stretch

_OPENING: Final = 300
"""What opening a file costs, in bytes of lines that are read meanwhile."""
_SLOWER: Final = 3
"""How many times longer a byte of YAML takes, or of a table, than a byte of lines."""
_FIRST: Final = 1.6
"""How many times as much the first process reads as each other, which also packs what it read."""


def shared_out(files: Sequence[Path], count: int) -> list[list[Piece]]:
    """Share files out between so many processes; a long file of lines is cut between two of its lines."""
    works = [_work(path) for path in files]
    each = sum(works) / (count - 1 + _FIRST)
    ends = [each * (_FIRST + place) for place in range(count - 1)]
    shares: list[list[Piece]] = [[] for _ in range(count)]
    before = 0
    for path, work in zip(files, works, strict=True):
        after = before + work
        first, last = bisect(ends, before), bisect(ends, after - 1)
        cuts = [(end - before) / work for end in ends[first:last]]
        if path.suffix.lower() == LINES and cuts:
            for place, piece in enumerate(_cut(path, cuts)):
                shares[first + place].append(piece)
        else:
            shares[bisect(ends, (before + after) / 2)].append(Piece(path))
        before = after
    return [share for share in shares if share]


def _work(path: Path) -> int:
    """Say about how long a file takes, in bytes of lines."""
    size = size_of(path)
    return size if path.suffix.lower() == LINES else _OPENING + _SLOWER * size


def _cut(path: Path, cuts: Sequence[float]) -> list[Piece]:
    """Cut a file of lines about there; it is one piece where it is no such text, or where a piece would be empty."""
    data = read_bytes(path, limit=MAX_LINES_BYTES)
    if isinstance(data, Finding) or not_text("not-text", data, str(path)) or wide_encoding(data):
        return [Piece(path)]
    text = Text(data)
    stretches = list(_stretches(data, [data.find(b"\n", int(cut * len(data))) + 1 for cut in cuts]))
    if any(data[stretch.start : stretch.stop].isspace() for stretch in stretches):
        return [Piece(path)]
    return [Piece(path, Lines(text, stretch)) for stretch in stretches]


def _stretches(data: bytes, places: Sequence[int]) -> Iterator[Stretch]:
    """Give what lies between places where lines begin, each once, and the number of the first line of each."""
    kept = sorted({place for place in places if 0 < place < len(data)})
    first = 1
    for start, stop in pairwise([0, *kept, None]):
        yield Stretch(start or 0, stop, first)
        first += data.count(b"\n", start, stop)
