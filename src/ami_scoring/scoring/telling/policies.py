"""Every part of a policy on one line of French: no keyword, no key of the file, labels instead of names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from ami_scoring.domain.budgets import Budget, Enough, Envelope
from ami_scoring.domain.computed import PARAMETERS, ComputedFact, DatedValue, Parameter
from ami_scoring.domain.conditions import AllOf, AnyOf, FactCondition, Not
from ami_scoring.domain.criteria import Criteria, Criterion, DeclaredFact, Gate, Wave
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.limits import Limited
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.plausible import Plausible
from ami_scoring.domain.rules import BestOf, Cases, Checklist, Item, Row, SumOf, WorstOf
from ami_scoring.domain.selection import Floor, Quota, Threshold
from ami_scoring.domain.simple_rules import Band, Knot, SimpleRule, own_facts
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, UncoveredTie
from ami_scoring.exact import Fraction
from ami_scoring.messages import NO_BREAK, spell
from ami_scoring.scoring.telling.rules import condition_word, scale_band_word, scale_word
from ami_scoring.scoring.telling.vocabulary import CHOICES
from ami_scoring.scoring.words import (
    RETAINS_ALL,
    bound_word,
    envelope_word,
    inner,
    plausible_word,
    points_word,
    share_word,
    spill_words,
    stated_word,
)

FACTS_NAMED: Final = frozenset({"fact", "rows", "columns", "ask", "within", "uncovered"})
"""The fields whose text is the name of a fact."""
MEASURED: Final = frozenset({("PerUnit", "every"), ("PerUnit", "after"), ("DatedValue", "value")})
"""The fields that are in the unit of what their model is about."""
MONEY: Final = frozenset({("Budget", "amount"), ("Envelope", "amount"), ("Wave", "budget")})
"""The fields in the unit of what candidatures ask for."""
SHARES: Final = frozenset({("Envelope", "share"), ("Threshold", "share")})
"""The fields that say a part of a whole."""
_COMPOSED: Final = {BestOf: "le meilleur de", WorstOf: "le moins bon de", SumOf: "la somme de"}
_OPERATIONS: Final = {
    "ratio": "{} ÷ {}",
    "difference": "{} − {}",
    "months": "mois de {} à {}",
    "days": "jours de {} à {}",
    "highest_of": "la plus grande de",
    "lowest_of": "la plus petite de",
}
Composed = Checklist | Cases | BestOf | WorstOf | SumOf
Branch = Item | Row | Band | Knot
Declared = DeclaredFact | ComputedFact | Parameter | DatedValue
Tie = CriterionTie | FactTie | DrawTie | UncoveredTie
Selecting = Floor | Threshold | Quota | Envelope | Budget


class Words(NamedTuple):
    """What the names of two policies mean to people: facts and criteria by their labels."""

    catalogue: Mapping[str, Fact]
    criteria: Mapping[str, str]
    ask: str
    """What candidatures ask for, where there is a budget."""

    @staticmethod
    def of(old: Criteria, new: Criteria) -> Words:
        """Take the words of two policies, those of the new one first."""
        budget = new.selection.budget or old.selection.budget
        return Words(
            {**old.catalogue, **new.catalogue},
            {name: each.label for policy in (old, new) for name, each in policy.by_id.items()},
            "" if budget is None else budget.ask,
        )

    def fact(self, name: str) -> str:
        """Name a fact by its label."""
        return f"« {inner(self.catalogue[name].label)} »"

    def number(self, number: Any, about: str) -> str:
        """Write a number in the unit of a fact, where there is one."""
        return bound_word(self.catalogue[about], number) if about else spell(number)

    def field(self, owner: Model, name: str, about: str = "") -> str:
        """Write the value of a field; `about` is the fact in whose unit its numbers may be."""
        value, place = getattr(owner, name), (type(owner).__name__, name)
        if value in (None, [], {}):
            return "rien"
        if name in FACTS_NAMED and isinstance(value, str):
            return self.fact(value)
        if place == ("Threshold", "criterion"):
            return f"« {inner(self.criteria[value])} »"
        if place in MONEY:
            return self.number(value, self.ask)
        if place in SHARES:
            said = share_word(value)
        else:
            said = self.number(value, about) if place in MEASURED else self.told(value, about)
        return f"{said}{stated_word(owner, self.catalogue, name)}" if isinstance(owner, Limited) else said

    def told(self, value: Any, about: str = "") -> str:
        """Write any part of a policy on one line."""
        match value:
            case None | []:
                return "rien"
            case StrEnum():
                return CHOICES[type(value)][value]
            case list():
                joint = ", puis " if isinstance(value[0], Tie) else " ; "
                return joint.join(self.told(each, about) for each in value)
            case Mapping():
                return " ; ".join(f"{key} : {self.told(each)}" for key, each in value.items())
            case Model():
                return self._model(value, about)
            case _:
                return spell(value)

    def _model(self, value: Model, about: str) -> str:
        match value:
            case FactCondition() | AllOf() | AnyOf() | Not():
                return condition_word(value, self.catalogue)
            case Checklist() | Cases() | BestOf() | WorstOf() | SumOf():
                return self._composed(value)
            case Item() | Row() | Band() | Knot():
                return self._branch(value, about)
            case DeclaredFact() | ComputedFact() | Parameter() | DatedValue():
                return self._declared(value, about)
            case CriterionTie() | FactTie() | DrawTie() | UncoveredTie():
                return self._tie(value)
            case Floor() | Threshold() | Quota() | Envelope() | Budget():
                return self._selecting(value)
            case Criterion():
                kind = "sans maximum" if value.open_ended else f"poids {spell(value.weight)}"
                return f"{kind}{', en plus du total' if value.bonus else ''}"
            case Gate():
                return f"« {inner(value.label)} »"
            case Wave():
                return f"clôture : {spell(value.closes)}"
            case Plausible():
                return plausible_word(value, self.catalogue.get(getattr(value, "fact", about)))
            case _:
                assert isinstance(value, SimpleRule)  # noqa: S101 - nothing else is told whole
                return f"{self.fact(own_facts(value)[0])} : {scale_word(value, self.catalogue)}"

    def _composed(self, rule: Composed) -> str:
        if isinstance(rule, Cases):
            return " ; ".join([*map(self.told, rule.rows), f"dans les autres cas = {points_word(rule.otherwise)}"])
        if isinstance(rule, Checklist):
            said = " ; ".join(map(self.told, rule.items))
        else:
            said = f"{_COMPOSED[type(rule)]} : " + " ; ".join(f"({self.told(part)})" for part in rule.rules)
        low = "" if rule.at_least is None else f" ; {spell(rule.at_least)} au moins"
        return said + low + ("" if rule.at_most is None else f" ; {spell(rule.at_most)} au plus")

    def _branch(self, branch: Branch, about: str) -> str:
        match branch:
            case Item():
                return f"« {inner(branch.label)} » ({self.told(branch.if_)}) = {points_word(branch.points)}"
            case Row():
                points = None if branch.points is None else points_word(branch.points)
                return f"{self.told(branch.if_)} = {points or self.told(branch.rule)}"
            case Band():
                said = scale_band_word(branch, self.catalogue[about], self.catalogue)
                return f"{said} = {points_word(branch.points)}"
            case Knot():
                return f"{self.number(branch.at, about)} = {points_word(branch.points)}"

    def _declared(self, fact: Declared, about: str) -> str:
        match fact:
            case DeclaredFact():
                choices = "" if fact.choices is None else f" : {', '.join(fact.choices)}"
                return f"« {inner(fact.label)} » ({CHOICES[FactType][fact.type]}{choices})"
            case ComputedFact():
                return f"« {inner(fact.label)} » = {self.formula(fact)}"
            case Parameter():
                values = self.told(fact.values, f"{PARAMETERS}{fact.name}")
                return f"« {inner(fact.label)} » : {values}"
            case DatedValue():
                since = "" if fact.from_ is None else f" à partir du {spell(fact.from_)}"
                return f"{self.number(fact.value, about)}{since}"

    def formula(self, fact: ComputedFact) -> str:
        """Write how a fact is worked out: `« Aide » ÷ « Coût »`."""
        if fact.rule is not None:
            return f"points de la règle {self.told(fact.rule)}"
        parts = [self.fact(each) if isinstance(each, str) else spell(each) for each in fact.operands]
        template = _OPERATIONS.get(fact.operation, "")
        if "{}" in template:
            return template.format(*parts)
        joint = {"sum_of": " + ", "product_of": " × "}.get(fact.operation)
        return f"{template} ({' ; '.join(parts)})" if joint is None else joint.join(parts)

    def _tie(self, tie: Tie) -> str:
        match tie:
            case CriterionTie():
                return f"le plus de points à « {inner(self.criteria[tie.criterion])} »"
            case FactTie():
                return f"{self.fact(tie.fact)}, {self.told(tie.prefer)}"
            case DrawTie():
                return f"tirage au sort (graine publiée : {tie.draw})"
            case UncoveredTie():
                return f"{self.fact(tie.uncovered)}, ce qui n'est pas encore couvert devant"

    def _selecting(self, rule: Selecting) -> str:
        match rule:
            case Floor():
                least = "de plus de" if rule.strict else "d'au moins"
                stated = stated_word(rule, self.catalogue)
                return f"« {inner(rule.label)} » : total {least} {spell(rule.at_least)}{stated}"
            case Threshold():
                share = Fraction(100) * (rule.share or 0)
                least = spell(rule.at_least) if rule.share is None else f"{spell(share)}{NO_BREAK}% du maximum"
                word = "plus de" if rule.strict else "au moins"
                name = inner(self.criteria[rule.criterion])
                return f"« {name} » : {word} {least}{stated_word(rule, self.catalogue)}, sur {self.told(rule.on)}"
            case Quota():
                most = "" if rule.at_most is None else f", {spell(rule.at_most)} au plus"
                return f"« {inner(rule.label)} » : places garanties {spell(rule.at_least)}{most}"
            case Envelope():
                return self._envelope(rule, None)
            case Budget():
                return self._budget(rule)

    def _budget(self, budget: Budget) -> str:
        said = f"{self.field(budget, 'amount')}, à répartir selon {self.fact(budget.ask)}"
        if budget.admits_levels:
            least = "" if budget.least_times is None else f", jamais moins de {spell(budget.least_times)} fois"
            return f"{said} ; {self.told(budget.when_short)} : {spell(budget.times)} fois le budget{least}"
        if budget.times != 1:
            said += f" ; admis jusqu'à {spell(budget.times)} fois le budget"
        said += f" ; quand le reste ne suffit pas, {self.told(budget.when_short)}"
        said += " ; la dernière peut ne recevoir que le reste" if budget.partial else ""
        parts = [self._envelope(each, budget) for each in budget.envelopes]
        said += f" ; parts réservées : {' ; '.join(parts)}" if parts else ""
        said += f" ; {spill_words(budget)}" if budget.spill_order else ""
        return said + (f" ; {RETAINS_ALL}" if budget.when_enough is Enough.ALL else "")

    def _envelope(self, envelope: Envelope, budget: Budget | None) -> str:
        """Write what an envelope holds; within its budget, both as a share and as an amount."""
        if envelope.share is None:
            held = self.field(envelope, "amount")
        elif budget is None:
            held = f"{share_word(envelope.share)} du budget"
        else:
            held = envelope_word(envelope, budget, self.catalogue[budget.ask])
        rest = ", dont le reste va aux autres" if envelope.spill else ""
        order = f", dans son ordre : {self.told(envelope.order)}, puis le rang" if envelope.order else ""
        return f"« {inner(envelope.label)} » : {held}{rest}{order}"
