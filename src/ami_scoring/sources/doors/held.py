"""How many candidatures a text that nobody can read may hold at most: each is one more rival.

Documents are counted by what parts them, and by the key that each of them has; the lines of a table, one by one. What
is written between is not looked at: it is what cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ami_scoring.findings import Finding
from ami_scoring.patterns import late
from ami_scoring.sources.files.decoding import Source, read_bytes
from ami_scoring.sources.files.folders import SPREADSHEETS

_DOCUMENT_MARK = late(r"(?<![^\r\n])---(?!\S)")
_JSON_MARK = late(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},]')
_DEPTHS = {"[": 1, "{": 1, "]": -1, "}": -1}
_REFERENCE = late(r"""(?<![\w.])["']?reference["']?[ \t]*:""")


def bounds(source: Source) -> list[tuple[int, int]]:
    """Find where documents end in a text: at the commas of a JSON array, or at the marks of a YAML stream."""
    if not source.path.lower().endswith(".json"):
        places = [found.start() for found in _DOCUMENT_MARK.finditer(source.text)]
    elif source.text.lstrip().startswith("["):
        places = list(_commas_between_items(source.text))
    else:
        places = []
    return [(where.line or 1, where.column or 1) for where in map(source.at, places)]


def _commas_between_items(text: str) -> Iterator[int]:
    depth = 0
    for found in _JSON_MARK.finditer(text):
        depth += _DEPTHS.get(found[0], 0)
        if found[0] == "," and depth == 1:
            yield found.start()


def most_held(source: Source | None, path: Path) -> int:
    """Count the candidatures that a file may hold at most; one, where it cannot even be opened."""
    if source is not None:
        parts = len(bounds(source)) + (not source.text.lstrip().startswith("---"))
        return max(1, parts, sum(1 for _ in _REFERENCE.finditer(source.text)))
    if path.suffix.lower() not in SPREADSHEETS:
        return 1
    data = read_bytes(path)
    if isinstance(data, Finding):
        return 1
    from ami_scoring.sources.spreadsheets.intake import lines_held  # noqa: PLC0415 - tables only

    return max(1, lines_held(data, path))
