"""Answers of one candidature that exclude one another: those of a cell that a table says cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import Missing, category_of
from ami_scoring.domain.rules import simple_rules
from ami_scoring.domain.simple_rules import Table
from ami_scoring.domain.zoning import ZoningTable
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.reading import facts_reader
from ami_scoring.scoring.words import Path, value_word


def contradictions_check(
    criteria: Criteria, zonings: Mapping[str, ZoningTable]
) -> Callable[[Candidature, Wave | None], Iterable[Problem]]:
    """Make the check that looks for two answers whose cell is impossible; those of the call's own are refused.

    `zonings` go by wave id.
    """
    parts = [part for rule in criteria.every_rule for part in simple_rules(rule)]
    tables = [part for part in parts if isinstance(part, Table) and part.has_forbidden]
    read = facts_reader([name for each in tables for name in (each.rows, each.columns)], criteria, zonings)

    def check(candidature: Candidature, wave: Wave | None) -> Iterator[Problem]:
        values = read(candidature, wave)
        if values is None:
            return
        for table in tables:
            row, column = values[table.rows], values[table.columns]
            if isinstance(row, Missing) or isinstance(column, Missing):
                continue
            if table.forbids(category_of(row), category_of(column)):
                facts = [(criteria.catalogue[table.rows], row), (criteria.catalogue[table.columns], column)]
                said = {
                    f"{key}{place}": word
                    for place, (fact, value) in enumerate(facts)
                    for key, word in (("label", fact.label), ("value", value_word(fact, value)))
                }
                message = Message("« {label0} » : {value0} et « {label1} » : {value1} s'excluent.", said)
                first, *others = [_path(fact.name) for fact, _ in facts if fact.name.startswith(PREFIX)]
                mend = Message("Corrigez l'une des deux réponses.")
                yield Problem("answers-exclusive", Severity.ERROR, first, message, mend, related=tuple(others))

    return check if tables else lambda _, __: ()


def _path(name: str) -> Path:
    return ("complements", name.removeprefix(PREFIX))
