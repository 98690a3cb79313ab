"""What is to be verified, which version counts and what a wave has of its own are told wherever the rules are."""

from __future__ import annotations

import html
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from rich.console import Console
from tests.evaluation.test_versions import file, run
from tests.reports.papers.calls import letterhead
from tests.scoring.building import plain

from ami_scoring import Evaluation
from ami_scoring.reports.page import page
from ami_scoring.reports.papers import as_text, rules
from ami_scoring.reports.terminal import shortlist
from ami_scoring.reports.workbook import workbook

CALL: Final = """
versions: {keep: best}
verified: verified.csv
verify: [complements.note]
facts:
  - {name: note, type: integer, label: Note, minimum: 0, maximum: 100}
  - {name: aide, type: money, label: Aide, minimum: 0, unit: €}
waves: [{id: v1, label: Vague 1, closes: 2024-06-30, budget: 60}, {id: v2, label: Vague 2, closes: 2024-09-30}]
selection: {budget: {amount: 100, ask: complements.aide}}
"""
CHECKED: Final = "verified: verified.csv\nverify: [complements.note]"
HEAD: Final = "reference;donnee;valeur;par;le;source\n"
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    (tmp_path / "verified.csv").write_text(HEAD, encoding="utf-8")
    return run(tmp_path, file("A-1", "2024-06-01", 70, more=", aide: 30"), changes=CALL)[0]


def test_the_page_and_the_published_rules_tell_all_of_it(evaluation: Evaluation) -> None:
    written = plain(html.unescape(page(evaluation, lambda _: ())))
    criteria, origin = evaluation.criteria, evaluation.provenance.criteria
    published = plain(" ".join(as_text(rules(criteria, letterhead(), origin, ()), letterhead()).split()))
    for title, said in (
        ("Données à vérifier avant qu'une place soit acquise", "« Note »"),
        ("Ce qui est propre à une vague, évaluée seule", "« Vague 1 » : 60 € de budget"),
    ):
        assert f"<li>{title} : {said}</li>" in written
        assert f"{title} | {said}" in published
    best = "celle qui a le total le plus élevé"
    assert f"<li>Version qui compte, de plusieurs d'une même candidature : {best}</li>" in written
    assert "Celle qui a le total le plus élevé compte." in published


def test_the_workbook_tells_it_with_its_waves(evaluation: Evaluation) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(evaluation)))
    written = [cell.value for row in book["Critères"].iter_rows() for cell in row if cell.value]
    told = [plain(each) for each in written if isinstance(each, str)]
    assert "Vague 1 : clôture le 30 juin 2024 ; évaluée seule : 60 € de budget" in told
    assert "Vague 2 : clôture le 30 septembre 2024" in told
    assert told[told.index("Données à vérifier avant qu'une place soit acquise") + 1] == "« Note »"
    best = told.index("Version qui compte, de plusieurs d'une même candidature")
    assert told[best + 1] == "Celle qui a le total le plus élevé"


@pytest.mark.parametrize("width", [60, 200])
@pytest.mark.parametrize(("checked", "said"), [("", True), ("A-1;complements.note;70;le service;2024-06-10;\n", False)])
def test_a_question_mark_says_that_a_verification_is_awaited_where_one_is(
    checked: str, width: int, tmp_path: Path, *, said: bool
) -> None:
    (tmp_path / "verified.csv").write_text(HEAD + checked, encoding="utf-8")
    found = run(tmp_path, file("A-1", "2024-06-01", 70), changes=CHECKED)[0]
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(shortlist(found, width))
    assert isinstance(console.file, StringIO)
    assert ("information manquante ou à vérifier" in " ".join(console.file.getvalue().split())) == said
