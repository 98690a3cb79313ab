"""What missing facts that criteria share leave possible, on the scale of each rule: whatever the weights."""

from __future__ import annotations

from collections.abc import Mapping

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.scoring.marks.engine import markers_of
from ami_scoring.scoring.marks.joint import Sharing, Together, moving_together


class Possible:
    """The criteria of a policy of which some wait for the same facts."""

    def __init__(self, criteria: Criteria) -> None:
        """Weigh each rule as its own scale."""
        plain = _unweighted(criteria)
        self._sharing, self._markers = Sharing(plain), markers_of(plain)

    def waits(self, values: Mapping[str, Value]) -> bool:
        """Say whether a fact that several criteria read is missing."""
        return any(isinstance(values[name], Missing) for name in self._sharing.facts)

    def together(self, values: Mapping[str, Value], without: frozenset[str] = frozenset()) -> tuple[Together, ...]:
        """Give the criteria that move together, with their raw marks in every way to complete what they share.

        `without` are criteria of no weight: what they wait for changes nothing.
        """
        marks = {name: mark(values) for name, mark in self._markers.items()}
        weighed = {name: mark._replace(high=mark.low) if name in without else mark for name, mark in marks.items()}
        return tuple(moving_together(self._sharing, weighed, values, self._markers))


def _unweighted(criteria: Criteria) -> Criteria:
    # Made without validation, so that nothing worked out of the first policy remains.
    fields = {name: getattr(criteria, name) for name in type(criteria).model_fields}
    return Criteria.model_construct(**{**fields, "criteria": [_own_scale(root) for root in criteria.criteria]})


def _own_scale(node: Criterion) -> Criterion:
    if node.criteria is None:
        return node.model_copy(update={"weight": node.top})
    return node.model_copy(update={"criteria": [_own_scale(child) for child in node.criteria]})
