"""The rank and the status of a candidature: why, and against whom."""

from __future__ import annotations

from datetime import date

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import Evaluation, Firmness, Standing
from ami_scoring.domain.selection import CriterionTie, DrawTie, FactTie, Tie
from ami_scoring.exact import Fraction
from ami_scoring.reports.explanation.distance import write_distance
from ami_scoring.reports.explanation.page import Page
from ami_scoring.scoring.places import DEPOSIT, Deposits, draw_number
from ami_scoring.scoring.sufficient import Others
from ami_scoring.scoring.words import (
    depends_on,
    inner,
    number_word,
    points_word,
    standing_reasons,
    status_words,
    value_word,
)

MAX_EQUALS = 5


def write_standing(page: Page, evaluation: Evaluation, standing: Standing, others: Others | None) -> None:
    """Write the rank, the status and their reasons; then, where the others are given, how far it is from a place."""
    rank = f"Rang {standing.rank}" if standing.rank is not None else "Pas encore de rang"
    tied = ", à égalité" if standing.tied else ""
    possible = ""
    if standing.rank_best != standing.rank_worst or standing.rank is None:
        counted = ", fichiers illisibles compris" if evaluation.unread else ""
        possible = f" (possible : de {standing.rank_best} à {standing.rank_worst}{counted})"
    page.write(f"{rank}{tied}{possible} · statut : {status_words(standing)}", bold=True)
    for reason in standing_reasons(standing, evaluation.criteria):
        page.write(f"· {reason}", 2, hang=2)
    _write_grant(page, evaluation, standing)
    if others is None:
        return
    _write_ties(page, evaluation, standing)
    if standing.entry.reference not in evaluation.cut.contested:
        write_distance(page, evaluation, standing, others)


def write_firmness(page: Page, standing: Standing) -> None:
    """Write the status first, how firm it is, and what could still change it."""
    hopeless = standing.firmness is Firmness.IMPOSSIBLE
    page.write(f"Statut : {status_words(standing)}{' ; plus aucune place possible' if hopeless else ''}", bold=True)
    for said in depends_on(standing):
        page.write(f"· {said}", 2, hang=2)


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


def _write_ties(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say what separates it from equal totals, so that its rank too can be redone by hand."""
    ties = evaluation.criteria.ranking.ties
    if not ties:
        return
    deposits = Deposits(one.scored for one in evaluation.standings)
    told = [_tie_word(evaluation, tie, standing, deposits) for tie in ties]
    page.write(f"À total égal, dans l'ordre : {' ; '.join(': '.join(each) for each in told)}.", 2, hang=2)
    total = standing.card.total
    equals = [one for one in evaluation.standings if one is not standing and one.card.total == total is not None]
    for rival in equals[:MAX_EQUALS]:
        for tie, (label, own) in zip(ties, told, strict=True):
            other = _tie_word(evaluation, tie, rival, deposits)[1]
            if other != own:
                page.write(f"Face à {rival.entry.reference}, même total : {label}: {own} contre {other}.", 2, hang=2)
                break


def _tie_word(evaluation: Evaluation, tie: Tie, standing: Standing, deposits: Deposits) -> tuple[str, str]:
    """Name what tells equal totals apart, and what a candidature has of it."""
    match tie:
        case CriterionTie():
            points = standing.card.marks[tie.criterion].points
            shown = "en attente" if points is None else str(points_word(points))
            return f"« {inner(evaluation.criteria.by_id[tie.criterion].label)} » ", shown
        case FactTie():
            fact, value = evaluation.criteria.catalogue[tie.fact], standing.card.values[tie.fact]
            if tie.fact == DEPOSIT and isinstance(value, date):
                return f"« {inner(fact.label)} » ", deposits.word(standing.scored, value)
            return f"« {inner(fact.label)} » ", value_word(fact, value)
        case DrawTie():
            reference = standing.entry.reference
            number = draw_number(tie.draw, reference)
            return "tirage au sort, le plus grand l'emporte ", f"SHA-256 de « {tie.draw}|{reference} » = {number[:16]}…"
