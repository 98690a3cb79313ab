"""The conditions that a candidature had to meet, each with what was read."""

from __future__ import annotations

from collections.abc import Mapping

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.criteria import MissingPolicy
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.rules import facts_read
from ami_scoring.domain.standings import Status
from ami_scoring.findings import Location
from ami_scoring.reports.explanation.facts import write_fact
from ami_scoring.reports.explanation.found import Found
from ami_scoring.reports.explanation.page import SIGNS, Page
from ami_scoring.scoring.marks import evaluate, holds, with_operands
from ami_scoring.scoring.telling import Sign, condition_word
from ami_scoring.scoring.words import inner


def write_gates(page: Page, evaluation: Evaluation, found: Found, places: Mapping[str, tuple[Location, ...]]) -> None:
    """Write the conditions that it had to meet, each with what was read."""
    criteria, values = evaluation.criteria, found.values
    if not values or not criteria.eligibility:
        return
    page.blank()
    page.write("Recevabilité", bold=True)
    for gate in criteria.eligibility:
        answer = holds(gate.require, values)
        sign = SIGNS[Sign.UNKNOWN if answer is None else Sign.COUNTED if answer else Sign.UNMET]
        reference = f" ({gate.reference})" if gate.reference else ""
        page.write(f"{sign} {gate.label}{reference}", 3, hang=2)
        page.write(f"Condition : {condition_word(gate.require, criteria.catalogue)}", 5, hang=5)
        for name in with_operands(dict.fromkeys(facts_of(gate.require)), criteria):
            write_fact(page, evaluation, found, name, 5, places)
    if found.aside is not None and found.aside.status is Status.INELIGIBLE:
        for leaf in criteria.leaves:
            outcome = evaluate(leaf.rule, values) if leaf.rule else None
            if outcome is not None and (outcome.refused or leaf.if_missing is MissingPolicy.REJECT):
                page.write(f"Critère « {inner(leaf.label)} »", 3, hang=2)
                for name in with_operands(facts_read(leaf.rule) if leaf.rule else (), criteria):
                    write_fact(page, evaluation, found, name, 5, places)
