"""`ami score`: everything that people put in a folder, and nobody lost of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.sources.files.decoding import MAX_BYTES

from .door import Ami, Apply, Ran, Write, read, statuses

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")
CONTROLS = [chr(code) for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"]


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
