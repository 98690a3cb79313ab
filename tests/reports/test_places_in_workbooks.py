"""A finding in a workbook names its sheet and its cell in every format, and never a line that no text has."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.reports.annotations import findings_text
from ami_scoring.reports.findings_json import findings_json
from ami_scoring.reports.github import github_commands, step_summary
from ami_scoring.reports.gitlab import code_quality
from ami_scoring.reports.junit import junit
from ami_scoring.reports.sarif import sarif

IN_CELL = Finding(
    "cell-error",
    Severity.ERROR,
    Message("Cette réponse est une erreur."),
    Location("reçus/f.xlsx", 12, 5, sheet="L'appel", cell="E12"),
    related=(Location("reçus/f.xlsx", 13, 5, sheet="L'appel", cell="E13"),),
)
IN_SHEET = Finding(
    "sheet-not-read", Severity.WARNING, Message("Pas lue."), Location("reçus/f.xlsx", sheet="Autre"), None
)
NAMED = "feuille «\u00a0L'appel\u00a0», cellule E12"


def test_text_names_the_sheet_and_the_cell() -> None:
    assert findings_text([IN_CELL]).startswith(f"reçus/f.xlsx, {NAMED}: erreur cell-error")


def test_json_has_a_key_for_each() -> None:
    in_sheet, in_cell = json.loads(findings_json([IN_CELL, IN_SHEET], []))["findings"]
    assert (in_cell["sheet"], in_cell["cell"], in_cell["line"], in_cell["column"]) == ("L'appel", "E12", 12, 5)
    assert in_cell["related"][0]["cell"] == "E13"
    assert (in_sheet["sheet"], in_sheet["cell"], in_sheet["line"]) == ("Autre", None, None)


def test_a_text_has_neither() -> None:
    finding = Finding("x", Severity.NOTE, Message("Ici."), Location("a.yaml", 3, 1))
    (found,) = json.loads(findings_json([finding], []))["findings"]
    assert (found["line"], found["sheet"], found["cell"]) == (3, None, None)


def test_github_annotates_the_file_and_says_the_cell() -> None:
    (line,) = github_commands([IN_CELL]).splitlines()
    assert line.startswith("::error file=reçus/f.xlsx,title=cell-error")
    assert f"::{NAMED} : Cette réponse" in line
    assert "E12" in step_summary([IN_CELL], "")


def test_gitlab_says_the_cell_at_the_first_line() -> None:
    (issue,) = json.loads(code_quality([IN_CELL]))
    assert issue["location"] == {"path": "reçus/f.xlsx", "lines": {"begin": 1}}
    assert issue["description"].startswith(NAMED)


def test_sarif_has_a_logical_place_instead_of_a_region() -> None:
    results = json.loads(sarif([IN_CELL, IN_SHEET], {}, "1.0"))["runs"][0]["results"]
    (in_cell,) = (each for each in results if each["ruleId"] == "cell-error")
    (place,) = in_cell["locations"]
    assert "region" not in place["physicalLocation"]
    assert place["logicalLocations"] == [{"name": "E12", "fullyQualifiedName": "'L''appel'!E12", "kind": "member"}]
    assert in_cell["message"]["text"].startswith(NAMED)
    (in_sheet,) = (each for each in results if each["ruleId"] == "sheet-not-read")
    assert in_sheet["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "'Autre'"


@pytest.mark.parametrize(("finding", "name"), [(IN_CELL, f"cell-error {NAMED}"), (IN_SHEET, "sheet-not-read feuille")])
def test_junit_names_the_case_after_the_cell(finding: Finding, name: str) -> None:
    page = ET.fromstring(junit([finding], []).encode())  # noqa: S314 - ours
    (case,) = page.iter("testcase")
    assert (case.get("name") or "").startswith(name)
