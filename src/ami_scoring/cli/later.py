"""Modules that the libraries import as they load and that few runs use: loaded when something in them is asked for.

python-stdnum imports `ssl` for services that we never call, typer a finder of shells, pydantic a maker of secrets.
Each still loads, whole and alike, at the first use of any of its names: nothing depends on the list but the time.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from typing import Final

MODULES: Final = frozenset({"pkgutil", "pydoc", "secrets", "shellingham", "ssl"})
"""Modules that their importers name whole (`import ssl`): of `from ssl import …`, the name is asked for at once."""


class _Later:
    """Finds the modules of the list as they are found otherwise, and puts their loading off."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG004 - as called
        if name not in MODULES:
            return None
        spec = PathFinder.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def put_off() -> None:
    """Put off the modules of the list, from now on."""
    sys.meta_path.insert(0, _Later)
