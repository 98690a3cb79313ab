"""Where the best of the versions counts: the highest total, of equal ones the last, and never one that is refused."""

from __future__ import annotations

from itertools import permutations

import pytest
from tests.scoring.building import candidature, plain, policy, scored

from ami_scoring.domain.facts import MISSING
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.marks.engine import score
from ami_scoring.scoring.marks.versions import Contenders, counting_versions

BEST = policy("versions: {keep: best}")
SAME = "porteur: {nom: Commune d'Essai, siren: '732829320'}"
COMPARED = """
versions: {keep: best}
facts: [{name: cout, type: money, label: Coût, minimum: 0}]
criteria:
  - {id: a, label: A, weight: 100, rule: {kind: relative, fact: complements.cout, best: lowest, points: 100}}
"""
JURY = """
versions: {keep: best}
criteria:
  - {id: projet, label: Projet, weight: 100, rule: {kind: judgement, on: projet, highest: 100}}
"""


def version(reference: str, total: int | None, day: str) -> Scored:
    one = scored(reference, total)
    filed = candidature(f"{{reference: {reference}, {SAME}, depose_le: {day}}}")
    return one._replace(entry=one.entry._replace(candidature=filed))


def refusal(one: Scored) -> SetAside:
    said = (Message("condition non remplie"),)
    return SetAside(Status.INELIGIBLE, said, one.entry.origin, one.entry.reference, one.entry, one)


def told(*versions: Scored, refused: tuple[Scored, ...] = ()) -> tuple[list[str], list[str]]:
    found = counting_versions(versions, [refusal(one) for one in refused], BEST)
    kept = sorted(one.entry.reference for one in found.kept)
    return kept, sorted(plain(f"{one.reference} {one.reasons[0]}") for one in found.aside)


def test_the_highest_total_counts_whenever_it_was_deposited() -> None:
    versions = [version("A", 30, "2022-01-01"), version("B", 50, "2022-02-01"), version("C", 40, "2022-03-01")]
    for order in permutations(versions):
        assert told(*order) == (
            ["B"],
            ["A remplacée par B, dont le total est plus élevé", "C remplacée par B, dont le total est plus élevé"],
        )


def test_of_equal_totals_the_last_counts() -> None:
    versions = version("A", 50, "2022-01-01"), version("B", 50, "2022-02-01")
    assert told(*versions) == (["B"], ["A remplacée par B, de même total et déposée le 1er février 2022"])


def test_equal_totals_of_one_day_are_held_and_a_lower_one_is_not() -> None:
    twins = version("A", 50, "2022-02-01"), version("B", 50, "2022-02-01")
    assert told(*twins, version("C", 40, "2022-03-01")) == (
        ["A", "B"],
        ["C remplacée par A ou B, dont le total est plus élevé"],
    )
    assert told(version("A", 50, "2022-02-01"), version("B", 51, "2022-02-01"))[0] == ["B"]


def test_one_without_a_total_does_not_count_while_another_has_one() -> None:
    versions = version("A", 10, "2022-01-01"), version("B", None, "2022-02-01")
    assert told(*versions) == (["A"], ["B incomplète : c'est A, qui a un total, qui compte"])
    waiting = version("A", None, "2022-01-01"), version("B", None, "2022-02-01")
    assert told(*waiting) == (["B"], ["A remplacée par B, déposée le 1er février 2022"])


def test_one_that_only_the_jury_keeps_without_a_total_does_not_count_yet() -> None:
    criteria = policy(JURY)
    first, last = version("A", None, "2022-01-01"), version("B", None, "2022-02-01")
    waiting = last._replace(card=score(criteria, {"avis.projet": MISSING}))
    known = first._replace(card=scored("A", 10).card)
    found = counting_versions([known, waiting], [], criteria)
    assert [one.entry.reference for one in found.kept] == ["A"]
    assert str(found.aside[0].reasons[0]) == "sans total encore : c'est A, qui a un total, qui compte"


def test_one_whose_eligibility_waits_does_not_count_while_another_has_a_total() -> None:
    waiting = version("B", 50, "2022-02-01")._replace(pending=(Message("à préciser"),))
    assert told(version("A", 30, "2022-01-01"), waiting)[0] == ["A"]


def test_one_that_is_refused_replaces_none_and_is_told_as_refused() -> None:
    first, last = version("A", 10, "2022-01-01"), version("B", 90, "2022-02-01")
    assert told(first, refused=(last,)) == (["A"], ["B condition non remplie"])
    found = counting_versions([first], [refusal(last)], BEST)
    assert found.contenders == [Contenders([first])]
    assert found.aside[0].scored is None


def test_where_all_are_refused_the_last_counts() -> None:
    first, last = version("A", 10, "2022-01-01"), version("B", 5, "2022-02-01")
    assert told(refused=(first, last)) == (
        [],
        ["A remplacée par B, déposée le 1er février 2022, inéligible", "B condition non remplie"],
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ("versions: {keep: best}", None),
        ("versions: {keep: best, identified_by: [reference]}", "key-without-effect"),
        (
            COMPARED,
            "best-compared",
        ),
    ],
)
def test_the_best_is_refused_where_nothing_makes_one_the_best(changes: str, code: str | None) -> None:
    found = [problem.code for problem in check_criteria(policy(changes)) if problem.path == ("versions", "keep")]
    assert found == ([] if code is None else [code])
