"""A mistyped value of a category comes with the value that was meant, wherever it is, never with a false friend."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.sheets import MINIMAL, ROOT, filled, table_of

from ami_scoring.domain.zoning import Zone
from ami_scoring.evaluation.validation import check_files
from ami_scoring.sources.text.suggestions import value_meant

POLICY = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
total: 20
facts: [{name: statut, type: choice, label: Statut, choices: [régie, délégation]}]
waves: [{id: v1, closes: 2022-09-30, zoning: zonage.csv}]
eligibility: [{id: porteur, label: Porteur, require: {fact: porteur.type, in: [commune, epci]}}]
criteria:
  - id: zone
    label: Zone
    weight: 10
    rule: {kind: lookup, fact: zonage, points: {ZIP: 10, ZAC: 5}, otherwise: 0}
    examples: [{given: {zonage: ZAC}, points: 5}]
  - id: statut
    label: Statut
    weight: 10
    rule:
      kind: table
      rows: porteur.type
      columns: complements.statut
      points: {commune: {régie: 10}}
      otherwise: 0
selection: {places: 1}
"""
ZONING = "code,type,zone,edition,source\n09001,commune,ZIP,2022,A\n09002,commune,ZAC,2022,A\n"
CANDIDATURE = """
reference: A-1
depose_le: 2022-09-01
porteur: {nom: Ville, type: commune}
implantation: {communes: [{code_insee: "09001"}], zone_declaree: ZIP}
locaux: {etat: travaux}
complements: {statut: régie}
"""


def suggested(folder: Path, name: str, right: str, wrong: str) -> list[tuple[str, str | None]]:
    """Write a call of which one file has a mistake; give the codes found and their suggestions."""
    files = {"criteria.yaml": POLICY, "zonage.csv": ZONING, "a.yaml": CANDIDATURE}
    assert right in files[name]
    for path, text in (files | {name: files[name].replace(right, wrong, 1)}).items():
        (folder / path).write_text(text, encoding="utf-8")
    found = check_files([folder / "a.yaml"], folder / "criteria.yaml").findings
    return [
        (each.code, None if each.suggestion is None else str(each.suggestion))
        for each in found
        if each.severity == "error"
    ]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "code", "meant"),
    [
        ("criteria.yaml", "{ZIP: 10", "{ZIPP: 10", "category-unknown", "ZIP"),
        ("criteria.yaml", "[commune, epci]", "[communne, epci]", "category-unknown", "commune"),
        ("criteria.yaml", "[commune, epci]", "[commune, ecpi]", "category-unknown", "epci"),
        ("criteria.yaml", "in: [commune, epci]", "is: COMUNE", "category-unknown", "commune"),
        ("criteria.yaml", "{commune: {", "{comune: {", "category-unknown", "commune"),
        ("criteria.yaml", "{régie: 10}", "{delegatoin: 10}", "category-unknown", "délégation"),
        ("criteria.yaml", "{zonage: ZAC}", "{zonage: ZACC}", "choice-unknown", "ZAC"),
        ("a.yaml", "type: commune", "type: comune", "choice-unknown", "commune"),
        ("a.yaml", "etat: travaux", "etat: Traveaux", "choice-unknown", "travaux"),
        ("a.yaml", "zone_declaree: ZIP", "zone_declaree: ZIIP", "choice-unknown", "ZIP"),
        ("a.yaml", "statut: régie", "statut: regi", "choice-unknown", "régie"),
        ("zonage.csv", "09001,commune", "09001,comune", "zoning-type", "commune"),
        ("zonage.csv", "commune,ZIP", "commune,ZIPP", "zoning-zone", "ZIP"),
    ],
)
def test_the_value_that_was_meant_is_suggested(
    name: str, right: str, wrong: str, code: str, meant: str, tmp_path: Path
) -> None:
    assert (code, f"Vouliez-vous dire « {meant} » ?") in suggested(tmp_path, name, right, wrong)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "code"),
    [
        ("criteria.yaml", "{ZIP: 10", "{ZRR: 10", "category-unknown"),
        ("criteria.yaml", "[commune, epci]", "[commune, région]", "category-unknown"),
        ("a.yaml", "zone_declaree: ZIP", "zone_declaree: ZRR", "choice-unknown"),
        ("a.yaml", "type: commune", "type: association", "choice-unknown"),
        ("a.yaml", "type: commune", "type: [commune]", "choice-unknown"),
        ("a.yaml", "statut: régie", "statut: marché", "choice-unknown"),
        ("zonage.csv", "commune,ZIP", "commune,ZRR", "zoning-zone"),
    ],
)
def test_nothing_is_suggested_where_nothing_is_near(
    name: str, right: str, wrong: str, code: str, tmp_path: Path
) -> None:
    assert (code, None) in suggested(tmp_path, name, right, wrong)


@pytest.mark.parametrize(
    ("word", "known"), [("ZRR", Zone), ("ZX", Zone), ("2024", ["2022"]), ("lot 3", ["lot 2"]), ("nom", ["non"])]
)
def test_another_number_or_another_short_code_is_another_value(word: str, known: list[str]) -> None:
    assert value_meant(word, known) is None


@pytest.mark.parametrize(("word", "meant"), [("ZPI", "ZIP"), ("zacc", "ZAC"), ("lot2", "lot 2")])
def test_letters_swapped_added_or_lost_are_a_slip(word: str, meant: str) -> None:
    assert str(value_meant(word, [*Zone, "lot 2", "lot 3"])) == f"Vouliez-vous dire « {meant} » ?"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (filled({**MINIMAL, "porteur.type": "comune"}), "f.xlsx"),
        (table_of([{**MINIMAL, "porteur.type": "comune"}]), "t.xlsx"),
    ],
)
def test_a_form_and_a_table_suggest_it_too(data: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    (finding,) = check_files([tmp_path / name], ROOT / "criteria.yaml").findings
    assert str(finding.suggestion) == "Vouliez-vous dire « commune » ?"
