"""What remains known of a fact when a part of the answers that it is made from is refused."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from tests.scoring.building import candidature

from ami_scoring.domain.candidature import UNREAD
from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.facts import MISSING, Case, Missing, Value, is_withheld
from ami_scoring.domain.zoning import NO_ZONING, Zone
from ami_scoring.messages import Message
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


def test_what_each_refusal_touches_is_forgotten_when_there_is_too_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that nobody declared have no end: what is remembered of them has one, and what is told is the same."""
    monkeypatch.setattr(withheld, "MOST_KEPT", 2)
    fact = CATALOGUE["locaux.bureaux"]
    withhold = withheld.withholder([fact])
    for key in ("a", "b", "locaux.bureaux", "c", "d", "locaux.bureaux"):
        values: dict[str, Value] = {fact.name: MISSING}
        withhold(values, Case(candidature(), date(2022, 9, 30), NO_ZONING, refused={key: Message("non")}))
        assert is_withheld(values[fact.name]) is (key == fact.name)
