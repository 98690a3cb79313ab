"""One writer at a time: a file beside the one that is written, that only one program can make."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ami_scoring.cli.saving import NotSavedError, reason_of
from ami_scoring.messages import Message

_WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between two tries: whoever writes takes a few thousandths of one."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file for oneself while it is read again and written. Raises `NotSavedError` where somebody else does.

    It works on shared folders too, where locks of the system often do not: to make a new file is one step everywhere.
    """
    mark = path.with_name(f".{path.name}.verrou")
    handle = _take(mark, path)
    try:
        yield
    finally:
        os.close(handle)
        with suppress(OSError):
            mark.unlink()


def _take(mark: Path, path: Path) -> int:
    for wait in (*_WAITS, None):
        try:
            return os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            if wait is not None:
                time.sleep(wait)
        except OSError as error:
            raise NotSavedError(path, reason_of(error)) from error
    reason = Message(
        "quelqu'un d'autre l'écrit en ce moment. Si ce n'est pas le cas, supprimez « {mark} »", {"mark": mark.name}
    )
    raise NotSavedError(path, reason)
