"""Findings for people: followed by editors, read aloud, pointed at exactly."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from ami_scoring import evaluate
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.reports.annotations import WIDEST_EXCERPT, findings_text, summary

ERROR, WARNING, NOTE = Severity


def finding(
    severity: Severity = ERROR,
    where: Location | None = None,
    *,
    message: str = "La somme vaut 95.",
    suggestion: str | None = None,
    related: tuple[Location, ...] = (),
) -> Finding:
    where = where or Location("criteria.yaml", 14, 5, "total: 95")
    mend = Message("{said}", {"said": suggestion}) if suggestion else None
    return Finding("weights-sum", severity, Message("{said}", {"said": message}), where, mend, related)


def test_without_findings_there_is_no_text() -> None:
    assert not findings_text([])


def test_a_finding_says_where_how_grave_which_what_and_how_to_mend_it() -> None:
    where = Location("criteria.yaml", 14, 8, "total: 95")
    others = (Location("autre.yaml", 2, 1), Location("dossier"))
    assert (
        findings_text([finding(where=where, suggestion="Vérifiez les poids.", related=others)])
        == """\
criteria.yaml:14:8: erreur weights-sum La somme vaut 95.
    total: 95
           ^
    voir aussi autre.yaml:2:1
    voir aussi dossier
    → Vérifiez les poids.
1 erreur
"""
    )


def test_findings_come_in_reading_order_and_are_counted() -> None:
    places = [Location("b.yaml", 2, 1), Location("a.yaml", 10, 1), Location("a.yaml", 9, 2), Location("a.yaml")]
    text = findings_text(finding(severity, where) for severity, where in zip((ERROR, *Severity), places, strict=True))
    assert [line.split(" weights-sum")[0] for line in text.splitlines()] == [
        "a.yaml: note",
        "a.yaml:9:2: avertissement",
        "a.yaml:10:1: erreur",
        "b.yaml:2:1: erreur",
        "2 erreurs, 1 avertissement, 1 note",
    ]


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ([], ""),
        ([ERROR], "1 erreur"),
        ([NOTE, NOTE, WARNING], "1 avertissement, 2 notes"),
        ([ERROR, ERROR, WARNING, WARNING], "2 erreurs, 2 avertissements"),
    ],
)
def test_a_count_takes_an_s_from_two_on(severities: list[Severity], said: str) -> None:
    assert summary(finding(severity) for severity in severities) == said


def columns(text: str) -> int:
    """Count the columns that a terminal gives to a text."""
    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


@pytest.mark.parametrize(
    ("excerpt", "column", "shown", "pointed"),
    [
        ("zone: ZIP", 7, "zone: ZIP", "ZIP"),
        ("zone: ZIP", 10, "zone: ZIP", ""),
        ("zone: ZIP", 99, "zone: ZIP", ""),
        ("\tzone:\tZIP", 8, "    zone:   ZIP", "ZIP"),
        ("東京都: ZIP", 6, "東京都: ZIP", "ZIP"),
        ("東京都: ZIP", 2, "東京都: ZIP", "京都: ZIP"),
        ("cafe\u0301: ZIP", 8, "cafe\u0301: ZIP", "ZIP"),
        ("cafe\u0301: ZIP", 5, "cafe\u0301: ZIP", "e\u0301: ZIP"),
        ("a\u202eb\x1b: ZIP", 7, "a\\u202eb\\x1b: ZIP", "ZIP"),
        ("a\udce9: ZIP", 5, "a\\udce9: ZIP", "ZIP"),
        ("ｆｕｌｌ: ZIP", 7, "ｆｕｌｌ: ZIP", "ZIP"),
    ],
    ids=[
        "plain",
        "end",
        "beyond",
        "tabs",
        "after wide",
        "on wide",
        "after accent",
        "on accent",
        "controls",
        "byte",
        "full",
    ],
)
def test_the_caret_stands_under_its_character(excerpt: str, column: int, shown: str, pointed: str) -> None:
    _, line, caret, _ = findings_text([finding(where=Location("a.yaml", 1, column, excerpt))]).splitlines()
    assert line == "    " + shown
    assert caret.endswith("^")
    assert len(caret) - 1 == 4 + columns(shown.removesuffix(pointed))


@pytest.mark.parametrize("column", [1, 40, 500, 999, 1000, 1001])
def test_of_a_long_line_only_what_surrounds_the_caret_is_shown(column: int) -> None:
    excerpt = "".join(chr(0x4E00 + place) if place % 3 else "é" for place in range(1000))
    _, line, caret, _ = findings_text([finding(where=Location("a.jsonl", 1, column, excerpt))]).splitlines()
    assert columns(line) <= 4 + WIDEST_EXCERPT + 2
    under = next((place for place in range(len(line)) if columns(line[:place]) == len(caret) - 1), len(line))
    assert line[under : under + 1] == excerpt[column - 1 : column]


def test_an_excerpt_without_a_column_has_no_caret_and_a_blank_one_is_not_shown() -> None:
    assert findings_text([finding(where=Location("a.yaml", 1, None, "zone: ZIP"))]).splitlines()[1:] == [
        "    zone: ZIP",
        "1 erreur",
    ]
    assert findings_text([finding(where=Location("a.yaml", 1, 1, "  "))]).count("\n") == 2


def test_excerpts_can_be_left_out() -> None:
    assert findings_text([finding()], excerpt=False).count("\n") == 2


def test_colour_is_ansi_and_changes_nothing_else() -> None:
    coloured = findings_text([finding(), finding(WARNING), finding(NOTE)], colour=True)
    plain = findings_text([finding(), finding(WARNING), finding(NOTE)])
    assert "\x1b[1;31merreur\x1b[0m" in coloured
    for code in ("1", "1;31", "1;33", "1;36", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


@pytest.mark.parametrize("colour", [False, True])
def test_what_a_terminal_would_obey_is_spelt_out(colour: bool) -> None:
    where = Location("a\x1b[2J\udce9.yaml", 1, 1, "nom: \x1b]0;titre\x07")
    text = findings_text(
        [finding(where=where, message="« \x1b[31m\nfaux.yaml:1:1: note »", suggestion="\u202e", related=(where,))],
        colour=colour,
    )
    for code in ("1", "1;31", "0"):
        text = text.replace(f"\x1b[{code}m", "")
    assert text.encode()
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert text.startswith("a\\x1b[2J\\udce9.yaml:1:1: erreur weights-sum « \\x1b[31m\\nfaux.yaml:1:1: note »\n")


def test_no_doctor_is_named(tmp_path: Path) -> None:
    (tmp_path / "z.csv").write_text("code,type,zone,edition,source\n09001,commune,ZIP,e,s\n", encoding="utf-8")
    (tmp_path / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(CANDIDATURE, encoding="utf-8")
    text = findings_text(evaluate([tmp_path / "a.yaml"], tmp_path / "criteria.yaml").findings)
    assert text.count("rpps-form") == 2
    assert "secret" not in text.casefold()
    assert "101010101" not in text


CRITERIA = """
language: 1
call: {title: Appel d'essai, edition: "2026", authority: Comité}
total: 10
waves: [{id: v1, closes: 2021-11-30, zoning: z.csv}]
criteria: [{id: zone, label: Zone, weight: 10, rule: {kind: lookup, fact: zonage, points: {ZIP: 10}, otherwise: 0}}]
selection: {places: 1}
"""
CANDIDATURE = """
reference: A-1
depose_le: 2021-11-21
porteur: {nom: Essai, type: commune}
implantation: {communes: [{code_insee: "09001"}]}
medecins_interesses:
  - {nom: Dr Secret, rpps: 10101010103}
  - nom: "Dr Secret"
    rpps: 10101010104
"""


def test_findings_are_written_without_loading_rich_or_pydantic() -> None:
    code = "import sys, ami_scoring.reports.annotations; print({'rich', 'pydantic'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert shown.stdout == "set()\n"
