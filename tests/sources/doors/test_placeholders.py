"""What people write in a box that they have nothing to put in is no answer, in a text as in a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ami_scoring.domain.candidature import Candidature
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.room import Loaded

MINIMAL: dict[str, Any] = {
    "reference": "AMI-T-01",
    "depose_le": "2022-09-30",
    "porteur": {"nom": "Commune d'essai"},
    "implantation": {"communes": [{"code_insee": "09901"}]},
}


def load(folder: Path, name: str = "c.json", **more: Any) -> Loaded:
    path = folder / name
    path.write_text(json.dumps({**MINIMAL, **more}, ensure_ascii=False, indent=1), encoding="utf-8")
    return load_candidatures([path], lambda _: ())


@pytest.mark.parametrize("name", ["c.json", "c.yaml"])
@pytest.mark.parametrize("word", ["-", "N/A", " néant ", "s.o.", "Sans objet", "."])
def test_a_placeholder_is_a_missing_answer_with_a_finding_at_its_place(name: str, word: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, name, locaux={"surface_m2": word, "bureaux": "4"})
    (said,), (entry,) = loaded.findings, loaded.entries
    assert (said.code, said.where.line, entry.refused) == ("placeholder-answer", 15, ())
    assert entry.candidature == Candidature.model_validate({**MINIMAL, "locaux": {"bureaux": "4"}})


@pytest.mark.parametrize(
    ("pieces", "read", "count"),
    [(["-"], None, 1), (["plan", "-", "néant"], {"plan"}, 2), (["-", "plan"], {"-", "plan"}, 0), ([], set(), 0)],
)
def test_a_list_loses_what_says_nothing_at_its_end_and_is_missing_where_all_of_it_does(
    pieces: list[str], read: set[str] | None, count: int, tmp_path: Path
) -> None:
    loaded = load(tmp_path, pieces=pieces)
    documents = loaded.entries[0].candidature.documents
    assert (None if documents is None else set(documents), len(loaded.findings)) == (read, count)


def test_what_is_required_is_asked_for_where_a_placeholder_stands_for_it(tmp_path: Path) -> None:
    loaded = load(tmp_path, porteur={"nom": "-"})
    assert [each.code for each in loaded.findings] == ["placeholder-answer", "missing-key"]


def test_a_text_that_the_call_declares_keeps_its_words(tmp_path: Path) -> None:
    loaded = load(tmp_path, complements={"avis": "néant"})
    assert (loaded.entries[0].candidature.extra, loaded.findings) == ({"avis": "néant"}, [])
