"""What a command may write over: never a file that it has read, nor one that is not a result of ours, unless told to.

Each format bears the mark of its maker where its readers look for one, or begins as no other file does. A workbook that
somebody has saved since is theirs: whatever they changed in it would be lost.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from ami_scoring import __version__
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable
from ami_scoring.patterns import late

SIGNED: Final = "Écrit par ami-scoring"
_HEAD: Final = 20_000
_TAIL: Final = 200
_SHEETS: Final = b"PK\x03\x04"
_CORE: Final = "docProps/core.xml"
_LAST: Final = b"<cp:lastModifiedBy>ami-scoring</cp:lastModifiedBy>"
_COLUMNS: Final = frozenset({"rang", "référence", "total", "statut"})
_BEGINNINGS: Final = late(
    r"""
      \{\s*"schema":\s*\d+,\s*"(?:criteria|files)":\s   # a result, findings
    | \{\s*"robustness":\s                              # a study
    | \{\s*"\$schema":[^{\[]{0,200}"runs":\s*\[\s*\{\s*"tool":\s*\{\s*"driver":\s*\{\s*"name":\s*"ami"   # SARIF
    | \[\s*(?:\]|\{\s*"description":[^{]{0,4000}"check_name":)   # code quality
    | (?:<\?xml[^>]{0,80}>\s*)?<testsuites\ name="ami\ validate"
    | <!DOCTYPE\ html>.{0,4000}<meta\ name="generator"\ content="ami-scoring
    | ::stop-commands::[0-9a-f]{64}\n
    """,
    re.VERBOSE | re.DOTALL,
)


class OverwriteError(AmiScoringError):
    """Raised when a result would take the place of a file that it was made from, or that somebody else wrote."""


def signed(text: str, *, markdown: bool = False) -> str:
    """Put a name under a text that is saved: nothing else would tell it from what people write."""
    said = f"{SIGNED} {__version__}."
    return f"{text.rstrip()}\n\n{f'<!-- {said} -->' if markdown else said}\n"


def require_ours(targets: Iterable[Path], *, force: bool) -> None:
    """Refuse to replace a file that is no result of ours, or that was changed since. Raises `OverwriteError`."""
    for path in () if force else targets:
        if os.path.isfile(path) and not _is_ours(path):  # noqa: PTH113 - of a name that the system refuses, `Path` raises
            message = (
                f"« {printable(str(path))} » existe déjà, et ami ne l'a pas écrit, ou quelqu'un l'a modifié depuis : "
                "choisissez un autre nom, ou ajoutez --force."
            )
            raise OverwriteError(message)


def require_new(path: Path, *, force: bool) -> None:
    """Refuse to replace any file at all, even of ours, unless told to. Raises `OverwriteError`."""
    if os.path.lexists(path) and not force:
        message = f"« {printable(str(path))} » existe déjà : choisissez un autre nom, ou ajoutez --force."
        raise OverwriteError(message)


def refuse_read(targets: Sequence[Path], paths: Iterable[str | Path]) -> None:
    """Refuse to write over a file that was read, whatever the options. Raises `OverwriteError`."""
    read = {os.path.realpath(path) for path in paths}
    folded = {name.casefold(): name for name in read}
    for path in targets:
        real = os.path.realpath(path)
        if real in read or _is_same(real, folded.get(real.casefold())):
            message = f"« {printable(str(path))} » vient d'être lu : choisissez un autre fichier de sortie."
            raise OverwriteError(message)


def _is_same(path: str, other: str | None) -> bool:
    """Tell whether two names that differ by their capitals are one file: some disks tell them apart, others do not."""
    return other is not None and os.path.exists(path) and os.path.samefile(path, other)  # noqa: PTH110, PTH121 - names


def _is_ours(path: Path) -> bool:
    """Recognise a result of this program; what cannot be read is nobody's to replace, and an empty file anybody's."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(max(0, path.stat().st_size - _TAIL))
            tail = file.read(_TAIL)
    except OSError:
        return False
    if head.startswith(_SHEETS):
        return _is_our_workbook(path)
    start = head.decode("utf-8-sig", errors="replace")
    return (
        not head
        or _BEGINNINGS.match(start) is not None
        or {*re.split("[;,\t]", start.partition("\n")[0].strip("\r"))} >= _COLUMNS
        or SIGNED in tail.decode("utf-8", errors="replace")
    )


def _is_our_workbook(path: Path) -> bool:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive, archive.open(_CORE) as member:
            return _LAST in member.read(_HEAD)
    except (BadZipFile, KeyError, OSError, RuntimeError, ValueError, NotImplementedError):
        return False
