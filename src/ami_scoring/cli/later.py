"""Parts of the libraries that they make as they load and that few runs use: made when something asks for them.

python-stdnum imports `ssl` for services that we never call, typer a finder of shells, pydantic a maker of secrets;
PyYAML compiles the expressions of its reader in Python, of which one takes as long as a start of the interpreter, and
we only ask its parser in C. Each still comes, whole and alike, at its first use: nothing depends on the lists but the
time.
"""

from __future__ import annotations

import re
import sys
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType
from typing import Any, Final

from ami_scoring.patterns import late

MODULES: Final = frozenset({"pkgutil", "pydoc", "secrets", "shellingham", "ssl"})
"""Modules that their importers name whole (`import ssl`): of `from ssl import …`, the name is asked for at once."""
PATTERNS: Final = frozenset({"fractions", "platform", "textwrap", "yaml.constructor", "yaml.reader", "yaml.resolver"})
"""Modules that ask of their regular expressions nothing but their own methods, which `late` gives."""


class _Later:
    """Finds the modules of the lists as they are found otherwise, and puts off their loading, or their expressions."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG004 - as called
        if name not in MODULES and name not in PATTERNS:
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader) if name in MODULES else _PatternsLater(spec.loader)  # type: ignore[assignment]
        return spec


class _LateExpressions(ModuleType):
    """The module `re` as a module of the list sees it: what it compiles is `late`, all else is what it is."""

    compile = staticmethod(late)

    def __getattr__(self, name: str) -> Any:
        return getattr(re, name)


class _PatternsLater:
    """Loads a module as its own loader does, in the sight of late expressions."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        found: ModuleType | None = self._loader.create_module(spec)
        return found

    def exec_module(self, module: ModuleType) -> None:
        sys.modules["re"] = _LateExpressions("re")
        try:
            self._loader.exec_module(module)
        finally:
            sys.modules["re"] = re

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


def put_off() -> None:
    """Put off what the lists name, from now on."""
    sys.meta_path.insert(0, _Later)
