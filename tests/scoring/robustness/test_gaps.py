"""How far weights move before a gap closes, beside linear programmes that know nothing of ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness.gaps import after, margin, transfer, worst_weights

Case = tuple[list[int], list[int], int]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    size = draw(st.integers(2, 6))
    weights = draw(st.lists(st.integers(0, 40), min_size=size, max_size=size))
    slopes = draw(st.lists(st.integers(-9, 9), min_size=size, max_size=size))
    return weights, slopes, draw(st.integers(0, 300))


def least_margin(weights: list[int], slopes: list[int], gap: int) -> float | None:
    """Minimise δ over weights within ±δ, of the same sum, that close the gap."""
    size = len(weights)
    within = [[*(sign * (at == one) for at in range(size)), -1] for one in range(size) for sign in (1, -1)]
    limits = [sign * weight for weight in weights for sign in (1, -1)]
    closed, already = [*slopes, 0], sum(s * w for s, w in zip(slopes, weights, strict=True)) - gap
    found = linprog(
        [0] * size + [1],
        A_ub=[*within, closed],
        b_ub=[*limits, already],
        A_eq=[[1] * size + [0]],
        b_eq=[sum(weights)],
        bounds=[(0, None)] * (size + 1),
    )
    return float(found.fun) if found.status == 0 else None


def least_transfer(weights: list[int], slopes: list[int], gap: int) -> float | None:
    """Minimise what leaves some weights for others, so that the gap closes."""
    size = len(weights)
    closed = [-s for s in slopes] + list(slopes)
    found = linprog(
        [1] * size + [0] * size,
        A_ub=[closed],
        b_ub=[-gap],
        A_eq=[[1] * size + [-1] * size],
        b_eq=[0],
        bounds=[*((0, weight) for weight in weights), *((0, None) for _ in weights)],
    )
    return float(found.fun) if found.status == 0 else None


@settings(max_examples=40)
@given(cases())
def test_the_margin_is_that_of_a_linear_programme(case: Case) -> None:
    weights, slopes, gap = case
    found, expected = margin(gap, slopes, weights), least_margin(weights, slopes, gap)
    if len(set(slopes)) == 1 or expected is None:
        assert found is None
    else:
        assert found is not None
        assert float(found) == pytest.approx(expected, abs=1e-7)


@settings(max_examples=40)
@given(cases())
def test_the_worst_weights_close_the_gap_just_there(case: Case) -> None:
    weights, slopes, gap = case
    found = margin(gap, slopes, weights)
    if found is not None:
        moved = worst_weights(slopes, weights, found)
        assert sum(moved) == sum(weights)
        assert all(each >= 0 and abs(each - weight) <= found for each, weight in zip(moved, weights, strict=True))
        assert gap + sum(s * (m - w) for s, m, w in zip(slopes, moved, weights, strict=True)) == 0


@settings(max_examples=40)
@given(cases())
def test_the_transfer_is_that_of_a_linear_programme(case: Case) -> None:
    weights, slopes, gap = case
    found, expected = transfer(gap, slopes, weights), least_transfer(weights, slopes, gap)
    if len(set(slopes)) == 1 or expected is None:
        assert found is None
    else:
        assert found is not None
        assert float(found.amount) == pytest.approx(expected, abs=1e-7)
        moved = after(found, weights, Fraction(0))
        assert sum(moved) == sum(weights)
        assert min(moved) >= 0
        assert gap + sum(s * (m - w) for s, m, w in zip(slopes, moved, weights, strict=True)) == 0


def test_a_transfer_can_be_taken_a_little_further_while_a_source_has_weight() -> None:
    found = transfer(10, [1, -1], [20, 20])
    assert found is not None
    assert after(found, [20, 20], Fraction(1)) == (Fraction(14), Fraction(26))
    spent = transfer(40, [1, -1], [20, 20])
    assert spent is not None
    assert after(spent, [20, 20], Fraction(1)) == (Fraction(0), Fraction(40))


@pytest.mark.parametrize("slopes", [[3], [2, 2, 2]], ids=["one criterion", "as good everywhere"])
def test_nothing_closes_a_gap_that_no_weight_moves(slopes: list[int]) -> None:
    assert margin(0, slopes, [10] * len(slopes)) is None
    assert transfer(0, slopes, [10] * len(slopes)) is None
