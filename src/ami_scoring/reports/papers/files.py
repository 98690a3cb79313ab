"""Names of files made of references: each its own, on every system."""

from __future__ import annotations

import re
from typing import Final

_UNSAFE: Final = re.compile(r"[^\w.-]")


class Files:
    """Gives each reference of one folder a name that no other has, even where capitals are not told apart."""

    def __init__(self, folder: str) -> None:
        """Begin in a folder, without names."""
        self._folder = folder
        self._taken: set[str] = set()

    def name(self, reference: str) -> str:
        """Give the path of a reference, without a suffix: a letter, a digit, `.`, `-` or `_` stays as it is."""
        plain = _UNSAFE.sub("-", reference).strip(".")[:64] or "dossier"
        found, again = plain, 1
        while found.casefold() in self._taken:
            again += 1
            found = f"{plain}-{again}"
        self._taken.add(found.casefold())
        return f"{self._folder}/{found}"
