"""What verifications that a policy requires leave open: both cards together, bounds and gates alike."""

from __future__ import annotations

from typing import Final

from tests.scoring.building import plain, policy, scored

from ami_scoring.domain.facts import MISSING
from ami_scoring.domain.scores import Appraisal, Mark, Outcome, ScoreCard
from ami_scoring.domain.verified import Answer
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.verifying import is_refused_anyway, left_open

BUREAUX: Final = "locaux.bureaux"
ANSWERS: Final = (Answer(BUREAUX),)
GATED: Final = policy(f"eligibility: [{{id: g, label: Bureaux, require: {{fact: {BUREAUX}, at_least: 2}}}}]")


def card(low: int, high: int, *, wide: bool = False, bureaux: int | None = 3) -> ScoreCard:
    appraisal = Appraisal(Fraction(20), Fraction(low), Fraction(high), Outcome(Fraction(20)))
    marks = {"bureaux": Mark("bureaux", Fraction(20), Fraction(20), Fraction(low), Fraction(high), appraisal)}
    values = {BUREAUX: MISSING if bureaux is None else Fraction(bureaux)}
    return scored("A", 20, low=low, high=high).card._replace(marks=marks, values=values, is_wide=wide)


def bounds(one: ScoreCard, other: ScoreCard) -> list[tuple[object, object]]:
    found = left_open(one, other, ANSWERS, GATED).card
    mark = found.marks["bureaux"]
    assert mark.appraisal is not None
    return [(found.low, found.high), (mark.low, mark.high), (mark.appraisal.low, mark.appraisal.high)]


def test_bounds_are_those_of_both_cards_for_the_total_a_mark_and_how_the_rule_came_to_it() -> None:
    assert bounds(card(20, 20), card(0, 40)) == [(0, 40)] * 3
    assert bounds(card(20, 20), card(10, 20)) == [(10, 20)] * 3
    assert bounds(card(20, 20), card(20, 30)) == [(20, 30)] * 3
    assert bounds(card(0, 40), card(20, 20)) == [(0, 40)] * 3


def test_bounds_that_one_of_the_cards_may_not_reach_may_not_be_reached() -> None:
    said = [
        left_open(card(0, 40, wide=one), card(0, 40, wide=other), ANSWERS, GATED).card.is_wide
        for one, other in ((False, False), (True, False), (False, True))
    ]
    assert said == [False, True, True]


def test_it_waits_for_what_a_gate_reads_alone() -> None:
    waits = left_open(card(0, 40), card(0, 40, bureaux=None), ANSWERS, GATED)
    assert [plain(each) for each in waits.pending] == ["à vérifier : « Nombre de bureaux de consultation »"]
    assert left_open(card(0, 40), card(0, 40), ANSWERS, GATED).pending == ()


def test_a_gate_refuses_anyway_where_what_it_reads_is_known_and_fails() -> None:
    assert is_refused_anyway({BUREAUX: Fraction(1)}, GATED)
    assert not is_refused_anyway({BUREAUX: Fraction(2)}, GATED)
    assert not is_refused_anyway({BUREAUX: MISSING}, GATED)
