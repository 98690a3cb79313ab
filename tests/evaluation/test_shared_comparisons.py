"""A fact that one criterion counts and another compares: one unknown, which moves the marks of the others too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from hypothesis import given, settings
from hypothesis import strategies as st

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.scores import Mark, ScoreCard
from ami_scoring.domain.standings import Firmness, Standing, Status
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.evaluation.policy import Policy
from ami_scoring.evaluation.run import results
from ami_scoring.sources.doors.room import Loaded

POLICY = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
waves: [{id: v1, closes: 2022-09-30}]
total: TOTAL
facts:
  - {name: note, type: integer, label: Note, minimum: LEAST, maximum: MOST}
  - {name: drapeau, type: boolean, label: Drapeau}
  - {name: strate, type: choice, label: Strate, choices: [rural, urbain]}
criteria:
  - id: note
    label: Note
    weight: 10
    down_to: -10
    if_missing: POLICY
    rule: {kind: linear, fact: complements.note, knots: [{at: -10, points: SLOPE-10}, {at: 10, points: SLOPE10}]}
  - id: rang
    label: Rang
    weight: 10
    if_missing: POLICY
    rule: RULE
  - id: drapeau
    label: Drapeau
    weight: 12
    if_missing: POLICY
    rule: {kind: lookup, fact: complements.drapeau, points: {oui: 12, non: 0}}
selection: {places: 1}
"""
ORIGIN: Final = Origin("dossier.yaml", "0" * 64)
Offer = Mapping[str, str | None]


def policy_of(rule: str, least: int, most: int, *, missing: str = "hold", falls: bool = False) -> Policy:
    text = POLICY.replace("RULE", rule).replace("LEAST", str(least)).replace("MOST", str(most)).replace("TOTAL", "32")
    text = text.replace("if_missing: POLICY", f"if_missing: {missing}")
    text = text.replace("SLOPE-10", "10" if falls else "-10").replace("SLOPE10", "-10" if falls else "10")
    criteria = Criteria.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - builds plain data only
    return Policy(criteria, {"v1": NO_ZONING}, ORIGIN, (), ())


def shares(best: str, within: str = "") -> str:
    return f"{{kind: relative, fact: complements.note, best: {best}, points: 10{within}}}"


def ranks(best: str, within: str = "") -> str:
    return f"{{kind: relative, fact: complements.note, best: {best}, by_rank: [10, 4]{within}}}"


def standings(offers: Sequence[Offer], by: Policy) -> dict[str, Standing]:
    entries = []
    for name, offer in zip("ABCD", offers, strict=False):
        owner = offer.get("porteur") or name
        data = {"reference": name, "depose_le": offer.get("jour", "2022-09-01"), "porteur": {"nom": f"Porteur {owner}"}}
        place = {"implantation": {"communes": [{"code_insee": "09001"}]}}
        said = {"complements": {key: offer[key] for key in ("note", "drapeau", "strate") if offer[key] is not None}}
        entries.append(Entry(Candidature.model_validate({**data, **place, **said}), ORIGIN))
    return {each.entry.reference: each for each in results(by, Loaded(entries=entries))[0]}


def offer(note: str | None, drapeau: str | None = "non", strate: str | None = "rural") -> Offer:
    return {"note": note, "drapeau": drapeau, "strate": strate}


def bounds(of: ScoreCard | Mark) -> tuple[object, object]:
    return of.low, of.high


@pytest.mark.parametrize(
    ("best", "known", "low", "high"),
    [
        # With 0, A and B share the best note: 0 + 10. With more, A has the best: from 1 + 10 to 10 + 10.
        ("highest", "0", 10, 20),
        # With 0, nothing of the best, 5; with 5 or more, all the points: 10 + 10 at most.
        ("highest", "5", 0, 20),
        # With 0, A has the best: 0 + 10. With 10, half of it: 10 + 10 × 5 / 10. With 5, 5 + 10; with 6, 6 + 50 / 6.
        ("lowest", "5", 10, 15),
        # With 0, A has the best: 0 + 10; with 1, 1 + 0: a best of 0 leaves nothing to others.
        ("lowest", "0", 1, 10),
    ],
)
def test_one_that_lacks_its_note_may_have_the_best_of_all(best: str, known: str, low: int, high: int) -> None:
    for within in ("", ", within: complements.strate"):
        found = standings([offer(None), offer(known, "oui")], policy_of(shares(best, within), 0, 10))
        assert bounds(found["A"].card) == (low, high)


def test_a_place_is_not_secured_against_one_that_may_become_the_best_and_take_points_away() -> None:
    found = standings([offer(None), offer("0", "oui")], policy_of(shares("highest"), 0, 10))
    assert [found["B"].card.low, found["B"].card.total] == [12, 22]
    assert (found["B"].firmness, found["A"].firmness) == (Firmness.PROVISIONAL, Firmness.POSSIBLE)
    completed = standings([offer("10"), offer("0", "oui")], policy_of(shares("highest"), 0, 10))
    assert {name: one.card.total for name, one in completed.items()} == {"A": 20, "B": 12}


def test_one_alone_of_its_kind_is_the_best_of_it_whatever_its_note() -> None:
    by = policy_of(shares("highest", ", within: complements.strate"), 0, 10)
    found = standings([offer(None, strate="urbain"), offer("5")], by)
    assert bounds(found["A"].card) == (10, 20)


WITHIN: Final = ", within: complements.strate"
BOTH: Final = f"{{kind: sum_of, at_most: 10, rules: [{shares('highest')}, LOOKUP]}}".replace(
    "LOOKUP", "{kind: lookup, fact: complements.drapeau, points: {oui: 3, non: 1}}"
)


def test_a_newer_version_that_waits_is_compared_as_if_it_had_come() -> None:
    by = policy_of(shares("highest", WITHIN), 0, 3, falls=True)
    newer: Offer = {**offer("1", None), "porteur": "A", "jour": "2022-09-02"}
    found = standings([offer("1", "oui"), newer, offer(None), offer("2", strate="urbain")], by)
    assert (found["A"].status, found["D"].firmness) == (Status.SELECTED, Firmness.POSSIBLE)
    # Beside C with 3: the newer version has 10 / 3 - 1, C has 10 - 3, and D, alone of its kind, 10 - 2.
    completed = standings([offer("1", "oui"), {**newer, "drapeau": "non"}, offer("3"), offer("2", strate="urbain")], by)
    assert completed["D"].status is Status.SELECTED


def test_what_never_comes_and_counts_for_nothing_leaves_the_comparison_open() -> None:
    found = standings([offer("1", None), offer(None)], policy_of(BOTH, 0, 2, missing="zero"))
    # Beside B with 2, A has half of the points compared, 5. Its flag may never come: 1 + 5 + 0; or be up: 1 + 10 + 12.
    assert bounds(found["A"].card.marks["rang"]) == (5, 10)
    assert bounds(found["A"].card) == (6, 23)


def test_others_that_lack_their_note_too_may_each_be_the_best() -> None:
    found = standings([offer(None), offer(None), offer("2")], policy_of(shares("highest"), 0, 4))
    # With 0, nothing beside C; with 4, all the points; beside a best of 4, 1 is worth 1 + 10 / 4.
    assert bounds(found["A"].card) == (0, 14)
    assert bounds(found["C"].card) == (7, 12)


RULES: Final = [
    *(make(best, within) for make in (shares, ranks) for best in ("highest", "lowest") for within in ("", WITHIN)),
    BOTH,
]
POLICIES: Final = [
    policy_of(rule, least, least + 3, missing=missing, falls=falls)
    for rule, least, missing, falls in product(RULES, (-1, 0), ("hold", "zero"), (False, True))
]
OFFER: Final = st.builds(
    offer,
    st.sampled_from([None, None, "0", "1", "2", "3"]),
    st.sampled_from(["oui", "non", None]),
    st.sampled_from(["rural", "rural", "urbain", None]),
)


def holes(offers: Sequence[Offer]) -> int:
    return sum(value is None for each in offers for value in each.values())


EVERY: Final = {"note": [None, *"0123"], "drapeau": [None, "oui", "non"], "strate": [None, "rural", "urbain"]}


def completions(offers: Sequence[Offer]) -> Iterator[Sequence[Offer]]:
    """Give every way to complete some candidatures; what is missing may also never come."""
    places = [(place, name) for place, each in enumerate(offers) for name, value in each.items() if value is None]
    for filling in product(*(EVERY[name] for _, name in places)):
        completed = [dict(each) for each in offers]
        for (place, name), value in zip(places, filling, strict=True):
            completed[place][name] = value
        yield completed


def counted_from(least: int, offers: Sequence[Offer]) -> list[Offer]:
    """Count notes from the least that the call lets in."""
    return [{**each, "note": None if (note := each["note"]) is None else str(int(note) + least)} for each in offers]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(OFFER, min_size=2, max_size=3).filter(lambda offers: holes(offers) <= 2), st.sampled_from(POLICIES))
def test_nothing_that_comes_leaves_the_bounds_nor_belies_what_is_said_of_a_place(
    offers: list[Offer], by: Policy
) -> None:
    least = int(str(by.criteria.catalogue["complements.note"].minimum))
    foreseen = standings(counted_from(least, offers), by)
    for completed in completions(offers):
        for name, one in standings(counted_from(least, completed), by).items():
            card, said = foreseen[name].card, foreseen[name].firmness
            if one.card.total is not None:
                assert card.low <= one.card.total <= card.high
            assert one.status is not Status.SELECTED or said is not Firmness.IMPOSSIBLE
            assert one.status is Status.SELECTED or said is not Firmness.FIRM
