"""The figures of each candidature in whole numbers: shares of marks, points of criteria, totals."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.scores import Mark
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import CriterionTie
from ami_scoring.exact import Fraction
from ami_scoring.reports.workbook.book import POLICY, Book
from ami_scoring.reports.workbook.cells import of
from ami_scoring.reports.workbook.columns import Grid, Value
from ami_scoring.reports.workbook.scale import shares_of
from ami_scoring.scoring.marks import nodes_of

UNKNOWN = "?"
LIVE_ROW, EVALUATED_ROW = 3, 4
"""The rows of the sheet of figures that hold the weights in force and those of the evaluation."""

MOST_CHARACTERS = 4_000
"""Characters of a sum: Excel opens no file where a formula has more than 8,192."""

SIDES = ("", "_bas", "_haut")
"""The mark as it stands, its lowest, its highest: the ends of the names of columns."""


def add_amounts(grid: Grid, book: Book, trial: str) -> None:
    """Add the columns of shares, of points, and of totals. `trial` is the cell that counts the inputs changed."""
    for leaf in book.criteria.leaves:
        _add_shares(grid, book, leaf)
    nodes = _shown_nodes(book)
    grid.announce([f"points:{node.id}" for node in nodes])
    for node in nodes:
        _add_points(grid, book, node)
    roots = [f"points:{root.id}" for root in book.criteria.criteria]
    cells = grid.along(roots[0], roots[-1])
    known, hidden = f"COUNT({cells})={len(roots)}", f'"{UNKNOWN}"'
    if any(map(hides_marks, book.rows)):
        hidden = f'IF({trial}=0,{grid.here("total_evalue")},"{UNKNOWN}")'
    formula = f"=IF({known},SUM({cells}),{hidden})"
    grid.add("total", "Total", [_whole(book, one.card.total) for one in book.rows], formula if book.is_live else None)
    for side, heading, values in (
        ("_bas", "Total au plus bas", [one.card.low for one in book.rows]),
        ("_haut", "Total au plus haut", [one.card.high for one in book.rows]),
    ):
        formula = f"={_bound(grid, book, side, heading)}"
        formula += _correction(grid, book, None, side, trial)
        grid.add("total" + side, heading, [whole(book, value) for value in values], formula if book.is_live else None)


def _bound(grid: Grid, book: Book, side: str, heading: str) -> str:
    """Write the sum of what each criterion gives at one end; where it would be too long, in parts that have columns."""
    terms = [points_formula(grid, root, side) for root in book.criteria.criteria]
    together = max(1, MOST_CHARACTERS // (max(map(len, terms)) + 1))
    if len(terms) <= together:
        return "+".join(terms)
    names = []
    for first in range(0, len(terms), together):
        part = slice(first, first + together)
        names.append(f"total{side}:{first}")
        values = [whole(book, _ends_of(book, one, side, part)) for one in book.rows]
        formula = f"={'+'.join(terms[part])}" if book.is_live else None
        grid.add(names[-1], f"{heading}, critères {first + 1} et suivants", values, formula)
    return "+".join(map(grid.here, names))


def _ends_of(book: Book, standing: Standing, side: str, part: slice) -> Fraction:
    marks, roots = standing.card.marks, book.criteria.criteria[part]
    alone = [marks[root.id] for root in roots if root.rule]
    # Of criteria made of others, the bounds that their weights alone give: what they share is put right apart.
    nodes = nodes_of(book.criteria, marks) if len(alone) < len(roots) else {}
    held = [nodes[root.id] for root in roots if not root.rule]
    ends = [mark.low for mark in alone] if side == "_bas" else [mark.high for mark in alone]
    return sum((*ends, *(pair[side != "_bas"] for pair in held)), Fraction(0))


def hides_marks(standing: Standing) -> bool:
    """Say whether a total is known of which some mark is on hold: what one criterion would lose, another would gain."""
    card = standing.card
    return card.total is not None and any(mark.points is None for mark in card.marks.values())


def add_node_sides(grid: Grid, book: Book, node: str, trial: str) -> None:
    """Add the lowest and the highest points of a criterion made of others, which a tie compares."""
    criterion = book.criteria.by_id[node]
    for side, heading in (("_bas", "au plus bas"), ("_haut", "au plus haut")):
        values = [
            whole(book, one.card.marks[node].low if side == "_bas" else one.card.marks[node].high) for one in book.rows
        ]
        name = f"points{side}:{node}"
        if not grid.has(name):
            title = f"{criterion.column}, points {heading}"
            formula = "=" + points_formula(grid, criterion, side) + _correction(grid, book, node, side, trial)
            grid.add(name, title, values, formula if book.is_live else None)


def _correction(grid: Grid, book: Book, node: str | None, side: str, trial: str) -> str:
    """Add to the sum of bounds what criteria that wait for one fact take off it; a trial does not know how much."""
    narrowed = [_narrowed(book, one, node, side) for one in book.rows]
    if not any(narrowed):
        return ""
    name = f"commun{side}:{node or 'total'}"
    label = "Total" if node is None else book.criteria.by_id[node].column
    grid.add(name, f"{label}, {side.strip('_')} : écart à la somme des bornes", narrowed)
    return f"+IF({trial}=0,{grid.here(name)},0)"


def _narrowed(book: Book, standing: Standing, node: str | None, side: str) -> int | float:
    card = standing.card
    if node is not None and book.criteria.by_id[node].rule is not None:
        return 0  # a rule alone shares nothing with itself
    if not any(card.marks[leaf.id].low != card.marks[leaf.id].high for leaf in book.criteria.leaves):
        return 0  # nothing is waited for
    low, high = nodes_of(book.criteria, card.marks)[node]
    bounded = card if node is None else card.marks[node]
    return whole(book, bounded.low - low if side == "_bas" else bounded.high - high)


def points_formula(grid: Grid, criterion: Criterion, side: str) -> str:
    """Write the points of a criterion from the shares of its leaves."""

    def share(leaf: str) -> str:
        name = f"part{side}:{leaf}"
        return grid.here(name if grid.has(name) else f"part:{leaf}")

    return tree_formula(
        criterion, lambda leaf: f"{share(leaf.id)}*{weight_cell(grid, leaf)}", lambda node: cap_cell(grid, node)
    )


def tree_formula(criterion: Criterion, leaf: Callable[[Criterion], str], cap: Callable[[Criterion], str]) -> str:
    """Write the sum over a tree, each capped criterion held to its cap."""
    if criterion.criteria is None:
        return leaf(criterion)
    added = "+".join(tree_formula(child, leaf, cap) for child in criterion.criteria)
    return f"MIN({added},{cap(criterion)})" if criterion.capped else added


def weight_cell(grid: Grid, leaf: Criterion) -> str:
    """Name the cell of a leaf's weight in force, in whole numbers."""
    return grid.scalar(f"part:{leaf.id}", LIVE_ROW)


def cap_cell(grid: Grid, node: Criterion) -> str:
    """Name the cell of a capped criterion's cap in force, on the scale of points."""
    return grid.scalar(f"points:{node.id}", LIVE_ROW)


def input_scalars(grid: Grid, book: Book) -> Mapping[int, tuple[str, int]]:
    """Give, by column, the formula of each weight or cap in force and its value in the evaluation."""
    found: dict[int, tuple[str, int]] = {}
    for criterion in book.nodes:
        name = f"points:{criterion.id}" if criterion.criteria else f"part:{criterion.id}"
        if criterion.criteria and not criterion.capped:
            continue
        found[grid.place(name)] = _input_scalar(book, criterion)
    return found


def whole(book: Book, number: Fraction) -> int | float:
    """Put points on the scale of the sheet of figures."""
    if book.scale is None:
        return float(number)
    scaled = number * book.scale.point
    assert scaled.denominator == 1  # noqa: S101 - what a scale is
    return int(scaled.numerator)


def _input_scalar(book: Book, criterion: Criterion) -> tuple[str, int]:
    scale = book.scale
    if scale is None:
        return "", 1
    if not book.is_input(criterion):
        return "", scale.weights
    unit = scale.point if criterion.criteria else scale.weights
    each = f"*{scale.marks}" if criterion.criteria else ""
    evaluated = int(criterion.weight * unit)
    at = of(POLICY, book.input_cell(criterion))
    formula = f"=IF({is_weight(at, scale.ceiling)},ROUND({at}*{scale.weights},0){each},{evaluated})"
    return formula, evaluated


def is_weight(at: str, ceiling: int) -> str:
    """Write the test of a typed weight: a number, from 0 to the ceiling, with two decimals at most or as evaluated."""
    return f"IF(ISNUMBER({at}),AND({at}>=0,{at}<={ceiling}),FALSE)"


def _add_shares(grid: Grid, book: Book, leaf: Criterion) -> None:
    marks = [one.card.marks[leaf.id] for one in book.rows]
    made = {id(mark): _sides(book, leaf, mark) for mark in marks}
    sides = [made[id(mark)] for mark in marks]
    settled: list[Value] = [
        UNKNOWN if mark.points is None else three[0] for mark, three in zip(marks, sides, strict=True)
    ]
    grid.add(f"part:{leaf.id}", leaf.column, settled)
    if any(low != high for _, low, high in sides):
        grid.add(f"part_bas:{leaf.id}", f"{leaf.column}, au plus bas", [low for _, low, _ in sides])
        grid.add(f"part_haut:{leaf.id}", f"{leaf.column}, au plus haut", [high for _, _, high in sides])


def _sides(book: Book, leaf: Criterion, mark: Mark) -> tuple[int | float, int | float, int | float]:
    if book.scale is None:
        points = mark.low if mark.points is None else mark.points
        return float(points), float(mark.low), float(mark.high)
    marks = book.scale.marks
    settled, low, high = (int(share * marks) for share in shares_of(leaf, mark))
    return settled, low, high


def _shown_nodes(book: Book) -> list[Criterion]:
    """Give the criteria whose points have a column: roots, side by side, capped ones, those of ties and thresholds."""
    named = {tie.criterion for tie in book.criteria.ranking.ties if isinstance(tie, CriterionTie)}
    named |= {threshold.criterion for threshold in book.criteria.selection.thresholds}
    roots = {root.id for root in book.criteria.criteria}
    others = [node for node in book.nodes if node.id not in roots and (node.id in named or node.capped)]
    return [*book.criteria.criteria, *others]


def _add_points(grid: Grid, book: Book, node: Criterion) -> None:
    leaves = [each for each in node.walk() if each.rule is not None]
    known = ",".join(grid.here(f"part:{leaf.id}") for leaf in leaves)
    name = f"points:{node.id}"
    values = [_whole(book, one.card.marks[node.id].points) for one in book.rows]
    formula = (
        f'=IF(COUNT({known})={len(leaves)},{points_formula(grid, node, "")},"{UNKNOWN}")' if book.is_live else None
    )
    grid.add(name, f"{node.column}, points", values, formula)


def _whole(book: Book, number: Fraction | None) -> Value:
    return UNKNOWN if number is None else whole(book, number)
