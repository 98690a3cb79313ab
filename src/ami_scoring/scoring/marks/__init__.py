"""From facts to a score card: who enters, what each rule gives, what a missing fact leaves open, what it adds up to."""

from ami_scoring.scoring.marks.completions import MAX_COMBINATIONS, attainable_points, possible_points
from ami_scoring.scoring.marks.computing import add_computed, with_operands
from ami_scoring.scoring.marks.conditions import holds, undecided
from ami_scoring.scoring.marks.eligibility import awaited, enter, refusals, waited_for
from ami_scoring.scoring.marks.engine import facts_used, pool_rules, read_facts, score, scorer, with_pool
from ami_scoring.scoring.marks.pools import Rival, rivals, spread, stays
from ami_scoring.scoring.marks.rules import best_rival, clamped, counted_items, evaluate, slices
from ami_scoring.scoring.marks.waves import (
    last_versions,
    latest,
    versions,
    wave_of,
    why_elsewhere,
    why_late,
    with_other_versions,
)

__all__ = [
    "MAX_COMBINATIONS",
    "Rival",
    "add_computed",
    "attainable_points",
    "awaited",
    "best_rival",
    "clamped",
    "counted_items",
    "enter",
    "evaluate",
    "facts_used",
    "holds",
    "last_versions",
    "latest",
    "pool_rules",
    "possible_points",
    "read_facts",
    "refusals",
    "rivals",
    "score",
    "scorer",
    "slices",
    "spread",
    "stays",
    "undecided",
    "versions",
    "waited_for",
    "wave_of",
    "why_elsewhere",
    "why_late",
    "with_operands",
    "with_other_versions",
    "with_pool",
]
