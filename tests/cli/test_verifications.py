"""What people read of verifications: in explanations, in validation, in what is archived, and in refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.scoring.building import plain

from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami, Apply, Write

LINE = "reference;donnee;valeur;par;le;source\n{};le service instructeur;03/03/2022;plan coté\n"


@pytest.fixture
def policy(write: Write) -> Path:
    text = Path("criteria.yaml").read_text("utf-8")
    return write("criteria.yaml", f"verified: verifications.csv\nverify: [locaux.bureaux]\n{text}")


@pytest.mark.usefixtures("policy")
def test_both_values_are_explained(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1", more="locaux: {etat: existants, bureaux: 3}\n")
    write("verifications.csv", LINE.format("A-1;locaux.bureaux;2"))
    told = plain(ami("explain", "candidatures", "A-1").out)
    assert "Vérifié : Nombre de bureaux de consultation = 2" in told
    assert "déclaré 3, vérifié 2 le 3 mars 2022 par le service instructeur (plan coté)" in " ".join(told.split())


@pytest.mark.usefixtures("policy")
def test_what_is_still_to_be_verified_is_explained(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1", more="locaux: {etat: existants, bureaux: 3}\n")
    write("verifications.csv", LINE.format("A-2;locaux.bureaux;2"))
    told = plain(ami("explain", "candidatures", "A-1").out)
    assert "« Nombre de bureaux de consultation » : déclaré, à vérifier" in told
    assert "Aucune candidature lue" in plain(ami("validate", "candidatures").out)


@pytest.mark.usefixtures("policy")
def test_a_wrong_file_of_verifications_stops_all(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1", more="locaux: {etat: existants, bureaux: 3}\n")
    write("verifications.csv", LINE.format("A-1;locaux.bureau;2"))
    ran = ami("score", "candidatures")
    assert (ran.code, ran.out) == (ExitCode.INPUT_ERRORS, "")
    assert "verifications.csv:2:5: erreur unknown-fact Aucune réponse d'une candidature ne porte ce nom." in ran.err
    assert "Vouliez-vous dire « locaux.bureaux » ?" in ran.err


@pytest.mark.usefixtures("policy")
def test_an_archive_holds_the_verifications_and_redoes_the_run_with_them(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1", more="locaux: {etat: existants, bureaux: 3}\n")
    write("verifications.csv", LINE.format("A-1;locaux.bureaux;2"))
    assert ami("archive", "candidatures", "-o", "appel.zip").code == ExitCode.DONE
    assert "Rien ne diffère" in ami("verify", "appel.zip").out
