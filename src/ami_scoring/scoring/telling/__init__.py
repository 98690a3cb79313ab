"""Rules and policies told whole in French: scales, conditions, the working of a mark, what makes a fact."""

from ami_scoring.scoring.telling.beside import BEST_VERSION, OF_WAVES, beside_selection
from ami_scoring.scoring.telling.derivations import MONTHS, counts_months, derivation
from ami_scoring.scoring.telling.lines import RuleLine, rule_lines
from ami_scoring.scoring.telling.marks import is_judged_alone, missing_clause, missing_word, sentence
from ami_scoring.scoring.telling.policies import Words
from ami_scoring.scoring.telling.replaced import counts_instead, lacks, provided
from ami_scoring.scoring.telling.rules import (
    AGGREGATES,
    band_word,
    computed_word,
    condition_word,
    scale_word,
    scale_words,
    slice_word,
)
from ami_scoring.scoring.telling.verifications import verification_words
from ami_scoring.scoring.telling.vocabulary import title_of
from ami_scoring.scoring.telling.working import Sign, Step, steps

__all__ = [
    "AGGREGATES",
    "BEST_VERSION",
    "MONTHS",
    "OF_WAVES",
    "RuleLine",
    "Sign",
    "Step",
    "Words",
    "band_word",
    "beside_selection",
    "computed_word",
    "condition_word",
    "counts_instead",
    "counts_months",
    "derivation",
    "is_judged_alone",
    "lacks",
    "missing_clause",
    "missing_word",
    "provided",
    "rule_lines",
    "scale_word",
    "scale_words",
    "sentence",
    "slice_word",
    "steps",
    "title_of",
    "verification_words",
]
