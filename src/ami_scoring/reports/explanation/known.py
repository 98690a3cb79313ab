"""What is the same in the story of every candidature of an evaluation, worked out once."""

from __future__ import annotations

from ami_scoring.domain.rules import AnyRule
from ami_scoring.domain.scores import Evaluation
from ami_scoring.scoring.sufficient import Others
from ami_scoring.scoring.telling import scale_words


class Known:
    """Who the others are, and the scales of the rules in words."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Look at the others; scales are told when they are first asked for."""
        self.others = Others(evaluation)
        self._catalogue = evaluation.criteria.catalogue
        self._scales: dict[int, list[str]] = {}

    def scale(self, rule: AnyRule) -> list[str]:
        """Tell the scale of a rule of the policy, line by line."""
        told = self._scales.get(id(rule))
        if told is None:
            told = self._scales[id(rule)] = [str(words) for words in scale_words(rule, self._catalogue)]
        return told
