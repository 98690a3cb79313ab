"""Which mapping each file is read by: the one asked for, or named by the criteria, or found beside the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Origin
from ami_scoring.findings import Finding, InvalidFileError, Severity
from ami_scoring.patterns import late
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.files.folders import SPREADSHEETS

if TYPE_CHECKING:
    from ami_scoring.sources.files.document import Document
    from ami_scoring.sources.mappings.columns import MappingFile

    Opinions = tuple[list[Document], list[Finding]]

_MAY_BE_EXPORTS: Final = frozenset({*SPREADSHEETS, ".ods", ".json"})
_TEXTS: Final = frozenset({".yaml", ".yml"})
_KEYS: Final = late(rb"^(language|export|answers)[ \t]*:", re.MULTILINE)
_EVERY_KEY: Final = {b"language", b"export", b"answers"}
_SUFFIX: Final = "correspondance.yaml"


def named_mapping(criteria: Criteria, path: Path) -> Path | None:
    """Give the mapping that the criteria of this path name, if they name one."""
    return None if criteria.mapping is None else path.parent / criteria.mapping


def without_mappings(files: Iterable[Path], named: Collection[Path]) -> list[Path]:
    """Leave out the mappings that a folder holds beside its exports: nobody takes them for candidatures."""
    return [path for path in files if path in named or not path.name.casefold().endswith(_SUFFIX)]


class Mappings:
    """The mappings of one run, each read and checked once."""

    def __init__(self, told: Path | None, criteria: Criteria | None) -> None:
        """Read every export by the mapping that is told, if one is; `criteria` say which facts are declared."""
        self._told = told
        self._criteria = criteria
        self._known: dict[Path, MappingFile | None] = {}
        self.findings: list[Finding] = []

    def of(self, path: Path) -> MappingFile | None:
        """Give the mapping of a file; None where there is none, or where it is unusable."""
        if path.suffix.lower() not in _MAY_BE_EXPORTS:
            return None
        if self._told is not None:
            return self._read(self._told)
        from ami_scoring.sources.doors.mappings import mapping_beside  # noqa: PLC0415 - exports only

        beside = mapping_beside(path)
        return None if beside is None else self._read(beside)

    def readable(self, files: Iterable[Path]) -> list[Path]:
        """Leave out the exports whose mapping is unusable: what is wrong with it is told once, in its own file."""
        return [path for path in files if self.of(path) is not None or not self._is_told(path)]

    def opinions(self, files: Iterable[Path]) -> list[Opinions]:
        """Read the opinions of experts that exports hold beside their candidatures, where their mappings say so."""
        told = [(path, found) for path in files if (found := self.of(path)) and found.correspondence.opinions]
        if not told:
            return []
        from ami_scoring.sources.mappings.opinions import read_opinions  # noqa: PLC0415 - exports only

        read = [(read_bytes(path), path, found) for path, found in told]
        return [read_opinions(data, path, found) for data, path, found in read if not isinstance(data, Finding)]

    def require(self) -> None:
        """Raise `InvalidFileError` where a mapping is unusable: nothing of its exports could be read as it says."""
        if any(each is None for each in self._known.values()):
            raise InvalidFileError(self.findings)

    def check_all(self, files: Iterable[Path], named: Collection[Path]) -> list[Path]:
        """Check those of the files that are mappings, and the one that is told; give them back.

        In a folder the name tells; a file that is named outright may be one by what it holds.
        """
        mappings = [path for path in files if _looks_like_mapping(path, opened=path in named)]
        for path in [*mappings, *([self._told] if self._told is not None else [])]:
            self._read(path)
        return mappings

    @property
    def files(self) -> list[Path]:
        """The mappings read, in the order that they were."""
        return list(self._known)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The fingerprints of the mappings that were used."""
        return tuple(each.origin for each in self._known.values() if each is not None)

    def _is_told(self, path: Path) -> bool:
        if path.suffix.lower() not in _MAY_BE_EXPORTS:
            return False
        from ami_scoring.sources.doors.mappings import mapping_beside  # noqa: PLC0415 - exports only

        return self._told is not None or mapping_beside(path) is not None

    def _read(self, path: Path) -> MappingFile | None:
        if path not in self._known:
            self._known[path] = self._load(path)
        return self._known[path]

    def _load(self, path: Path) -> MappingFile | None:
        from ami_scoring.scoring.checks.correspondences import check_correspondence  # noqa: PLC0415 - exports only
        from ami_scoring.sources.doors.documents import locate  # noqa: PLC0415
        from ami_scoring.sources.doors.mappings import load_mapping  # noqa: PLC0415

        loaded = load_mapping(path)
        if isinstance(loaded, list):
            self.findings.extend(loaded)
            return None
        problems = check_correspondence(loaded.correspondence, self._criteria)
        found = [*loaded.document.findings, *(locate(problem, loaded.document) for problem in problems)]
        self.findings.extend(found)
        return None if any(finding.severity is Severity.ERROR for finding in found) else loaded


def _looks_like_mapping(path: Path, *, opened: bool) -> bool:
    if path.suffix.lower() not in _TEXTS:
        return False
    if path.name.casefold().endswith(_SUFFIX):
        return True
    data = read_bytes(path) if opened else b""
    return not isinstance(data, Finding) and is_mapping(path, data)


def is_mapping(path: Path, data: bytes) -> bool:
    """Say whether a file is a mapping, by its name or by the keys that it has at its top."""
    return path.name.casefold().endswith(_SUFFIX) or set(_KEYS.findall(data)) == _EVERY_KEY
