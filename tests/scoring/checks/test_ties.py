"""What parts equals by who is retained, and the own order of a part of the budget, are checked at their place."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy

from ami_scoring.findings import Severity
from ami_scoring.scoring.advice import advise
from ami_scoring.scoring.checks import check_criteria

FACTS = """
facts:
  - {name: land, type: choice, label: Territoire, choices: [n, s]}
  - {name: ask, type: money, label: Aide, minimum: 0, maximum: 100}
"""
LAND = "{uncovered: complements.land}"
NORTH = "label: Nord, when: {fact: complements.land, is: n}"
SOUTH = "label: Sud, when: {fact: complements.land, is: s}"


def found(ties: str, selection: str) -> list[tuple[str, tuple[int | str, ...]]]:
    criteria = policy(f"{FACTS}\nranking: {{ties: [{ties}]}}\nselection: {{{selection}}}")
    return [(each.code, each.path) for each in check_criteria(criteria) if each.severity is Severity.ERROR]


def budget(*parts: str) -> str:
    return f"budget: {{amount: 10, ask: complements.ask, envelopes: [{', '.join(f'{{{part}}}' for part in parts)}]}}"


@pytest.mark.parametrize(
    ("ties", "selection"),
    [
        (LAND, "places: 3"),
        (f"zonage, {LAND}, {{draw: g}}", "places: 3"),
        ("{uncovered: implantation.departement}", budget(f"{NORTH}, amount: 3")),
        (LAND, "places: all, quotas: [{label: N, when: {fact: complements.land, is: n}, at_most: 2}]"),
        ("", budget(f"{NORTH}, amount: 3, order: [zonage, {{draw: g}}]", f"{SOUTH}, amount: 3")),
    ],
)
def test_what_may_be_contested_is_accepted(ties: str, selection: str) -> None:
    assert found(ties, selection) == []


@pytest.mark.parametrize(
    ("ties", "selection", "code", "path"),
    [
        (f"{LAND}, zonage", "places: 3", "uncovered-misplaced", ("ranking", "ties", 0)),
        (f"{LAND}, {LAND}", "places: 3", "uncovered-misplaced", ("ranking", "ties", 0)),
        ("{uncovered: complements.ask}", "places: 3", "type-mismatch", ("ranking", "ties", 0, "uncovered")),
        ("{uncovered: rien}", "places: 3", "unknown-fact", ("ranking", "ties", 0, "uncovered")),
        (LAND, "places: all", "key-without-effect", ("ranking", "ties", 0)),
        (LAND, "decides_from: never", "key-without-effect", ("ranking", "ties", 0)),
        (
            LAND,
            "budget: {amount: 10, ask: complements.ask, when_short: nearest}",
            "key-without-effect",
            ("ranking", "ties", 0),
        ),
        (
            "",
            budget(f"{NORTH}, amount: 3, order: [{LAND}]"),
            "uncovered-misplaced",
            ("selection", "budget", "envelopes", 0, "order", 0),
        ),
        (
            "",
            f"places: 3, {budget(f'{NORTH}, amount: 3, order: [zonage]')}",
            "order-limited",
            ("selection", "budget", "envelopes", 0, "order"),
        ),
        (
            "",
            budget(f"{NORTH}, amount: 3", f"{NORTH.replace('Nord', 'Autre')}, amount: 3"),
            "envelope-idle",
            ("selection", "budget", "envelopes", 1, "when"),
        ),
        (
            "",
            budget(f"{NORTH}, amount: 3", f"{SOUTH.replace('Sud', 'Nord')}, amount: 3"),
            "name-twice",
            ("selection", "budget", "envelopes", 1, "label"),
        ),
    ],
)
def test_a_mistake_is_named_at_its_place(ties: str, selection: str, code: str, path: tuple[int | str, ...]) -> None:
    assert found(ties, selection)[0] == (code, path)


def test_a_part_that_holds_nothing_is_worth_a_second_look_unless_it_is_poured_into() -> None:
    def advised(selection: str) -> list[tuple[str, tuple[int | str, ...]]]:
        return [(each.code, each.path) for each in advise(policy(f"{FACTS}\nselection: {{{selection}}}"))]

    empty = ("envelope-idle", ("selection", "budget", "envelopes", 0, "share"))
    assert empty in advised(budget(f"{NORTH}, share: 0"))
    poured = budget(f"{NORTH}, share: 0", f"{SOUTH}, share: 1/2, spill: oui").replace("}]}", "}], spill_order: [Nord]}")
    assert empty not in advised(poured)
    again = ("tie-idle", ("selection", "budget", "envelopes", 0, "order", 1))
    assert again in advised(budget(f"{NORTH}, share: 1/2, order: [zonage, zonage]"))
