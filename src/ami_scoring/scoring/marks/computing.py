"""Facts that a policy works out from others: which ones are needed, and their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ami_scoring.domain.computed import COMPUTED, DIVIDED_BY_ZERO, ComputedFact, calculate
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Missing, Value, is_withheld
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks.rules import evaluate
from ami_scoring.scoring.words import inner


def with_operands(names: Iterable[str], criteria: Criteria) -> tuple[str, ...]:
    """Add to some facts those that they are worked out from, each before what needs it."""
    if not criteria.computed:
        return tuple(dict.fromkeys(names))
    computed = {f"{COMPUTED}{each.name}": each for each in criteria.computed}
    needed: dict[str, None] = {}

    for asked in names:
        # No call within a call: of a policy that is refused, a chain may be as long as anybody likes.
        ahead, above = [asked], set[str]()
        while ahead:
            name = ahead[-1]
            if name in computed and name not in needed and name not in above:
                above.add(name)
                ahead.extend(each for each in reversed(computed[name].operands) if isinstance(each, str))
            else:
                needed[ahead.pop()] = None
    return tuple(needed)


def add_computed(criteria: Criteria, values: dict[str, Value]) -> None:
    """Work out, in the order of the file, the facts asked for that have no value yet."""
    for computed in criteria.computed:
        name = f"{COMPUTED}{computed.name}"
        if isinstance(values.get(name), Missing):
            value = _within_bounds(computed, _worked_out(computed, values))
            values[name] = _divided_by_zero(computed, criteria) if value == DIVIDED_BY_ZERO else value


def _divided_by_zero(computed: ComputedFact, criteria: Criteria) -> Missing:
    """Name the fact that cannot be worked out, and the one that is zero."""
    zero = criteria.catalogue[str(computed.operands[1])].label
    said = "« {label} » ne se calcule pas : « {zero} » vaut 0, et on ne divise pas par zéro"
    return Missing(Message(said, {"label": inner(computed.label), "zero": inner(zero)}))


def _within_bounds(computed: ComputedFact, value: Value) -> Value:
    """Take a value that the policy says cannot be for missing: no rule was checked against it."""
    low, high = computed.minimum, computed.maximum
    if isinstance(value, (int, Fraction)) and (
        (low is not None and value < low) or (high is not None and value > high)
    ):
        said = "{label} : {value}, hors des bornes annoncées"
        return Missing(Message(said, {"label": computed.label, "value": value}))
    return value


def _worked_out(computed: ComputedFact, values: Mapping[str, Value]) -> Value:
    if computed.rule is not None:
        outcome = evaluate(computed.rule, values)
        if outcome.missing or outcome.refused:
            return next((value for name in outcome.missing if is_withheld(value := values[name])), MISSING)
        return outcome.points
    operands = [values[operand] if isinstance(operand, str) else operand for operand in computed.operands]
    absent = [value for value in operands if isinstance(value, Missing)]
    if absent:
        first = next(filter(is_withheld, absent), absent[0])
        return Missing(first.why, withheld=first.withheld)
    return calculate(computed.operation, [value for value in operands if not isinstance(value, Missing)])
