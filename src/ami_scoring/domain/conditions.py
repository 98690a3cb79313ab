"""Conditions over facts: comparisons, membership, presence, and their combinations with all, any, not."""

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Final, Self, TypeVar

from ami_scoring.domain.dates import parse_day
from ami_scoring.domain.modelling.markers import Discriminator, Field, Tag, WithJsonSchema, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Flag, Parsed, Text, fold, parse_text, spell_raw
from ami_scoring.domain.quantities import parse_ratio
from ami_scoring.exact import Fraction, parse_fraction, plain
from ami_scoring.patterns import late

MAX_PARTS: Final = 300
"""Rows, items, conditions or rules in one list: each value of a fact is tried against all of them."""
NUMERIC: Final = ("at_least", "at_most", "above", "below")
EQUALITY: Final = ("is_", "is_not", "in_", "not_in")
LISTS: Final = ("includes", "includes_any", "includes_all")


_DAY: Final = late(r"\d+-\d+-\d+|\d+/\d+/\d+|\d+\.\d+\.\d+|\d{1,2}(?:er)? [^\W\d]+\.? \d{4}", re.IGNORECASE)
"""What can only be meant as a date, whether or not the calendar has it."""
_NUMBER: Final = late(r"[+-]?\d{1,15}(?:\.\d{1,15}|/0*[1-9]\d{0,14})?", re.ASCII)

_NAME: Final = late(r"(?:[a-z][a-z0-9_]*\.)+[a-z][a-z0-9_]*")
"""What can only be meant as the name of a fact."""


def parse_points(value: object) -> Fraction:
    """Read points, a weight or a bound: an exact decimal with a point, or a fraction such as `2/12`."""
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else _decimal(value)
    found = _NUMBER.fullmatch(text.replace("\u2212", "-"))
    if found is None:
        raise _not_points(text)
    return parse_fraction(found[0])


def parse_share(value: object) -> Fraction:
    """Read a share: as points are read, or as a percentage: `60 %`, `0.6` and `3/5` are the same."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        return parse_points(value.rstrip().removesuffix("%")) / 100
    return parse_points(value)


def is_day(text: str) -> bool:
    """Say whether a text can only be meant as a date, whether or not the calendar has it."""
    return _DAY.fullmatch(text.strip()) is not None


def is_name(text: str) -> bool:
    """Say whether a text can only be meant as the name of a fact: `complements.cout`, `calculs.part`."""
    return _NAME.fullmatch(text.strip()) is not None


def _not_points(text: str) -> RefusalError:
    """Say how a policy writes the number that people read in a text, if they read one."""
    if is_name(text):
        return RefusalError(
            "fact-as-value",
            "« {text} » nomme une donnée, là où il faut une valeur écrite. Pour comparer deux données, une condition "
            "écrit « {right} » à la place de la valeur.",
            {"text": text[:60], "right": f"{{fact: {text[:60]}}}"},
        )
    hint = " (les décimales s'écrivent avec un point)" if "," in text else ""
    shown = {"text": text[:60], "hint": hint}
    try:
        right = plain(parse_ratio(text))
    except RefusalError:
        return RefusalError("number-expected", "« {text} » n'est pas un nombre{hint}.", shown)
    if text.rstrip().endswith("%"):
        right = f"{right} pour une part, {plain(parse_ratio(text) * 100)} pour des points"
    return RefusalError(
        "number-expected", "« {text} » : dans les critères, écrivez {right}{hint}.", {**shown, "right": right}
    )


def _decimal(value: object) -> str:
    from decimal import Decimal  # noqa: PLC0415 - only JSON gives decimals

    return str(value) if isinstance(value, Decimal) else spell_raw(value)


def parse_bound(value: object) -> Fraction | date:
    """Read a bound: a number, or a date written `2022-09-30`, `30/09/2022` or `30 septembre 2022`."""
    return parse_day(value) if isinstance(value, str) and is_day(value) else parse_points(value)


def parse_category(value: object) -> str:
    """Read one value of a category, as text: `ZIP`, `oui`, `32`."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return parse_text(str(value) if isinstance(value, int) else value)


def _parse_one(value: object) -> str:
    """Read the one value that `is` or `is_not` compares with."""
    if isinstance(value, list):
        said = "Une seule valeur se compare ici : retirez les crochets, ou écrivez « in », « not_in » pour plusieurs."
        raise RefusalError("text-expected", said)
    return parse_category(value)


def _parse_of_list(value: object) -> str:
    """Read one of the values of a list, none of which is another fact."""
    if isinstance(value, dict):
        said = "Une liste ne lit aucune autre donnée : écrivez « {way} », une ligne par donnée à comparer."
        raise RefusalError("text-expected", said, {"way": "any: [{fact: …, is: {fact: …}}, …]"})
    return parse_category(value)


_NUMBER_SCHEMA = {"type": ["number", "string"]}
Points = Annotated[Fraction, Parsed(parse_points), WithJsonSchema(_NUMBER_SCHEMA)]
Share = Annotated[Fraction, Parsed(parse_share), WithJsonSchema(_NUMBER_SCHEMA)]
Bound = Annotated[Fraction | date, Parsed(parse_bound), WithJsonSchema(_NUMBER_SCHEMA)]
_CATEGORY_SCHEMA = {"type": ["string", "number", "boolean"]}
Category = Annotated[str, Parsed(parse_category), WithJsonSchema(_CATEGORY_SCHEMA)]
One = Annotated[str, Parsed(_parse_one), WithJsonSchema(_CATEGORY_SCHEMA)]
OfList = Annotated[str, Parsed(_parse_of_list), WithJsonSchema(_CATEGORY_SCHEMA)]


class OtherFact(Model):
    """The value of another fact, where a condition would otherwise state one: `{fact: complements.fin}`."""

    fact: Text = Field(title="Donnée à laquelle on compare")


def _is_stated(value: Any) -> str:
    return "<other>" if isinstance(value, (dict, OtherFact)) else "<stated>"


T = TypeVar("T")
OrOther = Annotated[Annotated[OtherFact, Tag("<other>")] | Annotated[T, Tag("<stated>")], Discriminator(_is_stated)]


class FactCondition(Model):
    """One test of one fact: exactly one operator beside `fact`."""

    fact: Text = Field(title="Donnée testée")
    is_: OrOther[One] | None = Field(None, alias="is", title="est égale à")
    is_not: OrOther[One] | None = Field(None, title="est différente de")
    in_: list[OfList] | None = Field(None, alias="in", title="est l'une de", min_length=1)
    not_in: list[OfList] | None = Field(None, title="n'est aucune de", min_length=1)
    at_least: OrOther[Bound] | None = Field(None, title="vaut au moins")
    at_most: OrOther[Bound] | None = Field(None, title="vaut au plus")
    above: OrOther[Bound] | None = Field(None, title="dépasse")
    below: OrOther[Bound] | None = Field(None, title="est inférieure à")
    from_: OrOther[Bound] | None = Field(None, alias="from", title="à partir du (date, incluse)")
    until: OrOther[Bound] | None = Field(None, title="jusqu'au (date, incluse)")
    after: OrOther[Bound] | None = Field(None, title="après le (date, exclue)")
    before: OrOther[Bound] | None = Field(None, title="avant le (date, exclue)")
    includes: Category | None = Field(None, title="comprend")
    includes_any: list[OfList] | None = Field(None, title="comprend au moins un de", min_length=1)
    includes_all: list[OfList] | None = Field(None, title="comprend tous", min_length=1)
    present: Flag | None = Field(None, title="est renseignée")

    @model_validator(mode="after")
    def _one_operator(self) -> Self:
        stated = self.model_fields_set - {"fact"}
        if len(stated) != 1:
            names = ", ".join(sorted(name.rstrip("_") for name in stated)) or "aucun"
            raise RefusalError(
                "condition-operator",
                "Une condition porte un seul test à côté de « fact » (ici : {names}) ; sinon, « all » ou « any ».",
                {"names": names},
            )
        if self.operand is None:
            raise RefusalError(
                "condition-operand", "Le test « {name} » attend une valeur.", {"name": self.operator.rstrip("_")}
            )
        return self

    @property
    def operator(self) -> str:
        """The name of the one attribute that states the test."""
        return next(iter(self.model_fields_set - {"fact"}))

    @property
    def operand(self) -> Any:
        """What the test compares with, as written: a category, a list of them, a bound, another fact, yes or no."""
        return getattr(self, self.operator)

    @cached_property
    def other(self) -> str | None:
        """The fact that the test compares with; None where it compares with a value."""
        operand = self.operand
        return operand.fact if isinstance(operand, OtherFact) else None

    @cached_property
    def test(self) -> tuple[str, Any]:
        """The operator, and what it compares with: categories as a set of folded texts."""
        operator, operand = self.operator, self.operand
        if isinstance(operand, str):
            return operator, frozenset({fold(operand)})
        if isinstance(operand, list):
            return operator, frozenset(fold(item) for item in operand)
        return operator, operand


class AllOf(Model):
    """Every condition holds."""

    all_: list["Condition"] = Field(alias="all", title="toutes ces conditions", min_length=1, max_length=MAX_PARTS)


class AnyOf(Model):
    """At least one condition holds."""

    any_: list["Condition"] = Field(
        alias="any", title="au moins une de ces conditions", min_length=1, max_length=MAX_PARTS
    )


class Not(Model):
    """The condition does not hold."""

    not_: "Condition" = Field(alias="not", title="le contraire de cette condition")


def _which(value: Any) -> str:
    if isinstance(value, dict):
        for key in ("all", "any", "not"):
            if key in value:
                return f"<{key}>"
    return "<fact>"


AnyCondition = FactCondition | AllOf | AnyOf | Not
Condition = Annotated[
    Annotated[FactCondition, Tag("<fact>")]
    | Annotated[AllOf, Tag("<all>")]
    | Annotated[AnyOf, Tag("<any>")]
    | Annotated[Not, Tag("<not>")],
    Discriminator(_which),
]
"""Tags are written `<…>` because no key of a file can look like that: a path drops them safely."""


def facts_of(condition: AnyCondition) -> tuple[str, ...]:
    """Name every fact that a condition reads, in the order of the text."""
    match condition:
        case FactCondition():
            named = (condition.fact, condition.other)
            return tuple(dict.fromkeys(name for name in named if name is not None))
        case AllOf():
            return tuple(name for part in condition.all_ for name in facts_of(part))
        case AnyOf():
            return tuple(name for part in condition.any_ for name in facts_of(part))
        case Not():
            return facts_of(condition.not_)
