"""Much to read, shared between processes: the same candidatures and findings in the same order, as if read by one.

Each reads its share and notes what a room would be told; the first of them then tells it to the rooms, in order.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from mmap import mmap
from pathlib import Path
from typing import Any, Final

from ami_scoring import processes
from ami_scoring.domain.scores import Entry, Origin
from ami_scoring.findings import Finding, Location, Tally
from ami_scoring.sources.doors.packing import Packer, Unpacker, dumped, undumped
from ami_scoring.sources.doors.pieces import Lines, Piece, Progress, Reading
from ami_scoring.sources.doors.room import MAX_RECORDS, Loaded, Room
from ami_scoring.sources.doors.shares import shared_out
from ami_scoring.sources.text.located_json import Stretch

_TOGETHER: Final = 1_000
"""Notes that travel at once."""
_WORD: Final = 8
_CALLS: Final = 2
"""Parts of a note that holds calls to a room, and the facts of the candidature; a plain one has three."""


def read_beside(files: Sequence[Path], reading: Reading, loaded: Loaded, progress: Progress | None) -> None:
    """Read files by as many processes as are granted; alone where none can be made, or for what one did not finish."""
    own, *rest = shared_out(files, processes.granted())
    counts = _Counts(len(rest))
    taking = _Taking(reading, loaded, progress, len(own) + sum(map(len, rest)), counts)
    works = [partial(_noted, share, reading, counts, place) for place, share in enumerate(rest)]
    with processes.beside(works) as others:
        taking.read(own)
        for place, share in enumerate(rest):
            frames = others[place].take() if place < len(others) and not loaded.is_cut else None
            taking.read(share) if frames is None else taking.told(share, frames)


class _Counts:
    """How many pieces the others have read, which they write where all can see."""

    def __init__(self, others: int) -> None:
        self._memory = mmap(-1, _WORD * max(1, others))
        self._places = range(others)

    def note(self, place: int, count: int) -> None:
        """Say how many one of them has read."""
        self._memory[_WORD * place : _WORD * (place + 1)] = count.to_bytes(_WORD, "big")

    @property
    def total(self) -> int:
        """How many they have read, all together."""
        return sum(int.from_bytes(self._memory[_WORD * at : _WORD * (at + 1)], "big") for at in self._places)


def _noted(share: Sequence[Piece], reading: Reading, counts: _Counts, place: int) -> Iterator[bytes]:
    """Read a share, and give what is needed to know of it in bytes."""
    packer = Packer()
    notes: list[Any] = []
    frames: list[bytes] = []
    for number, piece in enumerate(share):
        room = _Notes(piece.path, reading, packer)
        reading.read(piece, room)
        room.close()
        origins = room.loaded.origins
        notes.append((number, origins[0].sha256 if origins else None, room.notes))
        if sum(len(each) for _, _, each in notes) > _TOGETHER or number % _TOGETHER == 0:
            frames.append(marshal.dumps(notes, 2))
            notes = []
        counts.note(place, number + 1)
    yield packer.table()
    yield from frames
    yield marshal.dumps(notes, 2)


class _Notes(Room):
    """Notes what a room would be told of one file. Of a document about which nothing is said, little is needed."""

    def __init__(self, path: Path, reading: Reading, packer: Packer) -> None:
        super().__init__(reading.look, Loaded(), Tally(), path)
        self.notes: list[tuple[object, ...]] = []
        self._reading, self._packer = reading, packer
        self._calls: list[tuple[Any, ...]] = []
        self._facts: tuple[object, ...] | None = None
        self._kept = 0

    def turn_to(self, line: int) -> None:
        self.close()
        self._calls.append(("turn", line, self.is_crowded))

    def has_room(self, where: Location) -> bool:
        if self._kept >= MAX_RECORDS:
            self.loaded.is_cut = True
        self._calls.append(("has_room", where.line))
        return not self.loaded.is_cut

    def tell(self, findings: Iterable[Finding]) -> None:
        told = list(findings)
        if told:
            super().tell(told)
            self._calls.append(("tell", told))

    def keep(self, entry: Entry) -> None:
        self._kept += 1
        facts = self._reading.facts(entry) if self._reading.facts else None
        self._facts = None if facts is None else self._packer.facts(facts)
        self._calls.append(("keep", self._packer.candidature(entry.candidature), entry.refused))

    def refuse(
        self, origin: Origin, findings: Sequence[Finding], reference: str | None = None, *, most: int = 1
    ) -> None:
        self._kept += 1
        self._calls.append(("refuse", origin.line, tuple(findings), reference, most))

    def close(self) -> None:
        """End the note of one document."""
        match self._calls:
            case [("turn", _, _), ("has_room", line), ("keep", packed, ())]:
                self.notes.append((line, packed, self._facts))
            case [] | [("turn", _, _)]:
                pass
            case _:
                self.notes.append((dumped(self._calls), self._facts))
        self._calls, self._facts = [], None


class _Taking:
    """Takes in what is read here, then what others have noted, in the order of the files."""

    def __init__(
        self, reading: Reading, loaded: Loaded, progress: Progress | None, total: int, counts: _Counts
    ) -> None:
        self._reading, self._loaded = reading, loaded
        self._progress, self._total, self._counts = progress, total, counts
        self._path: Path | None = None
        self._done = 0

    def read(self, share: Sequence[Piece]) -> None:
        """Read a share here."""
        for piece in share:
            if self._loaded.is_cut:
                return
            self._reading.read(piece, self._room(piece.path))
            self._done += 1
            self._tell()

    def told(self, share: Sequence[Piece], frames: Sequence[bytes]) -> None:
        """Take in the notes of a share."""
        table, *rest = frames
        unpacker = Unpacker(table)
        for frame in rest:
            for number, digest, notes in marshal.loads(frame):  # noqa: S302 - written by a copy of this process
                self._piece(share[number], digest, notes, unpacker)
                if self._loaded.is_cut:
                    return
        self._tell()

    def _tell(self) -> None:
        if self._progress and not self._loaded.is_cut:
            self._progress(min(self._total, self._done + self._counts.total), self._total)

    def _room(self, path: Path) -> Room:
        if path != self._path:
            self._path, self._last = path, self._reading.room(path)
        return self._last

    def _piece(self, piece: Piece, digest: str | None, notes: Sequence[Any], unpacker: Unpacker) -> None:
        room, loaded = self._room(piece.path), self._loaded
        origin = Origin(str(piece.path), digest or (piece.lines.text.digest if piece.lines else ""))
        if piece.begins:
            loaded.origins.append(origin)
        finder = _Finder(piece)
        for note in notes:
            before = len(loaded.entries)
            if len(note) == _CALLS:
                self._calls(piece, undumped(note[0]), origin, unpacker, finder)
            elif loaded.count < MAX_RECORDS or room.has_room(Location(origin.path, note[0])):
                room.keep(Entry(unpacker.candidature(note[1]), origin._replace(line=note[0])))
            if note[-1] is not None and len(loaded.entries) > before:
                loaded.facts[id(loaded.entries[-1])] = unpacker.facts(note[-1])
            if loaded.is_cut:
                return

    def _calls(self, piece: Piece, calls: Sequence[Any], origin: Origin, unpacker: Unpacker, finder: _Finder) -> None:
        room = self._room(piece.path)
        for kind, *told in calls:
            if kind == "turn":
                line, was_crowded = told
                if room.is_crowded and not was_crowded:
                    # Places are told otherwise here, where more was wrong before than that process knew.
                    self._reading.read(finder.alone(line), room)
                    return
            elif kind == "has_room":
                (line,) = told
                if not room.has_room(Location(origin.path, line)):
                    return
            elif kind == "tell":
                room.tell(told[0])
            elif kind == "keep":
                packed, refused = told
                room.keep(Entry(unpacker.candidature(packed), origin._replace(line=line), refused))
            else:
                line, findings, reference, most = told
                room.refuse(origin._replace(line=line), findings, reference, most=most)


class _Finder:
    """Finds single lines of a piece, one after the other."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._at: tuple[int, int] | None = None

    def alone(self, line: int) -> Piece:
        lines = self._piece.lines
        if lines is None:
            return self._piece
        start, number = self._at or (lines.stretch.start, lines.stretch.first)
        data = lines.text.data
        while number < line:
            start, number = data.index(b"\n", start) + 1, number + 1
        self._at = start, number
        end = data.find(b"\n", start)
        return Piece(self._piece.path, Lines(lines.text, Stretch(start, None if end < 0 else end + 1, number)))
