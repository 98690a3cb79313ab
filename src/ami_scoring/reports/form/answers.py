"""A candidature → its answers by the keys of a form, for a form or a table that is already filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX, parse_fact
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.exact import Fraction
from ami_scoring.reports.form.questions import COUNT

Value = str | bool | int | Fraction | date


def answers_of(candidature: Candidature, criteria: Criteria) -> dict[str, Value]:
    """Give every answer of a candidature under its key; nothing for what it does not say."""
    return dict(_answers(candidature, criteria))


def lines_needed(answers: Mapping[str, Value]) -> dict[str, int]:
    """Give how many lines each list fills."""
    needed: Counter[str] = Counter()
    for key in answers:
        parts = key.split(".")
        for at, part in enumerate(parts):
            if at and part.isdecimal():
                name = ".".join(parts[:at])
                needed[name] = max(needed[name], int(part))
    return dict(needed)


def spell_answer(value: Value) -> str:
    """Write an answer as text that is read back the same: `oui`, `2022-02-28`, `1,2340`."""
    match value:
        case bool():
            return "oui" if value else "non"
        case datetime() | date():
            return value.isoformat()
        case int():
            return str(value)
        case Fraction():
            return spell_exact(value)
        case _:
            return value


def spell_exact(number: Fraction) -> str:
    """Write a number with a decimal comma, never with exactly three decimals: `1,234` might be a thousand."""
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
    if "." not in text:
        return text
    whole, _, tail = text.rstrip("0").rstrip(".").partition(".")
    return f"{whole},{tail}0" if len(tail) == 3 else f"{whole},{tail}" if tail else whole


def _answers(candidature: Candidature, criteria: Criteria) -> Iterator[tuple[str, Value]]:
    for name, info in Candidature.model_fields.items():
        value = getattr(candidature, name)
        key = info.alias or name
        if key + "." == PREFIX:
            for own, raw in value.items():
                yield from _declared(key + "." + own, raw, criteria)
        else:
            yield from _of(key, value)


def _of(key: str, value: Any) -> Iterator[tuple[str, Value]]:
    match value:
        case None:
            return
        case Model():
            for name, info in type(value).model_fields.items():
                yield from _of(f"{key}.{info.alias or name}", getattr(value, name))
        case list():
            if not value or any(_is_blank(each) or _is_parted(each) for each in value):
                yield f"{key}.{COUNT}", len(value)
            for place, each in enumerate(value, start=1):
                yield from _of(f"{key}.{place}", each)
        case _:
            yield key, value


def _is_blank(value: Any) -> bool:
    return isinstance(value, Model) and not any(True for _ in _of("", value))


def _is_parted(value: Any) -> bool:
    """Whether a reader would take a text for several elements, unless it is told how many there are."""
    return isinstance(value, str) and any(mark in value for mark in ";\r\n")


def _declared(key: str, raw: Any, criteria: Criteria) -> Iterator[tuple[str, Value]]:
    fact = criteria.catalogue.get(key)
    if isinstance(raw, list):
        yield from _of(key, [str(each) for each in raw])
    elif fact is not None and raw is not None:
        yield from _one_declared(key, raw, fact)
    elif raw is not None:
        yield key, str(raw)


def _one_declared(key: str, raw: Any, fact: Fact) -> Iterator[tuple[str, Value]]:
    if fact.type is FactType.LIST:
        yield from _of(key, [str(raw)])
        return
    try:
        known = parse_fact(fact, raw)
    except RefusalError:
        # A wrong answer is copied as it is: whoever reads the form will be told of it again.
        known = str(raw)
    yield key, known if isinstance(known, Value) else str(raw)
