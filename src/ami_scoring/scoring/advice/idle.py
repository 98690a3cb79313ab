"""Advice on what a policy states and nothing uses: facts, dates, ties, thresholds, keys without a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ami_scoring.domain.computed import COMPUTED, PARAMETERS
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.ties import CriterionTie, DrawTie, Tie, UncoveredTie
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import facts_used
from ami_scoring.scoring.words import Path

_ENVELOPES: Final[Path] = ("selection", "budget", "envelopes")


def advise_idle(criteria: Criteria) -> Iterator[Problem]:
    """Warn of what a policy states in vain."""
    yield from _unused_facts(criteria)
    yield from _late_values(criteria)
    yield from _ties_again(criteria)
    yield from _thresholds_again(criteria)
    yield from _empty_envelopes(criteria)
    yield from _without_place(criteria)
    yield from _without_value(criteria, ())


def _unused_facts(criteria: Criteria) -> Iterator[Problem]:
    """Find what the policy works out or fixes for nothing. A declared fact may be asked only to be known."""
    read = {*facts_used(criteria), *(name for each in criteria.computed for name in each.operands)}
    read |= criteria.parameters_stating
    declared: tuple[tuple[str, list[str]], ...] = (
        ("computed", [f"{COMPUTED}{each.name}" for each in criteria.computed]),
        ("parameters", [f"{PARAMETERS}{each.name}" for each in criteria.parameters]),
    )
    for section, names in declared:
        for place, name in enumerate(names):
            if name not in read:
                message = Message("Rien ne lit « {name} ».", {"name": name})
                mend = Message("Lisez cette donnée dans une règle, ou retirez-la.")
                yield Problem("fact-unused", Severity.WARNING, (section, place, "name"), message, mend)


def _late_values(criteria: Criteria) -> Iterator[Problem]:
    last = max(wave.closes_on for wave in criteria.waves)
    for place, parameter in enumerate(criteria.parameters):
        for position, value in enumerate(parameter.values):
            if value.from_ is not None and value.from_ > last:
                message = Message("Cette valeur ne sert à aucune vague : la dernière clôt le {last}.", {"last": last})
                where = ("parameters", place, "values", position, "from")
                mend = Message("Avancez sa date, ou retirez-la.")
                yield Problem("parameter-late", Severity.WARNING, where, message, mend)


def _ties_again(criteria: Criteria) -> Iterator[Problem]:
    budget = criteria.selection.budget
    yield from _again(criteria.ranking.ties, ("ranking", "ties"))
    for place, envelope in enumerate(() if budget is None else budget.envelopes):
        yield from _again(envelope.order, (*_ENVELOPES, place, "order"))


def _again(ties: Sequence[Tie], path: Path) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, tie in enumerate(ties):
        if isinstance(tie, (DrawTie, UncoveredTie)):
            continue
        name = tie.criterion if isinstance(tie, CriterionTie) else tie.fact
        if (first := seen.setdefault(name, place)) != place:
            message = Message("« {name} » départage déjà plus haut.", {"name": name})
            mend = Message("Retirez cette ligne : celles qui sont égales jusqu'ici le sont encore après elle.")
            other: Path = (*path, first)
            where: Path = (*path, place)
            yield Problem("tie-idle", Severity.WARNING, where, message, mend, related=(other,))


def _empty_envelopes(criteria: Criteria) -> Iterator[Problem]:
    """Find the parts of the budget that hold nothing, and to which nothing is poured first either."""
    budget = criteria.selection.budget
    for place, envelope in enumerate(() if budget is None else budget.envelopes):
        key = "share" if envelope.amount is None else "amount"
        if budget is not None and not getattr(envelope, key) and envelope.label not in budget.spill_order:
            message = Message("« {label} » ne contient rien : elle ne paiera personne.", {"label": envelope.label})
            mend = Message("Écrivez ce qu'elle contient, ou retirez-la : ses candidatures iront avec les autres.")
            yield Problem("envelope-idle", Severity.WARNING, (*_ENVELOPES, place, key), message, mend)


def _thresholds_again(criteria: Criteria) -> Iterator[Problem]:
    selection = criteria.selection
    seen: dict[tuple[str, str], int] = {}
    for place, threshold in enumerate(selection.thresholds):
        key = (threshold.criterion, threshold.on)
        if (first := seen.setdefault(key, place)) != place:
            message = Message("« {name} » a déjà un seuil plus haut.", {"name": threshold.criterion})
            mend = Message("Gardez le plus exigeant des deux.")
            where: Path = ("selection", "thresholds", place)
            other: Path = ("selection", "thresholds", first)
            yield Problem("threshold-idle", Severity.WARNING, where, message, mend, related=(other,))
    start, minimum = selection.deciding_total, selection.minimum
    if start is not None and minimum is not None and start <= minimum:
        message = Message("La note décide déjà dès le minimum de {minimum}.", {"minimum": minimum})
        mend = Message("Relevez « decides_from » au-dessus du minimum, ou retirez-le.")
        where, other = ("selection", "decides_from"), ("selection", "minimum")
        yield Problem("threshold-idle", Severity.WARNING, where, message, mend, related=(other,))


def _without_place(criteria: Criteria) -> Iterator[Problem]:
    """Find where nobody can be kept, whatever the totals: the call, or a wave evaluated alone."""
    if criteria.selection.places == 0:
        mend = Message("Écrivez le nombre de places, ou retirez cette ligne si un budget décide seul.")
        message = Message("Aucune place : personne ne sera retenu.")
        yield Problem("places-zero", Severity.WARNING, ("selection", "places"), message, mend)
    for place, wave in enumerate(criteria.waves):
        if wave.places == 0:
            said = "Aucune place dans « {wave} » : évaluée seule, elle ne retiendra personne."
            mend = Message("Écrivez le nombre de places, ou retirez « places » : la vague aura celles de l'appel.")
            yield Problem(
                "places-zero", Severity.WARNING, ("waves", place, "places"), Message(said, {"wave": wave.name}), mend
            )


def _without_value(found: object, path: Path) -> Iterator[Problem]:
    """Find the keys that a policy writes and leaves empty: they say nothing."""
    if isinstance(found, Model):
        for name, field in type(found).model_fields.items():
            key = field.alias or name
            value = getattr(found, name)
            if value is None and name in found.model_fields_set:
                message = Message("« {key} » est vide, et ne dit donc rien.", {"key": key})
                mend = Message("Donnez-lui une valeur, ou retirez la ligne.")
                yield Problem("value-empty", Severity.WARNING, (*path, key), message, mend, on_key=True)
            yield from _without_value(value, (*path, key))
    elif isinstance(found, Sequence) and not isinstance(found, str):
        for place, each in enumerate(found):
            yield from _without_value(each, (*path, place))
