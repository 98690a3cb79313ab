"""Short French: numbers with their unit, problems of a policy, reasons of a status, what closes a report."""

from ami_scoring.scoring.words.budgets import (
    RETAINS_ALL,
    asked_fact,
    envelope_word,
    granted_heading,
    granted_words,
    share_word,
    spill_words,
)
from ami_scoring.scoring.words.checked import commune_word, names_of, to_verify, verified_word
from ami_scoring.scoring.words.closing import closing_sentences
from ami_scoring.scoring.words.decimals import total_decimals
from ami_scoring.scoring.words.firm import (
    NEVER_DECIDES,
    depends_on,
    displacing,
    floor_word,
    hangs_on,
    held_ranks,
    least_rivals,
    named_threats,
    result_words,
    status_words,
)
from ami_scoring.scoring.words.numbering import (
    POSSIBLE_COUNTED,
    numbering_sentence,
    numbering_word,
    parting_word,
    rank_word,
)
from ami_scoring.scoring.words.problems import Path, error, mismatch, not_verifiable, refused, repeated, unknown_fact
from ami_scoring.scoring.words.reasons import missing_items, reasoner, standing_reasons, unparted
from ami_scoring.scoring.words.refusals import beside_refusals, place_word, refusal_sentences, refusals_of
from ami_scoring.scoring.words.shared import minimums_word, own_of_wave
from ami_scoring.scoring.words.units import singular
from ami_scoring.scoring.words.wording import (
    TYPE_WORDS,
    Catalogue,
    bound_word,
    choice_word,
    inner,
    number_word,
    plausible_word,
    points_word,
    stated_word,
    value_word,
)

__all__ = [
    "NEVER_DECIDES",
    "POSSIBLE_COUNTED",
    "RETAINS_ALL",
    "TYPE_WORDS",
    "Catalogue",
    "Path",
    "asked_fact",
    "beside_refusals",
    "bound_word",
    "choice_word",
    "closing_sentences",
    "commune_word",
    "depends_on",
    "displacing",
    "envelope_word",
    "error",
    "floor_word",
    "granted_heading",
    "granted_words",
    "hangs_on",
    "held_ranks",
    "inner",
    "least_rivals",
    "minimums_word",
    "mismatch",
    "missing_items",
    "named_threats",
    "names_of",
    "not_verifiable",
    "number_word",
    "numbering_sentence",
    "numbering_word",
    "own_of_wave",
    "parting_word",
    "place_word",
    "plausible_word",
    "points_word",
    "rank_word",
    "reasoner",
    "refusal_sentences",
    "refusals_of",
    "refused",
    "repeated",
    "result_words",
    "share_word",
    "singular",
    "spill_words",
    "standing_reasons",
    "stated_word",
    "status_words",
    "to_verify",
    "total_decimals",
    "unknown_fact",
    "unparted",
    "value_word",
    "verified_word",
]
