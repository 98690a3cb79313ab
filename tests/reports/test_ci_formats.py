"""Findings for CI servers: each format is what its reader expects, whatever strangers' files contain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from ami_scoring.codes.catalogue import CODES
from ami_scoring.findings import Finding, Location, Severity, fingerprints
from ami_scoring.messages import Message
from ami_scoring.reports.findings_json import findings_json
from ami_scoring.reports.github import SUMMARY_ROWS, github_commands, github_log, step_summary
from ami_scoring.reports.gitlab import code_quality
from ami_scoring.reports.junit import junit
from ami_scoring.reports.sarif import sarif

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
QUALITY = json.loads((SCHEMAS / "code-quality.json").read_text(encoding="utf-8"))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
HOSTILE = "100 % : a, b\r\n::error::vu\x1b[31m]]> <b> & \u202e \ufffe | `x` [lien](http://x)"


def finding(
    sentence: str = "Aucune tranche ne contient 6.",
    *,
    code: str = "band-gap",
    severity: Severity = Severity.ERROR,
    path: str = "criteria.yaml",
    line: int | None = 12,
    column: int | None = 9,
    excerpt: str | None = "        - {from: 7, points: 0}",
    suggestion: str | None = None,
    related: tuple[Location, ...] = (),
) -> Finding:
    where = Location(path, line, column, excerpt)
    advice = None if suggestion is None else Message("{said}", {"said": suggestion})
    return Finding(code, severity, Message("{said}", {"said": sentence}), where, advice, related)


ALL_KINDS = (
    finding(suggestion="Fermez le trou."),
    finding(severity=Severity.WARNING, code="never-acts", line=20, related=(Location("autre.yaml", 3),)),
    finding(severity=Severity.NOTE, code="files-passed-over", path="dossier", line=None, column=None, excerpt=None),
    finding(HOSTILE, path="à b/%41:x,y.yaml", excerpt=HOSTILE, suggestion=HOSTILE),
    finding(HOSTILE, path="/ailleurs/criteria.yaml", excerpt=HOSTILE, code="unknown-yet"),
)
CHARACTERS = st.characters(exclude_categories=["Cs"])


def words(size: int, *, least: int = 0) -> st.SearchStrategy[str]:
    return st.text(CHARACTERS, min_size=least, max_size=size)


LOCATIONS = st.builds(Location, words(8, least=1), st.none() | st.integers(1, 99), st.integers(1, 99), words(20))
FINDINGS = st.lists(
    st.builds(
        finding,
        words(30),
        code=st.sampled_from(["band-gap", "not-utf8"]),
        severity=st.sampled_from(Severity),
        path=words(8, least=1),
        excerpt=st.none() | words(20),
        suggestion=st.none() | words(10),
        related=st.lists(LOCATIONS, max_size=2).map(tuple),
    ),
    max_size=4,
)


def lines_of(text: str) -> list[str]:
    return text.split("\n")[:-1]


# GitHub ---------------------------------------------------------------------------------------------------------------


def test_an_annotation_names_the_place_and_says_how_to_mend() -> None:
    assert github_commands([finding(suggestion="Fermez le trou.")]) == (
        "::error file=criteria.yaml,line=12,col=9,title=band-gap (erreur)"
        "::Aucune tranche ne contient 6.%0A→ Fermez le trou.\n"
    )


@pytest.mark.parametrize(
    ("path", "written"),
    [("a%b.yaml", "a%25b.yaml"), ("a:b.yaml", "a%3Ab.yaml"), ("a,b.yaml", "a%2Cb.yaml"), ("a\nb", "a%0Ab")],
)
def test_a_property_cannot_end_early(path: str, written: str) -> None:
    assert f"file={written},line=" in github_commands([finding(path=path)])


def test_a_message_keeps_its_colons_and_commas_but_not_its_percents() -> None:
    assert github_commands([finding("100 % : a, b")]).endswith("::100 %25 : a, b\n")


def test_no_more_annotations_are_written_than_github_shows() -> None:
    many = [finding(line=n) for n in range(1, 31)]
    many += [finding(line=n, severity=Severity.WARNING) for n in range(1, 31)]
    written = lines_of(github_commands(many))
    assert [line.split(" ")[0] for line in written] == ["::error"] * 10 + ["::warning"] * 10
    assert "line=10," in written[9]


def test_the_full_text_is_printed_where_no_line_of_it_can_be_a_command() -> None:
    first, *text, last, command = lines_of(github_log("    ::error::vu\n", [finding()]))
    word = re.fullmatch(r"::stop-commands::([0-9a-f]{64})", first)
    assert word is not None
    assert text == ["    ::error::vu"]
    assert last == f"::{word[1]}::"
    assert command.startswith("::error file=")


def test_nothing_is_printed_for_nothing() -> None:
    assert github_log("", []) == ""


@settings(max_examples=40)
@given(FINDINGS)
def test_each_annotation_is_one_line_whatever_it_quotes(findings: list[Finding]) -> None:
    written = github_commands(findings)
    assert "\r" not in written
    for line in lines_of(written):
        assert re.match(r"::(error|warning|notice) file=", line)


def test_a_summary_is_a_table_that_strangers_cannot_break() -> None:
    page = step_summary([finding("a | b `c` <b> @maire", path="x_y.yaml")], "Lus : 1 fichier.")
    assert page.split("\n") == [
        "## ami validate",
        "",
        "Lus : 1 fichier.",
        "",
        "| Place | Gravité | Code | Constat |",
        "|---|---|---|---|",
        r"| x\_y.yaml:12:9 | erreur | band-gap | a \| b \`c\` \<b\> @" + "\u2060maire |",
        "",
    ]


def test_a_long_summary_says_what_it_leaves_out() -> None:
    page = step_summary([finding(line=n) for n in range(1, SUMMARY_ROWS + 3)], "Lus.")
    assert "… et 2 autres constats, dans le journal de cette étape." in page
    assert len(page.encode()) < 2**20


# GitLab ---------------------------------------------------------------------------------------------------------------


def test_code_quality_follows_its_schema() -> None:
    jsonschema.validate(json.loads(code_quality(ALL_KINDS[:-1])), QUALITY)


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    marks = fingerprints([finding(), finding(), finding(line=14)])
    assert len(set(marks)) == 3


def test_a_fingerprint_outlives_lines_added_above() -> None:
    assert fingerprints([finding(line=12)]) == fingerprints([finding(line=15)])


# SARIF ----------------------------------------------------------------------------------------------------------------


def _sarif(*findings: Finding) -> Any:
    return json.loads(sarif(findings, CODES, "1.2.3"))


def test_sarif_follows_its_schema() -> None:
    SARIF.validate(_sarif(*ALL_KINDS))


def test_sarif_of_nothing_is_a_run_without_results() -> None:
    document = _sarif()
    SARIF.validate(document)
    assert document["runs"][0]["results"] == []


def test_each_result_leads_to_its_rule_and_the_rule_to_its_help() -> None:
    (run,) = _sarif(*ALL_KINDS)["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    documented = next(rule for rule in rules if rule["id"] == "band-gap")
    assert documented["shortDescription"]["text"] == CODES["band-gap"].what
    assert "```yaml" in documented["help"]["markdown"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("criteria.yaml", "criteria.yaml"),
        ("à b/%41.yaml", "%C3%A0%20b/%2541.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("/x/y.yaml", "file:///x/y.yaml"),
        (r"sous\dossier.yaml", "sous/dossier.yaml"),
        (r"C:\appel n° 1\a.yaml", "file:///C:/appel%20n%C2%B0%201/a.yaml"),
        (r"\\serveur\appel\a.yaml", "file://serveur/appel/a.yaml"),
    ],
)
def test_paths_become_references(path: str, uri: str) -> None:
    (result,) = _sarif(finding(path=path))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_stranger_cannot_put_a_link_in_a_message() -> None:
    (result,) = _sarif(finding("[lien](http://x)"))["runs"][0]["results"]
    assert result["message"]["text"] == r"\[lien\](http://x)"


@settings(max_examples=40)
@given(FINDINGS)
def test_sarif_is_valid_whatever_is_quoted(findings: list[Finding]) -> None:
    SARIF.validate(_sarif(*findings))


# JUnit ----------------------------------------------------------------------------------------------------------------


def test_junit_follows_its_schema() -> None:
    JUNIT.validate(junit(ALL_KINDS, ["criteria.yaml", "propre.yaml"]))


@settings(max_examples=40)
@given(FINDINGS)
def test_junit_is_valid_xml_whatever_is_quoted(findings: list[Finding]) -> None:
    JUNIT.validate(junit(findings, ["criteria.yaml"]))


def test_a_file_without_a_finding_is_a_case_that_passes() -> None:
    page = ET.fromstring(junit([finding()], ["criteria.yaml", "propre.yaml"]))  # noqa: S314 - ours
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in page] == [
        ("criteria.yaml", "1", "1"),
        ("propre.yaml", "1", "0"),
    ]


@pytest.mark.parametrize(("strict", "failures"), [(False, "1"), (True, "2")])
def test_warnings_fail_when_they_count(strict: bool, failures: str) -> None:
    page = ET.fromstring(junit(ALL_KINDS[:3], [], strict=strict))  # noqa: S314 - ours
    assert page.get("failures") == failures


def test_control_characters_are_spelled_out() -> None:
    assert r"\x1b[31m" in junit([finding("rouge \x1b[31m")], [])


# JSON -----------------------------------------------------------------------------------------------------------------


def test_json_gives_every_part_of_a_finding() -> None:
    document = json.loads(findings_json([ALL_KINDS[1]], ["criteria.yaml"]))
    (only,) = document["findings"]
    assert document | {"findings": []} == {
        "schema": 1,
        "files": ["criteria.yaml"],
        "counts": {"error": 0, "warning": 1, "note": 0},
        "findings": [],
    }
    assert only["related"] == [{"path": "autre.yaml", "line": 3, "column": None, "sheet": None, "cell": None}]
    assert (only["code"], only["line"], only["column"]) == ("never-acts", 20, 9)


# All of them ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        github_commands,
        lambda those: step_summary(those, "Lus."),
        code_quality,
        lambda those: junit(those, []),
    ],
)
def test_the_second_place_of_a_clash_is_told(written: Callable[[list[Finding]], str]) -> None:
    assert "voir aussi autre.yaml:3:7" in written([finding(related=(Location("autre.yaml", 3, 7),))])
