"""What a schema cannot say of a policy: names that lead nowhere, weights that do not add up, examples that fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise

from ami_scoring.domain.computed import COMPUTED, ComputedFact
from ami_scoring.domain.criteria import Criteria, Criterion, CriterionTie, DrawTie, FactTie, Scale, Threshold, most_of
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.rules import AnyRule, Judgement, Relative, facts_read, simple_rules
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.category_checks import check_twice
from ami_scoring.scoring.completions import attainable_points
from ami_scoring.scoring.computing import with_operands
from ami_scoring.scoring.condition_checks import check_condition
from ami_scoring.scoring.engine import facts_used
from ami_scoring.scoring.example_checks import check_example, check_whole_examples
from ami_scoring.scoring.problems import Path, error, unknown_fact
from ami_scoring.scoring.rule_checks import check_rule
from ami_scoring.scoring.share_checks import every_share
from ami_scoring.scoring.wording import points_word


def check_criteria(criteria: Criteria) -> list[Problem]:
    """List every problem of a policy, in no particular order. Without an error, it scores any candidature."""
    problems = [*_check_names(criteria), *_check_facts(criteria), *_check_waves(criteria), *_check_zoning(criteria)]
    criteria = _declared_once(criteria)
    problems.extend((*_check_computed(criteria), *_check_parameters(criteria), *_check_gates(criteria)))
    for place, root in enumerate(criteria.criteria):
        problems.extend(_check_criterion(root, ("criteria", place), criteria))
    problems.extend(_check_sum(criteria.criteria, criteria.total, ("criteria",), "le total annoncé"))
    problems.extend(_check_ranking(criteria))
    problems.extend(_check_selection(criteria))
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems.extend(check_whole_examples(criteria))
    return problems


def _declared_once(criteria: Criteria) -> Criteria:
    """Keep the first of the facts declared under one name: what reads it should not be blamed for the second."""
    twice = {*_repeated([fact.name for fact in criteria.facts])}
    if not twice:
        return criteria
    kept = [fact for place, fact in enumerate(criteria.facts) if place not in twice]
    return Criteria.model_construct(**{**dict(criteria), "facts": kept})


def _check_names(criteria: Criteria) -> Iterator[Problem]:
    listed: tuple[tuple[str, str, list[str]], ...] = (
        ("waves", "id", [wave.id for wave in criteria.waves]),
        ("facts", "name", [fact.name for fact in criteria.facts]),
        ("computed", "name", [fact.name for fact in criteria.computed]),
        ("parameters", "name", [fact.name for fact in criteria.parameters]),
        ("eligibility", "id", [gate.id for gate in criteria.eligibility]),
    )
    for section, key, names in listed:
        for place in _repeated(names):
            yield error("name-twice", (section, place, key), "« {name} » sert déjà plus haut.", name=names[place])
    walked = [
        (criterion.id, path)
        for place, root in enumerate(criteria.criteria)
        for criterion, path in _paths(root, ("criteria", place))
    ]
    for place in _repeated([name for name, _ in walked]):
        name, path = walked[place]
        yield error("name-twice", (*path, "id"), "« {name} » sert déjà à un autre critère.", name=name)


def _check_zoning(criteria: Criteria) -> Iterator[Problem]:
    zoned = [name for name in facts_used(criteria) if name.startswith("zonage")]
    for place, wave in enumerate(criteria.waves):
        if zoned and wave.zoning is None:
            yield error(
                "zoning-missing",
                ("waves", place),
                "Des règles lisent « {fact} » : cette vague doit nommer sa table (« zoning »).",
                fact=zoned[0],
            )


def _repeated(names: list[str]) -> Iterator[int]:
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        if seen[name]:
            yield place
        seen[name] += 1


def _paths(criterion: Criterion, path: Path) -> Iterator[tuple[Criterion, Path]]:
    yield criterion, path
    for place, child in enumerate(criterion.criteria or ()):
        yield from _paths(child, (*path, "criteria", place))


def _check_facts(criteria: Criteria) -> Iterator[Problem]:
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
            yield error("limits-crossed", (*path, "minimum"), "Le minimum dépasse le maximum.")


def _check_computed(criteria: Criteria) -> Iterator[Problem]:
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


def _check_operations(criteria: Criteria) -> Iterator[Problem]:
    known = {name: fact for name, fact in criteria.catalogue.items() if not name.startswith(COMPUTED)}
    for place, computed in enumerate(criteria.computed):
        path: Path = ("computed", place)
        wants_dates = computed.operation in {"months", "days"}
        if not computed.type.is_number:
            yield error("type-mismatch", (*path, "type"), "Une donnée calculée est un nombre.")
        if computed.minimum is not None and computed.maximum is not None and computed.minimum > computed.maximum:
            yield error("limits-crossed", (*path, "minimum"), "Le minimum dépasse le maximum.")
        if computed.type is FactType.INTEGER and not _is_whole(computed, known):
            yield error(
                "type-mismatch", (*path, "type"), "Ce calcul peut donner un nombre qui n'est pas entier (« decimal »)."
            )
        if computed.rule is not None:
            yield from check_rule(computed.rule, (*path, "rule"), known)
            yield from _check_subjects(computed.rule, (*path, "rule"), criteria)
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
    numbers = [operand for operand in computed.operands if not isinstance(operand, str)]
    return computed.operation == "days" or (
        all(fact.type is FactType.INTEGER for fact in facts) and all(number.denominator == 1 for number in numbers)
    )


def _check_operand(name: str, known: Mapping[str, Fact], path: Path, *, wants_dates: bool) -> Iterator[Problem]:
    fact = known.get(name)
    if fact is None:
        yield unknown_fact(name, path)
    elif wants_dates is not (fact.type is FactType.DATE) or not fact.type.is_ordered:
        needed = "une date" if wants_dates else "un nombre"
        yield error("type-mismatch", path, "« {fact} » : il faut ici {needed}.", fact=name, needed=needed)


def _check_parameters(criteria: Criteria) -> Iterator[Problem]:
    for place, parameter in enumerate(criteria.parameters):
        for position, (before, after) in enumerate(pairwise(parameter.values), start=1):
            path: Path = ("parameters", place, "values", position)
            if after.from_ is None:
                yield error("parameter-date", path, "À partir de la deuxième, une valeur dit depuis quand (« from »).")
            elif before.from_ is not None and after.from_ <= before.from_:
                yield error(
                    "parameter-order", (*path, "from"), "Les valeurs vont de la plus ancienne à la plus récente."
                )


def _check_waves(criteria: Criteria) -> Iterator[Problem]:
    for place, wave in enumerate(criteria.waves[1:], start=1):
        before = criteria.waves[place - 1]
        if before.takes(wave.closes):
            yield error(
                "waves-order",
                ("waves", place, "closes"),
                "« {wave} » doit clore après « {before} » ({day}).",
                wave=wave.id,
                before=before.id,
                day=before.closes_on,
            )


def _check_gates(criteria: Criteria) -> Iterator[Problem]:
    for place, gate in enumerate(criteria.eligibility):
        yield from check_condition(gate.require, ("eligibility", place, "require"), criteria.catalogue)


def _check_criterion(criterion: Criterion, path: Path, criteria: Criteria) -> Iterator[Problem]:
    if criterion.weight < 0:
        yield error("weight-negative", (*path, "weight"), "Un poids ne peut pas être négatif.")
    if criterion.out_of is not None and criterion.out_of <= 0:
        yield error("out-of-zero", (*path, "out_of"), "La note maximale doit être positive.")
    if criterion.rule is not None:
        problems = list(check_rule(criterion.rule, (*path, "rule"), criteria.catalogue))
        problems.extend(_check_subjects(criterion.rule, (*path, "rule"), criteria))
        yield from problems
        if not any(problem.severity is Severity.ERROR for problem in problems) and _have_values(
            criterion.rule, criteria
        ):
            yield from _check_marks(criterion, criterion.rule, path, criteria)
    elif criterion.examples:
        yield error("example-idle", (*path, "examples"), "Un exemple se place sous un critère qui porte une règle.")
    for place, child in enumerate(criterion.criteria or ()):
        yield from _check_criterion(child, (*path, "criteria", place), criteria)
    if criterion.criteria and not criterion.capped:
        yield from _check_sum(
            criterion.criteria, criterion.weight, (*path, "criteria"), f"le poids de « {criterion.id} »"
        )


def _have_values(rule: AnyRule, criteria: Criteria) -> bool:
    """Say whether every fact behind a rule can have a value at all: limits crossed, or a step of zero, leave none."""
    names = with_operands(facts_read(rule), criteria)
    return all(_has_values(criteria.catalogue[name]) for name in names if name in criteria.catalogue)


def _has_values(fact: Fact) -> bool:
    low, high = fact.minimum, fact.maximum
    crossed = low is not None and high is not None and low > high  # type: ignore[operator] # both numbers, or both dates
    return not crossed and (fact.step is None or fact.step > 0)


def _check_subjects(rule: AnyRule, path: Path, criteria: Criteria) -> Iterator[Problem]:
    for part in simple_rules(rule):
        if isinstance(part, Judgement) and criteria.judgements[part.on] != part:
            yield error(
                "name-twice",
                path,
                "« {subject} » est jugé ailleurs sur une autre échelle : un sujet, une règle.",
                subject=part.on,
            )


def _check_sum(parts: Iterable[Criterion], expected: Fraction, path: Path, what: str) -> Iterator[Problem]:
    counted = [part.weight for part in parts if part.counts_in_sum]
    total = sum(counted, Fraction(0))
    if counted and total != expected:
        message = Message(
            "La somme des poids vaut {total} ; {what} est {expected}.",
            {"total": total, "what": what, "expected": expected},
        )
        gap = "Il manque {gap}" if total < expected else "Il y a {gap} de trop"
        mend = Message(
            gap + " : corrigez un poids, ou {what}.", {"gap": points_word(abs(expected - total)), "what": what}
        )
        yield Problem("weights-sum", Severity.ERROR, path, message, mend)


def _check_marks(criterion: Criterion, rule: AnyRule, path: Path, criteria: Criteria) -> Iterator[Problem]:
    reach = attainable_points(rule, criteria.catalogue)
    if reach.low < criterion.down_to:
        yield error(
            "mark-below-floor",
            (*path, "rule"),
            "Cette règle peut donner {low} ; des points négatifs se déclarent par « down_to ».",
            low=points_word(reach.low),
        )
    if reach.high > criterion.top and not criterion.open_ended:
        message = Message(
            "Cette règle peut donner {high}, plus que le maximum du critère ({top}).",
            {"high": points_word(reach.high), "top": criterion.top},
        )
        mend = Message("Baissez les points, plafonnez-les (« at_most »), ou relevez le maximum.")
        yield Problem("mark-above-top", Severity.ERROR, (*path, "rule"), message, mend)
    if reach.is_single:
        message = Message(
            "Cette règle donne toujours {points} : le poids du critère n'agit jamais.", {"points": reach.low}
        )
        yield Problem("never-acts", Severity.WARNING, (*path, "rule"), message)
    failed = [
        problem
        for place, example in enumerate(criterion.examples)
        for problem in check_example(example, rule, (*path, "examples", place), criteria)
    ]
    yield from failed
    if failed:  # an error keeps advice unsaid, and this one may be its cause
        yield from every_share(rule, (*path, "rule"), criteria.catalogue)


def _check_ranking(criteria: Criteria) -> Iterator[Problem]:
    for place, tie in enumerate(criteria.ranking.ties):
        path: Path = ("ranking", "ties", place)
        match tie:
            case CriterionTie() if tie.criterion not in criteria.by_id:
                yield _unknown_criterion(tie.criterion, path)
            case FactTie() if tie.fact not in criteria.catalogue:
                yield unknown_fact(tie.fact, (*path, "fact"))
            case FactTie() if not criteria.catalogue[tie.fact].type.is_ordered:
                yield error("type-mismatch", (*path, "fact"), "Un départage lit un nombre ou une date.")
            case DrawTie() if place < len(criteria.ranking.ties) - 1:
                yield error("draw-not-last", path, "Après un tirage au sort, aucun départage ne sert.")
            case _:
                pass


def _check_selection(criteria: Criteria) -> Iterator[Problem]:
    for place, threshold in enumerate(criteria.selection.thresholds):
        path: Path = ("selection", "thresholds", place)
        criterion = criteria.by_id.get(threshold.criterion)
        if criterion is None:
            yield _unknown_criterion(threshold.criterion, (*path, "criterion"))
        else:
            yield from _check_threshold(threshold, criterion, path)
    yield from _check_places_kept(criteria)
    for place, quota in enumerate(criteria.selection.quotas):
        if quota.at_most is not None and quota.at_least > quota.at_most:
            yield error(
                "limits-crossed",
                ("selection", "quotas", place, "at_least"),
                "Plus de places garanties que de places au plus.",
            )
    yield from _check_categories_of_selection(criteria)
    yield from _check_totals(criteria)


def _check_places_kept(criteria: Criteria) -> Iterator[Problem]:
    """Find the quota with which more places are kept than there are."""
    places = criteria.selection.places
    kept = list(accumulate(quota.at_least for quota in criteria.selection.quotas))
    if places is not None and kept and kept[-1] > places:
        guilty = next(place for place, so_far in enumerate(kept) if so_far > places)
        yield error(
            "quota-unreachable",
            ("selection", "quotas", guilty, "at_least"),
            "Places garanties par les quotas : {kept} ; places en tout : {places}.",
            kept=kept[-1],
            places=places,
        )
    for place, wave in enumerate(criteria.waves):
        if wave.places is not None and kept and kept[-1] > wave.places:
            yield error(
                "quota-unreachable",
                ("waves", place, "places"),
                "Places garanties par les quotas : {kept} ; places de cette vague : {places}.",
                kept=kept[-1],
                places=wave.places,
            )


def _check_threshold(threshold: Threshold, criterion: Criterion, path: Path) -> Iterator[Problem]:
    top = criterion.most if threshold.on is Scale.POINTS else _highest_mark(criterion)
    if threshold.share is not None and not 0 <= threshold.share <= 1:
        yield error("threshold-above-top", (*path, "share"), "Une part va de 0 à 1.")
    elif threshold.share is not None and criterion.open_ended:
        yield error("threshold-above-top", (*path, "share"), "Un critère sans maximum n'a pas de part (« at_least »).")
    elif threshold.at_least is not None and top is not None and threshold.at_least > top:
        yield error(
            "threshold-above-top", (*path, "at_least"), "Ce seuil dépasse le maximum du critère ({top}).", top=top
        )


def _check_totals(criteria: Criteria) -> Iterator[Problem]:
    selection, most = criteria.selection, most_of(criteria.criteria)
    marks = [_highest_mark(root) for root in criteria.criteria]
    known = [mark for mark in marks if mark is not None]
    raw = sum(known, Fraction(0)) if len(known) == len(marks) else None
    bounds: list[tuple[Path, Fraction | None, Fraction | None]] = [
        (("selection", "minimum"), selection.minimum, most),
        (("selection", "minimum_mark"), selection.minimum_mark, raw),
        (("selection", "decides_from"), selection.decides_from, most),
        *((("selection", "floors", place, "at_least"), f.at_least, most) for place, f in enumerate(selection.floors)),
    ]
    for path, bound, top in bounds:
        if bound is not None and top is not None and bound > top:
            yield error("threshold-above-top", path, "Ce minimum dépasse le total possible ({top}).", top=top)


def _highest_mark(criterion: Criterion) -> Fraction | None:
    return criterion.most if criterion.criteria is not None or criterion.open_ended else criterion.top


def _check_categories_of_selection(criteria: Criteria) -> Iterator[Problem]:
    selection = criteria.selection
    listed = {"quotas": [each.when for each in selection.quotas], "floors": [each.when for each in selection.floors]}
    for name, conditions in listed.items():
        for place, condition in enumerate(conditions):
            yield from check_condition(condition, ("selection", name, place, "when"), criteria.catalogue)
    budget = selection.budget
    if budget is None:
        return
    path: Path = ("selection", "budget")
    asked = criteria.catalogue.get(budget.ask)
    if asked is None:
        yield unknown_fact(budget.ask, (*path, "ask"))
    elif not asked.type.is_number:
        yield error("type-mismatch", (*path, "ask"), "Le montant demandé doit être un nombre.")
    for place, envelope in enumerate(budget.envelopes):
        yield from check_condition(envelope.when, (*path, "envelopes", place, "when"), criteria.catalogue)
    if budget.amount < 0 or budget.times <= 0:
        yield error("budget-overdrawn", (*path, "amount"), "Le montant et son multiple doivent être positifs.")
    shared = sum((envelope.amount for envelope in budget.envelopes), Fraction(0))
    if shared > budget.amount:
        yield error(
            "budget-overdrawn",
            (*path, "envelopes"),
            "Les parts réservées font {shared}, plus que le budget ({amount}).",
            shared=shared,
            amount=budget.amount,
        )


def _unknown_criterion(name: str, path: Path) -> Problem:
    return Problem(
        "unknown-criterion", Severity.ERROR, path, Message("Aucun critère n'a pour « id » « {name} ».", {"name": name})
    )
