"""Facts that a policy works out for itself: from other facts (`calculs.…`), or from the date (`parametres.…`).

Each is one operation on named facts and plain numbers, so that it can be told in a sentence. There is no other
arithmetic in the language.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Final, Self

from ami_scoring.domain.conditions import Bound, Points, is_day, parse_points
from ami_scoring.domain.dates import Day, parse_day
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Known, Missing, Value, months_between
from ami_scoring.domain.modelling.markers import Field, PlainValidator, WithJsonSchema, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Text, parse_text
from ami_scoring.domain.reach import reach_of
from ami_scoring.domain.rules import Rule, facts_read
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message

COMPUTED = "calculs."
PARAMETERS = "parametres."
Operand = str | Fraction | date
DIVIDED_BY_ZERO: Final = Missing(Message("division par zéro"))
"""What a ratio to zero gives; who knows the names of both facts says more."""


def _parse_operand(value: object) -> str | Fraction:
    try:
        return parse_points(value)
    except RefusalError:
        return parse_text(value)


def _parse_moment(value: object) -> str | date:
    return parse_day(value) if isinstance(value, str) and is_day(value) else parse_text(value)


NumberOrFact = Annotated[str | Fraction, PlainValidator(_parse_operand), WithJsonSchema({"type": ["string", "number"]})]
DateOrFact = Annotated[str | date, PlainValidator(_parse_moment), WithJsonSchema({"type": "string"})]


class Ratio(Model):
    """One fact divided by another."""

    of: NumberOrFact = Field(title="Numérateur")
    to: NumberOrFact = Field(title="Dénominateur")


class Difference(Model):
    """One fact less another."""

    of: NumberOrFact = Field(title="De cette donnée")
    minus: NumberOrFact = Field(title="on retire")


class Span(Model):
    """The time between two dates."""

    from_: DateOrFact = Field(alias="from", title="De cette date")
    to: DateOrFact = Field(title="à celle-ci")


class ComputedFact(Model):
    """A fact worked out from others by exactly one operation."""

    name: Text = Field(title="Nom, sous « calculs »")
    label: Text = Field(title="Libellé")
    unit: Text | None = Field(None, title="Unité")
    type: FactType = Field(FactType.DECIMAL, title="Type (nombre)")
    minimum: Points | None = Field(None, title="Valeur minimale, si elle est sûre")
    maximum: Points | None = Field(None, title="Valeur maximale, si elle est sûre")
    ratio: Ratio | None = Field(None, title="Rapport de deux données")
    difference: Difference | None = Field(None, title="Différence de deux données")
    sum_of: list[NumberOrFact] | None = Field(None, title="Somme", min_length=2)
    product_of: list[NumberOrFact] | None = Field(None, title="Produit", min_length=2)
    highest_of: list[NumberOrFact] | None = Field(None, title="La plus grande", min_length=2)
    lowest_of: list[NumberOrFact] | None = Field(None, title="La plus petite", min_length=2)
    months: Span | None = Field(None, title="Mois entre deux dates")
    days: Span | None = Field(None, title="Jours entre deux dates")
    rule: Rule | None = Field(None, title="Points qu'une règle donne (pour juger d'une somme, d'un coefficient…)")

    @model_validator(mode="after")
    def _one_operation(self) -> Self:
        stated = [name for name in OPERATIONS if getattr(self, name) is not None]
        if len(stated) != 1:
            raise RefusalError(
                "computed-operation",
                "Une donnée calculée porte une seule opération, parmi : {names}.",
                {"names": ", ".join(OPERATIONS)},
            )
        return self

    @property
    def operation(self) -> str:
        """The name of the one operation."""
        return next(name for name in OPERATIONS if getattr(self, name) is not None)

    @property
    def operands(self) -> tuple[Operand, ...]:
        """What the operation works on, in its order."""
        stated: Any = getattr(self, self.operation)
        if self.rule is not None:
            return facts_read(self.rule)
        match stated:
            case Ratio():
                return (stated.of, stated.to)
            case Difference():
                return (stated.of, stated.minus)
            case Span():
                return (stated.from_, stated.to)
            case _:
                return tuple(stated)


OPERATIONS = ("ratio", "difference", "sum_of", "product_of", "highest_of", "lowest_of", "months", "days", "rule")


class DatedValue(Model):
    """A value in force from a date on."""

    from_: Day | None = Field(None, alias="from", title="À partir du")
    value: Bound = Field(title="Valeur")
    reference: Text | None = Field(None, title="Texte qui la fixe")


class Parameter(Model):
    """A number or a date that the policy fixes, and that may change with the closing date of a wave."""

    name: Text = Field(title="Nom, sous « parametres »")
    label: Text = Field(title="Libellé")
    unit: Text | None = Field(None, title="Unité")
    values: list[DatedValue] = Field(title="Valeurs, de la plus ancienne à la plus récente", min_length=1)

    def in_force(self, day: date) -> Fraction | date | None:
        """Give the value in force on a day, of values in the order of their dates; None before the first."""
        place = bisect_right(self._since, day)
        return self.values[place - 1].value if place else None

    @cached_property
    def _since(self) -> list[date]:
        return [each.from_ or date.min for each in self.values]


def computed_fact(computed: ComputedFact, known: Mapping[str, Fact]) -> Fact:
    """Make the fact that rules will read as `calculs.<name>`. Its value comes from other facts, not from a file."""
    facts = [known[operand] for operand in computed.operands if isinstance(operand, str) and operand in known]
    keys = tuple(dict.fromkeys(key for fact in facts for key in fact.keys))
    least = computed.minimum if computed.minimum is not None or not _never_negative(computed, known) else 0
    return Fact(
        f"{COMPUTED}{computed.name}",
        computed.type,
        computed.label,
        lambda _: MISSING,
        keys,
        minimum=least,
        maximum=computed.maximum,
        unit=computed.unit or "",
        computed=True,
        reach=reach_of(computed.operation, computed.operands, known),
    )


def calculate(operation: str, values: Sequence[Known]) -> Value:
    """Apply one operation to known values, in the order of its operands."""
    return _APPLY[operation](values)


def parameter_fact(parameter: Parameter) -> Fact:
    """Make the fact that rules will read as `parametres.<name>`: the value in force when the wave closes."""

    def read(case: Case) -> Value:
        value = parameter.in_force(case.closes_on)
        return Missing(Message("aucune valeur n'est encore en vigueur")) if value is None else value

    dated = isinstance(parameter.values[0].value, date)
    values: list[Any] = [each.value for each in parameter.values if isinstance(each.value, date) is dated]
    return Fact(
        f"{PARAMETERS}{parameter.name}",
        FactType.DATE if dated else FactType.DECIMAL,
        parameter.label,
        read,
        (),
        minimum=min(values),
        maximum=max(values),
        unit=parameter.unit or "",
        computed=True,
        settings=tuple(dict.fromkeys(values)),
    )


def _never_negative(computed: ComputedFact, known: Mapping[str, Fact]) -> bool:
    if computed.operation in {"difference", "months", "days", "rule"}:
        return False
    lows = [known[o].minimum if isinstance(o, str) and o in known else o for o in computed.operands]
    return all(isinstance(low, (int, Fraction)) and low >= 0 for low in lows)


def _ratio(values: Sequence[Any]) -> Value:
    if values[1] == 0:
        return DIVIDED_BY_ZERO
    ratio: Fraction = Fraction(values[0]) / values[1]
    return ratio


def _product(values: Sequence[Any]) -> Value:
    product = Fraction(1)
    for value in values:
        product *= value
    return product


def _sum(values: Sequence[Any]) -> Value:
    return sum(values, Fraction(0))


def _highest(values: Sequence[Any]) -> Value:
    return Fraction(max(values))


def _lowest(values: Sequence[Any]) -> Value:
    return Fraction(min(values))


def _days(values: Sequence[Any]) -> Value:
    start, end = values
    return int((end - start).days)


def _months(values: Sequence[Any]) -> Value:
    start, end = values
    months: Known = months_between(start, end)
    return months


_APPLY: Mapping[str, Callable[[Sequence[Any]], Value]] = {
    "ratio": _ratio,
    "difference": lambda values: Fraction(values[0]) - values[1],
    "sum_of": _sum,
    "product_of": _product,
    "highest_of": _highest,
    "lowest_of": _lowest,
    "months": _months,
    "days": _days,
}
