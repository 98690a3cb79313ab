"""Saving a file whole or not at all: whoever opens it finds the old content or the new one, never a part of either."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import Message, printable
from ami_scoring.sources.files.system import reason_of as refused

_NO_RIGHT = Message("il manque le droit d'écrire ici, ou le fichier est ouvert dans un autre programme")
_REASONS = {
    errno.ENOENT: Message("le dossier n'existe pas. Créez-le d'abord"),
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
}
_NOT_MADE: Final = "ne peut pas être créé"
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]) *(\..*)?", re.IGNORECASE)
"""Names that Windows takes for devices, whatever their suffix: what is written there is lost."""
_ON_WINDOWS = os.name == "nt"
_WAITS: Final = (0.05, 0.1, 0.2, 0.4)
"""Seconds between two tries, where an antivirus or an indexer may hold a new file for a moment."""


class NotSavedError(AmiScoringError):
    """Raised when a file cannot be written; what it held before is intact."""

    def __init__(self, path: Path, reason: Message, what: str = "n'est pas enregistré") -> None:
        """Keep the sentence that says which file, and why."""
        said = {"path": printable(str(path)), "what": what, "reason": reason}
        self.message = Message("« {path} » {what} : {reason}.", said)
        super().__init__(str(self.message))


def save(path: Path, content: bytes) -> None:
    """Put `content` in a file, in one step: a symbolic link still leads to it, its mode is kept.

    Raises `NotSavedError`, and then leaves the old file as it was and nothing beside it.
    """
    if _ON_WINDOWS and _DEVICES.fullmatch(path.name):
        raise NotSavedError(path, Message("Windows garde ce nom pour un périphérique. Choisissez-en un autre"))
    try:
        old = _status(path)
        if old is not None and not stat.S_ISREG(old.st_mode):
            _write_through(path, old, content)
        else:
            _replace(Path(os.path.realpath(path)), old, content)
    except OSError as error:
        raise NotSavedError(path, reason_of(error)) from error
    except ValueError as error:
        raise NotSavedError(path, Message("son nom contient un caractère nul")) from error


def require_folders(paths: Iterable[Path]) -> None:
    """Refuse, before anything is worked out or written, files whose folder is not there. Raises `NotSavedError`."""
    for path in paths:
        if not os.path.isdir(path.parent):  # noqa: PTH112 - of a name that the system refuses, `Path` raises
            raise NotSavedError(path, _REASONS[errno.ENOENT])


def save_all(folder: Path, contents: Iterable[tuple[str, bytes]]) -> None:
    """Put several files, by name, in a folder, made with those inside it where they are missing: all, or none.

    Raises `NotSavedError`, and then takes away what was made. What a file already there was replaced by stays.
    """
    made: list[Path] = []
    try:
        for name, content in contents:
            path = folder / name
            _make_folders(path.parent, made)
            is_new = not os.path.lexists(path)
            save(path, content)
            made += [path] * is_new
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it that are missing; note each in `made`."""
    missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    for each in reversed(missing):
        try:
            each.mkdir()
        except OSError as error:
            raise NotSavedError(each, reason_of(error), _NOT_MADE) from error
        made.append(each)


@contextmanager
def preparing(path: Path) -> Iterator[None]:
    """Make what a file will hold, with the help of temporary files. Raises `NotSavedError` when they have no room."""
    try:
        yield
    except OSError as error:
        reason = Message("il faut le préparer dans le dossier temporaire, et {reason}", {"reason": reason_of(error)})
        raise NotSavedError(path, reason) from error


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _write_through(path: Path, status: os.stat_result, content: bytes) -> None:
    """Write to what cannot be replaced: `/dev/stdout`, a pipe."""
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with path.open("wb") as file:
        file.write(content)


def _replace(path: Path, old: os.stat_result | None, content: bytes) -> None:
    if old is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    beside = path.with_name(f".ami-{os.urandom(8).hex()}.tmp")
    try:
        with beside.open("xb") as file:
            if old is not None:
                # Before the content: a file that only its owner may read is never readable by others, even briefly.
                with suppress(PermissionError, NotImplementedError):
                    beside.chmod(stat.S_IMODE(old.st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(path.parent)


def _put_in_place(beside: Path, path: Path) -> None:
    """Give a file its name in one step; where a file in use cannot be replaced, wait a little for it to be free."""
    for wait in _WAITS if _ON_WINDOWS else ():
        with suppress(PermissionError):
            beside.replace(path)
            return
        time.sleep(wait)
    beside.replace(path)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def reason_of(error: OSError) -> Message:
    """Say in French why the system refuses to write."""
    return _REASONS.get(error.errno or 0) or refused(error)
