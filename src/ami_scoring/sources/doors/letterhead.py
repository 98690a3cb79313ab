"""`courriers.yaml`: one strict door."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.findings import InvalidFileError
from ami_scoring.sources.doors.single import load_single


class LetterheadFile(NamedTuple):
    """What the file says, and its fingerprint."""

    letterhead: Letterhead
    origin: Origin


def load_letterhead(path: Path) -> LetterheadFile:
    """Read what letters say beside the results. Raises `InvalidFileError` with everything that is wrong."""
    read = load_single(Letterhead, path)
    if isinstance(read, list):
        raise InvalidFileError(read)
    return LetterheadFile(read.made, read.origin)
