"""`ami score`: what goes in, what comes out, and everything that people put in a folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.sources.files.decoding import MAX_BYTES

from .door import CRITERIA, Ami, Apply, Ran, Write

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")
SPACES = re.compile(r"[ \u00a0\u202f\n]+")
CONTROLS = [chr(code) for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"]


def read(ran: Ran) -> dict[str, Any]:
    result = json.loads(ran.out)
    assert isinstance(result, dict)
    return result


def statuses(ran: Ran) -> dict[str | None, str]:
    result = read(ran)
    return {one["reference"]: one["status"] for one in (*result["ranking"], *result["set_aside"])}


def codes(ran: Ran) -> list[str]:
    return [finding["code"] for finding in read(ran)["findings"]]


def refused(ami: Ami, *arguments: str | Path) -> str:
    """Give the code of the only finding about one broken candidature, and check that a good one was ranked beside."""
    ran = ami("score", *(arguments or ["candidatures"]), "-f", "json", "--findings")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "Traceback" not in ran.err
    found = read(ran)
    ranked = [one["reference"] for one in found["ranking"] if one["rank"] is not None]
    assert (ranked, found["counts"]["illisible"] + found["counts"]["à corriger"]) == (["BON"], 1)
    (code,) = codes(ran)
    assert code in ran.err
    return code


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


# --- Nobody is lost ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [[], ["notes.md"], ["lisezmoi.md"], [".cache.yaml"], ["~$form.xlsx"]])
def test_a_folder_without_candidature_has_its_own_code(more: list[str], ami: Ami, write: Write) -> None:
    for name in more:
        write(f"candidatures/{name}", "x")
    ran = ami("score", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.NOTHING_TO_SCORE, "")
    assert ran.err.endswith("Aucune candidature dans : candidatures.\n")
    assert ("files-passed-over" in ran.err) is (more in (["notes.md"], [".cache.yaml"]))


def test_the_same_file_given_several_times_is_read_once(ami: Ami, apply: Apply) -> None:
    path = apply("A-1")
    ran = ami("score", path, "candidatures", f"./{path}", path.absolute(), "-f", "json")
    assert (ran.code, statuses(ran)) == (ExitCode.DONE, {"A-1": "retenue"})


def test_two_files_with_one_reference_are_both_set_aside_and_told(ami: Ami, apply: Apply) -> None:
    apply("A-1", name="un.yaml")
    apply("a-1", name="deux.yaml")
    apply("A-2")
    ran = ami("score", "candidatures", "-f", "json")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert statuses(ran) == {"A-1": "illisible", "a-1": "illisible", "A-2": "retenue"}
    assert codes(ran) == ["shared-reference"] * 2


@pytest.mark.parametrize(
    ("name", "content", "read_too", "broken"),
    [
        ("s.yaml", "reference: X\nreference: X\n---\nreference: Y\nreference: Y\n---\n{}\n", 0, 3),
        ("s.yaml", "a: 1\na: 1\nb: 1\nb: 1\n---\n{}\n", 0, 2),
        ("s.json", '[{"a": 1, "a": 2}, {"b": ",[{", "b": 2, "c": NaN}, {}]', 0, 3),
        ("s.json", '{"a": 1, "a": 2, "b": 3, "b": NaN}', 0, 1),
        ("s.jsonl", '{"a": 1, "a": 2}\nnon\n{}\n', 0, 3),
    ],
)
def test_each_broken_document_of_a_file_counts(
    name: str, content: str, read_too: int, broken: int, ami: Ami, apply: Apply, write: Write
) -> None:
    apply("BON")
    write(f"candidatures/{name}", content)
    ran = ami("score", "candidatures", "-f", "json")
    assert read(ran)["counts"]["illisible"] == broken
    assert sum(read(ran)["counts"].values()) == broken + 1 + read_too


def test_one_broken_file_never_stops_the_others(ami: Ami, apply: Apply, write: Write) -> None:
    for number in range(5):
        apply(f"A-{number}")
    write("candidatures/A-2.yaml", "reference: [")
    ran = ami("score", "candidatures", "-f", "json")
    assert sorted(one["reference"] for one in read(ran)["ranking"]) == ["A-0", "A-1", "A-3", "A-4"]
    assert [one["status"] for one in read(ran)["set_aside"]] == ["illisible"]


# --- What people and others put in files ------------------------------------------------------------------------------

GOOD = "reference: X\ndepose_le: 2022-02-01\nporteur: {nom: C}\nimplantation: {communes: [{code_insee: 09001}]}\n"
GOOD_JSON = (
    '{"reference": "X", "depose_le": "2022-02-01", "porteur": {"nom": "C"}, '
    '"implantation": {"communes": [{"code_insee": "09001", "nom": "C"}]}}'
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("ancre.yaml", "a: &a [x]\n" + GOOD, "anchor-refused"),
        ("renvoi.yaml", "a: *a\n" + GOOD, "anchor-refused"),
        ("profond.yaml", "[" * 41, "too-deep"),
        ("profond.json", "[" * 41, "too-deep"),
        ("profond.jsonl", '{"a":' * 41 + "1" + "}" * 41, "too-deep"),
        ("etiquette.yaml", "a: !!python/tuple [b]\n", "tag-refused"),
        ("doublon.yaml", GOOD + "reference: Y\n", "duplicate-key"),
        ("doublon.json", '{"reference": "X", "reference": "Y"}', "duplicate-key"),
        ("nan.json", '{"reference": NaN}', "not-a-number"),
        ("nan.yaml", GOOD + "locaux: {surface_m2: .nan}\n", "number-expected"),
        ("infini.yaml", GOOD + "locaux: {surface_m2: .inf}\n", "number-expected"),
        ("immense.yaml", GOOD + f"locaux: {{bureaux: {'9' * 16}}}\n", "number-range"),
        ("immense.json", '{"reference": ' + "9" * 101 + "}", "number-too-long"),
        ("utf16.yaml", GOOD.encode("utf-16"), "not-utf8"),
        ("utf16.json", '{"reference": "X"}'.encode("utf-16-le"), "not-utf8"),
        ("ansi.yaml", GOOD.replace("nom: C", "nom: Côte").encode("cp1252"), "not-utf8"),
        ("nul.yaml", GOOD + "\0", "nul-character"),
        ("controle.yaml", GOOD + "# \x07\n", "control-character"),
        ("vide.yaml", "", "empty-file"),
        ("vide.json", " \n", "empty-file"),
        ("vide.jsonl", "\n\n", "empty-file"),
        ("commentaire.yaml", "# rien\n", "empty-file"),
        ("tableau.json", "[]", "empty-file"),
        ("binaire.yaml", bytes(range(128, 256)), "not-utf8"),
        ("texte.yaml", "bonjour", "block-expected"),
        ("nombre.json", "12", "block-expected"),
        ("liste.yaml", "- a\n", "block-expected"),
        ("siren.yaml", GOOD.replace("nom: C", "nom: C, siren: 123456789"), "siren-form"),
        ("date.yaml", GOOD.replace("2022-02-01", "2022-02-30"), "date-unknown"),
        ("heure.yaml", GOOD.replace("2022-02-01", "2022-10-30T02:30:00"), "moment-without-offset"),
        ("code.json", GOOD_JSON.replace('"09001"', "9001"), "code-insee-form"),
        ("inconnue.yaml", GOOD + "locaux: {bureau: 2}\n", "unknown-key"),
        ("oui.yaml", GOOD + "locaux: {adaptes: peut-être}\n", "flag-expected"),
    ],
)  # fmt: skip
def test_a_trap_is_refused_with_its_code_and_the_rest_is_scored(
    name: str, content: str | bytes, code: str, ami: Ami, apply: Apply, write: Write
) -> None:
    apply("BON")
    write(f"candidatures/{name}", content)
    assert refused(ami) == code


def test_a_leading_zero_and_a_no_keep_their_meaning(ami: Ami, apply: Apply) -> None:
    apply("NO", code="01000", more="locaux: {adaptes: non, bureaux: 1_000}\n")
    ran = ami("score", "candidatures", "-f", "json")
    assert statuses(ran) == {"NO": "à corriger"}
    apply("NO", code="01000", more="locaux: {adaptes: NO, bureaux: 010}\n")
    (one,) = read(ami("score", "candidatures", "-f", "json"))["ranking"]
    assert (one["reference"], one["commune_code"], one["department"]) == ("NO", "01000", "01")
    assert one["criteria"]["bureaux"]["facts"] == {"locaux.bureaux": 10}


def test_a_commune_missing_from_the_zoning_table_waits_and_is_told(ami: Ami, apply: Apply) -> None:
    apply("A-1", code="31999")
    ran = ami("score", "candidatures", "-f", "json")
    assert (ran.code, statuses(ran)) == (ExitCode.DONE, {"A-1": "à compléter"})
    assert codes(ran) == ["commune-not-zoned"]


def test_a_file_one_byte_too_large_is_refused_unread(ami: Ami, apply: Apply) -> None:
    apply("BON")
    with Path("candidatures/gros.yaml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert refused(ami) == "too-large"


@POSIX
def test_what_cannot_be_read_is_told_and_never_waited_for(ami: Ami, apply: Apply) -> None:
    apply("BON")
    Path("candidatures/lien.yaml").symlink_to("nulle-part.yaml")
    os.mkfifo("candidatures/tube.yaml")
    Path("candidatures/boucle.yaml").symlink_to("boucle.yaml")
    ran = ami("score", "candidatures", "-f", "json")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert read(ran)["counts"]["illisible"] == 3
    assert codes(ran) == ["unreadable-file"] * 3


def test_a_folder_that_is_named_like_a_file_is_a_folder(ami: Ami, apply: Apply) -> None:
    apply("BON", name="lot.yaml/bon.yaml")
    assert statuses(ami("score", "candidatures", "-f", "json")) == {"BON": "retenue"}
    assert statuses(ami("score", "candidatures/lot.yaml", "-f", "json")) == {"BON": "retenue"}


@POSIX
def test_a_loop_of_links_is_walked_once(ami: Ami, apply: Apply) -> None:
    apply("BON")
    Path("candidatures/encore").symlink_to(".")
    Path("candidatures/autre").mkdir()
    Path("candidatures/autre/retour").symlink_to("..")
    ran = ami("score", "candidatures", "-f", "json")
    assert (ran.code, statuses(ran)) == (ExitCode.DONE, {"BON": "retenue"})


@pytest.mark.parametrize("kind", ["table", "tsv", "csv", "json", "markdown"])
def test_nothing_of_a_name_reaches_the_terminal_as_an_order(kind: str, ami: Ami, write: Write) -> None:
    name = "SCOP [/] [red]x[/red] [link=http://x]y[/link] \\u001b[31m \\u202e \\u0007 \\r \\u009b31m =1+1"
    write("candidatures/a.json", GOOD_JSON.replace('"C"', f'"{name}"'))
    ran = ami("score", "candidatures", "-f", kind)
    assert ran.code == ExitCode.DONE
    assert not any(char in ran.out.replace("\r\n", "\n") for char in [*CONTROLS, "\u202e", "\x9b"])
    assert "[red]x" in ran.out.replace("\\", "")


@POSIX
@pytest.mark.parametrize("name", [b"a\xffb.yaml", b"a\nb.yaml", b"a\x1b[31mb.yaml", b"[red]a[bold].yaml", b"a\tb.yaml"])
def test_a_strange_file_name_is_shown_harmlessly(name: bytes, ami: Ami) -> None:
    for content, status in ((GOOD.encode(), ExitCode.DONE), (b"reference: [", ExitCode.INPUT_ERRORS)):
        Path(os.fsdecode(b"candidatures/" + name)).write_bytes(content)
        for kind in ("table", "tsv", "csv", "json", "markdown"):
            ran = ami(
                "score", "candidatures", "-f", kind, "-o", f"c.{kind[:4].replace('mark', 'md').replace('tabl', 'txt')}"
            )
            assert ran.code == status, ran.err
            assert not any(char in ran.said.replace("\r\n", "\n").replace("\t", "") for char in CONTROLS)
        assert len(ami("score", "candidatures", "-f", "tsv").out.splitlines()) == 2
        assert ami("validate", "candidatures").code == status
    Path(os.fsdecode(b"candidatures/" + name)).write_bytes(GOOD.encode())
    assert ami("explain", "candidatures", "X").code == ExitCode.DONE


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
