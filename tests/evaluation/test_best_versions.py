"""Where the best version counts, from files to all that is shown: what weights choose is neither tried nor promised."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tests.evaluation.test_versions import JURY, file, run, statuses
from tests.reports.papers.calls import letterhead
from tests.scoring.building import plain

from ami_scoring import Evaluation, evaluate
from ami_scoring.cli.papers_writing import run_of
from ami_scoring.domain.standings import Firmness
from ami_scoring.reports.page import page
from ami_scoring.reports.page.fields import inputs_of
from ami_scoring.reports.papers import as_text, letters
from ami_scoring.reports.workbook import workbook
from ami_scoring.scoring.robustness import limits, one_line, study_of

BEST = "versions: {keep: best}"
FILES = [
    file("A-1", "2024-06-01", 70),
    file("A-2", "2024-06-02", 50),
    file("B-1", "2024-06-03", 60).replace("732829320", "356000000").replace("09001", "09002"),
]
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def firmness(evaluation: Evaluation) -> dict[str, Firmness]:
    return {one.entry.reference: one.firmness for one in evaluation.standings}


def test_the_best_version_counts_and_the_other_is_told_so(tmp_path: Path) -> None:
    evaluation, (said,) = run(tmp_path, *FILES, changes=BEST)
    assert statuses(evaluation) == {"A-1": "retenue", "B-1": "retenue", "A-2": "remplacée"}
    assert said == (
        "version-replaced A-2 est remplacée par A-1, dont le total est plus élevé ; les deux dossiers ont en commun : "
        "porteur, « Code INSEE de la commune principale »."
    )


def test_a_version_that_may_become_the_best_keeps_the_place_of_the_other_provisional(tmp_path: Path) -> None:
    waiting = file("A-2", "2024-06-02", None)
    evaluation, (said,) = run(tmp_path, FILES[0], waiting, FILES[2], changes=f"{BEST}\nselection: {{places: 1}}")
    assert firmness(evaluation) == {"A-1": Firmness.PROVISIONAL, "B-1": Firmness.IMPOSSIBLE}
    (threat,) = evaluation.standings[0].threats
    assert threat.reference == "A-2"
    assert plain(threat.need).endswith("cette autre version compte à sa place si son total est le plus élevé")
    assert said.startswith("version-replaced A-2 ne compte pas, incomplète : c'est A-1, qui a un total, qui compte ;")


def test_a_version_that_can_never_be_the_best_changes_nothing(tmp_path: Path) -> None:
    facts = "facts: [{name: note, type: integer, label: Note, minimum: 0, maximum: 69}]"
    weak = "criteria: [{id: note, label: Note, weight: 69, rule: {kind: per_unit, fact: complements.note, points: 1}}]"
    policy = f"{BEST}\ntotal: 69\n{facts}\n{weak}\nselection: {{places: 1}}"
    low = [file("A-1", "2024-06-01", 69), file("A-0", "2024-05-01", None), FILES[2]]
    assert firmness(run(tmp_path, *low, changes=policy)[0]) == {"A-1": Firmness.FIRM, "B-1": Firmness.IMPOSSIBLE}


def test_equal_totals_of_one_day_wait_for_an_hour(tmp_path: Path) -> None:
    twins = file("A-1", "2024-06-01", 70), file("A-2", "2024-06-01", 70)
    evaluation, _ = run(tmp_path, *twins, FILES[2], changes=f"{BEST}\nselection: {{places: 1}}")
    assert {one.entry.reference: one.rank for one in evaluation.standings} == {"B-1": 1, "A-1": None, "A-2": None}
    assert firmness(evaluation)["B-1"] is Firmness.PROVISIONAL
    assert evaluation.weights_choose_versions


VERIFIED = f"{BEST}\nverify: [complements.note]\nverified: verified.csv\nselection: {{places: 1}}"
STILL = "elle peut encore compter, une fois vérifiée, si son total est alors le plus élevé"
OPEN = "elle peut encore compter, tant que l'examen de A-1 n'est pas achevé"
SURE = "facts: [{name: note, type: integer, label: Note, minimum: 0, maximum: 70}]"


def left_aside(folder: Path, *verified: str, more: str = "") -> list[str]:
    """Give the reasons of A-2, of which A-1 has the higher total, where the notes of some were verified."""
    lines = [f"{each};complements.note;{note};le service;2024-06-10;\n" for each, note in map(str.split, verified)]
    (folder / "verified.csv").write_text("reference;donnee;valeur;par;le;source\n" + "".join(lines), encoding="utf-8")
    evaluation, _ = run(folder, *FILES, changes=f"{VERIFIED}\n{more}")
    (aside,) = [one for one in evaluation.set_aside if one.reference == "A-2"]
    return [plain(each) for each in aside.reasons[1:]]


@pytest.mark.parametrize(
    ("verified", "said"),
    [
        (["A-1 70", "A-2 50", "B-1 60"], []),
        (["A-1 70"], [STILL]),
        ([], [STILL]),
        (["A-2 50"], [OPEN]),
        (["A-1 100"], [STILL]),
    ],
)
def test_a_version_left_aside_says_that_it_may_still_count(
    verified: list[str], said: list[str], tmp_path: Path
) -> None:
    assert left_aside(tmp_path, *verified) == said


def test_a_version_that_cannot_exceed_the_best_says_no_more(tmp_path: Path) -> None:
    three = [FILES[0].replace("2024-06-01", "2024-06-03"), *FILES[1:]]
    (tmp_path / "verified.csv").write_text(
        "reference;donnee;valeur;par;le;source\nA-1;complements.note;70;le service;2024-06-10;\n", encoding="utf-8"
    )
    weak = "criteria: [{id: note, label: Note, weight: 70, rule: {kind: per_unit, fact: complements.note, points: 1}}]"
    evaluation, _ = run(tmp_path, *three, changes=f"{VERIFIED}\ntotal: 70\n{SURE}\n{weak}")
    (aside,) = [one for one in evaluation.set_aside if one.reference == "A-2"]
    assert len(aside.reasons) == 1


def letters_of(folder: Path, verified: str) -> dict[str, str]:
    left_aside(folder, verified)
    evaluation = evaluate([folder / "dossiers.yaml"], folder / "criteria.yaml")
    written = letters(run_of(evaluation, letterhead()))
    return {paper.reference: plain(" ".join(as_text(paper, letterhead()).split())) for paper in written}


def test_letters_say_that_a_verification_is_awaited_and_not_an_answer(tmp_path: Path) -> None:
    made = letters_of(tmp_path, "A-1 70")
    assert "A-2 : vérifiée, c'est elle qui compterait, à la place de celle-ci, si son total était" in made["A-1"]
    assert "À ce jour, cette version de votre candidature ne compte pas" in made["A-2"]
    assert f"- E{STILL[1:]}." in made["A-2"]


def test_letters_ask_nothing_of_a_version_of_which_all_is_known(tmp_path: Path) -> None:
    made = letters_of(tmp_path, "A-2 50")
    assert "A-2 : c'est elle qui compterait, à la place de celle-ci, si son total était" in made["A-1"]
    assert f"- E{OPEN[1:]}." in made["A-2"]


def test_weights_that_may_choose_another_version_are_not_tried(tmp_path: Path) -> None:
    evaluation, _ = run(tmp_path, *FILES, changes=BEST)
    assert evaluation.weights_choose_versions
    assert [each.name for each in inputs_of(evaluation)] == ["places", "reserve", "minimum"]
    assert "Les poids ne s'essaient pas ici" in page(evaluation, lambda _: ())
    banner = openpyxl.load_workbook(BytesIO(workbook(evaluation)))["Classement"]["A3"].value
    assert plain(banner).startswith("Résultat évalué, figé : la version du total le plus élevé compte")
    assert plain(one_line(evaluation)).endswith(" ; d'autres poids pourraient compter d'autres versions.")
    said = [plain(each) for each in limits(study_of(evaluation), evaluation)]
    assert any(each.startswith("Chaque projet est tenu pour la version qui compte") for each in said)


def test_where_no_version_was_left_out_weights_are_tried_as_ever(tmp_path: Path) -> None:
    evaluation, _ = run(tmp_path, FILES[0], FILES[2], changes=BEST)
    assert not evaluation.weights_choose_versions
    assert next(each.name for each in inputs_of(evaluation)) == "w.note"
    assert "Les poids ne s'essaient pas ici" not in page(evaluation, lambda _: ())
    assert "versions" not in str(one_line(evaluation))


def test_a_version_that_the_jury_has_not_judged_does_not_count_before_one_that_it_has(tmp_path: Path) -> None:
    opinion = "reference: A-1\nassesseur: Juge 1\navis: {projet: {note: 40, motif: lu}}\n"
    two = file("A-1", "2024-06-10", 60), file("A-2", "2024-06-12", 70)
    evaluation, (said, *_) = run(tmp_path, *two, changes=f"{BEST}\n{JURY}", opinions=opinion)
    assert statuses(evaluation) == {"A-1": "retenue", "A-2": "remplacée"}
    assert said.startswith("version-replaced A-2 ne compte pas, sans total encore : c'est A-1, qui a un total")
    assert firmness(evaluation) == {"A-1": Firmness.PROVISIONAL}
