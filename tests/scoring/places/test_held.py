"""A blank decides nothing: where the answer could change the fate of a candidature, it is held, with what to ask."""

from __future__ import annotations

import pytest
from tests.scoring.building import plain, policy, scored

from ami_scoring.domain.facts import MISSING, Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.ties import Ranking
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.places import rank, select

ASK = "engagement_financier.montant_total"
RURAL = "{label: rural, when: {fact: zonage, is: ZIP}, at_least: 1}"
FEW = "{label: rural, when: {fact: zonage, is: ZIP}, at_most: 1}"
FLOOR = "{label: rural, when: {fact: zonage, is: ZIP}, at_least: 75}"
PURSES = f"amount: 100, ask: {ASK}, envelopes: [{{label: rural, when: {{fact: zonage, is: ZIP}}, amount: 40}}]"


def calls(*drawn: tuple[int, str | None, int]) -> list[Scored]:
    return [
        scored("ABCDE"[place], total, values={"zonage": MISSING if zone is None else zone, ASK: Fraction(asks)})
        for place, (total, zone, asks) in enumerate(drawn)
    ]


def told(candidatures: list[Scored], selection: str) -> str:
    standings, _ = select(rank(candidatures, Ranking()), policy(f"selection: {{{selection}}}"), None)
    letters = {"retenue": "R", "à compléter": "?", "réserve": "w", "non retenue": "-", "à délibérer": "d"}
    return "".join(letters[one.status] for one in standings)


@pytest.mark.parametrize(
    ("drawn", "selection", "expected"),
    [
        # 90 and 80 urban, 70 unknown, 60 rural: the place kept for a rural one could be that of the 70.
        ([(90, "ZAR", 0), (80, "ZAR", 0), (70, None, 0), (60, "ZIP", 0)], f"places: 2, quotas: [{RURAL}]", "R-?R"),
        # It has a place whatever its category.
        ([(90, None, 0), (80, "ZAR", 0), (60, "ZIP", 0)], f"places: 2, quotas: [{RURAL}]", "R-R"),
        # The place kept is given above it: nothing is said.
        ([(90, "ZIP", 0), (80, "ZAR", 0), (70, None, 0)], f"places: 2, quotas: [{RURAL}]", "RR-"),
        # The category may be full: rural, it would have no place.
        ([(90, "ZIP", 0), (80, None, 0), (70, "ZAR", 0)], f"places: 2, quotas: [{FEW}]", "R?R"),
        ([(90, None, 0), (80, "ZIP", 0), (70, "ZAR", 0)], f"places: 2, quotas: [{FEW}]", "RR-"),
        # Equals: the one that may be stopped is held, and the other has the place.
        ([(90, "ZIP", 0), (80, None, 0), (80, "ZAR", 0)], f"places: 2, quotas: [{FEW}]", "R?R"),
        # The unknown minimum of a category: a blank does not slip past what an honest answer fails.
        ([(90, "ZAR", 0), (70, None, 0), (60, "ZAR", 0)], f"places: 2, floors: [{FLOOR}]", "R?R"),
        ([(90, "ZAR", 0), (80, None, 0)], f"places: 2, floors: [{FLOOR}]", "RR"),
        ([(90, "ZAR", 0), (80, "ZAR", 0), (70, None, 0)], f"places: 2, floors: [{FLOOR}]", "RR-"),
        ([(90, "ZAR", 0), (70, None, 0)], f"places: 1, reserve: 1, floors: [{FLOOR}]", "R?"),
        ([(90, "ZAR", 0), (70, None, 0)], f"places: 2, decides_from: 80, floors: [{FLOOR}]", "R?"),
        # The envelope that pays: 50 is more than the rural one holds, and less than the common one does.
        ([(90, None, 50), (80, "ZAR", 60)], f"budget: {{{PURSES}}}", "?R"),
        ([(90, None, 30), (80, "ZAR", 30)], f"budget: {{{PURSES}}}", "RR"),
        # Both parts would pay it, and it is held for what else its zone decides.
        ([(90, "ZAR", 0), (70, None, 30)], f"budget: {{{PURSES}}}, floors: [{FLOOR}]", "R?"),
        ([(90, "ZIP", 0), (80, None, 30)], f"budget: {{{PURSES}}}, quotas: [{FEW}]", "R?"),
        ([(90, "ZAR", 0), (80, None, 30)], f"budget: {{{PURSES}}}, quotas: [{FEW}], floors: [{FLOOR}]", "RR"),
        # No answer would have it paid: it is not held, and the sharing stops at it as it would with either answer.
        (
            [(90, None, 500), (80, "ZAR", 10)],
            f"places: 2, quotas: [{RURAL}], budget: {{amount: 100, ask: {ASK}}}",
            "--",
        ),
        # An answer that would have it refused decides, even where it would be paid in part.
        (
            [(70, None, 150), (60, "ZAR", 10)],
            f"floors: [{FLOOR}], budget: {{amount: 100, ask: {ASK}, partial: oui}}",
            "?R",
        ),
        # What an envelope leaves is shared once more, and the one held has no part in it.
        ([(90, None, 50), (80, "ZAR", 60)], f"places: 1, budget: {{{PURSES.replace('40}', '40, spill: oui}')}}}", "?R"),
    ],
)
def test_a_candidature_is_held_where_its_answer_decides(
    drawn: list[tuple[int, str | None, int]], selection: str, expected: str
) -> None:
    assert told(calls(*drawn), selection) == expected


@pytest.mark.parametrize(
    ("selection", "asked"),
    [
        (f"places: 1, quotas: [{RURAL}]", "pour le quota « rural »"),
        (f"places: 1, floors: [{FLOOR}]", "pour le minimum de 75 (rural)"),
        (f"budget: {{{PURSES}}}", "pour la part réservée « rural »"),
    ],
)
def test_what_to_ask_for_is_said(selection: str, asked: str) -> None:
    ahead = calls((80, "ZAR", 0))[0]
    one = calls((0, "", 0), (70, None, 50))[1]
    chosen = [ahead, one] if "quotas" in selection else [one]
    standings, _ = select(rank(chosen, Ranking()), policy(f"selection: {{{selection}}}"), None)
    (reason,) = next(each.reasons for each in standings if each.scored is one)
    fact = "« Zone de la commune principale (ou de son QPV, s'il est mieux classé) »"
    assert plain(reason) == f"sa place dépend de ce qui n'est pas renseigné : {fact}, {asked}"


COMMUNES = "{label: communes, when: {fact: porteur.type, is: commune}, LIMITS}"


@pytest.mark.parametrize(
    ("kinds", "quotas", "places", "expected"),
    [
        # Two rural equals have the two places, whether the first is a commune or not.
        ([None, "epci"], f"{COMMUNES.replace('LIMITS', 'at_least: 1')}, {RURAL}", 2, "RR"),
        # They contest the place of a rural one, and the place of a commune is given: a second commune would have none.
        ([None, "epci", "commune"], f"{RURAL}, {COMMUNES.replace('LIMITS', 'at_least: 1, at_most: 1')}", 2, "?RR"),
        # Of two equals, one is a commune, and the other, if it were one, would contest their only place.
        ([None, "commune", "epci"], COMMUNES.replace("LIMITS", "at_most: 1"), 3, "?RR"),
        ([None, "commune", "epci"], COMMUNES.replace("LIMITS", "at_most: 2"), 3, "RRR"),
        ([None, "epci", "commune"], COMMUNES.replace("LIMITS", "at_most: 1"), 3, "RRR"),
    ],
)
def test_one_whose_category_is_not_known_is_held_where_equals_or_others_fill_it(
    kinds: list[str | None], quotas: str, places: int, expected: str
) -> None:
    rows = [
        scored(
            "ABC"[place],
            90 if place < 2 else 80,
            values={"zonage": "ZIP" if place < 2 else "ZAR", "porteur.type": kind or MISSING},
        )
        for place, kind in enumerate(kinds)
    ]
    assert told(rows, f"places: {places}, quotas: [{quotas}]") == expected


@pytest.mark.parametrize("more", ["places: 1, reserve: 1", "places: 2, decides_from: 80"])
def test_what_to_ask_for_is_said_of_one_that_would_only_wait_or_be_deliberated_on(more: str) -> None:
    rows = rank(calls((90, "ZAR", 0), (70, None, 0)), Ranking())
    standings, _ = select(rows, policy(f"selection: {{{more}, floors: [{FLOOR}]}}"), None)
    assert [len(each.reasons) for each in standings] == [0, 1]
    assert plain(standings[1].reasons[0]).endswith("pour le minimum de 75 (rural)")


def test_of_several_envelopes_the_first_in_doubt_is_asked_about() -> None:
    owners = "{label: communes, when: {fact: porteur.type, is: commune}, amount: 20}"
    budget = PURSES.replace("envelopes: [", f"envelopes: [{owners}, ")
    one = scored("A", 70, values={"zonage": MISSING, "porteur.type": MISSING, ASK: Fraction(90)})
    standings, _ = select(rank([one], Ranking()), policy(f"selection: {{budget: {{{budget}}}}}"), None)
    assert plain(standings[0].reasons[0]).endswith(" : « Type de porteur », pour la part réservée « communes »")


def test_why_a_table_does_not_say_it_is_repeated() -> None:
    unknown = Missing(Message("la commune n'est pas dans la table"))
    one = scored("A", 70, values={"zonage": unknown})
    standings, _ = select(rank([one], Ranking()), policy(f"selection: {{places: 1, floors: [{FLOOR}]}}"), None)
    assert "la commune n'est pas dans la table" in str(standings[0].reasons[0])
