"""The rule kinds: the closed set of ways in which facts become points.

A kind composes with others (`best_of`, `sum_of`…); none is an expression, so each can be told in a sentence,
checked before any candidature is read, and written as a spreadsheet formula.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from ami_scoring.domain.conditions import MAX_PARTS, AnyCondition, Condition, Points, facts_of
from ami_scoring.domain.modelling.markers import Discriminator, Field, Tag, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Text
from ami_scoring.domain.simple_rules import (
    Bands,
    Judgement,
    Linear,
    Lookup,
    PerUnit,
    Relative,
    SimpleRule,
    Table,
    own_facts,
)


class Item(Model):
    """One line of a checklist."""

    id: Text | None = Field(None, title="Nom court, pour « exclusive »")
    label: Text = Field(title="Libellé")
    if_: Condition = Field(alias="if", title="Condition")
    points: Points = Field(title="Points si la condition est remplie")


class Checklist(Model):
    """Points for each true condition. Of items that exclude one another, only the best true one counts."""

    kind: Literal["checklist"]
    items: list[Item] = Field(title="Éléments", min_length=1, max_length=MAX_PARTS)
    exclusive: list[list[Text]] = Field([], title="Groupes d'éléments qui s'excluent")
    at_most: Points | None = Field(None, title="Plafond de points")
    at_least: Points | None = Field(None, title="Plancher de points")

    @cached_property
    def rivals(self) -> tuple[tuple[int, ...], ...]:
        """The exclusive groups, as positions in `items`."""
        places = {item.id: place for place, item in enumerate(self.items) if item.id is not None}
        return tuple(tuple(places[name] for name in group if name in places) for group in self.exclusive)


class Row(Model):
    """One row of a decision table: a condition, and points or a rule of its own."""

    if_: Condition = Field(alias="if", title="Condition")
    points: Points | None = Field(None, title="Points")
    rule: "Rule | None" = Field(None, title="Règle à appliquer alors")

    @model_validator(mode="after")
    def _points_or_rule(self) -> Self:
        if (self.points is None) == (self.rule is None):
            raise RefusalError("row-shape", "Une ligne donne soit des points, soit une règle (« rule »).")
        return self


class Cases(Model):
    """A decision table: the first row whose condition holds gives the points."""

    kind: Literal["cases"]
    rows: list[Row] = Field(title="Lignes, la première qui convient l'emporte", min_length=1, max_length=MAX_PARTS)
    otherwise: Points = Field(title="Points si aucune ligne ne convient")


class BestOf(Model):
    """The best of several rules."""

    kind: Literal["best_of"]
    rules: list["Rule"] = Field(title="Règles", min_length=1, max_length=MAX_PARTS)
    at_most: Points | None = Field(None, title="Plafond de points")
    at_least: Points | None = Field(None, title="Plancher de points")


class WorstOf(Model):
    """The worst of several rules."""

    kind: Literal["worst_of"]
    rules: list["Rule"] = Field(title="Règles", min_length=1, max_length=MAX_PARTS)
    at_most: Points | None = Field(None, title="Plafond de points")
    at_least: Points | None = Field(None, title="Plancher de points")


class SumOf(Model):
    """The sum of several rules."""

    kind: Literal["sum_of"]
    rules: list["Rule"] = Field(title="Règles", min_length=1, max_length=MAX_PARTS)
    at_most: Points | None = Field(None, title="Plafond de points")
    at_least: Points | None = Field(None, title="Plancher de points")


KINDS: tuple[str, ...] = (
    "lookup",
    "bands",
    "linear",
    "per_unit",
    "checklist",
    "cases",
    "table",
    "judgement",
    "relative",
    "best_of",
    "worst_of",
    "sum_of",
)


def _kind_of(value: Any) -> str | None:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return f"<{kind}>" if kind in KINDS else None


AnyRule = (
    Lookup | Bands | Linear | PerUnit | Checklist | Cases | Table | Judgement | Relative | BestOf | WorstOf | SumOf
)
Rule = Annotated[
    Annotated[Lookup, Tag("<lookup>")]
    | Annotated[Bands, Tag("<bands>")]
    | Annotated[Linear, Tag("<linear>")]
    | Annotated[PerUnit, Tag("<per_unit>")]
    | Annotated[Checklist, Tag("<checklist>")]
    | Annotated[Cases, Tag("<cases>")]
    | Annotated[Table, Tag("<table>")]
    | Annotated[Judgement, Tag("<judgement>")]
    | Annotated[Relative, Tag("<relative>")]
    | Annotated[BestOf, Tag("<best_of>")]
    | Annotated[WorstOf, Tag("<worst_of>")]
    | Annotated[SumOf, Tag("<sum_of>")],
    Discriminator(
        _kind_of,
        custom_error_type="rule-kind",
        custom_error_message="Il manque « kind », ou il est inconnu ; les genres de règle sont : "
        + ", ".join(KINDS)
        + ".",
    ),
]
"""Tags are written `<…>` because no key of a file can look like that: a path drops them safely."""


def parts_of(rule: AnyRule) -> tuple[AnyRule, ...]:
    """Give the rules that a rule is made of, one level down."""
    match rule:
        case BestOf() | WorstOf() | SumOf():
            return tuple(rule.rules)
        case Cases():
            return tuple(row.rule for row in rule.rows if row.rule is not None)
        case _:
            return ()


def conditions_of(rule: AnyRule) -> tuple[AnyCondition, ...]:
    """Give the conditions that a rule tests by itself, those of the rules below apart."""
    match rule:
        case Checklist():
            return tuple(item.if_ for item in rule.items)
        case Cases():
            return tuple(row.if_ for row in rule.rows)
        case _:
            return ()


def facts_read(rule: AnyRule) -> tuple[str, ...]:
    """Name every fact that a rule reads, once each: its own, those of its conditions, those of the rules below."""
    own = own_facts(rule) if isinstance(rule, SimpleRule) else ()
    tested = (name for condition in conditions_of(rule) for name in facts_of(condition))
    below = (name for part in parts_of(rule) for name in facts_read(part))
    return tuple(dict.fromkeys((*own, *tested, *below)))


def excludes_answers(rule: AnyRule) -> bool:
    """Say whether a table of a rule, or of one below it, has two answers exclude one another."""
    return any(isinstance(part, Table) and part.has_forbidden for part in simple_rules(rule))


def simple_rules(rule: AnyRule) -> Iterator[SimpleRule]:
    """Give the simple rules that a rule is made of, itself included."""
    if isinstance(rule, SimpleRule):
        yield rule
    for part in parts_of(rule):
        yield from simple_rules(part)
