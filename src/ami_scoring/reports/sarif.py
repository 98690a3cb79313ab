"""Findings as SARIF 2.1.0, the format of static analysis that code hosts and editors import."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote

from ami_scoring.codes.entry import Entry
from ami_scoring.findings import Finding, Location, Severity, fingerprints, in_reading_order
from ami_scoring.messages import printable, seen_in_json

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_DRIVE: Final = re.compile(r"[A-Za-z]:/")
LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif(findings: Iterable[Finding], codes: Mapping[str, Entry], version: str) -> str:
    """Write one run: the rules met, documented by `codes`, and each finding with a fingerprint that outlives edits."""
    ordered = in_reading_order(findings)
    met = sorted({finding.code for finding in ordered})
    driver = {
        "name": "ami",
        "semanticVersion": version,
        "shortDescription": {"text": "Note et classe les candidatures à un appel."},
        "rules": [_rule(code, codes.get(code)) for code in met],
    }
    run = {
        "tool": {"driver": driver},
        "language": "fr-FR",
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(each, met.index(each.code), mark) for each, mark in zip(ordered, fingerprints(ordered), strict=True)
        ],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return seen_in_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _rule(code: str, entry: Entry | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code}
    if entry is not None:
        rule["shortDescription"] = {"text": entry.what}
        rule["fullDescription"] = {"text": entry.why}
        rule["help"] = {"text": f"{entry.what}\n\n{entry.why}", "markdown": entry.markdown}
    return rule


def _result(finding: Finding, index: int, fingerprint: str) -> dict[str, Any]:
    where = finding.where
    said = printable(str(finding.message) if where.sheet is None else f"{where.in_workbook} : {finding.message}")
    if finding.suggestion is not None:
        said += f"\n→ {printable(str(finding.suggestion))}"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": _unlinked(said)},
        "locations": [_location(where)],
        "partialFingerprints": {"amiFinding/v1": fingerprint},
    }
    if finding.related:
        places = {json.dumps(place): place for place in map(_location, finding.related)}
        result["relatedLocations"] = list(places.values())
    return result


def _unlinked(text: str) -> str:
    """Keep `[words](address)` in a stranger's text from becoming a link, as SARIF messages allow."""
    return text.replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]") if "](" in text else text


def _location(where: Location) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(where.path)}}
    if where.sheet is not None:
        # A region counts lines of text: a cell is a logical place, by the name that formulas give it.
        return {"physicalLocation": place, "logicalLocations": [_logical(where.sheet, where.cell)]}
    if where.line is not None:
        place["region"] = {
            "startLine": where.line,
            **({} if where.column is None else {"startColumn": where.column}),
            **({} if where.excerpt is None else {"snippet": {"text": printable(where.excerpt)}}),
        }
    return {"physicalLocation": place}


def _logical(sheet: str, cell: str | None) -> dict[str, str]:
    quoted = "'" + printable(sheet).replace("'", "''") + "'"
    if cell is None:
        return {"name": printable(sheet), "fullyQualifiedName": quoted, "kind": "module"}
    return {"name": cell, "fullyQualifiedName": f"{quoted}!{cell}", "kind": "member"}


def _uri(path: str) -> str:
    """Write a relative path as a relative reference, an absolute one as a `file:` URI, with its drive or its server."""
    slashed = path.replace("\\", "/")
    drive, rest = (slashed[:2], slashed[2:]) if _DRIVE.match(slashed) else ("", slashed)
    quoted = drive + quote(rest.encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")
    if drive:
        return f"file:///{quoted}"
    if quoted.startswith("//"):
        return f"file:{quoted}"
    return f"file://{quoted}" if quoted.startswith("/") else quoted
