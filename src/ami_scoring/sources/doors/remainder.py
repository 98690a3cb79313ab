"""What still holds of a policy that its form refuses, so that the rest of it is checked in the same reading.

The parts that are wrong are left out whole: a criterion, a wave, a fact. A part that no policy goes without is stood
in for. Nothing is ever scored by what comes out: it is only looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.findings import Problem, Severity
from ami_scoring.sources.doors.branches import without_tags
from ami_scoring.sources.files.document import DataPath

_STAND_INS: Final[Mapping[str, Any]] = {
    "call": {"title": "-", "edition": "-", "authority": "-"},
    "waves": [{"id": "-", "closes": "2000-01-01"}],
    "selection": {"places": 1},
}
_LISTS: Final = frozenset(
    {"facts", "computed", "parameters", "waves", "eligibility", "criteria", "examples", "plausible"}
)
_READ_ELSEWHERE: Final = frozenset({"facts", "computed", "parameters", "total"})
"""What is read by name elsewhere."""
_HANGING_ON_NAMES: Final = frozenset({"unknown-fact", "weights-sum", "no-cap"})
"""The mistakes that what is left out under a name may have caused."""
_LEANING: Final[Mapping[str, frozenset[str]]] = {
    "criteria": frozenset({"ranking", "selection"}),
    "selection": frozenset({"selection", "waves"}),
    "waves": frozenset({"waves"}),
}
"""The sections that say nothing sure once a part of another is left out."""


class Remainder(NamedTuple):
    """A policy without its wrong parts, and where what is left of it stands in the file."""

    criteria: Criteria
    left_out: frozenset[DataPath]
    kept: Mapping[DataPath, list[int]]
    """By list of the file, the places of the entries that are left."""

    def surely_wrong(self, problems: Iterable[Problem]) -> list[Problem]:
        """Keep the errors that nothing left out can have caused, at their places in the file."""
        placed = (self._in_file(problem) for problem in problems)
        return [problem for problem in placed if self._is_sure(problem)]

    def _in_file(self, problem: Problem) -> Problem:
        related = tuple(_original(path, self.kept) for path in problem.related)
        return problem._replace(path=_original(problem.path, self.kept), related=related)

    def _is_sure(self, problem: Problem) -> bool:
        roots = {path[0] for path in self.left_out}
        if problem.severity is not Severity.ERROR or problem.path[0] == "examples":
            return False
        if any(problem.path[0] in _LEANING.get(str(root), ()) for root in roots):
            return False
        unnamed = not roots.isdisjoint(_READ_ELSEWHERE) or not roots <= {*Criteria.model_fields}
        if unnamed and (problem.code in _HANGING_ON_NAMES or problem.code.startswith("example")):
            return False
        return not any(path[: len(problem.path)] == problem.path for path in self.left_out)


def what_remains(data: Any) -> Remainder | None:
    """Leave out of a policy what its form refuses; None when too little is left to be looked at."""
    left_out: set[DataPath] = set()
    while isinstance(data, dict):
        kept: dict[DataPath, list[int]] = {}
        rest = _without(data, left_out, (), kept)
        absent = {key: _STAND_INS[key] for key in _STAND_INS if not rest.get(key)}
        try:
            criteria = Criteria.model_validate({**rest, **absent})
            return Remainder(criteria, frozenset({*left_out, *((key,) for key in absent)}), kept)
        except InvalidDataError as error:
            found = {_part(_original(without_tags(each["loc"]), kept)) for each in error.errors()}
        if found <= left_out or not all(found):
            return None
        left_out |= found
    return None


def _part(path: DataPath) -> DataPath:
    """Give the part to leave out with a place: the entry of a list, the innermost criterion, or a whole section."""
    part = path[: 2 if path[0] in _LISTS and path[1:] else 1] if path else ()
    while path[:1] == ("criteria",) and path[len(part) : len(part) + 1] == ("criteria",) and path[len(part) + 1 :]:
        part = path[: len(part) + 2]
    return part


def _without(data: Any, left_out: set[DataPath], path: DataPath, kept: dict[DataPath, list[int]]) -> Any:
    if isinstance(data, dict):
        inside = {key: (*path, key) for key in data}
        return {key: _without(data[key], left_out, at, kept) for key, at in inside.items() if at not in left_out}
    if isinstance(data, list):
        kept[path] = [place for place in range(len(data)) if (*path, place) not in left_out]
        return [_without(data[place], left_out, (*path, place), kept) for place in kept[path]]
    return data


def _original(path: DataPath, kept: Mapping[DataPath, list[int]]) -> DataPath:
    found: DataPath = ()
    for part in path:
        places = kept.get(found, [])
        found = (*found, places[part] if isinstance(part, int) and part < len(places) else part)
    return found
