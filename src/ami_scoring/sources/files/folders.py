"""Which files of the paths given may hold candidatures: recursive, sorted, hidden files and loops left out."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.system import reason_of

BOOKS: Final = (".xlsx", ".xlsm", ".ods")
SPREADSHEETS: Final = (*BOOKS, ".csv", ".tsv")
SUFFIXES: Final = (".yaml", ".yml", ".json", ".jsonl", *SPREADSHEETS)
NOTICES: Final = frozenset({"lisezmoi", "lisez-moi", "readme"})
"""Names of texts that speak of a folder: nobody expects them to be read."""
MAX_FOLDERS: Final = 40
"""Folders within folders, beyond which nothing is read: nobody keeps candidatures so deep."""
_LIMIT: Final = {"limit": MAX_FOLDERS}
_SYSTEM: Final = ("~$", "._")
"""How the names begin of what Office and macOS put beside the files of people."""
_OF_TOOLS: Final = frozenset({".gitlab-ci.yml", ".pre-commit-config.yaml"})
_HIDDEN: Final = "dont le nom commence par un point"
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
        if os.path.isdir(path):  # noqa: PTH112 - a name that the system refuses is no folder
            walked = _walk(path)
            for file, real in _with_real_names(walked.files):
                files.setdefault(real, file)
            findings.extend((*walked.refused, *_say_passed_over(path, walked.passed_over)))
        else:
            named.add(path)
            files.setdefault(os.path.realpath(path), path)
    return Found(tuple(files.values()), tuple(findings), frozenset(named))


def _with_real_names(files: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Give files found in folders with the names that they really have: a folder's own is looked up once for all."""
    folders: dict[str, str] = {}
    for file in files:
        folder, name = os.path.split(file)
        if os.path.islink(file):  # noqa: PTH114 - a name, as the others
            yield file, os.path.realpath(file)
            continue
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        yield file, os.path.join(folders[folder], name)  # noqa: PTH118 - names


class _Walked(NamedTuple):
    """What a walk through a folder found: the files to read, how many others there are of each kind, what is wrong."""

    files: list[Path]
    passed_over: Counter[str]
    refused: list[Finding]


def _walk(folder: Path) -> _Walked:
    walked = _Walked([], Counter(), [])
    entered = {os.path.realpath(folder)}
    ahead = [(str(folder), 0)]
    while ahead:
        parent, depth = ahead.pop()
        try:
            held = _held(parent)
        except OSError as error:
            reason = Message("Ce dossier ne peut pas être lu ({reason}).", {"reason": reason_of(error)})
            walked.refused.append(_unread(reason, parent))
            continue
        inside = list(_not_yet_entered(parent, sorted(name for name in held if held[name]), entered))
        if inside and depth == MAX_FOLDERS:
            deep = Message("Plus de {limit} dossiers les uns dans les autres : la suite n'est pas lue.", _LIMIT)
            walked.refused.append(_unread(deep, parent))
            inside = []
        ahead += [(os.path.join(parent, name), depth + 1) for name in reversed(inside)]  # noqa: PTH118 - names
        _sort_out(parent, sorted(name for name in held if not held[name]), walked)
    return walked


def _held(folder: str) -> dict[str, bool]:
    """Give the names that a folder holds, and whether each is a folder."""
    with os.scandir(folder) as found:
        return {entry.name: _is_folder(entry) for entry in found}


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that turns round
        return False


def _unread(message: Message, folder: str) -> Finding:
    return Finding("unreadable-folder", Severity.ERROR, message, Location(folder))


def _sort_out(parent: str, names: Sequence[str], walked: _Walked) -> None:
    for name in names:
        path = Path(parent, name)
        suffix = path.suffix.lower()
        is_read = suffix in SUFFIXES or suffix in OLD_SPREADSHEETS
        if name.startswith(_SYSTEM) or name in _OF_TOOLS:
            continue
        if name.startswith("."):
            walked.passed_over[_HIDDEN] += is_read
        elif is_read:
            walked.files.append(path)
        elif path.stem.lower() not in NOTICES:
            walked.passed_over[suffix or "sans suffixe"] += 1


def _not_yet_entered(parent: str, folders: Sequence[str], entered: set[str]) -> Iterator[str]:
    for name in folders:
        real = os.path.realpath(Path(parent, name))
        if not name.startswith(".") and real not in entered:
            entered.add(real)
            yield name


def _say_passed_over(folder: Path, passed_over: Counter[str]) -> Iterator[Finding]:
    kinds = [f"{count} {suffix}" for suffix, count in sorted(passed_over.items()) if count]
    if kinds:
        message = Message(
            "Fichiers laissés de côté : {kinds}. Seuls {suffixes} sont lus.", {"kinds": kinds, "suffixes": SUFFIXES}
        )
        yield Finding("files-passed-over", Severity.NOTE, message, Location(str(folder)))
