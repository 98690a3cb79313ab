"""Much to read, shared between processes: the same candidatures and findings in the same order, as if read by one.

Whoever is free reads what comes next, and notes what a room would be told. The first process tells it to the rooms in
the order of the files, from its own notes and from those of others, and reads on as long as the next are not there.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ami_scoring import processes
from ami_scoring.crew import Crew, Do, crew
from ami_scoring.domain.entries import Origin
from ami_scoring.sources.doors.notes import CALLS, Call, Here, Notes, Noting, Packing, Reader, Unpacking
from ami_scoring.sources.doors.packing import Packer, Unpacker
from ami_scoring.sources.doors.pieces import Lines, Piece, Progress, Reading
from ami_scoring.sources.doors.room import MAX_RECORDS, Loaded, Room
from ami_scoring.sources.doors.shares import tasks_of
from ami_scoring.sources.text.located_json import Stretch

Tasks = Sequence[Sequence[Piece]]


def read_beside(files: Sequence[Path], reading: Reading, loaded: Loaded, progress: Progress | None) -> None:
    """Read files by as many processes as are granted; alone where none can be made, or for what one did not finish."""
    tasks = tasks_of(files)
    telling, done = _Telling(reading, loaded), 0
    with crew(processes.granted() - 1, len(tasks), partial(_packing, tasks, reading)) as others:
        noted = _Noted(tasks, reading, others)
        for number, task in enumerate(tasks):
            telling.tell(task, *noted.of(number))
            if loaded.is_cut:
                return
            done += sum(piece.ends for piece in task)
            if progress and task[-1].ends:
                progress(done, len(files))


def _packing(tasks: Tasks, reading: Reading) -> Do:
    """Make the function by which another process reads a task, and gives its notes in bytes."""
    packing = Packing(Packer(reading.known))
    noting = Noting(reading, packing)

    def do(number: int) -> bytes:
        notes: Any = noting.read(tasks[number])
        return marshal.dumps((packing.table(), notes), 2)

    return do


class _Noted:
    """What was noted of each task, by this process or by another."""

    def __init__(self, tasks: Tasks, reading: Reading, others: Crew) -> None:
        self._tasks, self._reading, self._others = tasks, reading, others
        self._noting = Noting(reading, Here())
        self._own: dict[int, Notes] = {}
        self._received: dict[int, tuple[int, bytes]] = {}
        self._unpackers: dict[int, Unpacker] = {}

    def of(self, number: int) -> tuple[Notes, Reader]:
        """Give the notes of a task, which are asked for in order; read others while they are not there."""
        while number not in self._own and number not in self._received:
            self._receive()
            if number in self._received:
                break
            if (taken := self._others.take()) is not None:
                self._own[taken] = self._noting.read(self._tasks[taken])
            elif not self._others.is_alone:
                self._receive(wait=True)
            else:  # who had taken it did not finish it; of what comes before it, this knows nothing
                self._own[number] = Noting(self._reading, Here()).read(self._tasks[number])
        if number in self._own:
            return self._own.pop(number), Here()
        place, data = self._received.pop(number)
        unpacker = self._unpackers.setdefault(place, Unpacker(self._reading.known))
        table, notes = marshal.loads(data)  # noqa: S302 - written by a copy of this process
        return notes, Unpacking(unpacker, table)

    def _receive(self, *, wait: bool = False) -> None:
        for place, number, data in self._others.done(wait=wait):
            self._received[number] = place, data


class _Telling:
    """Tells rooms what was noted, in the order of the files."""

    def __init__(self, reading: Reading, loaded: Loaded) -> None:
        self._reading, self._loaded = reading, loaded
        self._path: Path | None = None

    def tell(self, task: Sequence[Piece], notes: Notes, reader: Reader) -> None:
        """Tell what was noted of a task, as long as there is room."""
        for piece, (digest, noted) in zip(task, notes, strict=True):
            self._piece(piece, digest, noted, reader)
            if self._loaded.is_cut:
                return

    def _room(self, path: Path) -> Room:
        if path != self._path:
            self._path, self._last = path, self._reading.room(path)
        return self._last

    def _piece(self, piece: Piece, digest: str, noted: Sequence[Any], reader: Reader) -> None:
        room, loaded = self._room(piece.path), self._loaded
        origin = Origin(str(piece.path), digest)
        if piece.begins:
            loaded.origins.append(origin)
        finder = _Finder(piece)
        for note in noted:
            before, is_as_noted = len(loaded.entries), True
            if len(note) == CALLS:
                is_as_noted = self._calls(piece, reader.calls(note[0]), origin, reader, finder)
            elif loaded.count < MAX_RECORDS or room.has_room(origin.path, note[0]):
                room.keep(reader.entry(note[1], origin, note[0], ()))
            if is_as_noted and len(loaded.entries) > before:
                entry, found, identity = loaded.entries[-1], note[-2], note[-1]
                if found is not None:
                    loaded.ahead[id(entry)] = reader.found(found, entry)
                if identity is not None:
                    loaded.identities[id(entry)] = reader.identity(identity)
            if loaded.is_cut:
                return

    def _calls(self, piece: Piece, calls: Iterable[Call], origin: Origin, reader: Reader, finder: _Finder) -> bool:
        """Tell calls to a room; say whether nothing had to be read again for it."""
        room = self._room(piece.path)
        for kind, *told in calls:
            if kind == "turn":
                line, was_crowded, counts = told
                if (room.is_crowded and not was_crowded) or (room.is_counted and counts):
                    # Of what came before, this knows what that process did not: it is told otherwise here.
                    self._reading.read(finder.alone(line), room)
                    return False
                room.is_counted = room.is_counted or counts
            elif kind == "has_room":
                (line,) = told
                if not room.has_room(origin.path, line):
                    break
            elif kind == "tell":
                room.tell(told[0])
            elif kind == "keep":
                line, written, refused = told
                room.keep(reader.entry(written, origin, line, refused))
            else:
                line, findings, reference, most = told
                room.refuse(origin._replace(line=line), findings, reference, most=most)
        return True


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
