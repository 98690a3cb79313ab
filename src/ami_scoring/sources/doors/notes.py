"""What a process notes of files that it reads, for rooms to be told of it in the order of the files."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from ami_scoring.domain.entries import Entry, Origin, Refusal
from ami_scoring.findings import Finding, Tally
from ami_scoring.scoring.marks import Identity
from ami_scoring.sources.doors.ahead import packed, unpacked
from ami_scoring.sources.doors.packing import Packer, Unpacker, dumped, undumped
from ami_scoring.sources.doors.pieces import Piece, Reading
from ami_scoring.sources.doors.room import MAX_RECORDS, Found, Loaded, Room

CALLS: Final = 3
"""Parts of a note: calls to a room, what is known ahead and what identifies; a plain one has four, its line first."""
_OF_A_PLAIN_ONE: Final = 3
"""Calls about a document of which nothing is said: to turn to it, to ask for room, to keep it."""
Notes = Sequence[tuple[str, Sequence[Any]]]
"""Of each piece, the digest of its file, and a note for each of its documents."""
Call = tuple[Any, ...]
"""What a room is told: by which of its methods, and with what."""


class Writer(Protocol):
    """Writes what is noted."""

    def entry(self, entry: Entry) -> Any:
        """Write a candidature."""

    def found(self, found: Found | None) -> Any:
        """Write what is known ahead of it."""

    def identity(self, identity: Identity | None) -> Any:
        """Write what identifies it."""

    def calls(self, calls: Sequence[Call]) -> Any:
        """Write calls to a room."""


class Reader(Protocol):
    """Reads what was noted."""

    def entry(self, written: Any, origin: Origin, line: int, refused: tuple[Refusal, ...]) -> Entry:
        """Read a candidature of a file, of which some answers are refused."""

    def found(self, written: Any, entry: Entry) -> Found:
        """Read what is known ahead of it."""

    def identity(self, written: Any) -> Identity:
        """Read what identifies it."""

    def calls(self, written: Any) -> Iterable[Call]:
        """Read calls to a room."""


class Packing:
    """Writes notes in plain values, for another process."""

    def __init__(self, packer: Packer) -> None:
        """Pack by this one."""
        self._packer = packer
        self._calls: list[Sequence[Call]] = []

    def table(self) -> bytes:
        """Give what `Unpacking` needs to know to read all that was written since the last time.

        Calls to rooms are written together: findings of one kind share most of what they say.
        """
        calls, self._calls = self._calls, []
        return marshal.dumps((self._packer.table(), dumped(calls) if calls else b""), 2)

    def entry(self, entry: Entry) -> Any:
        """Write a candidature."""
        return self._packer.candidature(entry.candidature)

    def found(self, found: Found | None) -> Any:
        """Write what is known ahead of it."""
        return packed(found, self._packer)

    def identity(self, identity: Identity | None) -> Any:
        """Write what identifies it."""
        return None if identity is None else tuple(identity)

    def calls(self, calls: Sequence[Call]) -> Any:
        """Write calls to a room: by their number among those that are written together."""
        self._calls.append(calls)
        return len(self._calls) - 1


class Unpacking:
    """Reads notes that another process wrote."""

    def __init__(self, unpacker: Unpacker, table: bytes) -> None:
        """Unpack by this one what was written with a table; each of them is taken in once, and in order."""
        packed, calls = marshal.loads(table)  # noqa: S302 - written by a copy of this process
        unpacker.learn(packed)
        self._unpacker, self._calls = unpacker, undumped(calls) if calls else []

    def entry(self, written: Any, origin: Origin, line: int, refused: tuple[Refusal, ...]) -> Entry:
        """Read a candidature of a file, of which some answers are refused."""
        return Entry(self._unpacker.candidature(written), Origin(origin.path, origin.sha256, line), refused)

    def found(self, written: Any, entry: Entry) -> Found:
        """Read what is known ahead of it."""
        return unpacked(written, self._unpacker, entry)

    def identity(self, written: Any) -> Identity:
        """Read what identifies it."""
        return Identity(*written)

    def calls(self, written: Any) -> Iterable[Call]:
        """Read calls to a room."""
        calls: Iterable[Call] = self._calls[written]
        return calls


class Here:
    """Writes notes as they are, for the process that reads them itself."""

    def entry(self, entry: Entry, *_: object) -> Any:
        """Give a candidature back."""
        return entry

    def found(self, found: Any, *_: object) -> Any:
        """Give back what is known ahead of it."""
        return found

    def identity(self, identity: Any) -> Any:
        """Give back what identifies it."""
        return identity

    def calls(self, calls: Any) -> Any:
        """Give back calls to a room."""
        return calls


class Noting:
    """Reads pieces in their order, and notes what rooms are to be told of them."""

    def __init__(self, reading: Reading, writer: Writer) -> None:
        """Begin with nothing read: what is known of a file grows from one of its pieces to the next."""
        self._reading, self._writer = reading, writer
        self._last: _Notes | None = None

    def read(self, pieces: Iterable[Piece]) -> Notes:
        """Read some more pieces, then work out what can be known ahead; give what is noted of each."""
        noted = [self._read(piece) for piece in pieces]
        ahead, identify = self._reading.ahead, self._reading.identify
        entries = [each.entry for _, some in noted for each in some]
        known = zip(
            [ahead(entry) if ahead and entry else None for entry in entries],
            [identify(entry) if identify and entry else None for entry in entries],
            strict=True,
        )
        return [(digest, [self._written(each, *next(known)) for each in some]) for digest, some in noted]

    def _read(self, piece: Piece) -> tuple[str, list[_Note]]:
        if self._last is None or self._last.path != piece.path:
            self._last = _Notes(piece.path, self._reading)
        room = self._last
        room.notes = []
        self._reading.read(piece, room)
        room.close()
        origins = room.loaded.origins
        digest = piece.lines.text.digest if piece.lines else origins[0].sha256 if origins else ""
        return digest, room.notes

    def _written(self, note: _Note, found: Found | None, identity: Identity | None) -> tuple[Any, ...]:
        write, (line, calls, entry) = self._writer, note
        known = (None if found is None else write.found(found)), write.identity(identity)
        if entry is None:
            return write.calls(calls), *known
        if not calls:
            return line, write.entry(entry), *known
        written = [(*call, write.entry(entry), entry.refused) if call[0] == "keep" else call for call in calls]
        return write.calls(written), *known


class _Note(NamedTuple):
    """What was noted of one document."""

    line: int
    calls: list[Call]
    """What a room is to be told; of a document about which nothing is said, its line is enough."""
    entry: Entry | None
    """The candidature that is kept, where one is."""


class _Notes(Room):
    """Notes what a room would be told of one file."""

    def __init__(self, path: Path, reading: Reading) -> None:
        super().__init__(reading.look, Loaded(), Tally(), path)
        self.path = path
        self.notes: list[_Note] = []
        self._calls: list[Call] = []
        self._entry: Entry | None = None
        self._kept = 0

    def turn_to(self, line: int) -> None:
        self.close()
        self._calls.append(("turn", line, self.is_crowded, self.is_counted))

    def has_room(self, path: str, line: int) -> bool:  # noqa: ARG002 - as all are called
        if self._kept >= MAX_RECORDS:
            self.loaded.is_cut = True
        self._calls.append(("has_room", line))
        return not self.loaded.is_cut

    def tell(self, findings: Iterable[Finding]) -> None:
        told = list(findings)
        if told:
            super().tell(told)
            self._calls.append(("tell", told))

    def keep(self, entry: Entry) -> None:
        self._kept += 1
        self._entry = entry
        self._calls.append(("keep", entry.origin.line))

    def refuse(
        self, origin: Origin, findings: Sequence[Finding], reference: str | None = None, *, most: int = 1
    ) -> None:
        self._kept += 1
        self._calls.append(("refuse", origin.line, tuple(findings), reference, most))

    def close(self) -> None:
        """End the note of one document."""
        calls, entry = self._calls, self._entry
        if len(calls) == _OF_A_PLAIN_ONE and calls[-1][0] == "keep" and entry is not None and not entry.refused:
            self.notes.append(_Note(calls[-1][1], [], entry))
        elif calls and (len(calls) > 1 or calls[0][0] != "turn"):
            kind, *told = calls[0]
            if kind == "turn":
                line, was_crowded, was_counted = told
                # Whether it is this document that counts all that the file may hold.
                calls[0] = (kind, line, was_crowded, self.is_counted and not was_counted)
            self.notes.append(_Note(0, calls, entry))
        self._calls, self._entry = [], None
