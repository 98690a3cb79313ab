"""A decision → the lines of `decisions.yaml`, added after all the others: what is written already is never touched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_PLAIN: Final = re.compile(r"[\w.'’/-][\w '’./-]*[\w.’/-]|\w", re.UNICODE)
_WORDS: Final = frozenset({"null", "~", "-", "--", "---", "..."})
_HEAD: Final = """\
# Décisions du comité : ce que des personnes ont décidé, à part de ce qui a été calculé.
# « ami decide » ajoute à la fin ; rien ne se récrit ni ne s'efface : chacune porte l'empreinte de la précédente.
language: 1
call: {call}
decisions:
"""


def new_register(call: str) -> str:
    """Write the beginning of a register that holds no decision yet; a first one comes after it."""
    return _HEAD.replace("{call}", scalar(call))


def entry_text(entry: Mapping[str, Any]) -> str:
    """Write one entry of the list, as plain data; its texts are read back as they are."""
    lines = list(_lines(entry))
    return "".join(f"{'  - ' if place == 0 else '    '}{line}\n" for place, line in enumerate(lines))


def scalar(value: object) -> str:
    """Write one text so that it is read back the same, between quotes only where it must be."""
    text = str(value)
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and text[:1] not in "-'’"
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _lines(entry: Mapping[str, Any]) -> Iterator[str]:
    for key, value in entry.items():
        if isinstance(value, Mapping):
            yield f"{key}:"
            yield from (f"  {scalar(name)}: {scalar(each)}" for name, each in value.items())
        elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
            yield f"{key}:"
            yield from (f"  - {_flow(each)}" for each in value)
        else:
            yield f"{key}: {_flow(value)}"


def _flow(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    return scalar(value)
