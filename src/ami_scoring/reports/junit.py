"""Findings as JUnit XML, which every CI server reads: one suite for each file, one case for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from ami_scoring.findings import Finding, Severity, in_reading_order
from ami_scoring.messages import printable

_NAME = "ami validate"


def junit(findings: Iterable[Finding], files: Sequence[str], *, strict: bool = False) -> str:
    """Write a JUnit report. Errors fail, warnings too when `strict`; what does not fail tells in `system-out`.

    A file without a finding is one case that passes, so that the report says what was read.
    """
    by_file = {path: list(those) for path, those in groupby(in_reading_order(findings), lambda f: f.where.path)}
    paths = sorted({*files, *by_file})
    suites = [_suite(path, by_file.get(path, []), strict=strict) for path in paths]
    cases = sum(max(1, len(by_file.get(path, []))) for path in paths)
    failed = sum(_fails(finding, strict=strict) for those in by_file.values() for finding in those)
    head = f'<testsuites name="{_NAME}" tests="{cases}" failures="{failed}" errors="0" time="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _suite(path: str, findings: Sequence[Finding], *, strict: bool) -> str:
    failed = sum(_fails(finding, strict=strict) for finding in findings)
    counts = f'tests="{max(1, len(findings))}" failures="{failed}" errors="0" skipped="0" time="0"'
    lines = [
        f"  <testsuite name={_attribute(path)} {counts}>",
        *_cases(path, findings, strict=strict),
        "  </testsuite>",
    ]
    return "\n".join(lines)


def _cases(path: str, findings: Sequence[Finding], *, strict: bool) -> Iterator[str]:
    if not findings:
        yield f'    <testcase classname={_attribute(path)} name="rien à corriger" time="0"/>'
    for finding in findings:
        where = finding.where.in_workbook or ":".join(
            str(part) for part in (finding.where.line, finding.where.column) if part is not None
        )
        name = f"{finding.code} {where}".strip()
        yield f'    <testcase classname={_attribute(path)} name={_attribute(name)} time="0">'
        said = _text("\n".join(_said(finding)))
        if _fails(finding, strict=strict):
            message = _attribute(str(finding.message))
            yield f"      <failure type={_attribute(finding.code)} message={message}>{said}</failure>"
        else:
            yield f"      <system-out>{said}</system-out>"
        yield "    </testcase>"


def _fails(finding: Finding, *, strict: bool) -> bool:
    return finding.severity is Severity.ERROR or (strict and finding.severity is Severity.WARNING)


def _said(finding: Finding) -> Iterator[str]:
    yield f"{printable(str(finding.where))}: {finding.code} {printable(str(finding.message))}"
    if finding.where.excerpt:
        yield printable(finding.where.excerpt.expandtabs(4))
    for place in finding.related:
        yield f"voir aussi {printable(str(place))}"
    if finding.suggestion is not None:
        yield f"→ {printable(str(finding.suggestion))}"


def _attribute(text: str) -> str:
    return quoteattr(_allowed(printable(text)))


def _text(text: str) -> str:
    return escape("\n".join(_allowed(line) for line in text.split("\n")))


def _allowed(text: str) -> str:
    """Spell out the two characters that nobody sees as wrong and that XML refuses all the same."""
    return text.replace("\ufffe", r"\ufffe").replace("\uffff", r"\uffff")
