"""Names of communes, of applicants and of people, reduced to what two ways of writing one of them share."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ami_scoring.domain.primitives import without_accents
from ami_scoring.patterns import late

_WORD: Final = late(r"[^\W_]+")
_SAINTS: Final = {"st": "saint", "ste": "sainte"}
_BEFORE: Final = late(r"^(?:(?:la )?(?:commune|mairie|ville|municipalite) (?:(?:de|du|des|d) )?)*(?:(?:la|le|les|l) )?")
_TITLES: Final = frozenset(
    {"dr", "docteur", "docteure", "pr", "professeur", "professeure", "m", "mme", "monsieur", "madame"}
)


@lru_cache(maxsize=16_384)
def bare_name(text: str) -> str:
    """Reduce a name: case, accents, hyphens and full stops do not count, and `St` is `Saint`."""
    return " ".join(_SAINTS.get(word, word) for word in _WORD.findall(without_accents(text)))


@lru_cache(maxsize=16_384)
def bare_applicant(text: str) -> str:
    """Reduce the name of an applicant further: neither « Commune de », « Mairie de », « Ville de » nor an article."""
    name = bare_name(text)
    return _BEFORE.sub("", name) or name


def bare_person(text: str) -> tuple[str, ...]:
    """Reduce the name of a person: neither a title nor the order of its words counts."""
    return tuple(sorted(word for word in bare_name(text).split() if word not in _TITLES))
