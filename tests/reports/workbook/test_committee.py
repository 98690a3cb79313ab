"""What a committee must find in the workbook: what it has to decide, why a status surprises, no false maximum."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ami_scoring import Evaluation, evaluate
from ami_scoring.reports.workbook import workbook

from . import engines

ROOT = Path(__file__).parents[3]
SHEETS = (
    "Classement",
    "Vue d'ensemble",
    "Fiche",
    "Critères",
    "Notes",
    "Détail",
    "Solidité",
    "À compléter",
    "Écartées",
    "Traçabilité",
    "Calculs",
)
HEAD, FIRST = 5, 6


def example(name: str) -> Evaluation:
    folder = ROOT / "examples" / name
    marks = [path for path in [folder / "avis.yaml"] if path.exists()]
    return evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=marks)


def samples() -> Evaluation:
    return evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")


def saved(evaluation: Evaluation, folder: Path) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    return path


def plain(text: Any) -> str:
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")


def ranking(path: Path) -> dict[str, dict[str, str]]:
    """Give the ranking by reference and by heading."""
    rows = engines.values(path, "Classement")
    heads = [plain(head) for head in rows[HEAD]]
    found = [dict(zip(heads, map(plain, row), strict=True)) for row in rows[FIRST:] if row[2]]
    return {row["Dossier"]: row for row in found}


def test_what_the_committee_must_decide_heads_the_first_sheets(tmp_path: Path) -> None:
    path = saved(samples(), tmp_path)
    for sheet in ("Classement", "Vue d'ensemble"):
        banner = plain(engines.values(path, sheet)[2][0])
        assert banner.startswith("À DÉPARTAGER PAR LE COMITÉ : 1 place entre AMI-V3-02 et AMI-V3-03, à égalité.")


def test_the_first_sheets_say_the_result(tmp_path: Path) -> None:
    path = saved(samples(), tmp_path)
    result = (
        "À l'évaluation : 13 places attribuées sur 14, dont 6 acquises · 1 place à départager entre 2 ex æquo · "
        "12 dossiers peuvent encore changer la liste."
    )
    first, basis = plain(engines.values(path, "Classement")[3][0]).split("\n")
    assert first == plain(engines.values(path, "Vue d'ensemble")[3][0]) == result
    assert basis.startswith("14 places, réserve de 5, minimum de 50 points. 48 candidatures lues : 13 retenues,")


def test_the_reasons_of_a_place_under_reserve_hold_in_their_cell(tmp_path: Path) -> None:
    rows = engines.values(saved(samples(), tmp_path), "Calculs")
    heads = next(row for row in rows if "Motifs" in row)
    place = heads.index("Motifs")
    said = [plain(row[place]) for row in rows if "AMI-V2-01" in row]
    named = "AMI-V1-08 (Margeridelle), AMI-V4-07 (Saint-Clarentin), AMI-V3-08 (Saint-Doulcet-des-Bois) et 5 autres"
    assert said == [f"Place provisoire, qui dépend de {named} (« ami explain » dit ce qu'il leur faudrait)"]


def test_nothing_is_left_to_decide_without_a_tie(tmp_path: Path) -> None:
    banner = plain(engines.values(saved(example("creche-pessac"), tmp_path), "Classement")[2][0])
    assert banner.startswith("Résultat évalué")


@pytest.mark.parametrize(
    ("name", "reference", "reason"),
    [
        ("horizon-europe-etape-1", "H1-05", "« Impact » : note de 3,5, il en faut au moins 4"),
        ("indice-composite", "IC-06", "Place garantie : Écoles à indice socio-économique faible"),
        ("indice-composite", "IC-01", ""),
    ],
)
def test_the_ranking_says_why_a_status_surprises(name: str, reference: str, reason: str, tmp_path: Path) -> None:
    path = saved(example(name), tmp_path)
    assert ranking(path)[reference]["Motif, à l'évaluation"] == (reason or "None")
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []


@pytest.mark.parametrize("name", ["creche-pessac", "autonomie-aggir", "permutations-premier-degre", "indice-composite"])
def test_no_maximum_is_shown_where_none_is_announced(name: str, tmp_path: Path) -> None:
    evaluation = example(name)
    path = saved(evaluation, tmp_path)
    rows = engines.values(path, "Classement")
    assert [cell for cell in rows[HEAD - 1][:-1] if cell is not None] == []
    assert engines.values(path, "Fiche")[9][2] == "Total"
    weights = [row[2] for row in engines.values(path, "Critères") if row[4] == "sans maximum"]
    assert weights == ["–"] * len(evaluation.criteria.by_id)
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []


@pytest.mark.parametrize("name", ["creche-pessac", "permutations-premier-degre", "indice-composite", "autonomie-aggir"])
def test_totals_without_maximum_spread_over_classes_that_hold_them_all(name: str, tmp_path: Path) -> None:
    evaluation = example(name)
    rows = engines.values(saved(evaluation, tmp_path), "Vue d'ensemble")[2:12]
    classes = [plain(row[20]) for row in rows]
    assert len(set(classes)) == len(classes)
    ranked = sum(one.rank is not None for one in evaluation.standings)
    assert sum(sum(int(count) for count in row[21:24]) for row in rows) == ranked


def test_classes_of_totals_do_not_share_their_ends(tmp_path: Path) -> None:
    classes = [plain(row[20]) for row in engines.values(saved(samples(), tmp_path), "Vue d'ensemble")[2:12]]
    assert classes[6:8] == ["60 à < 70", "70 à < 80"]
    assert classes[-1] == "90 et plus"


def test_a_lone_sign_never_begins_or_ends_a_line(tmp_path: Path) -> None:
    path = saved(samples(), tmp_path)
    texts = {cell for sheet in SHEETS for row in engines.values(path, sheet) for cell in row if isinstance(cell, str)}
    assert sorted(text for text in texts if re.search(r" [;:?!»%]|« ", text))[:5] == []


def test_the_sheet_of_figures_is_hidden_so_that_it_does_not_print(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(example("creche-pessac"), tmp_path)) as archive:
        written = archive.read("xl/workbook.xml").decode()
    assert re.findall(r'<sheet name="([^"]+)"[^>]*state="hidden"', written) == ["Calculs"]


def test_a_commune_without_name_is_told_by_its_code(tmp_path: Path) -> None:
    assert ranking(saved(example("creche-pessac"), tmp_path))["PES-01"]["Commune"] == "commune 33990"


def test_a_rule_on_another_scale_tells_its_mark_and_its_points_apart(tmp_path: Path) -> None:
    rows = engines.values(saved(samples(), tmp_path), "Critères")
    start = next(place for place, row in enumerate(rows) if row[0] == "Le barème en détail")
    assert [plain(cell) for cell in rows[start + 1][2:4]] == ["Note", "Points au plus"]
    assert next(row[2:4] for row in rows[start:] if row[0] == "3.2") == (10, 5)


def test_a_budget_leaves_no_empty_setting(tmp_path: Path) -> None:
    rows = engines.values(saved(example("agriculture-enveloppes"), tmp_path), "Critères")
    assert [row[2] for row in rows[6:9]] == ["aucun", 0, 25]


def test_a_candidature_that_raises_no_remark_says_so(tmp_path: Path) -> None:
    rows = engines.values(saved(samples(), tmp_path), "Fiche")
    said = next(row[2] for row in rows if row[0] == "Ce que dit l'évaluation")
    assert plain(said) == "Rien à signaler : le rang et le total suffisent à dire le statut."
