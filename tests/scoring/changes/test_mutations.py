"""No slip of the pen is silent: a key or a value changed in a policy is refused by the checks, or told by the diff."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.findings import Severity
from ami_scoring.scoring.changes.policies import steps
from ami_scoring.scoring.checks.criteria import check_criteria

ROOT: Final = Path(__file__).parents[3]
FILES: Final = sorted(ROOT.glob("examples/*/criteria.yaml"))
EVERY: Final = 7
"""One slip out of how many is tried in each file: all of them take a quarter of a minute, and found nothing more."""
OURS: Final = [ROOT / "criteria.yaml", ROOT / "samples" / "autre-appel" / "criteria.yaml"]

Path_ = tuple[str | int, ...]


def tokens(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, bool]]:
    """Give the path of every key (True) and of every value (False), in the order of the file."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key), True
            yield from tokens(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from tokens(value, (*path, place))
    else:
        yield path, False


def slips(word: str) -> Iterator[str]:
    """Give what one could have written instead: another number, the contrary, a neighbour, a letter too many."""
    contrary = {"oui": "non", "non": "oui", "commune": "epci", "ZIP": "ZAC", "hold": "zero", "zero": "hold"}
    if word.lstrip("-").replace(".", "", 1).isdigit():
        yield str(float(word) + 1) if "." in word else str(int(word) + 1)
        yield "0" if word.strip("-0.") else "7"
    elif word[:4].isdigit() and "-" in word:
        yield f"{int(word[:4]) + 1}{word[4:]}"
    elif word in contrary:
        yield contrary[word]
    yield f"{word}s"


def mistakes(data: Any) -> Iterator[tuple[Path_, bool, str]]:
    """Give every slip outside examples: where, whether it is in a key, and what is written instead."""
    for path, is_key in tokens(data):
        if "examples" not in path:
            for slip in slips(str(path[-1]) if is_key else _at(data, path)):
                yield path, is_key, slip


def mutant(data: Any, path: Path_, slip: str, *, is_key: bool) -> Any:
    changed = deepcopy(data)
    place = _at(changed, path[:-1])
    if is_key:
        place[slip] = place.pop(path[-1])
    else:
        place[path[-1]] = slip
    return changed


def _at(data: Any, path: Path_) -> Any:
    for part in path:
        data = data[part]
    return data


def accepted(data: Any) -> Criteria | None:
    """Give the policy, if the checks let it through."""
    try:
        criteria = Criteria.model_validate(data)
    except InvalidDataError:
        return None
    return None if any(problem.severity is Severity.ERROR for problem in check_criteria(criteria)) else criteria


@pytest.mark.parametrize("file", [*OURS, *FILES], ids=lambda file: file.parent.name)
def test_a_slip_outside_examples_is_refused_or_told(file: Path) -> None:
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds plain data only
    before = Criteria.model_validate(data)
    silent = [
        f"{'.'.join(map(str, path))} → {slip}"
        for path, is_key, slip in islice(mistakes(data), None, None, EVERY)
        if (after := accepted(mutant(data, path, slip, is_key=is_key))) is not None and not steps(before, after)
    ]
    assert silent == []
