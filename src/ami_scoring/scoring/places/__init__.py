"""From score cards to who gets what: ranks and ties, quotas, budgets, the cut, the reserve list."""

from ami_scoring.scoring.places.awarded import left_by
from ami_scoring.scoring.places.demands import asks_of, asks_of_values
from ami_scoring.scoring.places.deposits import DEPOSIT, Deposits
from ami_scoring.scoring.places.doubts import purses_of
from ami_scoring.scoring.places.keys import (
    BEYOND,
    TOTAL,
    Key,
    Keys,
    draw_number,
    facts_of_order,
    keyer,
    lacks_one,
    mover,
    opener,
)
from ami_scoring.scoring.places.own_orders import OwnKeyer, OwnKeys, own_keyers, own_part_of
from ami_scoring.scoring.places.purses import COMMON
from ami_scoring.scoring.places.ranking import Blanks, Ranked, rank
from ami_scoring.scoring.places.rivals import Rivals, rivals_of
from ami_scoring.scoring.places.selection import (
    passes,
    places_of,
    raw_total,
    select,
    threshold_points,
    threshold_value,
)

__all__ = [
    "BEYOND",
    "COMMON",
    "DEPOSIT",
    "TOTAL",
    "Blanks",
    "Deposits",
    "Key",
    "Keys",
    "OwnKeyer",
    "OwnKeys",
    "Ranked",
    "Rivals",
    "asks_of",
    "asks_of_values",
    "draw_number",
    "facts_of_order",
    "keyer",
    "lacks_one",
    "left_by",
    "mover",
    "opener",
    "own_keyers",
    "own_part_of",
    "passes",
    "places_of",
    "purses_of",
    "rank",
    "raw_total",
    "rivals_of",
    "select",
    "threshold_points",
    "threshold_value",
]
