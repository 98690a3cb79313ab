"""The command line itself: help, mistakes in it, streams, terminals, interruptions."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from time import monotonic, sleep

import pytest

from ami_scoring import __version__
from ami_scoring.cli import commands
from ami_scoring.cli.app import run as run_ami
from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami, Apply, Command, Ran, Terminal

if sys.platform != "win32":
    import pty

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
    assert ami("--version") == command("--version") == Ran(0, f"ami {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scor"], "la commande « scor » n'existe pas. Vouliez-vous dire « score » ?"),
        (["score"], "il manque CHEMIN…."),
        (["score", "nulle-part"], "le chemin « nulle-part » n'existe pas."),
        (
            ["score", "candidatures", "--tpo", "3"],
            "l'option --tpo n'existe pas. Vouliez-vous dire --map ou --output ou --top ?",
        ),
        (["score", "candidatures", "--top"], "l'option --top attend une valeur, une seule."),
        (["score", "candidatures", "--top", "trois"], "l'option --top : un nombre entier est attendu."),
        (["score", "candidatures", "--top", "0"], "l'option --top : il faut au moins 1."),
        (
            ["score", "candidatures", "--format", "pdf"],
            "les choix sont : table, list, tsv, csv, json, markdown. Un",
        ),
        (["score", "candidatures", "-f", "xlsx"], "Un classeur s'écrit dans un fichier : -o classement.xlsx."),
        (["score", "candidatures", "-w", "v1", "--wave=v2"], "l'option --wave / -w : donnée plusieurs fois"),
        (["score", "candidatures", "-c", "a", "-c", "a"], "l'option --criteria / -c : donnée plusieurs fois"),
        (["score", "candidatures", "--top", "1", "--top", "2"], "l'option --top : donnée plusieurs fois"),
        (["validate", "-f", "json", "-f", "text"], "l'option --format / -f : donnée plusieurs fois"),
        (["score", ""], "CHEMIN… : la valeur donnée est vide"),
        (["score", "candidatures", " "], "CHEMIN… : la valeur donnée est vide"),
        (["score", "candidatures", "--criteria", ""], "l'option --criteria / -c : la valeur donnée est vide"),
        (["score", "candidatures", "-o", "a.csv", "-o", ""], "l'option --output / -o : la valeur donnée est vide"),
        (["score", "candidatures", "-w", ""], "l'option --wave / -w : la valeur donnée est vide"),
        (["explain", "candidatures", ""], "CHEMIN… RÉFÉRENCE : la valeur donnée est vide"),
        (["template", ""], "FICHIER : la valeur donnée est vide"),
        ([""], "le nom de la commande est vide."),
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


def test_an_option_that_is_repeatable_or_a_flag_may_be_given_twice(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    ran = ami("score", "candidatures", "-q", "-q", "-o", "a.csv", "-o", "b.json", "-f", "tsv")
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert Path("a.csv").exists()
    assert Path("b.json").exists()


def test_help_is_shown_whatever_is_wrong_beside_it(ami: Ami) -> None:
    ran = ami("score", "", "-w", "v1", "-w", "v2", "--help")
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert ran.out.startswith("Usage : ami score")


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "candidatures", "--wave", "v9"],
        ["diff", "criteria.yaml", "criteria.yaml", "candidatures", "--wave", "v9"],
        ["explain", "candidatures", "A-9"],
        ["score", "candidatures", "-o", "classement.doc"],
        ["template", "tableau.csv"],
        ["init", "zonage.csv"],
        ["validate", "--explain", "nul"],
    ],
)
def test_a_mistake_goes_on_after_its_colon_without_a_capital(arguments: list[str], ami: Ami, apply: Apply) -> None:
    apply("A-1")
    said = ami(*arguments).err.removeprefix("Erreur : ")
    assert said[0] == "«" or said[0].islower()


def test_an_unknown_wave_is_a_mistake_in_the_command_line_that_lists_the_waves(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    ran = ami("score", "candidatures", "--wave", "v9")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == "Erreur : aucune vague « v9 » ; les vagues sont : v1, v2.\n"


def test_a_bug_of_ours_is_told_as_such(ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    apply("A-1")
    monkeypatch.setattr(commands, "require_paths", fail)
    ran = ami("score", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.BUG, "")
    assert ran.err.startswith("Traceback")
    assert ran.err.endswith(
        "C'est une erreur de ce programme, pas de vos fichiers. Merci de la signaler avec le texte ci-dessus.\n"
    )


def test_a_control_character_of_a_path_is_spelt_out_in_the_mistake(ami: Ami) -> None:
    ran = ami("score", "a\x1b[31m\nb")
    assert (ran.code, ran.err.count("\n")) == (ExitCode.USAGE, 2)
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("arguments", [["score", "-f", "table"], ["score", "-f", "markdown"], ["explain", "A-1"]])
def test_a_terminal_in_ascii_degrades_letters_and_nothing_else(
    arguments: list[str], apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply("A-1", more="locaux: {bureaux: 2}\n")
    terminal = Terminal("ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", Terminal("ascii"))
    assert run_ami([arguments[0], "candidatures", *arguments[1:]]) == ExitCode.DONE
    assert "A-1" in terminal.shown


@pytest.mark.parametrize("kind", ["table", "tsv", "csv", "json", "markdown"])
def test_files_and_pipes_are_in_utf_8_whatever_the_stream_says(kind: str, command: Command, apply: Apply) -> None:
    path = apply("A-1")
    path.write_text(path.read_text(encoding="utf-8").replace("Essai", "Peyrecandèle"), encoding="utf-8")
    for page in ("ascii", "cp1252"):
        ran = command("score", "candidatures", "-f", kind, PYTHONIOENCODING=page)
        assert "Peyrecandèle" in ran.out
        assert "Comité" in ran.said or kind in {"tsv", "csv"}


def test_the_folder_that_is_deleted_under_a_run_is_told(
    ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply("A-1")

    def gone() -> str:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    for name in ("getcwd", "getcwdb"):
        monkeypatch.setattr(os, name, gone)
    for asked in (["score", "candidatures"], ["validate", "criteria.yaml"], ["score", "candidatures", "-o", "c.csv"]):
        ran = ami(*asked)
        assert (ran.code, ran.out) == (ExitCode.USAGE, "")
        assert ran.err == "Erreur : le dossier courant n'existe plus, supprimé ou déplacé : rien de plus n'est fait.\n"


@pytest.mark.parametrize("columns", ["1", "20", "80", "999", "abc", "-5"])
def test_no_width_cuts_a_reference(columns: str, ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = "DOSSIER-2022-0001-OCCITANIE"
    apply(reference)
    monkeypatch.setenv("COLUMNS", columns)
    for ran in (ami("score", "candidatures", "-f", "table"), ami("explain", "candidatures", reference)):
        assert ran.code == ExitCode.DONE
        assert reference in ran.out


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
    ids=str,
)
def test_colour_is_for_terminals_unless_forced_and_never_against_no_color(
    environment: dict[str, str], coloured: bool, ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply("A-1")
    apply("A-2", more="locaux: {bureaux: beaucoup}\n")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    table, explained = ami("score", "candidatures", "-f", "table", "--findings"), ami("explain", "candidatures", "A-1")
    told = [table.out, table.err, explained.out, ami("validate", "candidatures").out]
    assert ["\x1b[" in each for each in told] == [coloured] * 4


def test_a_file_never_has_colour(ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> None:
    apply("A-1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    ami("score", "candidatures", "-o", "classement.txt")
    assert "\x1b" not in Path("classement.txt").read_text(encoding="utf-8")


@POSIX
@pytest.mark.parametrize("term", ["xterm", "dumb", "unknown"])
def test_on_a_terminal_the_result_is_a_table_as_wide_as_it(term: str, call: Path, apply: Apply) -> None:
    apply("A-1")
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "TERM": term}  # noqa: TID251 - for another process
    command = [sys.executable, "-m", "ami_scoring", "score", "candidatures", "--quiet"]
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        seen = b""
        while chunk := _read(leader):
            seen += chunk
    os.close(leader)
    assert process.returncode == ExitCode.DONE
    assert "limite : 1 place" in seen.decode()
    assert "Statut" in seen.decode()
    assert "● acquise" in seen.decode()
    assert max(map(len, seen.decode().splitlines())) > 80
    assert "\t" not in seen.decode()
    assert ("\x1b[" in seen.decode()) is (term == "xterm")


@POSIX
def test_on_a_terminal_the_counts_are_said_once(call: Path, apply: Apply) -> None:
    apply("A-1")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "ami_scoring", "score", "candidatures"]
    with subprocess.Popen(command, stdout=follower, stderr=follower) as process:
        os.close(follower)
        seen = b""
        while chunk := _read(leader):
            seen += chunk
    os.close(leader)
    assert process.returncode == ExitCode.DONE
    assert seen.decode().count("1 candidature lue") == 1
    assert "Critères : Appel d'essai" in seen.decode()


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65_536)
    except OSError:
        return b""


@POSIX
@pytest.mark.parametrize("kind", ["tsv", "json", "table"])
def test_a_reader_that_leaves_early_is_no_error(kind: str, call: Path, apply: Apply) -> None:
    one = '{{"reference": "R-{}", "depose_le": "2022-02-01", "porteur": {{"nom": "C"}}, "implantation": {}}}\n'
    place = '{"communes": [{"code_insee": "09001"}]}'
    (call / "tout.jsonl").write_text("".join(one.format(number, place) for number in range(600)))
    command = [sys.executable, "-m", "ami_scoring", "score", "tout.jsonl", "-q", "-f", kind]
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (ExitCode.DONE, b"")


@POSIX
@pytest.mark.usefixtures("interruptible")
def test_an_interruption_is_told_and_has_its_own_code(call: Path) -> None:
    # Reading the first takes much longer than all of a run on the second: the signal comes at work.
    (call / "tout.jsonl").write_text('{"reference": "R"}\n' * 100_000)
    (call / "une.jsonl").write_text('{"reference": "R"}\n')
    command = [sys.executable, "-m", "ami_scoring", "score", "-o", "classement.json"]
    began = monotonic()
    subprocess.run([*command, "une.jsonl", "-q"], check=False, capture_output=True)
    whole_run = monotonic() - began
    (call / "classement.json").unlink()
    with subprocess.Popen([*command, "tout.jsonl"], stdout=PIPE, stderr=PIPE, text=True) as process:
        sleep(whole_run)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED
    assert (out, err) == ("", "Interrompu.\n")
    assert not (call / "classement.json").exists()


def test_an_interruption_that_came_while_modules_load_is_told_as_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        said = "what Python makes of it where a class is being made"
        raise RuntimeError(said) from KeyboardInterrupt()

    monkeypatch.setattr("ami_scoring.cli.app.prepare_streams", interrupted)
    assert run_ami(["--help"]) == ExitCode.INTERRUPTED
    assert capsys.readouterr().err == "Interrompu.\n"


@POSIX
def test_a_disk_without_room_is_no_bug(call: Path, apply: Apply) -> None:
    apply("A-1")
    for kind in ("tsv", "json"):
        command = [sys.executable, "-m", "ami_scoring", "score", "candidatures", "-q", "-f", kind]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, stdout=full, stderr=PIPE, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (ExitCode.USAGE, 1)
        assert done.stderr.startswith("Erreur : le résultat n'est pas écrit en entier")


@POSIX
def test_a_closed_stream_is_no_bug(call: Path, apply: Apply) -> None:
    apply("A-1")
    script = f'"{sys.executable}" -m ami_scoring score candidatures -o c.json -f json'
    assert subprocess.run(f"{script} >&- 2>&-", shell=True, check=False).returncode == ExitCode.DONE  # noqa: S602
    assert Path("c.json").exists()


SAID_ON_STDOUT = ["--version", "--help", "score --help", "schema criteria", "explain candidatures A-1"]


def through_shell(script: str, arguments: str, **environment: str) -> Ran:
    """Run `ami` where a shell has put its streams: `$ami` in the script stands for the command."""
    done = subprocess.run(
        ["/bin/sh", "-c", script.replace("$ami", f'"{sys.executable}" -m ami_scoring {arguments}')],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},  # noqa: TID251 - for another process
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@POSIX
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("arguments", SAID_ON_STDOUT)
def test_a_reader_that_is_gone_before_the_first_line_is_no_error(
    arguments: str, unbuffered: str, call: Path, apply: Apply
) -> None:
    apply("A-1")
    # The code is told on the descriptor 3: no pipe of this shell takes it.
    ran = through_shell("{ { $ami; echo $? >&3; } | true; } 3>&1", arguments, PYTHONUNBUFFERED=unbuffered)
    assert (ran.out, ran.err) == ("0\n", "")


@POSIX
@pytest.mark.parametrize("arguments", SAID_ON_STDOUT)
def test_a_stdout_that_is_closed_loses_what_it_would_have_shown_and_nothing_else(
    arguments: str, call: Path, apply: Apply
) -> None:
    apply("A-1")
    assert through_shell("$ami >&-", arguments) == Ran(ExitCode.DONE, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device of Linux")
@pytest.mark.parametrize("arguments", SAID_ON_STDOUT)
def test_a_stdout_without_room_is_told_in_one_sentence(arguments: str, call: Path, apply: Apply) -> None:
    apply("A-1")
    said = "Erreur : le résultat n'est pas écrit en entier (le disque est plein).\n"
    assert through_shell("$ami > /dev/full", arguments) == Ran(ExitCode.USAGE, "", said)


@POSIX
def test_a_file_that_is_cut_short_is_told_even_without_buffers(call: Path) -> None:
    # Nor may Python keep half a compiled module, which it could not read the next time.
    environment = {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    ran = through_shell("ulimit -f 8; $ami > schema.json", "schema criteria", **environment)
    said = "Erreur : le résultat n'est pas écrit en entier (le fichier serait trop gros).\n"
    assert ran == Ran(ExitCode.USAGE, "", said)


@POSIX
def test_without_buffers_the_result_is_the_same(call: Path) -> None:
    """Letters that the stream cannot write are still replaced, and lines end as they did."""
    for encoding in ("utf-8", "ascii"):
        with_buffer, without = (
            through_shell("$ami", "--help", PYTHONUNBUFFERED=each, PYTHONIOENCODING=encoding) for each in ("", "1")
        )
        assert with_buffer == without
        assert with_buffer.code == ExitCode.DONE
        assert with_buffer.out


@POSIX
@pytest.mark.parametrize("stderr", ["2>&-", "2>/dev/null"])
def test_an_error_that_nobody_hears_keeps_its_code(stderr: str, call: Path) -> None:
    assert through_shell(f"$ami {stderr}", "score absent").code == ExitCode.USAGE


@POSIX
def test_an_error_said_to_a_reader_that_is_gone_keeps_its_code(call: Path) -> None:
    ran = through_shell("{ { $ami 2>&1; echo $? >&3; } | true; } 3>&1", "score absent")
    assert ran.out == "2\n"
