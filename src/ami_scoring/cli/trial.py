"""`ami trial`: the policy that a committee tried in its workbook and voted, ready to be compared and used."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ami_scoring.cli.commands import DEFAULT_CRITERIA
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.options import CriteriaFile, WaveName, require_criteria, require_paths
from ami_scoring.messages import printable


def trial(
    workbook: Annotated[
        Path,
        typer.Argument(
            metavar="CLASSEUR", help="Classeur du comité, où l'essai est saisi.", readable=False, show_default=False
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FICHIER", help="Critères à écrire : criteria-essai.yaml.", show_default=False
        ),
    ],
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    wave: WaveName = None,
    force: Annotated[bool, typer.Option("--force", help="Remplace ce qui existe déjà.")] = False,
) -> int:
    """Fait des critères d'un essai voté dans le classeur : poids, places, réserve, minimum."""
    require_paths([workbook])
    require_criteria(criteria)
    from ami_scoring.cli.guarding import require_new

    require_new(output, force=force)
    if output.resolve() == criteria.resolve():
        message = "l'essai ne remplace pas les critères : donnez-lui un autre nom avec -o."
        raise typer.BadParameter(message)
    if output.parent.resolve() != criteria.parent.resolve():
        message = "écrivez l'essai à côté des critères : les chemins des tables de zonage partent de là."
        raise typer.BadParameter(message)
    from ami_scoring.cli.saving import save
    from ami_scoring.evaluation.policy import read_policy
    from ami_scoring.evaluation.trials import read_trial
    from ami_scoring.findings import InvalidFileError
    from ami_scoring.sources.files.decoding import given

    voted = read_trial(workbook, criteria, wave)
    if not voted.changes:
        sys.stderr.write("Aucune case jaune n'a été changée : il n'y a pas d'essai à écrire.\n")
        return ExitCode.DONE
    content = voted.text.encode("utf-8")
    try:
        with given({output: content}):
            read_policy(output)
    except InvalidFileError as error:
        raise InvalidFileError(
            error.findings, "L'essai ne fait pas des critères valables : rien n'est écrit."
        ) from None
    save(output, content)
    sys.stdout.writelines(f"{change.said}\n" for change in voted.changes)
    sys.stderr.write(
        f"Écrit : {printable(str(output))}\n"
        "Les totaux attendus des exemples entiers suivent ces poids ; l'édition reste à nommer. Comparez : "
        f"ami diff {printable(str(criteria))} {printable(str(output))} candidatures/\n"
    )
    return ExitCode.DONE
