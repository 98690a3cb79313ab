"""Registers of decisions: which files are one, and what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ami_scoring.findings import Finding
from ami_scoring.sources.files.decoding import read_bytes

_KEYS: Final = re.compile(rb"^(language|call|decisions|criteria)[ \t]*:", re.MULTILINE)
_EVERY_KEY: Final = {b"language", b"call", b"decisions"}
_NAME: Final = "decisions.yaml"
_TEXTS: Final = frozenset({".yaml", ".yml"})


def is_register(path: Path, *, opened: bool = True) -> bool:
    """Say whether a file holds decisions: by its name, or by the keys that it has at its top where it is `opened`."""
    if path.suffix.lower() not in _TEXTS or path.is_dir():
        return False
    if path.name.casefold().endswith(_NAME):
        return True
    data = read_bytes(path) if opened else b""
    return not isinstance(data, Finding) and set(_KEYS.findall(data)) == _EVERY_KEY


def check_registers(paths: Iterable[Path]) -> list[Finding]:
    """Say everything that is wrong in registers of decisions, each by itself: their form, and their chain."""
    found: list[Finding] = []
    for path in paths:
        from ami_scoring.sources.doors.decisions import load_decisions  # noqa: PLC0415 - decisions only

        loaded = load_decisions(path)
        found.extend(loaded if isinstance(loaded, list) else loaded.findings)
    return found
