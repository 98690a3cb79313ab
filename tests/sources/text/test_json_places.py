from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.files.document import MAX_SEEKS, DataPath, Places
from ami_scoring.sources.text.json_places import seek
from ami_scoring.sources.text.located_json import _scan, read_json, read_json_lines

KEYS = st.sampled_from(["a", "b", "été", "l’an", "x y"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", 'un "mot"', "[", "}", "1e3"]),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(KEYS, inside, max_size=4),
    max_leaves=15,
)


def paths_of(data: Any) -> list[DataPath]:
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [(), *((part, *rest) for part, value in children for rest in paths_of(value))]


@given(VALUES, st.sampled_from([None, 1]), st.integers(0, 3))
def test_a_place_that_is_sought_is_the_one_that_a_reading_of_the_whole_text_notes(
    data: Any, indent: int | None, blanks: int
) -> None:
    text = " " * blanks + json.dumps(data, ensure_ascii=False, indent=indent)
    whole, source = Places(Source(text, "a.json"), _scan), Source(text, "a.json")
    for path in paths_of(data):
        for asked in (path, (*path, "absent"), (*path, 9)):
            sought = Places(source, _scan, seek)
            assert sought(asked) == whole(asked)
            assert Places(source, _scan, seek)(asked, key=True) == whole(asked, key=True)


def test_many_questions_on_one_document_get_the_answers_that_few_would() -> None:
    text = json.dumps({f"k{number}": [number, {"in": number}] for number in range(3 * MAX_SEEKS)})
    places = Places(Source(text, "a.json"), _scan, seek)
    for number in range(3 * MAX_SEEKS):
        fresh = Places(Source(text, "a.json"), _scan, seek)
        assert places((f"k{number}", 1, "in"), key=True) == fresh((f"k{number}", 1, "in"), key=True)


@pytest.mark.parametrize("number", range(3))
def test_each_item_of_an_array_knows_its_own_places(number: int) -> None:
    documents, findings = read_json('[{"a": 1},\n {"a": 2},\n {"a": 3}]', "a.json")
    assert findings == []
    for _ in range(MAX_SEEKS + 1):
        where = documents[number].locate(("a",), key=True)
        assert (where.line, where.column) == (number + 1, 3)


def test_of_two_keys_that_only_their_apostrophes_part_the_document_is_refused_before_any_place_is_sought() -> None:
    ((documents, findings),) = read_json_lines('{"l\'an": 1, "l’an": 2}', "a.jsonl")
    assert documents == []
    assert [finding.code for finding in findings] == ["duplicate-key"]
