"""What a workbook holds is stated, and refused beyond in a sentence: a broken file would be found in the meeting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ami_scoring.cli.app import run
from ami_scoring.cli.exit_codes import ExitCode

from . import engines

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


CALL = re.compile(r"[A-Z.]+\(|[(),]")


def _flat(count: int) -> str:
    lines = (f"  - {{id: c{number}, label: Critère {number}, weight: 1, rule: {RULE}}}" for number in range(count))
    return POLICY.format(count=count, criteria="\n".join(lines))


def _below_one(count: int) -> str:
    below = ", ".join(f"{{id: c{number}, label: Critère {number}, weight: 1, rule: {RULE}}}" for number in range(count))
    root = f"  - {{id: tout, label: Tout, weight: {count}, criteria: [{below}]}}"
    return POLICY.format(count=count, criteria=root)


@pytest.mark.parametrize(
    ("policy", "code"),
    [(_flat(300), ExitCode.DONE), (_below_one(250), ExitCode.DONE), (_below_one(251), ExitCode.USAGE)],
)
def test_beyond_what_a_spreadsheet_counts_together_nothing_is_written(
    policy: str,
    code: ExitCode,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("criteria.yaml").write_text(policy, encoding="utf-8")
    Path("a.yaml").write_text(CANDIDATURE, encoding="utf-8")
    Path("b.yaml").write_text(CANDIDATURE.replace("A-1", "B-1").replace("bureaux: 3", "bureaux: 0"), encoding="utf-8")
    assert run(["score", "a.yaml", "b.yaml", "-q", "-o", "r.xlsx"]) == code
    assert Path("r.xlsx").exists() is (code is ExitCode.DONE)
    said = "251 critères sous un même critère principal, et un classeur en tient 250. Prenez -o classement.html"
    assert (said in capsys.readouterr().err) is (code is ExitCode.USAGE)
    if code is ExitCode.DONE:
        written = engines.formulas(Path("r.xlsx"))
        assert max(map(len, written)) <= 8_192
        assert max(map(_most_given, written)) <= 255


def _most_given(formula: str) -> int:
    """Count what the most loaded function of a formula is given."""
    most, given = 0, [0]
    for sign in CALL.findall(re.sub(r"\"[^\"]*\"", "", formula)):
        if sign == ",":
            given[-1] += 1
        elif sign == ")":
            most = max(most, given.pop())
        else:
            given.append(1)
    return most
