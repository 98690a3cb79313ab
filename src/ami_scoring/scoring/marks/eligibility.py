"""Who may be scored at all: gates, and information without which the policy refuses a candidature."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from ami_scoring.domain.computed import COMPUTED
from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.criteria import Criteria, Criterion, Gate, MissingPolicy
from ami_scoring.domain.facts import FactType, Missing, Value, is_withheld
from ami_scoring.domain.rules import simple_rules
from ami_scoring.domain.scores import Mark, ScoreCard, Scored
from ami_scoring.domain.simple_rules import Bands, Linear, Lookup, Outside, SimpleRule, Table
from ami_scoring.domain.standings import Status
from ami_scoring.messages import Message
from ami_scoring.scoring.marks.conditions import holds, undecided
from ami_scoring.scoring.marks.remembering import by_facts, by_marks


class Entrance(NamedTuple):
    """What the gates say: why a candidature is refused, and what they still wait for."""

    refused: tuple[Message, ...]
    pending: tuple[Message, ...]


def enter(criteria: Criteria, values: Mapping[str, Value]) -> Entrance:
    """Put a candidature through every gate, so that all the reasons are told at once."""
    refused: list[Message] = []
    pending: list[Message] = []
    for gate in criteria.eligibility:
        answer = holds(gate.require, values)
        if answer is False:
            refused.append(_unmet(gate))
        elif answer is None:
            names = undecided(gate.require, values)
            waits = gate.if_missing is MissingPolicy.HOLD or any(is_withheld(values[name]) for name in names)
            if waits:
                pending.append(_undecided("condition à vérifier : {label} (il manque {names})", gate, names, criteria))
            elif gate.if_missing is MissingPolicy.REJECT:
                refused.append(_undecided("condition non établie : {label} (il manque {names})", gate, names, criteria))
    return Entrance(tuple(refused), tuple(pending))


def gatekeeper(criteria: Criteria) -> Callable[[Mapping[str, Value]], Entrance]:
    """Make a function that does as `enter`, and remembers what equal facts gave."""
    names = (name for gate in criteria.eligibility for name in facts_of(gate.require))
    return by_facts(names, partial(enter, criteria))


def refuser(criteria: Criteria) -> Callable[[ScoreCard], tuple[Message, ...]]:
    """Make a function that does as `refusals`, and looks only at the marks of criteria that can refuse anything."""
    looked = [leaf.id for leaf in criteria.leaves if _may_refuse(leaf)]
    may = by_marks(lambda card: any(_lacks_or_excludes(card.marks[name]) for name in looked))
    return lambda card: refusals(criteria, card) if may(card) else ()


def _lacks_or_excludes(mark: Mark) -> bool:
    appraisal = mark.appraisal
    return appraisal is not None and bool(appraisal.missing or appraisal.outcome.refused)


def _may_refuse(leaf: Criterion) -> bool:
    """Say whether a criterion refuses whoever leaves out what it reads, or some values of it."""
    parts = simple_rules(leaf.rule) if leaf.rule else ()
    return leaf.if_missing is MissingPolicy.REJECT or any(map(_may_exclude, parts))


def _may_exclude(rule: SimpleRule) -> bool:
    match rule:
        case Lookup():
            return rule.otherwise is None
        case Linear():
            return rule.outside is Outside.REFUSE
        case _:
            return isinstance(rule, (Bands, Table))


def refusals(criteria: Criteria, card: ScoreCard) -> tuple[Message, ...]:
    """Say why scoring itself refuses a candidature: required information missing, or a value out of a rule's domain."""
    reasons: list[Message] = []
    for leaf in criteria.leaves:
        appraisal = card.marks[leaf.id].appraisal
        if appraisal is None or not (appraisal.missing or appraisal.outcome.refused):
            continue
        absent = [name for name in appraisal.missing if not is_withheld(card.values[name])]
        if absent and leaf.if_missing is MissingPolicy.REJECT:
            reasons.append(
                Message(
                    "« {label} » : il manque {names}, sans quoi la candidature n'est pas recevable",
                    {"label": leaf.label, "names": _labels(absent, criteria)},
                )
            )
        if appraisal.outcome.refused:
            reasons.append(
                Message(
                    "« {label} » : valeur hors du domaine admis ({fact})",
                    {"label": leaf.label, "fact": criteria.catalogue[appraisal.outcome.refused].label},
                )
            )
    return tuple(reasons)


def awaited(card: ScoreCard) -> tuple[Message, ...]:
    """Say what a total that the policy would give without it must wait for: what a refused file holds."""
    if card.total is None or Missing not in map(type, card.values.values()):
        return ()
    whys = [value.why for value in card.values.values() if isinstance(value, Missing) and value.withheld and value.why]
    return tuple(why for place, why in enumerate(whys) if why not in whys[:place])


def waited_for(criteria: Criteria, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Name the facts without which a candidature that nothing refuses can hold no place, whatever its total."""
    gates = (gate.require for gate in criteria.eligibility if gate.if_missing is not MissingPolicy.ZERO)
    asked = (name for require in gates for name in undecided(require, values))
    return tuple(dict.fromkeys((*asked, *(name for name, value in values.items() if is_withheld(value)))))


def is_owed_by_jury(name: str, criteria: Criteria, values: Mapping[str, Value]) -> bool:
    """Say whether a missing fact is an opinion that assessors owe, or is worked out from such opinions alone."""
    computed = next((each for each in criteria.computed if f"{COMPUTED}{each.name}" == name), None)
    if computed is None:
        return criteria.catalogue[name].type is FactType.OPINIONS
    absent = [each for each in computed.operands if isinstance(each, str) and isinstance(values[each], Missing)]
    return bool(absent) and all(is_owed_by_jury(each, criteria, values) for each in absent)


def waiting_status(scored: Scored, criteria: Criteria) -> Status:
    """Say what a candidature without a rank waits for: a correction, what its applicant owes, or else the jury."""
    if scored.entry.refused:
        return Status.TO_CORRECT
    return Status.AWAITED if owes_opinions_alone(scored, criteria) else Status.TO_COMPLETE


def owes_opinions_alone(scored: Scored, criteria: Criteria) -> bool:
    """Say whether something that the policy requires is missing, and all of it is the jury's."""
    values = scored.card.values
    held = (mark for mark in scored.card.marks.values() if mark.points is None)
    names = {*waited_for(criteria, values), *(name for mark in held for name in mark.missing)}
    return bool(names) and all(is_owed_by_jury(name, criteria, values) for name in names)


def _unmet(gate: Gate) -> Message:
    if gate.reference is None:
        return Message("condition non remplie : {label}", {"label": gate.label})
    return Message("condition non remplie : {label} ({reference})", {"label": gate.label, "reference": gate.reference})


def _undecided(template: str, gate: Gate, names: Iterable[str], criteria: Criteria) -> Message:
    return Message(template, {"label": gate.label, "names": _labels(names, criteria)})


def _labels(names: Iterable[str], criteria: Criteria) -> list[str]:
    return [f"« {criteria.catalogue[name].label} »" for name in names]
