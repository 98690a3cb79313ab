"""What thousands of mistakes show: the first of each kind one by one, the others counted, and an end to all."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.findings import MOST_OF_A_KIND, Finding, Location, Severity, Tally
from ami_scoring.messages import Message
from ami_scoring.sources.doors import assessments, documents, room

from .door import Ami, Apply, Write

EMPTY = "{}\n" * (MOST_OF_A_KIND + 10)
LINE = (
    '{"reference": "A-%d", "depose_le": "2022-02-01", "porteur": {"nom": "C"}, '
    '"implantation": {"communes": [{"code_insee": "09001"}]}%s}\n'
)


def finding(line: int, code: str = "unknown-key") -> Finding:
    return Finding(code, Severity.ERROR, Message("m"), Location("f", line))


def test_beyond_the_first_of_a_kind_findings_are_counted() -> None:
    tally = Tally()
    kept = [each for each in map(finding, range(MOST_OF_A_KIND + 3)) if tally.keeps(each)]
    (others,) = tally.others()
    assert (len(kept), others.times, others.where.line) == (MOST_OF_A_KIND, 3, MOST_OF_A_KIND)
    assert str(others.message) == "… et 3 autres de ce genre, d'ici à la fin du fichier."
    assert tally.keeps(finding(1, "other"))


def test_a_lone_finding_beyond_is_told_as_it_is() -> None:
    tally = Tally()
    told = [finding(line) for line in range(MOST_OF_A_KIND + 1)]
    assert [tally.keeps(each) for each in told][-1] is False
    assert list(tally.others()) == [told[-1]]


def test_what_is_counted_once_is_counted_on() -> None:
    first, second = Tally(), Tally()
    for line in range(MOST_OF_A_KIND + 3):
        first.keeps(finding(line))
    (others,) = first.others()
    assert not second.keeps(others)
    assert [each.times for each in second.others()] == [3]


def test_thousands_of_empty_records_are_told_in_a_few_lines(ami: Ami, write: Write) -> None:
    write("vides.jsonl", EMPTY)
    ran = ami("validate", "criteria.yaml", "vides.jsonl", "-f", "json")
    said = json.loads(ran.out)
    assert said["counts"]["error"] == 4 * (MOST_OF_A_KIND + 10)
    told = [each for each in said["findings"] if each["path"] == "vides.jsonl"]
    assert len(told) == MOST_OF_A_KIND + 1
    assert [each["times"] for each in told if "times" in each] == [4 * (MOST_OF_A_KIND + 10) - MOST_OF_A_KIND]
    text = ami("validate", "criteria.yaml", "vides.jsonl").out
    assert "autres de ce genre, d'ici à la fin du fichier." in text


@pytest.mark.parametrize(
    ("name", "head", "line"),
    [
        ("beaucoup.json", (LINE % (1, ""))[:-2], ', "cle%d": 1'),
        ("beaucoup.yaml", "reference: A-1\n", "cle%d: 1\n"),
    ],
)
def test_a_document_of_unknown_keys_is_refused_after_a_thousand(
    ami: Ami, write: Write, name: str, head: str, line: str
) -> None:
    write(name, head + "".join(line % place for place in range(3_000)) + ("}" if name.endswith("json") else ""))
    said = json.loads(ami("validate", "criteria.yaml", name, "-f", "json").out)
    assert said["counts"]["error"] == documents.MOST_WRONG + 1
    (whole,) = [each for each in said["findings"] if each["code"] == "too-many-errors"]
    assert whole["message"] == "Plus de 1\u202f000 fautes dans ce document : il est refusé en entier."
    counts = json.loads(ami("score", name, "-f", "json").out)["counts"]
    assert counts["illisible"] == 1


def test_each_of_them_is_still_counted_as_a_candidature(ami: Ami, write: Write) -> None:
    write("vides.jsonl", EMPTY)
    said = json.loads(ami("score", "vides.jsonl", "-f", "json").out)
    assert said["counts"]["illisible"] == MOST_OF_A_KIND + 10
    assert len(said["set_aside"]) == MOST_OF_A_KIND + 10
    assert said["set_aside"][-1]["line"] == MOST_OF_A_KIND + 10
    assert any("autres de ce document" in reason for reason in said["set_aside"][-1]["reasons"])


def test_where_too_much_is_wrong_the_line_alone_is_told(
    ami: Ami, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_CROWD", 0)
    write(
        "f.jsonl", "".join(LINE % (i, f', "cle{i}": 1' if i % 2 else ', "locaux": {"bureaux": "x"}') for i in range(2))
    )
    said = json.loads(ami("validate", "criteria.yaml", "f.jsonl", "-f", "json").out)["findings"]
    wrong = {"number-expected", "unknown-key"}
    told = [(each["line"], each["column"] is None) for each in said if each["code"] in wrong]
    assert told == [(1, False), (2, True)]


def test_more_candidatures_than_are_ever_read_are_not_ranked(
    ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MAX_RECORDS", 2)
    for reference in ("A-1", "A-2"):
        apply(reference)
    assert ami("score", "candidatures").code == ExitCode.DONE
    apply("A-3", more="inconnue: 1\n")
    ran = ami("score", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.INPUT_ERRORS, "")
    assert "too-many-records Plus de 2 candidatures en tout : la suite n'est pas lue." in ran.err
    assert ran.err.endswith("Rien n'est classé : un classement qui ignore des candidatures ne vaudrait rien.\n")
    assert "too-many-records" in ami("validate", "criteria.yaml", "candidatures").out


def test_more_broken_lines_than_are_ever_read_are_told(ami: Ami, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_RECORDS", 2)
    write("f.jsonl", "{\n" * 5)
    ran = ami("score", "f.jsonl")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "too-many-records" in ran.err


def test_more_opinions_than_are_ever_read_are_refused(
    ami: Ami, apply: Apply, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assessments, "MAX_RECORDS", 1)
    apply("A-1")
    write("avis.yaml", "---\n".join(f"reference: A-1\nassesseur: J{i}\navis: {{}}\n" for i in range(2)))
    ran = ami("score", "candidatures", "-a", "avis.yaml")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "too-many-records Plus de 1 avis en tout : rien n'en est lu." in ran.err


def test_a_reference_that_many_bear_names_a_few_of_them(ami: Ami, write: Write) -> None:
    write("f.jsonl", (LINE % (1, "")) * 9)
    said = json.loads(ami("validate", "criteria.yaml", "f.jsonl", "-f", "json").out)["findings"]
    shared = [each["message"] for each in said if each["code"] == "shared-reference"]
    assert len(shared) == 9
    assert shared[0].endswith("f.jsonl:2, f.jsonl:3, f.jsonl:4, f.jsonl:5, f.jsonl:6, 3 autres.")
    assert shared[8].endswith("f.jsonl:1, f.jsonl:2, f.jsonl:3, f.jsonl:4, f.jsonl:5, 3 autres.")


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("score candidatures -o", ".json"),
        ("validate criteria.yaml -o", ".json"),
        ("robustness candidatures -o", ".json"),
        ("template", ".yaml"),
    ],
)
def test_a_result_whose_name_the_system_refuses_is_not_saved(words: str, end: str, ami: Ami, apply: Apply) -> None:
    apply("A-1")
    for name in ("x" * 300 + end, "x" * 300 + f"/y{end}"):
        ran = ami(*words.split(), name)
        assert (ran.code, ran.out) == (ExitCode.USAGE, "")
        assert " n'est pas enregistré : " in ran.err


def test_standard_input_cannot_be_a_folder(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"reference: A-1\n")))
    ran = ami("validate", "-", "--stdin-filename", "candidatures")
    assert ran.code == ExitCode.USAGE
    assert "« candidatures » est un dossier" in ran.err


@pytest.mark.parametrize("name", ["a\u202eb.yaml", "a" * 300 + ".yaml", "x.xlsx", "x", os.devnull])
def test_standard_input_may_have_any_name(name: str, ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"reference: A-1\n")))
    ran = ami("validate", "-", "--stdin-filename", name)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "erreur" in ran.out


def test_what_turns_a_line_round_is_an_escape_in_json(ami: Ami, apply: Apply) -> None:
    apply("A-1", more="locaux: {bureaux: x\u202ey\u200b}\n")
    for kind in ("json", "sarif", "gitlab"):
        out = ami("validate", "criteria.yaml", "candidatures", "-f", kind).out
        assert "\u202e" not in out
        assert "\u200b" not in out
        json.loads(out)
    assert "\\u202e" in ami("validate", "criteria.yaml", "candidatures", "-f", "json").out


def test_a_name_too_long_for_a_mapping_beside_it_is_no_mistake(ami: Ami, write: Write) -> None:
    name = "a" * 240 + ".csv"
    write(name, "x;y\n1;2\n")
    ran = ami("validate", "criteria.yaml", name)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "not-a-form" in ran.out
    assert Path(name).exists()
