"""What the examples of a criteria file exercise, told with the places of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ami_scoring.findings import Location


@dataclass(frozen=True, slots=True)
class Untried:
    """A branch of a policy that no example exercises."""

    what: str
    where: Location
    out_of_reach: bool
    """Whether no example was found either."""


@dataclass(frozen=True, slots=True)
class Addition:
    """Examples to write under one node of a file."""

    owner: str | None
    """The id of the criterion; None for candidatures taken whole."""
    where: Location
    """Where its `examples` stand, or else the node itself."""
    examples: tuple[Mapping[str, Any], ...]
    """What to write, as plain data: all of the list when it has to be written again."""
    follows: bool
    """Whether the examples come after others, in a list with one line an element."""
    replaces: bool
    """Whether the list has to be written again, because what is there stands between brackets."""
    in_braces: bool
    """Whether the node itself stands between braces, and its list has to be on one line."""
    indent: int
    """Spaces before the key `examples`, or before the dash of an example where the list goes on."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One criteria file: how many branches it has, which of them no example exercises, and what to add."""

    path: str
    branches: int
    untried: tuple[Untried, ...]
    additions: tuple[Addition, ...]
    is_too_large: bool = False
    """Whether there are more branches than examples are looked for: nothing is said of them."""

    @property
    def exercised(self) -> int | None:
        """How many branches some example exercises; None where nobody looked."""
        return None if self.is_too_large else self.branches - len(self.untried)
