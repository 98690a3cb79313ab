"""Whether a candidature is read the short way or through pydantic, the same is read and the same is said of it."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bench.generate import candidature

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.plain_reading import NotPlainError, PlainReader
from ami_scoring.sources.doors.loaders import read_documents
from ami_scoring.sources.doors.refusals import read_candidature, read_strictly
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.text.located_json import read_json

ROOT = Path(__file__).parents[3]
FOLDERS = ("samples", "examples", "tests/rejected/candidatures", "tests/fuzz/corpus")
ODD: list[Any] = [
    None,
    "",
    " ",
    "-",
    "néant",
    "oui",
    "non",
    "1",
    1,
    0,
    True,
    False,
    Decimal("1.5"),
    Decimal(1),
    -3,
    10**20,
    "12 000,50 €",
    "1,234",
    "2022-13-01",
    "30/06/2022 à 9 h 30",
    "Dr Durand",
    "beaucoup",
    "x" * 61,
    "x" * 40_001,
    "caché\u200e",
    [],
    ["-"],
    ["ARS", "-"],
    ["ARS", 3, None],
    [["ARS"]],
    {},
    {"nom": "Durand"},
]
"""What strangers put in the place of an answer."""


def both(document: Document) -> tuple[Any, Any]:
    return read_candidature(document), read_strictly(document)


def check(document: Document) -> None:
    """Compare both ways: what is read, which fields are given, and every finding with its place."""
    (short, said), (strict, told) = both(document)
    assert said == told
    assert short == strict
    if short is not None and strict is not None:
        assert short.model_dump() == strict.model_dump()
        assert _given(short) == _given(strict)
        assert [type(value) for value in _leaves(short)] == [type(value) for value in _leaves(strict)]


def _given(made: Any) -> Any:
    if isinstance(made, list):
        return [_given(each) for each in made]
    if not hasattr(made, "model_fields_set"):
        return None
    return made.model_fields_set, [_given(getattr(made, name)) for name in type(made).model_fields]


def _leaves(made: Any) -> list[Any]:
    if isinstance(made, list):
        return [leaf for each in made for leaf in _leaves(each)]
    if not hasattr(made, "model_fields_set"):
        return [made]
    return [leaf for name in type(made).model_fields for leaf in _leaves(getattr(made, name))]


def document_of(data: Any) -> Document:
    """Make a document of JSON of some data, whose numbers stay exact."""
    text = json.dumps(data, ensure_ascii=False, indent=1, default=lambda number: f"<{number}>")
    (document,), _ = read_json(text, "c.json")
    return document._replace(data=data)


def files() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())


def test_both_ways_agree_on_every_file_that_we_keep() -> None:
    seen = 0
    for path in files():
        for documents, _ in read_documents(path)[1]:
            for document in documents:
                check(document)
                seen += 1
    assert seen > 100


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_both_ways_agree_on_any_answer_of_any_type_at_any_place(odd: Any) -> None:
    whole = candidature(7, "09001")
    whole["medecins_interesses"][0] |= {"nom": "Durand", "rpps": "10000000013"}
    whole["implantation"] |= {"qpv": "QP031001", "zone_declaree": "ZIP"}
    for path in _paths(whole):
        data = deepcopy(whole)
        below: Any = data
        for part in path[:-1]:
            below = below[part]
        below[path[-1]] = odd
        check(document_of(data))


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, below in inside for found in ((*path, key), *_paths(below, (*path, key)))]


ANSWERS = st.one_of(st.sampled_from(ODD), st.text(max_size=12), st.integers(), st.dates().map(str))


@given(st.integers(0, 10_000), st.lists(st.tuples(st.integers(0, 10_000), ANSWERS | st.just("…")), max_size=4))
def test_both_ways_agree_on_records_with_several_things_wrong(number: int, changes: list[tuple[int, Any]]) -> None:
    data: Any = candidature(number, "09001")
    for place, odd in changes:
        paths = _paths(data)
        path = paths[place % len(paths)]
        below = data
        for part in path[:-1]:
            below = below[part]
        if odd == "…":
            del below[path[-1]]
        else:
            below[path[-1]] = deepcopy(odd)
    check(document_of(data))


def test_equal_answers_take_the_memory_of_one_and_yes_is_not_the_number_one() -> None:
    read = PlainReader(Candidature)
    one, _ = read({**candidature(1, "09001"), "pieces": ["plan"]})
    other, _ = read({**candidature(1, "09001"), "pieces": ["plan"]})
    assert one.documents is other.documents
    assert one.model_fields_set is other.model_fields_set
    numbered, _ = read({**candidature(1, "09001"), "locaux": {"bureaux": 1}})
    _, (refused,) = read({**candidature(1, "09001"), "locaux": {"bureaux": True}})
    assert numbered.premises is not None
    assert (numbered.premises.rooms, refused.written) == (1, True)


def test_what_is_remembered_has_an_end() -> None:
    read = PlainReader(Candidature)
    for number in range(9_000):
        made, refused = read({**candidature(1, "09001"), "pieces": [f"plan {number}"], "porteur": {"nom": f"{number}"}})
        assert (made.documents, made.applicant.name, refused) == ([f"plan {number}"], str(number), [])


def test_a_block_that_is_none_is_not_plain() -> None:
    with pytest.raises(NotPlainError):
        PlainReader(Candidature)([])
