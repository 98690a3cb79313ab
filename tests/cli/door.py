"""The door a user uses: what a small call holds, and what its fixtures give."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

CRITERIA = """\
language: 1
call: {title: Appel d'essai, edition: essai no 1, authority: Comité, notice: Des poids supposés.}
total: 50
waves:
  - {id: v1, label: Vague 1, closes: 2022-02-28, zoning: zonage.csv}
  - {id: v2, label: Vague 2, closes: 2022-09-30, zoning: zonage.csv}
criteria:
  - id: zonage
    label: Zonage
    weight: 30
    rule: {kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}
    if_missing: hold
  - id: bureaux
    label: Bureaux
    weight: 20
    rule: {kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}
    if_missing: zero
selection: {places: 1, reserve: 1}
"""
ZONING = """\
code,type,zone,edition,source
09001,commune,ZIP,2022,essai
09002,commune,ZAC,2022,essai
31001,commune,ZV,2022,essai
"""
SCRUBBED = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "PYTHONIOENCODING", "PYTHONUTF8")


class Terminal(io.TextIOWrapper):
    """A terminal of some encoding, that remembers what it showed."""

    def __init__(self, encoding: str) -> None:
        """Show nothing yet."""
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        """Say that a person is looking."""
        return True

    @property
    def shown(self) -> str:
        """What was shown so far, as its encoding has it."""
        self.flush()
        return str(self.buffer.getvalue(), self.encoding)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Ran:
    """What one command gave."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that was written, on either stream."""
        return self.out + self.err


class Ami(Protocol):
    """`ami`, with these arguments."""

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run it."""


class Command(Protocol):
    """`ami` in a process of its own, with this environment."""

    def __call__(self, *arguments: str | Path, **environment: str) -> Ran:
        """Run it."""


class Write(Protocol):
    """Write a file of the call's folder."""

    def __call__(self, name: str, content: str | bytes) -> Path:
        """Give its path, relative to the folder."""


class Apply(Protocol):
    """Write a candidature that is right, but for the changes."""

    def __call__(self, reference: str, *, name: str | None = None, code: str = "09001", more: str = "") -> Path:
        """Give its path, relative to the folder."""


def read(ran: Ran) -> dict[str, Any]:
    """Give the JSON that a run has shown."""
    result = json.loads(ran.out)
    assert isinstance(result, dict)
    return result


def statuses(ran: Ran) -> dict[str | None, str]:
    """Give the status of every candidature of a run that has shown its JSON, by reference."""
    result = read(ran)
    return {one["reference"]: one["status"] for one in (*result["ranking"], *result["set_aside"])}
