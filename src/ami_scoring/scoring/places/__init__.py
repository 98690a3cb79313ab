"""From score cards to who gets what: ranks and ties, quotas, budgets, the cut, the reserve list."""

from ami_scoring.scoring.places.deposits import DEPOSIT, Deposits
from ami_scoring.scoring.places.ranking import draw_number, rank
from ami_scoring.scoring.places.rivals import Rivals, rivals_of
from ami_scoring.scoring.places.selection import raw_total, select, threshold_points, threshold_value

__all__ = [
    "DEPOSIT",
    "Deposits",
    "Rivals",
    "draw_number",
    "rank",
    "raw_total",
    "rivals_of",
    "select",
    "threshold_points",
    "threshold_value",
]
