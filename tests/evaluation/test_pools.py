"""What marks by comparison could become: every way to complete a small pool is tried, and none leaves its interval."""

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
from ami_scoring.domain.standings import Firmness, Standing, Status
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.evaluation.policy import Policy
from ami_scoring.evaluation.run import results
from ami_scoring.scoring.telling.marks import sentence
from ami_scoring.sources.doors.room import Loaded

POLICY = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
waves: [{id: v1, closes: 2022-09-30}]
facts:
  - {name: prix, type: money, label: Prix, minimum: 0, maximum: 80}
  - {name: solde, type: integer, label: Solde, minimum: -4, maximum: 4}
  - {name: taille, type: integer, label: Taille}
  - {name: accord, type: boolean, label: Accord}
  - {name: strate, type: choice, label: Strate, choices: [rural, urbain]}
eligibility:
  - {id: accord, label: Accord, require: {fact: complements.accord, is: oui}}
criteria:
  - {id: prix, label: Prix, weight: 40, rule: {kind: relative, fact: complements.prix, best: lowest, points: 40}}
  - id: solde
    label: Solde
    weight: 30
    rule:
      kind: best_of
      rules:
        - {kind: relative, fact: complements.solde, best: highest, points: 30}
        - {kind: lookup, fact: complements.accord, points: {oui: 5, non: 0}}
  - id: taille
    label: Taille
    weight: 30
    if_missing: zero
    rule: {kind: linear, fact: complements.taille, outside: refuse, knots: [{at: 0, points: 0}, {at: 10, points: 30}]}
selection: {places: 9}
"""
RANKED = POLICY.replace(
    "complements.prix, best: lowest, points: 40",
    "complements.prix, best: lowest, by_rank: [40, 20, 10], within: complements.strate",
).replace("complements.solde, best: highest, points: 30", "complements.solde, best: highest, by_rank: [30, 9]")
"""The same call, where ranks give the points of both, those of the price among the candidatures of one kind."""
WITHIN = RANKED.replace("by_rank: [40, 20, 10]", "points: 40")
ORIGIN: Final = Origin("dossier.yaml", "0" * 64)
Offer = Mapping[str, str | None]


def policy_of(text: str = POLICY) -> Policy:
    criteria = Criteria.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - builds plain data only
    return Policy(criteria, {"v1": NO_ZONING}, ORIGIN, (), ())


BY, BY_RANK, BY_KIND = policy_of(), policy_of(RANKED), policy_of(WITHIN)


def candidature(reference: str, offer: Offer) -> Entry:
    said = {name: value for name, value in offer.items() if value is not None}
    data = {
        "reference": reference,
        "depose_le": said.pop("jour", "2022-09-01"),
        "porteur": {"nom": said.pop("porteur", f"Porteur {reference}")},
        "implantation": {"communes": [{"code_insee": "09001"}]},
        "complements": said,
    }
    return Entry(Candidature.model_validate(data), ORIGIN)


def standings(offers: Sequence[Offer], by: Policy = BY) -> dict[str, Standing]:
    entries = [candidature(f"A-{place}", offer) for place, offer in enumerate(offers)]
    return {each.entry.reference: each for each in results(by, Loaded(entries=entries))[0]}


def interval(standing: Standing, criterion: str) -> tuple[int, int]:
    mark = standing.card.marks[criterion]
    return int(mark.low), int(mark.high)


SURE: Final = {"accord": "oui", "solde": "1", "taille": "5"}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"prix": "10"}, (20, 20)),
        ({"prix": "10", "accord": None}, (20, 40)),
        ({"prix": None}, (0, 40)),
        ({"prix": "10", "taille": None}, (20, 40)),
        ({"prix": "10", "accord": "non"}, (40, 40)),
    ],
    ids=["settled", "may leave", "may have any price", "may be refused by a rule", "refused"],
)
def test_a_mark_by_comparison_says_what_others_could_make_of_it(other: Offer, expected: tuple[int, int]) -> None:
    assert interval(standings([{**SURE, "prix": "20"}, {**SURE, **other}])["A-0"], "prix") == expected


def test_an_older_version_may_come_back_where_the_newer_one_may_leave() -> None:
    mine = {**SURE, "prix": "20"}
    older = {**SURE, "prix": "10", "porteur": "P", "jour": "2022-08-01"}
    newer = {**SURE, "prix": "40", "porteur": "P", "jour": "2022-08-02"}
    assert interval(standings([mine, older, newer])["A-0"], "prix") == (40, 40)
    assert interval(standings([mine, older, {**newer, "accord": None}])["A-0"], "prix") == (20, 40)


def test_a_newer_version_that_is_refused_leaves_its_place_to_another_project() -> None:
    by = policy_of(POLICY.replace("places: 9", "places: 1"))
    first = {**SURE, "prix": "10", "porteur": "P", "jour": "2022-08-01"}
    newer, other = {**first, "jour": "2022-08-02"}, {**SURE, "prix": "80", "taille": "0"}
    found = standings([first, {**newer, "accord": None}, {**other, "accord": None}], by)
    assert [found[name].firmness for name in ("A-0", "A-2")] == [Firmness.PROVISIONAL, Firmness.POSSIBLE]
    assert standings([first, {**newer, "accord": "non"}, other], by)["A-2"].status is Status.SELECTED


def test_the_sentence_says_why_a_mark_is_open_though_nothing_is_missing() -> None:
    mine = standings([{**SURE, "prix": "20"}, {**SURE, "prix": "10", "accord": None}])["A-0"]
    said = str(sentence(BY.criteria.by_id["prix"], mine.card.marks["prix"], mine.card, BY.criteria))
    assert said.endswith("de 20 à 40\u00a0points selon ce que deviendront les candidatures à compléter ou à vérifier.")


RURAL: Final = {**SURE, "strate": "rural"}
URBAN: Final = {**SURE, "strate": "urbain"}


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        (("20", "30", "40", "50"), (40, 20, 10, 0)),
        (("20", "20", "40", "50"), (40, 40, 10, 0)),
        (("20", "40", "40", "50"), (40, 20, 20, 0)),
        (("50", "40", "30", "30"), (0, 10, 40, 40)),
    ],
)
def test_ranks_give_their_points_and_equal_values_share_the_better_one(
    prices: Sequence[str], expected: Sequence[int]
) -> None:
    found = standings([{**RURAL, "prix": price} for price in prices], BY_RANK)
    marks = [interval(found[f"A-{place}"], "prix") for place in range(len(prices))]
    assert marks == [(points, points) for points in expected]


def test_each_is_compared_with_those_of_its_own_kind() -> None:
    offers = [{**RURAL, "prix": "20"}, {**URBAN, "prix": "10"}, {**RURAL, "prix": "40"}, {**URBAN, "prix": "40"}]
    ranked, shared = standings(offers, BY_RANK), standings(offers, BY_KIND)
    assert [interval(ranked[f"A-{place}"], "prix")[0] for place in range(4)] == [40, 40, 20, 20]
    assert [interval(shared[f"A-{place}"], "prix")[0] for place in range(4)] == [40, 40, 20, 10]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"prix": "10"}, (20, 20)),
        ({"prix": "10", "accord": None}, (20, 40)),
        ({"prix": None}, (20, 40)),
        ({"prix": "30"}, (40, 40)),
        ({"prix": "10", "strate": None}, (20, 40)),
        ({"prix": "10", "strate": "urbain"}, (40, 40)),
    ],
    ids=["settled", "may leave", "may have any price", "behind", "of any kind", "of another kind"],
)
def test_a_mark_by_rank_says_what_others_could_make_of_it(other: Offer, expected: tuple[int, int]) -> None:
    found = standings([{**RURAL, "prix": "20"}, {**RURAL, **other}], BY_RANK)
    assert interval(found["A-0"], "prix") == expected


def test_one_that_does_not_say_its_kind_may_have_any_rank() -> None:
    found = standings([{**SURE, "prix": "20"}, {**RURAL, "prix": "10"}], BY_RANK)
    assert interval(found["A-0"], "prix") == (0, 40)
    assert found["A-0"].card.marks["prix"].missing == ("complements.strate",)


GRID: Final[Mapping[str, Sequence[str | None]]] = {
    "prix": (None, "0", "30", "80"),
    "solde": (None, "-4", "0", "4"),
    "taille": (None, "0", "10", "20"),
    "accord": (None, "oui", "non"),
    "strate": (None, "rural", "urbain"),
}


def completions(offers: Sequence[Offer]) -> Iterator[Sequence[Offer]]:
    """Give every way to complete a pool on a grid; a fact may also stay missing."""
    holes = [(place, name) for place, offer in enumerate(offers) for name in GRID if offer[name] is None]
    for filling in product(*(GRID[name] for _, name in holes)):
        completed = [dict(offer) for offer in offers]
        for (place, name), value in zip(holes, filling, strict=True):
            completed[place][name] = value
        yield completed


def rarely(usual: str, *others: str | None) -> st.SearchStrategy[str | None]:
    return st.sampled_from([usual] * 4 + list(others))


OFFER: Final = st.fixed_dictionaries(
    {
        "prix": st.sampled_from(["0", "10", "30", "60", None]),
        "solde": st.sampled_from(["-3", "0", "1", "2", None]),
        "taille": rarely("5", "10", None),
        "accord": rarely("oui", None),
        "strate": rarely("rural", "urbain", None),
        "porteur": st.sampled_from(["P", "Q", "R"]),
        "jour": st.sampled_from(["2022-08-01", "2022-08-02"]),
    }
)


def is_small(offers: Sequence[Offer]) -> bool:
    return sum(offer[name] is None for offer in offers for name in GRID) <= 3


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(OFFER, min_size=2, max_size=4).filter(is_small), st.sampled_from([BY, BY_RANK, BY_KIND]))
def test_no_completion_of_the_pool_leaves_the_interval_of_a_candidature(offers: list[Offer], by: Policy) -> None:
    foreseen = standings(offers, by)
    for completed in completions(offers):
        for reference, standing in standings(completed, by).items():
            if reference in foreseen and standing.card.total is not None:
                card = foreseen[reference].card
                assert card.low <= standing.card.total <= card.high
