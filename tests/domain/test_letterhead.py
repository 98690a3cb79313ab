"""What letters say of the authority: nothing may be left blank, or stand in for something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ami_scoring.domain.letterhead import Letterhead, Signatory
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.findings import InvalidFileError
from ami_scoring.sources.doors.letterhead import load_letterhead

SAMPLE = Path(__file__).parents[2] / "samples" / "courriers.yaml"


@pytest.mark.parametrize(
    "text",
    [
        "à compléter",
        "À COMPLÉTER",
        "à préciser.",
        "…",
        "...",
        "XXX",
        "TODO",
        "<nom>",
        "[nom du signataire]",
        "___",
        "-",
        "N/A",
        "sans objet",
        "?",
        " ",
        "M. à compléter",
    ],
)
def test_a_text_that_only_holds_a_place_is_refused(text: str) -> None:
    with pytest.raises(InvalidDataError):
        Signatory.model_validate({"nom": text, "qualite": "Présidence"})


@pytest.mark.parametrize("text", ["Claude Exemple", "M. X. Exemple", "Service [3]", "L'État", "Le 1er vice-président"])
def test_a_text_that_says_something_is_kept(text: str) -> None:
    assert Signatory.model_validate({"nom": text, "qualite": "Présidence"}).name == text


def test_the_sample_is_whole() -> None:
    found = load_letterhead(SAMPLE)
    assert found.letterhead.completion.due_on.isoformat() == "2022-12-05"
    assert len(found.origin.sha256) == 64


@pytest.mark.parametrize("key", [name for name, field in Letterhead.model_fields.items() if field.is_required()])
def test_nothing_that_is_needed_may_be_absent(key: str, tmp_path: Path) -> None:
    alias = Letterhead.model_fields[key].alias or key
    kept = tmp_path / "courriers.yaml"
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(f"{alias}:"))
    end = next((place for place in range(start + 1, len(lines)) if lines[place][:1] not in {" ", ""}), len(lines))
    kept.write_text("\n".join([*lines[:start], *lines[end:]]), encoding="utf-8")
    assert codes(kept) == [("missing-key", 5)]


def codes(path: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(InvalidFileError) as caught:
        load_letterhead(path)
    return [(finding.code, finding.where.line) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("nom: Claude Exemple", "nom: Claude Exemple, titre: M.", ("unknown-key", 12)),
        ("date: 2022-11-14", "date: demain", ("date-expected", 14)),
        ("notes: oui ", "notes: peut-être ", ("flag-expected", 16)),
        ("lieu: Villexemple", "lieu: [Villexemple", ("yaml-syntax", 13)),
        ("lieu: Villexemple", "lieu: Villexemple\nlieu: Ailleurs", ("duplicate-key", 14)),
    ],
)
def test_each_mistake_has_its_place(tmp_path: Path, old: str, new: str, expected: tuple[str, int]) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    wrong = tmp_path / "courriers.yaml"
    wrong.write_text(text.replace(old, new), encoding="utf-8")
    assert expected in codes(wrong)


def test_two_documents_are_one_too_many(tmp_path: Path) -> None:
    twice = tmp_path / "courriers.yaml"
    twice.write_text(SAMPLE.read_text(encoding="utf-8") + "\n---\nlanguage: 1\n", encoding="utf-8")
    assert "several-documents" in [code for code, _ in codes(twice)]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\xd8", None])
def test_what_cannot_be_read_is_told(tmp_path: Path, content: Any) -> None:
    path = tmp_path / "courriers.yaml"
    if content is not None:
        path.write_bytes(content)
    assert len(codes(path)) == 1
