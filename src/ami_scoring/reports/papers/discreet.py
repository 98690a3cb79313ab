"""What a letter may say where applicants are not told their points: the same reasons, without a number of theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ami_scoring.messages import Message

_WITHOUT: Final[Mapping[str, str]] = {
    "total de {total} inférieur": "total inférieur",
    "total de {total} : il faut plus": "total insuffisant : il faut plus",
    "somme des notes de {reached}, inférieure": "somme des notes inférieure",
    "{points}, {word} {floor}": "pas assez de points, {word} {floor}",
    "son total peut descendre de {total} à {low} points": "son total peut encore baisser",
    "de {low} à {high} points possibles": "son total n'est pas encore établi",
    "{low} points": "son total ne suffit pas",
    " ; le dernier total retenu est {last}": "",
}
"""What reasons say with points, and what is said in their place; a minimum is a rule, which everybody may read."""
_POINTS: Final = ("{total}", "{reached}", "{points}", "{low}", "{high}", "{last}")
"""The values of a reason that are points of the applicant, or of another."""
_NOT_TOLD: Final = Message("un motif tient à ses points, que ce courrier ne donne pas")
_COMPARED: Final = re.compile(r" \([^()]*, contre [^()]*\)")
_NOTE: Final = "note de "


def without_points(said: Message) -> Message:
    """Say a reason without the points that it tells."""
    template, words = said.template, dict(said.params)
    for told, instead in _WITHOUT.items():
        template = template.replace(told, instead)
    if str(words.get("points", "")).startswith(_NOTE):
        template = template.replace("pas assez de points", "note trop basse")
    if "how" in words:
        words["how"] = _COMPARED.sub("", str(words["how"]))
    return _NOT_TOLD if any(each in template for each in _POINTS) else Message(template, words)
