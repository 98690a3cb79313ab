"""How large what a policy works out may become: proved from what its facts declare, before any candidature is read.

Exact numbers have no end of their own: a product of hundreds of facts, or squares of squares, would fill the memory.
A number is bounded by the digits of its whole part and of its denominator. Of a fact that declares no bounds, those of
whatever is read are taken: fifteen digits on each side.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.computed import COMPUTED, ComputedFact
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact
from ami_scoring.domain.primitives import MAX_DIGITS
from ami_scoring.domain.rules import simple_rules
from ami_scoring.domain.simple_rules import Counting, Linear, PerUnit, SimpleRule
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem
from ami_scoring.messages import Message
from ami_scoring.scoring.words import Path, error

MOST_DIGITS: Final = 1_000
"""Digits of the largest number that a policy may work out, on both sides of its fraction."""
MOST_STEPS: Final = 30
"""Computed facts that may be read one through another."""
_DAYS: Final = 7
"""Digits of the days, and of the months, between any two dates."""


class Size(NamedTuple):
    """Digits that a number has at most: those of its whole part, and those of its denominator."""

    whole: int
    below: int
    decimal: bool = True
    """Whether its denominator is a power of ten, so that sums need no larger one."""

    @property
    def digits(self) -> int:
        """The digits of both sides of the fraction."""
        return self.whole + 2 * self.below


def check_sizes(criteria: Criteria) -> Iterator[Problem]:
    """Refuse computed facts that go through too many others, or whose numbers could grow beyond measure."""
    facts = {name: fact for name, fact in criteria.catalogue.items() if not name.startswith(COMPUTED)}
    sizes: dict[str, Size] = {}
    steps: dict[str, int] = {}
    for place, computed in enumerate(criteria.computed):
        name, path = f"{COMPUTED}{computed.name}", ("computed", place)
        steps[name] = 1 + max((steps.get(str(operand), 0) for operand in computed.operands), default=0)
        size = _size(computed, facts, sizes)
        # What is told once is not told again of all that reads it.
        sizes[name] = size if size.digits <= MOST_DIGITS else Size(0, 0)
        if size.digits > MOST_DIGITS:
            yield _too_large(path, computed, size)
        if steps[name] > MOST_STEPS:
            steps[name] = 0
            yield error(
                "computed-chain",
                path,
                "« {label} » se lit à travers plus de {limit} données calculées l'une après l'autre.",
                label=computed.label,
                limit=MOST_STEPS,
            )


def _too_large(path: Path, computed: ComputedFact, size: Size) -> Problem:
    said = {"label": computed.label, "digits": size.digits, "limit": MOST_DIGITS}
    message = Message("« {label} » pourrait compter {digits} chiffres ; le maximum est {limit}.", said)
    mend = Message(
        "Réduisez le nombre de facteurs ou de quotients, ou déclarez « maximum » et « step » des données qu'elle lit."
    )
    return error("number-too-large", (*path, computed.operation), "")._replace(message=message, suggestion=mend)


def _size(computed: ComputedFact, facts: Mapping[str, Fact], known: Mapping[str, Size]) -> Size:
    if computed.operation in {"months", "days"}:
        return Size(_DAYS, 0 if computed.operation == "days" else _DAYS, decimal=computed.operation == "days")
    read = [
        known.get(each, _of_fact(facts.get(each))) if isinstance(each, str) else _of_number(each)
        for each in computed.operands
        if isinstance(each, (str, Fraction))
    ]
    whole, below = sum(each.whole for each in read), sum(each.below for each in read)
    decimal = all(each.decimal for each in read)
    match computed.operation:
        case "product_of":
            return Size(whole, below, decimal)
        case "ratio":
            return Size(read[0].whole + read[1].below, below + read[1].whole, decimal=False)
        case "rule":
            parts = () if computed.rule is None else simple_rules(computed.rule)
            return _sum([Size(MAX_DIGITS, MAX_DIGITS), *(_of_points(part, facts, known) for part in parts)])
        case "sum_of" | "difference":
            return _sum(read)
        case _:
            return Size(max(each.whole for each in read), max(each.below for each in read), decimal)


def _sum(read: Sequence[Size]) -> Size:
    """Give the size of a sum: its denominator is one that all those of its terms divide."""
    others = sum(each.below for each in read if not each.decimal)
    below = others + max((each.below for each in read if each.decimal), default=0)
    return Size(max(each.whole for each in read) + len(str(len(read))), below, all(each.decimal for each in read))


def _of_points(rule: SimpleRule, facts: Mapping[str, Fact], known: Mapping[str, Size]) -> Size:
    """Give the size of the points of a rule: those that it states, unless they follow a number."""
    match rule:
        case PerUnit(count=Counting.EXACT):
            numbers = [rule.every, rule.after, rule.points]
        case Linear():
            numbers = [number for knot in rule.knots for number in (knot.at, knot.points)]
        case _:
            return Size(MAX_DIGITS, MAX_DIGITS)
    sizes = [_of_number(number) for number in numbers]
    below = known.get(rule.fact, _of_fact(facts.get(rule.fact))).below
    below += 2 * max(size.whole for size in sizes) + 2 * max(size.below for size in sizes)
    return Size(2 * MAX_DIGITS, below, decimal=False)


def _of_fact(fact: Fact | None) -> Size:
    if fact is None:
        return Size(MAX_DIGITS, MAX_DIGITS)
    bounds = [bound for bound in (fact.minimum, fact.maximum) if isinstance(bound, (int, Fraction))]
    whole = max(_digits(bound) for bound in bounds) if len(bounds) == 2 else MAX_DIGITS
    return Size(whole, MAX_DIGITS if fact.grid is None else _of_number(fact.grid).below)


def _of_number(number: int | Fraction) -> Size:
    below = len(str(number.denominator)) - 1
    return Size(_digits(number), below if 10**below == number.denominator else below + 1)


def _digits(number: int | Fraction) -> int:
    return len(str(abs(int(number))))
