"""`ami archive`: all that a call was decided with, in one file that anyone can verify years later."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ami_scoring.cli.commands import DEFAULT_CRITERIA
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.options import (
    Assessments,
    AwardedFiles,
    CriteriaFile,
    DecisionsFile,
    MappingFile,
    Paths,
    WaveName,
    require_awarded,
    require_criteria,
    require_paths,
)
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ami_scoring.domain.inventory import Run
    from ami_scoring.evaluation.archives import Layout


def archive(  # noqa: PLR0913 - one parameter an option
    paths: Paths,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FICHIER", help="Archive à écrire : appel.zip.", show_default=False),
    ],
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    wave: WaveName = None,
    assessments: Assessments = None,
    mapping: MappingFile = None,
    decisions: DecisionsFile = None,
    awarded: AwardedFiles = None,
    pieces: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            metavar="CHEMIN",
            help="Joint telles quelles cette pièce (procès-verbal), ou celles de ce dossier (courriers) ; répétable.",
            readable=False,
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Remplace ce qui existe déjà.")] = False,
) -> int:
    """Met un appel entier dans une archive : ce qui a été lu, calculé, décidé, et l'inventaire."""
    require_paths(paths)
    require_criteria(criteria)
    if output.suffix.lower() != ".zip":
        message = "une archive a le suffixe .zip : -o appel.zip."
        raise typer.BadParameter(message)
    from ami_scoring.cli.guarding import require_new

    require_new(output, force=force)
    heard = require_paths(assessments or [])
    require_paths([*(pieces or []), *(each for each in (mapping, decisions) if each)])
    given = require_awarded(awarded, wave)
    from ami_scoring.cli.recomputing import laid_out, outputs, rerun
    from ami_scoring.cli.running import evaluate_with_progress
    from ami_scoring.cli.saving import preparing, save
    from ami_scoring.cli.telling import tell_unseen
    from ami_scoring.cli.writing import refuse_inputs
    from ami_scoring.evaluation.archives import Layout, inventory_of, with_inventory
    from ami_scoring.sources.files.archives import packed

    evaluation = evaluate_with_progress(paths, criteria, wave, heard, mapping, decisions, given, quiet=True)
    refuse_inputs([output], evaluation.provenance)
    layout = Layout(evaluation.provenance, [*paths, *heard])
    run = _run(layout, paths, criteria, wave, heard, mapping, decisions, given)
    files = {**layout.sources(), **_pieces(pieces or [], output)}
    with preparing(output), laid_out(files):
        again = rerun(run)
        files |= outputs(again)
    inventory = inventory_of(again, run, layout, files)
    whole = with_inventory(inventory, files)
    save(output, packed(whole))
    _tell(output, whole)
    return ExitCode.INPUT_ERRORS if tell_unseen(evaluation) else ExitCode.DONE


def _run(  # noqa: PLR0913 - what a run is made of
    layout: "Layout",
    paths: list[Path],
    criteria: Path,
    wave: str | None,
    assessments: "Sequence[Path]",
    mapping: Path | None,
    decisions: Path | None,
    awarded: "Sequence[Path]",
) -> "Run":
    from ami_scoring.domain.inventory import Run

    return Run(
        criteria=layout.name_of(criteria),
        candidatures=[layout.name_of(each) for each in paths],
        assessments=[layout.name_of(each) for each in assessments],
        mapping=None if mapping is None else layout.name_of(mapping),
        decisions=None if decisions is None else layout.name_of(decisions),
        wave=wave,
        awarded=[layout.name_of(each) for each in awarded] or None,
    )


def _pieces(paths: list[Path], output: Path) -> dict[str, bytes]:
    from ami_scoring.evaluation.archives import NotArchivedError

    found: dict[str, bytes] = {}
    for path in paths:
        for name, data in _joined(path, output):
            if name in found:
                message = f"deux pièces s'appellent « {printable(name.partition('/')[2])} » : renommez-en une."
                raise NotArchivedError(message)
            found[name] = data
    return found


def _joined(path: Path, output: Path) -> "Iterator[tuple[str, bytes]]":
    """Give a file, or all those of a folder in the order of their names, but for hidden ones and the archive itself."""
    from ami_scoring.evaluation.archives import NotArchivedError, piece_name
    from ami_scoring.findings import Finding, InvalidFileError
    from ami_scoring.sources.files.archives import read_archive

    if not os.path.isdir(path):  # noqa: PTH112 - of a name that the system refuses, `Path` raises
        try:
            yield piece_name(path), path.read_bytes()
        except OSError as error:
            message = f"« {printable(str(path))} » ne peut pas être lu : joignez un fichier."
            raise NotArchivedError(message) from error
        return
    inside = read_archive(path)
    if isinstance(inside, Finding):
        raise InvalidFileError([inside], "Rien n'est archivé.")
    for name, data in inside.items():
        hidden = any(part.startswith((".", "~$")) for part in name.split("/"))
        if not hidden and os.path.realpath(path / name) != os.path.realpath(output):
            yield piece_name(path, name), data


def _tell(output: Path, whole: dict[str, bytes]) -> None:
    from hashlib import sha256

    from ami_scoring.domain.inventory import NAME

    sys.stderr.write(
        f"Écrit : {printable(str(output))} ({len(whole)} fichiers)\n"
        f"Empreinte de l'inventaire, à noter au procès-verbal : {sha256(whole[NAME]).hexdigest()}\n"
    )
