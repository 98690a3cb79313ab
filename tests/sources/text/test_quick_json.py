"""Lines of JSON decoded quickly say what the strict reading says: same candidatures, same findings, same places."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.bench.generate import candidature

from ami_scoring.sources.doors.refusals import make_plainly, read_candidature
from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.files.document import Document, Places
from ami_scoring.sources.text.garbled import check_garbled
from ami_scoring.sources.text.located_json import read_json_lines
from ami_scoring.sources.text.ordinary import is_ordinary
from ami_scoring.sources.text.quick_json import QuickLines
from ami_scoring.sources.text.unseen import check_unseen

ROOT = Path(__file__).parents[3]
PLAIN = candidature(7, "09004")
LINE = json.dumps(PLAIN, ensure_ascii=False)
TWISTS = (
    ('"population": 307', '"population": 307, "population": 308'),
    ('"population": 307', '"population" : 307'),
    ('"population": 307', '"population" : 307, "population": 307'),
    ('"population": 307', '"population"\t: 307'),
    ('"population": 307', '"population"\r: 307,\r"population"\r: 308'),
    ('"population": 307', '"population": 307.0'),
    ('"population": 307', '"population": 307.5'),
    ('"population": 307', '"population": 3.07e2'),
    ('"population": 307', '"population": 3e400'),
    ('"population": 307', '"population": 3e-400'),
    ('"population": 307', '"population": NaN'),
    ('"population": 307', '"population": -Infinity'),
    ('"population": 307', '"population": -0'),
    ('"population": 307', '"population": 0307'),
    ('"population": 307', '"population": ' + "9" * 20),
    ('"population": 307', '"population": ' + "9" * 101),
    ('"population": 307', '"population": ' + "9" * 5_000),
    ('"population": 307', '"population": 0.1000000000000000055511151231257827021181583404541015625'),
    ('"population": 307', '"population": [307]'),
    ('"population": 307', '"population": "beaucoup"'),
    ('"population": 307', '"population": "a:b"'),
    ('"population": 307', '"population": ":b", "population": ":c"'),
    ('"population": 307', '"population": "a :b"'),
    ('"population": 307', '"population": "néant"'),
    ('"population": 307', '"population": null'),
    ('"population": 307', '"populatio\\u006e": 307'),
    ('"population": 307', '"population": 307, "populatio\\u006e": 307'),
    ('"population": 307', '"popul\u200eation": 307'),
    ('"reference"', '"reference": "B-1", "reference"'),
    ('"reference"', '"complements": {"a": 1, "a": 2}, "reference"'),
    ('"reference"', '"complements": {"a": 1.5}, "reference"'),
    ('"reference"', '"complements": {"a": [{"b": 1, "c": {"d": 2}}, [1.5, 2]]}, "reference"'),
    ('"reference"', '"complements": {"a": ' + "9" * 101 + '}, "reference"'),
    ('"reference"', '"complements": {"a": ' + "[" * 50 + "]" * 50 + '}, "reference"'),
    ('"reference"', '"complements": {"é": 1, "é": 2}, "reference"'),
    ('"reference"', '"complements": {"l\u2019un": 1, "l\'un": 2}, "reference"'),
    ('"reference"', '"complements": {"a": [{"l\u2019un": 1, "l\'un": 2}]}, "reference"'),
    ("essai", "essai \u2013 nord"),
    ("essai", "«\u00a0l\u2019essai\u00a0» \u2026 n°\u202f1, 2\u00a0m²"),
    ("essai", "ÂGÉ"),
    ("essai", "Â«"),
    ("essai", "Â\u00a0"),
    ("essai", "â€™"),
    ("essai", "â €™"),
    ("307", '"1\u00a0307\u202f000"'),
    ("307", '"307 €"'),
    ('"population"', '"popul\u2019ation"'),
    ('"population"', '\u00a0"population"'),
    ('"population": 307', '"population"\u00a0: 307'),
    ("essai", "e\u0301ssai"),
    ("essai", "Ã©ssai"),
    ("essai", "essai\x07"),
    ("essai", "essai\t"),
    ("essai", "\\ud800"),
    ("essai", "l\u2019essai \u0153 \u017d"),
    ("{", "\ufeff{"),
    ("{", "[1, 2, {"),
    ("}", "} x"),
)


def read(line: bytes, *, quickly: bool) -> list[Any]:
    """Give all that is read of a line, and said of it."""
    told: list[Any] = []
    for documents, findings in read_json_lines(line + b"\n", "f.jsonl", make=make_plainly if quickly else None):
        told += findings
        for each in documents:
            made, said = read_candidature(each)
            ends = [each.locate(path, key=key) for path in _paths(each.data) for key in (False, True)]
            told += [each.line, each.data, _typed(each.data), made, said, ends]
    return told


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for key, value in below for found in _paths(value, (*path, key)))]


def _typed(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _typed(value) for key, value in data.items()}
    return [_typed(each) for each in data] if isinstance(data, list) else type(data)


def check(text: str) -> None:
    line = text.encode("utf-8", "surrogatepass")
    assert read(line, quickly=True) == read(line, quickly=False)


def test_a_sound_line_needs_no_stricter_reading() -> None:
    assert QuickLines(make_plainly).read(LINE.encode()) is not None


def test_once_a_number_had_decimals_they_are_read_exactly_in_all_lines() -> None:
    lines = QuickLines(make_plainly)
    for number in ("307.0", "307"):
        line = LINE.replace('"population": 307', f'"population": {number}').encode()
        found = lines.read(line)
        assert found is not None
        assert repr(found.data) == repr(next(read_json_lines(line, "f.jsonl"))[0][0].data)


@pytest.mark.parametrize(("written", "instead"), TWISTS)
def test_whatever_is_twisted_in_a_line_the_same_is_said_of_it(written: str, instead: str) -> None:
    assert written in LINE
    check(LINE.replace(written, instead, 1))
    check(LINE.replace(written, instead))


@given(
    st.lists(st.tuples(st.integers(0, len(LINE)), st.sampled_from(' :,"{}[]\\.e0-\r\tné\u2019«\u00a0€Ââ')), max_size=4)
)
@example([(0, " "), (len(LINE), "\r")])
def test_whatever_is_typed_into_a_line_the_same_is_said_of_it(typed: list[tuple[int, str]]) -> None:
    text = LINE
    for place, sign in typed:
        text = text[:place] + sign + text[place:]
    check(text)


@pytest.mark.parametrize("folder", ["samples", "examples", "tests/rejected", "tests/fuzz/corpus"])
def test_every_line_of_the_project_is_read_alike(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.json*"):
        for line in path.read_bytes().split(b"\n"):
            assert read(line, quickly=True) == read(line, quickly=False), path


@pytest.mark.parametrize(
    "text",
    [
        "a\\b",
        "a\tb",
        "a\x00",
        "\u2028",
        "\u00ad",
        "\u200e",
        "e\u0301",
        "â€™",
        "Ã©",
        "Â°",
        "pŽre",
        "\x7f",
        "ª",
        "\u0085",
    ],
)
def test_a_text_is_ordinary_when_nothing_in_it_may_be_doubted(text: str) -> None:
    assert is_ordinary("Île Ÿ, œuvre n. 1 : žéna\r\n".encode())
    assert is_ordinary("ÉGAL, «\u00a0l\u2019œuvre\u202f» – “n°\u00a01”, 9\u202fm² — à 10\u00a0€…".encode())
    assert not is_ordinary(f"été {text}".encode())
    assert not is_ordinary(b"\x80t\xc3")


def test_no_character_of_an_ordinary_text_is_one_that_is_looked_for() -> None:
    for code in (*range(0xD800), *range(0xE000, 0x11000)):
        for text in (f"a{chr(code)}a", f"é{chr(code)}\u00e9"):
            if is_ordinary(text.encode()):
                assert text.translate(dict.fromkeys(map(ord, "\r\n\u00a0\u202f"))).isprintable()
                assert unicodedata.is_normalized("NFC", text)
                document = Document({"a": text}, "f.yaml", 1, Places(Source(text, "f.yaml"), lambda _, __: {}))
                assert not [*check_unseen(document), *check_garbled(document)]


def test_no_two_characters_of_an_ordinary_text_are_what_a_conversion_makes_of_one() -> None:
    signs = [chr(code) for code in (*range(0xA0, 0x180), *range(0x2000, 0x2070), 0x20AC, 0x2122) if chr(code) != "\xad"]
    texts = [one + other for one in (*"aÃÂâŽˆƒ", *signs) for other in (*"aé", *signs)]
    ordinary = "\n".join(text for text in texts if is_ordinary(text.encode()))
    document = Document({"a": ordinary}, "f.yaml", 1, Places(Source(ordinary, "f.yaml"), lambda _, __: {}))
    assert len(ordinary) > 30_000
    assert not [*check_unseen(document), *check_garbled(document)]
    ordinary = ordinary.replace("\n", "")
    assert unicodedata.is_normalized("NFC", ordinary)
