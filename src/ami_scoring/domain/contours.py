"""Where communes are, to draw them: outlines or points as the user gives them. Nothing is decided by them."""

from typing import NamedTuple

Position = tuple[float, float]
"""A longitude and a latitude, in degrees (WGS 84)."""


class Contour(NamedTuple):
    """One commune on a map."""

    code: str
    rings: tuple[tuple[Position, ...], ...] = ()
    """Its outline: closed lines, of which those inside others are holes."""
    points: tuple[Position, ...] = ()
    """Where it is, for one that has no outline."""
