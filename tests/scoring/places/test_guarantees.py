"""Places kept for categories, several at once or paid from a budget: who has them, who waits, what each is told."""

from __future__ import annotations

import pytest
from tests.scoring.building import plain, policy, scored

from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.ties import Ranking
from ami_scoring.exact import Fraction
from ami_scoring.scoring.places import rank, select

ASK = "engagement_financier.montant_total"
BUDGET = f"budget: {{amount: 100, ask: {ASK}}}"
Drawn = tuple[int, str, str, int | None]
"""A total, a zone, a kind of applicant, and what is asked for, where it is said."""


def quotas(rural: str = "", communes: str = "") -> str:
    some = [
        f"{{label: {label}, when: {{{when}}}, {limits}}}"
        for label, when, limits in (
            ("rural", "fact: zonage, is: ZIP", rural),
            ("communes", "fact: porteur.type, is: commune", communes),
        )
        if limits
    ]
    return f"quotas: [{', '.join(some)}]"


def told(drawn: list[Drawn], selection: str) -> list[tuple[str, str]]:
    rows = [
        scored("ABCDE"[place], total, values={"zonage": zone, "porteur.type": kind, ASK: _asked(asks)})
        for place, (total, zone, kind, asks) in enumerate(drawn)
    ]
    standings, _ = select(rank(rows, Ranking()), policy(f"selection: {{{selection}}}"), None)
    return [(one.status.value, plain(one.reasons[0]) if one.reasons else "") for one in standings]


def _asked(asks: int | None) -> Value:
    return MISSING if asks is None else Fraction(asks)


def test_equals_contest_what_is_left_of_places_where_less_is_left_than_was_promised() -> None:
    three: list[Drawn] = [(90, "ZIP", "epci", 0), (80, "ZAR", "commune", 0), (80, "ZAR", "commune", 0)]
    said = "2 candidatures à égalité pour la dernière place garantie : communes ; à départager"
    assert told(three, f"places: 2, {quotas('at_least: 1', 'at_least: 2')}") == [
        ("retenue", "place garantie : rural"),
        ("réserve", said),
        ("réserve", said),
    ]


def test_one_who_has_the_place_kept_for_one_category_counts_for_the_next_and_keeps_its_reason() -> None:
    three: list[Drawn] = [(90, "ZIP", "commune", 0), (85, "ZAR", "epci", 0), (80, "ZAR", "commune", 0)]
    assert told(three, f"places: 2, {quotas('at_least: 1', 'at_least: 2')}") == [
        ("retenue", "place garantie : rural"),
        ("non retenue", "les 2 places sont pourvues"),
        ("retenue", "place garantie : communes"),
    ]


def test_equals_who_contest_a_place_kept_for_one_category_count_once_for_the_next() -> None:
    four: list[Drawn] = [(90, "ZIP", "commune", 0), (90, "ZIP", "commune", 0), (85, "ZAR", "epci", 0)]
    contested = ("réserve", "2 candidatures à égalité pour la dernière place du quota : rural ; à départager")
    limits = quotas("at_least: 1, at_most: 1", "at_least: 2")
    assert told([*four, (80, "ZAR", "commune", 0)], f"places: 3, {limits}") == [
        contested,
        contested,
        ("retenue", ""),
        ("retenue", "place garantie : communes"),
    ]


def test_ties_for_two_guarantees_dissolve_where_there_are_places_for_all_the_equals() -> None:
    four: list[Drawn] = [*[(90, "ZIP", "epci", 0)] * 2, *[(90, "ZAR", "commune", 0)] * 2]
    limits = quotas("at_least: 1", "at_least: 1")
    assert told(four, f"places: 4, {limits}") == [("retenue", "")] * 4
    after = [told([*four, (80, "ZAR", "epci", 0)], f"places: {count}, {limits}")[4][1] for count in (2, 4)]
    assert after == ["les 2 places sont pourvues ou à départager", "les 4 places sont pourvues"]


def test_who_comes_after_equals_of_whom_none_can_be_paid_waits_for_nobody() -> None:
    drawn: list[Drawn] = [*[(90, "ZIP", "epci", 130)] * 2, *((total, "ZAR", "epci", 10) for total in (80, 70, 60))]
    found = told(drawn, f"places: 2, {quotas('at_least: 1')}, {BUDGET[:-1]}, when_short: skip}}")
    assert [status for status, _ in found] == ["non retenue", "non retenue", "retenue", "retenue", "non retenue"]
    assert found[4][1] == "les 2 places sont pourvues"


def test_who_may_get_a_place_waits_for_the_claim_that_may_free_one() -> None:
    # Two equals contest a rural place and are paid; what one asks is not said, and its place may come free.
    drawn: list[Drawn] = [(90, "ZIP", "epci", 10)] * 2 + [(80, "ZAR", "epci", None), (70, "ZAR", "epci", 10)]
    contested = "2 candidatures à égalité pour la dernière place du quota : rural ; à départager"
    found = told(drawn, f"places: 2, {quotas('at_most: 1')}, {BUDGET[:-1]}, when_short: skip}}")
    assert [said for _, said in found[:2]] == [contested] * 2
    assert found[3] == ("réserve", "attend de savoir ce que demande C")


def test_equals_of_several_categories_are_told_how_many_places_they_contest() -> None:
    contested = ("réserve", "3 candidatures à égalité pour les 2 dernières places : à départager")
    four: list[Drawn] = [(90, "ZAR", "epci", 0), (50, "ZIP", "epci", 0), (50, "ZIP", "epci", 0), (50, "ZAR", "epci", 0)]
    assert told(four, f"places: 3, {quotas('at_least: 1')}") == [("retenue", ""), *[contested] * 3]


def test_without_a_number_of_places_what_is_kept_for_a_category_is_money() -> None:
    two: list[Drawn] = [(90, "ZAR", "epci", 60), (80, "ZIP", "epci", 50)]
    assert told(two, f"{quotas('at_least: 1')}, {BUDGET}") == [
        ("non retenue", "demande 60, il reste 50 sur le budget"),
        ("retenue", "place garantie : rural"),
    ]


def test_a_place_kept_that_cannot_be_paid_goes_to_the_next_of_its_category_and_that_is_said() -> None:
    three: list[Drawn] = [(90, "ZAR", "epci", 60), (80, "ZIP", "epci", 500), (70, "ZIP", "epci", 20)]
    assert told(three, f"places: 2, {quotas('at_least: 1')}, {BUDGET}") == [
        ("retenue", ""),
        ("non retenue", "place garantie (rural) impossible à payer : demande 500, il restait 100 sur le budget"),
        ("retenue", "place garantie : rural"),
    ]


def test_what_a_tie_kept_is_free_again_once_all_the_equals_have_a_place() -> None:
    three: list[Drawn] = [(90, "ZIP", "epci", 30), (90, "ZIP", "epci", 40), (80, "ZAR", "epci", 30)]
    assert told(three, f"places: 3, {quotas('at_least: 1')}, {BUDGET}") == [("retenue", "")] * 3


UNSAID = "montant demandé non renseigné (« Montant total de l'engagement (montant annuel × durée) »)"
KEPT = ("à compléter", f"{UNSAID} : jusqu'à 100 gardés pour elle")


@pytest.mark.parametrize(
    ("drawn", "selection", "expected"),
    [
        # The place kept is contested, and so is what it costs: whoever asks for more than the rest waits.
        (
            [(90, "ZAR", "epci", 80), (50, "ZIP", "epci", 30), (50, "ZIP", "epci", 30)],
            f"places: 2, {quotas('at_least: 1')}, {BUDGET}",
            [
                ("réserve", "attend le départage de B, C"),
                *[("réserve", "2 candidatures à égalité pour la dernière place garantie : rural ; à départager")] * 2,
            ],
        ),
        # One of the equals asks for more than there is, in whatever order: the place kept is the other's.
        (
            [(90, "ZAR", "epci", 50), (50, "ZIP", "epci", 30), (50, "ZIP", "epci", 130)],
            f"places: 1, {quotas('at_least: 1')}, {BUDGET}",
            [
                ("non retenue", "la place est pourvue"),
                ("retenue", "place garantie : rural"),
                (
                    "non retenue",
                    "place garantie (rural) impossible à payer : demande 130, il restait 100 sur le budget",
                ),
            ],
        ),
        # The end of a cap, of which one of the equals cannot be paid.
        (
            [(90, "ZIP", "epci", 200), (90, "ZIP", "epci", 10), (80, "ZAR", "epci", 10), (70, "ZAR", "epci", 5)],
            f"places: 2, {quotas('at_most: 1')}, {BUDGET}",
            [
                *[("réserve", "2 candidatures à égalité pour la dernière place du quota : rural ; à départager")] * 2,
                *[("réserve", "attend le départage de A, B")] * 2,
            ],
        ),
        # Who does not say what it asks for holds the money of all that come after, and of who comes before.
        (
            [(90, "ZAR", "epci", 60), (80, "ZIP", "epci", None)],
            f"places: 2, {quotas('at_least: 1')}, {BUDGET}",
            [("réserve", "attend de savoir ce que demande B"), KEPT],
        ),
        # It may turn out to take all the money, some of it, or none: nobody after it is served or refused yet.
        (
            [(90, "ZAR", "epci", None), (80, "ZAR", "epci", 60), (70, "ZAR", "epci", 0), (60, "ZAR", "epci", 0)],
            f"places: 2, {BUDGET[:-1]}, when_short: skip}}",
            [
                KEPT,
                ("réserve", "attend de savoir ce que demande A"),
                ("réserve", "attend de savoir ce que demande A"),
                ("réserve", "attend de savoir ce que demande A"),
            ],
        ),
    ],
)
def test_who_may_get_what_is_kept_waits_for_it(
    drawn: list[Drawn], selection: str, expected: list[tuple[str, str]]
) -> None:
    assert told(drawn, selection) == expected


@pytest.mark.parametrize(
    ("drawn", "selection", "expected"),
    [
        # The sharing stops at A, whose demand nothing would pay: B and C contest what is kept for both of them.
        (
            [(90, "ZAR", "epci", 150), (80, "ZIP", "epci", 60), (80, "ZIP", "epci", 60)],
            f"places: 3, {quotas('at_least: 2')}, {BUDGET}",
            [
                ("non retenue", "demande 150, il reste 0 sur le budget, sans compter 100 mis de côté pour d'autres"),
                *[("réserve", "2 candidatures à égalité pour les 100 qui restent sur le budget : à départager")] * 2,
            ],
        ),
        # They contest the one place that is kept: beyond it, the sharing has stopped, though places are left.
        (
            [(90, "ZAR", "epci", 150), (80, "ZIP", "epci", 60), (80, "ZIP", "epci", 30), (70, "ZIP", "epci", 0)],
            f"places: 3, {quotas('at_least: 1')}, {BUDGET}",
            [
                ("non retenue", "demande 150, il reste 40 sur le budget, sans compter 60 mis de côté pour d'autres"),
                *[("réserve", "2 candidatures à égalité pour la dernière place garantie : rural ; à départager")] * 2,
                ("non retenue", "la répartition s'est arrêtée à A, qui demande plus que le reste"),
            ],
        ),
        # What is kept for one that does not say what it asks for stays kept, and the next of its category waits for it.
        (
            [(90, "ZAR", "epci", 150), (80, "ZIP", "epci", None), (70, "ZIP", "epci", 10)],
            f"places: 3, {quotas('at_least: 2')}, {BUDGET}",
            [
                ("non retenue", "demande 150, il reste 0 sur le budget, sans compter 100 mis de côté pour d'autres"),
                KEPT,
                ("réserve", "attend de savoir ce que demande B"),
            ],
        ),
        # Of two that 100 does not pay, one has a place that is kept: the next of the category may have the other.
        (
            [(80, "ZIP", "epci", 60), (80, "ZIP", "epci", 60), (70, "ZIP", "epci", 10)],
            f"{quotas('at_least: 2')}, {BUDGET}",
            [
                *[("réserve", "2 candidatures à égalité pour les 100 qui restent sur le budget : à départager")] * 2,
                ("réserve", "attend le départage de A, B"),
            ],
        ),
        # None of the equals can be paid: the place that is kept goes to the next.
        (
            [(80, "ZIP", "epci", 110), (80, "ZIP", "epci", 120), (70, "ZIP", "epci", 10)],
            f"places: 1, {quotas('at_least: 1')}, {BUDGET}",
            [
                (
                    "non retenue",
                    "place garantie (rural) impossible à payer : demande 110, il restait 100 sur le budget",
                ),
                (
                    "non retenue",
                    "place garantie (rural) impossible à payer : demande 120, il restait 100 sur le budget",
                ),
                ("retenue", "place garantie : rural"),
            ],
        ),
        # Paid in part or not, equals wait for nobody but one another.
        (
            [(80, "ZIP", "epci", 60), (80, "ZIP", "epci", 60)],
            f"{quotas('at_least: 2')}, {BUDGET[:-1]}, partial: oui}}",
            [("réserve", "2 candidatures à égalité pour les 100 qui restent sur le budget : à départager")] * 2,
        ),
        # Once equals who contested a place have both theirs, nobody waits for them: the last gets what is left.
        (
            [(80, "ZIP", "epci", 30), (80, "ZIP", "epci", 30), (70, "ZAR", "epci", 60)],
            f"places: 4, {quotas('at_least: 1')}, {BUDGET[:-1]}, partial: oui}}",
            [("retenue", ""), ("retenue", ""), ("retenue", "financée en partie, sur 60 demandés")],
        ),
        # B waits for the place kept for C or D; what that gives back is B's first, so that both of them contest it.
        (
            [(90, "ZAR", "epci", 60), (80, "ZIP", "epci", 60), (80, "ZIP", "epci", 0)],
            f"places: 3, {quotas('at_least: 1')}, {BUDGET[:-1]}, when_short: skip}}",
            [
                ("réserve", "attend le départage de B, C"),
                *[("réserve", "2 candidatures à égalité pour les 60 qui restent sur le budget : à départager")] * 2,
            ],
        ),
    ],
)
def test_what_is_kept_for_a_category_is_its_own_at_whomever_the_sharing_stops(
    drawn: list[Drawn], selection: str, expected: list[tuple[str, str]]
) -> None:
    assert told(drawn, selection) == expected
