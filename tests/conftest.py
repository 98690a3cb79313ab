"""Which tests the coverage is measured through: tracing more than doubles their time, and these reach nothing new.

A line counts as tested when an example that someone wrote reaches it. What Hypothesis draws, what other programs
recompute, what goes through whole forms and thousands of rows, runs as it is; so do tests of what is no Python of ours.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest
from coverage import Coverage

HERE: Final = Path(__file__).parent
UNMEASURED: Final = frozenset(
    {
        "ci",
        "editors",
        "fuzz",
        "setup",
        "test_forms_hostile.py",
        "test_forms_round_trip.py",
        "test_forms_typed.py",
        "test_libreoffice.py",
        "test_mutations.py",
        "test_personal_answers.py",
        "test_trials.py",
        "test_a_bomb_is_refused_at_once",
        "test_a_grid_too_fine_is_frozen_and_says_so",
        "test_a_lone_sign_never_begins_or_ends_a_line",
    }
)
"""Folders, files and tests, by name: wherever they move, they stay what they are."""


def _is_measured(item: pytest.Item) -> bool:
    drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    names = {*item.path.relative_to(HERE).parts, getattr(item, "originalname", item.name)}
    return not drawn and not names & UNMEASURED


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop the measure around a test and the fixtures that it is the first to ask for."""
    measure = Coverage.current()
    if measure is None or _is_measured(item):
        return (yield)
    measure.stop()
    try:
        return (yield)
    finally:
        measure.start()
