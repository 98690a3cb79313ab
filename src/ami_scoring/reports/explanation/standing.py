"""The rank and the status of a candidature: why, against whom, and what would have changed them."""

from __future__ import annotations

from operator import itemgetter

from ami_scoring.domain.criteria import CriterionTie, DrawTie, FactTie, Tie
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import Evaluation, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import spell
from ami_scoring.reports.explanation.page import Page
from ami_scoring.scoring.ranking import draw_number
from ami_scoring.scoring.reasons import standing_reasons
from ami_scoring.scoring.retrial import retrial
from ami_scoring.scoring.sufficient import is_out_of_reach, least_total, unmet_thresholds, what_would_suffice
from ami_scoring.scoring.wording import (
    inner,
    number_word,
    points_word,
    value_word,
)

MAX_EQUALS = 5


def write_standing(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Write the rank, the status and their reasons."""
    rank = f"Rang {standing.rank}" if standing.rank is not None else "Pas encore de rang"
    tied = ", à égalité" if standing.tied else ""
    possible = ""
    if standing.rank_best != standing.rank_worst or standing.rank is None:
        possible = f" (possible : de {standing.rank_best} à {standing.rank_worst})"
    page.write(f"{rank}{tied}{possible} · statut : {standing.status}", bold=True)
    for reason in standing_reasons(standing, evaluation.criteria):
        page.write(f"· {reason}", 2, hang=2)
    _write_grant(page, evaluation, standing)
    _write_ties(page, evaluation, standing)
    if standing.entry.reference not in evaluation.cut.contested:
        _write_distance(page, evaluation, standing)


def _write_grant(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say what it gets of the budget, of what it asks for, and what those ranked before it had left."""
    budget = evaluation.criteria.selection.budget
    if budget is None or standing.granted is None:
        return
    fact, ask = evaluation.criteria.catalogue[budget.ask], standing.card.values[budget.ask]
    asked = "" if isinstance(ask, Missing) else f" sur {value_word(fact, ask)} demandés"
    left = ""
    if not budget.envelopes:
        ranks = ((one.granted, one.rank) for one in evaluation.standings)
        before = [granted for granted, rank in ranks if granted is not None and rank and rank < (standing.rank or 0)]
        rest = budget.amount * budget.times - sum(before, Fraction(0))
        left = f" ; à son tour, il restait {number_word(fact, rest)}"
    page.write(f"· {number_word(fact, standing.granted)} accordés{asked}{left}", 2, hang=2)


def _write_distance(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say how far it is from the cut: from the equals that contest it, or else from the last that got a place."""
    total, last, limit = standing.card.total, evaluation.cut.last_total, _contested_total(evaluation)
    if total is None:
        return
    if standing.status is Status.SELECTED:
        if last is not None and total > last:
            words = f"La dernière candidature retenue a {points_word(last)} : {spell(total - last)} de moins."
            page.write(words, 2, hang=2)
        return
    least = least_total(evaluation.criteria, standing.card)
    aims = [(total, "")]
    if limit is not None and (last is None or limit < last):
        aims.append((limit, f"rejoindre les candidatures à égalité à la limite ({spell(limit)})"))
    elif last is not None and not evaluation.cut.places_left:
        aims.append((last, f"rejoindre la dernière candidature retenue ({spell(last)})"))
    if least is not None:
        aims.append((least, f"atteindre le minimum ({spell(least)})"))
    reach, aim = max(aims, key=itemgetter(0))
    if total < reach:
        _write_gap(page, evaluation, standing, reach - total, aim)
    elif unmet_thresholds(evaluation.criteria, standing.card):
        _write_gap(page, evaluation, standing, Fraction(0), "")
    elif total == last and not standing.tied:
        page.write(
            "Même total que la dernière candidature retenue : c'est le départage prévu qui l'en sépare.", 2, hang=2
        )


def _write_ties(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say what separates it from equal totals, so that its rank too can be redone by hand."""
    ties = evaluation.criteria.ranking.ties
    if not ties:
        return
    told = [_tie_word(evaluation, tie, standing) for tie in ties]
    page.write(f"À total égal, dans l'ordre : {' ; '.join(': '.join(each) for each in told)}.", 2, hang=2)
    total = standing.card.total
    equals = [one for one in evaluation.standings if one is not standing and one.card.total == total is not None]
    for rival in equals[:MAX_EQUALS]:
        for tie, (label, own) in zip(ties, told, strict=True):
            other = _tie_word(evaluation, tie, rival)[1]
            if other != own:
                page.write(f"Face à {rival.entry.reference}, même total : {label}: {own} contre {other}.", 2, hang=2)
                break


def _tie_word(evaluation: Evaluation, tie: Tie, standing: Standing) -> tuple[str, str]:
    """Name what tells equal totals apart, and what a candidature has of it."""
    match tie:
        case CriterionTie():
            points = standing.card.marks[tie.criterion].points
            shown = "en attente" if points is None else str(points_word(points))
            return f"« {inner(evaluation.criteria.by_id[tie.criterion].label)} » ", shown
        case FactTie():
            fact = evaluation.criteria.catalogue[tie.fact]
            return f"« {inner(fact.label)} » ", value_word(fact, standing.card.values[tie.fact])
        case DrawTie():
            reference = standing.entry.reference
            number = draw_number(tie.draw, reference)
            return "tirage au sort, le plus grand l'emporte ", f"SHA-256 de « {tie.draw}|{reference} » = {number[:16]}…"


def _contested_total(evaluation: Evaluation) -> Fraction | None:
    """Give the lowest total of the equals that contest the last places; None where nobody does."""
    tied = (one.card.total for one in evaluation.standings if one.entry.reference in evaluation.cut.contested)
    return min((total for total in tied if total is not None), default=None)


def _write_gap(page: Page, evaluation: Evaluation, standing: Standing, gap: Fraction, aim: str) -> None:
    criteria, card = evaluation.criteria, standing.card
    refusing = [f"« {inner(label)} »" for label in unmet_thresholds(criteria, card)]
    page.blank()
    if gap:
        page.write(f"L'écart : il manque {points_word(gap)} pour {aim}.")
    if refusing:
        also = "aussi " if gap else ""
        who = f"C'est {also}le seuil {refusing[0]} qui l'écarte."
        if len(refusing) > 1:
            who = f"Ce sont {also}les seuils {' et '.join(refusing)} qui l'écartent."
        page.write(who, 2 if gap else 0, hang=2)
    status = retrial(evaluation, standing)
    ways = list(what_would_suffice(criteria, card, gap, lambda changes: status(changes) is Status.SELECTED))
    if ways:
        page.write(
            "Pour être retenue, il aurait suffi, toutes choses égales par ailleurs, d'une seule de ces conditions :",
            2,
            hang=2,
        )
    elif gap and is_out_of_reach(criteria, card, gap):
        page.write("Aucun critère, à lui seul, n'y aurait suffi.", 2)
    else:
        page.write("Aucun des changements examinés, d'un seul critère à la fois, n'aurait suffi.", 2, hang=2)
    for criterion, way in ways:
        page.write(f"· {criterion.label} : {way}", 2, hang=2)
