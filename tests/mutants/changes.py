"""Small changes of the functions of a module, as mutmut makes them, each ready to stand in for its function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import ndiff
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from types import FunctionType
from typing import Any, Final, NamedTuple

from mutmut.mutation.file_mutation import (  # type: ignore[import-not-found, unused-ignore] # by `make mutants` alone
    mutate_file_contents,
)

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = ROOT / "src"
_ZEROS: Final = (["Fraction(0)"], ["NOTHING"], ["_NOTHING"], ["nothing"])


class Change(NamedTuple):
    """One change of one function."""

    owner: str
    """Its function, from its room: `places.purses.Purses.cause`."""
    number: int
    path: Path
    lines: range
    """Of the statement that changes: a test that runs none of them cannot notice, unless none runs any of them."""
    body: range
    """Of the whole function."""
    told: str
    """The lines that go, and those that come."""
    function: FunctionType
    instead: FunctionType

    @property
    def name(self) -> str:
        """Name it as patterns do."""
        return f"{self.owner}.{self.number}"

    def make(self) -> None:
        """Change the function itself, so that whoever holds it holds the change; nothing changes it back."""
        for what in ("__code__", "__defaults__", "__kwdefaults__"):
            setattr(self.function, what, getattr(self.instead, what))


def changes_of(path: Path) -> Iterator[Change]:
    """Make every change of the functions of a module; those that are decorated are left as they are."""
    text, module = path.read_text(encoding="utf-8"), ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    made = mutate_file_contents(str(path), text)
    changed: dict[str, Any] = {"__name__": module}
    exec(compile(made.code, f"changes of {path.name}", "exec"), changed)  # noqa: S102 - our own module, changed
    real, lines, spans = vars(import_module(module)), made.code.splitlines(), made.line_span_by_function_name
    places = _Places(ast.parse(text))
    for name in made.mutant_names:
        mangled, _, number = name.rpartition("_")
        owners = mangled.removesuffix("__mutmut").removeprefix("x_").removeprefix("xǁ").split("ǁ")
        function, instead = _found(real, owners), _found(changed, [*owners[:-1], name])
        before, after = (
            [
                line.replace(f"def {each}(", f"def {owners[-1]}(")
                for line in lines[spans[each].start - 1 : spans[each].end]
            ]
            for each in (f"{mangled}_orig", name)
        )
        if _said(before) == _said(after):
            continue
        first = next(at for at, line in enumerate(before) if line.lstrip().startswith(("def ", "@")))
        moved = next((at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(after))
        start = function.__code__.co_firstlineno
        yield Change(
            ".".join([module.removeprefix("ami_scoring.").removeprefix("scoring."), *owners]),
            int(number),
            path,
            places.around(start + moved - first),
            range(start, start + len(before) - first),
            "\n".join(line for line in ndiff(before, after) if line.startswith(("- ", "+ "))),
            function,
            instead,
        )


def _found(names: dict[str, Any], owners: list[str]) -> FunctionType:
    *classes, name = owners
    held = vars(names[classes[0]]) if classes else names
    function = getattr(held[name], "__func__", held[name])
    assert isinstance(function, FunctionType), name
    assert not function.__code__.co_freevars, name  # what it would close over is not ours to make
    return function


def _said(lines: list[str]) -> str:
    return ast.dump(_Plain().visit(ast.parse(dedent("\n".join(lines)))))


class _Plain(ast.NodeTransformer):
    """Leave out what changes no value: that two lists are as long as one another, and that a sum begins at zero."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node.func:
            case ast.Name("zip"):
                node.keywords = []
            case ast.Name("sum") if [ast.unparse(each) for each in node.args[1:]] in _ZEROS:
                node.args = node.args[:1]
            case _:
                pass
        return self.generic_visit(node)


class _Places:
    """The statements of a module, by line."""

    def __init__(self, tree: ast.Module) -> None:
        """Note the lines of each statement: of one that holds others, those before the first of these."""
        self._spans: list[range] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt):
                held = getattr(node, "body", [])  # a match has cases instead: it is taken whole
                self._spans.append(range(node.lineno, held[0].lineno if held else (node.end_lineno or node.lineno) + 1))

    def around(self, line: int) -> range:
        """Give the lines of the smallest statement that holds a line."""
        return min((span for span in self._spans if line in span), key=len, default=range(0))
