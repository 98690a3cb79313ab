"""The schemas that editors read, judged by a second implementation: good files pass, and bad ones are caught."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from jsonschema import Draft202012Validator

from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import parse_reference
from ami_scoring.reports.schema import (
    candidature_schema,
    criteria_schema,
    decisions_schema,
    jury_schema,
    letterhead_schema,
    mapping_schema,
)
from ami_scoring.reports.schema.words import CHOICES, FIELDS, GROUPS

ROOT = Path(__file__).resolve().parents[2]
REJECTED = ROOT / "tests" / "rejected"
CRITERIA = Draft202012Validator(json.loads(criteria_schema()))
JURY = Draft202012Validator(json.loads(jury_schema()))
CANDIDATURE = Draft202012Validator(json.loads(candidature_schema()))
REFERENCE = json.loads(candidature_schema())["$defs"]["Candidature"]["properties"]["reference"]["pattern"]
CAUGHT = {
    "unknown-key",
    "missing-key",
    "block-expected",
    "list-expected",
    "too-short",
    "condition-operator",
    "rule-kind",
    "unknown-fact",
}
"""Mistakes of shape, which an editor can see; the others need `ami validate`."""
NOT_SEEN = {"unknown-key-complements.yaml", "unknown-fact-exemple.yaml", "unknown-fact-verification.yaml"}
"""What depends on the rest of the call."""


class _Editor(yaml.SafeLoader):  # type: ignore[misc, unused-ignore]
    """YAML 1.2, as editors read it: `no` and dates are texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), [*_first, ""])


def _integer(loader: Any, node: Any) -> int:
    return int(loader.construct_scalar(node))


_Editor.add_constructor("tag:yaml.org,2002:int", _integer)


def _documents(path: Path) -> Iterator[Any]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        yield json.loads(text)
    elif path.suffix == ".jsonl":
        yield from map(json.loads, text.splitlines())
    else:
        yield from yaml.load_all(text, Loader=_Editor)


def _good_policies() -> list[Path]:
    found = [ROOT / "criteria.yaml", ROOT / "samples" / "autre-appel" / "criteria.yaml", REJECTED / "appel.yaml"]
    found.append(REJECTED / "juge" / "criteria.yaml")
    return found + sorted((ROOT / "examples").rglob("*criteria*.yaml"))


def _good_candidatures() -> list[Path]:
    broken = {"moissagnan.yaml", "saint-clarentin.yaml"}
    folders = (ROOT / "samples" / "candidatures", ROOT / "samples" / "autre-appel" / "candidatures")
    return [path for folder in folders for path in sorted(folder.rglob("*.*")) if path.name not in broken]


def _caught(folder: str) -> list[Path]:
    paths = sorted((REJECTED / folder).iterdir())
    return [
        path
        for path in paths
        if path.suffix in {".yaml", ".json"} and path.name not in NOT_SEEN and _starts_with_one_of(path.stem)
    ]


def _starts_with_one_of(name: str) -> bool:
    return any(name == code or name.startswith(f"{code}-") for code in CAUGHT)


@pytest.mark.parametrize(
    "schema",
    [CRITERIA.schema, CANDIDATURE.schema, JURY.schema, json.loads(decisions_schema())],
    ids=["criteria", "candidature", "jury", "decisions"],
)
def test_a_schema_is_one(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in schema


@pytest.mark.parametrize("path", _good_policies(), ids=lambda path: path.parent.name)
def test_a_good_policy_has_nothing_underlined(path: Path) -> None:
    assert [error.message for document in _documents(path) for error in CRITERIA.iter_errors(document)] == []


@pytest.mark.parametrize("path", _good_candidatures(), ids=lambda path: path.stem)
def test_a_good_candidature_has_nothing_underlined(path: Path) -> None:
    assert [error.message for document in _documents(path) for error in CANDIDATURE.iter_errors(document)] == []


@pytest.mark.parametrize("path", [REJECTED / "juge" / "jury.yaml"], ids=["juge"])
def test_a_good_jury_has_nothing_underlined(path: Path) -> None:
    assert [error.message for document in _documents(path) for error in JURY.iter_errors(document)] == []


@pytest.mark.parametrize("path", _caught("jury"), ids=lambda path: path.stem)
def test_a_jury_of_the_wrong_shape_is_underlined(path: Path) -> None:
    assert not all(JURY.is_valid(document) for document in _documents(path))


@pytest.mark.parametrize("path", _caught("criteria"), ids=lambda path: path.stem)
def test_a_policy_of_the_wrong_shape_is_underlined(path: Path) -> None:
    assert not all(CRITERIA.is_valid(document) for document in _documents(path))


@pytest.mark.parametrize("path", _caught("candidatures"), ids=lambda path: path.name)
def test_a_candidature_of_the_wrong_shape_is_underlined(path: Path) -> None:
    assert not all(CANDIDATURE.is_valid(document) for document in _documents(path))


@pytest.mark.parametrize(
    "schema", [CRITERIA.schema, CANDIDATURE.schema, JURY.schema], ids=["criteria", "candidature", "jury"]
)
def test_every_group_and_every_choice_has_french_words(schema: Any) -> None:
    absent = [name for name, group in schema["$defs"].items() if "title" not in group and "enum" not in group]
    untold = [name for name, group in schema["$defs"].items() if "enum" in group and "" in _told(group)]
    assert (absent, untold) == ([], []), "add them to src/ami_scoring/reports/schema/words.py"


def test_no_words_are_kept_for_what_is_gone() -> None:
    known: dict[str, Any] = {}
    made = (criteria_schema(), candidature_schema(), mapping_schema(), decisions_schema(), jury_schema())
    for text in (*made, letterhead_schema()):
        schema = json.loads(text)
        tops = {"answers": "Correspondence", "decisions": "Register", "assessors": "Jury", "autorite": "Letterhead"}
        name = next((tops[key] for key in schema.get("properties", {}) if key in tops), "Criteria")
        known |= schema["$defs"] | ({name: schema} if "properties" in schema else {})
    assert {*GROUPS, *CHOICES} - set(known) == set()
    assert [(name, key) for name, key in FIELDS if key not in known[name]["properties"]] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("criteria", criteria_schema()),
        ("candidature", candidature_schema()),
        ("correspondance", mapping_schema()),
        ("jury", jury_schema()),
        ("courriers", letterhead_schema()),
    ],
)
def test_the_committed_schema_is_the_one_of_the_models(name: str, text: str) -> None:
    committed = (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == text, f"run: .venv/bin/ami schema {name} > schemas/{name}.schema.json"


def _editor_lines() -> list[Path]:
    samples = sorted((ROOT / "samples").rglob("*.y*ml"))
    apart = {
        "orbignane.yaml",
        "decisions-attendues.yaml",
        "attributions.yaml",
    }  # a form of file of its own; what `ami` writes, not people
    return [ROOT / "criteria.yaml", *(path for path in samples if path.name not in apart)]


@pytest.mark.parametrize("path", _editor_lines(), ids=lambda path: path.stem)
def test_a_file_tells_editors_where_its_schema_is(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found is not None
    kind = path.stem if path.name in {"criteria.yaml", "jury.yaml"} else "candidature"
    if path.name.endswith("correspondance.yaml"):
        kind = "correspondance"
    if path.name == "courriers.yaml":
        kind = "courriers"
    assert (path.parent / found[1]).resolve() == ROOT / "schemas" / f"{kind}.schema.json"


def _told(group: Any) -> list[str]:
    told: list[str] = group.get("enumDescriptions", [""] * len(group["enum"]))
    return told


def patterns(node: Any) -> Iterator[str]:
    """Give every pattern of a schema."""
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "pattern" and isinstance(value, str))
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from patterns(each)


@pytest.mark.parametrize(
    "schema", [CRITERIA.schema, CANDIDATURE.schema, JURY.schema], ids=["criteria", "candidature", "jury"]
)
def test_a_pattern_means_the_same_to_every_validator(schema: Any) -> None:
    # Python reads \d and \w as those of every script, editors as those of ASCII.
    assert [pattern for pattern in patterns(schema) if re.search(r"\\[dDwWbB]", pattern)] == []


@pytest.mark.parametrize("reference", ["AMI-2022/07", "Été-1", "ŒUVRE_2", "9.b", "A" * 64])
def test_a_reference_that_is_read_is_admitted_by_editors(reference: str) -> None:
    assert parse_reference(reference) == reference
    assert re.search(REFERENCE, reference, re.ASCII)


@pytest.mark.parametrize("reference", ["A 1", "-1", "_a", "a;b", "a:b", "(a)", "a\u00a0b", "A" * 65])
def test_a_reference_that_is_refused_is_refused_by_editors(reference: str) -> None:
    with pytest.raises(RefusalError):
        parse_reference(reference)
    assert not re.search(REFERENCE, reference)
