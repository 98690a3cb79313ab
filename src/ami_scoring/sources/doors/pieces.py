"""The pieces that files are read in: each whole or, of a long file of lines, some of its lines."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ami_scoring import processes
from ami_scoring.domain.entries import Entry
from ami_scoring.findings import Finding
from ami_scoring.sources.doors.refusals import make_plainly
from ami_scoring.sources.doors.room import Found, Loaded, Look, Room
from ami_scoring.sources.files.document import Document

if TYPE_CHECKING:
    from ami_scoring.scoring.marks import Identity
    from ami_scoring.sources.text.located_json import Stretch

Progress = Callable[[int, int], None]
"""Told how many files are read, and how many there are."""
Ahead = Callable[[Entry], Found | None]
"""Works out what there is to know of a candidature as soon as it is read; None where it is too early."""
Identify = Callable[[Entry], "Identity"]
"""Reads what identifies a candidature."""
LINES: Final = ".jsonl"
_LONG: Final = 1_000_000
"""Bytes of lines that are worth another process."""
_MANY: Final = 200
"""Files that are."""


class Text:
    """A file of lines that is read in several pieces."""

    def __init__(self, data: bytes) -> None:
        """Keep the bytes of the file."""
        self.data = data

    @cached_property
    def digest(self) -> str:
        """Its SHA-256."""
        return sha256(self.data).hexdigest()


class Lines(NamedTuple):
    """Some lines of a file."""

    text: Text
    stretch: "Stretch"

    def batches(self, path: Path) -> Iterator[tuple[list[Document], list[Finding]]]:
        """Read them, one by one."""
        from ami_scoring.sources.text.located_json import read_json_lines  # noqa: PLC0415 - YAML does without

        return read_json_lines(self.text.data, str(path), self.stretch, make_plainly)


class Piece(NamedTuple):
    """A file, or a part of one."""

    path: Path
    lines: Lines | None = None

    @property
    def begins(self) -> bool:
        """Whether nothing of the file comes before it."""
        return self.lines is None or self.lines.stretch.start == 0

    @property
    def ends(self) -> bool:
        """Whether nothing of the file comes after it."""
        return self.lines is None or self.lines.stretch.stop is None


class Reading(NamedTuple):
    """How pieces are read."""

    read: Callable[[Piece, Room], None]
    room: Callable[[Path], Room]
    """Where what a file holds is kept."""
    look: Look
    ahead: Ahead | None = None
    identify: Identify | None = None
    known: Sequence[object] = ()
    """Objects that what is worked out ahead may hold, and that every process has."""


def read_alone(pieces: Sequence[Piece], reading: Reading, loaded: Loaded, progress: Progress | None) -> None:
    """Read pieces one after the other, as long as there is room."""
    for position, piece in enumerate(pieces, start=1):
        reading.read(piece, reading.room(piece.path))
        if loaded.is_cut:
            return
        if progress:
            progress(position, len(pieces))


def is_worth_sharing(files: Sequence[Path]) -> bool:
    """Say whether there is so much to read that other processes gain more than they cost, and may be made."""
    if processes.granted() == 1:
        return False
    return len(files) >= _MANY or any(path.suffix.lower() == LINES and size_of(path) >= _LONG for path in files)


def size_of(path: Path) -> int:
    """Give how many bytes a file holds; none for what cannot be known."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
