"""Which files of the paths given may hold candidatures: recursive, sorted, hidden files and loops left out."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message

SPREADSHEETS: Final = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv")
SUFFIXES: Final = (".yaml", ".yml", ".json", ".jsonl", *SPREADSHEETS)
NOTICES: Final = frozenset({"lisezmoi", "lisez-moi", "readme"})
"""Names of texts that speak of a folder: nobody expects them to be read."""
_FORBIDDEN: Final = {errno.EACCES, errno.EPERM}
OLD_SPREADSHEETS: Final = (".xls", ".xlsb")
"""Taken as well, for their reader to say in which format to save them."""


class Found(NamedTuple):
    """The files to read, in reading order, and what to say of the others."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    named: frozenset[Path] = frozenset()
    """The files that were named outright, rather than found in a folder."""


def find_files(paths: Sequence[Path]) -> Found:
    """List the files to read, each once. A file named outright is taken whatever its name."""
    files: dict[str, Path] = {}
    findings: list[Finding] = []
    named: set[Path] = set()
    for path in paths:
        if path.is_dir():
            seen, passed_over = _walk(path, findings)
            findings.extend(_say_passed_over(path, passed_over))
        else:
            seen = [path]
            named.add(path)
        for file in seen:
            files.setdefault(os.path.realpath(file), file)
    return Found(tuple(files.values()), tuple(findings), frozenset(named))


def _walk(folder: Path, findings: list[Finding]) -> tuple[list[Path], Counter[str]]:
    def refuse(error: OSError) -> None:
        reason = "il manque le droit de lecture" if error.errno in _FORBIDDEN else error.strerror or "erreur"
        message = Message("Ce dossier ne peut pas être lu ({reason}).", {"reason": reason})
        findings.append(Finding("unreadable-folder", Severity.ERROR, message, Location(str(error.filename))))

    files: list[Path] = []
    passed_over: Counter[str] = Counter()
    entered = {os.path.realpath(folder)}
    for parent, folders, names in os.walk(folder, onerror=refuse, followlinks=True):
        folders[:] = sorted(_not_yet_entered(parent, folders, entered))
        for name in sorted(names):
            suffix = Path(name).suffix.lower()
            if name.startswith((".", "~$")):
                continue
            if suffix in SUFFIXES or suffix in OLD_SPREADSHEETS:
                files.append(Path(parent, name))
            elif Path(name).stem.lower() not in NOTICES:
                passed_over[suffix or "sans suffixe"] += 1
    return files, passed_over


def _not_yet_entered(parent: str, folders: Sequence[str], entered: set[str]) -> Iterator[str]:
    for name in folders:
        real = os.path.realpath(Path(parent, name))
        if not name.startswith(".") and real not in entered:
            entered.add(real)
            yield name


def _say_passed_over(folder: Path, passed_over: Counter[str]) -> Iterator[Finding]:
    if passed_over:
        kinds = [f"{count} {suffix}" for suffix, count in sorted(passed_over.items())]
        message = Message(
            "Fichiers laissés de côté : {kinds}. Seuls {suffixes} sont lus.", {"kinds": kinds, "suffixes": SUFFIXES}
        )
        yield Finding("files-passed-over", Severity.NOTE, message, Location(str(folder)))
