"""What a schema cannot say of a policy: names that lead nowhere, weights that do not add up, examples that fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Fact
from ami_scoring.domain.rules import AnyRule, facts_read
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.conditions import check_condition
from ami_scoring.scoring.checks.declarations import check_computed, check_facts, check_parameters, check_subjects
from ami_scoring.scoring.checks.examples import check_examples, check_whole_examples
from ami_scoring.scoring.checks.identifiers import check_identifiers
from ami_scoring.scoring.checks.plausible import check_plausible_values
from ami_scoring.scoring.checks.rules import check_rule
from ami_scoring.scoring.checks.selection import check_selection
from ami_scoring.scoring.checks.sizes import check_sizes
from ami_scoring.scoring.checks.ties import check_ranking
from ami_scoring.scoring.checks.verifications import check_idle_verify, check_verify
from ami_scoring.scoring.marks import attainable_points, facts_used, with_operands
from ami_scoring.scoring.words import Path, error, points_word, repeated


def check_criteria(criteria: Criteria) -> list[Problem]:
    """List every problem of a policy, in no particular order. Without an error, it scores any candidature."""
    problems = [*_check_names(criteria), *check_facts(criteria), *_check_waves(criteria), *_check_zoning(criteria)]
    problems.extend((*check_identifiers(criteria), *check_plausible_values(criteria)))
    criteria = _declared_once(criteria)
    problems.extend(
        (*check_sizes(criteria), *check_computed(criteria), *check_parameters(criteria), *_check_gates(criteria))
    )
    for place, root in enumerate(criteria.criteria):
        problems.extend(_check_criterion(root, ("criteria", place), criteria))
    if "total" in criteria.model_fields_set or any(root.counts_in_sum for root in criteria.criteria):
        problems.extend(_check_sum(criteria.criteria, criteria.total, ("criteria",), "le total annoncé"))
    problems.extend(check_ranking(criteria))
    problems.extend((*check_selection(criteria), *check_verify(criteria)))
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems.extend((*check_whole_examples(criteria), *check_idle_verify(criteria)))
    return problems


def _declared_once(criteria: Criteria) -> Criteria:
    """Keep the first of the facts declared under one name: what reads it should not be blamed for the second."""
    twice = {place for place, _ in repeated([fact.name for fact in criteria.facts])}
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
        for place, first in repeated(names):
            yield error(
                "name-twice",
                (section, place, key),
                "« {name} » sert déjà plus haut.",
                related=((section, first, key),),
                name=names[place],
            )
    walked = [
        (criterion.id, path)
        for place, root in enumerate(criteria.criteria)
        for criterion, path in _paths(root, ("criteria", place))
    ]
    for place, first in repeated([name for name, _ in walked]):
        name, path = walked[place]
        other = (*walked[first][1], "id")
        yield error(
            "name-twice", (*path, "id"), "« {name} » sert déjà à un autre critère.", related=(other,), name=name
        )


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


def _paths(criterion: Criterion, path: Path) -> Iterator[tuple[Criterion, Path]]:
    yield criterion, path
    for place, child in enumerate(criterion.criteria or ()):
        yield from _paths(child, (*path, "criteria", place))


def _check_waves(criteria: Criteria) -> Iterator[Problem]:
    for place, wave in enumerate(criteria.waves[1:], start=1):
        before = criteria.waves[place - 1]
        if before.takes(wave.closes):
            yield error(
                "waves-order",
                ("waves", place, "closes"),
                "« {wave} » doit clore après « {before} » ({day}).",
                related=(("waves", place - 1, "closes"),),
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
    yield from _check_keys(criterion, path)
    if criterion.rule is not None:
        problems = list(_check_rule_of(criterion, path, criteria))
        problems.extend(check_subjects(criterion.rule, (*path, "rule"), criteria))
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


def _check_keys(criterion: Criterion, path: Path) -> Iterator[Problem]:
    """Find the keys that would act on nothing: those of a rule where there is none, the cap of what has no parts."""
    on_rules = ("out_of", "if_missing", "down_to")
    for key in on_rules if criterion.criteria else ("capped",):
        if key in criterion.model_fields_set:
            message = Message(
                "« {key} » n'a pas d'effet sur un critère {made}.", {"key": key, "made": _made_of(criterion)}
            )
            right = (
                "sous chaque sous-critère qu'il concerne" if criterion.criteria else "sur un critère qui en contient"
            )
            mend = Message("Écrivez-le {right}, ou retirez-le.", {"right": right})
            yield Problem("key-without-effect", Severity.ERROR, (*path, key), message, mend, on_key=True)


def _made_of(criterion: Criterion) -> str:
    return "fait de sous-critères" if criterion.criteria else "qui porte une règle"


def _check_rule_of(criterion: Criterion, path: Path, criteria: Criteria) -> Iterator[Problem]:
    """Check the rule of a criterion; one without maximum may give points without limit."""
    for problem in check_rule(criterion.rule, (*path, "rule"), criteria.catalogue) if criterion.rule else ():
        read = criteria.catalogue.get(str(problem.message.params.get("fact")))
        is_bounded = read is not None and read.ends[1] is not None
        if not (problem.code == "no-cap" and criterion.open_ended and is_bounded):
            yield problem


def _have_values(rule: AnyRule, criteria: Criteria) -> bool:
    """Say whether every fact behind a rule can have a value at all: limits crossed, or a step of zero, leave none."""
    names = with_operands(facts_read(rule), criteria)
    return all(_has_values(criteria.catalogue[name]) for name in names if name in criteria.catalogue)


def _has_values(fact: Fact) -> bool:
    low, high = fact.minimum, fact.maximum
    crossed = low is not None and high is not None and low > high  # type: ignore[operator] # both numbers, or both dates
    return not crossed and (fact.step is None or fact.step > 0)


def _check_sum(parts: Iterable[Criterion], expected: Fraction, path: Path, what: str) -> Iterator[Problem]:
    counted = [part.weight for part in parts if part.counts_in_sum]
    total = sum(counted, Fraction(0))
    if total == expected:
        return
    if not counted:
        message = Message(
            "Rien ne compte dans {what} ({expected}) : chaque critère est ici un bonus, ou sans maximum.",
            {"what": what, "expected": expected},
        )
        mend = Message("Écrivez 0, ou retirez « bonus » ou « open_ended » de ce qui doit y compter.")
        yield Problem("weights-sum", Severity.ERROR, path, message, mend)
    else:
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
        top = (*path, "weight" if criterion.out_of is None else "out_of")
        yield Problem("mark-above-top", Severity.ERROR, (*path, "rule"), message, mend, related=(top,))
    if reach.is_single:
        message = Message(
            "Cette règle donne toujours {points} : le poids du critère n'agit jamais.", {"points": reach.low}
        )
        yield Problem("never-acts", Severity.WARNING, (*path, "rule"), message)
    failed = list(check_examples(criterion.examples, rule, path, criteria))
    yield from failed
    if failed:  # an error keeps advice unsaid, and this one may be its cause
        from ami_scoring.scoring.checks.shares import every_share  # noqa: PLC0415 - a sound policy does not need it

        yield from every_share(rule, (*path, "rule"), criteria.catalogue)
