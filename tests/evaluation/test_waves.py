"""What is a wave's own when it is evaluated alone: its budget, its minimum; and what is said of them elsewhere."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Final

import openpyxl
import pytest
import yaml
from tests.scoring.building import plain, read

from ami_scoring import Evaluation, evaluate
from ami_scoring.reports.json_report import as_json
from ami_scoring.reports.workbook import workbook

POLICY: Final = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
facts:
  - {name: note, type: integer, label: Note, minimum: 0, maximum: 100}
  - {name: aide, type: money, label: Aide demandée, minimum: 0, maximum: 100, unit: €}
waves: [{id: v1, label: Vague 1, closes: 2024-03-31}, {id: v2, label: Vague 2, closes: 2024-09-30, budget: 50}]
parameters: [{name: seuil, label: Seuil, values: [{value: 40}, {from: 2024-06-01, value: 60}]}]
criteria:
  - {id: note, label: Note, weight: 100, rule: {kind: per_unit, fact: complements.note, points: 1, at_most: 100}}
selection:
  budget:
    amount: 100
    ask: complements.aide
    when_short: skip
    envelopes: [{label: Petites notes, when: {fact: complements.note, below: 70}, share: 40 %}]
"""
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
VARYING: Final = """
waves: [{id: v1, label: Vague 1, closes: 2024-03-31}, {id: v2, label: Vague 2, closes: 2024-09-30}]
selection: {places: 3, minimum: {fact: parametres.seuil}}
"""
FILES: Final = [
    ("A-1", "2024-03-01", 80),
    ("A-2", "2024-08-01", 90),
    ("A-3", "2024-08-02", 75),
    ("A-4", "2024-08-03", 50),
]


@pytest.fixture
def call(tmp_path: Path) -> tuple[Path, Path]:
    written = "---\n".join(
        f"reference: {name}\ndepose_le: {day}\nporteur: {{nom: '{name}'}}\nimplantation: {{communes: "
        f"[{{code_insee: '0900{place}'}}]}}\ncomplements: {{note: {note}, aide: 30}}\n"
        for place, (name, day, note) in enumerate(FILES)
    )
    (tmp_path / "dossiers.yaml").write_text(written, encoding="utf-8")
    return tmp_path / "dossiers.yaml", tmp_path / "criteria.yaml"


def run(call: tuple[Path, Path], wave: str | None, changes: str = "") -> Evaluation:
    dossiers, criteria = call
    criteria.write_text(yaml.safe_dump({**read(POLICY), **(read(changes) or {})}, allow_unicode=True), encoding="utf-8")
    return evaluate([dossiers], criteria, wave=wave)


def statuses(evaluation: Evaluation) -> dict[str, str]:
    return {one.entry.reference: one.status.value for one in evaluation.standings}


def test_a_wave_alone_shares_its_own_budget_and_the_shares_of_that_one(call: tuple[Path, Path]) -> None:
    """Of 50, 20 are for low notes, who ask 30; of the 30 that are left the first gets all."""
    alone = run(call, "v2")
    assert alone.cut.budget == 50
    assert alone.cut.granted == 30
    assert statuses(alone) == {"A-2": "retenue", "A-3": "non retenue", "A-4": "non retenue"}
    assert run(call, None).cut.budget == 100
    assert run(call, "v1").cut.budget == 100


@pytest.mark.parametrize(("wave", "minimum"), [("v1", 40), ("v2", 60)])
def test_a_minimum_that_changes_by_wave_is_that_of_the_wave_alone(
    call: tuple[Path, Path], wave: str, minimum: int
) -> None:
    cut = json.loads(as_json(run(call, wave, VARYING)))["cut"]
    assert cut["minimum"] == minimum
    assert "minimum_by_wave" not in cut


def test_a_minimum_that_changes_by_wave_says_of_each_what_it_is_where_all_are_evaluated(
    call: tuple[Path, Path],
) -> None:
    evaluation = run(call, None, VARYING)
    cut = json.loads(as_json(evaluation))["cut"]
    assert (cut["minimum"], cut["minimum_by_wave"]) == (None, {"v1": 40, "v2": 60})
    assert _labels(evaluation)[2] == (
        "Total minimal, selon la vague : 40 (Vague 1), 60 (Vague 2) (ici, un autre pour toutes ; vide : aucun)"
    )
    assert _labels(run(call, "v2", VARYING))[2] == "Total minimal pour avoir une place (« Seuil ») (vide : aucun)"


def test_where_statuses_are_frozen_no_other_minimum_can_be_tried(call: tuple[Path, Path]) -> None:
    both = read(POLICY)["selection"] | read(VARYING)["selection"]
    labels = _labels(run(call, None, yaml.safe_dump({"selection": both})))
    assert labels[2] == "Total minimal, selon la vague : 40 (Vague 1), 60 (Vague 2)"


def _labels(evaluation: Evaluation) -> list[str]:
    book = openpyxl.load_workbook(BytesIO(workbook(evaluation)))
    return [plain(book["Critères"].cell(row, 2).value) for row in (7, 8, 9)]
