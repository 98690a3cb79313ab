"""Findings as JSON, for programs: one stable document, described in docs/validate.md."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from ami_scoring.findings import Finding, Location, Severity, fingerprints, in_reading_order

SCHEMA: Final = 1
"""The number of this layout; it changes when a key is renamed or removed, not when one is added."""


def findings_json(findings: Iterable[Finding], files: Sequence[str]) -> str:
    """Write the files read, how many findings of each severity there are, and every finding in reading order."""
    ordered = in_reading_order(findings)
    counts = Counter(finding.severity for finding in ordered)
    document = {
        "schema": SCHEMA,
        "files": list(files),
        "counts": {str(severity): counts[severity] for severity in Severity},
        "findings": [_finding(each, mark) for each, mark in zip(ordered, fingerprints(ordered), strict=True)],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


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
    }


def _place(where: Location) -> dict[str, Any]:
    return {
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "sheet": where.sheet,
        "cell": where.cell,
    }
