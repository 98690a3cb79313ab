"""The layouts of official zoning files, told by their headings: where the codes and the zones stand.

Ministry workbook, CartoSanté of 2022 and of 2025, export of the ARS, and sheets of priority districts. The digit that
leads a label of CartoSanté changes meaning between editions: only the letters after it are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.primitives import without_accents
from ami_scoring.domain.zoning import Zone

COMMUNE: Final = "commune"
QPV: Final = "qpv"
_LEAD: Final = re.compile(r"^\d+\s*[_.-]\s*")

CODES: Final[Sequence[tuple[str, str]]] = (
    (COMMUNE, "code de la commune"),
    (COMMUNE, "code commune"),
    (COMMUNE, "code insee"),
    (QPV, "code du qpv"),
    (QPV, "code qpv"),
    (COMMUNE, "code"),
)
"""Headings of codes, the most precise first."""
ZONES: Final = (
    "qualification attribuee par l'arrete regional",
    "zonage qpv",
    "zonage_mg",
    "zonage",
    "qualification nationale issue de la concertation de 2017",
)
"""Headings of zones, the one that decides first: the order of the region, then the national proposal."""
LABELS: Final[Mapping[str, Zone]] = {
    "zip": Zone.ZIP,
    "zone d'intervention prioritaire": Zone.ZIP,
    "zac": Zone.ZAC,
    "zone d'action complementaire": Zone.ZAC,
    "zar": Zone.ZAR,
    "zone d'appui regional": Zone.ZAR,
    "zv": Zone.ZV,
    "zone de vigilance": Zone.ZV,
    "hv": Zone.HV,
    "hors vivier": Zone.HV,
    "hz": Zone.HZ,
    "hors zonage": Zone.HZ,
}
PARTLY: Final[Mapping[str, str]] = {
    "qpv_zip": "classée par un quartier prioritaire",
    "qpv_zac": "classée par un quartier prioritaire",
    "gq_zac": "classée par un grand quartier",
    "gq_zip": "classée par un grand quartier",
}
"""Labels of a commune of which only a part has a zone: the commune itself has none that can be read there."""
NOTHING: Final = frozenset(
    {"", "0", "n/a", "n/a - resultat non disponible", "non-specifie", "non specifie", "erreur tvs-com"}
)
"""What stands where there is no zone."""


class Layout(NamedTuple):
    """Where a sheet has codes and zones, and what the codes are of."""

    kind: str
    code: int
    zones: tuple[int, ...]
    """Columns of zones, the one that decides first."""


def layout_of(titles: Mapping[int, str]) -> Layout | None:
    """Recognise a layout by the headings of a row; None where codes or zones are not told."""
    known = {without_accents(" ".join(title.split())): column for column, title in sorted(titles.items(), reverse=True)}
    zones = tuple(known[title] for title in ZONES if title in known)
    code = next(((kind, known[title]) for kind, title in CODES if title in known), None)
    return Layout(*code, zones) if code and zones else None


def bare_label(text: str) -> str:
    """Reduce the label of a zone to its words: no leading digit, no accents, one form of hyphens."""
    bare = _LEAD.sub("", without_accents(" ".join(text.split())))
    return bare if bare in NOTHING or bare in LABELS else bare.replace("hors-vivier", "hors vivier")
