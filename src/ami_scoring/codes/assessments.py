"""Codes of the opinions of assessors, which bounded human marks come from."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "unknown-reference",
        "Un avis, ou une vérification, porte sur une candidature qui n'est pas lue.",
        "Il ne compterait pour personne : la référence est sans doute mal recopiée.",
        "reference: AMI-01   # la candidature s'appelle AMI-1",
        "reference: AMI-1",
    ),
    Entry(
        "unknown-subject",
        "Un avis porte sur ce qu'aucune règle ne demande de juger.",
        "La note donnée ne compterait nulle part.",
        "avis: {inovation: {note: 3, motif: …}}",
        "avis: {innovation: {note: 3, motif: …}}",
    ),
    Entry(
        "assessor-twice",
        "Un assesseur donne deux avis sur la même candidature.",
        "Une moyenne compterait deux fois la même personne.",
    ),
    Entry(
        "mark-off-scale",
        "Une note est hors des bornes, ou entre deux crans.",
        "Elle ne se compare pas à celles des autres assesseurs.",
        "# de 0 à 5, par demi-point\nnote: 3.3",
        "# de 0 à 5, par demi-point\nnote: 3.5",
    ),
)
