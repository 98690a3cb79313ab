"""Two calls, evaluated once for the tests of what is explained."""

from __future__ import annotations

import pytest

from ami_scoring import Evaluation, evaluate

from .explained import CALLS


@pytest.fixture(scope="module", params=CALLS)
def evaluation(request: pytest.FixtureRequest) -> Evaluation:
    folder, criteria = CALLS[request.param]
    return evaluate([folder], criteria)
