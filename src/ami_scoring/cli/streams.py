"""What the terminal can show: colour, width, characters. The environment is read here."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def is_terminal(stream: TextIO) -> bool:
    """Say whether a person is looking."""
    return stream.isatty()


def wants_colour(stream: TextIO) -> bool:
    """Say whether to colour: NO_COLOR wins, then FORCE_COLOR, then whether it is a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") not in {"dumb", "unknown"}


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
