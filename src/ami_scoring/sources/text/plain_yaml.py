"""YAML of the plainest shape, as forms and most people write it, in one pass over its lines.

One document: blocks indented by spaces, one key, item or value on each line, and values that stand alone, plain or
between quotes without an escape. Whatever else YAML allows or forbids is not decided here: `located_yaml` reads it.
"""

from types import NoneType
from typing import Any, Final, NamedTuple

from ami_scoring.domain.composing import in_form
from ami_scoring.domain.primitives import MOST_REMEMBERED
from ami_scoring.patterns import late
from ami_scoring.sources.files.document import Data

MAX_LENGTH: Final = 100_000
"""Characters beyond which a text is not of this shape: so far it has fewer parts, and less deep, than are refused."""
_MAX_DEPTH: Final = 20
_SHORT: Final = 100
"""Characters up to which a line is likely to come back, and costs nothing to remember."""
_MADE: Final[dict[str, type[Any]]] = {"[]": list, "{}": dict, "": NoneType}
"""What is made anew at each line that says so: empty groups, and nothing at all where no value is written."""
_LINE: Final = late(
    r"( *)(- )?(?:([A-Za-z_][\w-]{0,99}):(?: +|(?=\n)))?"
    r"""("[^"\\\n]*"|'[^'\n]*'|\[\]|\{\}|[^\W_](?:[^:#\n]*[^:#\s])?)? *\n"""
    r"|(.*\n)"
)
"""A margin, the mark of an item, a key and a value; or the whole of a line that has none of them, or is otherwise."""
_Line = tuple[int, bool, str, str | type[Any] | None]
"""Where a line begins, whether it is an item, its key or none, and its value, or the type of what is made of it."""


class PlainDocument(NamedTuple):
    """The only document of a text, and the row of its first key, from 0."""

    data: dict[str, Data]
    row: int


class _NotPlainError(Exception):
    """Raised where a text is not of this shape."""


def read_plain(text: str, *, is_ordinary: bool = False) -> PlainDocument | None:
    """Read a text of the plainest shape, whose keys differ; None for any other, right or wrong.

    One that is known to be ordinary has no unseen character but no-break spaces and the ends of its lines.
    """
    if len(text) > MAX_LENGTH:
        return None
    text = text.replace("\r\n", "\n").removesuffix("\n")
    # Every character that people see, and the space: no tab, no-break space or command, of which some mean something.
    if any(sign in text for sign in "\r\u00a0\u202f") if is_ordinary else not text.replace("\n", "").isprintable():
        return None
    builder = _Builder()
    take, first = builder.take, None
    try:
        for row, line in enumerate(map(_lines.__getitem__, text.split("\n"))):
            if line is not None:
                take(*line)
                first = row if first is None else first
    except _NotPlainError:
        return None
    return None if first is None else PlainDocument(builder.data, first)


class _Lines(dict[str, _Line | None]):
    """What lines say, whatever is around them: many files share most of theirs. None for a blank, or a comment."""

    def __missing__(self, line: str) -> _Line | None:
        ((margin, dash, key, value, other),) = _LINE.findall(line + "\n")
        if not (dash or key) and (value or other.strip()[:1] not in {"", "#"}):
            raise _NotPlainError
        read = (len(margin), dash != "", key, _value(value)) if dash or key else None
        if len(line) <= _SHORT:
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            self[line] = read
        return read


_lines: Final = _Lines()


class _Builder:
    """Fills the groups of a document line by line. Raises `_NotPlainError` at one that is not of this shape."""

    def __init__(self) -> None:
        self.data: dict[str, Data] = {}
        self._column = 0
        """Where the lines of the innermost group begin."""
        self._group: Any = self.data
        self._outer: list[tuple[int, Any]] = []
        """The groups around it, outermost first, each with its column."""
        self._empty: tuple[int, dict[str, Data], str] | None = None
        """The key of the line before, where it has no value: a group may follow."""

    def take(self, column: int, is_item: bool, key: str, value: Any) -> None:  # noqa: FBT001 - one caller
        """Take one line."""
        empty = self._empty
        if empty is not None and (column > empty[0] or (is_item and column == empty[0])):
            self._open(column, [] if is_item else {})
            empty[1][empty[2]] = self._group
        elif column != self._column or is_item is not (type(self._group) is list):
            self._back(column, is_list=is_item)
        self._empty = None
        is_written = value is not NoneType
        if type(value) is type:
            value = value()
        if is_item:
            if not key:
                if not is_written:
                    raise _NotPlainError
                self._group.append(value)
                return
            items, column = self._group, column + 2
            self._open(column, {})
            items.append(self._group)
        group = self._group
        if key in group or key == "null" or len(self._outer) > _MAX_DEPTH:
            raise _NotPlainError
        group[key] = value
        if not is_written:
            self._empty = (column, group, key)

    def _open(self, column: int, group: Any) -> None:
        self._outer.append((self._column, self._group))
        self._column, self._group = column, group

    def _back(self, column: int, *, is_list: bool) -> None:
        """Leave the groups that a line does not belong to."""
        while self._outer and (column < self._column or (column == self._column and not is_list)):
            self._column, self._group = self._outer.pop()
            if column == self._column and is_list is (type(self._group) is list):
                return
        raise _NotPlainError


def _value(written: str) -> str | type[Any] | None:
    """Give what a value says."""
    if written[:1] in {'"', "'"}:
        return in_form("NFC", written[1:-1])
    if written in _MADE:
        return _MADE[written]
    return None if written == "null" else in_form("NFC", written)
