"""`criteria.yaml`: the policy of a call, in one file that an official reads and a committee votes.

Keywords are English, labels French. The engine knows nothing of the AMI: whatever could change next spring is here.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal, Self

from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.comparisons import facts_of_comparisons
from ami_scoring.domain.computed import ComputedFact, Parameter, computed_fact, parameter_fact
from ami_scoring.domain.conditions import AnyCondition, Category, Condition, Points
from ami_scoring.domain.dates import Moment
from ami_scoring.domain.declared import PREFIX, declared_fact
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.limits import LimitAmount, Limited
from ami_scoring.domain.modelling.markers import AfterValidator, BeforeValidator, Field, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.plausible import Plausible, PlausibleFact
from ami_scoring.domain.primitives import Flag, Text
from ami_scoring.domain.quantities import Count
from ami_scoring.domain.rules import AnyRule, Rule, simple_rules
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.simple_rules import Bands, Judgement, Linear, Outside, Relative
from ami_scoring.domain.stating import with_limits
from ami_scoring.domain.ties import Ranking
from ami_scoring.domain.versions import Versions
from ami_scoring.domain.words import compared_facts, with_words, words_named
from ami_scoring.exact import Fraction

MAX_DECIMALS = 6


class MissingPolicy(StrEnum):
    """What an absent fact does to a criterion: give nothing, set aside for completion, or refuse."""

    ZERO = "zero"
    HOLD = "hold"
    REJECT = "reject"


class Call(Model):
    """What the call is, and the notice that every output repeats."""

    title: Text = Field(title="Intitulé de l'appel")
    edition: Text = Field(title="Édition des critères")
    authority: Text = Field(title="Autorité qui décide")
    notice: Text | None = Field(None, title="Avertissement rappelé dans chaque sortie")


class DeclaredFact(Model):
    """A fact of the call's own, which candidatures carry under `complements`."""

    name: Text = Field(title="Nom, sous « complements »")
    type: FactType = Field(title="Type")
    label: Text = Field(title="Libellé")
    unit: Text | None = Field(None, title="Unité")
    minimum: Points | None = Field(None, title="Valeur minimale")
    maximum: Points | None = Field(None, title="Valeur maximale")
    step: Points | None = Field(None, title="Pas : toute valeur en est un multiple")
    choices: list[Category] | None = Field(None, title="Choix possibles", min_length=1)
    plausible: Plausible | None = Field(None, title="Valeurs plausibles : au-delà, un avertissement")


class Wave(Limited):
    """One closing date, with the zoning in force, and what is its own where it is evaluated alone."""

    id: Text = Field(title="Nom court")
    label: Text | None = Field(None, title="Libellé")
    closes: Moment = Field(title="Clôture (un jour compte jusqu'à minuit, heure de Paris)")
    zoning: Text | None = Field(None, title="Table de zonage ou fichier officiel, relatif à ce fichier")
    zoning_edition: Text | None = Field(None, title="Édition du fichier officiel de zonage, citée par les résultats")
    zoning_mergers: Text | None = Field(None, title="Fusions de communes à suivre, relatif à ce fichier")
    places: Count | None = Field(None, title="Places de cette vague")
    reserve: Count | None = Field(None, title="Liste de réserve de cette vague")
    budget: LimitAmount | None = Field(None, title="Budget de cette vague (un montant)")

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or self.id

    @cached_property
    def closes_on(self) -> date:
        """The closing day, in Paris."""
        return self.closes.date() if isinstance(self.closes, datetime) else self.closes

    def takes(self, submitted: date | datetime) -> bool:
        """Say whether a deposit comes before the closing; a deposit dated by its day counts for the whole day."""
        if isinstance(self.closes, datetime) and isinstance(submitted, datetime):
            return submitted <= self.closes
        day = submitted.date() if isinstance(submitted, datetime) else submitted
        return day <= self.closes_on


class Gate(Model):
    """A condition to meet before any scoring."""

    id: Text = Field(title="Nom court")
    label: Text = Field(title="Condition, telle qu'on la dit au candidat")
    reference: Text | None = Field(None, title="Texte qui la fonde")
    require: Condition = Field(title="Condition à remplir")
    if_missing: MissingPolicy = Field(MissingPolicy.HOLD, title="Si une donnée manque")


class Example(Model):
    """A worked example: facts given, points expected."""

    given: dict[Text, Any] = Field(title="Données")
    points: Points = Field(title="Points attendus")


class WholeExample(Model):
    """A worked example of a whole candidature: facts given, total expected and points of any criterion, or refusal."""

    label: Text | None = Field(None, title="Ce que l'exemple montre")
    given: dict[Text, Any] = Field(title="Données")
    total: Points | None = Field(None, title="Total attendu")
    points: dict[Text, Points] = Field({}, title="Points attendus par critère")
    refused: list[Text] | None = Field(None, title="Conditions de recevabilité qui la refusent", min_length=1)

    @model_validator(mode="after")
    def _a_total_or_a_refusal(self) -> Self:
        if (self.total is None) == (self.refused is None):
            raise RefusalError(
                "example-shape", "Un exemple entier attend soit un total (« total »), soit un refus (« refused »)."
            )
        return self


class Criterion(Model):
    """A node of the weighted tree: either a rule, or criteria below it."""

    id: Text = Field(title="Nom court")
    label: Text = Field(title="Libellé")
    short: Text | None = Field(None, title="Libellé court, pour les colonnes", max_length=14)
    weight: Points = Field(Fraction(0), title="Poids : points au plus dans le total")
    bonus: Flag = Field(False, title="Le poids s'ajoute au total annoncé")
    open_ended: Flag = Field(False, title="Sans maximum annoncé : la règle donne ses points tels quels")
    down_to: Points = Field(Fraction(0), title="Note la plus basse que la règle puisse donner")
    reference: Text | None = Field(None, title="Texte qui le fonde")
    out_of: Points | None = Field(None, title="Note maximale de la règle (le poids, par défaut)")
    rule: Rule | None = Field(None, title="Règle")
    criteria: "list[Criterion] | None" = Field(None, title="Sous-critères", min_length=1)
    capped: Flag = Field(False, title="Le total des sous-critères est plafonné au poids")
    if_missing: MissingPolicy = Field(MissingPolicy.HOLD, title="Si une donnée manque")
    examples: list[Example] = Field([], title="Exemples chiffrés")

    @model_validator(mode="after")
    def _a_rule_or_criteria(self) -> Self:
        if (self.rule is None) == (self.criteria is None):
            raise RefusalError(
                "criterion-shape", "Un critère porte soit une règle (« rule »), soit des sous-critères (« criteria »)."
            )
        if self.open_ended is ("weight" in self.model_fields_set):
            raise RefusalError(
                "weight-shape", "Un critère a un poids (« weight »), sauf s'il est sans maximum (« open_ended: oui »)."
            )
        if self.open_ended and (self.capped or self.out_of is not None):
            raise RefusalError(
                "weight-shape", "Un critère sans maximum (« open_ended: oui ») n'a ni « out_of » ni « capped »."
            )
        return self

    @property
    def scale(self) -> Fraction:
        """What one point of the rule is worth in the total: weight ÷ out_of."""
        return Fraction(1) if self.out_of is None or self.out_of == self.weight else self.weight / self.out_of

    @property
    def top(self) -> Fraction:
        """The highest mark that the rule may give."""
        return self.weight if self.out_of is None else self.out_of

    @property
    def counts_in_sum(self) -> bool:
        """Whether the weight is a part of its parent's, or of the total announced."""
        return not (self.bonus or self.open_ended)

    @property
    def most(self) -> Fraction | None:
        """The most points that it may add to the total, bonus included; None without limit."""
        if self.criteria is None:
            return None if self.open_ended else self.weight
        added = most_of(self.criteria)
        return added if not self.capped else self.weight if added is None else min(added, self.weight)

    @property
    def announced(self) -> Fraction | None:
        """The maximum that people are told; None where there is none."""
        return None if self.most is None or not self.weight else self.weight

    @property
    def column(self) -> str:
        """The words that head a column."""
        return self.short or self.label

    def walk(self) -> "Iterator[Criterion]":
        """Give the criterion, then all below it, in the order of the file."""
        yield self
        for child in self.criteria or ():
            yield from child.walk()


def most_of(criteria: Iterable[Criterion]) -> Fraction | None:
    """Give the most points that several criteria may add up to; None without limit."""
    every = [criterion.most for criterion in criteria]
    known = [most for most in every if most is not None]
    return sum(known, Fraction(0)) if len(known) == len(every) else None


def _few(decimals: int) -> int:
    if decimals > MAX_DECIMALS:
        raise RefusalError("decimals-range", "Au plus {limit} décimales.", {"limit": MAX_DECIMALS})
    return decimals


def _file_named(raw: object) -> object:
    """Refuse a name that is left blank: what was verified would silently not count."""
    if raw is None:
        raise RefusalError(
            "text-expected",
            "Le fichier des vérifications n'est pas nommé : donnez son nom, ou retirez la ligne « verified ».",
        )
    return raw


class Criteria(Model):
    """The whole policy of a call."""

    language: Literal["1"] = Field(title="Version du langage")
    call: Call = Field(title="Appel")
    total: Points = Field(Fraction(100), title="Total des poids")
    decimals: Annotated[Count, AfterValidator(_few)] = Field(2, title="Décimales montrées (6 au plus)")
    facts: list[DeclaredFact] = Field([], title="Données propres à l'appel")
    jury: Text | None = Field(None, title="Jury, relatif à ce fichier")
    mapping: Text | None = Field(None, title="Correspondance des exports, relative à ce fichier")
    verified: Annotated[Text | None, BeforeValidator(_file_named)] = Field(
        None, title="Vérifications faites après le dépôt, relatives à ce fichier"
    )
    verify: list[Text] = Field([], title="Données à vérifier avant qu'une place soit acquise")
    computed: list[ComputedFact] = Field([], title="Données calculées par l'appel")
    parameters: list[Parameter] = Field([], title="Paramètres, qui peuvent changer de valeur")
    plausible: list[PlausibleFact] = Field([], title="Valeurs plausibles : au-delà, un avertissement")
    waves: list[Wave] = Field(title="Vagues, dans l'ordre", min_length=1)
    versions: Versions = Field(default_factory=Versions.model_construct, title="Versions d'une même candidature")
    eligibility: list[Gate] = Field([], title="Conditions de recevabilité")
    criteria: list[Criterion] = Field(title="Critères", min_length=1)
    ranking: Ranking = Field(default_factory=Ranking.model_construct, title="Classement")
    selection: Selection = Field(title="Sélection")
    examples: list[WholeExample] = Field([], title="Exemples de candidatures entières")

    @model_validator(mode="before")
    @classmethod
    def _limits_stated(cls, data: Any) -> Any:
        """Put what parameters state in the place of their names, where they stand as limits."""
        return with_limits(data)

    @cached_property
    def catalogue(self) -> Mapping[str, Fact]:
        """What the rules of this call may read: the common catalogue, and the facts that it declares or works out."""
        own = [
            declared_fact(f.name, f.type, f.label, f.unit, f.minimum, f.maximum, f.choices, f.step) for f in self.facts
        ]
        known = {**CATALOGUE, **{fact.name: fact for fact in (*own, *map(parameter_fact, self.parameters))}}
        for computed in self.computed:
            if computed.rule is not None:
                known.update((fact.name, fact) for fact in facts_of_comparisons(computed.rule, known))
            fact = computed_fact(computed, known)
            known[fact.name] = fact
        for rule in self.every_rule:
            known.update((fact.name, fact) for fact in facts_of_comparisons(rule, known))
        words = words_named(self.every_rule, self.every_demand)
        known |= {name: with_words(known[name], said) for name, said in words.items() if name in known}
        for name, others in compared_facts(self.every_rule, self.every_demand).items():
            if name in known:
                known[name] = known[name]._replace(compared=tuple(known[each] for each in sorted(others & {*known})))
        return known

    @cached_property
    def plausible_values(self) -> Mapping[str, Plausible]:
        """What is held to be plausible of each fact: of those that the call declares, and of any other."""
        own = {f"{PREFIX}{fact.name}": fact.plausible for fact in self.facts if fact.plausible is not None}
        return own | {each.fact: each for each in self.plausible}

    @property
    def every_demand(self) -> Iterator[AnyCondition]:
        """The conditions that stand outside rules: those of gates, quotas, thresholds and envelopes."""
        yield from (gate.require for gate in self.eligibility)
        yield from (quota.when for quota in self.selection.quotas)
        yield from (floor.when for floor in self.selection.floors)
        if self.selection.budget is not None:
            yield from (envelope.when for envelope in self.selection.budget.envelopes)

    @property
    def announced(self) -> Fraction | None:
        """The highest total that people are told; None where a criterion has no limit, or nothing counts in it."""
        return None if most_of(self.criteria) is None or not self.total else self.total

    @property
    def every_rule(self) -> Iterator[AnyRule]:
        """The rules of the criteria and of the computed facts."""
        yield from (leaf.rule for leaf in self.leaves if leaf.rule is not None)
        yield from (computed.rule for computed in self.computed if computed.rule is not None)

    @property
    def parameters_stating(self) -> frozenset[str]:
        """The parameters that state limits: of totals, of criteria, of bands, of the budgets of waves."""
        bands = (part.bands for rule in self.every_rule for part in simple_rules(rule) if isinstance(part, Bands))
        limits = (self.selection, *self.selection.floors, *self.selection.thresholds, *self.waves)
        limited = [*limits, *chain.from_iterable(bands)]
        return frozenset(name for each in limited for name in each.parameters_named)

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        """The rules by which assessors judge, by subject."""
        parts = (part for rule in self.every_rule for part in simple_rules(rule))
        return {part.on: part for part in parts if isinstance(part, Judgement)}

    @cached_property
    def refusing(self) -> tuple[str, ...]:
        """The facts that make a candidature ineligible where their value is outside of what a rule accepts."""
        parts = (part for leaf in self.leaves if leaf.rule is not None for part in simple_rules(leaf.rule))
        found = (part.fact for part in parts if isinstance(part, Linear) and part.outside is Outside.REFUSE)
        return tuple(dict.fromkeys(found))

    @cached_property
    def by_id(self) -> Mapping[str, Criterion]:
        """Every criterion of the tree, by its id."""
        return {criterion.id: criterion for root in self.criteria for criterion in root.walk()}

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria that carry a rule, in the order of the file."""
        return tuple(criterion for criterion in self.by_id.values() if criterion.rule is not None)

    @cached_property
    def comparisons(self) -> tuple[Relative, ...]:
        """The rules that compare candidatures with one another."""
        rules = (part for leaf in self.leaves if leaf.rule for part in simple_rules(leaf.rule))
        return tuple(rule for rule in rules if isinstance(rule, Relative))

    def wave(self, name: str) -> Wave | None:
        """Find a wave by its id."""
        return next((wave for wave in self.waves if wave.id == name), None)
