"""The map that a page draws, read before anything is computed."""

from __future__ import annotations

from pathlib import Path

from ami_scoring.domain.contours import Contour
from ami_scoring.findings import InvalidFileError
from ami_scoring.sources.doors.contours import load_contours


def read_contours(path: Path) -> tuple[Contour, ...]:
    """Read where communes are. Raises `InvalidFileError` with all that is wrong in the map."""
    contours, findings = load_contours(path)
    if findings:
        raise InvalidFileError(findings)
    return contours
