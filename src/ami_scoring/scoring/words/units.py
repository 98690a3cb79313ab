"""Units after a number: policies write them in the plural (`ans`, `postes`), and one of them is singular."""

from __future__ import annotations

from typing import Final

from ami_scoring.exact import Fraction
from ami_scoring.patterns import late

_INVARIABLE: Final = late(
    "avis|bois|bonus|bus|campus|cas|colis|corps|cours|devis|fois|mois|palais|pays|permis|poids|progrès|puits|recours"
    "|repas|succès|temps|tiers|virus"
)
"""Words in -s that are already singular."""
_IRREGULAR: Final = {"baux": "bail", "travaux": "travail"}
_LINK: Final = late(r" (?:à|de|d['\u2019]|du|des|en|et|par|pour|sur)\b")
"""What opens a complement, which keeps its number: `heures par semaine`, `points de pourcentage`."""
_SHORTEST: Final = 3
"""A sign such as `s` or `ms` is no plural."""


def counted(unit: str, number: int | Fraction) -> str:
    """Write a unit as it follows a number: in the singular below two, as French has it."""
    return singular(unit) if -2 < number < 2 else unit


def singular(unit: str) -> str:
    """Put a unit in the singular: `ans` gives `an`, `m²` and `mois` stay, `lits d'hôpital` gives `lit d'hôpital`."""
    link = _LINK.search(unit)
    head, rest = (unit, "") if link is None else (unit[: link.start()], unit[link.start() :])
    return " ".join(map(_singular_word, head.split(" "))) + rest


def _singular_word(word: str) -> str:
    if len(word) < _SHORTEST or _INVARIABLE.fullmatch(word) or not word.islower():
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word.removesuffix("s")
