"""`ami verify`: whether an archive is still what it was, and whether its results are what its files give."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.options import require_paths
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from ami_scoring.evaluation.verifying import Opened
    from ami_scoring.findings import Finding
    from ami_scoring.messages import Message


def verify(
    archive: Annotated[
        Path,
        typer.Argument(
            metavar="ARCHIVE",
            help="Archive écrite par « ami archive », ou dossier où elle est dépliée.",
            readable=False,
            show_default=False,
        ),
    ],
) -> int:
    """Refait tout le calcul d'une archive et dit ce qui diffère, ou que rien ne diffère."""
    require_paths([archive])
    from ami_scoring.cli.recomputing import laid_out
    from ami_scoring.cli.saving import preparing
    from ami_scoring.evaluation.verifying import check_bytes, check_pieces, open_archive, used

    opened = open_archive(archive)
    differences = [*check_bytes(opened), *check_pieces(opened)]
    with preparing(archive), laid_out(used(opened)):
        recomputed, findings = _again(opened)
    differences += recomputed
    if not opened.is_of_this_version:
        _say(_other_version(opened))
    for difference in differences:
        _say(f"- {printable(str(difference))}")
    _show(findings)
    if differences or findings:
        count = len(differences) + len(findings)
        _say(f"{count} différences." if count > 1 else "1 différence.")
        return ExitCode.INPUT_ERRORS
    _say(_nothing(opened))
    return ExitCode.DONE


def _again(opened: "Opened") -> "tuple[list[Message], list[Finding]]":
    """Compute all again; give what differs, and what stops it: the chain is told at the entry that is broken."""
    from ami_scoring.cli.recomputing import outputs, rerun
    from ami_scoring.domain.inventory import Role
    from ami_scoring.evaluation.verifying import check_decided, check_outputs
    from ami_scoring.findings import AmiScoringError, InvalidFileError
    from ami_scoring.messages import Message

    names = [each.path for each in opened.inventory.of_role(Role.OUTPUT)]
    try:
        evaluation = rerun(opened.inventory.run)
        made = outputs(evaluation, names)
    except InvalidFileError as error:
        said = Message("Le calcul ne peut pas être refait : un fichier ne peut plus servir tel qu'il est.")
        return [said], list(error.findings)
    except AmiScoringError as error:
        return [Message("Le calcul ne peut pas être refait : {error}", {"error": str(error)})], []
    return [*check_decided(opened, evaluation), *check_outputs(opened, made)], []


def _show(findings: "list[Finding]") -> None:
    if findings:
        from ami_scoring.reports.annotations import findings_text

        sys.stdout.write(findings_text(findings))


def _other_version(opened: "Opened") -> str:
    from ami_scoring import __version__

    return (
        f"Archive écrite par ami-scoring {printable(opened.inventory.version)} ; celui-ci est la version "
        f"{__version__}.\nLes empreintes, la chaîne des décisions, les rangs, les totaux et les statuts se vérifient ; "
        "l'octet près des sorties, non : installez cette version-là pour cela."
    )


def _nothing(opened: "Opened") -> str:
    from ami_scoring.domain.inventory import Role
    from ami_scoring.evaluation.verifying import counted

    files, pieces, entries = counted(opened)
    parts = [f"{files} fichiers ont leur empreinte"]
    if entries:
        parts.append(f"{entries} décisions se suivent" if entries > 1 else "la décision est intacte")
    count = len(opened.inventory.of_role(Role.OUTPUT))
    again = "redonne les mêmes octets" if opened.is_of_this_version else "redonne les mêmes rangs, totaux et statuts"
    parts.append(f"le calcul, refait, {again} ({count} sorties)")
    if pieces:
        parts.append(f"{pieces} pièces jointes sont intactes" if pieces > 1 else "la pièce jointe est intacte")
    return f"Rien ne diffère : {' ; '.join(parts)}."


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
