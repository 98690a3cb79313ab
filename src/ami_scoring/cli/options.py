"""Options and arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from ami_scoring.cli.formats import Format
from ami_scoring.messages import printable
from ami_scoring.patterns import late

# What cannot be read is told by its reader, in French: Typer would tell it first (`readable`), in English.
Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="CHEMIN…",
        help="Fichiers ou dossiers de candidatures (.yaml, .json, .jsonl, .xlsx, .csv).",
        readable=False,
        show_default=False,
    ),
]
CriteriaFile = Annotated[
    Path,
    typer.Option(
        "--criteria",
        "-c",
        metavar="FICHIER",
        help="Critères de l'appel (par défaut : criteria.yaml).",
        readable=False,
        show_default=False,
    ),
]
WaveName = Annotated[
    str | None,
    typer.Option("--wave", "-w", metavar="VAGUE", help="N'évalue que les dépôts de cette vague.", show_default=False),
]
Assessments = Annotated[
    list[Path] | None,
    typer.Option(
        "--assessments",
        "-a",
        metavar="CHEMIN",
        help="Avis des assesseurs : fichiers ou dossiers ; répétable.",
        readable=False,
        show_default=False,
    ),
]
MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        "-m",
        metavar="FICHIER",
        help="Correspondance par laquelle lire un export (par défaut : celle des critères, ou à côté de l'export).",
        readable=False,
        show_default=False,
    ),
]
MapFile = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar="FICHIER",
        help="Carte GeoJSON des communes (contours ou points), à dessiner dans la page .html.",
        readable=False,
        show_default=False,
    ),
]
DecisionsFile = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        "-d",
        metavar="FICHIER",
        help="Ce que le comité a décidé (decisions.yaml), montré à côté de ce qui est calculé.",
        readable=False,
        show_default=False,
    ),
]
AwardedFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--awarded",
        metavar="FICHIER",
        help="Résultat JSON d'une vague précédente, dont les places comptent (avec --wave) ; répétable.",
        readable=False,
        show_default=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help="N'écrit que le résultat, et les erreurs qu'il ne montre pas : ni constats, ni phrase de fin.",
        show_default=False,
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Remplace un fichier qu'ami n'a pas écrit, ou que quelqu'un a modifié depuis.",
        show_default=False,
    ),
]


def require_map(path: Path, targets: Sequence[tuple[Path, Format]]) -> None:
    """Refuse a map where no page would draw it, or where a result would be written over it."""
    if not any(kind is Format.HTML for _, kind in targets):
        message = "--map ne concerne que la page : ajoutez -o FICHIER.html."
        raise typer.BadParameter(message)
    if any(os.path.realpath(target) == os.path.realpath(path) for target, _ in targets):
        message = f"« {printable(str(path))} » est la carte à lire : choisissez un autre fichier de sortie."
        raise typer.BadParameter(message)


def require_awarded(awarded: Sequence[Path] | None, wave: str | None) -> tuple[Path, ...]:
    """Refuse what earlier waves gave where no wave is evaluated alone, and paths that do not exist; give them back."""
    if awarded and wave is None:
        message = "--awarded accompagne --wave : ce qui est déjà attribué ne compte que pour une vague qui suit."
        raise typer.BadParameter(message)
    return tuple(require_paths(awarded or ()))


def require_criteria(path: Path) -> None:
    """Refuse a command line whose criteria do not exist, and say where they may come from."""
    if not os.path.lexists(path):
        message = (
            f"le fichier de critères « {printable(str(path))} » n'existe pas ; "
            "« -c FICHIER » en choisit un autre, « ami init » en fait un."
        )
        raise typer.BadParameter(message)


_UNFIT: Final = late("[\u0000-\u001f\u007f-\u009f\ud800-\udfff]")
"""What a line of text never holds: commands, and what stands for bytes that are not UTF-8."""


def require_text(option: str, text: str) -> None:
    """Refuse a text of the command line that is not UTF-8, as some scripts give one, or that holds commands."""
    if _UNFIT.search(text):
        message = f"{option} : ce texte n'est pas de l'UTF-8, ou contient un caractère invisible ; retapez-le."
        raise typer.BadParameter(message)


def require_paths(paths: Sequence[Path]) -> Sequence[Path]:
    """Refuse a command line that names a path that does not exist; give the paths back."""
    for path in paths:
        if not os.path.lexists(path) or not str(path).strip():
            message = f"le chemin « {printable(str(path))} » n'existe pas."
            raise typer.BadParameter(message)
    return paths
