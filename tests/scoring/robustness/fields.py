"""Small selections made of marks alone: one row a candidature, the points of each criterion out of its weight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.scoring.building import ORIGIN, POLICY, WAVE, candidature, read

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import Mark, ScoreCard, Scored
from ami_scoring.exact import Fraction
from ami_scoring.scoring.places import rank, select
from ami_scoring.scoring.robustness import Contest, Kind
from ami_scoring.scoring.robustness.trials import Kept, Weights, trier


def criteria_of(weights: Sequence[Any], selection: str = "{places: 2}", more: str = "") -> Criteria:
    """Make a policy of leaves c0, c1… with these weights; a text is a whole criterion."""
    leaf = (
        "{{id: c{0}, label: C{0}, weight: {1}, rule: {{kind: lookup, fact: zonage, points: {{ZIP: 0}}, otherwise: 0}}}}"
    )
    parts = [each if isinstance(each, str) else leaf.format(at, each) for at, each in enumerate(weights)]
    changes = read(f"criteria: [{', '.join(parts)}]\nselection: {selection}\n{more}")
    return Criteria.model_validate({**read(POLICY), **changes})


def evaluation_of(
    criteria: Criteria, rows: Sequence[Sequence[Any]], values: Sequence[dict[str, Value]] = ()
) -> Evaluation:
    """Rank and select candidatures A-01, A-02… whose first-level points are given; None is on hold."""
    found = [_scored(criteria, at, row, values[at] if values else {}) for at, row in enumerate(rows)]
    standings, cut = select(rank(found, criteria.ranking), criteria, None)
    provenance = Provenance("0", Origin("criteria.yaml", "0" * 64), (), ())
    return Evaluation(criteria, None, standings, (), cut, (), provenance)


def _scored(criteria: Criteria, at: int, row: Sequence[Any], values: dict[str, Value]) -> Scored:
    marks: dict[str, Mark] = {}
    for root, given in zip(criteria.criteria, row, strict=True):
        points = None if given is None else Fraction(given)
        low, high = (Fraction(0), root.weight) if points is None else (points, points)
        raw = points if points is None or not root.out_of or not root.weight else points / root.scale
        marks[root.id] = Mark(root.id, raw, points, low, high)
    known = [mark.points for mark in marks.values() if mark.points is not None]
    total = sum(known, Fraction(0)) if len(known) == len(marks) else None
    low, high = (sum((getattr(mark, side) for mark in marks.values()), Fraction(0)) for side in ("low", "high"))
    entry = Entry(candidature(f"reference: A-{at + 1:02}"), ORIGIN)
    return Scored(entry, WAVE, ScoreCard(marks, total, low, high, values))


def whole_trier(evaluation: Evaluation, contest: Contest) -> Callable[[Weights], Kept]:
    """Try weights on everybody, as where quotas share places: nobody is left out to go faster."""
    return trier(evaluation, contest._replace(kind=Kind.SHARED))
