"""What a candidature gets, what parts it from its equals, and how far it is from a place."""

from __future__ import annotations

from datetime import date, datetime

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, RankTie
from ami_scoring.exact import Fraction
from ami_scoring.messages import named
from ami_scoring.reports.explanation.distance import write_distance
from ami_scoring.reports.explanation.page import Page
from ami_scoring.scoring.places import COMMON, DEPOSIT, Deposits, asks_of_values, draw_number, purses_of
from ami_scoring.scoring.sufficient import Others
from ami_scoring.scoring.words import (
    envelope_word,
    inner,
    number_word,
    points_word,
    value_word,
)

MAX_EQUALS = 5


def write_standing(page: Page, evaluation: Evaluation, standing: Standing, others: Others | None) -> None:
    """Write what it gets and what parts it from its equals; then, where the others are given, how far from a place."""
    _write_envelope(page, evaluation, standing)
    _write_grant(page, evaluation, standing)
    if others is None:
        return
    _write_ties(page, evaluation, standing)
    if standing.entry.reference not in evaluation.cut.contested:
        write_distance(page, evaluation, standing, others)


def _write_grant(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say what it gets of the budget, of what it asks for, and what those ranked before it had left."""
    budget = evaluation.criteria.selection.budget
    if budget is None or standing.granted is None:
        return
    fact, ask = evaluation.criteria.catalogue[budget.ask], standing.card.values[budget.ask]
    asked = "" if isinstance(ask, Missing) else f" sur {value_word(fact, ask)} demandés"
    left = ""
    if not (budget.envelopes or budget.admits_levels) and (rest := _left_to(evaluation, standing)) is not None:
        left = f" ; à son tour, il restait {number_word(fact, rest)}"
    word = "admis" if budget.admits_more else "accordés"
    page.write(f"· {number_word(fact, standing.granted)} {word}{asked}{left}", 2, hang=2)


def _left_to(evaluation: Evaluation, standing: Standing) -> Fraction | None:
    """Give what was left of a budget of one part when the turn of one that it pays came.

    None where equals may have been paid before it: nothing says in which order, unless it was paid in part.
    """
    criteria = evaluation.criteria
    budget = criteria.selection.budget
    if budget is None or standing.granted is None or standing.rank is None:
        return None
    asked = asks_of_values(standing.card.values, criteria)
    if asked is not None and standing.granted < asked:
        return standing.granted
    paid = [(one.granted, one.rank) for one in evaluation.standings if one.granted is not None and one.rank]
    if criteria.ranking.uncovered is not None and sum(rank == standing.rank for _, rank in paid) > 1:
        return None
    return budget.whole - sum((granted for granted, rank in paid if rank < standing.rank), Fraction(0))


def _write_envelope(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say which part of the budget is kept for it, and how much that holds."""
    budget = evaluation.criteria.selection.budget
    purses = purses_of(budget, standing.card)
    if budget is None or len(purses) > 1 or purses[0] == COMMON:
        return
    envelope = budget.envelopes[purses[0]]
    held = envelope_word(envelope, budget, evaluation.criteria.catalogue[budget.ask])
    page.write(f"· relève de la part réservée « {inner(envelope.label)} » : {held}", 2, hang=2)
    if envelope.own_order:
        deposits = Deposits(one.scored for one in evaluation.standings)
        told = [": ".join(_tie_word(evaluation, tie, standing, deposits)) for tie in envelope.own_order]
        page.write(f"· dans l'ordre de cette part : {' ; '.join(told)} ; puis le rang", 2, hang=2)


def _write_ties(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say what separates it from equal totals, so that its rank too can be redone by hand."""
    ties = evaluation.criteria.ranking.ordering
    if not evaluation.criteria.ranking.ties:
        return
    deposits = Deposits(one.scored for one in evaluation.standings)
    told = [_tie_word(evaluation, tie, standing, deposits) for tie in ties]
    if told:
        page.write(f"À total égal, dans l'ordre : {' ; '.join(': '.join(each) for each in told)}.", 2, hang=2)
    total = standing.card.total
    equals = [one for one in evaluation.standings if one is not standing and one.card.total == total is not None]
    for rival in equals[:MAX_EQUALS]:
        said = _parted(evaluation, standing, rival, deposits)
        page.write(f"Face à {rival.entry.reference}, même total : {said}.", 2, hang=2)


def _parted(evaluation: Evaluation, standing: Standing, rival: Standing, deposits: Deposits) -> str:
    """Say what parts a candidature from an equal, and which of them comes first."""
    if standing.rank == rival.rank and (blank := _blank(evaluation, standing)):
        return f"à égalité, tant que « {blank} » n'est pas renseigné pour toutes"
    first = ""
    if standing.rank is not None and rival.rank is not None and standing.rank != rival.rank:
        first = "elle passe devant, " if standing.rank < rival.rank else f"{rival.entry.reference} passe devant, "
    for tie in evaluation.criteria.ranking.ordering:
        label, own = _tie_word(evaluation, tie, standing, deposits)
        other = _tie_word(evaluation, tie, rival, deposits)[1]
        if own != other and isinstance(tie, DrawTie):
            return f"{first}par le tirage au sort ({own} contre {other})"
        if own != other:
            return f"{first}par {label}: {own} contre {other}"
    uncovered = evaluation.criteria.ranking.uncovered
    if uncovered is not None:
        label = inner(evaluation.criteria.catalogue[uncovered].label)
        return f"même rang ; si les places manquent, ce qui n'est pas encore couvert (« {label} ») passe devant"
    return f"rien de prévu ne les départage{_hours(evaluation, standing, rival, deposits)}"


def _blank(evaluation: Evaluation, standing: Standing) -> str:
    """Name the first tie-break that a candidature or one of its equals lacks, so that none of them are parted."""
    same = [one for one in evaluation.standings if one.rank == standing.rank is not None]
    facts = (tie.fact for tie in evaluation.criteria.ranking.ties if isinstance(tie, FactTie))
    lacked = (name for name in facts if any(isinstance(one.card.values[name], Missing) for one in same))
    return next((inner(evaluation.criteria.catalogue[name].label) for name in lacked), "")


def _hours(evaluation: Evaluation, standing: Standing, rival: Standing, deposits: Deposits) -> str:
    """Say who keeps the hours of a day from parting two equals deposited then, where hours could have."""
    if not any(isinstance(tie, FactTie) and tie.fact == DEPOSIT for tie in evaluation.criteria.ranking.ties):
        return ""
    moments = [one.entry.candidature.submitted_at for one in (standing, rival)]
    days = {moment.date() if isinstance(moment, datetime) else moment for moment in moments}
    silent = [name for day in days for name in deposits.silent(day)] if len(days) == 1 else []
    if not silent:
        return ""
    verb = "donne" if len(silent) == 1 else "donnent"
    return f" : l'heure de dépôt ne compte pas ce jour-là, {named(silent, MAX_EQUALS)} ne la {verb} pas"


def _tie_word(evaluation: Evaluation, tie: RankTie, standing: Standing, deposits: Deposits) -> tuple[str, str]:
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
            return (
                "tirage au sort, le plus grand nombre l'emporte ",
                f"{number[:16]}…, SHA-256 de « {tie.draw}|{reference} »",
            )
