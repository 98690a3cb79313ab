"""What a workbook holds is stated, and refused beyond in a sentence: a broken file would be found in the meeting."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.cli.app import run
from ami_scoring.cli.exit_codes import ExitCode

POLICY = """\
language: 1
call: {{title: T, edition: e, authority: A}}
total: {count}
waves: [{{id: v1, closes: 2024-06-30}}]
criteria:
{criteria}
selection: {{places: 1}}
"""
RULE = "{kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 1}"
CANDIDATURE = """\
reference: A-1
depose_le: 2024-06-01
porteur: {nom: Commune}
implantation: {communes: [{code_insee: "09001", nom: Essai}]}
locaux: {bureaux: 3}
"""


@pytest.mark.parametrize(("count", "code"), [(250, ExitCode.DONE), (251, ExitCode.USAGE)])
def test_beyond_what_a_spreadsheet_counts_together_nothing_is_written(
    count: int,
    code: ExitCode,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = "\n".join(
        f"  - {{id: c{number}, label: Critère {number}, weight: 1, rule: {RULE}}}" for number in range(count)
    )
    Path("criteria.yaml").write_text(POLICY.format(count=count, criteria=lines), encoding="utf-8")
    Path("a.yaml").write_text(CANDIDATURE, encoding="utf-8")
    assert run(["score", "a.yaml", "-q", "-o", "r.xlsx"]) == code
    assert Path("r.xlsx").exists() is (code is ExitCode.DONE)
    said = "251 critères d'un même niveau, et un classeur en tient 250. Prenez -o classement.html"
    assert (said in capsys.readouterr().err) is (code is ExitCode.USAGE)
