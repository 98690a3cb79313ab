"""From facts to a score card: who enters, what each rule gives, what a missing fact leaves open, what it adds up to."""

from ami_scoring.scoring.marks.comparing import Pools, pool_of
from ami_scoring.scoring.marks.completions import MAX_COMBINATIONS, attainable_points, possible_points
from ami_scoring.scoring.marks.computing import add_computed, with_operands
from ami_scoring.scoring.marks.conditions import holds, undecided
from ami_scoring.scoring.marks.eligibility import (
    Entrance,
    awaited,
    enter,
    gatekeeper,
    owes_opinions_alone,
    refusals,
    refuser,
    waited_for,
    waiting_status,
)
from ami_scoring.scoring.marks.engine import (
    facts_used,
    hides_nothing,
    pool_rules,
    read_facts,
    reader,
    score,
    scorer,
    with_pool,
)
from ami_scoring.scoring.marks.identity import Identity, Register, grouped, identities_of, projects
from ami_scoring.scoring.marks.joint import Together, nodes_of
from ami_scoring.scoring.marks.pools import (
    Rival,
    is_let_in,
    may_pass,
    rivals,
    spread,
    spread_of,
    stays,
)
from ami_scoring.scoring.marks.possible import Possible
from ami_scoring.scoring.marks.remembering import by_facts, by_marks
from ami_scoring.scoring.marks.rules import best_rival, clamped, counted_items, evaluate, slices
from ami_scoring.scoring.marks.verifying import is_refused_anyway, left_open, unverified
from ami_scoring.scoring.marks.versions import (
    Contenders,
    Counting,
    counting_versions,
    deposit_words,
    instant_of,
    is_before,
    is_complete,
    latest,
    once_done,
    references_of,
)
from ami_scoring.scoring.marks.waves import already_awarded, wave_of, why_elsewhere, why_late, with_other_versions

__all__ = [
    "MAX_COMBINATIONS",
    "Contenders",
    "Counting",
    "Entrance",
    "Identity",
    "Pools",
    "Possible",
    "Register",
    "Rival",
    "Together",
    "add_computed",
    "already_awarded",
    "attainable_points",
    "awaited",
    "best_rival",
    "by_facts",
    "by_marks",
    "clamped",
    "counted_items",
    "counting_versions",
    "deposit_words",
    "enter",
    "evaluate",
    "facts_used",
    "gatekeeper",
    "grouped",
    "hides_nothing",
    "holds",
    "identities_of",
    "instant_of",
    "is_before",
    "is_complete",
    "is_let_in",
    "is_refused_anyway",
    "latest",
    "left_open",
    "may_pass",
    "nodes_of",
    "once_done",
    "owes_opinions_alone",
    "pool_of",
    "pool_rules",
    "possible_points",
    "projects",
    "read_facts",
    "reader",
    "references_of",
    "refusals",
    "refuser",
    "rivals",
    "score",
    "scorer",
    "slices",
    "spread",
    "spread_of",
    "stays",
    "undecided",
    "unverified",
    "waited_for",
    "waiting_status",
    "wave_of",
    "why_elsewhere",
    "why_late",
    "with_operands",
    "with_other_versions",
    "with_pool",
]
