"""The facts of a candidature that a check looks at before it is scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.facts import Case, Value
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.zoning import NO_ZONING, ZoningTable
from ami_scoring.scoring.marks import reader, with_operands


def facts_reader(
    names: Iterable[str], criteria: Criteria, zonings: Mapping[str, ZoningTable]
) -> Callable[[Candidature, Wave | None], Mapping[str, Value] | None]:
    """Make a function that reads facts from a candidature of a wave; one of no wave is read as of the last.

    It gives None where an answer of the call's own cannot be read, which is told for itself. `zonings` go by wave id.
    """
    read = reader(with_operands(names, criteria), criteria)

    def facts(candidature: Candidature, wave: Wave | None) -> Mapping[str, Value] | None:
        seen_in = wave or criteria.waves[-1]
        try:
            return read(Case(candidature, seen_in.closes_on, zonings.get(seen_in.id, NO_ZONING)))
        except RefusalError:
            return None

    return facts
