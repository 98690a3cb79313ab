"""Looking for the facts that take a given branch of a policy, to propose them as an example."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from ami_scoring.domain.criteria import Criteria, Example
from ami_scoring.domain.facts import MISSING, Fact, Missing, Value
from ami_scoring.domain.rules import AnyRule, facts_read
from ami_scoring.domain.simple_rules import POOL
from ami_scoring.domain.words import tests_of
from ami_scoring.exact import Fraction
from ami_scoring.scoring.checks import check_example
from ami_scoring.scoring.examples.branches import leaning, takes
from ami_scoring.scoring.marks import evaluate
from ami_scoring.scoring.values import Trial, exactly_written, trials
from ami_scoring.scoring.words import Path

MAX_TRIALS: Final = 4_000
"""Values put in place before a branch is given up as out of reach."""
REFUSAL: Final = 100
"""How many of these an example made in vain counts for: it takes as long."""

Verdict = Callable[[Mapping[str, Value]], bool | None]
Chosen = dict[str, Trial]


def find(
    options: Mapping[str, Sequence[Trial]],
    verdict: Verdict,
    accept: Callable[[Chosen], Any],
    *,
    others: Mapping[str, Value] | None = None,
    settled: int = 0,
) -> Any:
    """Try values, fact by fact, until `verdict` says yes and `accept` makes something of them; give it, or None.

    Facts not yet tried are missing; where a verdict of no already holds, what is left is not tried. The first
    `settled` facts are all in place before anybody asks.
    """
    names = list(options)
    values: dict[str, Value] = {**(others or {}), **dict.fromkeys(names, MISSING)}
    chosen: Chosen = {}
    left = MAX_TRIALS

    def beyond(depth: int) -> Any:
        nonlocal left
        answer = verdict(values) if depth >= settled else None
        if answer is False:
            return None
        if answer:
            if (made := accept(dict(chosen))) is not None:
                return made
            left -= REFUSAL
        if depth == len(names):
            return None
        name = names[depth]
        for trial in options[name]:
            left -= 1
            if left < 0:
                break
            chosen[name], values[name] = trial, trial.value
            if (made := beyond(depth + 1)) is not None:
                return made
        chosen.pop(name, None)
        values[name] = MISSING
        return None

    return beyond(0)


def rule_options(rule: AnyRule, criteria: Criteria, branch: Path = ()) -> tuple[dict[str, list[Trial]], int]:
    """List what to try for each fact of a rule, the facts whose presence is tested first; and how many those are.

    Where an amount decides of the branch, the values that lean towards it come first.
    """
    present = {test.fact for test in tests_of(rule) if test.operator == "present"}
    names = sorted(facts_read(rule), key=lambda name: name not in present)
    nothing: dict[str, Value] = dict.fromkeys(names, MISSING)
    options: dict[str, list[Trial]] = {}
    for name in names:
        found = trials(rule, _within(name, criteria.catalogue))
        if branch and leaning(rule, branch, nothing) is not None:
            found = sorted(found, key=partial(_against, rule, branch, nothing, name))
        options[name] = found
    return options, len(present)


def example_of(rule: AnyRule, branch: Path, criteria: Criteria) -> Example | None:
    """Make the shortest example found of a branch of a rule, with the points that the rule gives; None without one."""
    options, settled = rule_options(rule, criteria, branch)

    def accept(chosen: Chosen) -> Example | None:
        whole = {name: chosen.get(name) or found[0] for name, found in options.items() if found}
        return _valid(rule, branch, _shortest(rule, branch, whole), criteria) or _valid(rule, branch, whole, criteria)

    found = find(options, lambda values: takes(rule, branch, values), accept, settled=settled)
    return found if isinstance(found, Example) else None


def given_of(chosen: Mapping[str, Trial]) -> dict[str, Any]:
    """Write the facts of an example as a file would."""
    return {name: trial.raw for name, trial in chosen.items() if not isinstance(trial.value, Missing)}


def _within(name: str, catalogue: Mapping[str, Fact]) -> Fact:
    """Give a fact; the best value of the pool, with the limits of the fact that it is the best of."""
    fact = catalogue[name]
    if not name.startswith(POOL):
        return fact
    own = catalogue.get(name.removeprefix(POOL).partition(".")[2])
    if own is None:  # a rank, which has its own limits
        return fact
    return fact._replace(minimum=own.minimum, maximum=own.maximum, step=own.step)


def _against(rule: AnyRule, branch: Path, nothing: Mapping[str, Value], name: str, trial: Trial) -> Fraction:
    return -(leaning(rule, branch, {**nothing, name: trial.value}) or Fraction(0))


def _shortest(rule: AnyRule, branch: Path, whole: Mapping[str, Trial]) -> Chosen:
    """Leave out each fact without which the branch is still taken, and nothing is missing."""
    kept = dict(whole)
    for name in list(whole):
        fewer = {other: trial for other, trial in kept.items() if other != name}
        values = dict.fromkeys(facts_read(rule), MISSING) | {other: trial.value for other, trial in fewer.items()}
        if takes(rule, branch, values) and not evaluate(rule, values).missing:
            kept = fewer
    return kept


def _valid(rule: AnyRule, branch: Path, chosen: Chosen, criteria: Criteria) -> Example | None:
    values = dict.fromkeys(facts_read(rule), MISSING) | {name: trial.value for name, trial in chosen.items()}
    outcome = evaluate(rule, values)
    points = exactly_written(outcome.points)
    if points is None or outcome.refused or not takes(rule, branch, values):
        return None
    example = Example.model_validate({"given": given_of(chosen), "points": points})
    return None if any(check_example(example, rule, (), criteria)) else example
