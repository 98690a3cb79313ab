"""`ami papers`: letters, minutes, report, published rules, sheets and notices, in Word, PDF or plain text."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.options import (
    Assessments,
    AwardedFiles,
    CriteriaFile,
    DecisionsFile,
    MappingFile,
    WaveName,
    require_awarded,
    require_criteria,
    require_paths,
)

DEFAULT_CRITERIA = Path("criteria.yaml")
DEFAULT_LETTERHEAD = Path("courriers.yaml")


class Part(StrEnum):
    """What may be asked for alone."""

    LETTERS = "lettres"
    MINUTES = "proces-verbal"
    PROCEDURE = "rapport"
    RULES = "regles"
    SHEETS = "fiches"


class PaperFormat(StrEnum):
    """How papers are written."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"


def papers(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CHEMIN…", help="Fichiers ou dossiers de candidatures.", readable=False, show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DOSSIER", help="Dossier où tout s'écrit.", show_default=False),
    ] = None,
    letterhead: Annotated[
        Path,
        typer.Option(
            "--letterhead",
            "-l",
            metavar="FICHIER",
            help="Ce que les courriers disent de l'autorité (par défaut : courriers.yaml).",
            readable=False,
            show_default=False,
        ),
    ] = DEFAULT_LETTERHEAD,
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    wave: WaveName = None,
    assessments: Assessments = None,
    mapping: MappingFile = None,
    decisions: DecisionsFile = None,
    awarded: AwardedFiles = None,
    only: Annotated[
        list[Part] | None,
        typer.Option(
            "--only",
            metavar="PAPIER",
            help="lettres, proces-verbal, rapport, regles ou fiches ; répétable (par défaut : tout).",
            show_default=False,
        ),
    ] = None,
    rules_only: Annotated[
        bool,
        typer.Option(
            "--rules-only", help="Les règles à publier, seules : aucune candidature n'est lue.", show_default=False
        ),
    ] = False,
    notice: Annotated[
        list[str] | None,
        typer.Option(
            "--notice",
            metavar="RÉFÉRENCE",
            help="Ajoute la notice d'explication de cette candidature ; répétable.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        list[PaperFormat] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="docx, pdf ou txt ; répétable (par défaut : docx et pdf).",
            show_default=False,
        ),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates",
            metavar="DOSSIER",
            help="Modèles Word de l'autorité : lettre.docx, acte.docx, lettre-retenue.docx…",
            readable=False,
            show_default=False,
        ),
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option(
            "--start",
            metavar="DOSSIER",
            help="Écrit là un courriers.yaml à remplir et les modèles Word, puis s'arrête.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Remplace les papiers qui existent déjà, et ce que quelqu'un y a changé.",
            show_default=False,
        ),
    ] = False,
) -> int:
    """Écrit les courriers, le procès-verbal, le rapport, les règles à publier et les fiches."""
    if start is not None:
        from ami_scoring.cli.papers_start import write_start

        write_start(start)
        return ExitCode.DONE
    if output is None:
        message = "dites où écrire : -o papiers/"
        raise typer.BadParameter(message)
    if rules_only and (paths or only or notice):
        message = "--rules-only ne lit aucune candidature : donnez-le sans chemin, ni --only, ni --notice."
        raise typer.BadParameter(message)
    if not rules_only and not paths:
        message = "donnez les candidatures, ou --rules-only pour les seules règles."
        raise typer.BadParameter(message)
    if templates is not None and format_ and PaperFormat.DOCX not in format_:
        message = "--templates ne sert qu'aux papiers Word : ajoutez -f docx, ou retirez-le."
        raise typer.BadParameter(message)
    require_criteria(criteria)
    require_paths([*(paths or []), *filter(None, (mapping, decisions, templates)), *(assessments or [])])
    _require_letterhead(letterhead)
    from ami_scoring.cli.papers_writing import Asked, Wanted, write_papers, write_rules

    formats = [each.value for each in dict.fromkeys(format_ or (PaperFormat.DOCX, PaperFormat.PDF))]
    wanted = Wanted(output, letterhead, templates, formats, [part.value for part in only or Part], notice or [], force)
    if rules_only:
        return write_rules(wanted, criteria)
    given = require_awarded(awarded, wave)
    asked = Asked(paths or [], criteria, wave, assessments or [], mapping, decisions, given)
    return write_papers(wanted, asked)


def _require_letterhead(path: Path) -> None:
    from ami_scoring.messages import printable

    if not os.path.lexists(path):
        message = (
            f"« {printable(str(path))} », qui dit ce que les courriers disent de l'autorité, n'existe pas ; "
            "« -l FICHIER » en choisit un autre, « ami papers --start DOSSIER » en fait un à remplir."
        )
        raise typer.BadParameter(message)
