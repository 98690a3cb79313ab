"""The envelopes of a budget: who is paid from which, what is kept aside, and what is poured to the others."""

from __future__ import annotations

import pytest
from tests.scoring.building import plain, policy, scored

from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import Ranking
from ami_scoring.exact import Fraction
from ami_scoring.scoring.places import rank, select

ASK = "engagement_financier.montant_total"
RURAL = "{label: rural, when: {fact: zonage, is: ZIP}, amount: 40}"
BUDGET = f"budget: {{amount: 100, ask: {ASK}, envelopes: [{RURAL}]}}"
"""40 for rural ones, and the 60 that remain for those that no envelope concerns."""
SKIP = BUDGET.replace("}]", "}], when_short: skip")
SPILL = SKIP.replace("40}", "40, spill: oui}")
PART = BUDGET.replace("}]", "}], partial: oui")
GUARANTEE, CAP = (f"{{label: rural, when: {{fact: zonage, is: ZIP}}, {limit}: 1}}" for limit in ("at_least", "at_most"))
Drawn = tuple[int, str | None, int | tuple[int, int] | None]
"""A total, a zone (None where nobody knows it), and what is asked for: an amount, bounds, or nothing said."""
LETTERS = {"retenue": "R", "à compléter": "?", "réserve": "w", "non retenue": "-"}


def shared(drawn: list[Drawn], selection: str) -> tuple[Standing, ...]:
    rows = [
        scored("ABCDE"[place], total, values={"zonage": MISSING if zone is None else zone, ASK: _asked(asks)})
        for place, (total, zone, asks) in enumerate(drawn)
    ]
    return select(rank(rows, Ranking()), policy(f"selection: {{{selection}}}"), None)[0]


def _asked(asks: int | tuple[int, int] | None) -> Value:
    if isinstance(asks, tuple):
        return Missing(at_least=Fraction(asks[0]), at_most=Fraction(asks[1]))
    return MISSING if asks is None else Fraction(asks)


def letters(drawn: list[Drawn], selection: str) -> str:
    return "".join(LETTERS[one.status] for one in shared(drawn, selection))


def reasons(drawn: list[Drawn], selection: str) -> list[str]:
    return [plain(one.reasons[0]) if one.reasons else "" for one in shared(drawn, selection)]


@pytest.mark.parametrize(
    ("drawn", "selection", "expected"),
    [
        # One of an unknown zone asks for what both parts hold, to the cent.
        ([(90, None, 40)], BUDGET, "R"),
        ([(90, None, 41)], BUDGET, "?"),
        # The sharing of one part stopped above it: rural, or not, it would get nothing.
        ([(95, "ZIP", 50), (90, None, 30)], BUDGET, "-?"),
        ([(95, "ZAR", 70), (90, None, 30)], BUDGET, "-?"),
        ([(95, "ZAR", 70), (90, None, 30)], SKIP, "-R"),
        # The other part has 10 left, or keeps 40 of its 60.
        ([(95, "ZAR", 50), (90, None, 30)], SKIP, "R?"),
        ([(95, "ZAR", (5, 40)), (90, None, 30)], SKIP, "??"),
        ([(95, "ZAR", (5, 40)), (90, None, 20)], SKIP, "?R"),
        # A part keeps money for one that does not say what it asks for: 40, or 15 at most.
        ([(95, "ZIP", None), (90, None, 30)], SKIP, "??"),
        ([(95, "ZIP", None), (90, None, 0)], SKIP, "?R"),
        ([(95, "ZIP", (5, 15)), (90, None, 30)], SKIP, "??"),
        ([(95, "ZIP", (5, 15)), (90, None, 25)], SKIP, "?R"),
        # Where what the first asks may stop the sharing, the second may have nothing, even if it asks for nothing.
        ([(95, "ZIP", None), (90, None, 0)], BUDGET, "??"),
        # It asks for all that there is at most: the sharing goes on.
        ([(95, "ZIP", (5, 40)), (90, None, 0)], BUDGET, "?R"),
        # Once envelopes are poured together, the zone decides nothing more; the one held has no part in that.
        ([(95, None, 50), (90, "ZIP", 10), (80, "ZAR", 70)], SPILL, "?RR"),
    ],
)
def test_one_that_several_parts_may_pay_is_served_where_each_of_them_would(
    drawn: list[Drawn], selection: str, expected: str
) -> None:
    assert letters(drawn, selection) == expected


@pytest.mark.parametrize(
    ("drawn", "selection", "expected"),
    [
        # 40 is enough for both equals, for one of them, for none.
        ([(95, "ZIP", 20), (95, "ZIP", 20), (90, "ZIP", 0)], BUDGET, "RRR"),
        ([(95, "ZIP", 50), (95, "ZIP", 40), (90, "ZIP", 5)], SKIP, "www"),
        ([(95, "ZIP", 50), (95, "ZIP", 60), (90, "ZIP", 5)], SKIP, "--R"),
        # Half as much again of the amount is half as much again of each part.
        ([(95, "ZIP", 60), (90, "ZAR", 90)], SKIP.replace("skip", "skip, times: 1.5"), "RR"),
        ([(95, "ZIP", 61), (90, "ZAR", 91)], SKIP.replace("skip", "skip, times: 1.5"), "--"),
        # Equals whom different parts pay take nothing from one another.
        ([(95, "ZIP", 50), (95, "ZAR", 40), (90, "ZIP", 5)], SKIP, "-RR"),
        # Two of three equals get the last places, and at most 50 of the 40 that there are: nothing is left for others.
        ([(95, "ZIP", 30), (95, "ZIP", 20), (95, "ZIP", 10), (90, "ZIP", 5)], f"places: 2, {SKIP}", "wwww"),
        # All three have a place if money is found: one of another part may get the place of one that is not paid.
        ([(95, "ZIP", 30), (95, "ZIP", 20), (95, "ZIP", 10), (90, "ZAR", 50)], f"places: 3, {SKIP}", "wwww"),
        # Part of what is asked for is granted, but not before it is known what the first asks for.
        ([(95, "ZIP", (0, 20)), (90, "ZIP", 30), (80, "ZIP", 10)], PART, "?ww"),
        ([(95, "ZIP", 20), (90, "ZIP", 30), (80, "ZIP", 10)], PART, "RR-"),
        # Between equals, one euro that is left is contested, and none is not; alone, one euro is granted.
        ([(99, "ZIP", 39), (95, "ZIP", 10), (95, "ZIP", 20)], PART, "Rww"),
        ([(99, "ZIP", 40), (95, "ZIP", 10), (95, "ZIP", 20)], PART, "R--"),
        ([(99, "ZIP", 39), (95, "ZIP", 10)], PART, "RR"),
        # Whoever may be paid once it is known what the first asks for waits; who asks for more than there is does not.
        ([(95, "ZAR", None), (90, "ZAR", 60), (85, "ZAR", 61)], SKIP, "?w-"),
        ([(95, "ZAR", None), (90, "ZAR", 500)], PART, "?w"),
        ([(99, "ZAR", 59), (95, "ZAR", None), (90, "ZAR", 10)], PART, "R?w"),
        ([(99, "ZAR", 60), (95, "ZAR", None), (90, "ZAR", 10)], PART, "R?-"),
        # What is kept for two adds up.
        ([(95, "ZIP", (0, 10)), (90, "ZIP", (0, 10)), (85, "ZIP", 20)], SKIP, "??R"),
        ([(95, "ZIP", (0, 10)), (90, "ZIP", (0, 10)), (85, "ZIP", 21)], SKIP, "??w"),
        # Equals who come after the sharing stopped contest nothing.
        ([(95, "ZIP", 50), (90, "ZIP", 10), (90, "ZIP", 40)], BUDGET, "---"),
        # What was kept for equals whom one place parted is given back when all of them have one.
        ([(90, "ZIP", 10), (90, "ZIP", 20), (80, "ZAR", 70)], f"places: 3, quotas: [{GUARANTEE}], {SPILL}", "RRR"),
        ([(90, "ZIP", 10), (90, "ZIP", 20), (80, "ZAR", 71)], f"places: 3, quotas: [{GUARANTEE}], {SPILL}", "RR-"),
        # Equals contest the one place of their category, and 20 of their 40: 80 of the 100 are free for the others.
        ([(95, "ZIP", 10), (95, "ZIP", 20), (90, "ZAR", 80)], f"quotas: [{CAP}], {SPILL}", "wwR"),
        ([(95, "ZIP", 10), (95, "ZIP", 20), (90, "ZAR", 81)], f"quotas: [{CAP}], {SPILL}", "www"),
        ([(95, "ZIP", 10), (95, "ZIP", 20), (90, "ZAR", 101)], f"quotas: [{CAP}], {SPILL}", "ww-"),
    ],
)
def test_what_is_left_is_for_all_the_equals_or_kept_for_those_who_may_get_it(
    drawn: list[Drawn], selection: str, expected: str
) -> None:
    assert letters(drawn, selection) == expected


@pytest.mark.parametrize(
    ("drawn", "expected", "granted"),
    [
        # What an envelope keeps does not pour: 25 of 40, and 60, make 85.
        ([(95, "ZIP", (5, 15)), (90, "ZAR", 85)], "?R", 85),
        ([(95, "ZIP", (5, 15)), (90, "ZAR", 86)], "?w", 0),
        # Two equals contest the 40 of theirs: nothing pours, and who asks for more waits for them.
        ([(95, "ZIP", 30), (95, "ZIP", 30), (90, "ZAR", 60), (80, "ZAR", 10)], "wwRw", 60),
        # An envelope of which 20 remain makes 80 with the other.
        ([(99, "ZAR", 80), (95, "ZIP", 10), (95, "ZIP", 10)], "RRR", 100),
        ([(99, "ZAR", 81), (95, "ZIP", 10), (95, "ZIP", 10)], "-RR", 20),
    ],
)
def test_what_an_envelope_pours_is_what_it_neither_gave_nor_keeps(
    drawn: list[Drawn], expected: str, granted: int
) -> None:
    standings = shared(drawn, SPILL)
    assert "".join(LETTERS[one.status] for one in standings) == expected
    assert sum(one.granted or 0 for one in standings) == granted


@pytest.mark.parametrize(
    ("asks", "kept"), [(None, 40), ((5, 15), 15), ((5, 40), 40), ((5, 150), 40), ((0, 0), 0)], ids=str
)
def test_what_is_kept_is_the_most_that_may_be_granted(asks: tuple[int, int] | None, kept: int) -> None:
    label = "« Montant total de l'engagement (montant annuel × durée) »"
    said = f"montant demandé non renseigné ({label}) : jusqu'à {kept} gardés pour elle"
    assert reasons([(95, "ZIP", asks)], BUDGET) == [said]
    assert reasons([(95, "ZAR", 20), (90, "ZIP", asks)], BUDGET) == ["", said]


def test_who_comes_after_a_sharing_that_stopped_is_told_where() -> None:
    three: list[Drawn] = [(95, "ZIP", 50), (90, "ZIP", 5), (85, "ZAR", 5)]
    assert reasons(three, BUDGET) == [
        "demande 50, il reste 40 sur la part réservée « rural »",
        "la répartition s'est arrêtée à A, qui demande plus que le reste",
        "",
    ]
    equals: list[Drawn] = [(95, "ZIP", 30), (95, "ZIP", 30), (90, "ZIP", 0)]
    contested = "2 candidatures à égalité pour les 40 qui restent sur la part réservée « rural » : à départager"
    stopped = "la répartition s'est arrêtée à l'égalité de A et B, à départager"
    assert reasons(equals, BUDGET) == [contested, contested, stopped]
    too_much: list[Drawn] = [(95, "ZIP", 50), (95, "ZIP", 60), (90, "ZIP", 0)]
    assert reasons(too_much, BUDGET)[2] == (
        "la répartition s'est arrêtée à A et B, qui demandent chacune plus que le reste"
    )
