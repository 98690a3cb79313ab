"""What a command does not import: start-up is nearly all imports, and a list of modules does not depend on the machine.

`make bench` says what each costs.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

LAUNCH = """
import os, sys
os._exit = sys.exit  # the list is made after the end
before = set(sys.modules)
sys.argv = ["ami", *sys.argv[1:]]
from ami_scoring.cli.launch import main
try:
    main()
finally:
    names = sorted(set(sys.modules) - before)
    sys.stderr.write("\\n" + " ".join(names))
"""
"""What was imported before our first line is the interpreter's own, or that of tools installed beside us."""

CANDIDATURE = """
reference: A-1
depose_le: 2022-01-15
porteur: {nom: Essai, type: commune, siren: "990000002"}
implantation: {communes: [{code_insee: "09001", nom: Essai, population: 900}]}
"""
POLICY = """
language: 1
call: {title: Essai, edition: "1", authority: Personne}
waves: [{id: unique, closes: 2022-12-31}]
criteria:
  - {id: qpv, label: QPV, weight: 100, rule: {kind: lookup, fact: implantation.qpv, points: {oui: 100, non: 0}}}
selection: {places: 1}
"""


def imported(arguments: Sequence[str], folder: Path) -> frozenset[str]:
    """Run a command line, its output in a pipe, and name the modules that it imported."""
    command = [sys.executable, "-c", LAUNCH, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return frozenset(done.stderr.rpartition("\n")[2].split())


def held_back(modules: frozenset[str], names: str) -> list[str]:
    """Of the names of packages and modules, give those that were imported all the same, or something inside them."""
    return [name for name in names.split() if any(f"{module}.".startswith(f"{name}.") for module in modules)]


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Make a folder with one sound candidature and its policy."""
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "dossiers" / "a.yaml").write_text(CANDIDATURE, encoding="utf-8")
    (tmp_path / "criteria.yaml").write_text(POLICY, encoding="utf-8")
    return tmp_path


def test_the_version_is_told_by_the_launcher_alone(tmp_path: Path) -> None:
    ours = {name for name in imported(["--version"], tmp_path) if name.startswith("ami_scoring")}
    assert ours == {"ami_scoring", "ami_scoring.cli", "ami_scoring.cli.launch"}


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        pytest.param(
            ["--version"],
            "typer pydantic pydantic_core yaml rich stdnum rapidfuzz openpyxl xlsxwriter dataclasses inspect",
            id="version",
        ),
        pytest.param(
            ["--help"],
            "pydantic.main pydantic_core yaml rich stdnum rapidfuzz openpyxl xlsxwriter csv json ami_scoring.domain"
            " ami_scoring.sources ami_scoring.scoring ami_scoring.evaluation ami_scoring.reports",
            id="help",
        ),
    ],
)
def test_what_only_says_how_to_use_the_tool_loads_nothing_that_scores(
    arguments: Sequence[str], names: str, tmp_path: Path
) -> None:
    assert held_back(imported(arguments, tmp_path), names) == []


def test_checking_a_policy_loads_nothing_that_ranks_gives_places_or_reads_opinions(call: Path) -> None:
    modules = imported(["validate", "criteria.yaml"], call)
    assert "ami_scoring.evaluation.validation" in modules
    names = (
        "ami_scoring.evaluation.run ami_scoring.scoring.places ami_scoring.scoring.firmness"
        " ami_scoring.domain.evaluated ami_scoring.domain.coverage ami_scoring.domain.assessment"
        " ami_scoring.sources.spreadsheets.csv_text ami_scoring.reports.tables"
    )
    assert held_back(modules, names) == []


def test_scoring_into_a_pipe_loads_no_screen_no_workbook_no_other_reader_and_no_sentence_of_rules(call: Path) -> None:
    modules = imported(["score", "dossiers"], call)
    assert "ami_scoring.sources.text.located_yaml" in modules
    names = (
        "rich rapidfuzz jinja2 openpyxl xlsxwriter numpy importlib.metadata stdnum.fr ami_scoring.cli.validate"
        " ami_scoring.sources.text.located_json ami_scoring.reports.terminal"
        " ami_scoring.reports.workbook ami_scoring.reports.page ami_scoring.reports.json_report"
        " ami_scoring.reports.explanation"
        " ami_scoring.reports.annotations ami_scoring.evaluation.validation"
        " ami_scoring.sources.text.yaml_errors ami_scoring.scoring.telling.rules ami_scoring.scoring.telling.working"
        " ami_scoring.scoring.telling.marks ami_scoring.scoring.checks.shares ami_scoring.scoring.advice.reach"
    )
    assert held_back(modules, names) == []
