"""The command line itself: help, mistakes in it, streams, terminals, interruptions."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest
from conftest import Ami, Apply, Command

from ami_scoring import __version__
from ami_scoring.cli import commands
from ami_scoring.cli.exit_codes import ExitCode

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes, signals and terminals of POSIX")


def test_without_arguments_it_shows_its_help(ami: Ami) -> None:
    ran = ami()
    assert ran.code == ExitCode.DONE
    assert ran.out.startswith("Usage : ami [OPTIONS] COMMANDE …\n")
    assert all(f"  {name}" in ran.out for name in ("score", "explain", "validate"))
    assert ran.err == ""


@pytest.mark.parametrize("name", ["score", "explain", "validate"])
def test_each_command_has_its_help_in_french(name: str, ami: Ami) -> None:
    ran = ami(name, "--help")
    assert ran.code == ExitCode.DONE
    assert ran.out.startswith(f"Usage : ami {name} [OPTIONS] ")
    assert "Montre cette aide." in ran.out
    assert not {"Show", "Usage:", "Arguments:", "Options:", "[required]"} & set(ran.out.split())


def test_help_says_that_top_is_a_rank(ami: Ami) -> None:
    assert "jusqu'au rang N" in " ".join(ami("score", "--help").out.split())


def test_version_is_the_same_through_both_doors(ami: Ami, command: Command) -> None:
    assert ami("--version").out == command("--version").out == f"ami {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scor"], "la commande « scor » n'existe pas. Vouliez-vous dire « score » ?"),
        (["score"], "il manque CHEMIN…."),
        (["score", "nulle-part"], "le chemin « nulle-part » n'existe pas."),
        (["score", "candidatures", "--tpo", "3"], "l'option --tpo n'existe pas. Vouliez-vous dire --top ?"),
        (["score", "candidatures", "--top"], "l'option --top attend une valeur, une seule."),
        (["score", "candidatures", "--top", "trois"], "l'option --top : un nombre entier est attendu."),
        (["score", "candidatures", "--top", "0"], "l'option --top : il faut au moins 1."),
        (["score", "candidatures", "--format", "pdf"], "« pdf » n'est pas un choix"),
        (["score", "candidatures", "-o", "classement.doc"], "le suffixe de « classement.doc » n'est pas un format"),
        (["score", "candidatures", "-o", "classement"], "le suffixe de « classement » n'est pas un format"),
        (["explain", "candidatures"], "donnez au moins un chemin, puis la référence à expliquer."),
        (["explain"], "il manque CHEMIN… RÉFÉRENCE."),
        (["validate", "nulle-part.yaml"], "le chemin « nulle-part.yaml » n'existe pas."),
    ],
)
def test_a_mistake_in_the_command_line_is_told_in_french(arguments: list[str], said: str, ami: Ami) -> None:
    ran = ami(*arguments)
    assert ran.code == ExitCode.USAGE
    assert said in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_an_unknown_wave_is_a_mistake_in_the_command_line_that_lists_the_waves(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    ran = ami("score", "candidatures", "--wave", "v9")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == "Erreur : Aucune vague « v9 » ; les vagues sont : v1, v2.\n"


def test_a_bug_of_ours_is_told_as_such(ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    apply("A-1")
    monkeypatch.setattr(commands, "require_paths", fail)
    ran = ami("score", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.BUG, "")
    assert ran.err.startswith("Traceback")
    assert ran.err.endswith("C'est une erreur de ce programme, pas de vos fichiers. Merci de la signaler avec le texte ci-dessus.\n")


def test_a_control_character_of_a_path_is_spelt_out_in_the_mistake(ami: Ami) -> None:
    ran = ami("score", "a\x1b[31m\nb")
    assert (ran.code, ran.err.count("\n")) == (ExitCode.USAGE, 2)
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("name", ["score", "explain", "validate"])
def test_an_ascii_stream_degrades_letters_and_nothing_else(name: str, command: Command, apply: Apply) -> None:
    apply("A-1", more="locaux: {bureaux: 2}\n")
    reference = ["A-1"] if name == "explain" else []
    ran = command(name, "candidatures", *reference, PYTHONIOENCODING="ascii")
    assert ran.code == ExitCode.DONE
    assert ran.out.isascii()
    assert ran.out


def test_json_and_csv_are_in_utf_8_whatever_the_stream_says(command: Command, apply: Apply) -> None:
    apply("A-1")
    for kind in ("json", "csv"):
        assert "Comité" in command("score", "candidatures", "-f", kind, PYTHONIOENCODING="ascii").out or kind == "csv"
    assert command("score", "candidatures", "-f", "csv", PYTHONIOENCODING="ascii").out.startswith("\ufeffrang;")


def test_the_table_is_in_ascii_where_the_stream_is(command: Command, apply: Apply) -> None:
    apply("A-1")
    ran = command("score", "candidatures", "-f", "table", PYTHONIOENCODING="ascii")
    assert ran.out.isascii()
    assert "A-1" in ran.out


@pytest.mark.parametrize("columns", ["1", "20", "80", "999", "abc", "-5"])
def test_no_width_cuts_a_reference(columns: str, command: Command, apply: Apply) -> None:
    reference = "DOSSIER-2022-0001-OCCITANIE"
    apply(reference)
    ran = command("score", "candidatures", "-f", "table", COLUMNS=columns)
    assert ran.code == ExitCode.DONE
    assert reference in ran.out
    assert command("explain", "candidatures", reference, COLUMNS=columns).code == ExitCode.DONE


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False)],
)
def test_colour_is_for_terminals_unless_forced_and_never_against_no_color(
    environment: dict[str, str], coloured: bool, command: Command, apply: Apply
) -> None:
    apply("A-1")
    apply("A-2", more="locaux: {bureaux: beaucoup}\n")
    for arguments in (["score", "-f", "table"], ["validate"]):
        ran = command(*arguments, "candidatures", **environment)
        assert ("\x1b[" in ran.said) is coloured, arguments
    assert ("\x1b[" in command("explain", "candidatures", "A-1", **environment).out) is coloured


@POSIX
def test_on_a_terminal_the_result_is_a_table(call: Path, apply: Apply) -> None:
    apply("A-1")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "ami_scoring", "score", "candidatures", "--quiet"]
    with subprocess.Popen(command, stdout=follower, stderr=follower, env={**os.environ, "COLUMNS": "80"}) as process:
        os.close(follower)
        seen = b""
        while chunk := _read(leader):
            seen += chunk
    os.close(leader)
    assert process.returncode == ExitCode.DONE
    assert "limite : 1 place" in seen.decode()
    assert "\t" not in seen.decode()


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65_536)
    except OSError:
        return b""


@POSIX
@pytest.mark.parametrize("kind", ["tsv", "csv", "json", "markdown", "table"])
def test_a_reader_that_leaves_early_is_no_error(kind: str, call: Path, apply: Apply) -> None:
    lines = "".join(f'{{"reference": "R-{n}", "depose_le": "2022-02-01", "porteur": {{"nom": "C"}}, '
                    f'"implantation": {{"communes": [{{"code_insee": "09001"}}]}}}}\n' for n in range(600))
    (call / "tout.jsonl").write_text(lines)
    script = f'"{sys.executable}" -m ami_scoring score tout.jsonl -f {kind} | head -c 1; echo "${{PIPESTATUS[0]}}" >&2'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr.splitlines()[-1] == "0"
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@POSIX
def test_an_interruption_is_told_and_has_its_own_code(call: Path) -> None:
    # The last file is a line long enough to be still at work when the signal comes.
    text = '{"reference": "R", "depose_le": "2022-02-01", "porteur": {"nom": "C"}}\n'
    (call / "tout.jsonl").write_text(text * 60_000)
    started = monotonic()
    command = [sys.executable, "-m", "ami_scoring", "score", "tout.jsonl", "-o", "classement.json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        sleep(0.9)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED, (monotonic() - started, err[-200:])
    assert (out, err) == ("", "Interrompu.\n")
    assert not (call / "classement.json").exists()
