"""What is wrong with a heading is told once, by its name where it may be shown, with how many lines answer to it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.scoring.building import plain
from tests.sources.sheets import ROOT, candidature, other_criteria

from ami_scoring.evaluation.policy import checker, read_policy
from ami_scoring.evaluation.run import evaluate
from ami_scoring.findings import Finding, Severity
from ami_scoring.reports.form import table_workbook
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.decoding import given

HEADER = "reference;depose_le;porteur.nom;implantation.communes.1.code_insee;complements.{}"


def rows(key: str, *answers: str) -> list[list[str]]:
    lines = [f"A-{number};30/09/2022;Commune {number};09901;{answer}" for number, answer in enumerate(answers, 1)]
    return [line.split(";") for line in (HEADER.format(key), *lines)]


def as_csv(key: str, *answers: str) -> bytes:
    return "\r\n".join(map(";".join, rows(key, *answers))).encode()


def as_sheet(key: str, *answers: str) -> bytes:
    book, page = Workbook(), BytesIO()
    assert book.active is not None
    for row in rows(key, *answers):
        book.active.append(row)
    book.save(page)
    return page.getvalue()


def loaded(data: bytes, name: str) -> Loaded:
    policy = read_policy(ROOT / "samples" / "autre-appel" / "criteria.yaml")
    with given({Path(name): data}):
        return load_candidatures([Path(name)], checker(policy))


def strange(data: bytes, name: str) -> list[Finding]:
    return [each for each in loaded(data, name).findings if each.code == "unknown-key"]


def test_a_column_that_the_call_does_not_declare_is_told_once_at_its_heading() -> None:
    (finding,) = strange(as_csv("budjet", "12", "", "14"), "t.csv")
    assert plain(finding.message) == ("« budjet » n'est pas une donnée que cet appel déclare ; 2 lignes y répondent.")
    assert (finding.where.line, finding.where.column) == (1, len(HEADER.format("")) - len("complements.") + 1)


def test_the_heading_of_a_sheet_is_told_by_its_cell() -> None:
    (finding,) = strange(as_sheet("budjet", "12", "13", "14"), "t.xlsx")
    assert finding.where.cell == "E1"
    assert "3 lignes" in str(finding.message)


def test_each_candidature_that_answers_there_is_still_to_be_corrected() -> None:
    entries = loaded(as_csv("budjet", "12", "", "14"), "t.csv").entries
    assert [bool(each.refused) for each in entries] == [True, False, True]
    assert [plain(each.refused[0].finding.message) for each in entries if each.refused] == [
        "« budjet » n'est pas une donnée que cet appel déclare."
    ] * 2


@pytest.mark.parametrize("made", [(as_csv, "t.csv"), (as_sheet, "t.xlsx")])
def test_a_strange_column_where_nothing_is_answered_is_told_and_keeps_nobody_waiting(
    made: tuple[Callable[..., bytes], str],
) -> None:
    write, name = made
    read = loaded(write("budjet", "-", "n/a", ""), name)
    assert [len(each.refused) for each in read.entries] == [0, 0, 0]
    (finding,) = strange(write("budjet", "-", "n/a", ""), name)
    assert finding.severity is Severity.WARNING
    assert plain(finding.message) == "« budjet » n'est pas une donnée que cet appel déclare ; rien n'y est répondu."


def test_a_strange_column_that_some_answer_is_told_for_both() -> None:
    answered, empty = strange(as_csv("budjet", "12", "-", "14"), "t.csv")
    assert (answered.severity, "2 lignes" in str(answered.message)) == (Severity.ERROR, True)
    assert empty.severity is Severity.WARNING
    read = loaded(as_csv("budjet", "12", "-", "14"), "t.csv")
    assert [len(each.refused) for each in read.entries] == [1, 0, 1]


@pytest.mark.parametrize("key", ["nom_du_medecin", "docteur_martin"])
def test_a_strange_column_that_may_be_about_people_is_not_named_either_where_nothing_is_answered(key: str) -> None:
    answered, empty = strange(as_csv(key, "12", "-"), "t.csv")
    assert plain(answered.message) == plain(empty.message) == "Cette clé n'est pas connue ici."
    assert (answered.severity, empty.severity) == (Severity.ERROR, Severity.WARNING)


def test_a_lone_line_is_told_without_a_count() -> None:
    (finding,) = strange(as_csv("budjet", "12"), "t.csv")
    assert "ligne" not in str(finding.message)


@pytest.mark.parametrize("key", ["nom_du_medecin", "docteur_martin", "Aide de Mme Roy"])
def test_a_heading_that_may_be_about_people_is_not_named(key: str) -> None:
    (finding,) = strange(as_csv(key, "12", "13"), "t.csv")
    assert plain(finding.message) == "Cette clé n'est pas connue ici ; 2 lignes y répondent."
    assert finding.where.line == 1


def test_a_table_of_another_edition_is_told_so_once(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    several = [candidature(), candidature().model_copy(update={"reference": "AMI-T-02"})]
    path.write_bytes(table_workbook(other_criteria(), several))
    evaluation = evaluate([path], ROOT / "criteria.yaml")
    assert [finding.code for finding in evaluation.findings if finding.code == "other-edition"] == ["other-edition"]
