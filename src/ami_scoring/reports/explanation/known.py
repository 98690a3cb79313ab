"""What is the same in the story of every candidature of an evaluation, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Value
from ami_scoring.domain.rules import AnyRule, facts_read
from ami_scoring.reports.explanation.page import Line, Page
from ami_scoring.scoring.marks import pool_rules, with_operands
from ami_scoring.scoring.sufficient import Others
from ami_scoring.scoring.telling import scale_words


class Known:
    """Who the others are, the scales of the rules in words, and how equal facts give equal marks."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Look at the others; scales are told when they are first asked for."""
        self.others = Others(evaluation)
        self._criteria, self._catalogue = evaluation.criteria, evaluation.criteria.catalogue
        self._scales: dict[int, list[str]] = {}
        self._facts: dict[int, tuple[str, ...]] = {}
        self._workings: dict[tuple[object, ...], list[Line]] = {}
        self._compares = bool(pool_rules(evaluation.criteria))

    def scale(self, rule: AnyRule) -> list[str]:
        """Tell the scale of a rule of the policy, line by line."""
        told = self._scales.get(id(rule))
        if told is None:
            told = self._scales[id(rule)] = [str(words) for words in scale_words(rule, self._catalogue)]
        return told

    def facts(self, rule: AnyRule) -> tuple[str, ...]:
        """Name the facts that a rule of the policy reads, and those that they are worked out from."""
        named = self._facts.get(id(rule))
        if named is None:
            named = self._facts[id(rule)] = with_operands(facts_read(rule), self._criteria)
        return named

    def working(self, criterion: Criterion, values: Mapping[str, Value], write: Callable[[Page], None]) -> list[Line]:
        """Give the lines that tell how a rule came to its mark, written once for the same facts.

        Where rules compare candidatures, they are written each time: what they read is not all facts.
        """
        assert criterion.rule is not None  # noqa: S101 - only rules have a working
        if self._compares:
            return _written(write)
        key = (criterion.id, *(values[name] for name in self.facts(criterion.rule)))
        try:
            found = self._workings.get(key)
        except TypeError:  # what is missing for a reason of its own
            return _written(write)
        if found is None:
            found = self._workings[key] = _written(write)
        return found


def _written(write: Callable[[Page], None]) -> list[Line]:
    page = Page()
    write(page)
    return page.lines
