"""What is wrong in the categories that a policy names: written twice, never taken, not of the type of their fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from math import ceil, floor
from typing import Final

from ami_scoring.domain.conditions import parse_points
from ami_scoring.domain.facts import Fact, FactType, category_of
from ami_scoring.domain.primitives import fold
from ami_scoring.exact import Fraction, plain
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.words import Path, error, mismatch

MAX_LISTED: Final = 100
"""Numbers beyond which those of a bounded fact are not listed one by one."""
_DEPARTMENT: Final = "implantation.departement"
_DEPARTMENT_CODE: Final = r"\d\d|2[ab]|9[78]\d"


def categories_of(fact: Fact) -> dict[str, str] | None:
    """Give every value a fact can have, folded → as shown; None when they cannot be listed."""
    if fact.type is FactType.BOOLEAN:
        return {"oui": "oui", "non": "non"}
    numbers = _every_number(fact)
    if numbers is not None:
        return {plain(number): plain(number) for number in numbers}
    return {fold(choice): choice for choice in fact.choices} if fact.choices else None


def _every_number(fact: Fact) -> list[Fraction] | None:
    """List the numbers between the bounds of a fact, where they are few."""
    low, high = fact.minimum, fact.maximum
    if not fact.grid or not isinstance(low, (int, Fraction)) or not isinstance(high, (int, Fraction)):
        return None
    first, last = ceil(low / fact.grid), floor(high / fact.grid)
    if fact.grid < 0 or last - first >= MAX_LISTED:
        return None
    return [each * fact.grid for each in range(first, last + 1)]


def check_twice(names: Iterable[str], path: Path, places: Iterable[int] | None = None) -> Iterator[Problem]:
    """Find the categories written twice, but for case and spaces: keys, or the elements of a list at `places`."""
    seen: dict[str, tuple[str, str | int]] = {}
    keys: Iterable[str | int] = names if places is None else places
    for name, place in zip(names, keys, strict=False):
        first, its_place = seen.setdefault(fold(name), (name, place))
        if its_place != place:
            message = Message(
                "« {name} » et « {first} » sont la même valeur : n'en gardez qu'une.", {"name": name, "first": first}
            )
            problem = Problem("category-twice", Severity.ERROR, (*path, place), message, on_key=places is None)
            yield problem._replace(related=((*path, its_place),))


def check_categories(words: list[str], fact: Fact, path: Path) -> Iterator[Problem]:
    """Find the words that a fact never takes as its value."""
    possible = categories_of(fact)
    for word in words:
        if possible is not None and fold(word) not in possible:
            yield error(
                "category-unknown",
                path,
                "« {fact} » ne vaut jamais « {word} » ; valeurs possibles : {possible}.",
                fact=fact.name,
                word=word,
                possible=list(possible.values()),
            )
        elif possible is None:
            yield from check_typed(fact, word, path)


def check_typed(fact: Fact, word: str, path: Path) -> Iterator[Problem]:
    """Find a word that is not written as a value of a fact whose values cannot be listed."""
    if not _is_written_as(fact, word):
        yield mismatch(fact, path, "une valeur de ce type")
    elif fact.name == _DEPARTMENT and not re.fullmatch(_DEPARTMENT_CODE, fold(word), re.ASCII):
        message = Message("« {fact} » ne vaut jamais « {word} ».", {"fact": fact.name, "word": word})
        right = f"« 0{word} »" if len(word) == 1 and word.isdigit() else "un code, par exemple 09, 2A ou 974"
        mend = Message("Écrivez {right}.", {"right": right})
        yield Problem("category-unknown", Severity.ERROR, path, message, mend)


def _is_written_as(fact: Fact, word: str) -> bool:
    try:
        if fact.type.is_number:
            return category_of(_number(word)) == fold(word)
        if fact.type is FactType.DATE:
            return date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False
    return True


def _number(word: str) -> int | Fraction:
    number = parse_points(word)
    return number.numerator if number.denominator == 1 else number
