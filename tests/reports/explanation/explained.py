"""The explanations of two calls, and their numbers, as whoever reads them does."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from ami_scoring import Evaluation
from ami_scoring.domain.standings import Standing
from ami_scoring.reports.explanation import Found, explanation

ROOT = Path(__file__).parents[3]
CALLS = {
    "ami": (ROOT / "samples" / "candidatures", ROOT / "criteria.yaml"),
    "other": (ROOT / "samples" / "autre-appel" / "candidatures", ROOT / "samples" / "autre-appel" / "criteria.yaml"),
}
NUMBER = r"[−\d][\d\u202f]*(?:,\d+)?(?: \(exactement [−\d/]+\))?"

_TOLD: dict[tuple[int, int], tuple[Evaluation, Standing, str]] = {}
"""What is told already: ten tests read the same texts. What each is told of is kept, so that its `id` stays its own."""


def told(evaluation: Evaluation, standing: Standing) -> str:
    key = (id(evaluation), id(standing))
    if key not in _TOLD:
        text = explanation(evaluation, Found(standing, None), {}, width=10_000)
        _TOLD[key] = (evaluation, standing, text.replace("\u00a0", " "))
    return _TOLD[key][2]


def number(text: str) -> Fraction:
    """Read a number as the explanation writes it, exactly."""
    found = re.search(r"\(exactement ([−\d/]+)\)", text)
    written = found[1] if found else text
    return Fraction(written.replace("\u202f", "").replace("−", "-").replace(",", "."))


def ranked(evaluation: Evaluation) -> list[Standing]:
    return [standing for standing in evaluation.standings if standing.rank is not None]
