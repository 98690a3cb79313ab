"""What the examples of criteria files exercise, with the places of the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from ami_scoring.domain.coverage import Addition, Covered, Untried
from ami_scoring.domain.criteria import Criteria
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.findings import InvalidFileError
from ami_scoring.scoring.examples import Coverage, place_word, places_of, propose
from ami_scoring.sources.doors.loaders import load_criteria
from ami_scoring.sources.files.document import DataPath, Document

MOST_PLACES: Final = 1_000
"""Branches beyond which examples are not looked for: each is sought among the values that reach all the others."""
_BRACKET: Final = re.compile(r"""["']?examples["']?\s*:\s*\[""")


def cover(paths: Iterable[Path]) -> tuple[Covered, ...]:
    """Measure the criteria files that hold, and propose examples; a file with an error is left out."""
    return tuple(covered for path in paths if (covered := _cover(path)) is not None)


def _cover(path: Path) -> Covered | None:
    try:
        criteria = read_policy(path).criteria
        document = load_criteria(path)[1]
    except InvalidFileError:
        return None
    count = sum(1 for _ in places_of(criteria))
    if count > MOST_PLACES:
        return Covered(str(path), count, (), (), is_too_large=True)
    found = propose(criteria)
    owners = dict.fromkeys(proposal.owner for proposal in found.proposals)
    additions = tuple(_addition(owner, found, document) for owner in owners)
    return Covered(str(path), len(found.places), tuple(_untried(found, criteria, document)), additions)


def _untried(found: Coverage, criteria: Criteria, document: Document) -> Iterator[Untried]:
    for place in found.missed:
        yield Untried(place_word(place, criteria), document.locate(place), place in found.out_of_reach)


def _addition(owner: DataPath, found: Coverage, document: Document) -> Addition:
    node: Any = document.data
    for part in owner:
        node = node[part]
    here, where = document.locate(owner), document.locate((*owner, "examples"), key=True)
    kept = node.get("examples") or []
    in_braces = (here.excerpt or "")[(here.column or 1) - 1 :].startswith("{")
    in_brackets = _BRACKET.match((where.excerpt or "")[(where.column or 1) - 1 :]) is not None
    replaces = bool(kept) and (in_braces or in_brackets)
    follows = bool(kept) and not replaces
    first = document.locate((*owner, "examples", 0)).column if follows else where.column
    return Addition(
        node.get("id"),
        where,
        (*(kept if replaces else ()), *(proposal.example for proposal in found.proposals if proposal.owner == owner)),
        follows,
        replaces,
        in_braces,
        max((first or 1) - (3 if follows else 1), 0),
    )
