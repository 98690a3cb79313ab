"""From the models to the JSON Schema (2020-12) that editors read: French words, closed lists, precise unions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.correspondence import Correspondence
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.decisions import Kind, Register
from ami_scoring.domain.jury import Jury
from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.strict import mirror
from ami_scoring.domain.rules import KINDS
from ami_scoring.domain.versions import APPLICANT, REFERENCE
from ami_scoring.exact import Fraction
from ami_scoring.reports.schema.leaves import widen, yes_or_no
from ami_scoring.reports.schema.words import CHOICES, FIELDS, GROUPS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
OWN_FACTS: Final = r"^(complements|calculs|parametres)\."
"""How the names of facts begin that a call declares, computes or fixes."""
FACT_KEYS: Final = {
    ("Table", "rows"),
    ("Table", "columns"),
    ("Budget", "ask"),
    ("UncoveredTie", "uncovered"),
    ("Relative", "within"),
}
"""Keys that name a fact, besides those called `fact`."""

Schema = dict[str, Any]


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, which here knows how to write an exact number."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

    def encode_default(self, dft: Any) -> Any:
        """Write a whole number as such, any other as a fraction."""
        if isinstance(dft, Fraction):
            return dft.numerator if dft.denominator == 1 else str(dft)
        return super().encode_default(dft)


def criteria_schema() -> str:
    """Write the schema of `criteria.yaml`."""
    schema = _schema_of(Criteria)
    definitions = schema["$defs"]
    definitions["Rule"] = _rule(definitions)
    definitions["Condition"] = _condition()
    definitions["Fact"] = _fact()
    for name, owner in _groups(schema):
        for key, value in owner["properties"].items():
            if key == "fact" or (name, key) in FACT_KEYS:
                owner["properties"][key] = {"$ref": "#/$defs/Fact", "title": value["title"]}
            if key == "kind":
                value["title"] = "Genre de règle"
    definitions["Versions"]["properties"]["identified_by"]["items"] = _identifier()
    definitions["FactCondition"] |= {"minProperties": 2, "maxProperties": 2}
    _compare(definitions["FactCondition"]["properties"])
    for value in definitions["Span"]["properties"].values():
        date = {"type": "string", "pattern": "^[0-9]", "title": "Date écrite"}
        value |= {"anyOf": [{"$ref": "#/$defs/Fact"}, date]}
        del value["type"]
    stated = definitions["Floor"]["properties"]["at_least"]["then"]
    _refer(definitions, stated, "Stated")
    definitions["Stated"] = {"title": "Paramètre qui tient lieu de nombre", **stated}
    selection = definitions["Selection"]["properties"]
    del selection["minimum_strict"]
    selection["minimum"] = _minimum(selection["minimum"])
    ties = {"anyOf": [_text("Nom d'un critère"), _tie()]}
    for group, name in (("Ranking", "ties"), ("Envelope", "order")):
        definitions[group]["properties"][name]["items"] = ties
    return _written(schema)


def _compare(tests: Schema) -> None:
    """Let a test compare with another fact where it compares with one value: the choice is made by shape."""
    for value in tests.values():
        stated = value.get("anyOf", [{}])[0].get("oneOf", ())
        if len(stated) == 2:
            del value["anyOf"]
            other = {"if": {"type": "object"}, "then": {"$ref": "#/$defs/OtherFact"}}
            value |= {"type": [*stated[1]["type"], "object", "null"], **other}


def _refer(node: Any, part: Schema, name: str) -> None:
    """Send every branch that is one schema to the one definition of it."""
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        if isinstance(value, dict) and value.get("then") == part:
            value["then"] = {"$ref": f"#/$defs/{name}"}
        else:
            _refer(value, part, name)


def _minimum(limit: Schema) -> Schema:
    """Let a minimum be a limit, or a limit at length: the choice is made by shape."""
    strict = {"$ref": "#/$defs/OuiNon", "title": "Le minimum lui-même ne suffit pas"}
    at_least = {**limit, "type": [kind for kind in limit["type"] if kind != "null"], "title": "Total minimal"}
    at_length = {
        "properties": {"at_least": at_least, "strict": strict},
        "required": ["at_least"],
        "additionalProperties": False,
    }
    by_name = {"if": {"required": ["fact"]}, "then": limit["then"], "else": at_length}
    return {**limit, "then": by_name}


def candidature_schema() -> str:
    """Write the schema of a candidature, or of a list of them."""
    schema = _schema_of(Candidature)
    one = {key: schema.pop(key) for key in ("type", "properties", "required", "additionalProperties")}
    schema["$defs"]["Candidature"] = {"title": schema["title"], "description": schema["description"], **one}
    ref = {"$ref": "#/$defs/Candidature"}
    # A JSON file may hold one candidature or several: the choice is made by shape, so that errors stay precise.
    return _written({**schema, "if": {"type": "array"}, "then": {"items": ref}, "else": ref})


def mapping_schema() -> str:
    """Write the schema of `correspondance.yaml`."""
    return _written(_schema_of(Correspondence))


def letterhead_schema() -> str:
    """Write the schema of `courriers.yaml`."""
    return _written(_schema_of(Letterhead))


def decisions_schema() -> str:
    """Write the schema of `decisions.yaml`."""
    schema = _schema_of(Register)
    definitions = schema["$defs"]
    definitions["Decision"] = _by_kind(definitions, list(Kind), "Décision", "Genre de décision")
    schema["properties"]["decisions"]["items"] = {"$ref": "#/$defs/Decision"}
    return _written(schema)


def jury_schema() -> str:
    """Write the schema of `jury.yaml`."""
    return _written(_schema_of(Jury))


def _schema_of(model: type[Model]) -> Schema:
    made = mirror(model).model_json_schema(by_alias=True, schema_generator=_Generator)
    schema = {"$schema": DIALECT, "title": "", "description": "", **made}
    for name, group in [(model.__name__, schema), *schema["$defs"].items()]:
        _name(name, group)
    widened: Schema = _unions(widen(schema))
    widened["$defs"]["OuiNon"] = yes_or_no()
    return widened


def _name(name: str, group: Schema) -> None:
    """Put French words in place of the name and the docstring that the code carries."""
    group.pop("description", None)
    group.pop("title", None)
    if name in GROUPS:
        group["title"], group["description"] = GROUPS[name]
    for key, field in group.get("properties", {}).items():
        if (name, key) in FIELDS:
            field["description"] = FIELDS[name, key]
    if name in CHOICES:
        group["enumDescriptions"] = [CHOICES[name].get(str(value), "") for value in group["enum"]]


def _unions(node: Any) -> Any:
    """Send every list of alternatives between rules, or between conditions, to the one definition that decides."""
    if isinstance(node, list):
        return [_unions(part) for part in node]
    if not isinstance(node, dict):
        return node
    refs = {str(part.get("$ref", "")).rpartition("/")[2] for part in node.get("oneOf", ())}
    rest = {key: _unions(value) for key, value in node.items() if key not in {"oneOf", "discriminator"}}
    if "Lookup" in refs:
        return {"$ref": "#/$defs/Rule", **rest}
    if "FactCondition" in refs:
        return {"$ref": "#/$defs/Condition", **rest}
    return {key: _unions(value) for key, value in node.items()}


def _rule(definitions: Schema) -> Schema:
    return _by_kind(definitions, KINDS, "Règle", "Genre de règle")


def _by_kind(definitions: Schema, kinds: Sequence[str], title: str, kind_title: str) -> Schema:
    """Write a union whose `kind` says which of the definitions holds."""
    by_kind = {
        group["properties"]["kind"]["const"]: name
        for name, group in definitions.items()
        if "const" in group.get("properties", {}).get("kind", {})
    }
    kind = {
        "title": kind_title,
        "enum": list(kinds),
        "enumDescriptions": [GROUPS.get(by_kind[kind], ("", ""))[1] for kind in kinds],
    }
    return {
        "title": title,
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": kind},
        "allOf": [
            {
                "if": {"required": ["kind"], "properties": {"kind": {"const": kind}}},
                "then": {"$ref": f"#/$defs/{by_kind[kind]}"},
            }
            for kind in kinds
        ],
    }


def _condition() -> Schema:
    chosen: Schema = {"$ref": "#/$defs/FactCondition"}
    for key, name in (("not", "Not"), ("any", "AnyOf"), ("all", "AllOf")):
        chosen = {"if": {"required": [key]}, "then": {"$ref": f"#/$defs/{name}"}, "else": chosen}
    return {"title": "Condition", "type": "object", **chosen}


def _tie() -> Schema:
    chosen: Schema = {"$ref": "#/$defs/CriterionTie"}
    for key, name in (("uncovered", "UncoveredTie"), ("draw", "DrawTie"), ("fact", "FactTie")):
        chosen = {"if": {"required": [key]}, "then": {"$ref": f"#/$defs/{name}"}, "else": chosen}
    return {"title": "Départage", "type": "object", **chosen}


def _fact() -> Schema:
    known = {"enum": list(CATALOGUE), "enumDescriptions": [fact.label for fact in CATALOGUE.values()]}
    own = {"type": "string", "pattern": OWN_FACTS}
    return {"title": "Donnée", "description": "Ce qu'une règle peut lire d'une candidature.", "anyOf": [known, own]}


def _identifier() -> Schema:
    own = {"enum": [APPLICANT, REFERENCE], "enumDescriptions": ["Le porteur", "La référence, seule"]}
    return {"title": "Ce qui identifie", "anyOf": [own, {"$ref": "#/$defs/Fact"}]}


def _text(title: str) -> Schema:
    return {"title": title, "type": "string", "minLength": 1}


def _groups(schema: Schema) -> Iterator[tuple[str, Schema]]:
    for name, group in schema["$defs"].items():
        if "properties" in group and name != "Rule":
            yield name, group


def _written(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
