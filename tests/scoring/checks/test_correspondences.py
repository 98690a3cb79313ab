"""What a mapping says that cannot be, in the light of a call or without it."""

from __future__ import annotations

from typing import Any

import pytest

from ami_scoring.domain.correspondence import Correspondence, MappedAnswer, MappedMark, parse_position
from ami_scoring.domain.criteria import Criteria
from ami_scoring.scoring.checks.correspondences import check_correspondence

REQUIRED: list[Any] = [
    {"key": "reference", "column": "ID"},
    {"key": "depose_le", "column": "Déposé le"},
    {"key": "porteur.nom", "column": "Nom"},
    {"key": "implantation.communes.1.code_insee", "column": "Code"},
]
CALL: dict[str, Any] = {
    "language": "1",
    "call": {"title": "A", "edition": "1", "authority": "C"},
    "total": "1",
    "facts": [{"name": "part", "type": "decimal", "label": "Part"}],
    "waves": [{"id": "v", "closes": "2022-02-28"}],
    "criteria": [
        {
            "id": "p",
            "label": "P",
            "weight": "1",
            "rule": {"kind": "per_unit", "fact": "locaux.bureaux", "points": "1", "at_most": "1"},
        }
    ],
    "selection": {"places": "1"},
}


def found(criteria: Criteria | None = None, blocks: Any = (), *more: Any) -> list[str]:
    correspondence = Correspondence.model_validate(
        {"language": "1", "export": {"origin": "essai"}, "answers": [*REQUIRED, *more], "blocks": list(blocks)}
    )
    return [problem.code for problem in check_correspondence(correspondence, criteria)]


def test_a_mapping_that_fills_what_is_required_has_nothing_wrong() -> None:
    assert found() == []


def test_a_declared_fact_is_known_where_the_call_declares_it_and_believed_where_no_call_is_read() -> None:
    answers = [{"key": f"complements.{name}", "constant": "1"} for name in ("part", "autre")]
    assert found(None, (), *answers) == []
    assert found(Criteria.model_validate(CALL), (), *answers) == ["mapping-unknown-key"]


@pytest.mark.parametrize(
    ("block", "codes"),
    [
        ({"list": "medecins_interesses", "answers": [{"key": "specialite", "column": "S"}]}, []),
        ({"list": "medecins_interesses", "answers": [{"key": "age", "column": "A"}]}, ["mapping-unknown-key"]),
        ({"list": "medecins", "answers": [{"key": "specialite", "column": "S"}]}, ["mapping-unknown-list"]),
        (
            {"list": "medecins_interesses", "answers": [{"key": "nom", "column": "N"}], "confirmed": "non"},
            ["mapping-to-confirm"],
        ),
        (
            {"list": "medecins_interesses", "answers": [{"key": "nom", "column": "N", "confirmed": "non"}]},
            ["mapping-to-confirm"],
        ),
    ],
)
def test_a_block_fills_a_list_that_exists_with_keys_of_its_elements(block: Any, codes: list[str]) -> None:
    assert found(None, [{"sheet": "B", **block}]) == codes


def test_what_nobody_confirmed_fills_nothing() -> None:
    answers = [*REQUIRED[:3], {**REQUIRED[3], "confirmed": "non"}]
    correspondence = Correspondence.model_validate({"language": "1", "export": {"origin": "essai"}, "answers": answers})
    assert [each.code for each in check_correspondence(correspondence, None)] == [
        "mapping-to-confirm",
        "mapping-required-key",
    ]
    assert [answer.key for answer in correspondence.applied] == [each["key"] for each in REQUIRED[:3]]
    assert correspondence.applied_blocks == ()


@pytest.mark.parametrize(("written", "number"), [("1", 1), ("N", 14), ("aa", 27), (3, 3)])
def test_a_place_is_a_number_or_the_letters_of_a_spreadsheet(written: object, number: int) -> None:
    assert parse_position(written) == number


def test_a_separator_may_be_a_line_break() -> None:
    answer = MappedAnswer.model_validate({"key": "pieces", "column": "P", "separator": "\n"})
    assert answer.separator == "\n"


@pytest.mark.parametrize(
    ("confirmed", "subject", "codes"),
    [
        ("oui", "projet", []),
        ("non", "projet", ["mapping-to-confirm"]),
        ("oui", "project", ["mapping-unknown-subject"]),
    ],
)
def test_opinions_are_about_subjects_that_the_call_has_judged(confirmed: str, subject: str, codes: list[str]) -> None:
    rule = {"kind": "judgement", "on": "projet", "highest": "5"}
    judged = {**CALL, "criteria": [{"id": "p", "label": "P", "weight": "1", "out_of": "5", "rule": rule}]}
    told = {"confirmed": confirmed, "marks": [{"subject": subject}]}
    data = {"language": "1", "export": {"origin": "essai"}, "answers": REQUIRED, "opinions": told}
    problems = check_correspondence(Correspondence.model_validate(data), Criteria.model_validate(judged))
    assert [problem.code for problem in problems] == codes


def test_a_question_asked_needs_the_column_where_it_is_asked() -> None:
    with pytest.raises(ValueError, match="vont ensemble"):
        MappedMark.model_validate({"subject": "projet", "asked_in": "Question"})
