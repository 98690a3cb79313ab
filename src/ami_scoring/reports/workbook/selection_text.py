"""Who gets a place, in sentences: the budget and its parts, the categories, the minima, what is left to people."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.budgets import Budget, Enough, Envelope, Short
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.selection import Quota, Scale, Threshold
from ami_scoring.messages import spell, spell_number
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.policy_text import tie_word
from ami_scoring.scoring.places import threshold_points
from ami_scoring.scoring.telling import condition_word
from ami_scoring.scoring.words import (
    RETAINS_ALL,
    Catalogue,
    envelope_word,
    number_word,
    points_word,
    spill_words,
    stated_word,
)


def selection_words(criteria: Criteria) -> list[str]:
    """Say what decides beside the rank, the number of places and the total."""
    return list(_said(criteria))


def _said(criteria: Criteria) -> Iterator[str]:
    selection, catalogue = criteria.selection, criteria.catalogue
    if selection.budget is not None:
        yield from _budget(selection.budget, criteria)
    for quota in selection.quotas:
        yield _quota(quota, catalogue)
    for floor in selection.floors:
        condition = condition_word(floor.when, catalogue)
        least = "de plus de" if floor.strict else "d'au moins"
        stated = stated_word(floor, catalogue)
        yield f"{floor.label} ({condition}) : total {least} {points_word(floor.at_least)}{stated}"
    if selection.minimum_mark is not None:
        stated = stated_word(selection, catalogue, "minimum_mark")
        least = f"au moins {spell(selection.minimum_mark)}{stated}"
        yield f"somme des notes des critères principaux, avant pondération : {least}"
    for threshold in selection.thresholds:
        yield _threshold(threshold, criteria)
    if selection.never_decides:
        yield "la note ne décide d'aucune place : le comité délibère de toutes celles qui passent les minimums"
    if selection.deciding_total is not None:
        bound = f"{points_word(selection.deciding_total)}{stated_word(selection, catalogue, 'decides_from')}"
        yield f"au-dessous de {bound}, la note ne décide pas : le comité délibère"


def _budget(budget: Budget, criteria: Criteria) -> Iterator[str]:
    ask = criteria.catalogue[budget.ask]
    amount = number_word(ask, budget.amount)
    yield f"un budget de {amount} est réparti dans l'ordre du classement, selon « {ask.label} »"
    if budget.admits_levels:
        least = (
            "" if budget.least_times is None else f", sans en admettre moins de {spell_number(budget.least_times)} fois"
        )
        said = "tous les dossiers d'un même total sont admis, ou aucun : leurs demandes font au plus près de"
        yield f"{said} {spell_number(budget.times)} fois ce montant{least}"
        return
    if budget.times != 1:
        yield f"des dossiers sont admis jusqu'à {spell_number(budget.times)} fois ce montant"
    if budget.partial:
        yield "le dernier admis peut ne recevoir que le reste"
    elif budget.when_short is Short.SKIP:
        yield "quand ce qui reste ne suffit pas à un dossier, on passe au suivant"
    else:
        yield "quand ce qui reste ne suffit pas à un dossier, la répartition s'arrête"
    if budget.when_enough is Enough.ALL:
        yield RETAINS_ALL
    for envelope in budget.envelopes:
        yield _envelope(envelope, budget, criteria)
    if budget.spill_order:
        yield spill_words(budget)


def _envelope(envelope: Envelope, budget: Budget, criteria: Criteria) -> str:
    catalogue = criteria.catalogue
    amount = envelope_word(envelope, budget, catalogue[budget.ask])
    rest = "ce qui en reste va aux autres dossiers" if envelope.spill else "ce qui en reste n'est pas redistribué"
    order = ", puis ".join(tie_word(tie, criteria) for tie in envelope.order)
    own = f" ; dans son ordre : {order}, puis le rang" if order else ""
    return f"part réservée, {envelope.label} ({condition_word(envelope.when, catalogue)}) : {amount} ; {rest}{own}"


def _quota(quota: Quota, catalogue: Catalogue) -> str:
    kept = [f"{texts.plural(quota.at_least, 'place garantie', 'places garanties')} aux mieux classés"]
    most = [] if quota.at_most is None else [f"{texts.plural(quota.at_most, 'place', 'places')} au plus"]
    said = (kept if quota.at_least else []) + most
    return f"{quota.label} ({condition_word(quota.when, catalogue)}) : {' ; '.join(said)}"


def _threshold(threshold: Threshold, criteria: Criteria) -> str:
    label, floor = criteria.by_id[threshold.criterion].label, threshold_points(threshold, criteria)
    on_points = threshold.on is Scale.POINTS
    sign = "plus de" if threshold.strict else "au moins"
    share = f" ({spell(threshold.share * 100)} % du maximum)" if threshold.share is not None else ""
    scale = points_word(floor) if on_points else f"{spell(floor)}, sur la note avant pondération"
    return f"« {label} » : {sign} {scale}{share}{stated_word(threshold, criteria.catalogue)}"
