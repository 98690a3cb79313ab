"""`ami jury`: the grids of assessors, and how far they are."""

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ami_scoring.cli.commands import DEFAULT_CRITERIA
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.french import FrenchCommand, FrenchGroup
from ami_scoring.cli.options import (
    Assessments,
    CriteriaFile,
    MappingFile,
    Paths,
    WaveName,
    require_criteria,
    require_paths,
)
from ami_scoring.findings import AmiScoringError, Finding, Severity
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from ami_scoring.evaluation.jury import Asked, Prepared
    from ami_scoring.scoring.jury import Grid

jury = typer.Typer(
    cls=FrenchGroup,
    help="Prépare les grilles des assesseurs, et dit où ils en sont.",
    rich_markup_mode=None,
    add_completion=False,
)
JuryFile = Annotated[
    Path | None,
    typer.Option(
        "--jury",
        "-j",
        metavar="FICHIER",
        help="Jury de l'appel (par défaut : celui que nomment les critères).",
        readable=False,
        show_default=False,
    ),
]


class JuryRefusedError(AmiScoringError):
    """Raised when what is asked for cannot be written; nothing is."""


class StatusFormat(StrEnum):
    """How the progress of the jury is written."""

    TEXT = "text"
    JSON = "json"


@jury.command("prepare", cls=FrenchCommand)
def prepare(  # noqa: PLR0913 - one parameter an option
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DOSSIER", help="Dossier des grilles.", show_default=False)
    ],
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    jury_: JuryFile = None,
    wave: WaveName = None,
    mapping: MappingFile = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="NOM", help="Ne fait que la grille de cet assesseur ; répétable.", show_default=False
        ),
    ] = None,
    ods: Annotated[bool, typer.Option("--ods", help="Fait des grilles pour LibreOffice (.ods).")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Fait des grilles en CSV.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Remplace les grilles qui existent déjà.")] = False,
) -> int:
    """Attribue les dossiers aux assesseurs, et fait la grille de chacun (.xlsx)."""
    from ami_scoring.evaluation import jury as work

    if ods and csv:
        message = "--ods ou --csv, pas les deux."
        raise typer.BadParameter(message)
    asked = _asked(paths, criteria, jury_, (), wave, mapping)
    prepared = work.prepare(asked)
    _tell(prepared.findings)
    suffix = ".ods" if ods else ".csv" if csv else ".xlsx"
    targets = _targets(prepared, only or [], output, suffix)
    _refuse_existing(list(targets), force=force)
    _write(prepared, targets)
    return ExitCode.INPUT_ERRORS if _has_errors(prepared.findings) else ExitCode.DONE


@jury.command("status", cls=FrenchCommand)
def status(  # noqa: PLR0913 - one parameter an option
    paths: Paths,
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    assessments: Assessments = None,
    jury_: JuryFile = None,
    wave: WaveName = None,
    mapping: MappingFile = None,
    format_: Annotated[
        StatusFormat,
        typer.Option("--format", "-f", metavar="FORMAT", help="text ou json (par défaut : text).", show_default=False),
    ] = StatusFormat.TEXT,
) -> int:
    """Dit quels avis sont rendus et par qui ils sont dus, leurs écarts, et la sévérité de chacun."""
    from ami_scoring.cli.streams import width, write_for_program
    from ami_scoring.evaluation import jury as work
    from ami_scoring.reports.jury_status import status_json, status_text

    found = work.status(_asked(paths, criteria, jury_, assessments or [], wave, mapping))
    _tell(found.findings)
    if format_ is StatusFormat.JSON:
        write_for_program(status_json(found.criteria, found.progress, assigned=found.assigned))
    else:
        sys.stdout.write(status_text(found.criteria, found.progress, assigned=found.assigned, width=width()))
    return ExitCode.INPUT_ERRORS if _has_errors(found.findings) else ExitCode.DONE


def _asked(  # noqa: PLR0913 - what both commands take
    paths: Sequence[Path],
    criteria: Path,
    jury_: Path | None,
    assessments: Sequence[Path],
    wave: str | None,
    mapping: Path | None,
) -> "Asked":
    from ami_scoring.evaluation.jury import Asked

    require_criteria(criteria)
    require_paths([*paths, *assessments, *([jury_] if jury_ else []), *([mapping] if mapping else [])])
    return Asked(paths, criteria, jury_, assessments, wave, mapping)


def _targets(prepared: "Prepared", only: Sequence[str], output: Path, suffix: str) -> "dict[Path, Grid]":
    """Say which file each grid goes to. An assessor who was given nothing has none."""
    known = [grid.assessor.id for grid in prepared.grids]
    stranger = next((name for name in only if name not in known), None)
    if stranger is not None:
        message = (
            f"« {printable(stranger)} » n'est pas le nom court d'un assesseur ; les noms sont : {', '.join(known)}."
        )
        raise typer.BadParameter(message)
    kept = [grid for grid in prepared.grids if grid.dossiers and (not only or grid.assessor.id in only)]
    return {output / f"grille-{grid.assessor.id}{suffix}": grid for grid in kept}


def _refuse_existing(targets: Sequence[Path], *, force: bool) -> None:
    existing = [path for path in targets if os.path.lexists(path)]
    if existing and not force:
        named = f"« {printable(str(existing[0]))} » existe déjà"
        more = f", et {len(existing) - 1} autres grilles" if len(existing) > 1 else ""
        message = f"{named}{more} : rien n'est écrit. Choisissez un autre dossier, ou ajoutez --force (les réponses "
        message += "qui y sont seraient perdues)."
        raise JuryRefusedError(message)


def _write(prepared: "Prepared", targets: "dict[Path, Grid]") -> None:
    from ami_scoring.cli.saving import NotSavedError, preparing, reason_of, save

    if prepared.text is not None:
        save(prepared.path, prepared.text.encode())
        what = f"{prepared.added} dossiers attribués" if prepared.added > 1 else "1 dossier attribué"
        sys.stderr.write(f"Écrit : {printable(str(prepared.path))} ({what})\n")
    for path, grid in targets.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotSavedError(path, reason_of(error)) from error
        with preparing(path):
            content = _made(path.suffix, grid, prepared)
        save(path, content)
        counts = f"{len(grid.dossiers)} dossiers, {grid.opinions} avis"
        sys.stderr.write(f"Écrit : {printable(str(path))} ({counts})\n")
    idle = [grid.assessor.id for grid in prepared.grids if not grid.dossiers]
    if idle:
        sys.stderr.write(f"Sans dossier à lire, donc sans grille : {', '.join(idle)}.\n")
    if prepared.aside:
        sys.stderr.write(f"Sans grille, parce qu'ils ne concourent pas : {prepared.aside} dossiers.\n")


def _made(suffix: str, grid: "Grid", prepared: "Prepared") -> bytes:
    from ami_scoring.reports import form

    if suffix == ".csv":
        return form.grid_csv(grid, prepared.criteria, prepared.sha256).encode("utf-8-sig")
    make = form.grid_ods if suffix == ".ods" else form.grid_workbook
    return make(grid, prepared.criteria, prepared.sha256)


def _has_errors(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _tell(findings: Sequence[Finding]) -> None:
    if findings:
        from ami_scoring.cli.streams import wants_colour
        from ami_scoring.reports.annotations import findings_text

        sys.stderr.write(findings_text(findings, colour=wants_colour(sys.stderr)))
