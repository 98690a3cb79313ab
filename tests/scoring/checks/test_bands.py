"""Gaps and overlaps between bands, each shown by a value and mended by its bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.building import catalogue_with, policy, rule_of
from tests.scoring.strategies import CATALOGUE, DAYS, EVERY_VALUE, D, Data, N, T

from ami_scoring.domain.simple_rules import Bands
from ami_scoring.scoring.checks.rules import check_rule

FACTS = catalogue_with(
    [
        {"name": "n", "type": "integer", "label": "N", "minimum": "0"},
        {"name": "d", "type": "decimal", "label": "D"},
    ]
)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ("[{below: 3, points: 1}, {above: 3, points: 0}]", "Aucune tranche ne contient 3."),
        ("[{below: 3, points: 1}, {from: 4, points: 0}]", "Aucune tranche ne contient 3."),
        ("[{up_to: 3, points: 1}, {from: 4, points: 0}]", "Aucune tranche ne contient 3,5."),
        ("[{up_to: 3, points: 1}, {from: 3, points: 0}]", "Deux tranches contiennent 3."),
        ("[{up_to: 4, points: 1}, {above: 3, points: 0}]", "Deux tranches contiennent 3,5."),
        ("[{from: 1, points: 0}]", "Rien n'est prévu sous 1."),
        ("[{up_to: 1, points: 0}]", "Rien n'est prévu au-delà de 1."),
    ],
)
def test_a_gap_or_an_overlap_comes_with_a_value_that_shows_it(bands: str, said: str) -> None:
    (problem,) = check_rule(rule_of(f"{{kind: bands, fact: complements.d, bands: {bands}}}"), (), FACTS)
    assert str(problem.message) == said


def test_a_gap_below_the_first_band_says_where_the_fact_starts() -> None:
    (problem,) = check_rule(rule_of("{kind: bands, fact: complements.n, bands: [{from: 1, points: 0}]}"), (), FACTS)
    assert str(problem.message) == "Rien n'est prévu sous 1 (« complements.n » part de 0)."


def test_an_empty_band_says_what_the_parameters_of_its_bounds_are_worth() -> None:
    bands = "[{below: 5, points: 0}, {from: {fact: parametres.bas}, below: 4, points: 1}, {from: 4, points: 2}]"
    made = policy(f"""
parameters: [{{name: bas, label: Bas, values: [{{value: 5}}]}}]
facts: [{{name: d, type: decimal, label: D}}]
criteria: [{{id: a, label: A, weight: 2, rule: {{kind: bands, fact: complements.d, bands: {bands}}}}}]
""")
    rule = made.criteria[0].rule
    assert rule is not None
    (problem,) = check_rule(rule, (), FACTS)
    assert (problem.code, problem.path) == ("band-empty", ("bands", 1))
    assert str(problem.message) == "Cette tranche ne contient aucune valeur : « parametres.bas » vaut 5."


@st.composite
def any_bands(draw: st.DrawFn) -> Data:
    """Draw bands as a tired person writes them: any bounds, in any order."""
    fact = draw(st.sampled_from([N, D, T]))
    cuts = {N: st.integers(0, 6).map(str), D: st.integers(0, 6).map(lambda half: f"{half}/2"),
            T: st.sampled_from(DAYS).map(str)}[fact]  # fmt: skip
    lower = st.one_of(st.none(), st.sampled_from(["from", "above"]))
    upper = st.one_of(st.none(), st.sampled_from(["below", "up_to"]))
    bands = [
        {"points": "1"} | {key: draw(cuts) for key in (draw(lower), draw(upper)) if key}
        for _ in range(draw(st.integers(1, 3)))
    ]
    return {"kind": "bands", "fact": fact, "bands": bands}


@settings(max_examples=400)
@given(any_bands())
def test_bands_pass_only_if_every_value_falls_in_exactly_one(data: Data) -> None:
    rule = rule_of(data)
    assert isinstance(rule, Bands)
    if not list(check_rule(rule, (), CATALOGUE)):
        assert all(sum(band.holds(value) for band in rule.bands) == 1 for value in EVERY_VALUE[rule.fact])


def test_a_day_that_no_band_holds_is_named_with_its_article() -> None:
    rule = "{kind: bands, fact: depose_le, bands: [{below: 2032-01-01, points: 1}, {above: 2032-01-01, points: 0}]}"
    (problem,) = check_rule(rule_of(rule), (), FACTS)
    assert str(problem.message) == "Aucune tranche ne contient le 1er janvier 2032."
