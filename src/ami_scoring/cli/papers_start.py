"""`ami papers --start`: a parameters file to fill, and the Word templates to put a letterhead in."""

from __future__ import annotations

import os
import sys
from importlib.resources import files
from pathlib import Path

from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable


class AlreadyThereError(AmiScoringError):
    """Raised when a file to create exists: what people filled is never replaced."""


def write_start(folder: Path) -> None:
    """Write `courriers.yaml`, and `modeles/` where Word documents can be made."""
    from ami_scoring.cli.saving import reason_of, save

    contents = {"courriers.yaml": (files("ami_scoring.cli") / "new_call" / "courriers.yaml").read_bytes()}
    contents |= _templates()
    already = [name for name in contents if os.path.lexists(folder / name)]
    if already:
        message = f"dans « {printable(str(folder))} », il y a déjà : {', '.join(already)}. Rien n'est écrit."
        raise AlreadyThereError(message)
    for name, content in contents.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"« {printable(str(path.parent))} » ne peut pas être créé : {reason_of(error)}."
            raise AlreadyThereError(message) from error
        save(path, content)
        sys.stdout.write(f"Créé : {printable(str(path))}\n")
    sys.stdout.write(
        "À vous : remplissez courriers.yaml ; mettez votre en-tête dans modeles/lettre.docx si vous voulez.\n"
    )


def _templates() -> dict[str, bytes]:
    try:
        import docx  # noqa: F401 - without it there are no templates to give
    except ImportError:
        return {}
    from ami_scoring.reports.papers.word import ACT, LETTER, without_times
    from ami_scoring.reports.papers.word_template import default_template

    made = without_times(default_template())
    return {f"modeles/{LETTER}": made, f"modeles/{ACT}": made}
