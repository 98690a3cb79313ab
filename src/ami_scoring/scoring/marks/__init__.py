"""From facts to a score card: who enters, what each rule gives, what a missing fact leaves open, what it adds up to."""

from ami_scoring.scoring.marks.completions import MAX_COMBINATIONS, attainable_points, possible_points
from ami_scoring.scoring.marks.computing import add_computed, with_operands
from ami_scoring.scoring.marks.conditions import holds, undecided
from ami_scoring.scoring.marks.eligibility import awaited, enter, refusals, waited_for, waiting_status
from ami_scoring.scoring.marks.engine import facts_used, hides_nothing, pool_rules, read_facts, score, scorer, with_pool
from ami_scoring.scoring.marks.identity import Register, identity_of, projects
from ami_scoring.scoring.marks.joint import Together, nodes_of
from ami_scoring.scoring.marks.pools import Rival, rivals, spread, stays
from ami_scoring.scoring.marks.possible import Possible
from ami_scoring.scoring.marks.rules import best_rival, clamped, counted_items, evaluate, slices
from ami_scoring.scoring.marks.versions import (
    Contenders,
    Counting,
    deposit_words,
    is_complete,
    last_versions,
    latest,
    references_of,
)
from ami_scoring.scoring.marks.waves import wave_of, why_elsewhere, why_late, with_other_versions

__all__ = [
    "MAX_COMBINATIONS",
    "Contenders",
    "Counting",
    "Possible",
    "Register",
    "Rival",
    "Together",
    "add_computed",
    "attainable_points",
    "awaited",
    "best_rival",
    "clamped",
    "counted_items",
    "deposit_words",
    "enter",
    "evaluate",
    "facts_used",
    "hides_nothing",
    "holds",
    "identity_of",
    "is_complete",
    "last_versions",
    "latest",
    "nodes_of",
    "pool_rules",
    "possible_points",
    "projects",
    "read_facts",
    "references_of",
    "refusals",
    "rivals",
    "score",
    "scorer",
    "slices",
    "spread",
    "stays",
    "undecided",
    "waited_for",
    "waiting_status",
    "wave_of",
    "why_elsewhere",
    "why_late",
    "with_operands",
    "with_other_versions",
    "with_pool",
]
