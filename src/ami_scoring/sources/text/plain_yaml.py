"""YAML of the plainest shape, as forms and most people write it, in one pass over its lines.

One document: blocks indented by spaces, one key, item or value on each line, and values that stand alone, plain or
between quotes without an escape. Whatever else YAML allows or forbids is not decided here: `located_yaml` reads it.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from ami_scoring.domain.composing import in_form
from ami_scoring.patterns import late
from ami_scoring.sources.files.document import Data

MAX_LENGTH: Final = 100_000
"""Characters beyond which a text is not of this shape: so far it has fewer parts, and less deep, than are refused."""
_MAX_DEPTH: Final = 20
_GROUPS: Final = ("[]", "{}")
_NULLS: Final = ("", "null")
_LINE: Final = late(
    r"( *)(- )?(?:([A-Za-z_][\w-]{0,99}):(?: +|(?=\n)))?"
    r"""("[^"\\\n]*"|'[^'\n]*'|\[\]|\{\}|[^\W_](?:[^:#\n]*[^:#\s])?)? *\n"""
    r"|(.*\n)"
)
"""A margin, the mark of an item, a key and a value; or the whole of a line that has none of them, or is otherwise."""


class PlainDocument(NamedTuple):
    """The only document of a text, and the row of its first key, from 0."""

    data: dict[str, Data]
    row: int


def read_plain(text: str, *, is_ordinary: bool = False) -> PlainDocument | None:
    """Read a text of the plainest shape, whose keys differ; None for any other, right or wrong.

    One that is known to be ordinary has no unseen character but no-break spaces and the ends of its lines.
    """
    if len(text) > MAX_LENGTH:
        return None
    text = text.replace("\r\n", "\n") + ("" if text.endswith("\n") else "\n")
    # Every character that people see, and the space: no tab, no-break space or command, of which some mean something.
    if any(sign in text for sign in "\r\u00a0\u202f") if is_ordinary else not text.replace("\n", "").isprintable():
        return None
    builder = _Builder()
    take, first = builder.take, None
    for row, (margin, dash, key, value, other) in enumerate(_LINE.findall(text)):
        if dash or key:
            if not take(len(margin), dash, key, value):
                return None
            first = row if first is None else first
        elif value or other.strip()[:1] not in {"", "#"}:
            return None
    return None if first is None else PlainDocument(builder.data, first)


class _Builder:
    """Fills the groups of a document line by line."""

    def __init__(self) -> None:
        self.data: dict[str, Data] = {}
        self._column = 0
        """Where the lines of the innermost group begin."""
        self._group: Any = self.data
        self._outer: list[tuple[int, Any]] = []
        """The groups around it, outermost first, each with its column."""
        self._empty: tuple[int, dict[str, Data], str] | None = None
        """The key of the line before, where it has no value: a group may follow."""

    def take(self, column: int, dash: str, key: str, written: str) -> bool:
        """Take one line; False where it is not of this shape."""
        empty, self._empty = self._empty, None
        is_list = dash != ""
        if empty is not None and (column > empty[0] or (is_list and column == empty[0])):
            self._open(column, [] if is_list else {})
            empty[1][empty[2]] = self._group
        elif (column != self._column or is_list is not isinstance(self._group, list)) and not self._back(
            column, is_list
        ):
            return False
        if is_list:
            if not key:
                self._group.append(_value(written))
                return written != ""
            items, column = self._group, column + 2
            self._open(column, {})
            items.append(self._group)
        if key in self._group or key == "null" or len(self._outer) > _MAX_DEPTH:
            return False
        self._group[key] = _value(written)
        if not written:
            self._empty = (column, self._group, key)
        return True

    def _open(self, column: int, group: Any) -> None:
        self._outer.append((self._column, self._group))
        self._column, self._group = column, group

    def _back(self, column: int, is_list: bool) -> bool:  # noqa: FBT001 - one caller
        """Leave the groups that a line does not belong to; False where it belongs to none."""
        while self._outer and (column < self._column or (column == self._column and not is_list)):
            self._column, self._group = self._outer.pop()
            if column == self._column and is_list is isinstance(self._group, list):
                return True
        return False


def _value(written: str) -> Data:
    """Give what a value says; None where nothing is written."""
    if written[:1] in {'"', "'"}:
        return in_form("NFC", written[1:-1])
    if written in _GROUPS:
        return [] if written == "[]" else {}
    return None if written in _NULLS else in_form("NFC", written)
