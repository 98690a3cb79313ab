"""The JSON Schema of the study, for programs that read it: `schemas/solidite.schema.json`."""

from __future__ import annotations

import json
from typing import Any, Final

from ami_scoring.reports.robustness.document import SCHEMA

Schema = dict[str, Any]

_NUMBER: Final[Schema] = {
    "type": "string",
    "pattern": r"^-?\d+(/\d+)?$",
    "description": "Un nombre exact : un entier ou une fraction.",
}
_TEXT: Final[Schema] = {"type": "string"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_REFERENCES: Final[Schema] = {"type": "array", "items": _TEXT}


def robustness_schema() -> str:
    """Write the schema. Keys may be added under one number of `schema`; none is renamed or removed."""
    study = _object(
        {
            "schema": {"const": SCHEMA, "description": "Le numéro de cette présentation."},
            "version": _TEXT,
            "criteria": _object({"file": _TEXT, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}),
            "headline": _REFERENCES,
            "limits": _REFERENCES,
            "weights": _list({"criterion": _TEXT, "label": _TEXT, "weight": _NUMBER}),
            "kept": _REFERENCES,
            "contested": _REFERENCES,
            "tie": _or_null({"type": "array", "items": _or_null(_TEXT), "minItems": 2, "maxItems": 2}),
            "holds_within": _told(_or_null(_NUMBER), "±δ ; 0 devant une égalité, null si aucun poids ne change rien."),
            "margin": _or_null(_reach()),
            "transfer": _or_null(_reach({"exchange": _or_null(_exchange())})),
            "one_weight": _list({"criterion": _TEXT, "low": _or_null(_side()), "high": _or_null(_side())}),
            "pair": _or_null(_pair()),
            "every_weighting": _or_null(_shares()),
            "around_the_vote": _or_null(_shares()),
            "region": _or_null(_region()),
            "assessors": _or_null(_seats()),
            "answers": _answers(),
            "boundaries": _boundaries(),
            "removals": _or_null(_seats()),
        }
    )
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Solidité de la liste, telle que l'écrit « ami robustness -f json »",
        **_object({"robustness": study}),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(properties: Schema) -> Schema:
    return {"type": "array", "items": _object(properties)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _told(schema: Schema, said: str) -> Schema:
    return {**schema, "description": said}


def _change() -> Schema:
    weights = {"type": "array", "items": _NUMBER}
    return _object({"enters": _REFERENCES, "leaves": _REFERENCES, "weights": weights})


def _reach(more: Schema | None = None) -> Schema:
    return _object(
        {
            "at_least": _told(_NUMBER, "Points jusqu'où la liste est prouvée la même."),
            "exact": {"type": "boolean"},
            "seen_at": _or_null(_NUMBER),
            "inside": _TEXT,
            "outside": _or_null(_TEXT),
            "change": _or_null(_change()),
            **(more or {}),
        }
    )


def _exchange() -> Schema:
    return _object({"points": _NUMBER, "from": _list({"criterion": _TEXT, "points": _NUMBER}), "to": _TEXT})


def _side() -> Schema:
    return _object(
        {
            "at": _NUMBER,
            "end_of_road": {"type": "boolean"},
            "seen_at": _or_null(_NUMBER),
            "change": _or_null(_change()),
        }
    )


def _pair() -> Schema:
    return _object(
        {
            "ahead": _TEXT,
            "behind": _TEXT,
            "gap": _NUMBER,
            "margin": _or_null(_NUMBER),
            "exchange": _or_null(_exchange()),
            "chance": _NUMBER,
        }
    )


def _shares() -> Schema:
    ranks = {"type": "object", "additionalProperties": _COUNT}
    each = {
        "reference": _TEXT,
        "kept": _COUNT,
        "standard_error": {"type": "number", "minimum": 0},
        "mean_rank": _or_null(_NUMBER),
        "ranks": _told(ranks, "Combien de tirages par rang ; vide loin de la limite, au-delà de 600 dossiers."),
    }
    return _object(
        {
            "dirichlet": {"type": "array", "items": _COUNT},
            "seed": _TEXT,
            "drawn": _COUNT,
            "scramblings": _COUNT,
            "candidatures": _list(each),
        }
    )


def _region() -> Schema:
    verdicts = {"type": "object", "additionalProperties": {"enum": ["always", "depends", "open", "never"]}}
    return _object({"asked": _TEXT, "candidatures": verdicts})


def _seats() -> Schema:
    absence = {
        "without": _TEXT,
        "opinions": _COUNT,
        "enters": _REFERENCES,
        "leaves": _REFERENCES,
        "moved": _COUNT,
        "furthest": _COUNT,
    }
    return _object({"tried": _COUNT, "excluded_for_conflict": _COUNT, "absences": _list(absence)})


def _answers() -> Schema:
    telling = {"reference": _TEXT, "fact": _TEXT, "gained": _or_null(_NUMBER), "status": _TEXT}
    return _object({"tried": _COUNT, "telling": _list(telling)})


def _boundaries() -> Schema:
    return _list(
        {
            "reference": _TEXT,
            "fact": _TEXT,
            "was": _TEXT,
            "would_be": _TEXT,
            "days": _told(
                _or_null({"type": "integer"}), "Jours plus tard, ou plus tôt sous 0, d'un fait tiré d'un jour."
            ),
            "gains": {"type": "object", "additionalProperties": _NUMBER},
        }
    )
