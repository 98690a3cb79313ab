"""Parts of a budget: amounts or exact shares of it, and the order in which what they leave is given."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.budgets import Envelope
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

FACTS: Final = """
facts:
  - {name: ask, type: money, label: Aide demandée, minimum: 0, maximum: 100}
  - {name: kind, type: choice, label: Genre, choices: [u, r, s]}
"""


def one(name: str, total: int, ask: int, kind: str) -> Scored:
    return scored(name, total, values={"complements.ask": Fraction(ask), "complements.kind": kind})


def share(rows: list[Scored], budget: str, more: str = "") -> dict[str, Standing]:
    criteria = policy(f"{FACTS}\nselection: {{budget: {{amount: 100, ask: complements.ask, {budget}}}{more}}}")
    return {each.entry.reference: each for each in select(rank(rows, criteria.ranking), criteria, None)[0]}


def granted(found: dict[str, Standing]) -> dict[str, Fraction | None]:
    return {name: each.granted for name, each in found.items() if each.status is Status.SELECTED}


def part(kind: str, held: str, spill: str = "non") -> str:
    return f"{{label: {kind}, when: {{fact: complements.kind, is: {kind}}}, {held}, spill: {spill}}}"


# --- Shares -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["60 %", "0.6", "3/5", "60\u00a0%"])
def test_a_share_of_the_budget_is_its_exact_amount(written: str) -> None:
    stated = f"{{amount: 35, ask: complements.ask, envelopes: [{part('r', f'share: {written}')}]}}"
    budget = policy(f"{FACTS}\nselection: {{budget: {stated}}}").selection.budget
    assert budget is not None
    assert list(budget.parts) == [21]


def test_thirds_of_a_budget_leave_nothing() -> None:
    parts = ", ".join(part(kind, "share: 1/3") for kind in "urs")
    rows = [one(kind, 90 - place, 33, kind) for place, kind in enumerate("urs")]
    assert granted(share(rows, f"envelopes: [{parts}]")) == {"u": 33, "r": 33, "s": 33}
    assert granted(share([one("u", 90, 34, "u")], f"envelopes: [{parts}]")) == {}


def test_a_share_stands_beside_an_amount() -> None:
    rows = [one("A", 90, 60, "r"), one("B", 80, 30, "s"), one("C", 70, 10, "u")]
    budget = f"envelopes: [{part('r', 'share: 60 %')}, {part('s', 'amount: 30')}]"
    assert granted(share(rows, budget)) == {"A": 60, "B": 30, "C": 10}


def test_a_share_follows_the_multiple_that_may_be_admitted() -> None:
    rows = [one("A", 90, 90, "r"), one("B", 80, 60, "u")]
    assert granted(share(rows, f"times: 3/2, envelopes: [{part('r', 'share: 60 %')}]")) == {"A": 90, "B": 60}


def test_an_envelope_is_read_alone() -> None:
    envelope = Envelope.model_validate({"label": "r", "when": {"fact": "x", "is": "r"}, "share": "25 %"})
    assert envelope.part_of(parse := Fraction(10)) == parse / 4


# --- What is left -----------------------------------------------------------------------------------------------------

THREE: Final = f"[{part('r', 'share: 60 %', 'oui')}, {part('s', 'share: 20 %')}, {part('u', 'share: 20 %')}]"
ROWS: Final = [one("U", 90, 30, "u"), one("S", 80, 40, "s"), one("R", 70, 20, "r")]


def test_without_an_order_what_is_left_is_given_in_the_order_of_ranks() -> None:
    assert granted(share(ROWS, f"when_short: skip, envelopes: {THREE}")) == {"U": 30, "R": 20}


def test_a_stated_order_goes_before_the_order_of_ranks() -> None:
    found = share(ROWS, f"when_short: skip, spill_order: [s, u], envelopes: {THREE}", ", reserve: 1")
    assert granted(found) == {"S": 40, "R": 20}
    assert [str(reason) for reason in found["U"].reasons] == [
        "demande 30, il reste 0 en commun ; « u », qui garde 20, n'y ajoute rien"
    ]


def test_those_whom_no_name_of_the_order_concerns_come_last_together() -> None:
    rows = [*ROWS, one("S2", 60, 10, "s")]
    assert granted(share(rows, f"when_short: skip, spill_order: [u], envelopes: {THREE}")) == {
        "U": 30,
        "R": 20,
        "S2": 10,
    }


def test_where_the_sharing_stops_in_one_turn_it_begins_again_with_the_next() -> None:
    rows = [one("S", 90, 50, "s"), one("S2", 80, 1, "s"), one("U", 70, 30, "u"), one("R", 60, 20, "r")]
    found = share(rows, f"spill_order: [s, u], envelopes: {THREE}", ", reserve: 5")
    assert granted(found) == {"U": 30, "R": 20}
    assert [str(reason) for reason in found["S"].reasons] == [
        "demande 50, il reste 40 en commun ; « s », qui garde 20, n'y ajoute rien"
    ]
    assert [str(reason) for reason in found["S2"].reasons] == [
        "la répartition s'est arrêtée à S, qui demande plus que le reste"
    ]


def test_what_was_granted_in_part_is_completed_in_its_turn() -> None:
    rows = [one("U", 90, 50, "u"), one("S", 80, 50, "s"), one("R", 70, 30, "r")]
    found = share(rows, f"partial: oui, spill_order: [s], envelopes: {THREE}")
    assert granted(found) == {"U": 20, "S": 50, "R": 30}


def test_equals_who_contest_places_are_parted_by_no_turn() -> None:
    rows = [one("A", 90, 20, "r"), one("B", 80, 10, "s"), one("C", 80, 10, "u")]
    found = share(rows, f"spill_order: [s], envelopes: {THREE}", ", places: 2, reserve: 2")
    assert granted(found) == {"A": 20}
    assert {str(reason) for name in "BC" for reason in found[name].reasons} == {
        "2 candidatures à égalité pour la dernière place : à départager"
    }


class Asking(NamedTuple):
    """One candidature of the oracle, the best first."""

    ask: int
    kind: str


class Oracle:
    """The sharing told again from the documentation, for candidatures that all have a rank of their own."""

    def __init__(
        self, rows: list[Asking], parts: dict[str, tuple[Fraction, bool]], short: str, *, partial: bool
    ) -> None:
        self.rows, self.parts, self.stops, self.partial = rows, parts, short == "stop", partial
        self.granted: dict[int, Fraction] = {}

    def serve(self, kinds: set[str], left: Fraction) -> Fraction:
        """Pay those of some categories in the order of ranks, and give what is left."""
        for place, row in enumerate(self.rows):
            if row.kind not in kinds:
                continue
            wanted = row.ask - self.granted.get(place, Fraction(0))
            if place in self.granted and wanted == 0:
                continue
            if wanted <= left or (self.partial and left > 0):
                paid = min(Fraction(wanted), left)
                self.granted[place] = self.granted.get(place, Fraction(0)) + paid
                left -= paid
            elif self.stops and place not in self.granted:
                break
        return left

    def share(self, order: list[str]) -> dict[int, Fraction]:
        """Serve each envelope, then what is left in the stated order, then all the others."""
        whole = Fraction(100) - sum(amount for amount, _ in self.parts.values())
        common = self.serve({row.kind for row in self.rows} - self.parts.keys(), whole)
        rest = {kind: self.serve({kind}, amount) for kind, (amount, _) in self.parts.items()}
        if any(spill for _, spill in self.parts.values()):
            common += sum(rest[kind] for kind, (_, spill) in self.parts.items() if spill)
            for turn in [*({kind} for kind in order), {"u", "r", "s"} - set(order)]:
                common = self.serve(turn, common)
        return self.granted


Part = tuple[str, str, bool]
KINDS: Final = st.sampled_from("urs")
HELD: Final = st.tuples(KINDS, st.sampled_from(["1/3", "20 %", "7.5 %"]), st.booleans())


@given(
    rows=st.lists(st.builds(Asking, st.integers(0, 60), KINDS), max_size=7),
    parts=st.lists(HELD, max_size=3, unique_by=lambda held: held[0]),
    order=st.lists(KINDS, unique=True),
    short=st.sampled_from(["stop", "skip"]),
    partial=st.booleans(),
)
def test_who_gets_what_is_what_the_documentation_says(
    rows: list[Asking], parts: list[Part], order: list[str], short: str, *, partial: bool
) -> None:
    amounts = {"1/3": Fraction(100, 3), "20 %": Fraction(20), "7.5 %": Fraction(15, 2)}
    held = {kind: (amounts[share_], spill) for kind, share_, spill in parts}
    stated = [kind for kind in order if kind in held]
    oracle = Oracle(rows, held, short, partial=partial).share(stated)
    written = ", ".join(part(kind, f"share: {share_}", "oui" if spill else "non") for kind, share_, spill in parts)
    candidatures = [one(str(place), 90 - place, row.ask, row.kind) for place, row in enumerate(rows)]
    how = f"when_short: {short}, partial: {'oui' if partial else 'non'}, spill_order: [{', '.join(stated)}]"
    found = granted(share(candidatures, f"{how}, envelopes: [{written}]"))
    assert found == {str(place): amount for place, amount in oracle.items()}


# --- What an envelope keeps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (30, []),
        (31, ["payée sur le reste commun, et non sur « r », qui garde 1"]),
        (32, ["payée sur le reste commun, et non sur « r », qui garde 2"]),
    ],
)
def test_one_whom_the_common_rest_pays_is_told_what_its_own_part_keeps_if_anything(held: int, said: list[str]) -> None:
    parts = f"{part('r', f'amount: {held}')}, {part('u', 'amount: 40', 'oui')}"
    found = share([one("A", 90, 30, "r"), one("B", 80, 30, "r")], f"envelopes: [{parts}]")
    assert granted(found) == {"A": 30, "B": 30}
    assert [str(reason) for reason in found["B"].reasons] == said


def test_what_is_kept_for_one_that_does_not_say_what_it_asks_is_not_told_as_free() -> None:
    parts = f"{part('r', 'amount: 40')}, {part('u', 'amount: 60', 'oui')}"
    silent = scored("C", 70, values={"complements.ask": Missing(at_most=Fraction(30)), "complements.kind": "r"})
    found = share([one("B", 80, 45, "r"), silent], f"when_short: skip, envelopes: [{parts}]")
    assert [str(reason) for reason in found["B"].reasons] == [
        "payée sur le reste commun, et non sur « r », qui garde 10"
    ]


def test_equals_who_contest_what_their_part_keeps_stay_so_though_the_common_rest_would_pay_both() -> None:
    parts = f"{part('r', 'amount: 30')}, {part('u', 'amount: 60', 'oui')}"
    rows = [one("U", 95, 50, "u"), one("A", 90, 20, "r"), one("B", 80, 5, "r"), one("C", 80, 10, "r")]
    found = share(rows, f"when_short: skip, envelopes: [{parts}]")
    assert granted(found) == {"U": 50, "A": 20}
    said = "2 candidatures à égalité pour les 10 qui restent sur la part réservée « r » : à départager"
    assert [str(found[name].reasons[0]) for name in "BC"] == [said, said]


# --- Between equals ---------------------------------------------------------------------------------------------------


def test_equals_paid_in_part_and_not_at_all_contest_what_is_poured_and_nobody_below_takes_it() -> None:
    # The part of B is spent on it; that of C, on S. Of the 10 that u pours, both ask for more than there is.
    parts = f"[{part('r', 'amount: 40')}, {part('s', 'amount: 50')}, {part('u', 'amount: 10', 'oui')}]"
    rows = [one("S", 90, 50, "s"), one("B", 80, 60, "r"), one("C", 80, 50, "s"), one("D", 70, 5, "r")]
    found = share(rows, f"partial: oui, envelopes: {parts}", ", reserve: 1")
    contested = "2 candidatures à égalité pour les 10 qui restent en commun : à départager"
    assert granted(found) == {"S": 50, "B": 40}
    assert [str(each) for each in found["B"].reasons] == ["financée en partie, sur 60 demandés", contested]
    assert [str(each) for each in found["C"].reasons] == [contested]
    assert found["D"].status is not Status.SELECTED


def test_equals_who_all_have_part_of_what_they_ask_for_contest_what_is_poured() -> None:
    parts = f"[{part('r', 'amount: 40')}, {part('s', 'amount: 50')}, {part('u', 'amount: 10', 'oui')}]"
    rows = [one("B", 80, 60, "r"), one("C", 80, 60, "s"), one("D", 70, 5, "r")]
    criteria = policy(
        f"{FACTS}\nselection: {{budget: {{amount: 100, ask: complements.ask, partial: oui, envelopes: {parts}}}}}"
    )
    standings, cut = select(rank(rows, criteria.ranking), criteria, None)
    assert [(each.entry.reference, each.granted) for each in standings] == [("B", 40), ("C", 50), ("D", None)]
    assert (cut.contested, cut.at_stake) == (("B", "C"), 0)
    assert str(standings[2].reasons[0]) == "la répartition s'est arrêtée à l'égalité de B et C, à départager"


def test_a_rest_that_equals_contest_in_a_part_is_announced_though_something_is_poured() -> None:
    parts = f"[{part('r', 'amount: 40', 'oui')}]"
    rows = [one("A", 90, 60, "u"), one("B", 80, 30, "r"), one("C", 80, 30, "r"), one("D", 70, 20, "u")]
    criteria = policy(
        f"{FACTS}\nselection: {{budget: {{amount: 100, ask: complements.ask, partial: oui, envelopes: {parts}}}}}"
    )
    standings, cut = select(rank(rows, criteria.ranking), criteria, None)
    assert cut.contested == ("B", "C")
    assert [each.status.value for each in standings[:3]] == ["retenue", "réserve", "réserve"]
