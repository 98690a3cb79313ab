"""One browser for the tests of a file: to start one takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .browser import Browser, browsing


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("chromium")) as found:
        yield found
