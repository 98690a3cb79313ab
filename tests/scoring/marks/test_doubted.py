"""A file of which nothing establishes the project leaves open which projects it may be a version of, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from tests.reports.workbook import engines

from ami_scoring import Evaluation, evaluate
from ami_scoring.domain.standings import Firmness
from ami_scoring.reports.workbook import workbook

POLICY = """
language: 1
call: {title: Essai, edition: essai, authority: Comité}
facts:
  - {name: note, type: integer, label: Note, minimum: 0, maximum: 100}
  - {name: projet, type: choice, label: Projet, choices: [a, b]}
waves: [{id: v1, closes: 2024-12-31}]
criteria:
  - {id: note, label: Note, weight: 100, rule: {kind: per_unit, fact: complements.note, points: 1, at_most: 100}}
selection: {places: 2}
"""
SIREN = "732829320"


Files = Mapping[str, tuple[int, str, str, str]]
"""By reference: a mark, a name, a SIREN (or what stands for it), and a commune."""


def evaluated(tmp_path: Path, files: Files, versions: str = "") -> Evaluation:
    """Evaluate these files, each deposited a day after the one before."""
    policy = {**yaml.safe_load(POLICY), **(yaml.safe_load(versions) if versions else {})}
    (tmp_path / "criteria.yaml").write_text(yaml.safe_dump(policy, allow_unicode=True), encoding="utf-8")
    (tmp_path / "d").mkdir(exist_ok=True)
    for day, (reference, (note, name, siren, more)) in enumerate(files.items(), start=1):
        code, _, project = more.partition("/")
        data = {
            "reference": reference,
            "depose_le": f"2024-02-{day:02}",
            "porteur": {"nom": name, **({"siren": siren} if siren else {})},
            "implantation": {"communes": [{"code_insee": code}]},
            "complements": {"note": note, **({"projet": project} if project else {})},
        }
        (tmp_path / "d" / f"{reference}.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return evaluate([tmp_path / "d"], tmp_path / "criteria.yaml")


def firmness(tmp_path: Path, files: Files, versions: str = "") -> dict[str | None, str]:
    """Say how firm each place is."""
    return {one.entry.reference: str(one.firmness) for one in evaluated(tmp_path, files, versions).standings}


FIRM, PROVISIONAL, POSSIBLE, IMPOSSIBLE = (
    str(each) for each in (Firmness.FIRM, Firmness.PROVISIONAL, Firmness.POSSIBLE, Firmness.IMPOSSIBLE)
)


def test_a_refused_siren_leaves_open_whether_it_is_a_version_of_one_for_the_same_commune(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", "", "09122"),
        "B": (60, "Commune B", "", "09001"),
        "C": (50, "Commune C", "", "09002"),
        "D": (10, "Commune A", "000000000", "09122"),
    }
    assert firmness(tmp_path, files) == {
        "A": PROVISIONAL,
        "B": FIRM,
        "C": POSSIBLE,
        "D": IMPOSSIBLE,
    }


def test_those_behind_a_project_that_may_be_replaced_may_come_first(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", "", "09122"),
        "B": (60, "Commune B", "", "09001"),
        "D": (10, "Commune A", "000000000", "09122"),
    }
    found = {one.entry.reference: one for one in evaluated(tmp_path, files).standings}
    assert (found["B"].rank, found["B"].rank_best, found["B"].rank_worst) == (2, 1, 2)
    assert [one.versions for one in found.values()] == [2, 1, 2]


def test_engines_of_spreadsheets_say_of_such_places_what_is_evaluated(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", "", "09122"),
        "B": (60, "Commune B", "", "09001"),
        "C": (50, "Commune C", "", "09002"),
        "D": (10, "Commune A", "000000000", "09122"),
    }
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluated(tmp_path, files)))
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []


def test_for_another_commune_it_is_no_version_of_it(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", "", "09122"),
        "B": (60, "Commune B", "", "09001"),
        "C": (50, "Commune C", "", "09002"),
        "D": (10, "Commune A", "000000000", "09003"),
    }
    assert firmness(tmp_path, files) == {"A": FIRM, "B": FIRM, "C": IMPOSSIBLE, "D": IMPOSSIBLE}


@pytest.mark.parametrize("siren", ["", SIREN])
def test_a_refused_commune_leaves_open_whether_it_is_a_version_of_one_of_its_applicant(
    tmp_path: Path, siren: str
) -> None:
    files = {
        "A": (80, "Commune A", siren, "09122"),
        "B": (60, "Commune B", "", "09001"),
        "C": (50, "Commune C", "", "09002"),
        "D": (10, "Commune A" if not siren else "Mairie", siren, "zz"),
    }
    assert firmness(tmp_path, files) == {"A": PROVISIONAL, "B": FIRM, "C": POSSIBLE, "D": IMPOSSIBLE}


def test_a_project_is_known_by_each_name_under_which_it_was_filed(tmp_path: Path) -> None:
    files = {
        "A1": (70, "Commune A", SIREN, "09122"),
        "A2": (80, "Mairie de A", SIREN, "09122"),
        "B": (60, "Commune B", "", "09001"),
        "C": (50, "Commune C", "", "09002"),
        "D": (10, "Commune A", "", "zz"),
    }
    assert firmness(tmp_path, files) == {"A2": PROVISIONAL, "B": FIRM, "C": POSSIBLE, "D": IMPOSSIBLE}


def test_nothing_known_of_two_files_leaves_every_project_open(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", "", "09122"),
        "B": (60, "Commune B", "", "09001"),
        "C": (50, "Commune C", "", "09002"),
        "D": (10, "Commune D", "000000000", "zz"),
    }
    assert firmness(tmp_path, files) == {"A": PROVISIONAL, "B": PROVISIONAL, "C": POSSIBLE, "D": POSSIBLE}


def test_one_without_its_applicant_and_one_without_its_commune_may_be_one(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", "", "zz"),
        "B": (60, "Commune B", "000000000", "09001"),
        "C": (50, "Commune C", "", "09002"),
        "E": (40, "Commune E", "", "09003"),
    }
    assert firmness(tmp_path, files) == {"A": POSSIBLE, "B": POSSIBLE, "C": PROVISIONAL, "E": PROVISIONAL}


def test_a_name_that_several_bear_leaves_open_which_of_them_it_is(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", SIREN, "09122"),
        "B": (60, "Commune A", "552100554", "09122"),
        "C": (50, "Commune C", "", "09002"),
        "D": (10, "Commune A", "", "09122"),
    }
    assert firmness(tmp_path, files) == {"A": PROVISIONAL, "B": PROVISIONAL, "C": POSSIBLE, "D": POSSIBLE}


def test_those_that_say_enough_are_told_apart_whatever_another_leaves_open(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", SIREN, "09122"),
        "B": (60, "Commune A", "552100554", "09122"),
        "D": (10, "Commune D", "000000000", "09003"),
    }
    assert firmness(tmp_path, files) == {"A": FIRM, "B": FIRM, "D": IMPOSSIBLE}


def test_what_identifies_beside_the_applicant_may_be_missing(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", "", "09122/a"),
        "B": (60, "Commune B", "", "09001/b"),
        "C": (50, "Commune C", "", "09002/b"),
        "D": (10, "Commune A", "", "09122"),
    }
    by_project = "versions: {identified_by: [porteur, complements.projet]}"
    assert firmness(tmp_path, files, by_project)["A"] == PROVISIONAL
    alone = "versions: {identified_by: [complements.projet]}"
    assert firmness(tmp_path, files, alone)["A"] == PROVISIONAL


def test_where_each_file_is_alone_none_is_a_version_of_another(tmp_path: Path) -> None:
    files = {
        "A": (80, "Commune A", "", "09122"),
        "B": (60, "Commune B", "", "09001"),
        "D": (10, "Commune A", "000000000", "zz"),
    }
    assert firmness(tmp_path, files, "versions: {identified_by: [reference]}")["A"] == FIRM
