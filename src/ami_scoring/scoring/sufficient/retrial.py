"""What would become of one candidature if some of its facts were others, everybody else being as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ami_scoring.domain.computed import COMPUTED
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.scores import Mark, ScoreCard, Scored
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import add_computed, awaited, enter, refusals, scorer, with_pool
from ami_scoring.scoring.places import rank, select
from ami_scoring.scoring.sufficient.others import Others
from ami_scoring.scoring.words import refusal_sentences

Changes = Mapping[str, Value]


class Retrial:
    """One candidature tried again: gates, points, thresholds, rank, selection.

    Facts worked out from those that change are worked out again, and so is what the others get by comparison.
    """

    def __init__(  # noqa: PLR0913 - who is tried, among whom, and for what
        self,
        evaluation: Evaluation,
        standing: Standing,
        others: Others | None = None,
        *,
        admitted: bool = False,
        near: Sequence[Standing] | None = None,
        heard: bool = False,
    ) -> None:
        """Take everybody else as they are; `admitted` supposes that what it waits for, beside marks, turns out well.

        `heard` aims at the committee's deliberation instead of a place, where the score decides only from a total.

        To try many, `others` is who they are, looked at once, and `near` keeps only those who can matter to its status.
        """
        self._evaluation, self._standing, self._admitted = evaluation, standing, admitted
        self._rivals = Others(evaluation) if others is None else others
        self._score, self.memory, self.values = self._rivals.score, self._rivals.memory, dict(standing.card.values)
        self._others = [one.scored for one in near or evaluation.standings if one is not standing]
        self._heard = heard

    def status(self, changes: Changes) -> Status:
        """Give the status that it would have with some facts changed."""
        tried = self._tried(changes)
        return Status.INELIGIBLE if tried is None else self._selected(*tried)

    def selects(self, changes: Changes) -> bool:
        """Say whether it would get a place; before the committee, where it aims at that or the score never decides."""
        tried = self._tried(changes)
        return tried is not None and self._takes_place(*tried)

    def _tried(self, changes: Changes) -> tuple[list[Scored], Scored] | None:
        """Give the others and itself as they would be; None where it would be refused."""
        criteria = self._evaluation.criteria
        values = self._with(changes)
        entrance = enter(criteria, values)
        rivals = self._others
        if self._rivals.compares:
            rivals = _compared(criteria, self._standing.scored, values, self._others)
        card = self._score(values)
        if entrance.refused or refusals(criteria, card):
            return None
        pending = (*refusal_sentences(self._standing.entry, criteria), *entrance.pending, *awaited(card))
        return rivals, self._as_admitted(self._standing.scored._replace(card=card, pending=pending, opened=None))

    def card(self, changes: Changes) -> ScoreCard:
        """Give the points that it would have, what it gets by comparison worked out again."""
        values = self._with(changes)
        self._rivals.compare(self._standing, values)
        return self._score(values)

    def selects_with(self, root: str, points: Fraction) -> bool:
        """Say whether it would get a place if a first-level criterion gave so many points, whatever the facts."""
        scored, card = self._standing.scored, self._standing.card
        mark = card.marks[root]
        # A total that is known whatever is missing says nothing of what a mark on hold would leave of it.
        changed = ScoreCard(
            {**card.marks, root: Mark(root, points, points, points, points)},
            None if card.total is None or mark.points is None else card.total + points - mark.points,
            card.low - mark.low + points,
            card.high - mark.high + points,
            card.values,
        )
        return self._takes_place(self._others, self._as_admitted(scored._replace(card=changed, opened=None)))

    def _as_admitted(self, tried: Scored) -> Scored:
        return tried._replace(pending=(), unordered=()) if self._admitted else tried

    def _takes_place(self, rivals: list[Scored], changed: Scored) -> bool:
        known = None if self._heard else self._rivals.selects(self._standing, changed)
        people_decide = self._heard or self._evaluation.criteria.selection.never_decides
        aim = Status.TO_DELIBERATE if people_decide else Status.SELECTED
        return self._selected(rivals, changed) is aim if known is None else known

    def _selected(self, rivals: list[Scored], changed: Scored) -> Status:
        criteria = self._evaluation.criteria
        found, _ = select(rank([*rivals, changed], criteria.ranking), criteria, self._evaluation.wave)
        return next(one.status for one in found if one.scored is changed)

    def _with(self, changes: Changes) -> dict[str, Value]:
        values, criteria = self.values, self._evaluation.criteria
        again = {name: MISSING for each in criteria.computed if (name := f"{COMPUTED}{each.name}") in values}
        changed: dict[str, Value] = {**values, **again, **changes}
        add_computed(criteria, changed)
        return changed


def _compared(criteria: Criteria, own: Scored, values: dict[str, Value], others: list[Scored]) -> list[Scored]:
    """Give the others as they would score against the candidature changed, which learns its best rivals too."""
    facts = [dict(one.card.values) for one in others]
    with_pool(criteria, [values, *(each for one, each in zip(others, facts, strict=True) if one.wave is own.wave)])
    score = scorer(criteria)
    return [one._replace(card=score(each)) for one, each in zip(others, facts, strict=True)]
