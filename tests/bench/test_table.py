"""The table of a benchmark says which targets are missed."""

from __future__ import annotations

import pytest

from .table import Row, layout


@pytest.mark.parametrize(
    ("row", "is_missed"),
    [
        pytest.param(Row("", "a", "1,2 s", "propres : 1,0 s", 1.2, "≤ 1,3 ×"), False, id="ratio"),
        pytest.param(Row("", "a", "1,4 s", "propres : 1,0 s", 1.4, "≤ 1,3 ×"), True, id="ratio-missed"),
        pytest.param(Row("", "a", "4\u202f900 ms", target="< 5 s"), False, id="milliseconds"),
        pytest.param(Row("", "a", "5\u202f100 ms", target="moins de 5 s"), True, id="milliseconds-missed"),
        pytest.param(Row("", "a", "13\u202f000 ms", "mémoire : 309 Mo", target="< 20 s et 300 Mo"), True, id="memory"),
        pytest.param(Row("", "a", "280 Mo", "calamine : 400 Mo", 0.7, "< 300 Mo"), False, id="figure-first"),
        pytest.param(Row("", "a", "20,4 s", "10\u202f000 : 2,0 s", 10.2, "≤ 11 ×, < 15 s"), True, id="two-targets"),
        pytest.param(Row("", "a", "20,4 s", "1,0 s", 9.5, "≥ 1\u202f000 ×"), True, id="at-least-missed"),
        pytest.param(Row("", "a", "20,4 s", "1,0 s", 1200, "≥ 1 000 ×"), False, id="at-least"),
        pytest.param(Row("", "a", "20,4 s", "autre : 2,0 s", 10.2), False, id="no-target"),
    ],
)
def test_a_row_beyond_its_target_says_so(row: Row, *, is_missed: bool) -> None:
    assert row.is_missed is is_missed
    assert ("MANQUÉE" in layout([row])) is is_missed
