"""A comparison of two policies as JSON."""

from __future__ import annotations

import json
from typing import Any, Final

from ami_scoring.exact import Fraction
from ami_scoring.messages import seen_in_json
from ami_scoring.scoring.changes import Comparison, Move, Place

SCHEMA: Final = 1
"""The number of this layout; it changes when a key is renamed or removed, not when one is added."""


def diff_json(comparison: Comparison) -> str:
    """Write the changes, and every candidature that moves with what moves it; totals and amounts are exact, as text."""
    document = {
        "schema": SCHEMA,
        "old": comparison.old,
        "new": comparison.new,
        "changes": [
            {"subject": str(step.subject), "details": [str(said) for said in step.details]} for step in comparison.steps
        ],
        "compared": comparison.compared,
        "moves": [_move(move) for move in comparison.moves],
    }
    return seen_in_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _move(move: Move) -> dict[str, Any]:
    causes = [
        {
            "changes": [str(subject) for subject in cause.subjects],
            "before": _place(cause.before),
            "after": _place(cause.after),
        }
        for cause in move.causes
    ]
    return {
        "reference": move.reference,
        "name": move.name,
        "enters": move.enters,
        "leaves": move.leaves,
        "before": _place(move.before),
        "after": _place(move.after),
        "causes": causes,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "status": str(place.status),
        "rank": float(place.rank) if isinstance(place.rank, Fraction) else place.rank,
        "total": _number(place.total),
        "granted": _number(place.granted),
        "possible": None if place.possible is None else [_number(end) for end in place.possible],
    }


def _number(number: Fraction | None) -> str | None:
    return None if number is None else str(number)
