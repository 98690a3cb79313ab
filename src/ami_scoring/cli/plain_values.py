"""Options that nothing has to convert: not given, a text, or a path that is not looked at.

Typer converts each option of a command by pydantic, those that are not given as well, and loads it whole to do so: a
quarter of a start. What is plain here is what it would make of such a value; any other is left to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args, get_origin

_LEFT: Final = object()
"""Stands for a value that is left to typer."""
_OF_PATHS: Final = ("exists", "resolve_path", "writable", "allow_dash", "path_type")
"""What a parameter may ask of a path, beyond being one that can be read where it exists."""


def read_plainly(param: Any) -> None:
    """Have a parameter of a command take plain values as they are, and ask typer of the others.

    Where typer no longer says what its parameters are made of, all is left to it.
    """
    described = getattr(param, "type_descriptor", None)
    asked, kind = getattr(described, "parameter_info", None), getattr(described, "annotation", None)
    if asked is None or kind is None:
        return
    listed = get_origin(kind) is list
    plain = _reader(get_args(kind)[0] if listed else kind, asked)
    param.process_value = partial(_processed, param, param.process_value, partial(_all, plain) if listed else plain)


def _reader(kind: Any, asked: Any) -> Callable[[Any], Any]:
    if getattr(asked, "parser", None) is not None:
        return _left
    if kind is str:
        return _text
    if isinstance(kind, type) and issubclass(kind, Enum):
        return partial(_choice, kind)
    if kind is not Path or any(getattr(asked, name, True) for name in _OF_PATHS):
        return _left
    if not (asked.file_okay and asked.dir_okay):
        return _left
    return _readable_path if asked.readable else _path


def _processed(param: Any, ask: Callable[[Any, Any], Any], plain: Callable[[Any], Any], ctx: Any, value: Any) -> Any:
    given = value is not None
    read = plain(value) if given else () if param.multiple or param.nargs == -1 else None
    if read is _LEFT or (param.required and not read):
        return ask(ctx, value)
    return read if param.callback is None else param.callback(ctx, param, read)


def _text(value: Any) -> Any:
    return value if type(value) is str else _LEFT


def _choice(kind: type[Enum], value: Any) -> Any:
    if isinstance(value, kind):
        return value
    return kind._value2member_map_.get(value, _LEFT) if type(value) is str else _LEFT


def _path(value: Any) -> Any:
    return Path(value) if type(value) is str else value if isinstance(value, Path) else _LEFT


def _readable_path(value: Any) -> Any:
    found = _path(value)
    if found is _LEFT or not os.path.exists(found):  # noqa: PTH110 - of a name that the system refuses, `Path` raises
        return found
    return found if os.access(found, os.R_OK) else _LEFT


def _left(_: Any) -> Any:
    return _LEFT


def _all(plain: Callable[[Any], Any], values: Any) -> Any:
    if not isinstance(values, (list, tuple)):
        return _LEFT
    read = [plain(value) for value in values]
    return _LEFT if any(each is _LEFT for each in read) else read
