"""Handing what `validate` found to the format asked for: on stdout, in a file, in GitHub's step summary."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ami_scoring.cli.checking import Validation
from ami_scoring.cli.formats import FindingsFormat
from ami_scoring.cli.streams import wants_colour, write_for_program
from ami_scoring.reports.annotations import findings_text


def publish(found: Validation, kind: FindingsFormat, output: Path | None) -> None:
    """Write findings. With `output`, the file takes the format and the screen keeps the text for a person.

    Without it, stdout holds the format alone and the closing sentence goes to stderr, so that a program can read it.
    """
    if kind is FindingsFormat.GITHUB:
        _append_summary(found)
    if output is not None:
        from ami_scoring.cli.guarding import signed
        from ami_scoring.cli.saving import save

        text = _written(found, kind)
        save(output, (signed(text) if kind is FindingsFormat.TEXT else text).encode("utf-8", "surrogateescape"))
        sys.stdout.write(f"{_text(found)}{_coverage(found)}Écrit : {output}\n{found.said}\n")
    elif kind is FindingsFormat.TEXT:
        sys.stdout.write(f"{_text(found)}{found.said}\n{_coverage(found)}")
    else:
        write_for_program(_written(found, kind))
        sys.stderr.write(f"{found.said}\n")


def _text(found: Validation) -> str:
    return findings_text(found.findings, colour=wants_colour(sys.stdout))


def _coverage(found: Validation) -> str:
    if found.covered is None:
        return ""
    from ami_scoring.reports.coverage import coverage_text

    return coverage_text(found.covered)


def _written(found: Validation, kind: FindingsFormat) -> str:
    match kind:
        case FindingsFormat.TEXT:
            return f"{findings_text(found.findings)}{found.said}\n{_coverage(found)}"
        case FindingsFormat.JSON:
            from ami_scoring.reports.findings_json import findings_json

            return findings_json(found.findings, found.files, found.covered)
        case FindingsFormat.GITHUB:
            from ami_scoring.reports.github import github_log

            return github_log(findings_text(found.findings), found.findings)
        case FindingsFormat.GITLAB:
            from ami_scoring.reports.gitlab import code_quality

            return code_quality(found.findings)
        case FindingsFormat.JUNIT:
            from ami_scoring.reports.junit import junit

            return junit(found.findings, found.files, strict=found.strict)
        case FindingsFormat.SARIF:
            from ami_scoring import __version__
            from ami_scoring.codes.catalogue import CODES
            from ami_scoring.reports.sarif import sarif

            return sarif(found.findings, CODES, __version__)


def _append_summary(found: Validation) -> None:
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        from ami_scoring.cli.saving import reason_of
        from ami_scoring.reports.github import step_summary

        try:
            with Path(path).open("a", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
                file.write(step_summary(found.findings, found.said))
        except OSError as error:
            sys.stderr.write(f"Le résumé de l'étape n'est pas écrit ({reason_of(error)}).\n")
