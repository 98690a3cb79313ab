"""Facts that a candidature alone does not hold: the opinions of assessors, and the best value of the pool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Missing, Opinions, Value
from ami_scoring.domain.rules import AnyRule, simple_rules
from ami_scoring.domain.simple_rules import Aggregate, End, Judgement, Relative, own_facts
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message


def facts_of_comparisons(rule: AnyRule, known: dict[str, Fact]) -> Iterator[Fact]:
    """Make the facts that judgements and pool-relative rules read, which no file of the candidature states."""
    for part in simple_rules(rule):
        if isinstance(part, Judgement):
            yield _opinions_fact(part)
        elif isinstance(part, Relative) and part.fact in known:
            yield _pool_fact(part, known[part.fact])


def _opinions_fact(rule: Judgement) -> Fact:
    def read(case: Case) -> Value:
        opinions = case.opinions.get(rule.on)
        if opinions is None:
            return Missing(Message("aucun avis sur « {subject} »", {"subject": rule.on}))
        return settled(rule, opinions)

    levels = tuple((tier.points, name) for name, tier in rule.tiers.items())
    return Fact(
        own_facts(rule)[0], FactType.OPINIONS, f"Avis sur « {rule.on} »", read, (), computed=True, levels=levels
    )


def settled(rule: Judgement, opinions: Opinions) -> Value:
    """Give the opinions that a judgement can read.

    They are missing if withheld, all set aside, fewer than required, or not agreeing as they must.
    """
    if opinions.withheld is not None:
        return Missing(opinions.withheld, withheld=True)
    if not opinions.marks and not opinions.excluded:
        return Missing(Message("aucun avis sur « {subject} »", {"subject": rule.on}))
    if not opinions.marks:
        said = "tous les avis sur « {subject} » sont écartés pour conflit d'intérêts"
        return Missing(Message(said, {"subject": rule.on}))
    needed = max(rule.required, opinions.required)
    if len(opinions.marks) < needed and not opinions.enough:
        said = "{given} avis sur {needed} requis pour « {subject} »"
        why = Message(said, {"given": len(opinions.marks), "needed": needed, "subject": rule.on})
        return Missing(why, *_what_marks_allow(rule, opinions.marks, max(needed, opinions.expected)))
    if rule.aggregate is Aggregate.CONSENSUS and len(set(opinions.marks)) > 1:
        said = "les avis sur « {subject} » divergent ({marks}) : il faut un accord"
        return Missing(Message(said, {"subject": rule.on, "marks": opinions.marks}))
    return opinions


def together(aggregate: Aggregate, marks: Sequence[Fraction]) -> Fraction:
    """Make one mark of several, sorted; those of a consensus are all the same."""
    match aggregate:
        case Aggregate.MEAN:
            return sum(marks, Fraction(0)) / len(marks)
        case Aggregate.MEDIAN:
            middle = len(marks) // 2
            return marks[middle] if len(marks) % 2 else (marks[middle - 1] + marks[middle]) / 2
        case Aggregate.HIGHEST:
            return marks[-1]
        case Aggregate.LOWEST | Aggregate.CONSENSUS:
            return marks[0]


def gap_of(rule: Judgement, opinions: object) -> Fraction | None:
    """Give the gap between the highest and the lowest mark, where the policy has it discussed; None elsewhere."""
    if rule.discuss_above is None or not isinstance(opinions, Opinions) or not opinions.marks:
        return None
    gap = opinions.marks[-1] - opinions.marks[0]
    return gap if gap > rule.discuss_above else None


def _what_marks_allow(rule: Judgement, marks: tuple[Fraction, ...], count: int) -> tuple[Fraction, Fraction]:
    """Bound what the mark may become once `count` are given: those to come lie anywhere on the scale.

    A consensus may be found at any mark, whatever was first given.
    """
    if rule.aggregate is Aggregate.CONSENSUS:
        return rule.lowest, rule.highest
    more = count - len(marks)
    low, high = [rule.lowest] * more, [rule.highest] * more
    return together(rule.aggregate, [*low, *marks]), together(rule.aggregate, [*marks, *high])


def _pool_fact(rule: Relative, fact: Fact) -> Fact:
    if rule.by_rank:
        label, name = f"Rang dans le groupe ({fact.label})", own_facts(rule)[1]
        return Fact(name, FactType.INTEGER, label, lambda _: MISSING, (), minimum=1, computed=True)
    word = "plus basse" if rule.best is End.LOWEST else "plus haute"
    label = f"La {word} valeur du groupe ({fact.label})"
    return Fact(own_facts(rule)[1], fact.type, label, lambda _: MISSING, (), unit=fact.unit, computed=True)
