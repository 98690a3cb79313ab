"""How many decimals totals are shown with, so that two different totals never look the same."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ami_scoring.messages import half_up

if TYPE_CHECKING:
    from ami_scoring.domain.evaluated import Evaluation

MOST: Final = 12
"""Decimals beyond which nothing more is shown: the exact fraction is in the explanation."""


def total_decimals(evaluation: Evaluation) -> int:
    """Give the decimals of the policy, or as many more as tell apart all totals that differ, up to `MOST`."""
    totals = sorted({one.card.total for one in evaluation.standings if one.card.total is not None})
    for decimals in range(evaluation.criteria.decimals, MOST):
        if all(half_up(low, decimals) != half_up(high, decimals) for low, high in pairwise(totals)):
            return decimals
    return MOST
