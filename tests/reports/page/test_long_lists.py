"""A long list is drawn as it is scrolled, found whole by a search, and printed whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reports.workbook import pools

from ami_scoring.evaluation.policy import read_policy

from . import trials
from .browser import Browser, needs_browser

ROOT = Path(__file__).parents[3]
COUNT = 500
LINES = "return document.querySelectorAll('#liste tr:not(.vide)').length"
pytestmark = needs_browser


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Browser:
    """Open the page of a long list."""
    evaluation = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, COUNT, seed=9, missing=0)
    assert len(evaluation.standings) > 300
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    return browser


def test_lines_are_drawn_as_they_are_scrolled(opened: Browser) -> None:
    assert 10 < opened.run(LINES) < 80
    first = opened.text("#liste tr:not(.vide) th")
    opened.run("document.getElementById('cadre').scrollTop = 5000")
    opened.run("drawn.show()")
    assert opened.text("#liste tr:not(.vide) th") != first
    rows = opened.run("return document.getElementById('classement').getAttribute('aria-rowcount')")
    assert int(rows) == opened.run("return data.ranked.length") + 1


def test_the_last_candidature_is_found_by_a_search_and_opened_at_its_address(opened: Browser) -> None:
    last = opened.run("return data.ranked[data.ranked.length - 1].r")
    opened.run(
        "const field = document.getElementById('cherche'); field.value = arguments[0];"
        "field.dispatchEvent(new Event('input'))",
        last,
    )
    assert opened.run(LINES) == 1


def test_the_whole_list_is_printed(opened: Browser) -> None:
    opened.run("dispatchEvent(new Event('beforeprint'))")
    assert opened.run(LINES) == opened.run("return data.ranked.length")
    opened.run("dispatchEvent(new Event('afterprint'))")
    assert opened.run(LINES) < 80
