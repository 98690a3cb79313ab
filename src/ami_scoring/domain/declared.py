"""Facts that a call declares for itself: typed, bounded, carried by candidatures under `complements`."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_core import PydanticCustomError

from ami_scoring.domain.conditions import parse_points
from ami_scoring.domain.dates import parse_day
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Known, Opinions, Value
from ami_scoring.domain.measures import without_unit
from ami_scoring.domain.primitives import fold, parse_flag, parse_text
from ami_scoring.domain.quantities import parse_number, parse_ratio
from ami_scoring.domain.spellings import recognised
from ami_scoring.exact import Fraction
from ami_scoring.messages import spell_number

PREFIX = "complements."


def declared_fact(  # noqa: PLR0913 - one parameter for each word of the declaration
    name: str,
    type_: FactType,
    label: str,
    unit: str | None,
    minimum: Fraction | None,
    maximum: Fraction | None,
    choices: Sequence[str] | None,
    step: Fraction | None = None,
) -> Fact:
    """Make the fact that rules will read as `complements.<name>`. Only a number has bounds, a choice choices.

    A share without maximum stops at the whole, 1: `40` is then refused, where it would have been 4 000 %.
    """
    if type_ is FactType.PERCENTAGE and maximum is None:
        maximum = Fraction(1)
    key = PREFIX + name

    def read(case: Case) -> Value:
        raw = case.candidature.extra.get(name)
        return MISSING if raw is None else parse_fact(fact, raw)

    fact = Fact(
        key,
        type_,
        label,
        read,
        (key,),
        choices=tuple(choices or ()) if type_ is FactType.CHOICE else (),
        minimum=minimum if type_.is_number else None,
        maximum=maximum if type_.is_number else None,
        unit=unit or "",
        step=step,
        typed_freely=type_ is FactType.TEXT or (type_ is FactType.CHOICE and not choices),
    )
    return fact


def parse_fact(fact: Fact, raw: object) -> Known:
    """Read one value of a fact as it is typed in a file, within the bounds and the choices declared.

    Raises `PydanticCustomError` with a sentence that says how to mend it.
    """
    value = _typed(fact, raw)
    return _admitted(fact, recognised(value, fact.words) if fact.words else value, raw)


def parse_example(fact: Fact, raw: object) -> Known:
    """Read one value of a fact as an example gives it: as in a file, and a number may be a fraction, such as `2/3`.

    Raises `PydanticCustomError` as `parse_fact` does.
    """
    if fact.type.is_number and fact.type is not FactType.INTEGER and isinstance(raw, str) and "/" in raw:
        return _admitted(fact, parse_points(raw), raw)
    return parse_fact(fact, raw)


def _admitted(fact: Fact, value: Known, raw: object) -> Known:
    if isinstance(value, (frozenset, Opinions)):
        return value
    if fact.choices:
        return _chosen(fact, value)
    for bound, is_low in ((fact.minimum, True), (fact.maximum, False)):
        if bound is not None and (value < bound if is_low else value > bound):  # type: ignore[operator]
            raise _out_of_bounds(fact, value, raw)
    if fact.step is not None and isinstance(value, (int, Fraction)) and (value / fact.step).denominator != 1:
        raise PydanticCustomError(
            "fact-off-step",
            "« {text} » n'est pas un multiple de {step} (« {label} »).",
            {"text": str(raw)[:60], "step": str(fact.step), "label": fact.label},
        )
    return value


def _out_of_bounds(fact: Fact, value: Known, raw: object) -> PydanticCustomError:
    shown = {
        "text": str(raw)[:60],
        "label": fact.label,
        "low": _limit_word(fact, fact.minimum),
        "high": _limit_word(fact, fact.maximum),
    }
    said = "« {text} » est hors des bornes de « {label} » (de {low} à {high})."
    if fact.type is FactType.PERCENTAGE and isinstance(value, Fraction) and not str(raw).rstrip().endswith("%"):
        shown["read"] = spell_number(value * 100)
        said += " Ce nombre se lit {read} % : une part s'écrit avec son signe %, ou de 0 à 1."
    return PydanticCustomError("fact-out-of-bounds", said, shown)


def _limit_word(fact: Fact, limit: object) -> str:
    if not isinstance(limit, (int, Fraction)):
        return "sans limite"
    return f"{spell_number(limit * 100)} %" if fact.type is FactType.PERCENTAGE else str(limit)


def _chosen(fact: Fact, value: Known) -> Known:
    meant = recognised(fold(str(value)), fact.choices)
    for choice in fact.choices:
        if fold(choice) == meant:
            return choice
    raise PydanticCustomError(
        "choice-unknown",
        "« {text} » n'est pas un choix possible ; les choix sont : {choices}.",
        {"text": str(value)[:60], "choices": ", ".join(fact.choices), "possible": fact.choices},
    )


def _typed(fact: Fact, raw: object) -> Known:
    match fact.type:
        case FactType.BOOLEAN:
            return parse_flag(raw)
        case FactType.DATE:
            return parse_day(raw)
        case FactType.INTEGER:
            return _whole(without_unit(raw, fact.unit))
        case FactType.PERCENTAGE:
            return parse_ratio(raw)
        case FactType.DECIMAL | FactType.MONEY:
            return parse_number(without_unit(raw, fact.unit))
        case FactType.CHOICE | FactType.TEXT:
            return parse_text(raw)
        case FactType.OPINIONS:
            marks = raw if isinstance(raw, list) else [raw]
            return Opinions(tuple(sorted(parse_number(mark) for mark in marks)))
        case FactType.LIST:
            items = raw if isinstance(raw, list) else [raw]
            return frozenset(fold(parse_text(item)) for item in items)


def _whole(raw: object) -> int:
    number = parse_number(raw)
    if number.denominator != 1:
        raise PydanticCustomError("count-expected", "« {text} » n'est pas un nombre entier.", {"text": str(raw)[:60]})
    return number.numerator
