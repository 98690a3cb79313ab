"""The mapping of an export: one strict door, and the places where it is looked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ami_scoring.domain.correspondence import Correspondence
from ami_scoring.findings import Finding
from ami_scoring.sources.doors.single import load_single
from ami_scoring.sources.files.folders import SPREADSHEETS
from ami_scoring.sources.mappings.columns import MappingFile

NAME: Final = "correspondance.yaml"
"""The mapping of a folder; that of one file alone has the name of this file before: `export.correspondance.yaml`."""
READ_BY_ONE: Final = frozenset({*SPREADSHEETS, ".ods", ".json"})
"""Suffixes of the files that a mapping may be for."""


def load_mapping(path: Path) -> MappingFile | list[Finding]:
    """Read a mapping; every finding instead, where its form is wrong."""
    read = load_single(Correspondence, path)
    return read if isinstance(read, list) else MappingFile(*read)


def mapping_beside(path: Path) -> Path | None:
    """Find the mapping of an export beside it: its own first, then that of its folder."""
    places = _beside(path) if path.suffix.lower() in READ_BY_ONE else ()
    return next((place for place in places if os.path.isfile(place)), None)  # noqa: PTH113 - a name that the system refuses is none


def _beside(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}.{NAME}")
    yield path.with_name(NAME)
