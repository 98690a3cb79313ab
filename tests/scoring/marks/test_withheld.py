"""What remains known of a fact when a part of the answers that it is made from is refused."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ami_scoring.domain.candidature import UNREAD
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.zoning import Zone
from ami_scoring.scoring.marks import withheld


@pytest.mark.parametrize(
    ("zone", "possible"),
    [
        (Zone.ZIP, Zone.ZIP),
        (Zone.ZAC, Missing(among=(Zone.ZIP, Zone.ZAC))),
        (MISSING, MISSING),
    ],
)
def test_a_district_that_is_refused_may_only_give_a_better_zone(zone: Value, possible: Value) -> None:
    assert withheld._perhaps_better(zone) == possible


@pytest.mark.parametrize(
    ("codes", "refused", "counted"),
    [
        (["09901", "09902"], (), 2),
        (["09901", "09902", UNREAD], (), Missing(at_least=2, at_most=3)),
        (["09901", UNREAD, UNREAD], (), Missing(at_least=1, at_most=3)),
        ([UNREAD], (), Missing(at_least=1, at_most=1)),
        ([UNREAD], ("implantation.communes",), Missing(at_least=1)),
        ([UNREAD], ("implantation",), Missing(at_least=1)),
        ([UNREAD], ("locaux",), Missing(at_least=1, at_most=1)),
    ],
)
def test_a_code_that_is_refused_may_be_any_or_one_given_already(
    codes: list[str], refused: tuple[str, ...], counted: Value
) -> None:
    communes = [SimpleNamespace(code_insee=code) for code in codes]
    case: Any = SimpleNamespace(
        candidature=SimpleNamespace(place=SimpleNamespace(communes=communes)), refused=frozenset(refused)
    )
    assert withheld._counted(2, {each for each in codes if each != UNREAD}, case) == counted
