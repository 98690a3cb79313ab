"""`ami zoning`: an official zoning file, in the layout of those who publish it, becomes the table that waves name."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.options import require_paths, require_text
from ami_scoring.findings import Finding, InvalidFileError, Location, Severity
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from ami_scoring.sources.zoning.official import Zoned


def zoning(  # noqa: PLR0913 - one parameter an option
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            help="Zonage officiel : classeur du ministère, CartoSanté 2022 ou 2025, export de l'ARS.",
            readable=False,
            show_default=False,
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FICHIER", help="Table à écrire (.csv).", show_default=False)
    ],
    edition: Annotated[
        str,
        typer.Option(
            "--edition", "-e", metavar="ÉDITION", help="Édition, citée par les résultats.", show_default=False
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="TEXTE", help="Source citée (par défaut : le nom du fichier).", show_default=False
        ),
    ] = None,
    communes: Annotated[
        Path | None,
        typer.Option(
            "--communes",
            metavar="FICHIER",
            help="Liste des communes de l'année : vérifie les codes.",
            show_default=False,
        ),
    ] = None,
    mergers: Annotated[
        Path | None,
        typer.Option(
            "--mergers",
            metavar="FICHIER",
            help="Fusions de communes (ancien, nouveau ; ou fichier officiel des mouvements) : "
            "chaque code trouve sa zone, d'avant ou d'après.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Remplace la table si elle existe déjà.")] = False,
) -> int:
    """Convertit un zonage officiel en table de zonage, et dit ce qui n'a pas pu être placé."""
    require_paths([path for path in (file, communes, mergers) if path is not None])
    if not edition.strip():
        message = "l'édition ne peut pas être vide : les résultats la citent."
        raise typer.BadParameter(message)
    for name, text in (("--edition", edition), ("--source", source or "")):
        require_text(name, text)
    from ami_scoring.cli.guarding import refuse_read, require_new
    from ami_scoring.cli.saving import save
    from ami_scoring.sources.zoning.official import zoning_csv

    require_new(output, force=force)
    refuse_read([output], [path for path in (file, communes, mergers) if path is not None])
    zoned, findings = _read(file, communes, mergers)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise InvalidFileError(findings, "La table n'est pas écrite : une zone fausse serait pire que pas de zone.")
    save(output, zoning_csv(zoned, edition.strip(), (source or file.name).strip()).encode())
    _tell(findings)
    said = f"{len(zoned.communes)} communes, {len(zoned.districts)} quartiers"
    sys.stderr.write(f"Écrit : {printable(str(output))} ({said})\n")
    return ExitCode.DONE


def _read(file: Path, communes: Path | None, mergers: Path | None) -> "tuple[Zoned, list[Finding]]":
    from ami_scoring.sources.zoning.communes import check_codes, read_codes
    from ami_scoring.sources.zoning.moves import follow_moves, read_moves
    from ami_scoring.sources.zoning.official import read_official

    zoned = read_official(_bytes(file), file)
    findings = list(zoned.findings)
    if communes is not None:
        known = read_codes(_bytes(communes), communes)
        if isinstance(known, Finding):
            raise InvalidFileError([known])
        findings.extend(check_codes(set(zoned.communes), known, Location(str(file))))
    if mergers is not None:
        moved = read_moves(_bytes(mergers), mergers)
        if isinstance(moved, Finding):
            raise InvalidFileError([moved])
        findings.extend(follow_moves(zoned, moved, Location(str(mergers))))
    return zoned, findings


def _bytes(path: Path) -> bytes:
    from ami_scoring.sources.files.decoding import read_bytes

    data = read_bytes(path)
    if isinstance(data, Finding):
        raise InvalidFileError([data])
    return data


def _tell(findings: list[Finding]) -> None:
    if findings:
        from ami_scoring.cli.streams import wants_colour
        from ami_scoring.reports.annotations import findings_text

        sys.stderr.write(findings_text(findings, colour=wants_colour(sys.stderr)))
