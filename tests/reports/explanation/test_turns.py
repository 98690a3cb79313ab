"""What is told of money that goes by turns: within a part by its own order, among equals by what is not yet covered."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from ami_scoring import Evaluation, evaluate
from ami_scoring.reports.explanation import distance_lines, explanation, find

POLICY: Final = """
language: 1
call: {title: Essai, edition: "1", authority: Comité}
waves: [{id: v1, label: Vague 1, closes: 2026-12-31}]
facts:
  - {name: note, type: integer, label: Note, minimum: 0, maximum: 100}
  - {name: emplois, type: integer, label: Emplois, minimum: 0, maximum: 9}
  - {name: pays, type: choice, label: Pays, choices: [Nord, Sud]}
  - {name: aide, type: money, label: Aide, minimum: 0, maximum: 99}
criteria:
  - {id: s, label: Qualité, weight: 100, reference: a,
     rule: {kind: per_unit, fact: complements.note, points: 1, at_most: 100}}
"""
COVERED: Final = "ranking: {ties: [{uncovered: complements.pays}]}\n"
PARTIAL: Final = "selection: {budget: {amount: 100, ask: complements.aide, partial: oui}}"


def run(folder: Path, policy: str, *rows: tuple[str, int, int, str, int]) -> Evaluation:
    (folder / "criteria.yaml").write_text(POLICY + policy, encoding="utf-8")
    written = "---\n".join(
        f"reference: {name}\ndepose_le: 2026-02-01\nporteur: {{nom: Commune {name}, type: commune}}\n"
        f'implantation: {{communes: [{{code_insee: "0900{place}"}}]}}\n'
        f"complements: {{note: {note}, emplois: {jobs}, pays: {land}, aide: {ask}}}\n"
        for place, (name, note, jobs, land, ask) in enumerate(rows)
    )
    (folder / "dossiers.yaml").write_text(written, encoding="utf-8")
    return evaluate([folder / "dossiers.yaml"], folder / "criteria.yaml")


def told(evaluation: Evaluation, name: str) -> str:
    text = explanation(evaluation, find(evaluation, name), {}, width=10_000)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def far(evaluation: Evaluation, name: str) -> str:
    (one,) = (each for each in evaluation.standings if each.entry.reference == name)
    text = " ".join(str(line.text) for line in distance_lines(evaluation, one))
    return text.replace("\u00a0", " ").strip()


def test_one_paid_in_part_after_an_equal_is_told_what_was_left_at_its_own_turn_and_who_passed(tmp_path: Path) -> None:
    rows = ("P-1", 90, 0, "Nord", 64), ("P-2", 80, 0, "Nord", 30), ("P-3", 80, 0, "Sud", 20)
    evaluation = run(tmp_path, COVERED + PARTIAL, *rows)
    behind = told(evaluation, "P-2")
    assert "16 accordés sur 30 demandés ; à son tour, il restait 16" in behind
    assert "à égalité avec P-3, qui passe devant : P-1, déjà retenue, a le même « Pays »" in behind
    ahead = told(evaluation, "P-3")
    assert "20 accordés sur 20 demandés" in ahead
    assert "passe devant P-2, à égalité : aucune retenue n'avait encore le même « Pays »" in ahead
    assert "il restait" not in ahead
    assert "64 accordés sur 64 demandés ; à son tour, il restait 100" in told(evaluation, "P-1")


def part(more: str = "") -> str:
    order = "order: [{fact: complements.emplois, prefer: highest}, s, {draw: g}]"
    envelope = f"{{label: Nord, when: {{fact: complements.pays, is: Nord}}, amount: 40, {order}}}"
    return f"selection: {{budget: {{amount: 100, ask: complements.aide, envelopes: [{envelope}]}}{more}}}"


SAID: Final = (
    "La part réservée « Nord » sert d'abord selon son ordre (« Emplois », « Qualité » puis tirage au sort), "
    "et non selon le total : un écart de points ne dirait pas ce qui aurait suffi."
)


def test_in_a_part_with_its_own_order_no_gap_in_points_is_told(tmp_path: Path) -> None:
    rows = ("U-1", 60, 5, "Nord", 40), ("U-2", 50, 5, "Nord", 40), ("U-4", 90, 1, "Nord", 40), ("U-3", 55, 9, "Sud", 60)
    evaluation = run(tmp_path, part(), *rows)
    assert [far(evaluation, name) for name in ("U-2", "U-4")] == [SAID, SAID]


def test_nor_is_one_of_the_ranks_compared_with_those_that_such_a_part_serves(tmp_path: Path) -> None:
    rows = ("U-1", 40, 5, "Nord", 40), ("U-3", 80, 9, "Sud", 60), ("U-5", 50, 9, "Sud", 60)
    said = far(run(tmp_path, part(), *rows), "U-5")
    assert "il manque 30 points pour rejoindre la dernière candidature retenue (80)" in said


@pytest.mark.parametrize(
    ("more", "begins"),
    [
        (", minimum: 60", "Il manque 10 points pour atteindre le minimum (60). "),
        (", minimum: {at_least: 60, strict: oui}", "Il manque 10 points pour dépasser le minimum (60). "),
        (", thresholds: [{criterion: s, at_least: 55}]", "Seuils qui l'écartent : « Qualité ». "),
    ],
)
def test_what_refuses_it_whatever_the_order_is_told_before(tmp_path: Path, more: str, begins: str) -> None:
    rows = ("U-1", 70, 5, "Nord", 40), ("U-2", 50, 5, "Nord", 40)
    assert far(run(tmp_path, part(more), *rows), "U-2") == begins + SAID
