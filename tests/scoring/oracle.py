"""A second, naive reading of the criteria language, written apart from the engine and straight from the file's data.

Slow, with no missing information and no error: what the engine gives must be exactly this.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any


def total_of(criteria: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> Fraction:
    """Add weight × mark ÷ out_of over the tree, each capped node at its weight."""
    total = Fraction(0)
    for node in criteria:
        if node.get("open_ended") == "oui":
            total += points_of(node["rule"], values)
            continue
        weight = Fraction(node["weight"])
        if "rule" in node:
            total += points_of(node["rule"], values) * weight / Fraction(node.get("out_of", node["weight"]))
        else:
            below = total_of(node["criteria"], values)
            total += min(below, weight) if node.get("capped") == "oui" else below
    return total


def points_of(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    """Give the points of a rule written as plain data."""
    points = _BY_KIND[rule["kind"]](rule, values)
    if "at_least" in rule:
        points = max(points, Fraction(rule["at_least"]))
    return min(points, Fraction(rule["at_most"])) if "at_most" in rule else points


def _lookup(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    value = values[rule["fact"]]
    for word, points in rule["points"].items():
        if _same(value, word):
            return Fraction(points)
    return Fraction(rule["otherwise"])


def _bands(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    value = values[rule["fact"]]
    for band in rule["bands"]:
        inside = [_compare(value, key, band[key]) for key in ("from", "above", "below", "up_to") if key in band]
        if all(inside):
            return Fraction(band["points"])
    raise AssertionError(value)


def _linear(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    """Walk along the line from its first knot, as far as the value goes."""
    knots = [(Fraction(knot["at"]), Fraction(knot["points"])) for knot in rule["knots"]]
    value = values[rule["fact"]]
    points = knots[0][1]
    for (start, low), (end, high) in itertools.pairwise(knots):
        walked = min(max(value - start, 0), end - start)
        points += walked * (high - low) / (end - start)
    return points


def _per_unit(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    """Take slices off one by one."""
    left = Fraction(values[rule["fact"]]) - Fraction(rule.get("after", 0))
    every, each = Fraction(rule.get("every", 1)), Fraction(rule["points"])
    points = Fraction(0)
    while left >= every:
        points, left = points + each, left - every
    if left > 0 and rule.get("count") == "started":
        points += each
    if left > 0 and rule.get("count") == "exact":
        points += each * left / every
    return points


def _checklist(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    """Cross out, in each exclusive group, all but the best of the items that hold."""
    held = [item for item in rule["items"] if _holds(item["if"], values)]
    crossed = []
    for group in rule.get("exclusive", []):
        rivals = sorted((item for item in held if item.get("id") in group), key=lambda item: -Fraction(item["points"]))
        crossed += rivals[1:]
    return sum((Fraction(item["points"]) for item in held if item not in crossed), Fraction(0))


def _cases(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    for row in rule["rows"]:
        if _holds(row["if"], values):
            return points_of(row["rule"], values) if "rule" in row else Fraction(row["points"])
    return Fraction(rule["otherwise"])


def _table(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    for row, cells in rule["points"].items():
        for column, points in cells.items():
            if _same(values[rule["rows"]], row) and _same(values[rule["columns"]], column):
                return Fraction(points)
    return Fraction(rule["otherwise"])


def _parts(rule: Mapping[str, Any], values: Mapping[str, Any]) -> list[Fraction]:
    return sorted(points_of(part, values) for part in rule["rules"])


def _judgement(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    marks = [Fraction(str(mark)) for mark in values[f"avis.{rule['on']}"].marks]
    how = rule.get("aggregate", "mean")
    if how == "mean":
        return sum(marks, Fraction(0)) / len(marks)
    return {"median": median(marks), "lowest": min(marks), "highest": max(marks), "consensus": min(marks)}[how]


def _relative(rule: Mapping[str, Any], values: Mapping[str, Any]) -> Fraction:
    if "by_rank" in rule:
        ranks = dict(enumerate(rule["by_rank"], start=1))
        return Fraction(ranks.get(int(str(values[f"groupe.rang.{rule['best']}.{rule['fact']}"])), 0))
    own, best = (Fraction(str(values[name])) for name in (rule["fact"], f"groupe.{rule['best']}.{rule['fact']}"))
    if own == best:
        return Fraction(rule["points"])
    small, large = (best, own) if rule["best"] == "lowest" else (own, best)
    return Fraction(rule["points"]) * small / large if small > 0 else Fraction(0)


_BY_KIND: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Fraction]] = {
    "lookup": _lookup,
    "bands": _bands,
    "linear": _linear,
    "per_unit": _per_unit,
    "checklist": _checklist,
    "cases": _cases,
    "table": _table,
    "judgement": _judgement,
    "relative": _relative,
    "best_of": lambda rule, values: _parts(rule, values)[-1],
    "worst_of": lambda rule, values: _parts(rule, values)[0],
    "sum_of": lambda rule, values: sum(_parts(rule, values), Fraction(0)),
}


def _holds(condition: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    if "all" in condition:
        return not any(not _holds(part, values) for part in condition["all"])
    if "any" in condition:
        return any(_holds(part, values) for part in condition["any"])
    if "not" in condition:
        return not _holds(condition["not"], values)
    (key,) = set(condition) - {"fact"}
    return _compare(values[condition["fact"]], key, condition[key])


def _compare(value: Any, key: str, operand: Any) -> bool:
    words = operand if isinstance(operand, list) else [operand]
    match key:
        case "present":
            return words == ["oui"]
        case "is" | "in":
            return any(_same(value, word) for word in words)
        case "is_not" | "not_in":
            return not any(_same(value, word) for word in words)
        case "includes" | "includes_all":
            return all(word.lower() in value for word in words)
        case "includes_any":
            return any(word.lower() in value for word in words)
        case _:
            bound = date.fromisoformat(operand) if isinstance(value, date) else Fraction(operand)
            if value == bound:
                return key in {"at_least", "at_most", "from", "until", "up_to"}
            return bool(value > bound) == (key in {"at_least", "above", "from", "after"})


def _same(value: Any, word: str) -> bool:
    if isinstance(value, bool):
        return word == ("oui" if value else "non")
    if isinstance(value, str):
        return value.casefold() == word.casefold()
    return bool(value == (date.fromisoformat(word) if isinstance(value, date) else Fraction(word)))
