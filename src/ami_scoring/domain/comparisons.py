"""Facts that a candidature alone does not hold: the opinions of assessors, and the best value of the pool."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.facts import MISSING, Case, Fact, FactType, Missing, Opinions, Value
from ami_scoring.domain.rules import Aggregate, AnyRule, End, Judgement, Relative, own_facts, simple_rules
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

    return Fact(own_facts(rule)[0], FactType.OPINIONS, f"Avis sur « {rule.on} »", read, (), computed=True)


def settled(rule: Judgement, opinions: Opinions) -> Value:
    """Give the opinions that a judgement can read; missing if withheld, all set aside, or not agreeing as they must."""
    if opinions.withheld is not None:
        return Missing(opinions.withheld, withheld=True)
    if not opinions.marks:
        said = "tous les avis sur « {subject} » sont écartés pour conflit d'intérêts"
        return Missing(Message(said, {"subject": rule.on}))
    if rule.aggregate is Aggregate.CONSENSUS and len(set(opinions.marks)) > 1:
        said = "les avis sur « {subject} » divergent ({marks}) : il faut un accord"
        return Missing(Message(said, {"subject": rule.on, "marks": opinions.marks}))
    return opinions


def _pool_fact(rule: Relative, fact: Fact) -> Fact:
    word = "plus basse" if rule.best is End.LOWEST else "plus haute"
    label = f"La {word} valeur du groupe ({fact.label})"
    return Fact(own_facts(rule)[1], fact.type, label, lambda _: MISSING, (), unit=fact.unit, computed=True)
