"""`ami trial`: a trial typed in the committee's workbook becomes a policy, and nothing else of its text changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami, Apply, Ran, Write

BOOK, TARGET = "classement.xlsx", "criteria-essai.yaml"
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
POLICY = """\
language: 1
call: {title: Appel d'essai, edition: essai no 1, authority: Comité}
total: 50
waves:
  - {id: v1, label: Vague 1, closes: 2022-02-28, places: 2}
  - {id: v2, label: Vague 2, closes: 2022-09-30}
criteria:
  # Les locaux d'abord.
  - id: locaux
    label: Locaux
    weight: 30   # voté en mars
    criteria:
      - id: bureaux
        label: Bureaux
        weight: 20   # à revoir
        rule: {kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}
        if_missing: zero
      - {id: acces, label: Accès, weight: "10",
         rule: {kind: lookup, fact: locaux.accessibles, points: {oui: 10, non: 0}}}
  - id: etat
    label: État
    weight: 20
    out_of: 4
    rule: {kind: lookup, fact: locaux.etat, points: {existants: 4, travaux: 2}, otherwise: 0}
selection: {places: 1, reserve: 1}
examples:
  - given: {locaux.bureaux: 4, locaux.accessibles: oui, locaux.etat: travaux}
    total: 40   # la somme
    points: {bureaux: 20, etat: 10}
"""


@pytest.fixture(autouse=True)
def _workbook(ami: Ami, apply: Apply, write: Write) -> None:
    write("criteria.yaml", POLICY)
    apply("A-1", more="locaux: {etat: existants, bureaux: 4, accessibles: oui}\n")
    apply("A-2", more="locaux: {etat: travaux, bureaux: 3, accessibles: oui}\n")
    assert ami("score", "candidatures", "-o", BOOK).code == ExitCode.DONE


def tried(ami: Ami, inputs: Mapping[str, Any], *more: str) -> Ran:
    """Type a trial, by the label or the number of each line, and make a policy of it."""
    book = openpyxl.load_workbook(BOOK)
    sheet = book["Critères"]
    for row in range(sheet.max_row, 0, -1):
        number, label = str(sheet.cell(row, 1).value), str(sheet.cell(row, 2).value)
        for asked, value in inputs.items():
            if row < 20 and (number == asked or label.startswith(asked)):
                sheet.cell(row, 3).value = value
    book.save(BOOK)
    return ami("trial", BOOK, "-o", TARGET, *more)


def changed() -> list[str]:
    before, after = POLICY.splitlines(), Path(TARGET).read_text(encoding="utf-8").splitlines()
    return [line for line in after if line not in before]


def test_weights_become_those_voted_and_each_rule_keeps_its_scale(ami: Ami) -> None:
    ran = tried(ami, {"1.1": 12.5, "2": 27.5})
    assert ran.code == ExitCode.DONE, ran.said
    assert changed() == [
        "    weight: 22.5   # voté en mars",
        "        weight: 12.5   # à revoir",
        "        out_of: 20",
        "    weight: 27.5",
        "    total: 36.25   # la somme",
        "    points: {bureaux: 12.5, etat: 13.75}",
    ]
    assert "poids de « Bureaux » : 20 → 12,5\n« Bureaux » : note sur 20, comme avant\n" in ran.out.replace(
        "\u00a0", " "
    )
    assert ami("diff", "criteria.yaml", TARGET, "candidatures").code == ExitCode.DONE


def test_a_weight_written_in_a_line_gets_its_scale_there(ami: Ami) -> None:
    assert tried(ami, {"1.2": 5, "2": 25}).code == ExitCode.DONE
    assert "weight: 5, out_of: 10,\n" in Path(TARGET).read_text(encoding="utf-8")


def test_what_the_committee_sees_is_what_the_new_policy_gives(ami: Ami) -> None:
    assert tried(ami, {"1.1": 10, "2": 30}).code == ExitCode.DONE
    rows = [line.split("\t") for line in ami("score", "candidatures", "-c", TARGET, "-f", "tsv").out.splitlines()]
    at = rows[0].index("total")
    assert [row[at] for row in rows[1:]] == ["50.00", "32.50"]


def test_places_reserve_and_minimum_are_tried_too(ami: Ami) -> None:
    ran = tried(ami, {"Nombre de places": 2, "Longueur": 0, "Total minimal": 12})
    assert ran.code == ExitCode.DONE, ran.said
    assert changed() == ["selection: {places: 2, minimum: 12, reserve: 0}"]


def test_the_places_of_a_wave_alone_are_its_own(ami: Ami) -> None:
    assert ami("score", "candidatures", "-w", "v1", "-o", BOOK).code == ExitCode.DONE
    assert tried(ami, {"Nombre de places": 1}, "-w", "v1").code == ExitCode.DONE
    assert changed() == ["  - {id: v1, label: Vague 1, closes: 2022-02-28, places: 1}"]
    assert "aucune vague « v9 »" in ami("trial", BOOK, "-o", "autre.yaml", "-w", "v9").err


def test_a_minimum_is_taken_away_or_changed_where_it_is_written(ami: Ami, write: Write) -> None:
    for minimum, typed, line in (
        ("10", None, "selection: {places: 1, reserve: 1, minimum: ~}"),
        ("{at_least: 10, strict: oui}", 15, "selection: {places: 1, reserve: 1, minimum: {at_least: 15, strict: oui}}"),
    ):
        write("criteria.yaml", POLICY.replace("reserve: 1}", f"reserve: 1, minimum: {minimum}}}"))
        assert ami("score", "candidatures", "-o", BOOK).code == ExitCode.DONE
        label = "Total à dépasser" if "strict" in minimum else "Total minimal"
        ran = tried(ami, {label: typed}, "--force")
        assert ran.code == ExitCode.DONE, ran.said
        assert line in Path(TARGET).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("minimum", "line"),
    [
        ("minimum: {fact: parametres.seuil}", "selection: {places: 1, reserve: 1, minimum: 12}"),
        ("minimum: { fact: 'parametres.seuil' }", "selection: {places: 1, reserve: 1, minimum: 12}"),
        (
            "minimum: {at_least: {fact: parametres.seuil}, strict: oui}",
            "selection: {places: 1, reserve: 1, minimum: {at_least: 12, strict: oui}}",
        ),
    ],
)
def test_a_minimum_that_a_parameter_states_becomes_the_number_voted(
    ami: Ami, write: Write, minimum: str, line: str
) -> None:
    seuil = "parameters: [{name: seuil, label: Seuil, values: [{value: 10}]}]\n"
    write("criteria.yaml", seuil + POLICY.replace("reserve: 1}", f"reserve: 1, {minimum}}}"))
    assert ami("score", "candidatures", "-o", BOOK).code == ExitCode.DONE
    ran = tried(ami, {f"Total {'à dépasser' if 'strict' in minimum else 'minimal'}": 12}, "--force")
    assert ran.code == ExitCode.DONE, ran.said
    assert line in Path(TARGET).read_text(encoding="utf-8")


def test_the_minimum_of_a_wave_alone_that_changes_by_wave_becomes_one_number(ami: Ami, write: Write) -> None:
    seuil = "parameters: [{name: seuil, label: Seuil, values: [{value: 10}, {from: 2022-06-01, value: 20}]}]\n"
    write("criteria.yaml", seuil + POLICY.replace("reserve: 1}", "reserve: 1, minimum: {fact: parametres.seuil}}"))
    assert ami("score", "candidatures", "-w", "v2", "-o", BOOK).code == ExitCode.DONE
    ran = tried(ami, {"Total minimal": 12}, "-w", "v2")
    assert ran.code == ExitCode.DONE, ran.said
    assert "« minimum » : 20 → 12" in ran.out.replace("\u00a0", " ")
    assert "selection: {places: 1, reserve: 1, minimum: 12}\n" in Path(TARGET).read_text(encoding="utf-8")


def test_a_name_on_a_line_of_its_own_becomes_a_number_there(ami: Ami, write: Write) -> None:
    seuil = "parameters: [{name: seuil, label: Seuil, values: [{value: 10}]}]\n"
    long = 'selection:\n  places: 1\n  minimum:\n    fact: "parametres.seuil"\n  reserve: 1'
    write("criteria.yaml", seuil + POLICY.replace("selection: {places: 1, reserve: 1}", long))
    assert ami("score", "candidatures", "-o", BOOK).code == ExitCode.DONE
    assert tried(ami, {"Total minimal": 12.5}, "--force").code == ExitCode.DONE
    assert "  minimum:\n    12.5\n  reserve: 1" in Path(TARGET).read_text(encoding="utf-8")


def test_weights_that_do_not_add_up_make_no_policy(ami: Ami) -> None:
    ran = tried(ami, {"2": 25})
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "L'essai ne fait pas des critères valables : rien n'est écrit." in ran.err
    assert not Path(TARGET).exists()


def test_a_workbook_where_nothing_was_changed_has_no_trial(ami: Ami) -> None:
    ran = tried(ami, {})
    assert (ran.code, ran.err) == (
        ExitCode.DONE,
        "Aucune case jaune n'a été changée : il n'y a pas d'essai à écrire.\n",
    )


def test_a_cell_that_is_no_number_is_told_at_its_place(ami: Ami) -> None:
    ran = tried(ami, {"2": "vingt"})
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "classement.xlsx, feuille « Critères », cellule C16" in ran.err.replace("\u00a0", " ")
    assert "number-expected" in ran.err


def test_a_workbook_of_other_criteria_is_refused(ami: Ami, write: Write) -> None:
    write("criteria.yaml", POLICY + "# relu\n")
    ran = tried(ami, {"2": 25})
    assert ran.code == ExitCode.USAGE
    assert "n'a pas été fait avec « criteria.yaml » tel qu'il est" in ran.err


def test_a_workbook_that_is_none_is_told(ami: Ami, write: Write) -> None:
    book = openpyxl.Workbook()
    book.save("autre.xlsx")
    assert "n'a pas de feuille « Critères »" in ami("trial", "autre.xlsx", "-o", TARGET).err
    write("rien.xlsx", "rien")
    assert ami("trial", "rien.xlsx", "-o", TARGET).code == ExitCode.INPUT_ERRORS


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("criteria.yaml", "« criteria.yaml » existe déjà"),
        ("candidatures/essai.yaml", "écrivez l'essai à côté des critères"),
    ],
)
def test_a_trial_has_a_file_of_its_own_beside_the_criteria(ami: Ami, target: str, said: str) -> None:
    ran = ami("trial", BOOK, "-o", target)
    assert ran.code == ExitCode.USAGE
    assert said in " ".join(ran.err.split())
    if target == "criteria.yaml":
        assert "ne remplace pas les critères" in ami("trial", BOOK, "-o", target, "--force").err
