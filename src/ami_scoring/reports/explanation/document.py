"""The whole story of one candidature, from what it is to its place."""

from __future__ import annotations

from collections.abc import Mapping

from ami_scoring.domain.scores import Evaluation
from ami_scoring.findings import Location
from ami_scoring.messages import spell
from ami_scoring.reports.explanation.criteria import write_criterion, write_total
from ami_scoring.reports.explanation.facts import is_in_months
from ami_scoring.reports.explanation.found import Found
from ami_scoring.reports.explanation.gates import write_gates
from ami_scoring.reports.explanation.known import Known
from ami_scoring.reports.explanation.page import Line, Page
from ami_scoring.reports.explanation.standing import write_firmness, write_standing
from ami_scoring.scoring.telling import MONTHS


def explanation(
    evaluation: Evaluation,
    found: Found,
    places: Mapping[str, tuple[Location, ...]],
    *,
    width: int = 100,
    colour: bool = False,
) -> str:
    """Tell the whole story of one candidature. `places` gives, by fact, where it was read."""
    page = Page()
    _write_head(page, evaluation, found)
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
        write_firmness(page, found.standing)
    _write_body(page, evaluation, found, places, known, distance=distance)
    return page.lines


def _write_body(  # noqa: PLR0913 - the page, what is told, and how far
    page: Page,
    evaluation: Evaluation,
    found: Found,
    places: Mapping[str, tuple[Location, ...]],
    known: Known,
    *,
    distance: bool,
) -> None:
    scored = found.scored
    write_gates(page, evaluation, found, places)
    if scored is not None:
        for number, root in enumerate(evaluation.criteria.criteria, start=1):
            write_criterion(page, evaluation, found, root, str(number), places, known)
        write_total(page, evaluation, scored)
    if found.standing is not None:
        write_standing(page, evaluation, found.standing, known.others if distance else None)
    if scored is not None and any(is_in_months(evaluation, name) for name in found.values):
        page.blank()
        page.write(MONTHS, dim=True)


def _write_head(page: Page, evaluation: Evaluation, found: Found) -> None:
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
    if found.standing is not None:
        page.blank()
        write_firmness(page, found.standing)
    if found.aside is not None:
        page.blank()
        page.write(f"Statut : {found.aside.status}", bold=True)
        for reason in found.aside.reasons:
            page.write(f"· {reason}", 2, hang=2)
