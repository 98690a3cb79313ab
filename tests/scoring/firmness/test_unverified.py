"""What is said of places is true whatever a verification finds: against brute force, on calls drawn at random."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy
from tests.scoring.firmness.orders import draw_at_once
from tests.scoring.firmness.prove import judged_unverified, wrong

from ami_scoring.domain.standings import Firmness
from ami_scoring.domain.verified import Answer
from ami_scoring.scoring.firmness.wants import barred, unread_file


@pytest.mark.parametrize("everything", [False, True])
def test_no_verification_takes_a_firm_place_nor_gives_one_out_of_reach(everything: bool) -> None:
    found = judged_unverified(0, everything=everything)
    assert wrong(found, everything=True) == {}
    assert found[Firmness.FIRM, True, True] > 20
    assert found[Firmness.IMPOSSIBLE, False, False] > 20


def test_nor_where_coverage_own_orders_and_the_best_version_meet() -> None:
    found = judged_unverified(0, everything=True, draw=draw_at_once)
    assert wrong(found, everything=True) == {}
    assert found[Firmness.FIRM, True, True] > 20
    assert found[Firmness.IMPOSSIBLE, False, False] > 20


ONE = "la candidature de ce fichier illisible, une fois lue, "
SEVERAL = "les 3 candidatures que peut contenir ce fichier illisible, une fois lues, "


@pytest.mark.parametrize(
    ("most", "lifted", "said"),
    [
        (1, False, f"{ONE}peut passer devant"),
        (1, True, f"{ONE}peut porter les demandes au-delà du budget"),
        (3, False, f"{SEVERAL}peuvent passer devant"),
        (3, True, f"{SEVERAL}peuvent porter les demandes au-delà du budget"),
    ],
)
def test_a_file_is_told_by_how_many_candidatures_it_may_hold(most: int, lifted: bool, said: str) -> None:
    assert str(unread_file(None, "t.csv", most, lifted=lifted).need) == said


@pytest.mark.parametrize(("lifted", "does"), [(False, "peut passer devant"), (True, "peut porter les demandes")])
def test_one_that_a_verification_may_bring_in_is_told_with_what_is_to_be_verified(lifted: bool, does: str) -> None:
    threat = barred("A-1", (Answer("locaux.bureaux"),), policy(), lifted=lifted)
    assert threat.reference == "A-1"
    assert f"elle {does}" in str(threat.need)
    assert "une fois vérifiée (« Nombre de bureaux de consultation »)" in str(threat.need)
