"""The place of an answer in plain YAML is told by its lines, and is the one that the parser tells, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml.cyaml import CParser  # type: ignore[attr-defined, import-untyped, unused-ignore]

from ami_scoring.sources.files.document import Place
from ami_scoring.sources.text.plain_places import seek_plain
from ami_scoring.sources.text.plain_yaml import read_plain
from ami_scoring.sources.text.yaml_places import seek

ROOT = Path(__file__).parents[3]
TEXT = """\
# Une commune d'essai
reference: A-1
porteur:
  nom:   "Commune d'essai"

  # son numéro
  siren: "990000036"
implantation:
  communes:
  - code_insee: '09004'
    nom: Île-Tudy
    population: 12
  - code_insee: "09005"
  vide:
diagnostic:
    partage_avec:
      - ARS
      - CPTS
    vide: 1
pieces: []
"""
LINES = (*("a: 1", "b:", "- a: 1", "- b:", "- c", "c: x", "d: []", "- []", "", "# a: 1", "c:", "- 'a: 1'"),)


def paths(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the path of each value, and one that leads nowhere below each."""
    yield path
    yield (*path, "zzz")
    yield (*path, 7)
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in below:
        yield from paths(value, (*path, key))


def told(text: str, path: tuple[str | int, ...]) -> Place:
    return seek(list(iter(CParser(text).get_event, None)), (0, *path))


@pytest.mark.parametrize(
    ("path", "line", "value"),
    [
        (("reference",), "reference: A-1", "A-1"),
        (("porteur", "nom"), "  nom:   ", '"Commune'),
        (("porteur", "siren"), "  siren:", '"990000036"'),
        (("implantation", "communes", 0, "code_insee"), "  - code_insee: '09004'", "'09004'"),
        (("implantation", "communes", 0, "population"), "    population", "12"),
        (("implantation", "communes", 1, "code_insee"), '  - code_insee: "09005"', '"09005"'),
        (("diagnostic", "partage_avec", 1), "      - CPTS", "CPTS"),
        (("diagnostic", "vide"), "    vide: 1", "1"),
    ],
)
def test_an_answer_on_the_line_of_its_key_is_found_there(path: tuple[str | int, ...], line: str, value: str) -> None:
    found = seek_plain(TEXT, path)
    assert found is not None
    assert TEXT[found.value :].startswith(value)
    assert TEXT.rfind("\n", 0, found.value) + 1 == TEXT.index(line)
    assert found == told(TEXT, path)


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("porteur",),
        ("pieces",),
        ("absente",),
        ("implantation", "vide"),
        ("implantation", "vide", "nom"),
        ("implantation", "communes", 1, "nom"),
        ("implantation", "communes", 2),
        ("implantation", "communes", "nom"),
        ("reference", "nom"),
        ("diagnostic", "partage_avec", 0, "nom"),
        ("diagnostic", 0),
    ],
)
def test_a_group_and_what_is_not_there_are_left_to_the_parser(path: tuple[str | int, ...]) -> None:
    assert seek_plain(TEXT, path) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(LINES)), max_size=9), st.sampled_from(("\n", "\r\n")))
def test_whatever_the_lines_it_is_the_place_that_the_parser_tells(lines: list[tuple[int, str]], end: str) -> None:
    text = "".join("  " * level + line + end for level, line in lines)
    plain = read_plain(text)
    for path in paths(plain.data) if plain else ():
        assert seek_plain(text, path) in {None, told(text, path)}, (text, path)


@pytest.mark.parametrize("folder", ["samples", "tests/rejected"])
def test_in_the_files_of_the_project_every_answer_is_where_the_parser_says(folder: str) -> None:
    found = 0
    for path in sorted((ROOT / folder).rglob("*.yaml")):
        text = path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
        plain = read_plain(text)
        events = list(iter(CParser(text).get_event, None)) if plain else []
        for each in paths(plain.data) if plain else ():
            place = seek_plain(text, each)
            assert place is None or place == seek(events, (0, *each)), (path, each)
            found += place is not None
    assert found
