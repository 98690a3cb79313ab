"""The values at the tips of a schema: what an editor must let through is all that the reader takes.

An editor sees `2022` where the reader sees a text, and `oui` where another file has `true`: a correct file that is
underlined teaches people to ignore the underlining.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, Final

WORDS: Final = ("oui", "o", "vrai", "true", "yes", "x", "on", "non", "n", "faux", "false", "no", "off")
ACCENTS: Final = {"a": "àâä", "c": "ç", "e": "éèêë", "i": "îï", "o": "ôö", "u": "ùûü"}

COMBINING: Final = r"[\u0300-\u036f]?"
"""An accent on its own, as some systems write it after its letter."""
_FLAG = {(str, "oui"), (str, "non"), (bool, True), (bool, False)}

Schema = dict[str, Any]


def yes_or_no() -> Schema:
    """Give the definition that every yes or no refers to."""
    return {"title": "Oui ou non", **_anyhow({"enum": ["oui", "non", True, False]}, WORDS)}


def widen(node: Any) -> Any:
    """Give the same schema, where each value admits every form that the reader takes, and nothing says `null` twice."""
    if isinstance(node, list):
        return [widen(part) for part in node]
    if not isinstance(node, dict):
        return node
    made = {key: _mapped(value) if key in {"properties", "$defs"} else widen(value) for key, value in node.items()}
    return _leaf(_without_null(made))


def _mapped(values: Mapping[str, Any]) -> Schema:
    return {key: widen(value) for key, value in values.items()}


def _leaf(node: Schema) -> Schema:
    kind, const = node.get("type"), node.get("const")
    if kind == "string" and isinstance(const, str) and const.isdigit():
        return {
            **{key: value for key, value in node.items() if key not in {"type", "const"}},
            "enum": [int(const), const],
        }
    if kind == "string" and "enum" not in node and const is None:
        return {**node, "type": ["string", "number"] if "pattern" in node else ["string", "number", "boolean"]}
    if kind == "integer":
        return {**node, "type": ["integer", "string"]}
    if "enum" in node and {(type(value), value) for value in node["enum"]} == _FLAG:
        return {**{key: value for key, value in node.items() if key != "enum"}, "$ref": "#/$defs/OuiNon"}
    if "enum" in node and kind is None and all(isinstance(value, str) for value in node["enum"]):
        return _anyhow(node, node["enum"])
    return node


def _anyhow(node: Schema, words: Any) -> Schema:
    """Admit words in any case, with or without accents, and show in completion those that are best written."""
    rest = {key: value for key, value in node.items() if key != "enum"}
    pattern = "^(" + "|".join(_spelled(word) for word in words) + ")$"
    return {**rest, "anyOf": [{"enum": node["enum"]}, {"type": "string", "pattern": pattern}]}


def _spelled(word: str) -> str:
    return "".join(_letter(char) for char in unicodedata.normalize("NFC", word))


def _letter(char: str) -> str:
    if char in " _":
        return "[ _]"
    bare = unicodedata.normalize("NFD", char)[0].lower()
    others = ACCENTS.get(bare, "")
    same = dict.fromkeys(bare + bare.upper() + others + others.upper())
    loose = f"[{''.join(same)}]{COMBINING if others else ''}"
    return loose if char.isalpha() else char


def _without_null(node: Schema) -> Schema:
    """Write « this or nothing » as this: an absent key says it better, and completion stays short."""
    parts = node.get("anyOf")
    if not isinstance(parts, list) or {"type": "null"} not in parts:
        return node
    value, *others = (part for part in parts if part != {"type": "null"})
    if others:
        return node
    rest = {key: each for key, each in node.items() if key not in {"anyOf", "default"}}
    kind = value.get("type")
    if kind is None:
        return {**rest, "anyOf": [value, {"type": "null"}]}
    return {**value, **rest, "type": [*(kind if isinstance(kind, list) else [kind]), "null"]}
