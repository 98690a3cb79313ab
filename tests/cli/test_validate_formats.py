"""`ami validate` for editors and CI servers: formats, standard input, files, strictness, explanations."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ami_scoring import __version__
from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, Ami, Apply, Command, Write

BROKEN = CRITERIA.replace("total: 50", "total: 51")
LINE = BROKEN[: BROKEN.index("  - id: zonage")].count("\n") + 1


def _stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.mark.parametrize("kind", ["json", "gitlab", "sarif"])
def test_stdout_holds_the_format_alone(kind: str, ami: Ami, write: Write) -> None:
    write("criteria.yaml", BROKEN)
    ran = ami("validate", "--format", kind)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "weights-sum" in json.dumps(json.loads(ran.out))
    assert ran.err == "Lus : 1 fichier de critères ; 1 erreur à corriger.\n"


def test_junit_tells_every_file_read(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    ran = ami("validate", "candidatures", "--format", "junit")
    page = ET.fromstring(ran.out.encode())  # noqa: S314 - ours
    assert [suite.get("name") for suite in page] == ["candidatures/A-1.yaml", "criteria.yaml"]


def test_github_prints_the_text_then_the_annotations(ami: Ami, write: Write) -> None:
    write("criteria.yaml", BROKEN)
    out = ami("validate", "--format", "github").out
    assert out.index(f"criteria.yaml:{LINE}:3: erreur weights-sum") < out.index(
        f"::error file=criteria.yaml,line={LINE},col=3,"
    )


def test_github_appends_a_summary_where_it_says(command: Command, call: Path) -> None:
    page = call / "summary.md"
    page.write_text("Avant.\n", encoding="utf-8")
    command("validate", "--format", "github", GITHUB_STEP_SUMMARY=str(page))
    assert page.read_text(encoding="utf-8").startswith("Avant.\n## ami validate\n\nLus : 1 fichier de critères")


def test_a_summary_that_cannot_be_written_stops_nothing(command: Command, call: Path) -> None:
    ran = command("validate", "--format", "github", GITHUB_STEP_SUMMARY=str(call))
    assert ran.code == ExitCode.DONE
    assert "Le résumé de l'étape n'est pas écrit" in ran.err


def test_other_formats_leave_the_summary_alone(command: Command, call: Path) -> None:
    command("validate", GITHUB_STEP_SUMMARY=str(call / "summary.md"))
    assert not (call / "summary.md").exists()


def test_with_a_file_the_screen_keeps_the_text(ami: Ami, write: Write) -> None:
    write("criteria.yaml", BROKEN)
    ran = ami("validate", "--format", "sarif", "--output", "ami.sarif")
    assert f"criteria.yaml:{LINE}:3: erreur weights-sum" in ran.out
    assert "Écrit : ami.sarif\n" in ran.out
    assert json.loads(Path("ami.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_text_goes_to_a_file_without_colours(command: Command, call: Path) -> None:
    (call / "criteria.yaml").write_text(BROKEN, encoding="utf-8")
    ran = command("validate", "--output", "constats.txt", FORCE_COLOR="1")
    assert "\x1b[" in ran.out
    written = (call / "constats.txt").read_text(encoding="utf-8")
    assert "\x1b[" not in written
    assert written.endswith(f"1 erreur à corriger.\n\nÉcrit par ami-scoring {__version__}.\n")


def test_a_file_that_cannot_be_written_is_a_mistake_of_the_command_line(ami: Ami) -> None:
    assert ami("validate", "--output", "absent/constats.txt").code == ExitCode.USAGE


def test_standard_input_takes_the_place_of_a_file(ami: Ami, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("criteria.yaml", "ce qui n'est pas encore enregistré")
    _stdin(monkeypatch, BROKEN)
    ran = ami("validate", "-", "--stdin-filename", "criteria.yaml")
    assert ran.out.startswith(f"criteria.yaml:{LINE}:3: erreur weights-sum")


def test_standard_input_reads_a_candidature_in_the_light_of_the_criteria(
    ami: Ami, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stdin(monkeypatch, "reference: A-1\n")
    ran = ami("validate", "-", "--stdin-filename", "candidatures/nouvelle.yaml")
    assert "candidatures/nouvelle.yaml:1:1: erreur missing-key" in ran.out


def test_standard_input_has_a_name_of_its_own(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    _stdin(monkeypatch, BROKEN)
    assert ami("validate", "-").out.startswith(f"entrée-standard.yaml:{LINE}:3: erreur weights-sum")


def test_a_name_without_standard_input_is_a_mistake(ami: Ami) -> None:
    ran = ami("validate", "--stdin-filename", "criteria.yaml")
    assert ran.code == ExitCode.USAGE
    assert "l'option --stdin-filename accompagne « - »" in ran.err


def test_several_policies_are_read_in_one_run(ami: Ami, write: Write) -> None:
    write("criteria-2023.yaml", BROKEN)
    ran = ami("validate", "criteria.yaml", "criteria-2023.yaml")
    assert ran.out.startswith(f"criteria-2023.yaml:{LINE}:3: erreur weights-sum")
    assert "Lus : 2 fichiers de critères ; 1 erreur à corriger, " in ran.out


def test_a_policy_that_looks_like_nothing_is_known_by_its_name(ami: Ami, write: Write) -> None:
    write("criteria-vide.yaml", "")
    assert ami("validate", "criteria-vide.yaml").out.startswith("criteria-vide.yaml:1: erreur empty-file")


@pytest.mark.parametrize(("options", "code"), [((), ExitCode.DONE), (("--strict",), ExitCode.INPUT_ERRORS)])
def test_warnings_count_when_asked(options: tuple[str, ...], code: ExitCode, ami: Ami, apply: Apply) -> None:
    apply("A-1", code="09003")
    ran = ami("validate", "candidatures", *options)
    assert "avertissement commune-not-zoned" in ran.out
    assert ran.code == code


def test_paths_are_written_as_seen_from_the_current_folder(ami: Ami, call: Path, write: Write) -> None:
    write("criteria.yaml", BROKEN)
    assert ami("validate", call / "criteria.yaml").out.startswith(f"criteria.yaml:{LINE}:3:")


def test_a_code_is_explained(ami: Ami) -> None:
    ran = ami("validate", "--explain", "band-gap")
    assert ran.code == ExitCode.DONE
    assert ran.out.startswith("band-gap\n\nUne valeur possible n'est dans aucune tranche.\n")


def test_an_unknown_code_suggests_the_nearest(ami: Ami) -> None:
    ran = ami("validate", "--explain", "bandgap")
    assert ran.code == ExitCode.USAGE
    assert "le code « bandgap » n'existe pas. Vouliez-vous dire « band-gap » ?" in ran.err


@pytest.mark.parametrize("what", ["criteria", "candidature"])
def test_a_schema_is_printed(what: str, ami: Ami) -> None:
    assert json.loads(ami("schema", what).out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("kind", "second"),
    [
        ("text", "voir aussi criteria.yaml:{line}:55"),
        ("github", "%0Avoir aussi criteria.yaml:{line}:55"),
        ("gitlab", "voir aussi criteria.yaml:{line}:55"),
        ("junit", "voir aussi criteria.yaml:{line}:55"),
        ("json", '"column": 55'),
        ("sarif", '"startColumn": 55'),
    ],
)
def test_two_bands_that_clash_are_both_pointed_at(kind: str, second: str, ami: Ami, write: Write) -> None:
    rooms = "{kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}"
    bands = "{kind: bands, fact: locaux.bureaux, bands: [{up_to: 3, points: 0}, {from: 3, points: 20}]}"
    text = CRITERIA.replace(rooms, bands)
    write("criteria.yaml", text)
    out = ami("validate", "-f", kind).out
    assert "band-overlap" in out
    assert second.format(line=text[: text.index("kind: bands")].count("\n") + 1) in out
