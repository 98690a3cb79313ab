"""Findings as JSON, for programs: one stable document, described in docs/validate.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from ami_scoring.domain.coverage import Covered
from ami_scoring.findings import Finding, Location, Severity, counts_of, fingerprints, in_reading_order
from ami_scoring.messages import seen_in_json

SCHEMA: Final = 1
"""The number of this layout; it changes when a key is renamed or removed, not when one is added."""


def findings_json(findings: Iterable[Finding], files: Sequence[str], covered: Sequence[Covered] | None = None) -> str:
    """Write the files read, how many findings of each severity there are, and every finding in reading order.

    Where it was asked for, what the examples of the criteria exercise comes last, under `coverage`.
    """
    ordered = in_reading_order(findings)
    counts = counts_of(ordered)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "files": list(files),
        "counts": {str(severity): counts[severity] for severity in Severity},
        "findings": [_finding(each, mark) for each, mark in zip(ordered, fingerprints(ordered), strict=True)],
    }
    if covered is not None:
        document["coverage"] = [_covered(each) for each in covered]
    return seen_in_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": str(finding.message),
        "suggestion": None if finding.suggestion is None else str(finding.suggestion),
        **_place(finding.where),
        "excerpt": finding.where.excerpt,
        "related": [_place(place) for place in finding.related],
        "fingerprint": fingerprint,
        **({} if finding.times == 1 else {"times": finding.times}),
    }


def _covered(covered: Covered) -> dict[str, Any]:
    return {
        "path": covered.path,
        "branches": covered.branches,
        "exercised": covered.exercised,
        "untried": [
            {"what": each.what, **_place(each.where), "out_of_reach": each.out_of_reach} for each in covered.untried
        ],
        "additions": [
            {"criterion": each.owner, **_place(each.where), "replaces": each.replaces, "examples": list(each.examples)}
            for each in covered.additions
        ],
    }


def _place(where: Location) -> dict[str, Any]:
    return {
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "sheet": where.sheet,
        "cell": where.cell,
        **({} if where.question is None else {"question": where.question}),
    }
