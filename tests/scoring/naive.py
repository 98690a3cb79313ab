"""A whole policy read straight from its YAML, naively: facts, computed facts, rules, tree, gates, floors.

Written apart from the engine and from `oracle`, with the standard fractions, for facts that are all known. It reads
what a candidature writes, not what the engine made of it, and it knows no error: policies must have been accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

Data = Mapping[str, Any]
Facts = dict[str, Any]
NUMBERS = {"integer", "decimal", "percentage", "money"}


_BETWEEN_FACTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda a, b: a == b,
    "is_not": lambda a, b: a != b,
    **dict.fromkeys(("at_least", "from"), lambda a, b: not a < b),
    **dict.fromkeys(("at_most", "until"), lambda a, b: not a > b),
    **dict.fromkeys(("above", "after"), lambda a, b: a > b),
    **dict.fromkeys(("below", "before"), lambda a, b: a < b),
}


class Undefined(Exception):  # noqa: N818 - not an error: a fact that cannot be worked out
    """A fact that cannot be worked out, hence is missing."""


class Naive:
    """One policy, as plain data."""

    def __init__(self, policy: Data, closes: date) -> None:
        self.policy = policy
        self.closes = closes
        self.types = {each["name"]: each["type"] for each in policy.get("facts", [])}

    # --- Facts ----------------------------------------------------------------------------------------------------

    def facts(self, written: Data, opinions: Mapping[str, Sequence[str]]) -> Facts:
        """Give every fact of one candidature; a key that is absent is missing."""
        known: Facts = {f"complements.{name}": self._value(self.types[name], raw) for name, raw in written.items()}
        known |= {f"avis.{subject}": sorted(map(Fraction, marks)) for subject, marks in opinions.items()}
        for parameter in self.policy.get("parameters", []):
            for value in parameter["values"]:
                if date.fromisoformat(value.get("from", "0001-01-01")) <= self.closes:
                    known[f"parametres.{parameter['name']}"] = Fraction(value["value"])
        for computed in self.policy.get("computed", []):
            try:
                value = self._worked_out(computed, known)
            except Undefined:
                continue
            if Fraction(computed.get("minimum", value)) <= value <= Fraction(computed.get("maximum", value)):
                known[f"calculs.{computed['name']}"] = value
        return known

    @staticmethod
    def _value(type_: str, raw: Any) -> Any:
        if type_ in NUMBERS:
            return Fraction(raw)
        if type_ == "date":
            return date.fromisoformat(raw)
        return {word.lower() for word in raw} if type_ == "list" else raw.lower()

    def _worked_out(self, computed: Data, known: Facts) -> Any:
        (name,) = set(computed) - {"name", "label", "unit", "type", "minimum", "maximum"}
        stated = computed[name]
        if name == "rule":
            return self.points(stated, known)
        words = list(stated.values()) if isinstance(stated, dict) else stated
        operands = [self._operand(word, known) for word in words]
        if name in {"months", "days"}:
            return Fraction((operands[1] - operands[0]).days) if name == "days" else _months(*operands)
        if name == "ratio" and not operands[1]:
            raise Undefined
        return _ARITHMETIC[name](operands)

    @staticmethod
    def _operand(word: str, known: Facts) -> Any:
        try:
            return Fraction(word)
        except ValueError:
            if word not in known:
                raise Undefined from None
            return known[word]

    # --- Rules ----------------------------------------------------------------------------------------------------

    def points(self, rule: Data, known: Facts) -> Fraction:
        """Give the points of a rule, or raise `Undefined` where one of its facts is missing or out of its domain."""
        raw: Fraction = getattr(self, f"_{rule['kind']}")(rule, known)
        kept = raw if rule["kind"] == "per_unit" or "at_least" not in rule else max(raw, Fraction(rule["at_least"]))
        return min(kept, Fraction(rule["at_most"])) if "at_most" in rule else kept

    def _read(self, name: str, known: Facts) -> Any:
        if name not in known:
            raise Undefined
        return known[name]

    def _lookup(self, rule: Data, known: Facts) -> Fraction:
        value = self._read(rule["fact"], known)
        return self._cell({key: points for key, points in rule["points"].items() if _is(value, key)}, rule)

    def _table(self, rule: Data, known: Facts) -> Fraction:
        row, column = (self._read(rule[key], known) for key in ("rows", "columns"))
        lines = [cells for key, cells in rule["points"].items() if _is(row, key)]
        return self._cell({key: points for cells in lines for key, points in cells.items() if _is(column, key)}, rule)

    @staticmethod
    def _cell(found: Data, rule: Data) -> Fraction:
        if not found and "otherwise" not in rule:
            raise Undefined
        return Fraction(next(iter(found.values())) if found else rule["otherwise"])

    def _bands(self, rule: Data, known: Facts) -> Fraction:
        value = self._read(rule["fact"], known)
        held = [band for band in rule["bands"] if all(_test(value, key, band[key]) for key in set(band) - {"points"})]
        if not held:
            raise Undefined
        return Fraction(held[0]["points"])

    def _linear(self, rule: Data, known: Facts) -> Fraction:
        value = self._read(rule["fact"], known)
        knots = [(Fraction(knot["at"]), Fraction(knot["points"])) for knot in rule["knots"]]
        if not knots[0][0] <= value <= knots[-1][0] and rule.get("outside") == "refuse":
            raise Undefined
        value = Fraction(sorted((knots[0][0], value, knots[-1][0]))[1])
        for (a, low), (b, high) in zip(reversed(knots[:-1]), reversed(knots[1:]), strict=True):
            if a <= value:
                return (low * (b - value) + high * (value - a)) / (b - a)
        raise AssertionError(value)

    def _per_unit(self, rule: Data, known: Facts) -> Fraction:
        beyond = max(Fraction(0), self._read(rule["fact"], known) - Fraction(rule.get("after", 0)))
        every = Fraction(rule.get("every", 1))
        count = {"completed": beyond // every, "started": -(-beyond // every), "exact": beyond / every}
        return Fraction(count[rule.get("count", "completed")]) * Fraction(rule["points"])

    def _judgement(self, rule: Data, known: Facts) -> Fraction:
        marks = self._read(f"avis.{rule['on']}", known)
        if not marks or (rule.get("aggregate") == "consensus" and marks[0] != marks[-1]):
            raise Undefined
        half = (marks[(len(marks) - 1) // 2] + marks[len(marks) // 2]) / 2
        made = {"mean": sum(marks, Fraction(0)) / len(marks), "median": half, "highest": marks[-1], "lowest": marks[0]}
        return Fraction(made.get(rule.get("aggregate", "mean"), marks[0]))

    def _relative(self, rule: Data, known: Facts) -> Fraction:
        own, best = self._read(rule["fact"], known), known[f"groupe.{rule['best']}.{rule['fact']}"]
        if own == best:
            return Fraction(rule["points"])
        ratio = best / own if rule["best"] == "lowest" and own > 0 else own / best if best > 0 else Fraction(0)
        return Fraction(rule["points"]) * max(ratio, Fraction(0))

    def _checklist(self, rule: Data, known: Facts) -> Fraction:
        held = [item for item in rule["items"] if self.holds(item["if"], known)]
        worth = {id(item): Fraction(item["points"]) for item in held}
        for group in rule.get("exclusive", []):
            rivals = [item for item in held if item.get("id") in group]
            for item in rivals:
                ahead = [other for other in rivals[: _place(rivals, item)] if _points(other) >= _points(item)]
                after = [other for other in rivals if _points(other) > _points(item)]
                if ahead or after:
                    worth[id(item)] = Fraction(0)
        return sum(worth.values(), Fraction(0))

    def _cases(self, rule: Data, known: Facts) -> Fraction:
        for row in rule["rows"]:
            if self.holds(row["if"], known):
                return self.points(row["rule"], known) if "rule" in row else Fraction(row["points"])
        return Fraction(rule["otherwise"])

    def _best_of(self, rule: Data, known: Facts) -> Fraction:
        return max(self.points(part, known) for part in rule["rules"])

    def _worst_of(self, rule: Data, known: Facts) -> Fraction:
        return min(self.points(part, known) for part in rule["rules"])

    def _sum_of(self, rule: Data, known: Facts) -> Fraction:
        return sum((self.points(part, known) for part in rule["rules"]), Fraction(0))

    def holds(self, condition: Data, known: Facts) -> bool:
        """Decide a condition by De Morgan: nothing but "not" and "every"."""
        if "not" in condition:
            return not self.holds(condition["not"], known)
        if "any" in condition:
            return not self.holds({"all": [{"not": part} for part in condition["any"]]}, known)
        if "all" in condition:
            return [part for part in condition["all"] if not self.holds(part, known)] == []
        ((key, operand),) = ((key, operand) for key, operand in condition.items() if key != "fact")
        if key == "present":
            return bool((condition["fact"] in known) is (operand == "oui"))
        own = self._read(condition["fact"], known)
        if isinstance(operand, dict):
            other = self._read(operand["fact"], known)
            return bool(_BETWEEN_FACTS[key](own, other))
        return _test(own, str(key), operand)

    # --- The whole ------------------------------------------------------------------------------------------------

    def marks(self, known: Facts) -> dict[str, tuple[Fraction, Fraction]]:
        """Give the mark and the points of every criterion, by id, and under "" the total twice."""
        told: dict[str, tuple[Fraction, Fraction]] = {}
        total = sum((self._node(node, known, told) for node in self.policy["criteria"]), Fraction(0))
        return told | {"": (total, total)}

    def _node(self, node: Data, known: Facts, told: dict[str, tuple[Fraction, Fraction]]) -> Fraction:
        weight = Fraction(node.get("weight", 0))
        if "rule" in node:
            mark = self.points(node["rule"], known)
            open_ended = node.get("open_ended") == "oui" or "out_of" not in node
            told[node["id"]] = mark, mark if open_ended else weight * mark / Fraction(node["out_of"])
        else:
            below = [self._node(child, known, told) for child in node["criteria"]]
            added = sum(below, Fraction(0))
            told[node["id"]] = (min(added, weight) if node.get("capped") == "oui" else added,) * 2
        return told[node["id"]][1]

    def refusals(self, known: Facts) -> int:
        """Count the floors that a candidature does not reach: minimum, floors by category, thresholds."""
        marks, selection = self.marks(known), self.policy["selection"]
        nodes = {node["id"]: node for root in self.policy["criteria"] for node in _walk(root)}
        total = marks[""][0]
        lacking = ["minimum" in selection and total < Fraction(selection["minimum"])]
        lacking += [
            total < Fraction(f["at_least"]) and self.holds(f["when"], known) for f in selection.get("floors", [])
        ]
        if "minimum_mark" in selection:
            raw = sum(marks[root["id"]][0] for root in self.policy["criteria"])
            lacking.append(raw < Fraction(selection["minimum_mark"]))
        for threshold in selection.get("thresholds", []):
            raw_scale = threshold.get("on") == "mark"
            reached = marks[threshold["criterion"]][0 if raw_scale else 1]
            node = nodes[threshold["criterion"]]
            top = Fraction(node.get("out_of", node.get("weight", 0)) if raw_scale else node.get("weight", 0))
            floor = Fraction(threshold["at_least"]) if "at_least" in threshold else top * Fraction(threshold["share"])
            lacking.append(not reached > floor if threshold.get("strict") == "oui" else not reached >= floor)
        return sum(lacking)


def add_the_pool(policy: Data, pool: Sequence[Facts]) -> None:
    """Tell each candidature the best value of all, under the name that a pool-relative rule reads."""
    names = {name for facts in pool for name in facts}
    for facts in pool:
        for name in names - {name for name in names if name.startswith("groupe.")}:
            values = [other[name] for other in pool if isinstance(other.get(name), (int, Fraction))]
            if values:
                facts[f"groupe.lowest.{name}"], facts[f"groupe.highest.{name}"] = min(values), max(values)


def _walk(node: Data) -> list[Data]:
    return [node, *(below for child in node.get("criteria", []) for below in _walk(child))]


def _points(item: Data) -> Fraction:
    return Fraction(item["points"])


def _place(items: Sequence[Data], wanted: Data) -> int:
    return next(place for place, item in enumerate(items) if item is wanted)


def _is(value: Any, word: str) -> bool:
    if isinstance(value, str):
        return value == word.lower()
    return bool(value == (date.fromisoformat(word) if isinstance(value, date) else Fraction(word)))


def _test(value: Any, key: str, operand: Any) -> bool:
    if isinstance(operand, list):
        found = [word.lower() in value if isinstance(value, set) else _is(value, word) for word in operand]
        return {"in": any(found), "not_in": not any(found), "includes_any": any(found), "includes_all": all(found)}[key]
    if key == "includes":
        return operand.lower() in value
    if key in {"is", "is_not"}:
        return _is(value, operand) == (key == "is")
    bound = date.fromisoformat(operand) if isinstance(value, date) else Fraction(operand)
    sign = (value > bound) - (value < bound)
    return sign in _SIGNS[key]


_SIGNS = {
    "at_least": {0, 1}, "from": {0, 1}, "above": {1}, "after": {1},
    "at_most": {0, -1}, "until": {0, -1}, "up_to": {0, -1}, "below": {-1}, "before": {-1},
}  # fmt: skip
_ARITHMETIC: Mapping[str, Callable[[Sequence[Any]], Fraction]] = {
    "ratio": lambda operands: Fraction(operands[0]) / operands[1],
    "difference": lambda operands: Fraction(operands[0]) - operands[1],
    "sum_of": lambda operands: sum(operands, Fraction(0)),
    "product_of": lambda operands: operands[0] * (_ARITHMETIC["product_of"](operands[1:]) if operands[1:] else 1),
    "highest_of": max,
    "lowest_of": min,
}


def _months(start: date, end: date) -> Fraction:
    """Count by stepping one month at a time from the earlier date, each from the first day counted."""
    if end < start:
        return -_months(end, start)
    whole = 0
    while _later(start, whole + 1) <= end:
        whole += 1
    here, there = _later(start, whole), _later(start, whole + 1)
    return whole + Fraction((end - here).days, (there - here).days)


def _later(day: date, months: int) -> date:
    """Give the same day some months later, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
