"""A place in YAML is the same whether it is sought among events or all of them are noted."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from ami_scoring.sources.files.document import DataPath, fold
from ami_scoring.sources.text.located_yaml import _MOST_KEPT, MAX_NODES, _events, read_yaml
from ami_scoring.sources.text.yaml_places import scan, seek

ROOT = Path(__file__).parents[3]
STREAM = """\
a: 1
é: {b: [x, {c: y}, []], b: again}
---
- - one
  - two
-
---
seul
"""


def paths(data: Any, path: DataPath) -> list[DataPath]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for part, below in inside for found in paths(below, (*path, part)))]


@pytest.mark.parametrize("name", ["stream", "criteria.yaml", "samples"])
def test_a_place_that_is_sought_is_the_one_that_is_noted(name: str) -> None:
    texts = [STREAM] if name == "stream" else [file.read_text("utf-8") for file in files(ROOT / name)]
    for text in texts:
        events = [*_events(text)]
        noted = scan(_events(text), MAX_NODES)
        for path, place in noted.items():
            assert seek(events, path) == (place if path else noted[()])
            for stranger in ("absente", 99):
                assert seek(events, (*path, stranger)) in {place, noted[()]}


def files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def test_a_text_that_is_cut_or_long_gives_the_places_that_it_has() -> None:
    (document,), _ = read_yaml("a: {b: 1}\n--- [\n", "c.yaml")
    assert document.locate(("a", "b")).column == 8
    long = "".join(f"k{number}: [a]\n" for number in range(_MOST_KEPT))
    (document,), _ = read_yaml(long, "c.yaml")
    last = _MOST_KEPT - 1
    assert document.locate((f"k{last}", 0)).line == _MOST_KEPT
    assert seek([*islice(_events("a: [1"), 3)], (0, "a", 0)).value == 0


def test_keys_that_differ_by_their_form_are_one() -> None:
    assert seek([*_events("e\u0301: 1")], (0, fold("é"))).value == 4
