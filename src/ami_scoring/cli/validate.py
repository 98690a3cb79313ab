"""`ami validate`: everything that is wrong in files, for a person, an editor or a CI server."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.formats import FindingsFormat
from ami_scoring.cli.options import Assessments, CriteriaFile, Force, MappingFile, require_paths
from ami_scoring.messages import printable

DEFAULT_CRITERIA = Path("criteria.yaml")
STDIN = Path("-")


def validate(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[CHEMIN…]",
            help="Critères, puis fichiers ou dossiers de candidatures (par défaut : criteria.yaml seul) ; "
            "- lit l'entrée standard.",
            readable=False,
            show_default=False,
        ),
    ] = None,
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    assessments: Assessments = None,
    mapping: MappingFile = None,
    format_: Annotated[
        FindingsFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text, json, github, gitlab, junit ou sarif (par défaut : text).",
            show_default=False,
        ),
    ] = FindingsFormat.TEXT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Un avertissement compte comme une erreur.", show_default=False)
    ] = False,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help="Dit ce qu'aucun exemple des critères n'exerce, et propose les exemples à ajouter (text ou json).",
            show_default=False,
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FICHIER",
            help="Écrit les constats dans ce fichier, et le texte à l'écran.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(
            "--stdin-filename",
            metavar="NOM",
            help="Nom du fichier que l'entrée standard remplace (avec « - »).",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="CODE", help="Explique un code de constat (« all » : tous).", show_default=False
        ),
    ] = None,
) -> int:
    """Relit les critères et les candidatures, et liste tout ce qui est à corriger."""
    if explain is not None:
        return _explain(explain)
    from ami_scoring.cli.checking import check
    from ami_scoring.cli.guarding import refuse_read, require_ours
    from ami_scoring.cli.publishing import publish

    asked = paths or []
    require_paths([path for path in asked if path != STDIN])
    heard = require_paths(assessments or [])
    if stdin_filename is not None and STDIN not in asked:
        message = "l'option --stdin-filename accompagne « - »."
        raise typer.BadParameter(message)
    if stdin_filename is not None and os.path.isdir(stdin_filename):  # noqa: PTH112 - whatever the system refuses
        message = (
            f"--stdin-filename : « {printable(str(stdin_filename))} » est un dossier ; donnez le nom d'un fichier."
        )
        raise typer.BadParameter(message)
    if coverage and format_ not in {FindingsFormat.TEXT, FindingsFormat.JSON}:
        message = "l'option --coverage s'écrit au format text ou json."
        raise typer.BadParameter(message)
    require_paths([mapping] if mapping else [])
    require_ours([output] if output else [], force=force)
    checked = check(asked, criteria, stdin_filename, heard, mapping, strict=strict, coverage=coverage)
    refuse_read([output] if output else [], checked.read)
    publish(checked, format_, output)
    return ExitCode.INPUT_ERRORS if checked.fails else ExitCode.DONE


def _explain(code: str) -> int:
    from ami_scoring.codes.catalogue import CODES
    from ami_scoring.reports.code_pages import code_page, codes_markdown

    if code == "all":
        sys.stdout.write(codes_markdown())
    elif code in CODES:
        sys.stdout.write(code_page(code))
    else:
        from ami_scoring.sources.text.suggestions import nearest

        near = nearest(code, CODES)
        asked = f" Vouliez-vous dire « {near} » ?" if near else " « ami validate --explain all » les montre tous."
        message = f"le code « {printable(code)} » n'existe pas.{asked}"
        raise typer.BadParameter(message)
    return ExitCode.DONE
