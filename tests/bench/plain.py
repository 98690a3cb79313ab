"""The plain script that many would write: `yaml.safe_load`, pydantic, `sorted`. Run as `plain.py FOLDER`.

It gives no reason, no interval, no line number, and `safe_load` reads `01000` as 512: it is here to be timed.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel


class Premises(BaseModel):
    """What is read of the premises."""

    etat: str | None = None
    bureaux: int | None = None
    disponibles_le: date | None = None


class Candidature(BaseModel):
    """What is read of a candidature."""

    reference: str
    depose_le: date
    porteur: dict[str, Any]
    implantation: dict[str, Any]
    diagnostic: dict[str, Any]
    locaux: Premises
    engagement_financier: dict[str, Any]
    medecins_interesses: list[dict[str, Any]]
    pieces: list[str]


def total(candidature: Candidature) -> float:
    """Add up a few points."""
    doctors = sum(float(doctor["temps_plein"]) for doctor in candidature.medecins_interesses)
    return min(16.0, 8 * doctors) + min(4, candidature.locaux.bureaux or 0) + len(candidature.pieces)


def main(folder: Path) -> None:
    """Read, score, sort, print."""
    read = [Candidature.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in folder.glob("*.yaml")]
    for place, one in enumerate(sorted(read, key=total, reverse=True), start=1):
        print(place, one.reference, total(one), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
