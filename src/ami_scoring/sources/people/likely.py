"""What is likely to be about a person, though nobody asked: the names of keys, and numbers and addresses of people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from ami_scoring.domain.fields import fields
from ami_scoring.domain.primitives import without_accents
from ami_scoring.patterns import late
from ami_scoring.sources.people.hidden import HIDDEN

_STEMS: Final = late(
    r"""
      medecin | docteur | doctor | generalist | specialist | praticien | soignant | infirmi | interne | remplacan
    | prenom | nom(?![bm]) | name | civilit | identit | person | people | contact | referent | responsable | signataire
    | redacteur | auteur | instructeur | assesseur | jury | jure(?!_) | membre | elue?s?\b | maire(?!_de) | president
    | directeur | directrice | charge(?:e)?_de | coordinat | rpps | adeli | naissance | securite_sociale | \bnir\b
    | mail | courriel | telephone | portable | \btel\b | \bdrs?\b | \bpr\b
    """,
    re.VERBOSE,
)
_KEY: Final = late(r"""(?<![^\s{\[,])["']?([^\W\d][^:\r\n"'{}\[\],]{0,60})["']?[ \t\u00a0\u202f]{0,20}:""")
_AT_THE_HEAD: Final = late(r"(?m)^[ \-]*([a-z0-9_]+):")
_IN_QUOTES: Final = late(r'"([a-z0-9_]+)":')
_GAP: Final = r"[ .\u00a0\u202f]?"
_NUMBER: Final = late(
    rf"""
    (?<![\w.,]) (?<!\d[ .\u00a0\u202f])
    (?:
        \d(?:{_GAP}\d){{10}}                                         # RPPS
      | [12](?:{_GAP}\d){{4}}(?:{_GAP}[\dAB])(?:{_GAP}\d){{7}}(?:{_GAP}\d\d)?   # social security
      | (?:0|\+33{_GAP})[1-9](?:\d{{8}}|(?:[ .\u00a0\u202f]\d\d){{4}}|(?:-\d\d){{4}})   # telephone
    )
    (?!{_GAP}\d)(?!\w)
    | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{1,4}}              # e-mail
    """,
    re.VERBOSE,
)


def is_about_people(key: str) -> bool:
    """Say whether a key that no candidature has could be about people."""
    return _is_about_people(key[:80])


@lru_cache(maxsize=4_096)
def _is_about_people(key: str) -> bool:
    bare = re.sub(r"[\s\-.]+", "_", without_accents(key).strip())
    return bare not in _asked() and any(_STEMS.search(each) for each in (bare, bare.replace("_", " ")))


def keys_about_people(text: str) -> Iterator[tuple[int, int]]:
    """Find such keys in a text: where each begins, and where what it says does."""
    return (found.span() for found in _KEY.finditer(text) if is_about_people(found[1]))


def has_only_asked_keys(text: str) -> bool:
    """Say whether each colon of a text follows a key that candidatures have, where forms and programs put it.

    That is at the head of a line, or in quotes. No key of such a text is about people, but that of the doctors.
    """
    keys = (_IN_QUOTES if '":' in text else _AT_THE_HEAD).findall(text)
    return len(keys) == text.count(":") and _asked().issuperset(keys)


def without_numbers(text: str) -> str:
    """Hide the numbers and addresses of people in a text, whose other characters stay in place."""
    return _NUMBER.sub(lambda found: HIDDEN * len(found[0]), text) if _may_hold_one(text) else text


def _may_hold_one(text: str) -> bool:
    return "@" in text or sum(map(text.count, "0123456789")) >= 10


@cache
def _asked() -> frozenset[str]:
    """List the keys of a candidature, and what is said before the colon in its own words."""
    return frozenset(part for key in fields() for part in key.split("."))
