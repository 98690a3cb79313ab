"""The opinions of experts that an export holds are assessors' marks, where the mapping says how they are written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from openpyxl import Workbook

from ami_scoring.domain.correspondence import Correspondence
from ami_scoring.domain.criteria import Criteria
from ami_scoring.evaluation.importing import propose_mapping
from ami_scoring.sources.doors.mappings import load_mapping
from ami_scoring.sources.mappings.opinions import read_opinions

HEADS = ["Dossier ID", "Introduction", "Réponse", "Question", "Réponse oui/non", "Créé le", "Répondu le", "Expert"]
MAPPING = """\
language: 1
export: {{origin: essai, sheet: Dossiers}}
rows:
  - {{column: État du dossier, keep: [En instruction]}}
answers:
  - {{key: reference, column: ID, prefix: DS-}}
  - {{key: depose_le, column: Déposé le, read: moment}}
opinions:
  marks:
    - {{{mark}}}
{more}"""
Row = Sequence[Any]
CALL: dict[str, Any] = {
    "language": "1",
    "call": {"title": "A", "edition": "1", "authority": "C"},
    "total": "1",
    "waves": [{"id": "v", "closes": "2022-02-28"}],
    "selection": {"places": "1"},
}


def opinion(dossier: int, answer: str | None, expert: str = "a@exemple.fr", **more: str) -> list[Any]:
    known = {"Dossier ID": dossier, "Réponse": answer, "Expert": expert, **more}
    return [known.get(head) for head in HEADS]


def export(opinions: Sequence[Row], heads: Row = HEADS) -> bytes:
    book = Workbook()
    main = book.active
    assert main is not None
    main.title = "Dossiers"
    main.append(["ID", "État du dossier", "Déposé le"])
    main.append([7, "En instruction", "2022-02-01 09:00"])
    main.append([8, "Refusé", "2022-02-01 09:00"])
    sheet = book.create_sheet("Avis")
    for row in (heads, *opinions):
        sheet.append(list(row))
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def read(
    data: bytes, folder: Path, mark: str = "subject: projet", more: str = "", name: str = "e.xlsx"
) -> tuple[list[Any], list[str]]:
    path = folder / "correspondance.yaml"
    path.write_text(MAPPING.format(mark=mark, more=more), encoding="utf-8")
    mapping = load_mapping(path)
    assert not isinstance(mapping, list), [str(each.message) for each in mapping]
    documents, findings = read_opinions(data, Path(name), mapping)
    return [each.data for each in documents], [each.code for each in findings]


@pytest.mark.parametrize(
    ("text", "mark", "said"),
    [
        ("14 : projet solide", "subject: projet", ("14", "projet solide")),
        ("14,5/20 — projet solide", "subject: projet, out_of: 20", ("14,5", "projet solide")),
        ("14/20 projet solide", "subject: projet", ("14/20 projet solide", None)),
        ("projet solide", "subject: projet", ("projet solide", None)),
        ("Favorable", "subject: projet, values: {favorable: 4}", ("4", None)),
        ("3", "subject: projet, reason: Question", ("3", "pourquoi")),
    ],
)
def test_the_mark_stands_at_the_beginning_of_the_answer_and_its_reason_after(
    text: str, mark: str, said: tuple[str, str | None], tmp_path: Path
) -> None:
    (found,), findings = read(export([opinion(7, text, Question="pourquoi")]), tmp_path, mark)
    about = found["avis"]["projet"]
    assert ((about["note"], about.get("motif")), findings) == (said, [])
    assert (found["reference"], found["assesseur"]) == ("DS-7", "a@exemple.fr")


def test_each_question_may_be_about_a_subject_of_its_own(tmp_path: Path) -> None:
    rows = [
        opinion(7, "4 : bien", Introduction="Le projet"),
        opinion(7, "2 : loin", Introduction="Les  locaux"),
        opinion(7, "1 : rien", Introduction="Autre chose"),
    ]
    mark = "subject: projet, asked_in: Introduction, asked: [Le projet]"
    more = "    - {subject: locaux, asked_in: Introduction, asked: [les locaux]}\n"
    (found,), _ = read(export(rows), tmp_path, mark, more)
    assert {subject: each["note"] for subject, each in found["avis"].items()} == {"projet": "4", "locaux": "2"}


def test_two_opinions_of_one_expert_on_one_subject_are_two_for_the_door_to_refuse(tmp_path: Path) -> None:
    found, _ = read(export([opinion(7, "4 : a"), opinion(7, "5 : b"), opinion(7, "3 : c", "b@exemple.fr")]), tmp_path)
    assert [(each["assesseur"][0], each["avis"]["projet"]["note"]) for each in found] == [
        ("a", "4"),
        ("a", "5"),
        ("b", "3"),
    ]


def test_opinions_that_are_awaited_or_about_others_are_counted(tmp_path: Path) -> None:
    found, findings = read(export([opinion(7, None), opinion(8, "4 : a"), opinion(9, "4 : a")]), tmp_path)
    assert (found, findings) == ([], ["mapping-opinions-left-out"])


@pytest.mark.parametrize(
    ("heads", "more", "code"),
    [
        (["Dossier ID", "Réponse"], "", "mapping-column-absent"),
        (HEADS, "  sheet: Opinions\n", "mapping-sheet-absent"),
        (["Autre", "Chose"], "", "mapping-sheet-absent"),
        (HEADS, "  matches: Numéro\n", "mapping-column-absent"),
    ],
)
def test_a_sheet_that_is_not_as_the_mapping_says_is_told(heads: Row, more: str, code: str, tmp_path: Path) -> None:
    assert read(export([], heads), tmp_path, more=more) == ([], [code])


def test_opinions_that_nobody_confirmed_are_not_read(tmp_path: Path) -> None:
    assert read(export([opinion(7, "4 : a")]), tmp_path, more="  confirmed: non\n") == ([], [])


def test_the_interface_of_the_platform_gives_the_same_opinions(tmp_path: Path) -> None:
    avis = [{"question": "Avis ?", "reponse": "4 : bien", "questionAnswer": True, "expert": {"email": "a@exemple.fr"}}]
    dossier = {"number": 7, "state": "en_instruction", "dateDepot": "2022-02-01", "champs": [], "avis": avis}
    text = json.dumps({"data": {"dossier": dossier}})
    found, findings = read(text.encode(), tmp_path, name="e.json")
    assert ([each["avis"]["projet"] for each in found], findings) == ([{"note": "4", "motif": "bien"}], [])


def test_opinions_are_proposed_for_a_person_to_confirm_and_then_heard(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    path.write_bytes(export([opinion(7, "4 : bien", Introduction="Qualité du projet")]))
    rule = {"kind": "judgement", "on": "projet", "highest": "5"}
    call = {**CALL, "criteria": [{"id": "p", "label": "Qualité du projet", "weight": "1", "out_of": "5", "rule": rule}]}
    text = propose_mapping(path, Criteria.model_validate(call)).text
    assert "  - {subject: projet, column: Réponse, asked_in: Introduction, asked: [Qualité du projet]}" in text
    made = Correspondence.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - plain data only
    assert made.opinions is not None
    assert not made.opinions.confirmed
    assert "opinions:" not in propose_mapping(path, None).text
