"""What a command writes never takes the place of what it read, nor of what somebody else wrote or changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.sheets import repacked

from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami, Apply, Write

SCORE = ("score", "candidatures", "-q")
ROBUSTNESS = ("robustness", "candidatures")
VALIDATE = ("validate", "criteria.yaml", "candidatures", "-f")
OUTPUTS = [
    *((SCORE, f"c{suffix}") for suffix in (".txt", ".tsv", ".csv", ".json", ".md", ".xlsx", ".html")),
    *((ROBUSTNESS, f"c{suffix}") for suffix in (".txt", ".json", ".md")),
    *(((*VALIDATE, kind), "c") for kind in ("text", "json", "github", "gitlab", "junit", "sarif")),
]
"""Every command that replaces its own results, and every format that it writes."""


@pytest.mark.parametrize(("command", "target"), OUTPUTS, ids=lambda each: each if isinstance(each, str) else each[-1])
def test_a_result_takes_the_place_of_the_former_one(
    command: tuple[str, ...], target: str, ami: Ami, apply: Apply
) -> None:
    apply("A-1", more="inconnue: 1\n")
    first = ami(*command, "-o", target)
    apply("A-2")
    again = ami(*command, "-o", target)
    assert (first.code, again.code) == (ExitCode.INPUT_ERRORS, ExitCode.INPUT_ERRORS), again.err


@pytest.mark.parametrize(("command", "target"), OUTPUTS, ids=lambda each: each if isinstance(each, str) else each[-1])
def test_a_file_of_somebody_else_is_kept_unless_told(
    command: tuple[str, ...], target: str, ami: Ami, apply: Apply, write: Write
) -> None:
    apply("A-1")
    write(target, "Notes de la réunion du 3 : ne pas perdre.\n")
    ran = ami(*command, "-o", target)
    assert ran.code == ExitCode.USAGE
    assert ran.err == (
        f"Erreur : « {target} » existe déjà, et ami ne l'a pas écrit, ou quelqu'un l'a modifié depuis : "
        "choisissez un autre nom, ou ajoutez --force.\n"
    )
    assert Path(target).read_text(encoding="utf-8").startswith("Notes")
    assert ami(*command, "-o", target, "--force").code == ExitCode.DONE
    assert ami(*command, "-o", target).code == ExitCode.DONE


def _saved_elsewhere(path: Path) -> None:
    path.write_bytes(
        repacked(path.read_bytes(), lambda _, part: part.replace(b"By>ami-scoring<", b"By>Secr\xc3\xa9tariat<"))
    )


def _not_a_workbook(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 tronqu\xe9")


@pytest.mark.parametrize("change", [_saved_elsewhere, _not_a_workbook], ids=["saved since", "damaged"])
def test_a_workbook_that_somebody_saved_since_is_theirs(change: Callable[[Path], None], ami: Ami, apply: Apply) -> None:
    apply("A-1")
    assert ami(*SCORE, "-o", "c.xlsx").code == ExitCode.DONE
    change(Path("c.xlsx"))
    kept = Path("c.xlsx").read_bytes()
    assert ami(*SCORE, "-o", "c.xlsx").code == ExitCode.USAGE
    assert Path("c.xlsx").read_bytes() == kept


def test_an_empty_file_is_anybodys(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1")
    write("c.csv", "")
    assert ami(*SCORE, "-o", "c.csv").code == ExitCode.DONE


@pytest.mark.parametrize("read", ["criteria.yaml", "zonage.csv", "candidatures/A-1.yaml"])
@pytest.mark.parametrize("command", [("validate", "criteria.yaml", "candidatures")], ids=["validate"])
def test_what_was_read_is_never_written_over(read: str, command: tuple[str, ...], ami: Ami, apply: Apply) -> None:
    apply("A-1")
    before = Path(read).read_bytes()
    ran = ami(*command, "-o", read, "--force")
    assert (ran.code, ran.err) == (
        ExitCode.USAGE,
        f"Erreur : « {read} » vient d'être lu : choisissez un autre fichier de sortie.\n",
    )
    assert Path(read).read_bytes() == before


def test_a_candidature_is_no_result_even_in_the_format_of_one(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1")
    write("c.json", '{"reference": "A-2", "depose_le": "2022-02-01"}')
    assert ami(*SCORE, "-o", "c.json").code == ExitCode.USAGE
    write("c.csv", "code,nom,type,zone\r\n09001,Essai,commune,ZIP\r\n")
    assert ami(*SCORE, "-o", "c.csv").code == ExitCode.USAGE
