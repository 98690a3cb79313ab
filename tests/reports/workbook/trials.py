"""What a committee may type in the yellow cells, and what the engine says that the workbook should then show."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ami_scoring import evaluate
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.exact import Fraction
from ami_scoring.reports.workbook.book import (
    INPUT_COLUMN,
    MINIMUM_ROW,
    PLACES_ROW,
    POLICY,
    RESERVE_ROW,
    WEIGHTS_ROW,
    WORKING,
    book_of,
)
from ami_scoring.reports.workbook.numbering import rank_column, shown_rank
from ami_scoring.reports.workbook.places import UNSAID, is_several
from ami_scoring.reports.workbook.working import FIRST_ROW, working_of

from . import engines, pools

ROOT = Path(__file__).parents[3]
GRIDS = sorted(path.parent.name for path in (ROOT / "examples").glob("*/criteria.yaml"))
SHOWN = ("total", "rang", "rang_haut", "rang_bas", "statut", "fermete", "ordre")


def example(grid: str) -> Evaluation:
    """Evaluate the candidatures of an example grid."""
    folder = ROOT / "examples" / grid
    return evaluate([folder / "candidatures"], folder / "criteria.yaml")


def typed(evaluation: Evaluation, criteria: Criteria) -> dict[engines.Cell, str]:
    """Say what to type for the inputs of one policy to become those of another."""
    book = book_of(evaluation)
    nodes = [node for node in book.nodes if book.is_input(node)]
    cells = {book.nodes.index(node) + WEIGHTS_ROW: str(float(criteria.by_id[node.id].weight)) for node in nodes}
    selection = criteria.selection
    cells[RESERVE_ROW] = str(selection.reserve)
    if book.has_places:
        cells[PLACES_ROW] = str(selection.places)
    cells[MINIMUM_ROW] = "" if selection.minimum is None else str(float(selection.minimum))
    return {(POLICY, row + 1, INPUT_COLUMN + 1): value for row, value in cells.items()}


def tried(evaluation: Evaluation, draw: random.Random) -> Criteria:
    """Draw other weights, places, reserve and minimum."""
    book, criteria = book_of(evaluation), evaluation.criteria
    assert book.scale is not None
    top = book.scale.ceiling * 2
    weights = {node.id: Fraction(draw.randrange(0, top), 2) for node in book.nodes if book.is_input(node)}
    count = len(evaluation.standings)
    minimum = draw.choice([None, criteria.total / 4, criteria.total / 2])
    rounded = None if minimum is None else Fraction(int(minimum * 4), 4)
    places = draw.randrange(0, count) if book.has_places else criteria.selection.places
    return pools.with_inputs(criteria, weights, places, draw.randrange(0, 9), rounded)


def differences(evaluation: Evaluation, criteria: Criteria, found: Callable[[engines.Cell], Any]) -> list[str]:
    """List what differs, of every figure of every candidature, from ours to what another engine `found` in a cell."""
    expected = pools.rescored(evaluation, criteria)
    working = working_of(book_of(evaluation))
    by_reference = {one.entry.reference: (place, one) for place, one in enumerate(expected.standings, start=1)}
    wrong = []
    several = any(map(is_several, evaluation.standings))
    for number, row in enumerate(working.book.rows):
        place, one = by_reference[row.entry.reference]
        total = "?" if one.card.total is None else int(one.card.total * working.book.point)
        rank = "–" if one.rank is None else one.rank
        at = [(WORKING, FIRST_ROW + number + 1, working.grid.place(name) + 1) for name in SHOWN]
        got = dict(zip(SHOWN, map(found, at), strict=True))
        # Another version of a project is known to the engine, and in the workbook only by how much it could change.
        unsaid = row.versions > 1 or (several and got["fermete"] == UNSAID)
        firm = got["fermete"] if unsaid else str(one.firmness)
        best, worst = one.rank_best, one.rank_worst
        if several:  # never narrower than the engine's
            best, worst = min(best, got["rang_haut"]), max(worst, got["rang_bas"])
        right = (total, rank, best, worst, str(one.status), firm, place)
        read = found((WORKING, FIRST_ROW + number + 1, working.grid.place(rank_column(working.grid)) + 1))
        if tuple(got.values()) != right or read != shown_rank(one):
            wrong.append(f"{row.entry.reference}: {got}, {read} instead of {right}, {shown_rank(one)}")
    return wrong
