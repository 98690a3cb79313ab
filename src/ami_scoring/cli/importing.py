"""`ami import`: the mapping that is proposed for an export, or the candidatures that a mapping reads in it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ami_scoring.cli.commands import DEFAULT_CRITERIA
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.options import CriteriaFile, MappingFile, require_paths
from ami_scoring.findings import AmiScoringError, Finding, Severity
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ami_scoring.domain.criteria import Criteria
    from ami_scoring.evaluation.importing import Proposed

_YAML = (".yaml", ".yml")


class ImportRefusedError(AmiScoringError):
    """Raised when what is asked for cannot be written; nothing is."""


def import_(
    export: Annotated[
        Path,
        typer.Argument(
            metavar="EXPORT",
            help="Export d'une autre plateforme, ou tableau du service : .csv, .xlsx, .ods ou .json.",
            readable=False,
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="CHEMIN",
            help="Fichier .yaml : la correspondance proposée (par défaut : correspondance.yaml, à côté de l'export). "
            "Dossier : les candidatures lues, un fichier YAML chacune.",
            show_default=False,
        ),
    ] = None,
    mapping: MappingFile = None,
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    force: Annotated[bool, typer.Option("--force", help="Remplace ce qui existe déjà.")] = False,
) -> int:
    """Propose la correspondance d'un export, ou en tire les candidatures en YAML."""
    require_paths([export, *([mapping] if mapping else [])])
    policy = _policy(criteria)
    if output is not None and output.suffix.lower() not in _YAML:
        return _write_candidatures(export, output, mapping, policy, criteria, force=force)
    if mapping is not None:
        message = "--mapping accompagne « -o DOSSIER/ » : sans lui, « ami import » propose une correspondance."
        raise typer.BadParameter(message)
    return _write_mapping(
        export, output or export.with_name("correspondance.yaml"), policy, [export, criteria], force=force
    )


def _policy(path: Path) -> "Criteria | None":
    """Read the criteria, for the facts that they declare; an export may be looked at before there are any."""
    if path == DEFAULT_CRITERIA and not os.path.lexists(path):
        return None
    from ami_scoring.cli.options import require_criteria
    from ami_scoring.evaluation.policy import read_policy

    require_criteria(path)
    return read_policy(path).criteria


def _write_mapping(
    export: Path, target: Path, policy: "Criteria | None", read: "Sequence[Path]", *, force: bool
) -> int:
    from ami_scoring.cli.guarding import refuse_read, require_new
    from ami_scoring.cli.saving import save
    from ami_scoring.evaluation.importing import propose_mapping

    require_new(target, force=force)
    refuse_read([target], read)
    proposed = propose_mapping(export, policy)
    save(target, proposed.text.encode())
    _tell(proposed.findings)
    sys.stderr.write(f"Écrit : {printable(str(target))}\n{_summary(proposed)}\n")
    return ExitCode.DONE


def _summary(proposed: "Proposed") -> str:
    proposal = proposed.proposal
    lines = [*proposal.lines, *(line for block in proposal.blocks for line in block.lines)]
    doubts = sum(not line.confirmed for line in lines) + sum(not block.confirmed for block in proposal.blocks)
    doubts += proposal.opinions is not None
    said = [
        _counted(len(lines), "réponse proposée", "réponses proposées"),
        f"{doubts} à confirmer dans ce fichier" if doubts else "aucune à confirmer",
        f"{len(proposal.unanswered)} sans colonne",
        _counted(len(proposal.unused), "colonne dont rien n'est lu", "colonnes dont rien n'est lu"),
    ]
    return f"{', '.join(said)}. Relisez-le : chaque ligne dit pourquoi elle est proposée."


def _write_candidatures(  # noqa: PLR0913 - what is read, and how
    export: Path, folder: Path, mapping: Path | None, policy: "Criteria | None", criteria: Path, *, force: bool
) -> int:
    from ami_scoring.cli.guarding import refuse_read
    from ami_scoring.cli.saving import save_all
    from ami_scoring.evaluation.importing import import_candidatures
    from ami_scoring.sources.mappings.candidature_files import candidature_files

    imported = import_candidatures(export, mapping, policy, criteria)
    if imported is None:
        message = (
            f"aucune correspondance n'est donnée pour « {printable(str(export))} » : "
            f"« ami import {printable(str(export))} » en propose une, à relire d'abord."
        )
        raise ImportRefusedError(message)
    files = candidature_files(imported.documents)
    refuse_read([folder / name for name in files], [export, criteria, *([mapping] if mapping else [])])
    taken = [name for name in files if os.path.lexists(folder / name)]
    if taken and not force:
        message = f"« {printable(str(folder / taken[0]))} » existe déjà : videz ce dossier, ou ajoutez --force."
        raise ImportRefusedError(message)
    save_all(folder, ((name, text.encode()) for name, text in files.items()))
    findings = [*imported.findings, *(finding for document in imported.documents for finding in document.findings)]
    _tell(findings)
    sys.stderr.write(f"{_counted(len(files), 'candidature écrite', 'candidatures écrites')} dans {folder}\n")
    wrong = any(finding.severity is Severity.ERROR for finding in findings)
    return ExitCode.INPUT_ERRORS if wrong else ExitCode.DONE


def _tell(findings: "Sequence[Finding]") -> None:
    if findings:
        from ami_scoring.cli.streams import wants_colour
        from ami_scoring.reports.annotations import findings_text

        sys.stderr.write(findings_text(findings, colour=wants_colour(sys.stderr)))


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {several if count > 1 else one}"
