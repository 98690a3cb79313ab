"""Findings for GitHub Actions: workflow commands that annotate a pull request, and a step summary in Markdown.

GitHub shows ten annotations of each severity in a step: the rest is in the full text, which is printed too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

from ami_scoring.findings import Finding, Severity, in_reading_order
from ami_scoring.messages import printable

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
WORDS: Final = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement", Severity.NOTE: "note"}
SHOWN: Final = 10
"""Annotations of one severity that GitHub shows for a step."""
SUMMARY_ROWS: Final = 500
"""Rows of the step summary, which GitHub refuses above one mebibyte."""
LONGEST_CELL: Final = 600

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~@&])")


def github_log(text: str, findings: Iterable[Finding]) -> str:
    """Write the full text, in which no line can pass for a command, then the commands that annotate."""
    # Lines of the text quote strangers' files. The word that ends the pause cannot be in what it is computed from.
    word = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    guarded = f"::stop-commands::{word}\n{text}::{word}::\n" if text else ""
    return guarded + github_commands(findings)


def github_commands(findings: Iterable[Finding]) -> str:
    """Write one workflow command for each finding that GitHub will show, errors first."""
    ordered = in_reading_order(findings)
    lines: list[str] = []
    for severity, level in LEVELS.items():
        those = [finding for finding in ordered if finding.severity is severity]
        lines.extend(_command(level, finding) for finding in those[:SHOWN])
    return "".join(f"{line}\n" for line in lines)


def step_summary(findings: Iterable[Finding], said: str) -> str:
    """Write the closing sentence and a table of the findings, in Markdown."""
    ordered = in_reading_order(findings)
    lines = ["## ami validate", "", _cell(said), ""]
    if ordered:
        lines += ["| Place | Gravité | Code | Constat |", "|---|---|---|---|"]
        lines += [_row(finding) for finding in ordered[:SUMMARY_ROWS]]
        lines.append("")
    if len(ordered) > SUMMARY_ROWS:
        lines += [f"… et {len(ordered) - SUMMARY_ROWS} autres constats, dans le journal de cette étape.", ""]
    return "\n".join(lines)


def _command(level: str, finding: Finding) -> str:
    where = finding.where
    is_text = where.sheet is None
    named: Sequence[tuple[str, object]] = (
        ("file", where.path),
        ("line", where.line if is_text else None),
        ("col", where.column if is_text else None),
        ("title", f"{finding.code} ({WORDS[finding.severity]})"),
    )
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in named if value is not None)
    # GitHub has no place inside a workbook: words name it.
    said = [printable(str(finding.message) if is_text else f"{where.in_workbook} : {finding.message}")]
    if finding.suggestion is not None:
        said.append(f"→ {printable(str(finding.suggestion))}")
    said += [f"voir aussi {printable(str(place))}" for place in finding.related]
    return f"::{level} {properties}::{_data(chr(10).join(said))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(finding: Finding) -> str:
    said = str(finding.message)
    if finding.suggestion is not None:
        said += f" → {finding.suggestion}"
    said += "".join(f" (voir aussi {place})" for place in finding.related)
    cells = (str(finding.where), WORDS[finding.severity], finding.code, said)
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    # `@` and `#` would notify people and link issues; a word joiner after `@` prevents it where an escape does not.
    shown = printable(text)[:LONGEST_CELL]
    return _MARKDOWN.sub(r"\\\1", shown).replace("\\@", "@\u2060")
