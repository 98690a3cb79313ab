"""The study as JSON: every number exact, as text, with its rounded form nowhere."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.facts import Value
from ami_scoring.exact import Fraction
from ami_scoring.messages import seen_in_json
from ami_scoring.scoring.robustness import (
    Certainty,
    Change,
    Duel,
    Exchange,
    Reach,
    Robustness,
    Seats,
    Shares,
    Side,
    Study,
    headline,
    limits,
)

SCHEMA: Final = 1
"""The number of this layout; it changes when a key is renamed or removed, not when one is added."""


def robustness_json(robustness: Robustness) -> str:
    """Write all that was found. Numbers are fractions of points, as text: `4200/571`."""
    study, evaluation = robustness.study, robustness.evaluation
    document = {
        "schema": SCHEMA,
        "version": evaluation.provenance.version,
        "criteria": _origin(evaluation.provenance.criteria),
        "headline": [str(said) for said in headline(study)],
        "limits": [str(said) for said in limits(study, evaluation)],
        "weights": [
            {"criterion": axis.criterion, "label": axis.label, "weight": str(axis.weight)} for axis in study.axes
        ],
        "kept": list(study.kept),
        "contested": list(study.contest.contested),
        "tie": None if study.tie is None else list(study.tie),
        "holds_within": _held(study),
        "margin": _reach(study.margin),
        "transfer": _transfer(study.transfer, robustness.nearest),
        "one_weight": [
            {"criterion": single.axis.criterion, "low": _side(single.low), "high": _side(single.high)}
            for single in study.singles
        ],
        "pair": _duel(robustness.duel),
        "every_weighting": _shares(robustness.alike),
        "around_the_vote": _shares(robustness.around),
        "region": _region(robustness),
        "assessors": _seats(robustness.assessors),
        "answers": {
            "tried": robustness.answers_tried,
            "telling": [
                {
                    "reference": step.reference,
                    "fact": step.fact,
                    "gained": _number(step.gained),
                    "status": str(step.status),
                }
                for step in robustness.answers
            ],
        },
        "boundaries": [
            {
                "reference": each.reference,
                "fact": each.fact,
                "was": _value(each.was),
                "would_be": _value(each.would_be),
                "days": each.days,
                "gains": {gain.criterion: str(gain.points) for gain in each.gains},
            }
            for each in robustness.boundaries
        ],
        "removals": _seats(robustness.removals),
    }
    return seen_in_json(json.dumps({"robustness": document}, ensure_ascii=False, indent=2)) + "\n"


def _held(study: Study) -> str | None:
    """Give δ, 0 where equals stand at the cut; None where no weights change the list."""
    if not study.holds_at_all:
        return "0"
    return None if study.margin is None else str(study.margin.least)


def _origin(origin: Origin) -> dict[str, Any]:
    return {"file": origin.path, "sha256": origin.sha256}


def _number(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _value(value: Value) -> str:
    """Write a day or a number: nothing else has boundaries."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    weights = [str(weight) for weight in change.weights]
    return {"enters": list(change.enters), "leaves": list(change.leaves), "weights": weights}


def _reach(reach: Reach | None) -> dict[str, Any] | None:
    if reach is None:
        return None
    return {
        "at_least": str(reach.least),
        "exact": reach.is_exact,
        "seen_at": _number(reach.seen),
        "inside": reach.inside,
        "outside": reach.outside,
        "change": _change(reach.change),
    }


def _transfer(reach: Reach | None, exchange: Exchange | None) -> dict[str, Any] | None:
    found = _reach(reach)
    return None if found is None else {**found, "exchange": _exchange(exchange)}


def _exchange(exchange: Exchange | None) -> dict[str, Any] | None:
    if exchange is None:
        return None
    sources = [{"criterion": source.axis.criterion, "points": str(source.points)} for source in exchange.sources]
    return {"points": str(exchange.points), "from": sources, "to": exchange.to.criterion}


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "at": str(side.least),
        "end_of_road": side.is_whole,
        "seen_at": _number(side.seen),
        "change": _change(side.change),
    }


def _duel(duel: Duel | None) -> dict[str, Any] | None:
    if duel is None:
        return None
    return {
        "ahead": duel.ahead,
        "behind": duel.behind,
        "gap": str(duel.gap),
        "margin": _number(duel.margin),
        "exchange": _exchange(duel.exchange),
        "chance": str(duel.chance),
    }


def _shares(shares: Shares | None) -> dict[str, Any] | None:
    if shares is None:
        return None
    return {
        "dirichlet": list(shares.parameters),
        "seed": shares.seed,
        "drawn": shares.drawn,
        "scramblings": shares.scramblings,
        "candidatures": [
            {
                "reference": share.reference,
                "kept": share.kept,
                "standard_error": round(share.error, 6),
                "mean_rank": _number(share.mean_rank),
                "ranks": {str(rank): share.ranks[rank] for rank in sorted(share.ranks)},
            }
            for share in shares.each
        ],
    }


def _region(robustness: Robustness) -> dict[str, Any] | None:
    if robustness.region is None:
        return None
    names = {certainty: certainty.name.lower() for certainty in Certainty}
    found = {reference: names[certainty] for reference, certainty in robustness.certainties.items()}
    return {"asked": robustness.region_words, "candidatures": found}


def _seats(seats: Seats | None) -> dict[str, Any] | None:
    if seats is None:
        return None
    absences = [
        {
            "without": each.who,
            "opinions": each.marks,
            "enters": list(each.enters),
            "leaves": list(each.leaves),
            "moved": each.moved,
            "furthest": each.furthest,
        }
        for each in seats.absences
    ]
    return {"tried": seats.tried, "excluded_for_conflict": seats.excluded, "absences": absences}
