"""The plainest YAML is read line by line, and says what the whole reader says of it: same data, same places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ami_scoring.domain.primitives import MOST_REMEMBERED
from ami_scoring.findings import Finding, Location
from ami_scoring.sources.text import located_yaml
from ami_scoring.sources.text.located_yaml import read_yaml
from ami_scoring.sources.text.ordinary import is_ordinary
from ami_scoring.sources.text.plain_yaml import MAX_LENGTH, _lines, read_plain

ROOT = Path(__file__).parents[3]
FILE = """\
# Une commune d'essai
reference: A-1

porteur:
  nom: Commune d'essai [nord], 3 % de l'aire
  siren: "990000036"
implantation:
  communes:
  - code_insee: '09004'
    nom: Île-Tudy
  - code_insee: "09005"
diagnostic:
    partage_avec:
      - ARS
      - professionnels de santé
    prospective:
pieces: []
"""
DATA = {
    "reference": "A-1",
    "porteur": {"nom": "Commune d'essai [nord], 3 % de l'aire", "siren": "990000036"},
    "implantation": {"communes": [{"code_insee": "09004", "nom": "Île-Tudy"}, {"code_insee": "09005"}]},
    "diagnostic": {"partage_avec": ["ARS", "professionnels de santé"], "prospective": None},
    "pieces": [],
}
LINES = (
    *("a: 1", "b:", "c: x y  ", "- d", "- e: 2", "- f:", "", "  # c", 'g: "q # r: s"', "h: ''", "i: []", "k: null"),
    *("- null", "-", "l: é\u0301", "m: A\u030a", "n: a:b", "o: a #b", "p: -3", "---", "...", "q : 1", "- - a", "? s"),
    *("t: |", "u: >-", "v: &a 1", "w: *a", "null: 1", "y: 'it''s'", "z: end #c", "a: \u00a0x", "b: \u2028", "c: \t1"),
    *("d: @x", "e: a\rb", "f: {b: 1}", "%YAML 1.1", "'a': 1", "g", "- []", "1: 2", "<<: a", "É: 1", "h: a: b", "i: x:"),
    *(
        "j: «\u00a0k\u00a0»",
        "\u00a0",
        "l: m\u202f",
        "\u202f- n",
        "o:\u00a0p",
        "q: l\u2019un",
        "l\u2019un: r",
        "s: \u00a0",
        "t: n°\u00a01",
    ),
)


def both(text: str) -> Iterator[tuple[Any, list[Finding]]]:
    """Read a text as it is read, then by the whole reader alone: data, lines, places, findings."""
    for quick in (read_plain, lambda _, **__: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(located_yaml, "read_plain", quick)
            documents, findings = read_yaml(
                text, "f.yaml", is_ordinary=is_ordinary(text.encode("utf-8", "surrogatepass"))
            )
        told = [(each.line, each.data, list(places(each.data, each.locate))) for each in documents]
        yield told, findings


def places(data: Any, locate: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Location, Location]]:
    yield locate(path), locate(path, key=True)
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in below:
        yield from places(value, locate, (*path, key))


def test_a_form_filled_by_hand_is_of_the_plainest_shape() -> None:
    found = read_plain(FILE)
    assert found == (DATA, 1)
    assert read_plain(FILE.replace("\n", "\r\n")) == found
    assert read_plain(FILE.removesuffix("\n")) == found


def test_its_places_are_those_of_the_whole_reader() -> None:
    ours, whole = both(FILE)
    assert ours == whole


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "# rien",
            "- a",
            "a",
            "a: 1\na: 2",
            "a: 1\n  b: 2",
            "a:\n  - b\n c: 1",
            " a: 1\nb: 2",
            "a: [b]",
            "a: 'it''s'",
        ),
        *(
            'a: "b\\n"',
            "a: b # c",
            "a: b: c",
            "a: é\u00a0",
            "null: 1",
            "a: -1",
            "a: ~",
            "---\na: 1",
            "a: &x 1",
            "a: !!str 1",
        ),
    ],
)
def test_anything_else_is_left_to_the_whole_reader(text: str) -> None:
    assert read_plain(text) is None


def test_lines_that_come_back_share_nothing_that_can_change() -> None:
    text = "a: []\nb: {}\nc:\nd:\n  - e\n"
    read = [read_plain(text), read_plain(text)]
    assert read == [({"a": [], "b": {}, "c": None, "d": ["e"]}, 0)] * 2
    groups = [id(each.data[key]) for each in read if each for key in "abd"]
    assert len(groups) == len(set(groups)) == 6


def test_no_more_lines_are_remembered_than_a_few_thousand() -> None:
    for number in range(MOST_REMEMBERED + 10):
        read_plain(f"a: {number}")
    assert 0 < len(_lines) <= MOST_REMEMBERED
    read_plain("a: " + "b" * 100)
    assert max(map(len, _lines)) <= 100


def test_a_long_text_and_a_deep_one_are_left_to_the_whole_reader() -> None:
    assert read_plain("a: 1\n" + "#" * MAX_LENGTH) is None
    deep = "".join("  " * level + "a:\n" for level in range(30))
    assert read_plain(deep) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(LINES)), max_size=8), st.sampled_from(("\n", "\r\n")))
@example([(0, "b:"), (0, "- d"), (0, "a: 1")], "\n")
@example([(0, "b:"), (1, "- e: 2"), (2, "b:"), (3, "- f:"), (0, "a: 1")], "\n")
@example([(0, "a: 1"), (0, "g")], "\n")
@example([(0, "b:"), (1, "g")], "\n")
def test_whatever_the_lines_both_readers_say_the_same(lines: list[tuple[int, str]], end: str) -> None:
    text = "".join("  " * level + line + end for level, line in lines)
    ours, whole = both(text)
    assert ours == whole


@pytest.mark.parametrize("folder", ["samples", "examples", "templates", "tests/rejected", "tests/fuzz/corpus"])
def test_every_file_of_the_project_is_read_alike(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.yaml"):
        text = path.read_text(encoding="utf-8", errors="replace")
        ours, whole = both(text)
        assert ours == whole, path
