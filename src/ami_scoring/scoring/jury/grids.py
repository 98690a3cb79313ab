"""What one assessor is asked: their candidatures, and the subjects to judge on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.jury import Assessor, Jury
from ami_scoring.domain.rules import simple_rules
from ami_scoring.domain.simple_rules import Judgement


class Subject(NamedTuple):
    """One thing to judge: its key, how people call it, the text it stands on, and its scale."""

    key: str
    title: str
    reference: str | None
    rule: Judgement


class Grid(NamedTuple):
    """The grid of one assessor."""

    assessor: Assessor
    dossiers: tuple[tuple[Candidature, tuple[Subject, ...]], ...]
    """In the order of the candidatures, those that the assessor was given."""

    @property
    def opinions(self) -> int:
        """Count the opinions that are asked for."""
        return sum(len(subjects) for _, subjects in self.dossiers)


def subjects_of(criteria: Criteria) -> dict[str, Subject]:
    """List what assessors judge, by key, under the words of the criterion that reads it first."""
    found = {key: Subject(key, key, None, rule) for key, rule in criteria.judgements.items()}
    for leaf in reversed(criteria.leaves):
        rules = [part.on for part in simple_rules(leaf.rule) if isinstance(part, Judgement)] if leaf.rule else []
        for key in rules:
            title = leaf.label if len(set(rules)) == 1 else f"{leaf.label} : {key}"
            found[key] = found[key]._replace(title=title, reference=leaf.reference)
    return found


def grids_of(
    jury: Jury,
    criteria: Criteria,
    assignments: Mapping[str, Mapping[str, Iterable[str]]],
    candidatures: Iterable[Candidature],
) -> tuple[Grid, ...]:
    """Make the grid of each assessor, in the order of the roster; one who was given nothing has an empty one."""
    subjects, known = subjects_of(criteria), list(candidatures)
    given = {
        reference.casefold(): {key: set(names) for key, names in each.items()}
        for reference, each in assignments.items()
    }
    return tuple(
        Grid(
            assessor,
            tuple(
                (candidature, asked)
                for candidature in known
                if (asked := _asked(assessor, subjects, given.get(candidature.reference.casefold(), {})))
            ),
        )
        for assessor in jury.assessors
    )


def _asked(assessor: Assessor, subjects: Mapping[str, Subject], given: Mapping[str, set[str]]) -> tuple[Subject, ...]:
    return tuple(subject for key, subject in subjects.items() if assessor.id in given.get(key, ()))
