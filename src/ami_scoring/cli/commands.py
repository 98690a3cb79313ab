"""The commands: parse, call one function, hand the result to one report. Heavy modules load inside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.formats import NOT_ON_SCREEN, Format, Public, format_of
from ami_scoring.cli.options import (
    Assessments,
    CriteriaFile,
    MapFile,
    MappingFile,
    Paths,
    Quiet,
    WaveName,
    require_criteria,
    require_map,
    require_paths,
)

if TYPE_CHECKING:
    from ami_scoring.domain.contours import Contour

DEFAULT_CRITERIA = Path("criteria.yaml")


def score(  # noqa: PLR0913 - one parameter an option
    paths: Paths,
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    wave: WaveName = None,
    assessments: Assessments = None,
    mapping: MappingFile = None,
    top: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Ne montre le classement que jusqu'au rang N.", show_default=False),
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="table, tsv, csv, json ou markdown (par défaut : table sur un terminal, tsv sinon).",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FICHIER",
            help="Écrit dans ce fichier, au format de son suffixe (.xlsx, .html, .csv, .tsv, .json, .md, .txt) ;"
            " répétable.",
            show_default=False,
        ),
    ] = None,
    with_personal_data: Annotated[
        bool,
        typer.Option("--with-personal-data", help="Ajoute au classeur les médecins nommés dans les candidatures."),
    ] = False,
    public: Annotated[
        Public | None,
        typer.Option(
            "--public",
            metavar="NIVEAU",
            help="La page .html est à publier, et ne dit que cela : classement, totaux ou notes (par critère).",
            show_default=False,
        ),
    ] = None,
    map_: MapFile = None,
    quiet: Quiet = False,
) -> int:
    """Note et classe les candidatures d'un ou de plusieurs dossiers."""
    require_paths(paths)
    require_criteria(criteria)
    targets = [(path, format_of(path)) for path in output or ()]
    if format_ in NOT_ON_SCREEN:
        message = f"l'option --format / -f écrit à l'écran. {NOT_ON_SCREEN[format_]}"
        raise typer.BadParameter(message)
    if with_personal_data and not any(kind is Format.XLSX for _, kind in targets):
        message = "--with-personal-data ne concerne que le classeur : ajoutez -o FICHIER.xlsx."
        raise typer.BadParameter(message)
    if public is not None and (not targets or any(kind is not Format.HTML for _, kind in targets)):
        message = "--public ne concerne que la page : ajoutez -o FICHIER.html, sans autre fichier."
        raise typer.BadParameter(message)
    if map_ is not None:
        require_map(map_, targets)
    from ami_scoring.cli.running import evaluate_with_progress, tell, tell_unseen
    from ami_scoring.cli.writing import refuse_inputs, save_report, show_report

    require_paths([each for each in (mapping, map_) if each])
    contours = _contours(map_) if map_ else ()
    evaluation = evaluate_with_progress(paths, criteria, wave, require_paths(assessments or []), mapping, quiet=quiet)
    refuse_inputs([path for path, _ in targets], evaluation.provenance)
    for path, kind in targets:
        save_report(
            evaluation, path, kind, top, with_personal_data=with_personal_data, public=public, contours=contours
        )
    shown = (not targets or format_ is not None) and show_report(evaluation, format_, top)
    if quiet:
        tell_unseen(evaluation)
    else:
        tell(evaluation, saved=[path for path, _ in targets], counts_shown=shown)
    return ExitCode.INPUT_ERRORS if evaluation.has_input_errors else ExitCode.DONE


def _contours(path: Path) -> tuple[Contour, ...]:
    from ami_scoring.evaluation.drawing import read_contours

    return read_contours(path)


def explain(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="CHEMIN… RÉFÉRENCE",
            help="Fichiers ou dossiers de candidatures, puis la référence à expliquer.",
            show_default=False,
        ),
    ],
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    wave: WaveName = None,
    assessments: Assessments = None,
    mapping: MappingFile = None,
) -> int:
    """Explique le total d'une candidature, critère par critère, pour le refaire à la main."""
    from ami_scoring.cli.running import evaluate_with_progress, tell_unseen
    from ami_scoring.cli.writing import show_explanation
    from ami_scoring.domain.scores import Status

    if len(paths) < 2:
        message = "donnez au moins un chemin, puis la référence à expliquer."
        raise typer.BadParameter(message)
    candidatures = require_paths([Path(path) for path in paths[:-1]])
    require_criteria(criteria)
    require_paths([mapping] if mapping else [])
    marks = require_paths(assessments or [])
    evaluation = evaluate_with_progress(candidatures, criteria, wave, marks, mapping, quiet=True)
    is_wrong = show_explanation(evaluation, paths[-1]) in {Status.UNREADABLE, Status.TO_CORRECT}
    return ExitCode.INPUT_ERRORS if tell_unseen(evaluation) or is_wrong else ExitCode.DONE
