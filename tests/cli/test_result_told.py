"""What people read once a call is scored: a list outside a terminal, the result last, findings in short or whole."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami, Apply, Write

WRONG = "locaux: {bureaux: beaucoup}\n"


def test_outside_a_terminal_a_list_says_each_candidature_on_one_line_then_the_result_and_what_it_rests_on(
    ami: Ami, apply: Apply
) -> None:
    apply("A-1", more="locaux: {bureaux: 2}\n")
    apply("A-2", more="locaux: {bureaux: 2}\n")
    apply("A-3", code="09009")
    apply("A-4", name="a4.yaml", code="09002").write_text("reference: [", encoding="utf-8")
    ran = ami("score", "candidatures")
    lines = ran.out.splitlines()
    heads = ("Rang", "Dossier", "Commune", "Total", "Statut", "Rangs", "Totaux", "Zone", "Vague", "Porteur", "Motif")
    assert all(head in lines[0] for head in heads)
    assert [line.split()[:3] for line in lines[1:3]] == [["1", "=", "A-1"], ["1", "=", "A-2"]]
    assert [line.split()[1] for line in lines[3:5]] == ["A-3", "candidatures/a4.yaml:1"]
    assert "manque : la commune 09009 n'est pas dans la table de zonage (2022)" in lines[3]
    assert lines[5:7] == ["", "4 candidatures lues : 2 en réserve, 1 à compléter, 1 illisible."]
    for name in ("criteria.yaml", "zonage.csv"):
        assert lines.count(f"SHA-256 de {name} : {sha256(Path(name).read_bytes()).hexdigest()}") == 1
    assert "Des poids supposés." in lines
    assert "candidatures lues" not in ran.err


def test_a_list_leaves_out_the_columns_that_would_say_nothing(ami: Ami, apply: Apply) -> None:
    apply("A-1", more="locaux: {bureaux: 2}\n")
    head = ami("score", "candidatures", "--wave", "v1").out.splitlines()[0]
    assert head.split() == ["Rang", "Dossier", "Commune", "Total", "Statut", "Zone", "Porteur", "Motif"]


def test_findings_are_counted_under_the_result_with_the_command_that_shows_them(ami: Ami, apply: Apply) -> None:
    apply("A-1", more="locaux: {bureaux: 2}\n")
    for number in range(2, 9):
        apply(f"A-{number}", more=WRONG)
    ran = ami("score", "candidatures", "-f", "tsv")
    assert ran.code == ExitCode.INPUT_ERRORS
    told = ran.err.splitlines()
    place = told.index("À revoir : 7 erreurs dans 7 fichiers ; « ami validate candidatures » les montre.")
    assert told[place + 1] == "  candidatures/A-2.yaml : 1 erreur"
    assert told[place + 6 :] == ["  et 2 autres fichiers"]
    assert told[0].startswith("8 candidatures lues")
    assert "^" not in ran.err


def test_the_command_that_shows_findings_is_the_one_to_copy(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A 1", name="a 1.yaml", more=WRONG)
    write("autre.yaml", Path("criteria.yaml").read_text(encoding="utf-8"))
    ran = ami("score", "candidatures/a 1.yaml", "-c", "autre.yaml", "-f", "tsv")
    assert "« ami validate 'candidatures/a 1.yaml' -c autre.yaml » les montre" in ran.err
    shown = ami("validate", "candidatures/a 1.yaml", "-c", "autre.yaml")
    asked = ami("score", "candidatures/a 1.yaml", "-c", "autre.yaml", "-f", "tsv", "--findings")
    errors = [line for line in shown.out.splitlines() if ": erreur " in line]
    assert errors == [line for line in asked.err.splitlines() if ": erreur " in line]
    assert len(errors) == 2
    long = ami("score", *[f"candidatures/{'./' * number}a 1.yaml" for number in range(9)], "-f", "tsv")
    assert "« ami validate » les montre" in long.err


@pytest.mark.parametrize("suffix", ["tsv", "csv"])
def test_what_all_rows_rest_on_is_repeated_on_each_only_where_asked(suffix: str, ami: Ami, apply: Apply) -> None:
    apply("A-1")
    hashed = sha256(Path("criteria.yaml").read_bytes()).hexdigest()
    assert hashed not in ami("score", "candidatures", "-f", suffix).out
    assert hashed in ami("score", "candidatures", "-f", suffix, "--provenance").out
    ami("score", "candidatures", "-o", f"r.{suffix}", "--provenance")
    assert hashed in Path(f"r.{suffix}").read_text(encoding="utf-8")
    refused = ami("score", "candidatures", "--provenance")
    assert (refused.code, "--format tsv" in refused.err) == (ExitCode.USAGE, True)
