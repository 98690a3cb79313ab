"""The commands: parse, call one function, hand the result to one report. Heavy modules load inside."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.formats import NOT_ON_SCREEN, Format, Public, format_of
from ami_scoring.cli.options import (
    Assessments,
    AwardedFiles,
    CriteriaFile,
    DecisionsFile,
    Force,
    MapFile,
    MappingFile,
    Paths,
    Quiet,
    WaveName,
    require_awarded,
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
    decisions: DecisionsFile = None,
    awarded: AwardedFiles = None,
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
            help="table, list, tsv, csv, json ou markdown (par défaut : table sur un terminal, list sinon).",
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
    force: Force = False,
    provenance: Annotated[
        bool,
        typer.Option(
            "--provenance",
            help="Répète sur chaque ligne d'un tsv ou d'un csv l'édition et le SHA-256 des critères et du zonage.",
            show_default=False,
        ),
    ] = False,
    findings: Annotated[
        bool,
        typer.Option(
            "--findings",
            help="Montre en entier ce qui est à revoir dans les fichiers, comme « ami validate ».",
            show_default=False,
        ),
    ] = False,
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
    _refuse_idle(provenance, targets, format_, {Format.TSV, Format.CSV})
    if map_ is not None:
        require_map(map_, targets)
    from ami_scoring.cli.guarding import require_ours
    from ami_scoring.cli.running import evaluate_with_progress
    from ami_scoring.cli.telling import Asked, tell, tell_unseen
    from ami_scoring.cli.writing import How, refuse_inputs, save_report, show_report

    require_ours([path for path, _ in targets], force=force)
    if targets:
        from ami_scoring.cli.saving import require_folders

        require_folders(path for path, _ in targets)
    require_paths([each for each in (mapping, map_, decisions) if each])
    contours = _contours(map_) if map_ else ()
    marks = require_paths(assessments or [])
    given = require_awarded(awarded, wave)
    evaluation = evaluate_with_progress(paths, criteria, wave, marks, mapping, decisions, given, quiet=quiet)
    refuse_inputs([path for path, _ in targets], evaluation.provenance)
    how = How(top, with_personal_data, public, provenance, contours)
    for path, kind in targets:
        save_report(evaluation, path, kind, how)
    shown = None
    if not targets or format_ is not None:
        shown = show_report(evaluation, format_, top, grounds=provenance)
    if quiet:
        tell_unseen(evaluation)
    else:
        asked = Asked(paths, criteria, assessments or (), mapping, findings=findings)
        tell(evaluation, asked, saved=[path for path, _ in targets], shown=shown)
    return ExitCode.INPUT_ERRORS if evaluation.has_input_errors else ExitCode.DONE


def _refuse_idle(
    provenance: bool, targets: Sequence[tuple[Path, Format]], shown: Format | None, concerned: Collection[Format]
) -> None:
    """Refuse an option that no output would show."""
    if provenance and not {shown, *(kind for _, kind in targets)} & set(concerned):
        message = "--provenance ne concerne que tsv et csv : ajoutez --format tsv, ou -o FICHIER.csv."
        raise typer.BadParameter(message)


def _contours(path: Path) -> "tuple[Contour, ...]":
    from ami_scoring.evaluation.drawing import read_contours

    return read_contours(path)


def explain(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="CHEMIN… RÉFÉRENCE",
            help="Fichiers ou dossiers de candidatures, puis la référence à expliquer, ou le nom d'une commune ou d'un"
            " porteur.",
            show_default=False,
        ),
    ],
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    wave: WaveName = None,
    assessments: Assessments = None,
    mapping: MappingFile = None,
    decisions: DecisionsFile = None,
    awarded: AwardedFiles = None,
    short: Annotated[
        bool,
        typer.Option("--short", help="Ne dit que la réponse, les points par critère et le total.", show_default=False),
    ] = False,
) -> int:
    """Explique le total d'une candidature, critère par critère, pour le refaire à la main."""
    from ami_scoring.cli.running import evaluate_with_progress
    from ami_scoring.cli.telling import tell_unseen
    from ami_scoring.cli.writing import show_explanation
    from ami_scoring.domain.standings import Status

    if len(paths) < 2:
        message = "donnez au moins un chemin, puis la référence à expliquer."
        raise typer.BadParameter(message)
    candidatures = require_paths([Path(path) for path in paths[:-1]])
    require_criteria(criteria)
    require_paths([each for each in (mapping, decisions) if each])
    marks = require_paths(assessments or [])
    given = require_awarded(awarded, wave)
    evaluation = evaluate_with_progress(
        candidatures, criteria, wave, marks, mapping, decisions, given, quiet=True, compared=False
    )
    is_wrong = show_explanation(evaluation, paths[-1], short=short) in {Status.UNREADABLE, Status.TO_CORRECT}
    return ExitCode.INPUT_ERRORS if tell_unseen(evaluation) or is_wrong else ExitCode.DONE
