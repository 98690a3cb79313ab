"""Quotas, budgets and deliberation: sharing in the order of ranks, never inside a tie."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.facts import MISSING, Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.domain.ties import Ranking
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

ASK = "engagement_financier.montant_total"


def one(reference: str, total: int, zone: str = "ZAR", asks: object = None) -> Scored:
    """Make a candidature of a zone that asks for an amount."""
    amount = MISSING if asks is None else parse_fraction(str(asks))
    return scored(reference, total, values={"zonage": zone, ASK: amount})


def share(candidatures: list[Scored], selection: str) -> tuple[tuple[Standing, ...], Cut]:
    return select(rank(candidatures, Ranking()), policy(f"selection: {selection}"), None)


def told(candidatures: list[Scored], selection: str) -> dict[str, tuple[str, list[str]]]:
    standings, _ = share(candidatures, selection)
    return {s.entry.reference: (s.status.value, [str(reason) for reason in s.reasons]) for s in standings}


def statuses(candidatures: list[Scored], selection: str) -> dict[str, str]:
    return {reference: status for reference, (status, _) in told(candidatures, selection).items()}


def granted(candidatures: list[Scored], selection: str) -> dict[str, Fraction]:
    standings, _ = share(candidatures, selection)
    return {s.entry.reference: s.granted or Fraction(0) for s in standings if s.status is Status.SELECTED}


# --- Quotas -----------------------------------------------------------------------------------------------------------

ZIP_FIRST = "{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 1}"
FEW_ZAR = "{label: ZAR, when: {fact: zonage, is: ZAR}, at_most: 1}"


def test_a_guaranteed_place_goes_to_the_best_of_its_category() -> None:
    four = [one("A", 90), one("B", 80), one("C", 50, "ZIP"), one("D", 40, "ZIP")]
    assert told(four, f"{{places: 2, quotas: [{ZIP_FIRST}]}}") == {
        "A": ("retenue", []),
        "B": ("non retenue", ["les 2 places sont pourvues"]),
        "C": ("retenue", ["place garantie : ZIP"]),
        "D": ("non retenue", ["les 2 places sont pourvues"]),
    }


def test_a_guarantee_that_the_ranks_already_honour_changes_nobody() -> None:
    three = [one("A", 90, "ZIP"), one("B", 80), one("C", 70, "ZIP")]
    assert statuses(three, f"{{places: 2, quotas: [{ZIP_FIRST}]}}") == {
        "A": "retenue", "B": "retenue", "C": "non retenue",
    }  # fmt: skip


def test_a_guarantee_never_chooses_between_equals_and_keeps_the_place_for_them() -> None:
    equals = [one("A", 90), one("B", 50, "ZIP"), one("C", 50, "ZIP")]
    contested = ["2 candidatures à égalité pour la dernière place garantie : ZIP ; à départager"]
    standings, cut = share(equals, f"{{places: 1, quotas: [{ZIP_FIRST}]}}")
    assert [(s.entry.reference, s.status.value, [str(r) for r in s.reasons]) for s in standings] == [
        ("A", "non retenue", ["la place est pourvue ou à départager"]),
        ("B", "réserve", contested),
        ("C", "réserve", contested),
    ]
    assert (cut.contested, cut.at_stake, cut.places_left) == (("B", "C"), 1, 1)


def test_a_tie_for_a_guaranteed_place_dissolves_where_all_the_equals_get_one() -> None:
    equals = [one("A", 90), one("B", 50, "ZIP"), one("C", 50, "ZIP"), one("D", 40)]
    assert statuses(equals, f"{{places: 3, quotas: [{ZIP_FIRST}]}}") == {
        "A": "retenue", "B": "retenue", "C": "retenue", "D": "non retenue",
    }  # fmt: skip


def test_what_dissolves_is_counted_once_for_the_places_and_for_the_cap() -> None:
    quota = "{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 1, at_most: 3}"
    equals = [one("A", 90, "ZIP"), one("B", 90, "ZIP"), one("C", 80, "ZIP"), one("D", 70, "ZIP"), one("E", 60)]
    assert told(equals, f"{{places: 4, quotas: [{quota}]}}") == {
        "A": ("retenue", []),
        "B": ("retenue", []),
        "C": ("retenue", []),
        "D": ("non retenue", ["quota atteint : ZIP"]),
        "E": ("retenue", []),
    }


def test_equals_of_several_categories_contest_the_last_places_together() -> None:
    equals = [one("A", 90), one("B", 50, "ZIP"), one("C", 50, "ZIP"), one("D", 50)]
    standings, cut = share(equals, f"{{places: 3, quotas: [{ZIP_FIRST}]}}")
    assert [s.status.value for s in standings] == ["retenue", "réserve", "réserve", "réserve"]
    assert (cut.contested, cut.at_stake) == (("B", "C", "D"), 2)


def test_a_guarantee_that_ends_in_a_full_category_is_contested() -> None:
    quota = "{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 2, at_most: 2}"
    three = [one("A", 90), one("B", 80, "ZIP"), one("C", 50, "ZIP"), one("D", 50, "ZIP")]
    assert statuses(three, f"{{places: 2, quotas: [{quota}]}}") == {
        "A": "non retenue", "B": "retenue", "C": "réserve", "D": "réserve",
    }  # fmt: skip


def test_a_guarantee_gives_no_more_than_the_places() -> None:
    two = "{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 5}"
    three = [one("A", 90, "ZIP"), one("B", 80, "ZIP"), one("C", 70, "ZIP")]
    assert statuses(three, f"{{places: 2, quotas: [{two}]}}") == {"A": "retenue", "B": "retenue", "C": "non retenue"}


def test_a_category_gets_no_more_than_its_cap_and_the_next_takes_the_place() -> None:
    assert told([one("A", 90), one("B", 80), one("C", 70, "ZIP")], f"{{places: 2, quotas: [{FEW_ZAR}]}}") == {
        "A": ("retenue", []),
        "B": ("non retenue", ["quota atteint : ZAR"]),
        "C": ("retenue", []),
    }


def test_a_cap_never_falls_inside_a_tie() -> None:
    equals = [one("A", 90), one("B", 90), one("C", 90, "ZIP"), one("D", 10, "ZIP")]
    contested = ["2 candidatures à égalité pour la dernière place du quota : ZAR ; à départager"]
    assert told(equals, f"{{places: 3, reserve: 9, quotas: [{FEW_ZAR}]}}") == {
        "A": ("réserve", contested),
        "B": ("réserve", contested),
        "C": ("retenue", []),
        "D": ("retenue", []),
    }


def test_the_end_of_a_cap_keeps_its_place_from_those_below() -> None:
    equals = [one("A", 90), one("B", 90), one("C", 50, "ZIP"), one("D", 10, "ZIP")]
    assert list(statuses(equals, f"{{places: 2, quotas: [{FEW_ZAR}]}}").values()) == [
        "réserve", "réserve", "retenue", "non retenue",
    ]  # fmt: skip


def test_an_unknown_category_is_no_category() -> None:
    unknown = scored("A", 90, values={"zonage": MISSING})
    assert statuses([unknown, one("B", 80)], f"{{places: 2, quotas: [{FEW_ZAR}]}}") == {"A": "retenue", "B": "retenue"}


# --- Deliberation -----------------------------------------------------------------------------------------------------


def test_below_the_total_that_decides_people_deliberate() -> None:
    three = [one("A", 90), one("B", 60), one("C", 40)]
    assert told(three, "{places: 5, minimum: 50, decides_from: 75}") == {
        "A": ("retenue", []),
        "B": ("à délibérer", []),
        "C": ("non retenue", ["total de 40 inférieur au minimum de 50"]),
    }


def test_who_reaches_the_total_that_decides_without_a_place_is_not_deliberated_on() -> None:
    three = [one("A", 90), one("B", 80), one("C", 60)]
    assert statuses(three, "{places: 1, reserve: 1, decides_from: 75}") == {
        "A": "retenue", "B": "réserve", "C": "à délibérer",
    }  # fmt: skip


# --- Budget -----------------------------------------------------------------------------------------------------------

BUDGET = f"amount: 100, ask: {ASK}"


def test_where_the_score_never_decides_the_committee_deliberates_on_all_that_pass() -> None:
    three = [one("A", 90), one("B", 50), one("C", 49)]
    assert told(three, "{minimum: 50, decides_from: never}") == {
        "A": ("à délibérer", []),
        "B": ("à délibérer", []),
        "C": ("non retenue", ["total de 49 inférieur au minimum de 50"]),
    }


def test_equals_told_apart_by_what_they_ask_for_are_served_in_the_greatest_number() -> None:
    rows = [one("A", 60, asks=30), one("B", 60, asks=10), one("C", 60, asks=25), one("D", 90, asks=60)]
    ties = Ranking.model_validate({"ties": [{"fact": ASK, "prefer": "lowest"}]})
    criteria = policy(f"selection: {{budget: {{amount: 100, ask: {ASK}}}}}")
    standings, _ = select(rank(rows, ties), criteria, None)
    assert [each.entry.reference for each in standings if each.status is Status.SELECTED] == ["D", "B", "C"]


def test_a_budget_is_granted_in_the_order_of_ranks_until_it_falls_short() -> None:
    four = [one("A", 90, asks=60), one("B", 80, asks=50), one("C", 70, asks=40), one("D", 60, asks=10)]
    standings, cut = share(four, f"{{reserve: 1, budget: {{{BUDGET}}}}}")
    assert [(s.entry.reference, s.status.value, s.granted) for s in standings] == [
        ("A", "retenue", 60), ("B", "réserve", None), ("C", "non retenue", None), ("D", "non retenue", None),
    ]  # fmt: skip
    assert [str(reason) for reason in standings[1].reasons] == ["demande 50, il reste 40 sur le budget"]
    assert (cut.places, cut.selected, cut.places_left) == (None, 1, 0)
    assert [cut.budget, cut.granted] == [100, 60]


def test_a_budget_may_skip_what_it_cannot_pay() -> None:
    four = [one("A", 90, asks=60), one("B", 80, asks=50), one("C", 70, asks=40), one("D", 60, asks=10)]
    assert granted(four, f"{{budget: {{{BUDGET}, when_short: skip}}}}") == {"A": 60, "C": 40}


def test_the_last_may_get_what_is_left() -> None:
    three = [one("A", 90, asks=60), one("B", 80, asks=50), one("C", 70, asks=40)]
    assert granted(three, f"{{budget: {{{BUDGET}, partial: oui}}}}") == {"A": 60, "B": 40}
    assert told(three, f"{{budget: {{{BUDGET}, partial: oui}}}}")["B"][1] == ["financée en partie, sur 50 demandés"]
    assert told(three, f"{{budget: {{{BUDGET}, partial: oui}}}}")["C"][0] == "non retenue"


def test_what_is_left_is_never_shared_between_equals_and_is_kept_for_them() -> None:
    equals = [one("A", 90, asks=60), one("B", 80, asks=30), one("C", 80, asks=30), one("D", 70, asks=20)]
    contested = ["2 candidatures à égalité pour les 40 qui restent sur le budget : à départager"]
    standings, cut = share(equals, f"{{budget: {{{BUDGET}, when_short: skip}}}}")
    assert [(s.entry.reference, s.status.value, [str(r) for r in s.reasons]) for s in standings] == [
        ("A", "retenue", []),
        ("B", "réserve", contested),
        ("C", "réserve", contested),
        ("D", "réserve", ["attend le départage de B, C"]),
    ]
    assert (cut.contested, cut.at_stake) == (("B", "C"), 0)
    assert granted(equals, f"{{budget: {{{BUDGET}, partial: oui}}}}") == {"A": 60}


def test_equals_who_ask_too_much_each_contest_nothing() -> None:
    equals = [one("A", 90, asks=60), one("B", 80, asks=50), one("C", 80, asks=50)]
    assert told(equals, f"{{budget: {{{BUDGET}}}}}")["B"] == (
        "non retenue",
        ["demande 50, il reste 40 sur le budget"],
    )


def test_equals_of_different_envelopes_take_nothing_from_one_another() -> None:
    budget = f"{{budget: {{{BUDGET}, envelopes: {ENVELOPES.replace('SPILL', 'non')}}}}}"
    assert granted([one("A", 90, asks=30), one("B", 90, "ZIP", asks=500)], budget) == {"A": 30}


def test_the_next_waits_for_equals_whom_the_budget_may_not_pay() -> None:
    selection = f"{{places: 1, budget: {{{BUDGET}, envelopes: {ENVELOPES.replace('SPILL', 'non')}}}}}"
    equals = [one("B", 90, "ZIP", asks=10), one("C", 80, asks=10)]
    assert told([one("A", 90, "ZIP", asks=500), *equals], selection)["C"] == (
        "réserve",
        ["attend le départage de A, B"],
    )
    assert told([one("A", 90, "ZIP", asks=10), *equals], selection)["C"] == (
        "non retenue",
        ["la place est pourvue ou à départager"],
    )


def test_a_budget_may_admit_more_than_its_amount() -> None:
    assert granted([one("A", 90, asks=80), one("B", 80, asks=70)], f"{{budget: {{{BUDGET}, times: 1.5}}}}") == {
        "A": 80,
        "B": 70,
    }


def test_who_asks_for_nothing_is_granted_nothing() -> None:
    assert granted([one("A", 90, asks=0), one("B", 80, asks=100)], f"{{budget: {{{BUDGET}}}}}") == {"A": 0, "B": 100}


UNSAID = "montant demandé non renseigné (« Montant total de l'engagement (montant annuel × durée) »)"


def test_who_does_not_say_what_it_asks_for_is_to_be_completed_and_keeps_its_money() -> None:
    """Its rank stands: those after it wait for what it turns out to ask, and nobody takes its money unseen."""
    three = [one("A", 90, asks=60), one("B", 80), one("C", 70, asks=10)]
    assert told(three, f"{{reserve: 1, budget: {{{BUDGET}, when_short: skip}}}}") == {
        "A": ("retenue", []),
        "B": ("à compléter", [f"{UNSAID} : jusqu'à 40 gardés pour elle"]),
        "C": ("réserve", ["attend de savoir ce que demande B"]),
    }


def test_what_is_known_of_a_demand_is_all_that_is_kept_for_it() -> None:
    known = scored("A", 90, values={"zonage": "ZIP", ASK: Missing(at_least=5, at_most=30)})
    three = [known, one("B", 80, asks=70), one("C", 70, asks=10)]
    assert told(three, f"{{budget: {{{BUDGET}}}}}") == {
        "A": ("à compléter", [f"{UNSAID} : jusqu'à 30 gardés pour elle"]),
        "B": ("retenue", []),
        "C": ("réserve", ["attend de savoir ce que demande A"]),
    }


def test_a_place_is_kept_too_for_who_does_not_say_what_it_asks_for() -> None:
    four = [one("A", 90), one("B", 80, asks=0), one("C", 70, asks=0), one("D", 60, asks=0)]
    assert told(four, f"{{places: 2, budget: {{{BUDGET}, when_short: skip}}}}") == {
        "A": ("à compléter", [f"{UNSAID} : jusqu'à 100 gardés pour elle"]),
        "B": ("retenue", []),
        "C": ("réserve", ["attend de savoir ce que demande A"]),
        "D": ("non retenue", ["les 2 places sont pourvues ou gardées"]),
    }


def test_who_does_not_say_what_it_asks_for_once_the_sharing_has_stopped_gets_nothing() -> None:
    three = [one("A", 90, asks=500), one("B", 80)]
    stopped = ["la répartition s'est arrêtée à A, qui demande plus que le reste"]
    assert told(three, f"{{budget: {{{BUDGET}}}}}")["B"] == ("non retenue", stopped)


def test_an_unsaid_demand_in_an_envelope_keeps_its_money_from_spilling() -> None:
    budget = f"{{budget: {{{BUDGET}, when_short: skip, envelopes: {ENVELOPES.replace('SPILL', 'oui')}}}}}"
    assert told([one("A", 90, asks=60), one("B", 80, "ZIP"), one("C", 70, asks=30)], budget) == {
        "A": ("réserve", ["attend de savoir ce que demande B"]),
        "B": ("à compléter", [f"{UNSAID} : jusqu'à 70 gardés pour elle"]),
        "C": ("retenue", []),
    }


def test_places_and_a_budget_both_limit() -> None:
    three = [one("A", 90, asks=10), one("B", 80, asks=10), one("C", 70, asks=10)]
    assert granted(three, f"{{places: 2, budget: {{{BUDGET}}}}}") == {"A": 10, "B": 10}
    assert told(three, f"{{places: 1, budget: {{{BUDGET}}}}}")["B"][1] == [
        "la place est pourvue par un total plus élevé"
    ]


def test_without_places_the_reason_names_the_envelope() -> None:
    three = [one("A", 90, asks=100), one("B", 80, "ZIP", asks=30), one("C", 70, asks=0)]
    assert told(three, f"{{budget: {{{BUDGET}}}}}")["B"][1] == ["demande 30, il reste 0 sur le budget"]
    stopped = ["la répartition s'est arrêtée à B, qui demande plus que le reste"]
    assert told(three, f"{{budget: {{{BUDGET}}}}}")["C"][1] == stopped


ENVELOPES = "[{label: ZIP, when: {fact: zonage, is: ZIP}, amount: 70, spill: SPILL}]"


def test_an_envelope_serves_its_category_only() -> None:
    budget = f"{{budget: {{{BUDGET}, envelopes: {ENVELOPES.replace('SPILL', 'non')}}}}}"
    three = [one("A", 90, asks=50), one("B", 80, "ZIP", asks=60), one("C", 70, "ZIP", asks=10)]
    assert granted(three, budget) == {"B": 60, "C": 10}


def test_what_an_envelope_leaves_may_spill_to_the_others() -> None:
    budget = f"{{reserve: 5, budget: {{{BUDGET}, envelopes: {ENVELOPES.replace('SPILL', 'oui')}}}}}"
    three = [one("A", 90, asks=50), one("B", 80, "ZIP", asks=40), one("C", 70, asks=20)]
    assert granted(three, budget) == {"A": 50, "B": 40}
    assert told(three, budget)["C"] == ("réserve", ["demande 20, il reste 10 en commun"])


def test_an_envelope_spent_whole_spills_nothing() -> None:
    budget = f"{{reserve: 5, budget: {{{BUDGET}, envelopes: {ENVELOPES.replace('SPILL', 'oui')}}}}}"
    assert granted([one("A", 90, asks=50), one("B", 80, "ZIP", asks=70)], budget) == {"B": 70}


def test_what_spills_takes_no_place_from_equals_who_contest_it() -> None:
    """Whichever the committee chooses has the place before anything spills."""
    budget = f"{{places: 1, budget: {{{BUDGET}, when_short: skip, envelopes: {ENVELOPES.replace('SPILL', 'oui')}}}}}"
    standings, cut = share([one("A", 90, asks=50), one("B", 80, asks=10), one("C", 80, asks=10)], budget)
    assert [(s.entry.reference, s.status.value) for s in standings] == [
        ("A", "non retenue"), ("B", "réserve"), ("C", "réserve"),
    ]  # fmt: skip
    assert cut.contested == ("B", "C")


def test_an_envelope_pays_its_category_in_part_and_what_spills_makes_it_whole() -> None:
    envelopes = "{label: ZIP, when: {fact: zonage, is: ZIP}, amount: 70, spill: oui}"
    budget = f"{{budget: {{{BUDGET}, partial: oui, envelopes: [{envelopes}]}}}}"
    whole = [one("A", 90, asks=10), one("B", 80, "ZIP", asks=50), one("C", 70, "ZIP", asks=30)]
    assert told(whole, budget) == {"A": ("retenue", []), "B": ("retenue", []), "C": ("retenue", [])}
    assert granted(whole, budget) == {"A": 10, "B": 50, "C": 30}
    most = [one("A", 90, asks=20), one("B", 80, "ZIP", asks=50), one("C", 70, "ZIP", asks=40)]
    assert granted(most, budget) == {"A": 20, "B": 50, "C": 30}
    assert told(most, budget)["C"] == ("retenue", ["financée en partie, sur 40 demandés"])


def test_what_spills_pays_the_last_cents_too() -> None:
    envelopes = "{label: ZIP, when: {fact: zonage, is: ZIP}, amount: 70, spill: oui}"
    budget = f"{{budget: {{{BUDGET}, partial: oui, envelopes: [{envelopes}]}}}}"
    assert granted([one("A", 90, "ZIP", asks="70.5")], budget) == {"A": Fraction(141, 2)}


def test_a_guaranteed_place_financed_in_part_still_says_that_it_is_guaranteed() -> None:
    budget = f"{{places: 1, quotas: [{ZIP_FIRST}], budget: {{{BUDGET}, partial: oui, envelopes: {ENVELOPES}}}}}"
    two = [one("A", 90), one("B", 80, "ZIP", asks=90)]
    assert told(two, budget.replace("SPILL", "oui"))["B"] == ("retenue", ["place garantie : ZIP"])


def test_a_guaranteed_place_is_paid_for_too() -> None:
    selection = f"{{places: 2, quotas: [{ZIP_FIRST}], budget: {{{BUDGET}}}}}"
    assert granted([one("A", 90, asks=60), one("B", 80, "ZIP", asks=50)], selection) == {"B": 50}
    assert granted([one("A", 90, asks=60), one("B", 80, "ZIP", asks=500)], selection) == {"A": 60}


# --- Whatever happens -------------------------------------------------------------------------------------------------

DRAWN = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["ZIP", "ZAC", "ZAR"]), st.sampled_from([0, 10, 30, 60])), max_size=8
)
LIMITS = st.sampled_from(["", "places: 2, ", "places: 4, "])
QUOTAS = st.sampled_from(["", f"quotas: [{ZIP_FIRST}], ", f"quotas: [{ZIP_FIRST}, {FEW_ZAR}], "])
BUDGETS = st.sampled_from(
    [
        f"budget: {{{BUDGET}}}",
        f"budget: {{{BUDGET}, when_short: skip}}",
        f"budget: {{{BUDGET}, partial: oui}}",
        f"budget: {{{BUDGET}, envelopes: {ENVELOPES.replace('SPILL', 'non')}}}",
        f"budget: {{{BUDGET}, when_short: skip, partial: oui, envelopes: {ENVELOPES.replace('SPILL', 'oui')}}}",
    ]
)


@settings(max_examples=150)
@given(DRAWN, LIMITS, QUOTAS, BUDGETS, st.integers(0, 2))
def test_no_more_is_given_than_there_is(
    drawn: list[tuple[int, str, int]], limits: str, quotas: str, budget: str, reserve: int
) -> None:
    candidatures = [one(f"R{place}", total, zone, asks) for place, (total, zone, asks) in enumerate(drawn)]
    standings, cut = share(candidatures, f"{{{limits}{quotas}reserve: {reserve}, {budget}}}")
    kept = [standing for standing in standings if standing.status is Status.SELECTED]

    assert sorted(s.entry.reference for s in standings) == sorted(c.entry.reference for c in candidatures)
    assert {s.status for s in standings} <= {Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED}
    assert len(kept) == cut.selected
    assert cut.places is None or len(kept) == cut.places - cut.places_left
    assert cut.places_left >= 0
    assert cut.granted == sum(standing.granted or 0 for standing in kept) <= 100
    assert all(standing.granted is not None for standing in kept)
    assert all((standing.granted is None) == (standing.status is not Status.SELECTED) for standing in standings)
    if FEW_ZAR in quotas:
        assert sum(standing.card.values["zonage"] == "ZAR" for standing in kept) <= 1
    assert len(cut.contested) > cut.at_stake or not cut.contested
    assert cut.at_stake <= cut.places_left or not limits


@settings(max_examples=150)
@given(DRAWN, LIMITS, QUOTAS, BUDGETS)
def test_equals_of_one_category_who_ask_for_the_same_share_their_fate(
    drawn: list[tuple[int, str, int]], limits: str, quotas: str, budget: str
) -> None:
    candidatures = [one(f"R{place}", total, zone, asks) for place, (total, zone, asks) in enumerate(drawn)]
    standings, _ = share(candidatures, f"{{{limits}{quotas}{budget}}}")
    fates: dict[tuple[object, ...], Counter[Status]] = {}
    for standing in standings:
        alike = (standing.rank, *standing.card.values.values())
        fates.setdefault(alike, Counter())[standing.status] += 1
    assert all(len(fate) == 1 for fate in fates.values())
