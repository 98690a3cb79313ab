"""The chain: each entry changed, taken away, added or moved is found and named."""

from __future__ import annotations

from typing import Any

import pytest

from ami_scoring.domain.chain import hash_of
from ami_scoring.domain.decisions import Register
from ami_scoring.scoring.decided import check_chain

from .calls import entries, withdrawal


def three() -> list[dict[str, Any]]:
    return entries(withdrawal("A"), withdrawal("B"), withdrawal("C"))


def found(data: list[dict[str, Any]]) -> list[tuple[str, int]]:
    register = Register.model_validate({"language": "1", "call": "Essai", "decisions": data})
    return [(each.code, int(each.path[1])) for each in check_chain(register, data)]


def test_a_chain_that_holds_has_nothing_wrong() -> None:
    assert found(three()) == []
    assert found([]) == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_text_that_was_changed_is_found_at_its_entry(place: int) -> None:
    data = three()
    data[place]["reason"] = "Autre motif"
    assert found(data) == [("decision-changed", place)]


@pytest.mark.parametrize("place", [0, 1])
def test_an_entry_written_anew_with_its_hash_breaks_the_next(place: int) -> None:
    data = three()
    data[place]["reason"] = "Autre motif"
    data[place]["hash"] = hash_of(data[place])
    assert found(data) == [("decision-chain", place + 1)]


@pytest.mark.parametrize("place", [0, 1])
def test_an_entry_that_was_taken_away_leaves_a_hole(place: int) -> None:
    data = three()
    del data[place]
    assert found(data) == [("decision-number", place)]


def test_an_entry_that_was_moved_is_found() -> None:
    first, second, third = three()
    assert found([first, third, second]) == [("decision-number", 1)]


def test_a_first_entry_ties_itself_to_nothing() -> None:
    data = entries(withdrawal("A", previous="3" * 64))
    assert found(data) == [("decision-chain", 0)]


def test_decisions_that_go_back_in_time_are_only_a_warning() -> None:
    data = entries(withdrawal("A"), withdrawal("B", date="2022-10-01", received_on="2022-10-01"))
    assert found(data) == [("decision-backwards", 1)]
