"""Every finding code that the program can give, documented. A new code takes one `Entry` in the module of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ami_scoring.codes import (
    assessments,
    awards,
    between,
    candidatures,
    criteria,
    decisions,
    exports,
    jury,
    limits,
    maps,
    papers,
    reading,
    rules,
    spreadsheets,
    values,
    verifications,
    zoning,
)
from ami_scoring.codes.entry import Entry

CHAPTERS: Final[Mapping[str, tuple[Entry, ...]]] = {
    "Lecture des fichiers": reading.ENTRIES,
    "Valeurs": values.ENTRIES,
    "Candidatures": candidatures.ENTRIES,
    "D'une candidature à l'autre": between.ENTRIES,
    "Tableurs, formulaires et CSV": spreadsheets.ENTRIES,
    "Exports et correspondances": exports.ENTRIES,
    "Avis des assesseurs": assessments.ENTRIES,
    "Vagues précédentes": awards.ENTRIES,
    "Vérifications faites après le dépôt": verifications.ENTRIES,
    "Décisions du comité": decisions.ENTRIES,
    "Jury": jury.ENTRIES,
    "Courriers et modèles": papers.ENTRIES,
    "Critères de l'appel": (*criteria.ENTRIES, *limits.ENTRIES),
    "Règles et conditions": rules.ENTRIES,
    "Tables de zonage": zoning.ENTRIES,
    "Cartes des communes": maps.ENTRIES,
}
CODES: Final[Mapping[str, Entry]] = {entry.code: entry for entries in CHAPTERS.values() for entry in entries}
