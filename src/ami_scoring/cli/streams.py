"""What the terminal can show: colour, width, characters; streams that nobody reads. The environment is read here."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from typing import Final, TextIO

_ON_WINDOWS = os.name == "nt"
_SIGNS: Final = str.maketrans(
    {"→": "->", "↳": ">", "✓": "+", "✗": "x", "●": "*", "◐": "+", "○": "-", "◇": "o", "░": ".", "─": "-", "‖": "||"}
    | dict.fromkeys("▏▎▍▌▋▊▉█▒", "#")
)
"""How the signs of our sentences are spelt where the code page of the console lacks them; letters lose accents."""


def prepare_streams() -> None:
    """Never let a terminal's poor encoding turn a result into an error, nor a disk without room cut it in silence."""
    codecs.register_error("nearest", _nearest)
    # A stream that was closed before we began is None: what it would have shown is lost, and nothing else.
    sys.stdout = _buffered(sys.stdout or _nowhere())
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file or a pipe is read by a program, or much later: only a terminal may lack letters.
            keeps_all = not is_terminal(stream)
            stream.reconfigure(encoding="utf-8" if keeps_all else None, errors="nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Write what a code page lacks by what resembles it, or by its code point."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from ami_scoring.reports.terminal.glyphs import spelled_in_ascii

    return spelled_in_ascii(error.object[error.start : error.end].translate(_SIGNS)), error.end


def write_for_program(text: str) -> None:
    """Write on stdout what a program reads: UTF-8, line ends as they are, whatever the system and its code page."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None or is_terminal(sys.stdout):
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        raw.write(text.encode("utf-8", "surrogateescape"))


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - as long as the process


def _buffered(stream: TextIO) -> TextIO:
    """Put a buffer before a stream that has none (PYTHONUNBUFFERED): it would drop what the system did not take."""
    if not isinstance(getattr(stream, "buffer", None), io.RawIOBase):
        return stream
    return open(
        stream.fileno(),
        "w",
        buffering=1 if stream.isatty() else -1,
        encoding=stream.encoding,
        errors=stream.errors,
        newline=None if os.name == "nt" else "\n",  # as Python opens it
        closefd=False,  # the stream is still its owner's
    )


def is_closed_pipe(error: BaseException | None) -> bool:
    """Tell whether nobody reads any more what is written; Windows has no such error, and says that it is not valid."""
    if isinstance(error, BrokenPipeError):
        return True
    return _ON_WINDOWS and isinstance(error, OSError) and error.errno == errno.EINVAL and error.filename is None


def forget_stdout() -> None:
    """Leave quietly when the reader of a pipe is gone, without a complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal(stream: TextIO) -> bool:
    """Say whether a person is looking."""
    return stream.isatty()


def wants_colour(stream: TextIO) -> bool:
    """Say whether to colour: NO_COLOR wins, then FORCE_COLOR, then whether it is a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") not in {"dumb", "unknown"} and _understands_escapes(stream)


def _understands_escapes(stream: TextIO) -> bool:
    """Say whether escape sequences become colours; the old console of Windows shows them as they are unless told to."""
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    kernel = ctypes.windll.kernel32
    handle, mode = msvcrt.get_osfhandle(stream.fileno()), ctypes.c_ulong()
    virtual_terminal = 0x0004
    told = kernel.GetConsoleMode(handle, ctypes.byref(mode))
    return bool(told and kernel.SetConsoleMode(handle, mode.value | virtual_terminal))


def shows_unicode(stream: TextIO) -> bool:
    """Say whether box-drawing and bars can be written."""
    return (stream.encoding or "ascii").lower().replace("-", "").startswith("utf")


def width() -> int:
    """Give the width to fill: the terminal's, else COLUMNS, else 120."""
    import shutil

    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    return shutil.get_terminal_size((120, 24)).columns if is_terminal(sys.stdout) else 120
