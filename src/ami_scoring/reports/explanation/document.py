"""The whole story of one candidature, from what it is to its place."""

from __future__ import annotations

from collections.abc import Mapping

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Standing
from ami_scoring.findings import Location
from ami_scoring.messages import spell
from ami_scoring.reports.explanation.answer import write_answer, write_aside_answer, write_decided
from ami_scoring.reports.explanation.criteria import write_criterion, write_mark, write_total
from ami_scoring.reports.explanation.distance import write_distance
from ami_scoring.reports.explanation.facts import is_in_months, write_fact
from ami_scoring.reports.explanation.found import Found
from ami_scoring.reports.explanation.gates import write_gates
from ami_scoring.reports.explanation.known import Known
from ami_scoring.reports.explanation.page import Line, Page
from ami_scoring.reports.explanation.standing import write_standing
from ami_scoring.scoring.sufficient import Others
from ami_scoring.scoring.telling import MONTHS

MOST_TOLD = 5
"""Files that may change a place, told where the story is short."""


def explanation(  # noqa: PLR0913 - how the story looks
    evaluation: Evaluation,
    found: Found,
    places: Mapping[str, tuple[Location, ...]],
    *,
    width: int = 100,
    colour: bool = False,
    short: bool = False,
) -> str:
    """Tell the whole story of one candidature. `places` gives, by fact, where it was read.

    With `short`, only the answer, the points of each main criterion and the total.
    """
    page = Page()
    _write_head(page, evaluation, found, MOST_TOLD if short else None)
    if short:
        _write_marks(page, evaluation, found)
    else:
        _write_body(page, evaluation, found, places, Known(evaluation), distance=True)
    if evaluation.criteria.call.notice:
        page.blank()
        page.write(evaluation.criteria.call.notice, dim=True)
    return page.text(width, colour=colour)


def explanation_lines(
    evaluation: Evaluation, found: Found, places: Mapping[str, tuple[Location, ...]], known: Known, *, distance: bool
) -> list[Line]:
    """Tell the same, without what heads and ends the page, to who lays it out.

    Without `distance`, what would have sufficed is left out: where quotas or a budget decide, it selects anew for each
    change that it tries.
    """
    page = Page(has_bars=False)
    if found.standing is not None:
        write_answer(page, evaluation, found.standing)
        write_decided(page, evaluation, found.standing.entry.reference, whole=False)
    _write_body(page, evaluation, found, places, known, distance=distance)
    return page.lines


def distance_lines(evaluation: Evaluation, standing: Standing, others: Others | None = None) -> list[Line]:
    """Tell how far a candidature is from a place and what would have sufficed; nothing of equals that contest one.

    `others` is who the others are, where many are told.
    """
    page = Page()
    if standing.entry.reference not in evaluation.cut.contested:
        write_distance(page, evaluation, standing, others or Others(evaluation))
    return page.lines


def working_lines(
    evaluation: Evaluation, found: Found, places: Mapping[str, tuple[Location, ...]], known: Known | None = None
) -> list[Line]:
    """Tell how one candidature was examined and marked, without its place: nothing in it is another's."""
    page = Page()
    _write_working(page, evaluation, found, places, known or Known(evaluation))
    return page.lines


def fact_lines(evaluation: Evaluation, found: Found, places: Mapping[str, tuple[Location, ...]]) -> list[Line]:
    """Tell what was read of one candidature, each fact once, with its place and how it was worked out."""
    page = Page()
    for name in found.values:
        if name in evaluation.criteria.catalogue:
            write_fact(page, evaluation, found, name, 0, places)
    return page.lines


def _write_marks(page: Page, evaluation: Evaluation, found: Found) -> None:
    """Write the points of each main criterion on a line, then the total."""
    if found.scored is None:
        return
    page.blank()
    for number, root in enumerate(evaluation.criteria.criteria, start=1):
        write_mark(page, root, found.scored.card.marks[root.id], number)
    write_total(page, evaluation, found.scored)
    page.blank()
    page.write("Sans --short : ce qui a été lu, le barème et le calcul de chaque point.", dim=True)


def _write_body(  # noqa: PLR0913 - the page, what is told, and how far
    page: Page,
    evaluation: Evaluation,
    found: Found,
    places: Mapping[str, tuple[Location, ...]],
    known: Known,
    *,
    distance: bool,
) -> None:
    _write_working(page, evaluation, found, places, known)
    if found.standing is not None:
        write_standing(page, evaluation, found.standing, known.others if distance else None)
    if found.scored is not None and any(is_in_months(evaluation, name) for name in found.values):
        page.blank()
        page.write(MONTHS, dim=True)


def _write_working(
    page: Page, evaluation: Evaluation, found: Found, places: Mapping[str, tuple[Location, ...]], known: Known
) -> None:
    write_gates(page, evaluation, found, places)
    if found.scored is not None:
        for number, root in enumerate(evaluation.criteria.criteria, start=1):
            write_criterion(page, evaluation, found, root, str(number), places, known)
        write_total(page, evaluation, found.scored)


def _write_head(page: Page, evaluation: Evaluation, found: Found, most: int | None) -> None:
    entry = found.standing.entry if found.standing else found.aside.entry if found.aside else None
    reference = entry.reference if entry else (found.aside.reference if found.aside else None) or "sans référence"
    if entry is None:
        page.write(reference, bold=True)
    else:
        candidature = entry.candidature
        where = f"{candidature.place.main_commune.called} ({candidature.department})"
        page.write(f"{reference} · {candidature.applicant.name} · {where}", bold=True, hang=2)
    wave = f", {found.scored.wave.name}" if found.scored else ""
    deposited = f" · déposée le {spell(entry.candidature.submitted_at)}{wave}" if entry else ""
    page.write(f"{found.origin.path}, ligne {found.origin.line}{deposited}", dim=True, hang=2)
    page.write(
        f"Critères : {evaluation.criteria.call.title}, édition {evaluation.criteria.call.edition}", dim=True, hang=2
    )
    page.blank()
    if found.standing is not None:
        write_answer(page, evaluation, found.standing, most)
    elif found.aside is not None:
        write_aside_answer(page, evaluation, found.aside)
    write_decided(page, evaluation, entry.reference if entry else None, whole=True)
