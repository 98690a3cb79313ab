"""Explanations of marks, told once for all the candidatures whose facts are the same."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.scores import Standing
from ami_scoring.reports.workbook import texts
from ami_scoring.scoring.telling import sentence


class Teller:
    """Tells marks, and remembers what it told of each: equal facts share their mark."""

    def __init__(self, criteria: Criteria) -> None:
        """Tell by a policy."""
        self._criteria = criteria
        self._told: dict[tuple[str, int], str] = {}

    def tell(self, criterion: Criterion, standing: Standing) -> str:
        """Say why a criterion gives a candidature what it gives."""
        mark = standing.card.marks[criterion.id]
        key = (criterion.id, id(mark))
        said = self._told.get(key)
        if said is None:
            said = self._told[key] = texts.capital(
                texts.sentence(sentence(criterion, mark, standing.card, self._criteria))
            )
        return said
