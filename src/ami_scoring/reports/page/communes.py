"""The communes drawn where the user says that they are: what became of each shows without colour, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import cos, radians
from typing import Final, NamedTuple

from ami_scoring.domain.contours import Contour, Position
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.identifiers import department_of
from ami_scoring.domain.standings import Standing
from ami_scoring.reports.page.pictures import Tally, tally
from ami_scoring.reports.page.texts import name

MOST_CHARACTERS: Final = 300_000
"""Characters of outlines in a page: beyond, they are drawn on a coarser grid, then only where someone applied."""
GRIDS: Final = (1_000, 600, 300)
"""Steps across the drawing, from the finest."""
_RADIUS: Final = 0.011
"""Of a point, beside the width of the drawing."""


class Shape(NamedTuple):
    """A commune as it is drawn: its outline, or where its points are; which kind of filling; what it says."""

    outline: str
    points: tuple[tuple[int, int], ...]
    kind: str
    said: str


class CommuneMap(NamedTuple):
    """The drawing, the same facts in a table, and the communes that the map does not hold."""

    width: int
    height: int
    radius: float
    shapes: tuple[Shape, ...]
    tallies: tuple[Tally, ...]
    absent: tuple[str, ...]


def communes_of(evaluation: Evaluation, contours: Sequence[Contour]) -> CommuneMap | None:
    """Draw the communes of the départements where someone applied; None without a map."""
    if not contours:
        return None
    applied: dict[str, list[Standing]] = {}
    for one in evaluation.standings:
        applied.setdefault(one.entry.candidature.place.main_commune.code_insee, []).append(one)
    tallies = {code: tally(_called(code, those), those) for code, those in sorted(applied.items())}
    departments = {department_of(code) for code in applied}
    near = [each for each in contours if department_of(each.code) in departments]
    known = {each.code for each in near}
    absent = tuple(told.label for code, told in tallies.items() if code not in known)
    there = [each for each in near if each.code in tallies]
    for drawn, grid in ((near, GRIDS[0]), (near, GRIDS[1]), (there, GRIDS[1]), (there, GRIDS[2])):
        width, height, shapes = _drawn(drawn, grid, tallies)
        if sum(len(shape.outline) for shape in shapes) <= MOST_CHARACTERS:
            break
    return CommuneMap(width, height, round(width * _RADIUS, 1), tuple(shapes), tuple(tallies.values()), absent)


def _called(code: str, those: Sequence[Standing]) -> str:
    return f"{name(those[0].entry.candidature.place.main_commune.called)} ({code})"


def _drawn(contours: Sequence[Contour], grid: int, tallies: Mapping[str, Tally]) -> tuple[int, int, list[Shape]]:
    """Draw on a grid so many steps wide: those where nobody applied first, so that the others are over them."""
    plan = _Plan([position for each in contours for position in _positions(each)], grid)
    shapes = []
    for contour in sorted(contours, key=lambda each: (each.code in tallies, each.code)):
        told = tallies.get(contour.code)
        outline = "".join(plan.line(ring) for ring in contour.rings)
        points = tuple(plan.at(position) for position in (contour.points or ()))
        if contour.rings and not outline:  # too small for the grid
            points = (plan.at(contour.rings[0][0]),)
        shapes.append(Shape(outline, points, _kind(told), contour.code if told is None else _said(told)))
    return plan.width, plan.height, shapes


def _positions(contour: Contour) -> Iterable[Position]:
    yield from contour.points
    for ring in contour.rings:
        yield from ring


def _kind(told: Tally | None) -> str:
    if told is None:
        return "absent"
    return "plein" if told.selected else "hachure" if told.reserve else "vide"


def _said(told: Tally) -> str:
    counts = f"retenues : {told.selected} ; en réserve : {told.reserve} ; autres : {told.others}"
    return f"{told.label} : {told.many} ; {counts}"


class _Plan:
    """Degrees put flat: a degree of longitude as wide as it is in the middle of what is drawn."""

    def __init__(self, positions: Sequence[Position], grid: int) -> None:
        longitudes, latitudes = [each[0] for each in positions], [each[1] for each in positions]
        self._west, self._north = min(longitudes, default=0.0), max(latitudes, default=0.0)
        south, east = min(latitudes, default=0.0), max(longitudes, default=0.0)
        self._narrow = max(0.01, cos(radians((south + self._north) / 2)))
        wide, tall = (east - self._west) * self._narrow, self._north - south
        self._step = max(wide, tall) / grid or 1.0
        self._margin = round(grid * 0.03)
        self.width, self.height = (round(each / self._step) + 2 * self._margin for each in (wide, tall))

    def at(self, position: Position) -> tuple[int, int]:
        """Give the place of a position, from the top left corner."""
        longitude, latitude = position
        across, down = (longitude - self._west) * self._narrow, self._north - latitude
        return round(across / self._step) + self._margin, round(down / self._step) + self._margin

    def line(self, ring: Sequence[Position]) -> str:
        """Write a closed line, without the steps that lead nowhere; nothing where less than a triangle is left."""
        places = [self.at(position) for position in ring]
        kept = [places[0], *(there for here, there in pairwise(places) if there != here)]
        kept = kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept
        if len(kept) < 3:
            return ""
        steps = " ".join(f"{there[0] - here[0]},{there[1] - here[1]}" for here, there in pairwise(kept))
        return f"M{kept[0][0]},{kept[0][1]}l{steps}z"
