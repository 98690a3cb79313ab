"""Each criterion with what it reads, its scale and its working; then the total."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from ami_scoring.domain.criteria import Criterion, MissingPolicy
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Value, is_withheld
from ami_scoring.domain.scores import Mark, Scored
from ami_scoring.exact import Fraction
from ami_scoring.findings import Location
from ami_scoring.messages import Message, spell
from ami_scoring.reports.explanation.facts import write_fact, write_step
from ami_scoring.reports.explanation.found import Found
from ami_scoring.reports.explanation.known import Known
from ami_scoring.reports.explanation.page import Page
from ami_scoring.scoring.telling import missing_word, steps
from ami_scoring.scoring.words import inner, points_word

BAR = 20


def write_criterion(  # noqa: PLR0913 - the page, what is told, and where it stands
    page: Page,
    evaluation: Evaluation,
    found: Found,
    criterion: Criterion,
    number: str,
    places: Mapping[str, tuple[Location, ...]],
    known: Known,
) -> None:
    """Write a criterion and those below it, under its number."""
    scored = found.scored
    assert scored is not None  # noqa: S101 - only what was scored has criteria to tell
    mark = scored.card.marks[criterion.id]
    indent = 2 * number.count(".")
    page.blank()
    page.write(f"{number}. {criterion.label}", indent, bold=indent == 0, hang=len(number) + 2)
    page.write(_points_of(mark, criterion), indent + 3, bar=_bar(mark, criterion) if page.has_bars else "")
    if criterion.reference:
        page.write(f"Référence : {criterion.reference}", indent + 3, dim=True, hang=2)
    if criterion.rule is not None and mark.appraisal is not None:
        for name in known.facts(criterion.rule):
            write_fact(page, evaluation, found, name, indent + 3, places)
        for words in known.scale(criterion.rule):
            page.write(f"Barème : {words}", indent + 3, hang=9)
        values = scored.card.values
        write = partial(_write_working, evaluation, criterion, mark, values, indent + 3)
        page.lines += known.working(criterion, values, write)
        _write_missing(page, evaluation, criterion, scored, indent + 3)
    for place, child in enumerate(criterion.criteria or (), start=1):
        write_criterion(page, evaluation, found, child, f"{number}.{place}", places, known)
    if criterion.criteria:
        page.blank()
        page.write(f"Sous-total {number} : {_sum_of(criterion, scored)}", indent + 3, hang=2)


def write_mark(page: Page, criterion: Criterion, mark: Mark, number: int) -> None:
    """Write a main criterion and its points on one line."""
    bar = _bar(mark, criterion)
    page.write(f"{number}. {criterion.label} : {_points_of(mark, criterion)}", hang=3, bar=bar or " " * BAR)


def _write_working(  # noqa: PLR0913 - what is told, and where it stands
    evaluation: Evaluation, criterion: Criterion, mark: Mark, values: Mapping[str, Value], indent: int, page: Page
) -> None:
    assert criterion.rule is not None  # noqa: S101 - the caller's condition
    assert mark.appraisal is not None  # noqa: S101 - same condition
    for step in steps(criterion.rule, mark.appraisal.outcome, values, evaluation.criteria.catalogue):
        write_step(page, step, indent)
    _write_weighing(page, criterion, mark, indent)


def _write_weighing(page: Page, criterion: Criterion, mark: Mark, indent: int) -> None:
    if criterion.out_of is not None and mark.mark is not None and mark.points is not None:
        said = Message(
            "= note {mark} sur {out_of}, × poids {weight} ÷ {out_of} = {points}",
            {
                "mark": mark.mark,
                "out_of": criterion.out_of,
                "weight": criterion.weight,
                "points": points_word(mark.points),
            },
        )
        page.write(str(said), indent, hang=2)


def _write_missing(page: Page, evaluation: Evaluation, criterion: Criterion, scored: Scored, indent: int) -> None:
    card, mark = scored.card, scored.card.marks[criterion.id]
    if not mark.missing:
        return
    labels = ", ".join(f"« {inner(evaluation.criteria.catalogue[name].label)} »" for name in mark.missing)
    policy = "sans quoi la candidature n'est pas classée"
    if any(is_withheld(card.values[name]) for name in mark.missing):
        policy = "qui doit d'abord être corrigé"
    elif criterion.if_missing is MissingPolicy.ZERO and mark.appraisal is not None:
        policy = f"{missing_word(criterion, mark.appraisal)} tant que cela manque"
    elif card.total is not None:
        policy = "ce qui ne change pas le total"
    page.write(f"Manque : {labels}, {policy}. Le critère vaudrait de {_range(mark)}.", indent, hang=2)


def write_total(page: Page, evaluation: Evaluation, scored: Scored) -> None:
    """Write the total as the sum of the criteria, or what it lies between."""
    roots = [scored.card.marks[root.id] for root in evaluation.criteria.criteria]
    added = " + ".join("?" if mark.points is None else spell(mark.points) for mark in roots)
    total = scored.card.total
    announced = all(root.counts_in_sum for root in evaluation.criteria.criteria)
    above = f" sur {spell(evaluation.criteria.total)}" if announced else ""
    page.blank()
    if total is None:
        low, high = scored.card.low, scored.card.high
        between = points_word(low) if low == high else f"entre {spell(low)} et {spell(high)} points"
        page.write(f"Total : {added} = {between}{above}", bold=True)
    else:
        page.write(f"Total : {added} = {points_word(total)}{above}", bold=True)
        if scored.card.low != scored.card.high:
            lacks = any(mark.missing for mark in scored.card.marks.values())
            what = "Selon ce qui manque" if lacks else "Selon ce que d'autres dossiers apportent au groupe comparé"
            if scored.unverified:
                what = "Selon ce qui manque, et ce qui reste à vérifier" if lacks else "Selon ce qui reste à vérifier"
            page.write(f"{what} : de {spell(scored.card.low)} à {spell(scored.card.high)} points.", 3)
        elif any(mark.points is None for mark in roots):
            page.write("Ce qui manque n'y change rien : ce qu'un critère y perdrait, un autre le gagnerait.", 3)
    if scored.card.is_wide:
        page.write(_WIDE, 3)


_WIDE: Final = (
    "Plusieurs critères attendent la même réponse, qui a trop de valeurs pour les essayer toutes : "
    "les bornes, additionnées, sont sûres, mais peuvent être plus larges que le possible."
)


def _sum_of(criterion: Criterion, scored: Scored) -> str:
    children = [scored.card.marks[child.id] for child in criterion.criteria or ()]
    added = " + ".join("?" if mark.points is None else spell(mark.points) for mark in children)
    mark = scored.card.marks[criterion.id]
    if mark.points is None:
        return f"{added}, de {_range(mark)}"
    plain = sum((child.points for child in children if child.points is not None), Fraction(0))
    capped = f" (plafonné, au lieu de {spell(plain)})" if plain != mark.points else ""
    return f"{added} = {points_word(mark.points)}{capped}"


def _points_of(mark: Mark, criterion: Criterion) -> str:
    above = "" if criterion.announced is None else f" sur {spell(criterion.announced)}"
    if mark.points is None:
        return f"en attente, de {_range(mark)}{above}"
    opened = f" (possible : de {_range(mark)})" if mark.low != mark.high else ""
    return f"{points_word(mark.points)}{above}{opened}"


def _range(mark: Mark) -> str:
    return f"{spell(mark.low)} à {points_word(mark.high)}"


def _bar(mark: Mark, criterion: Criterion) -> str:
    """Draw the share of the maximum; nothing where no maximum is announced."""
    most = criterion.announced
    if most is None:
        return ""
    sure = mark.low if mark.points is None else mark.points
    filled = min(BAR, max(0, int(BAR * sure / most)))
    possible = min(BAR, max(filled, int(BAR * mark.high / most)))
    return "█" * filled + "▒" * (possible - filled) + "░" * (BAR - possible)
