"""Points, values and numbers in the words of an elected official."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ami_scoring.domain.facts import Fact, FactType, Missing, Opinions, Value
from ami_scoring.domain.limits import Limited
from ami_scoring.domain.plausible import Plausible
from ami_scoring.domain.primitives import fold
from ami_scoring.exact import Fraction
from ami_scoring.messages import NO_BREAK, Message, ends, exactly, rounded, spell, spell_number
from ami_scoring.scoring.words.units import counted

Catalogue = Mapping[str, Fact]

TYPE_WORDS: Final = {
    FactType.INTEGER: "nombre entier",
    FactType.DECIMAL: "nombre",
    FactType.PERCENTAGE: "pourcentage",
    FactType.MONEY: "montant",
    FactType.DATE: "date",
    FactType.BOOLEAN: "oui/non",
    FactType.CHOICE: "choix",
    FactType.TEXT: "texte",
    FactType.LIST: "liste",
    FactType.OPINIONS: "avis",
}


def inner(label: str) -> str:
    """Write a label that is to stand between guillemets: its own become the inner ones of French."""
    return label.replace("« ", "“").replace(" »", "”").replace("«", "“").replace("»", "”")


def points_word(points: int | Fraction) -> Message:
    """Write points with their unit, which takes an s from two on."""
    word = "point" if -2 < points < 2 else "points"
    return Message(f"{{points}}{NO_BREAK}{word}", {"points": points})


_SPELT: Final = {"epci": "EPCI"}
"""Choices of the model that people write otherwise than files do."""


def choice_word(choice: str) -> str:
    """Write a choice as officials do: `EPCI`."""
    return _SPELT.get(choice, choice)


def value_word(fact: Fact, value: Value) -> str:
    """Write a value of a fact with its unit: `6,5 mois`, `ZIP`, `oui`, or say that it is missing."""
    if isinstance(value, Missing):
        return _missing_word(value)
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return number_word(fact, value)
    if isinstance(value, Opinions):
        aside = f" ({value.excluded} écarté pour conflit d'intérêts)" if value.excluded else ""
        return f"{len(value.marks)} avis : {' ; '.join(_mark_word(fact, mark) for mark in value.marks)}{aside}"
    return (
        _free_word(fact, value)
        if fact.is_free_text and isinstance(value, (str, frozenset))
        else choice_word(spell(value)) or "aucun"
    )


def _mark_word(fact: Fact, mark: Fraction) -> str:
    """Write a mark, with the name of its level where levels are described; two of the same points share it."""
    named = " ou ".join(name for points, name in fact.levels if points == mark)
    return f"{named} ({spell(mark)})" if named else spell(mark)


def _free_word(fact: Fact, value: str | frozenset[str]) -> str:
    """Write what was typed freely without its words, which may name a person: only those of the policy are shown."""
    if isinstance(value, str):
        return next((word for word in fact.words if fold(word) == fold(value)), "autre texte")
    named = [word for word in sorted(fact.words, key=fold) if fold(word) in value]
    others = len(value) - len(named)
    if not others:
        return ", ".join(named) or "aucun"
    if named:
        return f"{', '.join(named)} et {others} autre{'s' if others > 1 else ''}"
    return f"{others} élément{'s' if others > 1 else ''} que le barème ne nomme pas"


def number_word(fact: Fact, number: int | Fraction) -> str:
    """Write a number in the unit of a fact."""
    if fact.type is FactType.PERCENTAGE:
        return f"{spell_number(Fraction(number) * 100)}{NO_BREAK}%"
    if not fact.unit:
        return spell_number(number)
    unit = counted(fact.unit, number)
    if ends(number):
        return f"{spell_number(number)}{NO_BREAK}{unit}"
    return f"{rounded(number, 2)}{NO_BREAK}{unit} {exactly(number)}"


def bound_word(fact: Fact, bound: Any) -> str:
    """Write a bound of a band or a condition."""
    return spell(bound) if isinstance(bound, date) else number_word(fact, bound)


def stated_word(limited: Limited, catalogue: Catalogue, *keys: str) -> str:
    """Name in an aside the parameters that state limits, of some keys or of all; nothing where all are written."""
    names = dict.fromkeys(filter(None, map(limited.stated_by, keys))) if keys else limited.parameters_named
    return f" ({', '.join(f'« {inner(catalogue[name].label)} »' for name in names)})" if names else ""


def plausible_word(plausible: Plausible, fact: Fact | None = None) -> str:
    """Say what is plausible: `de 50 à 80 000 habitants`, `au plus 30 ans`, `à partir du 1er janvier 2018`."""
    low, high = plausible.bounds
    if isinstance(low, date) or isinstance(high, date):
        parts = ("" if low is None else f"à partir du {spell(low)}", "" if high is None else f"jusqu'au {spell(high)}")
        return ", ".join(filter(None, parts))
    told = [spell(end) if fact is None else bound_word(fact, end) for end in (low, high) if end is not None]
    if low is None or high is None:
        return f"au plus {told[0]}" if low is None else f"au moins {told[0]}"
    return f"de {spell(low)} à {told[1]}"


def _missing_word(value: Missing) -> str:
    if value.at_least is not None and value.at_most is not None:
        return f"non renseigné (entre {spell(value.at_least)} et {spell(value.at_most)})"
    return "non renseigné"
