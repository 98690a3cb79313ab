"""What is wrong in a budget: what it asks for, its amounts and its shares, and where what is left of them goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.budgets import Budget, Enough
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.ties import UncoveredTie
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem
from ami_scoring.scoring.checks.conditions import check_condition
from ami_scoring.scoring.checks.ties import check_ties
from ami_scoring.scoring.words import Path, error, repeated, share_word, unknown_fact

_BUDGET: Final[Path] = ("selection", "budget")
_ENVELOPES: Final[Path] = (*_BUDGET, "envelopes")


def check_budget(budget: Budget, criteria: Criteria) -> Iterator[Problem]:
    """Check what is asked for, the whole, its parts and the order in which what they leave is given."""
    asked = criteria.catalogue.get(budget.ask)
    if asked is None:
        yield unknown_fact(budget.ask, (*_BUDGET, "ask"))
    elif not asked.type.is_number:
        yield error("type-mismatch", (*_BUDGET, "ask"), "Le montant demandé doit être un nombre.")
    for place, envelope in enumerate(budget.envelopes):
        yield from check_condition(envelope.when, (*_ENVELOPES, place, "when"), criteria.catalogue)
        yield from check_ties(envelope.order, (*_ENVELOPES, place, "order"), criteria)
    yield from _check_doubles(budget)
    yield from _check_orders(budget, criteria)
    multiples = [budget.times, *([] if budget.least_times is None else [budget.least_times])]
    if budget.amount < 0 or min(multiples) <= 0:
        yield error("budget-overdrawn", (*_BUDGET, "amount"), "Le montant et son multiple doivent être positifs.")
    yield from _check_parts(budget)
    yield from _check_spill_order(budget)
    if budget.when_enough is Enough.ALL:
        yield from _check_enough(budget, criteria)


def check_waves_budgets(criteria: Criteria) -> Iterator[Problem]:
    """Check the budgets that waves have for themselves, against one another and against that of the call."""
    own = [(place, wave, wave.budget) for place, wave in enumerate(criteria.waves) if wave.budget is not None]
    budget = criteria.selection.budget
    if budget is None:
        said = "Cette vague a un budget, et la sélection n'en a pas : rien ne dit ce que les candidatures demandent."
        for place, *_ in own if not criteria.selection.never_decides else ():
            yield error("wave-budget-alone", ("waves", place, "budget"), said)
        return
    summed = Fraction(0)
    for place, wave, amount in own:
        path: Path = ("waves", place, "budget")
        summed += amount
        if amount <= 0:
            said = (
                "Le budget d'une vague doit être positif : avec {own}, personne n'y serait retenu. Sans « budget », "
                "une vague partage celui de tout l'appel."
            )
            yield error("budget-overdrawn", path, said, own=amount)
        elif amount > budget.amount:
            said = "Le budget de « {wave} » ({own}) dépasse celui de tout l'appel ({amount})."
            words = {"wave": wave.name, "own": amount, "amount": budget.amount}
            yield error("budget-overdrawn", path, said, related=((*_BUDGET, "amount"),), **words)
        elif summed > budget.amount:
            said = "Les budgets des vagues font {summed} jusqu'ici, plus que celui de tout l'appel ({amount})."
            words = {"summed": summed, "amount": budget.amount}
            yield error("budget-overdrawn", path, said, related=((*_BUDGET, "amount"),), **words)
        elif (parts := _parts_of(budget, amount)) > amount and _parts_of(budget, budget.amount) <= budget.amount:
            said = "Les parts réservées font {parts}, plus que le budget de « {wave} » ({own})."
            words = {"parts": parts, "wave": wave.name, "own": amount}
            yield error("budget-overdrawn", path, said, related=(_ENVELOPES,), **words)


def _parts_of(budget: Budget, amount: Fraction) -> Fraction:
    return sum((each.part_of(amount) for each in budget.envelopes), Fraction(0))


def _check_parts(budget: Budget) -> Iterator[Problem]:
    """Find a share that is none, shares that exceed the whole, and parts that exceed it together."""
    shares = [(place, each.share) for place, each in enumerate(budget.envelopes) if each.share is not None]
    wrong = [(place, share) for place, share in shares if not 0 <= share <= 1]
    for place, share in wrong:
        said = "Une part va de 0 à 1, ou de 0 % à 100 %."
        if 1 < share <= 100 and share.denominator == 1:
            said += " Pour {percent} %, écrivez « {percent} % »."
        yield error("budget-overdrawn", (*_ENVELOPES, place, "share"), said, percent=share)
    if wrong:
        return
    summed, shared = sum((share for _, share in shares), Fraction(0)), sum(budget.parts, Fraction(0))
    if summed > 1:
        yield error(
            "budget-overdrawn",
            _ENVELOPES,
            "Les parts réservées font {summed} du budget ({shares}), plus que le tout.",
            summed=share_word(summed),
            shares=" + ".join(share_word(share) for _, share in shares),
        )
    elif shared > budget.amount:
        yield error(
            "budget-overdrawn",
            _ENVELOPES,
            "Les parts réservées font {shared}, plus que le budget ({amount}).",
            related=((*_BUDGET, "amount"),),
            shared=shared,
            amount=budget.amount,
        )


def _check_spill_order(budget: Budget) -> Iterator[Problem]:
    """Find names of no envelope or of several, and an order of what no envelope leaves."""
    if not budget.spill_order:
        return
    path, labels = (*_BUDGET, "spill_order"), [envelope.label for envelope in budget.envelopes]
    if not any(envelope.spill for envelope in budget.envelopes):
        said = "Aucune part réservée ne laisse ce qui en reste aux autres (« spill: oui ») : cet ordre ne sert à rien."
        yield error("key-without-effect", path, said)
    for place, label in enumerate(budget.spill_order):
        if label not in labels:
            said = "Aucune part réservée n'a pour libellé « {name} »."
            yield error("unknown-envelope", (*path, place), said, related=(_ENVELOPES,), name=label)
    for place, first in repeated(budget.spill_order):
        said, other = "« {name} » est déjà dit plus haut.", (*path, first)
        yield error("name-twice", (*path, place), said, related=(other,), name=budget.spill_order[place])


def _check_doubles(budget: Budget) -> Iterator[Problem]:
    """Find two parts of one name, and those whose candidatures another part, written before, takes all."""
    for place, first in repeated([envelope.label for envelope in budget.envelopes]):
        said, other = "« {name} » sert déjà plus haut.", (*_ENVELOPES, first, "label")
        name = budget.envelopes[place].label
        yield error("name-twice", (*_ENVELOPES, place, "label"), said, related=(other,), name=name)
    for place, first in repeated([repr(envelope.when) for envelope in budget.envelopes]):
        said = "Personne ne relève de cette part : « {label} », écrite avant, concerne les mêmes candidatures."
        where, other = (*_ENVELOPES, place, "when"), (*_ENVELOPES, first, "when")
        yield error("envelope-idle", where, said, related=(other,), label=budget.envelopes[first].label)


def _check_orders(budget: Budget, criteria: Criteria) -> Iterator[Problem]:
    """Find, in the own order of a part, what depends on who is retained, and beside it what limits all the parts."""
    selection = criteria.selection
    beside: list[Path] = [
        *([("selection", "places")] if selection.counted_places is not None else []),
        *([("selection", "quotas")] if selection.quotas else []),
        *(("waves", place, "places") for place, wave in enumerate(criteria.waves) if wave.places is not None),
    ]
    for place, envelope in enumerate(budget.envelopes):
        path: Path = (*_ENVELOPES, place, "order")
        for at, tie in enumerate(envelope.order):
            if isinstance(tie, UncoveredTie):
                said = "« uncovered » dépend de qui est retenu : il va dans « ranking: {{ties: […]}} », en dernier."
                yield error("uncovered-misplaced", (*path, at), said)
        if envelope.order and beside:
            said = "Une part réservée n'a pas d'ordre à elle quand « {key} » limite aussi : qui passerait d'abord ?"
            yield error("order-limited", path, said, related=tuple(beside), key=beside[0][-1])


def _check_enough(budget: Budget, criteria: Criteria) -> Iterator[Problem]:
    """Find what could refuse one where all are to be retained, and minimums to lift where there are none."""
    path, selection = (*_BUDGET, "when_enough"), criteria.selection
    beside: list[Path] = [
        *([("selection", "places")] if selection.counted_places is not None else []),
        *([("selection", "quotas")] if selection.quotas else []),
        *([("selection", "decides_from")] if selection.deciding_total is not None else []),
        *([_ENVELOPES] if budget.envelopes else []),
        *([(*_BUDGET, "when_short")] if budget.admits_levels else []),
        *(("waves", place, "places") for place, wave in enumerate(criteria.waves) if wave.places is not None),
    ]
    for other in beside:
        said = (
            "« {key} » ne va pas avec « when_enough: all » : une candidature que le budget peut payer serait écartée."
        )
        yield error("enough-limited", other, said, related=(path,), key=other[-1])
    has_bars = selection.minimum is not None or selection.minimum_mark is not None
    if not (has_bars or selection.floors or selection.thresholds):
        said = "« when_enough: all » n'a pas d'effet : il n'y a ni minimum, ni seuil, dont il dispenserait."
        yield error("key-without-effect", path, said)
