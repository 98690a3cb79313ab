"""What is wrong in what a policy declares for its own rules: facts, computed facts, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from ami_scoring.domain.computed import COMPUTED, ComputedFact
from ami_scoring.domain.conditions import is_day
from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, SumOf, WorstOf, simple_rules
from ami_scoring.domain.simple_rules import Judgement, Relative, own_facts
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.categories import check_twice
from ami_scoring.scoring.checks.rules import check_rule
from ami_scoring.scoring.words import Path, error, unknown_fact


def check_facts(criteria: Criteria) -> Iterator[Problem]:
    """Check the facts that the call declares, each on its own."""
    for place, fact in enumerate(criteria.facts):
        path: Path = ("facts", place)
        for key, bound in (("minimum", fact.minimum), ("maximum", fact.maximum)):
            if bound is not None and not fact.type.is_number:
                yield error("type-mismatch", (*path, key), "Seul un nombre a des bornes.")
        if fact.type is FactType.OPINIONS:
            yield error("type-mismatch", (*path, "type"), "Un avis ne se déclare pas : une règle « judgement » le lit.")
        if fact.type is FactType.CHOICE and not fact.choices:
            yield error("choices-missing", path, "Un choix se déclare avec la liste de ses valeurs (« choices »).")
        yield from check_twice(fact.choices or (), (*path, "choices"), range(len(fact.choices or ())))
        if fact.choices is not None and fact.type is not FactType.CHOICE:
            yield error("type-mismatch", (*path, "choices"), "Seule une donnée de type « choice » a des choix.")
        if fact.step is not None and (fact.step <= 0 or not fact.type.is_number):
            yield error(
                "type-mismatch", (*path, "step"), "Un pas est un nombre positif, pour une donnée qui est un nombre."
            )
        if fact.minimum is not None and fact.maximum is not None and fact.minimum > fact.maximum:
            yield _crossed(path)


def check_computed(criteria: Criteria) -> Iterator[Problem]:
    """Check the facts that the call works out: each reads only those above it."""
    for problem in _check_operations(criteria):
        name = problem.message.params.get("name")
        if problem.code != "unknown-fact" or name not in criteria.catalogue:
            yield problem
        elif name == f"{COMPUTED}{criteria.computed[int(problem.path[1])].name}":
            yield problem._replace(
                message=Message("« {name} » se lit elle-même.", {"name": name}),
                suggestion=Message("Une donnée calculée lit celles qui la précèdent, jamais elle."),
            )
        else:
            yield problem._replace(
                message=Message("« {name} » est calculée plus bas.", {"name": name}),
                suggestion=Message("Placez-la plus haut : une donnée calculée lit celles qui la précèdent."),
            )


def check_parameters(criteria: Criteria) -> Iterator[Problem]:
    """Check the values of parameters, all of one kind, and the dates from which they hold."""
    for place, parameter in enumerate(criteria.parameters):
        first = parameter.values[0].value
        for position, each in enumerate(parameter.values[1:], start=1):
            if isinstance(each.value, date) is not isinstance(first, date):
                yield error(
                    "type-mismatch",
                    ("parameters", place, "values", position, "value"),
                    "Un paramètre est toujours un nombre, ou toujours une date.",
                    related=(("parameters", place, "values", 0, "value"),),
                )
        for position, (before, after) in enumerate(pairwise(parameter.values), start=1):
            path: Path = ("parameters", place, "values", position)
            if after.from_ is None:
                yield error("parameter-date", path, "À partir de la deuxième, une valeur dit depuis quand (« from »).")
            elif before.from_ is not None and after.from_ <= before.from_:
                yield error(
                    "parameter-order",
                    (*path, "from"),
                    "Les valeurs vont de la plus ancienne à la plus récente.",
                    related=(("parameters", place, "values", position - 1, "from"),),
                )


def check_subjects(rule: AnyRule, path: Path, criteria: Criteria) -> Iterator[Problem]:
    """Find the subjects judged on two scales, and the values compared within two facts."""
    others = {own_facts(each)[1]: each.within for each in reversed(criteria.comparisons)}
    for each in simple_rules(rule):
        if isinstance(each, Relative) and others.get(own_facts(each)[1], each.within) != each.within:
            said = "« {fact} » est comparée ailleurs dans un autre groupe (« within ») : une donnée, un groupe."
            yield error("name-twice", path, said, fact=each.fact)
    for part, at in _judgements_in(rule, path):
        kept = criteria.judgements[part.on]
        if kept != part:
            yield error(
                "name-twice",
                at,
                "« {subject} » est jugé ailleurs sur une autre échelle : un sujet, une règle.",
                related=tuple(other for each, other in _judgements(criteria) if each is kept),
                subject=part.on,
            )


def _judgements(criteria: Criteria) -> Iterator[tuple[Judgement, Path]]:
    placed: list[tuple[Criterion, Path]] = [(root, ("criteria", place)) for place, root in enumerate(criteria.criteria)]
    while placed:
        criterion, path = placed.pop()
        placed.extend((child, (*path, "criteria", place)) for place, child in enumerate(criterion.criteria or ()))
        if criterion.rule is not None:
            yield from _judgements_in(criterion.rule, (*path, "rule"))
    for place, computed in enumerate(criteria.computed):
        if computed.rule is not None:
            yield from _judgements_in(computed.rule, ("computed", place, "rule"))


def _judgements_in(rule: AnyRule, path: Path) -> Iterator[tuple[Judgement, Path]]:
    match rule:
        case Judgement():
            yield rule, path
        case Cases():
            for place, row in enumerate(rule.rows):
                if row.rule is not None:
                    yield from _judgements_in(row.rule, (*path, "rows", place, "rule"))
        case BestOf() | WorstOf() | SumOf():
            for place, part in enumerate(rule.rules):
                yield from _judgements_in(part, (*path, "rules", place))
        case _:
            pass


def _crossed(path: Path) -> Problem:
    limit = (*path, "maximum")
    return error("limits-crossed", (*path, "minimum"), "Le minimum dépasse le maximum.", related=(limit,))


def _check_operations(criteria: Criteria) -> Iterator[Problem]:
    known = {name: fact for name, fact in criteria.catalogue.items() if not name.startswith(COMPUTED)}
    for place, computed in enumerate(criteria.computed):
        path: Path = ("computed", place)
        wants_dates = computed.operation in {"months", "days"}
        if not computed.type.is_number:
            yield error("type-mismatch", (*path, "type"), "Une donnée calculée est un nombre.")
        if computed.minimum is not None and computed.maximum is not None and computed.minimum > computed.maximum:
            yield _crossed(path)
        if computed.type is FactType.INTEGER and not _is_whole(computed, known):
            yield error(
                "type-mismatch", (*path, "type"), "Ce calcul peut donner un nombre qui n'est pas entier (« decimal »)."
            )
        if computed.rule is not None:
            yield from check_rule(computed.rule, (*path, "rule"), known)
            yield from check_subjects(computed.rule, (*path, "rule"), criteria)
            if any(isinstance(part, Relative) for part in simple_rules(computed.rule)):
                message = Message("Une donnée calculée ne se compare pas aux autres : « relative » va sous un critère.")
                yield Problem("pool-relative", Severity.ERROR, (*path, "rule"), message)
        for operand in () if computed.rule else computed.operands:
            if isinstance(operand, str):
                yield from _check_operand(operand, known, (*path, computed.operation), wants_dates=wants_dates)
        if computed.ratio is not None and computed.ratio.to == 0:
            message = Message("Une division par zéro ne donne rien.")
            mend = Message("« to » est une donnée, ou un autre nombre.")
            yield Problem("division-by-zero", Severity.ERROR, (*path, "ratio", "to"), message, mend)
        own = criteria.catalogue[f"{COMPUTED}{computed.name}"]
        known[own.name] = own


def _is_whole(computed: ComputedFact, known: Mapping[str, Fact]) -> bool:
    if computed.operation in {"ratio", "months", "rule"}:
        return False
    facts = [known[operand] for operand in computed.operands if isinstance(operand, str) and operand in known]
    numbers = [operand for operand in computed.operands if isinstance(operand, Fraction)]
    return computed.operation == "days" or (
        all(fact.type is FactType.INTEGER for fact in facts) and all(number.denominator == 1 for number in numbers)
    )


def _check_operand(name: str, known: Mapping[str, Fact], path: Path, *, wants_dates: bool) -> Iterator[Problem]:
    fact = known.get(name)
    if fact is None and is_day(name):
        message = Message("« {name} » est une date écrite : il faut ici le nom d'une donnée.", {"name": name})
        mend = Message("Une condition compare une donnée à une date écrite : « before: {name} ».", {"name": name})
        yield Problem("unknown-fact", Severity.ERROR, path, message, mend)
    elif fact is None:
        yield unknown_fact(name, path)
    elif wants_dates is not (fact.type is FactType.DATE) or not fact.type.is_ordered:
        needed = "une date" if wants_dates else "un nombre"
        yield error("type-mismatch", path, "« {fact} » : il faut ici {needed}.", fact=name, needed=needed)
