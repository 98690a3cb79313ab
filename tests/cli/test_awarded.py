"""`--awarded`: what one wave gave counts in the next, wherever a wave is evaluated, decided and written about."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami, Apply, Write

LETTERHEAD = Path(__file__).parents[2] / "samples" / "courriers.yaml"
SECOND = ("-w", "v2", "--awarded", "v1.json")


@pytest.fixture(autouse=True)
def _first_wave(ami: Ami, apply: Apply, write: Write) -> None:
    """Give a place to A-1 in the first of two waves; B-1 is its project again, B-2 another."""
    apply("A-1", more="locaux: {bureaux: 3}\n")
    for name, owner, code in (("B-1", "A-1", "09001"), ("B-2", "B-2", "09002")):
        write(
            f"candidatures/{name}.yaml",
            f"reference: {name}\ndepose_le: 2022-06-01\nporteur: {{nom: Commune de {owner}}}\n"
            f"implantation: {{communes: [{{code_insee: '{code}', nom: Essai}}]}}\nlocaux: {{bureaux: 4}}\n",
        )
    criteria = Path("criteria.yaml").read_text(encoding="utf-8").replace("places: 1,", "places: 2,")
    write("criteria.yaml", criteria)
    assert ami("score", "candidatures", "-w", "v1", "-o", "v1.json").code == ExitCode.DONE


def test_the_second_wave_is_scored_after_the_first(ami: Ami) -> None:
    ran = ami("score", "candidatures", *SECOND, "-f", "list")
    assert ran.code == ExitCode.DONE, ran.err
    assert "déjà retenue en Vague 1 (A-1)" in ran.out
    assert "1 déjà retenue" in ran.out + ran.err
    alone = ami("score", "candidatures", "-w", "v2", "-f", "list")
    assert "déjà retenue" not in alone.out


def test_why_one_is_not_ranked_is_explained(ami: Ami) -> None:
    ran = ami("explain", "candidatures", "B-1", *SECOND)
    said = ran.out.replace("\u00a0", " ")
    assert "Hors classement · statut : déjà retenue\n  · déjà retenue en Vague 1 (A-1)\n" in said


def test_decisions_and_letters_of_the_second_wave_follow_the_same_places(ami: Ami) -> None:
    copyfile(LETTERHEAD, "courriers.yaml")
    asked = ("-k", "liste", "-r", "B-2", "--on", "2022-10-10")
    ran = ami("decide", "decisions.yaml", "candidatures", *SECOND, *asked)
    assert ran.code == ExitCode.DONE, ran.err
    ran = ami("papers", "candidatures", *SECOND, "-d", "decisions.yaml", "-o", "papiers", "-f", "txt")
    assert ran.code == ExitCode.DONE, ran.err
    told = " ".join(Path("papiers/lettres/B-1.txt").read_text(encoding="utf-8").split())
    assert "votre projet a déjà une place, obtenue dans une vague précédente." in told
    assert "Déjà attribué" in Path("papiers/proces-verbal.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("score", "candidatures"), ("explain", "candidatures", "B-1")])
def test_it_needs_a_wave_and_a_file_that_exists(command: tuple[str, ...], ami: Ami) -> None:
    ran = ami(*command, "--awarded", "v1.json")
    assert ran.code == ExitCode.USAGE
    assert "--awarded accompagne --wave" in ran.err
    ran = ami(*command, "-w", "v2", "--awarded", "absent.json")
    assert (ran.code, "« absent.json » n'existe pas" in ran.err) == (ExitCode.USAGE, True)


def test_a_result_is_never_written_over_the_one_it_counts(ami: Ami) -> None:
    ran = ami("score", "candidatures", *SECOND, "-o", "v1.json")
    assert ran.code != ExitCode.DONE
    assert "v1.json" in ran.err


def test_the_result_of_another_call_is_refused(ami: Ami, write: Write) -> None:
    write("v1.json", Path("v1.json").read_text(encoding="utf-8").replace("essai no 1", "essai no 2"))
    ran = ami("score", "candidatures", *SECOND)
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "awarded-other-call" in ran.err
    assert "Traceback" not in ran.err
