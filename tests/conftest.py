"""Which tests the coverage is measured through: tracing more than doubles their time, and these reach nothing new.

A line counts as tested when an example that someone wrote reaches it. What Hypothesis draws, what other programs
recompute, what goes through whole forms and thousands of rows, runs as it is; so do tests of what is no Python of ours.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest
from coverage import Coverage

os.environ.setdefault("OPENPYXL_LXML", "False")  # noqa: TID251 - as the command has it: the same bytes everywhere
# Where Python may not keep what it compiles, as in many containers, each `ami` of a test would compile it all anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # noqa: TID251
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
        "test_work_grows_as_its_input",
        "test_a_grid_too_fine_is_frozen_and_says_so",
        "test_a_lone_sign_never_begins_or_ends_a_line",
    }
)
"""Folders, files and tests, by name: wherever they move, they stay what they are."""


DRAWN_BUT_MEASURED: Final = frozenset(
    {
        "test_allocation.py",
        "test_answers.py",
        "test_certainty.py",
        "test_gaps.py",
        "test_pools.py",
        "test_sentences.py",
        "test_study.py",
        "test_weightings.py",
    }
)
"""Files in which what is drawn reaches lines that no written example does: write one, and the name can go."""


def _is_measured(item: pytest.Item) -> bool:
    names = {*item.path.relative_to(HERE).parts, getattr(item, "originalname", item.name)}
    drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return not names & UNMEASURED and (not drawn or bool(names & DRAWN_BUT_MEASURED))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop measuring around a test and the fixtures it is the first to ask for; a worker has two measures, stacked."""
    stopped: list[Coverage] = []
    while not _is_measured(item) and (measure := Coverage.current()) is not None:
        measure.stop()
        stopped.append(measure)
    try:
        return (yield)
    finally:
        for measure in reversed(stopped):
            measure.start()


@pytest.fixture
def interruptible() -> Generator[None, None, None]:
    """Let what a test starts hear interruptions: what a shell starts behind it (`&`) ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
