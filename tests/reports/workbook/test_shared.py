"""A fact missing for two criteria in the workbook: one unknown as evaluated, and bounds that add up in a trial."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.scoring.building import policy

from ami_scoring.domain.entries import Entry
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Status
from ami_scoring.reports.workbook import workbook
from ami_scoring.reports.workbook.book import INPUT_COLUMN, POLICY, WEIGHTS_ROW, WORKING, book_of
from ami_scoring.reports.workbook.working import FIRST_ROW, working_of
from ami_scoring.scoring.marks.engine import score

from . import engines, pools

FLAGS = """
criteria:
  - id: g
    label: Groupe
    weight: 100
    criteria:
      - {id: a, label: Pour, weight: 40, rule: {kind: lookup, fact: locaux.adaptes, points: {oui: 40, non: 0}}}
      - {id: b, label: Contre, weight: 60, rule: {kind: lookup, fact: locaux.adaptes, points: {oui: 10, non: 50}}}
"""


def _evaluation(more: str = "") -> Evaluation:
    criteria = policy(FLAGS + more)
    facts: list[dict[str, Value]] = [{"locaux.adaptes": value} for value in (True, MISSING, False)]
    entries = [Entry(pools.candidature(f"D-{place}", f"D{place}", f"D{place}"), pools.ORIGIN) for place in (0, 1, 2)]
    cards = (score(criteria, values) for values in facts)
    scored = [Scored(entry, criteria.waves[0], card) for entry, card in zip(entries, cards, strict=True)]
    return pools.evaluation_of(criteria, scored)


@pytest.mark.parametrize("more", ["", "ranking: {ties: [g]}", "selection: {places: 1, minimum_mark: 1}"])
def test_what_is_missing_for_two_criteria_is_one_unknown_as_evaluated(more: str, tmp_path: Path) -> None:
    evaluation = _evaluation(more)
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    assert {one.rank_best for one in evaluation.standings} == {1}
    assert {str(end) for one in evaluation.standings for end in (one.card.low, one.card.high)} == {"50"}
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []


def test_a_trial_waits_for_what_other_weights_may_make_matter(tmp_path: Path) -> None:
    evaluation = _evaluation()
    assert [one.rank for one in evaluation.standings] == [1, 1, 1]
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    book = book_of(evaluation)
    cell = (POLICY, [node.id for node in book.nodes].index("a") + WEIGHTS_ROW + 1, INPUT_COLUMN + 1)
    found = engines.IronCalc(path, {cell: "20"}).value
    grid = working_of(book).grid
    row = FIRST_ROW + [one.entry.reference for one in book.rows].index("D-1") + 1
    shown = {
        name: found((WORKING, row, grid.place(name) + 1)) for name in ("total", "total_bas", "total_haut", "statut")
    }
    assert shown["total"] == "?"
    assert (shown["total_bas"], shown["total_haut"]) == (10 * book.point, 70 * book.point)
    assert shown["statut"] == Status.TO_COMPLETE


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "La limite ne tombe jamais entre des candidatures à égalité"),
        (
            "ranking: {ties: [{uncovered: implantation.departement}]}\nselection: {places: 1}",
            "Sauf par ce qui n'est pas encore couvert (« Département de la commune principale »), la limite ne",
        ),
    ],
)
def test_the_method_says_by_what_the_limit_may_part_equals(more: str, said: str, tmp_path: Path) -> None:
    evaluation = pools.evaluation_of(policy(FLAGS + more), [])
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    told = [str(cell).replace("\u00a0", " ") for row in engines.values(path, "Traçabilité") for cell in row if cell]
    assert [line for line in told if line.startswith(said)]
