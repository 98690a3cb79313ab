"""Examples to add to a policy: for each place that no example exercises, one that does, with what the engine gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ami_scoring.domain.computed import COMPUTED
from ami_scoring.domain.criteria import Criteria, Criterion, Example
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.rules import AnyRule, Cases, Row, facts_read
from ami_scoring.exact import Fraction
from ami_scoring.scoring.checks import check_example, given_values, refusing_gates
from ami_scoring.scoring.examples.branches import takes
from ami_scoring.scoring.examples.coverage import (
    CAPPED,
    MET,
    UNMET,
    Coverage,
    Proposal,
    measure,
    nodes_of,
    taken_by_candidature,
    taken_by_example,
)
from ami_scoring.scoring.examples.search import Chosen, example_of, find, given_of, rule_options
from ami_scoring.scoring.marks import add_computed, evaluate, facts_used, holds, score, with_operands
from ami_scoring.scoring.values import Trial, exactly_written, trials
from ami_scoring.scoring.words import Path

NO_RULE = Cases.model_construct(kind="cases", rows=[], otherwise=Fraction(0))
"""A rule that tells no value from another."""


def propose(criteria: Criteria) -> Coverage:
    """Measure what the examples of a policy without errors exercise, and make the examples that are missing."""
    measured = measure(criteria)
    left = dict.fromkeys(measured.missed)
    proposals: list[Proposal] = []
    for make in (_of_rules, _of_computed, _of_candidatures):
        for place in list(left):
            if place in left and (proposal := make(criteria, place)) is not None:
                proposals.append(proposal)
                for taken in _taken(criteria, proposal, left):
                    left.pop(taken, None)
    return replace(measured, proposals=tuple(proposals), out_of_reach=tuple(left))


def _taken(criteria: Criteria, proposal: Proposal, left: Iterable[Path]) -> set[Path]:
    given = proposal.example["given"]
    if not proposal.owner:
        return taken_by_candidature(criteria, given, list(left))
    rule = next(node.rule for node, path in nodes_of(criteria) if path == proposal.owner)
    return taken_by_example(criteria, rule, proposal.owner, given, list(left)) if rule else set()


def _of_rules(criteria: Criteria, place: Path) -> Proposal | None:
    for leaf, path in _leaves(criteria):
        if leaf.rule is not None and place[: len(path) + 1] == (*path, "rule"):
            found = example_of(leaf.rule, place[len(path) + 1 :], criteria)
            return None if found is None else _under(path, found)
    return None


def _of_computed(criteria: Criteria, place: Path) -> Proposal | None:
    """Look for the facts from which a computed one is worked out as wanted, then for a criterion to show it."""
    if place[0] != "computed":
        return None
    computed = criteria.computed[int(place[1])]
    name = f"{COMPUTED}{computed.name}"
    rule = computed.rule or NO_RULE
    branch = place[3:]

    def verdict(values: Mapping[str, Value]) -> bool | None:
        worked = dict(values)
        add_computed(criteria, worked)
        answer = takes(rule, branch, worked) if branch else True
        return None if answer and isinstance(worked[name], Missing) else answer

    def accept(chosen: Chosen) -> Proposal | None:
        shown = (_shown_by(criteria, leaf, path, chosen, place) for leaf, path in _leaves(criteria))
        found = next((each for each in shown if each is not None), None) or _whole(criteria, chosen, place)
        return found or _refused_with(criteria, chosen, place)

    if branch:
        options, settled = rule_options(rule, criteria, branch)
    else:
        options, settled = {each: _merged(criteria, each, ()) for each in computed.operands if isinstance(each, str)}, 0
    others: dict[str, Value] = {each: Missing() for each in with_operands([name], criteria)}
    found = find(options, verdict, accept, others=others, settled=settled)
    return found if isinstance(found, Proposal) else None


def _of_candidatures(criteria: Criteria, place: Path) -> Proposal | None:
    if place[0] == "eligibility":
        return _whole(criteria, {}, place) if place[2] == MET else _refused(criteria, int(place[1]))
    if place[-1] == CAPPED:
        node = next(node for node, path in nodes_of(criteria) if (*path, CAPPED) == place)
        return _over_the_cap(criteria, node, place)
    return None


def _shown_by(criteria: Criteria, leaf: Criterion, path: Path, chosen: Chosen, place: Path) -> Proposal | None:
    """Make an example of a criterion that works a fact out; what else its rule reads is chosen as it comes."""
    rule = leaf.rule
    names = with_operands(facts_read(rule), criteria) if rule is not None else ()
    if rule is None or f"{COMPUTED}{criteria.computed[int(place[1])].name}" not in names:
        return None
    options, _ = rule_options(rule, criteria)
    full = _completed(criteria, {n: trial for n, trial in chosen.items() if n in names}, [rule], options)
    values, _ = given_values(given_of(full), names, path, criteria)
    raw: dict[str, Any] = {"given": given_of(full), "points": exactly_written(evaluate(rule, values).points)}
    stands = raw["points"] is not None and not any(check_example(Example.model_validate(raw), rule, path, criteria))
    return Proposal(path, raw) if stands and taken_by_example(criteria, rule, path, raw["given"], [place]) else None


def _refused(criteria: Criteria, place: int) -> Proposal | None:
    """Look for facts that one gate refuses, and no other where that can be."""
    conditions = [gate.require for gate in criteria.eligibility]
    rule = _all_of(conditions)
    options, settled = rule_options(rule, criteria)

    def alone(values: Mapping[str, Value]) -> bool | None:
        answers = [holds(condition, values) for condition in conditions]
        own, others = answers.pop(place), answers
        return False if own or False in others else None if own is None else True

    def accept(chosen: Chosen) -> Proposal | None:
        for name in list(chosen):
            fewer = {other: trial for other, trial in chosen.items() if other != name}
            chosen = fewer if _refused_with(criteria, fewer, ("eligibility", place, UNMET)) else chosen
        return _refused_with(criteria, chosen, ("eligibility", place, UNMET))

    def closed(values: Mapping[str, Value]) -> bool | None:
        answer = holds(conditions[place], values)
        return None if answer is None else not answer

    found = find(options, alone, accept, settled=settled) or find(options, closed, accept, settled=settled)
    return found if isinstance(found, Proposal) else None


def _refused_with(criteria: Criteria, chosen: Chosen, place: Path) -> Proposal | None:
    """Make an example of a refusal that exercises a place, if these facts are refused and do."""
    given = given_of(chosen)
    values, problems = given_values(given, facts_used(criteria), (), criteria)
    refused = refusing_gates(criteria, values)
    taken = refused and not problems and taken_by_candidature(criteria, given, [place])
    return Proposal((), {"given": given, "refused": refused}) if taken else None


def _over_the_cap(criteria: Criteria, node: Criterion, place: Path) -> Proposal | None:
    """Look for facts that bring the sum of some criteria over their cap: first those that bring the most alone."""
    rules = [leaf.rule for leaf in node.walk() if leaf.rule is not None]
    options: dict[str, list[Trial]] = {}
    for rule in rules:
        nothing: dict[str, Value] = {name: Missing() for name in facts_read(rule)}
        for name, found in rule_options(rule, criteria)[0].items():
            ranked = sorted(found, key=_worth_less(rule, nothing, name))
            options.setdefault(name, ranked)

    def accept(chosen: Chosen) -> Proposal | None:
        return _whole(criteria, chosen, place)

    def verdict(values: Mapping[str, Value]) -> bool:
        return sum((_worth(child, values) for child in node.criteria or ()), Fraction(0)) > node.weight

    found = find(options, verdict, accept, settled=len(options))
    return found if isinstance(found, Proposal) else None


def _worth(node: Criterion, values: Mapping[str, Value]) -> Fraction:
    if node.rule is not None:
        return evaluate(node.rule, values).points * node.scale
    added = sum((_worth(child, values) for child in node.criteria or ()), Fraction(0))
    return min(added, node.weight) if node.capped else added


def _worth_less(rule: AnyRule, nothing: Mapping[str, Value], name: str) -> Callable[[Trial], Fraction]:
    return lambda trial: -evaluate(rule, {**nothing, name: trial.value}).points


def _whole(criteria: Criteria, chosen: Chosen, place: Path) -> Proposal | None:
    """Make an example of a whole candidature that exercises a place, all gates met, around some facts chosen."""
    gates = _all_of([gate.require for gate in criteria.eligibility])
    rules = [leaf.rule for leaf, _ in _leaves(criteria) if leaf.rule is not None]
    options, settled = rule_options(gates, criteria)
    known, _ = given_values(given_of(chosen), with_operands([*options, *chosen], criteria), (), criteria)
    others = {name: known[name] for name in options if not isinstance(known[name], Missing)}
    options = {name: found for name, found in options.items() if name not in others}

    def met(values: Mapping[str, Value]) -> bool | None:
        answers = [holds(gate.require, values) for gate in criteria.eligibility]
        return False if False in answers else None if None in answers else True

    def accept(entered: Chosen) -> Proposal | None:
        base = chosen | entered
        roots = {n: _merged(criteria, n, rules) for n in _roots(criteria, rules)}
        full = _completed(criteria, base | {n: found[0] for n, found in roots.items() if n not in base}, rules, roots)
        return _totalled(criteria, full, place)

    found = find(options, met, accept, others=others, settled=min(settled, len(options)))
    return found if isinstance(found, Proposal) else None


def _totalled(criteria: Criteria, chosen: Chosen, place: Path) -> Proposal | None:
    """Make an example of facts that leave nothing open, with their total; without the facts that change nothing."""

    def made(kept: Chosen) -> Proposal | None:
        given = given_of(kept)
        values, problems = given_values(given, facts_used(criteria), (), criteria)
        if problems:
            return None
        card = score(criteria, values)
        total = None if card.total is None else exactly_written(card.total)
        marks = card.marks.values()
        whole = all(holds(gate.require, values) for gate in criteria.eligibility) and not any(
            mark.missing or (mark.appraisal and mark.appraisal.outcome.refused) for mark in marks
        )
        if total is None or not whole or place not in taken_by_candidature(criteria, given, [place]):
            return None
        return Proposal((), {"given": given, "total": total})

    best = made(chosen)
    for name in list(chosen) if best else ():
        fewer = {other: trial for other, trial in chosen.items() if other != name}
        shorter = made(fewer)
        if best and shorter and shorter.example["total"] == best.example["total"]:
            chosen, best = fewer, shorter
    return best


def _completed(
    criteria: Criteria, chosen: Chosen, rules: Iterable[AnyRule], options: Mapping[str, list[Trial]]
) -> Chosen:
    """Add the first value that comes for each fact that rules read and that nothing gives or works out."""
    full = dict(chosen)
    for rule in rules:
        for name in facts_read(rule):
            values, _ = given_values(given_of(full), with_operands(facts_read(rule), criteria), (), criteria)
            found = options.get(name) or rule_options(rule, criteria)[0][name]
            if isinstance(values[name], Missing) and name not in full and found:
                full[name] = found[0]
    return full


def _roots(criteria: Criteria, rules: Iterable[AnyRule]) -> Iterator[str]:
    names = with_operands([name for rule in rules for name in facts_read(rule)], criteria)
    return (name for name in names if not name.startswith(COMPUTED))


def _merged(criteria: Criteria, name: str, rules: Iterable[AnyRule]) -> list[Trial]:
    """List what to try for a fact: what matters to the rules that read it, then anything."""
    found = [trial for rule in rules if name in facts_read(rule) for trial in rule_options(rule, criteria)[0][name]]
    return found or trials(NO_RULE, criteria.catalogue[name])


def _all_of(conditions: Iterable[Any]) -> Cases:
    """Make a rule that reads conditions, to know which values matter to them."""
    rows = [Row.model_construct(if_=condition, points=Fraction(0), rule=None) for condition in conditions]
    return Cases.model_construct(kind="cases", rows=rows, otherwise=Fraction(0))


def _leaves(criteria: Criteria) -> Iterator[tuple[Criterion, Path]]:
    return ((node, path) for node, path in nodes_of(criteria) if node.rule is not None)


def _under(path: Path, example: Example) -> Proposal:
    return Proposal(path, {"given": example.given, "points": exactly_written(example.points)})


__all__ = ["MET", "UNMET", "propose"]
