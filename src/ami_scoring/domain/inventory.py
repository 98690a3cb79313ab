"""What an archive of a call holds: each file with its role and its SHA-256, and the run that they are the files of."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

from ami_scoring.domain.chain import Sha256
from ami_scoring.domain.modelling.markers import Field
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.primitives import Text
from ami_scoring.domain.quantities import Count

NAME: Final = "inventaire.json"
"""The inventory, for programs; it lists everything but itself and its text."""
READ_ME: Final = "INVENTAIRE.txt"
"""The same, for people."""
SOURCES, OUTPUTS, PIECES = "sources", "sorties", "pieces"
"""The folders of an archive: what was read, what was computed, what was made apart."""


class Role(StrEnum):
    """What a file of an archive is."""

    CRITERIA = "criteria"
    ZONING = "zoning"
    CANDIDATURE = "candidature"
    ASSESSMENT = "assessment"
    MAPPING = "mapping"
    VERIFICATIONS = "verifications"
    AWARDED = "awarded"
    DECISIONS = "decisions"
    OUTPUT = "output"
    PIECE = "piece"


class Listed(Model):
    """One file."""

    path: Text = Field(title="Chemin dans l'archive")
    role: Role = Field(title="Ce qu'il est")
    sha256: Sha256 = Field(title="Empreinte SHA-256")
    size: Count = Field(title="Taille en octets")


class Run(Model):
    """What `ami` was asked, with paths as they are in the archive."""

    criteria: Text = Field(title="Critères")
    candidatures: list[Text] = Field(title="Candidatures", min_length=1)
    assessments: list[Text] = Field([], title="Avis")
    mapping: Text | None = Field(None, title="Correspondance demandée")
    decisions: Text | None = Field(None, title="Décisions")
    wave: Text | None = Field(None, title="Vague")
    awarded: list[Text] | None = Field(None, title="Résultats des vagues précédentes")


class Inventory(Model):
    """The whole inventory."""

    schema_: Literal["1", 1] = Field(alias="schema", title="Version de cette forme")
    version: Text = Field(title="Version d'ami-scoring")
    call: Text = Field(title="Appel")
    edition: Text = Field(title="Édition des critères")
    run: Run = Field(title="Calcul")
    entries: Count = Field(0, title="Nombre de décisions")
    head: Sha256 | None = Field(None, title="Empreinte de la dernière décision")
    files: list[Listed] = Field(title="Fichiers", min_length=1)

    def of_role(self, *roles: Role) -> list[Listed]:
        """Give the files that have one of these roles, in their order."""
        return [each for each in self.files if each.role in roles]
