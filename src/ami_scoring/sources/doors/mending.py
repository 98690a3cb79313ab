"""How to mend what a policy writes and its schema refuses: the keyword, the key or the decimal that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ami_scoring.domain.facts import FactType
from ami_scoring.domain.primitives import without_accents
from ami_scoring.domain.rules import KINDS
from ami_scoring.domain.stating import UNREAD
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import DataPath
from ami_scoring.sources.text.suggestions import nearest

COMBINING: Final = ("all", "any", "not")
"""The keys of a condition made of others: what starts one, in place of `fact`."""

_IN_FRENCH: Final = {
    "booleen": FactType.BOOLEAN,
    "choix": FactType.CHOICE,
    "entier": FactType.INTEGER,
    "liste": FactType.LIST,
    "montant": FactType.MONEY,
    "nombre": FactType.DECIMAL,
    "pourcentage": FactType.PERCENTAGE,
    "texte": FactType.TEXT,
    "cas": "cases",
    "note": "judgement",
    "somme": "sum_of",
    "tableau": "table",
    "tranches": "bands",
}
_SIGNS: Final = {
    "knots": "linear",
    "bands": "bands",
    "items": "checklist",
    "columns": "table",
    "rows": "cases",
    "on": "judgement",
    "best": "relative",
    "every": "per_unit",
}
"""Keys that one kind of rule alone has."""

_MOST_STRANGERS: Final = 50
"""Unknown keys of one block among which a missing one is looked for."""
_ELSEWHERE: Final = {
    ("floors", "on"): ("Un plancher porte sur le total ; une note brute se borne sous « thresholds » (« on: mark »)."),
    ("quotas", "share"): "Un quota se dit en places (« at_least », « at_most »).",
}
"""Keys that one expects in a list and that are said in another way, by the list and the key."""


def mend_key(path: DataPath) -> Message | None:
    """Say how a policy says what an unknown key of one of its lists means."""
    if len(path) < 3 or not isinstance(path[-3], str) or not isinstance(path[-1], str):
        return None
    said = _ELSEWHERE.get((path[-3], path[-1]))
    return None if said is None else Message(said)


def mend_word(word: object, choices: Sequence[str]) -> Message | None:
    """Say which of the words admitted was meant."""
    if not isinstance(word, str):
        return None
    french = _IN_FRENCH.get(without_accents(word))
    near = french if french in choices else nearest(word, choices)
    return None if near is None else Message("Vouliez-vous dire « {near} » ?", {"near": str(near)})


def mend_kind(rule: object) -> Message | None:
    """Say which kind a rule must be: the nearest to the one it names, or the one that its keys are of."""
    if not isinstance(rule, dict):
        return None
    if "kind" in rule:
        return mend_word(rule["kind"], KINDS)
    kind = next((kind for key, kind in _SIGNS.items() if key in rule), None)
    if kind is None and isinstance(rule.get("points"), dict):
        kind = "lookup"
    return None if kind is None else Message("Ajoutez « kind: {kind} ».", {"kind": kind})


def mend_cut_decimal(block: object, key: object) -> Message | None:
    """Say how to write `9,5` where a comma parts two keys: it reads as `9`, then a key `5` without a value."""
    before = cut_key(block, key)
    if before is None or not isinstance(block, dict):
        return None
    return Message(
        "La virgule sépare deux éléments : pour {whole},{tail}, écrivez « {before}: {whole}.{tail} ».",
        {"before": before, "whole": block[before], "tail": key},
    )


def cut_key(block: object, key: object) -> str | None:
    """Name the key whose number a comma cut in two, of which this other key is the end; None where none was."""
    if not isinstance(block, dict) or not isinstance(key, str) or block.get(key) is not None or not key.isdigit():
        return None
    keys = list(block)
    before = keys[keys.index(key) - 1] if key in keys[1:] else None
    whole = block.get(before)
    return str(before) if isinstance(whole, str) and re.fullmatch(r"[+-]?\d+", whole) else None


def without_echoes(errors: Sequence[Any]) -> Iterator[Any]:
    """Drop what another mistake causes: a key missing where it is mistyped, a limit whose parameter is refused.

    The mistyped key is told with the right one, and the parameter where it stands.
    """
    strangers: dict[DataPath, list[str]] = {}
    for error in errors:
        if error["type"] == "extra_forbidden":
            strangers.setdefault(error["loc"][:-1], []).append(str(error["loc"][-1]))
    for error in errors:
        *above, last = error["loc"] or (None,)
        meant = (str(last), *COMBINING) if above[-1:] == ["<fact>"] else (str(last),)
        written = strangers.get(tuple(above), ())
        if error["type"] == UNREAD:
            continue
        if error["type"] != "missing" or all(nearest(key, meant) is None for key in written[:_MOST_STRANGERS]):
            yield error
