"""How far a candidature is from a place, and what would have given it one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from ami_scoring.domain.budgets import Envelope
from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.selection import Quota
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, RankTie
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, named, spell
from ami_scoring.reports.explanation.page import Page
from ami_scoring.scoring.marks import waited_for
from ami_scoring.scoring.places import Rivals, own_part_of, rivals_of
from ami_scoring.scoring.sufficient import (
    Others,
    Retrial,
    is_out_of_reach,
    least_total,
    unmet_thresholds,
    what_it_needs,
    what_would_suffice,
)
from ami_scoring.scoring.words import inner, points_word

_HEARD: Final = "aller devant le comité"
_RETAINED: Final = "être retenue"
_WOULD: Final = {Status.SELECTED: "serait retenue", Status.TO_DELIBERATE: "irait devant le comité"}


def write_distance(page: Page, evaluation: Evaluation, standing: Standing, others: Others) -> None:
    """Say how far it is from the cut: from the equals that contest it, or else from the last that got a place.

    Where a part of the budget serves it in an order of its own, no total tells that: only how far a minimum is.
    """
    total, last, limit = standing.card.total, evaluation.cut.last_total, _contested_total(evaluation)
    if total is None:
        return
    if standing.scored.pending:
        _write_wait(page, evaluation, standing)
        would = _WOULD.get(Retrial(evaluation, standing, others, admitted=True).status({}))
        if would is not None:
            page.write(f"Cela supposé réglé, elle {would} telle quelle.", 2, hang=2)
            return
    has_limit = evaluation.cut.has_limit and evaluation.cut.enough is None
    if standing.status is Status.SELECTED:
        if has_limit and last is not None and total > last:
            words = f"La dernière candidature retenue a {points_word(last)} : {spell(total - last)} de moins."
            page.write(words, 2, hang=2)
        return
    part = own_part_of(evaluation.criteria.selection.budget, standing.card)
    if part is not None and evaluation.criteria.selection.decides(total):
        _write_own_order(page, evaluation, standing, part)
        return
    rivals = rivals_of(evaluation, standing)
    if not rivals.totals and rivals.kept and has_limit and not evaluation.cut.places_left:
        page.write(
            f"Toutes les places sont garanties à des catégories qui ne la concernent pas : {_labels(rivals.kept)}.",
            2,
            hang=2,
        )
    last = min(rivals.totals, default=None)
    least = least_total(evaluation.criteria, standing.card)
    aims = [(total, "")]
    if limit is not None and (last is None or limit < last):
        aims.append((limit, f"rejoindre les candidatures à égalité à la limite ({spell(limit)})"))
    elif last is not None and (rivals.full or (has_limit and not evaluation.cut.places_left)):
        aims.append((last, f"rejoindre la dernière candidature retenue{_among(rivals)} ({spell(last)})"))
    if least is not None:
        verb = "dépasser" if least[1] else "atteindre"
        aims.append((least[0], f"{verb} le minimum ({spell(least[0])})"))
    reach, aim = max(aims, key=itemgetter(0))
    if total < reach:
        _write_gap(page, evaluation, standing, reach - total, aim, others)
    elif unmet_thresholds(evaluation.criteria, standing.card) or least == (total, True):
        _write_gap(page, evaluation, standing, Fraction(0), "", others)
    elif total == last and not standing.tied:
        page.write(
            "Même total que la dernière candidature retenue : c'est le départage prévu qui l'en sépare.", 2, hang=2
        )


def _write_own_order(page: Page, evaluation: Evaluation, standing: Standing, part: Envelope) -> None:
    """Say by what a part serves, beside the minimums that its candidature is under; no points make up for that."""
    criteria, total = evaluation.criteria, standing.card.total or Fraction(0)
    if not standing.scored.pending:
        page.blank()
    least = least_total(criteria, standing.card)
    if least is not None and total < least[0]:
        verb = "dépasser" if least[1] else "atteindre"
        page.write(f"Il manque {points_word(least[0] - total)} pour {verb} le minimum ({spell(least[0])}).")
    if refusing := [f"« {inner(label)} »" for label in unmet_thresholds(criteria, standing.card)]:
        page.write(f"Seuils qui l'écartent : {named(refusing)}.")
    names = named([_order_word(evaluation, tie) for tie in part.own_order], word="puis")
    said = f"La part réservée « {inner(part.label)} » sert d'abord selon son ordre ({names}), et non selon le total"
    page.write(f"{said} : un écart de points ne dirait pas ce qui aurait suffi.")


def _order_word(evaluation: Evaluation, tie: RankTie) -> str:
    """Name what orders the candidatures of a part."""
    match tie:
        case CriterionTie():
            return f"« {inner(evaluation.criteria.by_id[tie.criterion].label)} »"
        case FactTie():
            return f"« {inner(evaluation.criteria.catalogue[tie.fact].label)} »"
        case DrawTie():
            return "tirage au sort"


def _aim(evaluation: Evaluation) -> str:
    """Say what a candidature may hope for: a place, or that the committee deliberates on it."""
    return _HEARD if evaluation.criteria.selection.never_decides else _RETAINED


def _aims(evaluation: Evaluation, standing: Standing, gap: Fraction) -> Iterator[tuple[str, Fraction]]:
    """Give what it may hope for and does not have, each with the gap to fill: deliberation, the nearer, comes first."""
    selection, total = evaluation.criteria.selection, standing.card.total
    bound = selection.deciding_total
    if bound is None or total is None or total >= bound:
        yield _aim(evaluation), gap
        return
    if standing.status is not Status.TO_DELIBERATE:
        least = least_total(evaluation.criteria, standing.card)
        yield _HEARD, Fraction(0) if least is None else max(Fraction(0), least[0] - total)
    yield _RETAINED, max(gap, bound - total)


def _among(rivals: Rivals) -> str:
    """Say among whom the last one is, where quotas set some apart."""
    mine = f" pour {_labels(rivals.full)}" if rivals.full else ""
    others = f" hors places garanties {_labels(rivals.kept)}" if rivals.kept else ""
    return f"{mine}{others}"


def _labels(quotas: Sequence[Quota]) -> str:
    return named([f"« {quota.label} »" for quota in quotas])


def _write_wait(page: Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say what no total makes up for."""
    criteria, aim = evaluation.criteria, _aim(evaluation)
    names = waited_for(criteria, standing.card.values)
    labels = named([f"« {inner(criteria.catalogue[name].label)} »" for name in names])
    page.blank()
    if standing.entry.refused:
        page.write(f"Tant que ce qui est refusé n'est pas corrigé, elle ne peut pas {aim}.")
        return
    if not names:
        page.write(f"Tant que ce qu'elle attend n'est pas levé, elle ne peut pas {aim}.")
        return
    page.write(f"Tant que {labels} {'manquent' if len(names) > 1 else 'manque'}, elle ne peut pas {aim}.")


def _contested_total(evaluation: Evaluation) -> Fraction | None:
    """Give the lowest total of the equals that contest the last places; None where nobody does."""
    tied = (one.card.total for one in evaluation.standings if one.entry.reference in evaluation.cut.contested)
    return min((total for total in tied if total is not None), default=None)


def _write_gap(  # noqa: PLR0913 - the page, who lacks what, and against whom
    page: Page, evaluation: Evaluation, standing: Standing, gap: Fraction, aim: str, others: Others
) -> None:
    criteria, card = evaluation.criteria, standing.card
    refusing = [f"« {inner(label)} »" for label in unmet_thresholds(criteria, card)]
    waits = bool(standing.scored.pending)
    if not waits:
        page.blank()
    if gap:
        page.write(f"L'écart : il manque {points_word(gap)} pour {aim}.")
    if refusing:
        also = "aussi " if gap else ""
        who = f"C'est {also}le seuil {refusing[0]} qui l'écarte."
        if len(refusing) > 1:
            who = f"Ce sont {also}les seuils {' et '.join(refusing)} qui l'écartent."
        page.write(who, 2 if gap else 0, hang=2)
    found = [
        (hope, ways)
        for hope, lack in _aims(evaluation, standing, gap)
        if (ways := list(_ways(evaluation, standing, lack, others, heard=hope == _HEARD)))
    ]
    for hope, ways in found:
        one = "d'une seule de ces conditions" if len(ways) > 1 else "d'une seule condition"
        said = f"pour {hope}, il aurait suffi, toutes choses égales par ailleurs, {one} :"
        page.write(_supposed("Cela supposé réglé", said, waits=waits), 2, hang=2)
        for criterion, way in ways:
            page.write(f"· {criterion.label} : {way}", 2, hang=2)
    if not found:
        is_beyond = gap and is_out_of_reach(criteria, card, gap)
        said = "aucun critère, à lui seul, n'y aurait suffi." if is_beyond else _none_suffices(evaluation)
        page.write(_supposed("Même cela réglé", said, waits=waits), 2, hang=2)


def _supposed(settled: str, said: str, *, waits: bool) -> str:
    """Begin a sentence, with what it supposes settled where the candidature waits for something."""
    return f"{settled}, {said}" if waits else f"{said[0].upper()}{said[1:]}"


def _ways(
    evaluation: Evaluation, standing: Standing, gap: Fraction, others: Others, *, heard: bool
) -> Iterator[tuple[Criterion, Message]]:
    """Give what would suffice: one rule changed; else, for a criterion made of others, all of it together."""
    criteria, card = evaluation.criteria, standing.card
    gaps = [gap]
    if criteria.selection.quotas and card.total is not None:
        beyond = (total - card.total for total in rivals_of(evaluation, standing).totals)
        gaps += [further for further in beyond if further > gap]
    retrial = Retrial(evaluation, standing, others, admitted=bool(standing.scored.pending), heard=heard)
    alone = {
        leaf.id: (leaf, way) for leaf, way in what_would_suffice(criteria, card, gaps, retrial.selects, others.memory)
    }
    for root in criteria.criteria:
        below = [alone[each.id] for each in root.walk() if each.id in alone]
        yield from below
        together = None if below else what_it_needs(root, criteria, card, gaps, retrial)
        if together is not None:
            yield root, together


def _none_suffices(evaluation: Evaluation) -> str:
    """Say what was tried in vain: each rule, and all those of a same criterion where one has several."""
    if all(root.criteria is None for root in evaluation.criteria.criteria):
        return "aucun des changements examinés, d'un seul critère à la fois, n'aurait suffi."
    return (
        "aucun des changements examinés n'aurait suffi, ni d'un seul sous-critère, "
        "ni de tous ceux d'un même critère ensemble."
    )
