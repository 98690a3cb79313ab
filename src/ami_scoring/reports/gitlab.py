"""Findings for GitLab: the Code Quality report that merge requests show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from ami_scoring.findings import Finding, Severity, fingerprints, in_reading_order
from ami_scoring.messages import printable, seen_in_json

SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def code_quality(findings: Iterable[Finding]) -> str:
    """Write a Code Quality artefact: an array of issues, each with a fingerprint of its own."""
    ordered = in_reading_order(findings)
    issues = [_issue(finding, mark) for finding, mark in zip(ordered, fingerprints(ordered), strict=True)]
    return seen_in_json(json.dumps(issues, ensure_ascii=False, indent=2)) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    where = finding.where
    # GitLab has no place inside a workbook: words name it.
    said = printable(str(finding.message) if where.sheet is None else f"{where.in_workbook} : {finding.message}")
    if finding.suggestion is not None:
        said += f" → {printable(str(finding.suggestion))}"
    said += "".join(f" (voir aussi {printable(str(place))})" for place in finding.related)
    line = 1 if where.sheet is not None else where.line or 1
    return {
        "description": said,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": printable(where.path), "lines": {"begin": line}},
    }
