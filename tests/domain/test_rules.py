"""How rules are written: which shapes the models take, and which they refuse."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter

from ami_scoring.domain.rules import KINDS, AnyRule, Checklist, Rule, facts_read, simple_rules
from ami_scoring.domain.simple_rules import Band, Lookup, Table
from ami_scoring.exact import Fraction

from .building import read, refused

RULE: TypeAdapter[AnyRule] = TypeAdapter(Rule)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("{from: 3, below: 6, points: 1}", [3, 5.5], [2, 6]),
        ("{above: 3, up_to: 6, points: 1}", [4, 6], [3, 7]),
        ("{below: 3, points: 1}", [-9, 2], [3]),
        ("{from: 3, points: 1}", [3, 99], [2]),
        ("{points: 1}", [-9, 0, 9], []),
        ("{from: 3, up_to: 3, points: 1}", [3], [2, 4]),
    ],
)
def test_a_band_holds_what_its_bounds_say(text: str, inside: list[int], outside: list[int]) -> None:
    band = Band.model_validate(read(text))
    assert [band.holds(value) for value in inside + outside] == [True] * len(inside) + [False] * len(outside)


def test_a_band_of_dates_holds_days() -> None:
    band = Band.model_validate(read("{from: 2022-03-01, below: 2022-04-01, points: 1}"))
    assert band.holds(date(2022, 3, 31))
    assert not band.holds(date(2022, 4, 1))
    assert (band.lower, band.upper) == (date(2022, 3, 1), date(2022, 4, 1))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{kind: bands, fact: x, bands: [{from: 1, above: 1, points: 1}]}", "band-two-lower"),
        ("{kind: bands, fact: x, bands: [{below: 1, up_to: 1, points: 1}]}", "band-two-upper"),
        ("{kind: bands, fact: x, bands: []}", "too_short"),
        ("{kind: linear, fact: x, knots: [{at: 1, points: 1}]}", "too_short"),
        ("{kind: linear, fact: x, knots: [{at: 1, points: 1}, {at: 2, points: 1}], outside: extrapolate}", "enum"),
        ("{kind: per_unit, fact: x, points: 1, every: 0}", "slice-size"),
        ("{kind: per_unit, fact: x, points: 1, every: -1}", "slice-size"),
        ("{kind: lookup, fact: x, points: {}}", "too_short"),
        ("{kind: lookup, fact: x, points: {ZIP: trente}}", "number-expected"),
        ("{kind: lookup, fact: x, points: {ZIP: 1}, default: 0}", "extra_forbidden"),
        ("{kind: cases, rows: [{if: {fact: x, is: a}, points: 1}]}", "missing"),
        ("{kind: cases, rows: [{if: {fact: x, is: a}}], otherwise: 0}", "row-shape"),
        ("{kind: table, rows: x, columns: y, points: {}}", "too_short"),
        ("{kind: formula, expression: x + 1}", "rule-kind"),
        ("{fact: x, points: 3}", "rule-kind"),
        ("30 points", "rule-kind"),
    ],
)
def test_a_wrong_shape_is_refused_by_name(text: str, code: str) -> None:
    with refused(code):
        RULE.validate_python(read(text))


def test_a_table_is_read_whatever_the_case_and_spaces_of_its_words() -> None:
    rule = RULE.validate_python(read("{kind: lookup, fact: x, points: {À Construire: 1, 'mise  à disposition': 2/3}}"))
    assert isinstance(rule, Lookup)
    assert rule.by_category == {"à construire": 1, "mise à disposition": Fraction(2, 3)}


def test_rivals_are_items_named_in_a_group() -> None:
    text = """
    kind: checklist
    items:
      - {label: Sans nom, if: {fact: x, is: a}, points: 1}
      - {id: deux, label: Deux, if: {fact: x, is: b}, points: 1}
      - {id: trois, label: Trois, if: {fact: x, is: c}, points: 1}
    exclusive: [[trois, deux, inconnu]]
    """
    rule = RULE.validate_python(read(text))
    assert isinstance(rule, Checklist)
    assert rule.rivals == ((2, 1),)


FACTS = {
    "{kind: lookup, fact: a, points: {x: 1}}": ("a",),
    "{kind: bands, fact: a, bands: [{points: 1}]}": ("a",),
    "{kind: linear, fact: a, knots: [{at: 0, points: 0}, {at: 1, points: 1}]}": ("a",),
    "{kind: per_unit, fact: a, points: 1}": ("a",),
    "{kind: checklist, items: [{label: L, if: {fact: b, is: 1}, points: 1}]}": ("b",),
    "{kind: cases, rows: [{if: {all: [{fact: b, is: 1}, {fact: a, is: 1}]}, points: 1}], otherwise: 0}": ("b", "a"),
    "{kind: table, rows: b, columns: a, points: {x: {y: 1}}}": ("b", "a"),
    "{kind: judgement, on: projet, highest: 5}": ("avis.projet",),
    "{kind: relative, fact: a, best: lowest, points: 1}": ("a", "groupe.lowest.a"),
    "{kind: best_of, rules: [{kind: per_unit, fact: b, points: 1}, {kind: per_unit, fact: a, points: 1}]}": ("b", "a"),
    "{kind: worst_of, rules: [{kind: per_unit, fact: a, points: 1}]}": ("a",),
    "{kind: sum_of, rules: [{kind: per_unit, fact: a, points: 1}, {kind: per_unit, fact: a, points: 2}]}": ("a",),
}


@pytest.mark.parametrize(("text", "names"), FACTS.items())
def test_a_rule_names_each_fact_that_it_reads_once(text: str, names: tuple[str, ...]) -> None:
    assert facts_read(RULE.validate_python(read(text))) == names


BY_CASE = """
kind: cases
rows:
  - {if: {fact: a, is: 1}, points: 1}
  - if: {fact: b, is: 1}
    rule:
      kind: best_of
      rules:
        - {kind: per_unit, fact: c, points: 1}
        - {kind: table, rows: a, columns: d, points: {x: {y: 1}}}
otherwise: 0
"""


def test_a_rule_that_compares_reads_what_it_compares_within() -> None:
    ranked = "{kind: relative, fact: a, best: highest, by_rank: [2], within: b}"
    assert facts_read(RULE.validate_python(read(ranked))) == ("a", "groupe.rang.highest.a", "b")


def test_a_rule_by_case_reads_its_conditions_then_the_rules_below() -> None:
    assert facts_read(RULE.validate_python(read(BY_CASE))) == ("a", "b", "c", "d")


def test_a_rule_is_made_of_simple_rules() -> None:
    assert [part.kind for part in simple_rules(RULE.validate_python(read(BY_CASE)))] == ["per_unit", "table"]


def test_a_row_gives_points_or_a_rule_never_both() -> None:
    row = "{if: {fact: a, is: 1}, points: 1, rule: {kind: per_unit, fact: c, points: 1}}"
    with refused("row-shape"):
        RULE.validate_python(read(f"{{kind: cases, rows: [{row}], otherwise: 0}}"))


def test_a_two_way_table_is_read_whatever_the_case_of_its_words() -> None:
    rule = RULE.validate_python(
        read("{kind: table, rows: x, columns: y, points: {ZIP: {Oui: 1, NON: 2}, zac: {oui: 3}}}")
    )
    assert isinstance(rule, Table)
    assert rule.by_categories == {("zip", "oui"): 1, ("zip", "non"): 2, ("zac", "oui"): 3}


def test_every_kind_has_its_example_here() -> None:
    assert [RULE.validate_python(read(text)).kind for text in FACTS] == list(KINDS)


def test_a_rule_already_read_is_taken_as_it_is() -> None:
    rule = RULE.validate_python(read("{kind: per_unit, fact: a, points: 1}"))
    assert RULE.validate_python(rule) is rule
