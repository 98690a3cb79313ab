"""`ami diff`: what changed from one policy to another, in words, and for whom."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.options import Assessments, AwardedFiles, MappingFile, WaveName, require_awarded, require_paths
from ami_scoring.cli.streams import is_terminal, wants_colour, width, write_for_program


class DiffFormat(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def diff(  # noqa: PLR0913 - one parameter an option
    old: Annotated[
        Path, typer.Argument(metavar="ANCIEN", help="Critères d'avant.", readable=False, show_default=False)
    ],
    new: Annotated[
        Path, typer.Argument(metavar="NOUVEAU", help="Critères d'après.", readable=False, show_default=False)
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[CHEMIN…]", help="Fichiers ou dossiers de candidatures.", readable=False, show_default=False
        ),
    ] = None,
    wave: WaveName = None,
    assessments: Assessments = None,
    mapping: MappingFile = None,
    awarded: AwardedFiles = None,
    format_: Annotated[
        DiffFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text, json ou markdown (par défaut : text).",
            show_default=False,
        ),
    ] = DiffFormat.TEXT,
) -> int:
    """Dit ce qui change d'un barème à l'autre et, avec des candidatures, qui entre, qui sort et pourquoi."""
    asked = require_paths([old, new, *(paths or [])])
    heard = require_paths(assessments or [])
    require_paths([mapping] if mapping else [])
    given = require_awarded(awarded, wave)
    if not paths and (wave is not None or heard or mapping):
        message = "les options --wave, --assessments et --mapping accompagnent des candidatures."
        raise typer.BadParameter(message)
    from ami_scoring.evaluation.comparison import compare
    from ami_scoring.reports import diff as reports

    comparison = compare(old, new, asked[2:], wave=wave, assessments=heard, mapping=mapping, awarded=given)
    if format_ is DiffFormat.JSON:
        write_for_program(reports.diff_json(comparison))
    elif format_ is DiffFormat.MARKDOWN:
        sys.stdout.write(reports.diff_markdown(comparison))
    else:
        sys.stdout.write(reports.diff_text(comparison, width() if is_terminal(sys.stdout) else None))
    errors = sum(finding.times for finding in comparison.findings if finding.severity == "error")
    if errors:
        shown = "« ami validate », par l'un ou l'autre barème, les montre"
        sys.stderr.write(f"Erreurs dans les candidatures : {errors} ; {shown}.\n")
    if comparison.about_opinions:
        from ami_scoring.reports.annotations import findings_text

        sys.stderr.write(findings_text(comparison.about_opinions, colour=wants_colour(sys.stderr)))
    opinions_hold = all(finding.severity != "error" for finding in comparison.about_opinions)
    return ExitCode.DONE if opinions_hold and not errors else ExitCode.INPUT_ERRORS
