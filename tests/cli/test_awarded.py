"""`--awarded`: what one wave gave counts in the next, wherever a wave is evaluated, decided and written about."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile
from typing import Any
from zipfile import ZipFile

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


@pytest.mark.parametrize(
    "command",
    [
        ("score", "candidatures"),
        ("explain", "candidatures", "B-1"),
        ("robustness", "candidatures"),
        ("diff", "criteria.yaml", "criteria.yaml", "candidatures"),
        ("archive", "candidatures", "-o", "appel.zip"),
    ],
)
def test_it_needs_a_wave_and_a_file_that_exists(command: tuple[str, ...], ami: Ami) -> None:
    ran = ami(*command, "--awarded", "v1.json")
    assert ran.code == ExitCode.USAGE
    assert "--awarded accompagne --wave" in ran.err
    ran = ami(*command, "-w", "v2", "--awarded", "absent.json")
    assert (ran.code, "« absent.json » n'existe pas" in ran.err) == (ExitCode.USAGE, True)


def test_how_sure_the_list_is_counts_what_the_first_wave_gave(ami: Ami) -> None:
    def studied(*options: str) -> dict[str, Any]:
        ran = ami("robustness", "candidatures", "-f", "json", *options)
        assert ran.code == ExitCode.DONE, ran.err
        found: dict[str, Any] = json.loads(ran.out)
        return found

    assert studied("-w", "v2")["robustness"]["kept"] == ["B-1", "B-2"]
    assert studied(*SECOND)["robustness"]["kept"] == ["B-2"]


@pytest.mark.parametrize(
    ("awarded", "tried", "moved"),
    [((), 3, ["B-3"]), (("--awarded", "v1.json"), 2, [])],
)
def test_leaving_somebody_out_stays_in_the_wave_that_was_asked_for(
    awarded: tuple[str, ...], tried: int, moved: list[str], ami: Ami, write: Write
) -> None:
    """What is compared with the best of its wave is scored again, among those of this wave alone."""
    for name, rooms in (("B-1", 1), ("B-2", 5)):
        text = Path(f"candidatures/{name}.yaml").read_text(encoding="utf-8")
        write(f"candidatures/{name}.yaml", text.replace("bureaux: 4", f"bureaux: {rooms}"))
    third = text.replace("B-2", "B-3").replace("09002", "31001").replace("bureaux: 4", "bureaux: 9")
    write("candidatures/B-3.yaml", third)
    criteria = Path("criteria.yaml")
    unit = "kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20"
    relative = "kind: relative, fact: locaux.bureaux, best: highest, points: 20"
    text = criteria.read_text(encoding="utf-8")
    assert unit in text
    criteria.write_text(text.replace(unit, relative), encoding="utf-8")
    assert ami("score", "candidatures", "-w", "v1", "-o", "v1.json", "--force").code == ExitCode.DONE
    ran = ami("robustness", "candidatures", "-w", "v2", *awarded, "-f", "json")
    assert ran.code == ExitCode.DONE, ran.err
    found = json.loads(ran.out)["robustness"]["removals"]
    assert (found["tried"], [each["without"] for each in found["absences"]]) == (tried, moved)


def test_two_policies_are_compared_after_the_first_wave(ami: Ami, write: Write) -> None:
    text = Path("criteria.yaml").read_text(encoding="utf-8")
    write("autre.yaml", text.replace("places: 2,", "places: 1,"))
    alone = ami("diff", "criteria.yaml", "autre.yaml", "candidatures", "-w", "v2", "-f", "json")
    after = ami("diff", "criteria.yaml", "autre.yaml", "candidatures", *SECOND, "-f", "json")
    assert (alone.code, after.code) == (ExitCode.DONE, ExitCode.DONE), after.err
    moved = {each["reference"]: each for each in json.loads(after.out)["moves"]}
    assert moved.keys() == {"B-2"}
    assert moved["B-2"]["before"]["status"] == "retenue"
    assert json.loads(alone.out)["moves"] != json.loads(after.out)["moves"]


def test_the_archive_of_the_second_wave_holds_the_result_of_the_first(ami: Ami) -> None:
    ran = ami("archive", "candidatures", *SECOND, "-o", "appel.zip")
    assert ran.code == ExitCode.DONE, ran.err
    with ZipFile("appel.zip") as archive:
        assert archive.read("sources/v1.json") == Path("v1.json").read_bytes()
        listed = archive.read("INVENTAIRE.txt").decode()
    assert "Résultats des vagues précédentes (1)" in listed
    ran = ami("verify", "appel.zip")
    assert ran.code == ExitCode.DONE, ran.out
    with ZipFile("appel.zip") as archive:
        archive.extractall("deplie")
    changed = Path("deplie/sources/v1.json")
    changed.write_text(changed.read_text(encoding="utf-8").replace("retenue", "réserve", 1), encoding="utf-8")
    ran = ami("verify", "deplie")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "« sources/v1.json » a changé" in ran.out


def test_what_is_told_of_the_first_wave_is_shown_whole(ami: Ami, write: Write) -> None:
    """`ami validate` does not read that result: to send somebody there would show nothing."""
    write("v1.json", Path("v1.json").read_text(encoding="utf-8").replace('"acquise"', '"provisoire"'))
    ran = ami("score", "candidatures", *SECOND, "-f", "list")
    assert ran.code == ExitCode.DONE
    assert "Des places de la vague « v1 » y sont provisoires (A-1) : elles sont comptées comme données." in ran.err
    assert "avertissement awarded-provisional" in ran.err
    assert "À revoir" not in ran.err


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
