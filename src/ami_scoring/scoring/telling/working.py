"""The working of a rule, line by line: the facts read, the branch taken, the arithmetic, in French sentences.

Told from the outcome that the rule itself gave, never worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from ami_scoring.domain.comparisons import gap_of
from ami_scoring.domain.facts import Fact, Value
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf
from ami_scoring.domain.scores import Outcome
from ami_scoring.domain.simple_rules import Bands, End, Judgement, Linear, Lookup, PerUnit, Relative, Table, own_facts
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, named, spell
from ami_scoring.scoring.marks import counted_items, slices
from ami_scoring.scoring.telling.rules import AGGREGATES, band_word, condition_word, slice_word
from ami_scoring.scoring.words import Catalogue, inner, points_word, value_word


class Sign(StrEnum):
    """How a step counted."""

    COUNTED = "counted"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    PLAIN = "plain"


class Step(NamedTuple):
    """One line of the working of a rule, and the lines below it."""

    said: Message
    sign: Sign = Sign.PLAIN
    below: tuple[Step, ...] = ()
    brief: Message | None = None
    """The same for a reader who has the facts and the lines below before their eyes."""


def steps(rule: AnyRule, outcome: Outcome, values: Mapping[str, Value], catalogue: Catalogue) -> tuple[Step, ...]:
    """Give the working of a rule, line by line."""
    return tuple(_steps(rule, outcome, values, catalogue))


def addition(numbers: list[Fraction]) -> Message:
    """Write a sum before its result: `12 + 8 + 0`."""
    template = " + ".join(f"{{n{i}}}" for i in range(len(numbers)))
    return Message(template, {f"n{i}": number for i, number in enumerate(numbers)})


def _steps(rule: AnyRule, outcome: Outcome, values: Mapping[str, Value], catalogue: Catalogue) -> Iterator[Step]:
    match rule:
        case Lookup() | Bands() | Linear() | PerUnit() | Judgement() | Relative():
            yield _simple_step(rule, outcome, values, catalogue)
        case Table():
            yield _table_step(rule, outcome, values, catalogue)
        case Checklist():
            yield from _checklist_steps(rule, outcome)
        case Cases():
            yield _cases_step(rule, outcome, values, catalogue)
        case BestOf() | WorstOf() | SumOf():
            yield from _composed_steps(rule, outcome, values, catalogue)


def _simple_step(
    rule: Lookup | Bands | Linear | PerUnit | Judgement | Relative,
    outcome: Outcome,
    values: Mapping[str, Value],
    catalogue: Catalogue,
) -> Step:
    fact = catalogue[own_facts(rule)[0]]
    value = values[fact.name]
    said: dict[str, object] = {
        "label": fact.label,
        "value": value_word(fact, value),
        "points": points_word(outcome.points),
    }
    if outcome.missing:
        return Step(Message("{label} : {value}", said), Sign.UNKNOWN)
    if outcome.refused:
        return Step(Message("{label} : {value}, hors du domaine admis", said), Sign.UNMET)
    match rule:
        case Bands():
            branch = f", soit {band_word(fact, rule.bands[outcome.branch])}"
            working = ""
        case Linear():
            branch, working = "", _line_word(rule, outcome, value)
        case PerUnit():
            branch, working = "", f" ({_slices_word(rule, value, catalogue)})"
        case Judgement():
            branch, working = f", {AGGREGATES[rule.aggregate]}{_gap_word(rule, value)}", ""
        case Relative():
            told = values[own_facts(rule)[1]]
            branch, working = (
                (f", rang {outcome.branch + 1}", "") if rule.by_rank else ("", _share_word(rule, value, told, fact))
            )
            if rule.within is not None:
                among = catalogue[rule.within]
                branch += f" parmi « {inner(among.label)} » : {value_word(among, values[among.name])}"
        case Lookup():
            branch, working = "" if outcome.branch == 0 else " (autre valeur)", ""
    said |= {"branch": branch, "working": working}
    return Step(
        Message("{label} : {value}{branch} → {points}{working}", said),
        Sign.COUNTED,
        brief=Message("{value}{branch} → {points}{working}", said),
    )


def _gap_word(rule: Judgement, value: object) -> str:
    """Say that opinions are too far apart, where the policy has them discussed."""
    gap = gap_of(rule, value)
    return "" if gap is None else f" (écart de {spell(gap)} entre avis : à discuter)"


def _line_word(rule: Linear, outcome: Outcome, value: object) -> str:
    left = rule.knots[outcome.branch]
    if outcome.points == left.points or outcome.branch + 1 == len(rule.knots):
        return ""
    right = rule.knots[outcome.branch + 1]
    working = Message(
        " ({a} + ({x} − {x0}) × ({b} − {a}) ÷ ({x1} − {x0}))",
        {"a": left.points, "b": right.points, "x": value, "x0": left.at, "x1": right.at},
    )
    return str(working)


def _share_word(rule: Relative, value: Value, best: Value, fact: Fact) -> str:
    """Write the proportion to the best of the pool; nothing where there is none, the best being no positive number."""
    if not all(isinstance(each, (int, Fraction)) and each > 0 for each in (value, best)):
        return ""
    parts = [(value_word(fact, value), "la sienne"), (value_word(fact, best), "la plus haute du groupe")]
    if rule.best is End.LOWEST:
        parts = [(parts[1][0], "la plus basse du groupe"), parts[0]]
    numbers, names = (" ÷ ".join(each) for each in zip(*parts, strict=True))
    return f" ({points_word(rule.most)} × {numbers} : {names})"


def _slices_word(rule: PerUnit, value: object, catalogue: Catalogue) -> Message:
    fact = catalogue[rule.fact]
    count = slices(rule, value) if isinstance(value, (int, Fraction)) else Fraction(0)
    full = count * rule.points
    capped = rule.at_most is not None and full > rule.at_most
    template = "{count} × {points} {each}" + (", plafonné à {cap}" if capped else "")
    return Message(
        template,
        {"count": count, "points": points_word(rule.points), "each": slice_word(rule, fact), "cap": rule.at_most},
    )


def _checklist_steps(rule: Checklist, outcome: Outcome) -> Iterator[Step]:
    counted = counted_items(rule, outcome.parts)
    items = []
    for item, part, counts in zip(rule.items, outcome.parts, counted, strict=True):
        said = {
            "label": item.label,
            "points": points_word(item.points),
            "possible": "possible" if -2 < item.points < 2 else "possibles",
        }
        if part.missing:
            items.append(Step(Message("{label} : non renseigné ({points} {possible})", said), Sign.UNKNOWN))
        elif counts:
            items.append(Step(Message("{label} → {points}", said), Sign.COUNTED))
        elif part.met:
            items.append(Step(Message("{label} : rempli, mais exclu par un autre élément", said), Sign.UNMET))
        else:
            items.append(Step(Message("{label} : non", said), Sign.UNMET))
    met = [str(item.label) for item, counts in zip(rule.items, counted, strict=True) if counts]
    total = sum((part.points for part, counts in zip(outcome.parts, counted, strict=True) if counts), Fraction(0))
    named = f" ({', '.join(met)})" if met else ""
    said_total = {"count": len(met), "of": len(rule.items), "named": named, "points": points_word(outcome.points)}
    template = "{count} sur {of}{named} → {points}" + _limits_word(total, outcome.points)
    yield Step(Message(template, {**said_total, "total": total}), Sign.PLAIN, tuple(items))


def _limits_word(total: Fraction, kept: Fraction) -> str:
    if total > kept:
        return " (plafonné, au lieu de {total})"
    return " (plancher, au lieu de {total})" if total < kept else ""


def _table_step(rule: Table, outcome: Outcome, values: Mapping[str, Value], catalogue: Catalogue) -> Step:
    facts = [catalogue[name] for name in own_facts(rule)]
    named = " ; ".join(f"{fact.label} : {value_word(fact, values[fact.name])}" for fact in facts)
    if outcome.missing or outcome.refused:
        sign = Sign.UNKNOWN if outcome.missing else Sign.UNMET
        return Step(Message("{named}", {"named": named}), sign)
    how = "" if outcome.branch == 0 else " (autre case)"
    said = {"named": named, "how": how, "points": points_word(outcome.points)}
    brief = " et ".join(value_word(fact, values[fact.name]) for fact in facts)
    return Step(
        Message("{named}{how} → {points}", said),
        Sign.COUNTED,
        brief=Message("{named}{how} → {points}", {**said, "named": brief}),
    )


def _cases_step(rule: Cases, outcome: Outcome, values: Mapping[str, Value], catalogue: Catalogue) -> Step:
    points = points_word(outcome.points)
    below = tuple(_row_step(rule, place, outcome, values, catalogue) for place in range(len(rule.rows)))
    if outcome.missing and not outcome.parts:
        labels = [f"« {inner(catalogue[name].label)} »" for name in outcome.missing]
        return Step(Message("non décidé sans {labels}", {"labels": labels}), Sign.UNKNOWN, below)
    if outcome.branch < 0:
        return Step(Message("aucun des cas prévus → {points}", {"points": points}), Sign.COUNTED, below)
    condition = condition_word(rule.rows[outcome.branch].if_, catalogue)
    said = Message("{condition} → {points}", {"condition": condition, "points": points})
    brief = Message("cas {number} → {points}", {"number": outcome.branch + 1, "points": points})
    return Step(said, Sign.COUNTED, below, brief)


def _row_step(rule: Cases, place: int, outcome: Outcome, values: Mapping[str, Value], catalogue: Catalogue) -> Step:
    row = rule.rows[place]
    gives = "règle propre à ce cas" if row.points is None else points_word(row.points)
    said = Message(
        "cas {number} : {condition} → {gives}",
        {"number": place + 1, "condition": condition_word(row.if_, catalogue), "gives": gives},
    )
    if place == outcome.branch:
        below = tuple(_steps(row.rule, outcome.parts[0], values, catalogue)) if row.rule and outcome.parts else ()
        return Step(said, Sign.UNKNOWN if outcome.missing else Sign.COUNTED, below)
    return Step(said, Sign.UNMET if place < outcome.branch or outcome.branch < 0 else Sign.PLAIN)


def _known(part: Outcome) -> str:
    return "?" if part.missing and not part.points else spell(part.points)


def _composed_steps(
    rule: BestOf | WorstOf | SumOf, outcome: Outcome, values: Mapping[str, Value], catalogue: Catalogue
) -> Iterator[Step]:
    below = tuple(
        step
        for part, found in zip(rule.rules, outcome.parts, strict=True)
        for step in _steps(part, found, values, catalogue)
    )
    if isinstance(rule, SumOf):
        total = sum((part.points for part in outcome.parts), Fraction(0))
        template = "{added} = {points}" + _limits_word(total, outcome.points)
        said: dict[str, object] = {"added": addition([part.points for part in outcome.parts])}
    else:
        total = outcome.parts[outcome.branch].points
        template = "{word} de {of} → {points}" + _limits_word(total, outcome.points)
        word = "le meilleur" if isinstance(rule, BestOf) else "le moins bon"
        said = {"word": word, "of": named([_known(part) for part in outcome.parts])}
    yield Step(Message(template, {**said, "total": total, "points": points_word(outcome.points)}), Sign.PLAIN, below)
