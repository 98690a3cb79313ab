"""`ami score`: what comes out, the policy that it needs, one wave alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, Ami, Apply, Write, statuses

SPACES = re.compile(r"[ \u00a0\u202f\n]+")


# --- What comes out ---------------------------------------------------------------------------------------------------


def test_results_go_to_stdout_and_everything_about_the_run_to_stderr(ami: Ami, apply: Apply) -> None:
    apply("A-1", more="locaux: {bureaux: 2}\n")
    ran = ami("score", "candidatures")
    assert ran.code == ExitCode.DONE
    assert [line.split()[:2] for line in ran.out.splitlines()[:2]] == [["Rang", "Dossier"], ["1", "A-1"]]
    assert ran.err == ""
    assert ami("score", "candidatures", "-f", "tsv").err == (
        "1 candidature lue : 1 retenue.\n"
        "1 place attribuée, acquise.\n"
        "Critères : Appel d'essai, édition essai no 1. Zonage : 2022.\n"
        "Des poids supposés.\n"
    )


def test_quiet_leaves_the_result_only(ami: Ami, apply: Apply) -> None:
    apply("A-1", more="locaux: {bureaux: beaucoup}\n")
    apply("A-2", more="locaux: {bureaux: 2}\n")
    loud, quiet = ami("score", "candidatures"), ami("score", "candidatures", "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (ExitCode.INPUT_ERRORS, loud.out, "")


@pytest.mark.parametrize("command", [["score", "candidatures", "-q"], ["explain", "candidatures", "A-1"]])
def test_an_assessors_file_that_cannot_be_read_is_told_even_quietly(
    command: list[str], ami: Ami, apply: Apply, write: Write
) -> None:
    """No result shows it, and every total that it bears on is wrong without it."""
    apply("A-1")
    apply("A-2", more="locaux: {bureaux: beaucoup}\n")
    write("avis/camille.yaml", "reference: A-1\nassesseur: Camille\navis: {projet: {note: 4\n")
    ran = ami(*command, "--assessments", "avis")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "avis/camille.yaml:" in ran.err
    assert "candidatures/A-2.yaml" not in ran.err
    assert ami(*command).err == ""


def test_a_wave_alone_is_scored_and_the_others_are_named(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    assert statuses(ami("score", "candidatures", "-f", "json", "--wave", "v1")) == {"A-1": "retenue"}
    assert statuses(ami("score", "candidatures", "-f", "json", "--wave", "v2")) == {"A-1": "autre vague"}


@pytest.mark.parametrize("kind", ["table", "tsv", "csv", "json", "markdown"])
def test_top_keeps_every_equal_of_its_last_rank(kind: str, ami: Ami, apply: Apply) -> None:
    for reference, rooms in (("PREM", 4), ("EGAL-A", 2), ("EGAL-B", 2), ("QUATR", 1)):
        apply(reference, name=f"{reference[-1]}.yaml", more=f"locaux: {{bureaux: {rooms}}}\n")
    shown = ami("score", "candidatures", "-f", kind, "--top", "2").out
    assert all(reference in shown for reference in ("PREM", "EGAL-A", "EGAL-B"))
    if kind == "json":
        shown = str([one["reference"] for one in json.loads(shown)["ranking"]])
    assert "QUATR" not in shown


def test_several_outputs_each_take_the_kind_of_their_suffix(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    names = ["c.csv", "c.tsv", "c.json", "c.md", "c.txt"]
    ran = ami("score", "candidatures", *(part for name in names for part in ("-o", name)))
    assert (ran.code, ran.out) == (ExitCode.DONE, "")
    assert all(f"Écrit : {name}\n" in ran.err for name in names)
    assert Path("c.csv").read_bytes().startswith(b"\xef\xbb\xbfrang;")
    assert json.loads(Path("c.json").read_bytes())["schema"] == 1
    for name in names:
        assert "A-1" in Path(name).read_text(encoding="utf-8")


def test_a_csv_has_the_same_bytes_on_stdout_and_in_a_file(call: Path, apply: Apply) -> None:
    apply("A-1")
    command = [sys.executable, "-m", "ami_scoring", "score", "candidatures", "-q", "-o", "c.csv", "-f", "csv"]
    shown = subprocess.run(command, capture_output=True, check=True).stdout
    assert shown == Path("c.csv").read_bytes()
    assert shown.count(b"\r\n") == shown.count(b"\n") == 2
    assert b"\r\r" not in shown


def test_a_format_asked_beside_an_output_is_shown_as_well(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    ran = ami("score", "candidatures", "-o", "c.csv", "-f", "markdown")
    assert ran.out.startswith("#")
    assert Path("c.csv").exists()


def test_two_runs_give_the_same_bytes(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    apply("A-2", code="09002")
    for kind in ("table", "tsv", "csv", "json", "markdown"):
        assert ami("score", "candidatures", "-f", kind) == ami("score", "candidatures", "-f", kind)


@pytest.mark.parametrize("name", ["absent/c.json", "dossier.json"])
def test_an_output_that_cannot_be_written_is_told_and_nothing_is_left(name: str, ami: Ami, apply: Apply) -> None:
    apply("A-1")
    Path("dossier.json").mkdir()
    ran = ami("score", "candidatures", "-o", name)
    assert ran.code == ExitCode.USAGE
    assert f"« {name} » n'est pas enregistré" in ran.err
    assert sorted(path.name for path in Path().iterdir()) == [
        "candidatures",
        "criteria.yaml",
        "dossier.json",
        "zonage.csv",
    ]


def test_a_run_that_fails_leaves_the_former_output_as_it_was(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1")
    write("c.json", "ancien")
    write("criteria.yaml", "language: 1\n")
    assert ami("score", "candidatures", "-o", "c.json", "--force").code == ExitCode.INPUT_ERRORS
    assert Path("c.json").read_text() == "ancien"


# --- The policy and its table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (bytes(range(128, 256)), "not-utf8"),
        (b"\0" * 300, "not-utf8"),
        (b"[", "yaml-syntax"),
        (b"language: 1\n---\nlanguage: 1\n", "several-documents"),
        (b"bonjour", "block-expected"),
    ],
)
def test_criteria_that_are_no_criteria_stop_everything(
    content: bytes, code: str, ami: Ami, apply: Apply, write: Write
) -> None:
    apply("A-1")
    write("criteria.yaml", content)
    ran = ami("score", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.INPUT_ERRORS, "")
    assert f"erreur {code} " in ran.err


def test_criteria_that_are_missing_or_a_folder_are_told(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    ran = ami("score", "candidatures", "--criteria", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.INPUT_ERRORS, "")
    assert ran.err.startswith("candidatures: erreur unreadable-file ")
    ran = ami("score", "candidatures", "--criteria", "absent.yaml")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert "« absent.yaml » n'existe pas" in ran.err
    assert "« ami init »" in ran.err


def test_personal_data_are_asked_for_in_a_workbook_only(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    ran = ami("score", "candidatures", "--with-personal-data", "-o", "r.csv")
    assert (ran.code, "-o FICHIER.xlsx" in ran.err) == (ExitCode.USAGE, True)


def test_every_mistake_of_criteria_is_shown_at_once(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1")
    broken = CRITERIA.replace("fact: zonage", "fact: zonnage").replace("weight: 20", "weight: 21")
    write("criteria.yaml", broken.replace("fact: locaux.bureaux", "fact: locaux.bureau"))
    ran = ami("score", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.INPUT_ERRORS, "")
    assert ran.err.count("erreur unknown-fact") == 2
    assert "Vouliez-vous dire « zonage » ?" in ran.err
    assert ran.err.splitlines()[-1] == "3 erreurs"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "unreadable-file"),
        (b"", "zoning-columns"),
        (b"code,type\n", "zoning-columns"),
        (b"code,type,zone,edition,source\n", "zoning-empty"),
        (b"code,type,zone,edition,source\n9001,commune,ZIP,2022,x\n", "zoning-code"),
        (b"code,type,zone,edition,source\n09001,commune,ZIPP,2022,x\n", "zoning-zone"),
        (b"code,type,zone,edition,source\n09001,epci,ZIP,2022,x\n", "zoning-type"),
        (b"code,type,zone,edition,source\n09001,commune,ZIP,2022\n", "zoning-row"),
        (b'code,type,zone,edition,source\n09001,commune,ZIP,2022,"x\n', "zoning-syntax"),
        ("code,type,zone,edition,source\n09001,commune,ZIP,2022,é\n".encode("utf-16"), "not-utf8"),
    ],
)
def test_a_zoning_table_that_is_missing_or_broken_stops_everything(
    content: bytes | None, code: str, ami: Ami, apply: Apply, write: Write
) -> None:
    apply("A-1")
    Path("zonage.csv").unlink()
    if content is not None:
        write("zonage.csv", content)
    ran = ami("score", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.INPUT_ERRORS, "")
    assert "zonage.csv:" in ran.err
    assert f"erreur {code} " in ran.err
    assert ran.err.count("erreur zoning-unusable") == 1


def test_a_commune_without_a_name_is_named_by_its_code_in_every_output(ami: Ami, write: Write) -> None:
    place = "{communes: [{code_insee: '09001', principale: oui}, {code_insee: '09002'}]}"
    write("candidatures/a.yaml", f"reference: A-1\ndepose_le: 2022-02-01\nporteur: {{nom: C}}\nimplantation: {place}\n")
    assert "commune 09001 +1" in ami("score", "candidatures", "-f", "table").out
    assert "commune 09001" in ami("score", "candidatures", "-f", "markdown").out
    assert ami("explain", "candidatures", "A-1").out.startswith("A-1 · C · commune 09001 (09)\n")
    ami("score", "candidatures", "-o", "c.xlsx")
    with ZipFile("c.xlsx") as book:
        assert any(b"commune 09001" in book.read(name) for name in book.namelist())


def test_the_code_of_a_commune_without_a_name_is_never_cut(
    ami: Ami, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = "{communes: [{code_insee: '09001'}]}"
    write("candidatures/a.yaml", f"reference: A-1\ndepose_le: 2022-02-01\nporteur: {{nom: C}}\nimplantation: {place}\n")
    for width in range(40, 100, 3):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = ami("score", "candidatures", "-f", "table").out
        assert "Commune" not in shown or " 09001" in shown


# --- One wave alone ---------------------------------------------------------------------------------------------------


def _deposits(write: Write) -> None:
    """Write a complete version of the first wave and one of the second that lacks its rooms."""
    for reference, day, more in (("V-1", "2022-02-01", "locaux: {bureaux: 2}\n"), ("V-2", "2022-09-01", "")):
        write(
            f"candidatures/{reference}.yaml",
            f"reference: {reference}\ndepose_le: {day}\nporteur: {{nom: Foix}}\n"
            f"implantation: {{communes: [{{code_insee: '09001'}}]}}\n{more}",
        )


@pytest.mark.parametrize(
    ("wave", "said"),
    [
        ("v1", "une autre version existe : V-2, déposée le 1er septembre 2022 (Vague 2)"),
        ("v2", "une autre version existe : V-1, déposée le 1er février 2022 (Vague 1)"),
    ],
)
def test_a_version_of_another_wave_is_told_in_every_output(wave: str, said: str, ami: Ami, write: Write) -> None:
    _deposits(write)
    names = ["r.csv", "r.tsv", "r.json", "r.md", "r.txt"]
    outputs = [part for name in names for part in ("-o", name)]
    assert ami("score", "candidatures", "-q", "--wave", wave, *outputs, "-o", "r.xlsx").code == ExitCode.DONE
    told = {name: Path(name).read_text(encoding="utf-8-sig") for name in names}
    told["explain"] = ami("explain", "candidatures", wave.upper().replace("V", "V-"), "--wave", wave).out
    plain = {name: SPACES.sub(" ", text) for name, text in told.items()}
    assert {name for name, text in plain.items() if said not in text} == set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it drops the newer data bars
        book = load_workbook("r.xlsx", data_only=True)
    cells = [(sheet.title, SPACES.sub(" ", str(cell))) for sheet in book for row in sheet.values for cell in row]
    # The workbook names the commune beside each reference.
    in_book = re.sub("(V-[12])", r"\1 (commune 09001)", said[1:])
    assert {"Classement", "Fiche"} <= {title for title, text in cells if in_book in text}


def test_all_waves_together_name_a_version_once(ami: Ami, write: Write) -> None:
    _deposits(write)
    assert "une autre version" not in ami("score", "candidatures").said
