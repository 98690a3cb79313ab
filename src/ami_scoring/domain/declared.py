"""Facts that a call declares for itself: typed, bounded, carried by candidatures under `complements`."""

from __future__ import annotations

from collections.abc import Sequence

from ami_scoring.domain.conditions import parse_points
from ami_scoring.domain.dates import parse_day
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Known, Opinions, Value
from ami_scoring.domain.measures import without_unit
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.placeholders import is_placeholder
from ami_scoring.domain.primitives import fold, parse_flag, parse_text, shown
from ami_scoring.domain.quantities import parse_number, two_readings
from ami_scoring.domain.spellings import parts_of, recognised
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
    fact = Fact(
        key,
        type_,
        label,
        lambda _: MISSING,
        (key,),
        choices=tuple(choices or ()) if type_ is FactType.CHOICE else (),
        minimum=minimum if type_.is_number else None,
        maximum=maximum if type_.is_number else None,
        unit=unit or "",
        step=step,
        typed_freely=type_ is FactType.TEXT or (type_ is FactType.CHOICE and not choices),
    )
    return read_by_words(fact)


def read_by_words(fact: Fact) -> Fact:
    """Let a declared fact be read by the words that it knows: in a list, in what stands for nothing."""
    name = fact.name.removeprefix(PREFIX)

    def read(case: Case) -> Value:
        raw = case.candidature.extra.get(name)
        return MISSING if raw is None or says_nothing(fact, raw) else parse_fact(fact, raw)

    return fact._replace(read=read)


def says_nothing(fact: Fact, raw: object) -> bool:
    """Say whether an answer only fills a box: « - », « N/A », « sans objet », unless the policy knows that word."""
    if isinstance(raw, list):
        return bool(raw) and all(says_nothing(fact, item) for item in raw)
    return is_placeholder(raw) and fold(str(raw)) not in {fold(word) for word in (*fact.choices, *fact.words)}


def parse_fact(fact: Fact, raw: object) -> Known:
    """Read one value of a fact as it is typed in a file, within the bounds and the choices declared.

    Raises `RefusalError` with a sentence that says how to mend it.
    """
    value = _typed(fact, raw)
    return _admitted(fact, recognised(value, fact.words) if fact.words else value, raw)


def parse_example(fact: Fact, raw: object) -> Known:
    """Read one value of a fact as an example gives it: as in a file, and a number may be a fraction, such as `2/3`.

    Raises `RefusalError` as `parse_fact` does.
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
        raise RefusalError(
            "fact-off-step",
            "« {text} » n'est pas un multiple de {step} (« {label} »).",
            {"text": str(raw)[:60], "step": str(fact.step), "label": fact.label},
        )
    return value


def _out_of_bounds(fact: Fact, value: Known, raw: object) -> RefusalError:
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
    return RefusalError("fact-out-of-bounds", said, shown)


def _limit_word(fact: Fact, limit: object) -> str:
    if not isinstance(limit, (int, Fraction)):
        return "sans limite"
    return f"{spell_number(limit * 100)} %" if fact.type is FactType.PERCENTAGE else str(limit)


def _chosen(fact: Fact, value: Known) -> Known:
    meant = recognised(fold(str(value)), fact.choices)
    for choice in fact.choices:
        if fold(choice) == meant:
            return choice
    raise RefusalError(
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
            return _whole(_number(fact, without_unit(raw, fact.unit)), raw)
        case FactType.PERCENTAGE:
            return _share(fact, raw)
        case FactType.DECIMAL | FactType.MONEY:
            return _number(fact, without_unit(raw, fact.unit))
        case FactType.CHOICE | FactType.TEXT:
            return parse_text(raw)
        case FactType.OPINIONS:
            marks = raw if isinstance(raw, list) else [raw]
            return Opinions(tuple(sorted(mark if isinstance(mark, Fraction) else parse_number(mark) for mark in marks)))
        case FactType.LIST:
            items = [parse_text(item) for item in (raw if isinstance(raw, list) else [raw])]
            return frozenset(fold(part) for item in items for part in _elements(fact, item))


def _elements(fact: Fact, text: str) -> tuple[str, ...]:
    """Part an element where words of the policy stand side by side; refuse one where only some of it is known."""
    known, others = parts_of(text, fact.words) if fact.words else ((), (text,))
    if known and others:
        raise RefusalError(
            "list-pieces",
            "Plusieurs éléments sont écrits ici en un seul, dont l'appel ne connaît qu'une partie : écrivez-en un par "
            "ligne, ou par case.",
        )
    return known or (text,)


def _number(fact: Fact, raw: object) -> Fraction:
    """Read a number; of two readings, the only one that the bounds of its fact admit."""
    try:
        return parse_number(raw)
    except RefusalError:
        readings = two_readings(raw) if isinstance(raw, str) else None
        within = [number for number in readings or () if _is_within(fact, number)]
        if len(within) != 1 or (fact.minimum is None and fact.maximum is None):
            raise
        return within[0]


def _is_within(fact: Fact, number: Fraction) -> bool:
    too_low = isinstance(fact.minimum, (int, Fraction)) and number < fact.minimum
    too_high = isinstance(fact.maximum, (int, Fraction)) and number > fact.maximum
    return not too_low and not too_high and (fact.type is not FactType.INTEGER or number.denominator == 1)


def _share(fact: Fact, raw: object) -> Fraction:
    """Read a share: `40 %` or `0,4`. A bare number above 1 is refused: nobody means forty times the whole."""
    if isinstance(raw, str) and raw.rstrip().endswith("%"):
        hundred = fact._replace(minimum=_times(fact.minimum), maximum=_times(fact.maximum))
        return _number(hundred, raw.rstrip().removesuffix("%")) / 100
    share = parse_number(raw)
    if abs(share) > 1:
        raise RefusalError(
            "share-or-percent",
            "« {text} » : écrivez un pourcentage avec son signe ({text} %), ou une part de 0 à 1.",
            {"text": shown(raw)},
        )
    return share


def _times(bound: object) -> Fraction | None:
    return bound * Fraction(100) if isinstance(bound, (int, Fraction)) else None


def _whole(number: Fraction, raw: object) -> int:
    if number.denominator != 1:
        raise RefusalError("count-expected", "« {text} » n'est pas un nombre entier.", {"text": str(raw)[:60]})
    return number.numerator
