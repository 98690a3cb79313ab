"""The file of assignments, one line a candidature: drawn, edited by hand, added to and never rewritten."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

_PLAIN: Final = re.compile(r"[^\W\d_][\w-]*")
Given = Mapping[str, Mapping[str, Sequence[str]]]


def assignments_yaml(seed: str, given: Given) -> str:
    """Write the assignments of a call, from nothing."""
    return (
        "# Qui lit quel dossier, sur quels sujets, par noms courts du jury. Tiré au sort par « ami jury prepare » ;\n"
        "# se corrige à la main : ce qui est écrit ici n'est jamais retiré ni réécrit, seulement complété à la fin.\n"
        f'language: "1"\nseed: {json.dumps(seed, ensure_ascii=False)}\nassignments:\n{assignment_lines(given)}'
    )


def assignment_lines(given: Given) -> str:
    """Write a line for each candidature."""
    return "".join(f"  {_name(reference)}: {{{_subjects(each)}}}\n" for reference, each in given.items())


def _subjects(given: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(f"{_name(subject)}: [{', '.join(map(_name, names))}]" for subject, names in given.items())


def _name(text: str) -> str:
    """Write a name, between quotes where YAML could read something else in it."""
    return text if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS else json.dumps(text, ensure_ascii=False)


_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
