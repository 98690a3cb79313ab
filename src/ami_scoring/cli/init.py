"""`ami init`: the files of a new call, ready to validate and to score."""

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable


class Server(StrEnum):
    """Where the files will be checked at each change."""

    GITHUB = "github"
    GITLAB = "gitlab"


CI_FILES: Final = {Server.GITHUB: ".github/workflows/ami.yml", Server.GITLAB: ".gitlab-ci.yml"}
FILES: Final = {
    "criteria.yaml": "criteria.yaml",
    "candidature.yaml": "candidatures/exemple.yaml",
    "candidatures.md": "candidatures/LISEZMOI.md",
    "zonage.csv": "zonage.csv",
    "README.md": "README.md",
}
"""Files of the folder `new_call` beside this module, and their places in a new call."""


class NotCreatedError(AmiScoringError):
    """Raised when a file to create exists, or a folder cannot be made; no file is ever replaced."""


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DOSSIER", help="Dossier à créer, ou à compléter.", show_default=False)
    ],
    server: Annotated[
        Server,
        typer.Option("--ci", metavar="SERVEUR", help="github ou gitlab (par défaut : github).", show_default=False),
    ] = Server.GITHUB,
) -> int:
    """Crée un nouvel appel : critères commentés, candidature à recopier, intégration continue."""
    contents = dict(_contents(server))
    already = [name for name in contents if os.path.lexists(folder / name)]
    if os.path.lexists(folder) and not os.path.isdir(folder):  # noqa: PTH112 - a name that the system refuses is none
        message = f"« {printable(str(folder))} » est un fichier, et non un dossier."
        raise NotCreatedError(message)
    if already:
        message = f"dans « {printable(str(folder))} », il y a déjà : {', '.join(already)}. Rien n'est écrit."
        raise NotCreatedError(message)
    from ami_scoring.cli.saving import save_all

    save_all(folder, contents.items())
    sys.stdout.writelines(f"Créé : {folder / name}\n" for name in contents)
    sys.stdout.write(f"À vous : cd {folder}, modifiez criteria.yaml, puis ami validate criteria.yaml candidatures\n")
    return ExitCode.DONE


def _contents(server: Server) -> Iterator[tuple[str, bytes]]:
    from importlib.resources import files

    from ami_scoring import __version__
    from ami_scoring.reports.schema import candidature_schema, criteria_schema

    templates = files("ami_scoring.cli") / "new_call"
    for source, target in FILES.items():
        yield target, (templates / source).read_bytes()
    pipeline = (templates / f"{server}.yml").read_text(encoding="utf-8").replace("VERSION", __version__)
    yield CI_FILES[server], pipeline.encode()
    yield "schemas/criteria.schema.json", criteria_schema().encode()
    yield "schemas/candidature.schema.json", candidature_schema().encode()
