"""How to mend what a policy writes and its schema refuses: the keyword, the key or the decimal that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ami_scoring.domain.budgets import Budget
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import FactType
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.primitives import without_accents
from ami_scoring.domain.rules import KINDS
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.stating import UNREAD
from ami_scoring.domain.ties import Ranking
from ami_scoring.domain.versions import Versions
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
UNWRITTEN: Final = frozenset({"minimum_strict"})
"""Fields of a policy that its file says in another way: no key of it is named so."""
_SECTIONS: Final[dict[DataPath, type[Model]]] = {
    (): Criteria,
    ("ranking",): Ranking,
    ("selection",): Selection,
    ("selection", "budget"): Budget,
    ("versions",): Versions,
}
"""The sections of a policy, and what each holds."""
_ELSEWHERE: Final = {
    ("floors", "on"): ("Un plancher porte sur le total ; une note brute se borne sous « thresholds » (« on: mark »)."),
    ("quotas", "share"): "Un quota se dit en places (« at_least », « at_most »).",
}
"""Keys that one expects in a list and that are said in another way, by the list and the key."""


def mend_key(path: DataPath) -> Message | None:
    """Say how a policy says what an unknown key means: in another way, or in another of its sections."""
    if not isinstance(path[-1], str):
        return None
    said = _ELSEWHERE.get((path[-3], path[-1])) if len(path) > 2 and isinstance(path[-3], str) else None
    return _mend_section(path) if said is None else Message(said)


def _mend_section(path: DataPath) -> Message | None:
    """Say in which section a key goes that no other has, where one wrote it in another."""
    key, *above = path[-1], *path[:-1]
    homes = [home for home, model in _SECTIONS.items() if key in model.model_fields and key not in UNWRITTEN]
    if len(homes) != 1 or (*above,) not in _SECTIONS:
        return None
    home = homes[0]
    if not home:
        return Message("« {key} » s'écrit au premier niveau du fichier, sans retrait.", {"key": key})
    inside = f"{key}: …"
    for part in reversed(home):
        inside = f"{part}: {{{inside}}}"
    said = "« {key} » s'écrit sous « {last} » : « {inside} »."
    return Message(said, {"key": key, "last": home[-1], "inside": inside})


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
