"""The firmness of every standing: what is settled is told at once, what is open is bounded among all the rivals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Firmness, Standing, Status, Threat, Versions
from ami_scoring.scoring.firmness.bounds import keeps, may_get
from ami_scoring.scoring.firmness.field import Field
from ami_scoring.scoring.firmness.movers import with_movers
from ami_scoring.scoring.firmness.needs import Judged, Needs, Unread, of_the_committee
from ami_scoring.scoring.firmness.ranges import Ranges
from ami_scoring.scoring.firmness.stakes import Project, all_settled, projects_of
from ami_scoring.scoring.marks import Contenders
from ami_scoring.scoring.places import places_of

_BEFORE_FIRMNESS: Final = 9
"""The fields of a standing that are known before it is judged."""


def with_firmness(  # noqa: PLR0913 - what was given, and what may still come
    standings: Sequence[Standing],
    cut: Cut,
    criteria: Criteria,
    wave: Wave | None = None,
    *,
    contenders: Sequence[Contenders] | None = None,
    unread: Sequence[Unread] = (),
) -> tuple[tuple[Standing, ...], Cut]:
    """Tell of each standing how firm it is and what it depends on, and of the cut what could still change it.

    `contenders` are all the versions that may count, those of the standings alone by default; `unread`, the files
    that may hold candidatures that nobody can read. What is to be verified is bounded as what is missing is.
    """
    groups = [Contenders([one.scored]) for one in standings] if contenders is None else contenders
    wide = {id(one): one.bounded for group in groups for one in group.eligible if one.opened is not None}
    if wide:
        groups = [each._replace(eligible=[wide.get(id(one), one) for one in each.eligible]) for each in groups]
    places = places_of(criteria, wave)
    is_sure = not unread and not wide and not _ties_move_places(cut, criteria, places)
    if is_sure and (settled := all_settled(groups, criteria)) is not None:
        listed = {id(one.scored) for one in standings}
        versions = tuple(Versions((one,), present=True) for one in settled if id(one) not in listed)
        return _as_they_stand(standings, cut, criteria), cut._replace(unsettled=(), versions=versions)
    projects = with_movers(projects_of(groups, criteria), criteria)
    as_bounded = {id(one.scored): wide.get(id(one.scored), one.scored) for one in standings}
    field = Field(projects, criteria, sum(one.most for one in unread), set(map(id, as_bounded.values())))
    homes = {id(stake.scored): (project, stake) for project in projects for stake in project.stakes}
    ranges = None if all(project.versions == 1 for project in projects) else Ranges(projects, field)
    judged: list[Judged] = []
    for standing in standings:
        project, stake = homes[id(as_bounded[id(standing.scored)])]
        standing = standing if ranges is None else ranges.of(standing, project, stake)  # noqa: PLW2901 - the same, told better
        firmness = _firmness(Judged(standing, project, stake), field, places)
        told = (firmness, standing.threats, standing.others, project.versions, standing.numbered)
        judged.append(Judged(Standing(*standing[:_BEFORE_FIRMNESS], *told), project, stake))
    needs = Needs(judged, field, criteria, cut, unread, places)
    as_scored = {id(bounded): one.scored for one in standings for bounded in (as_bounded[id(one.scored)],)}
    versions = tuple(_versions(projects, as_scored))
    return tuple(needs.tell(one) for one in judged), cut._replace(unsettled=needs.unsettled(), versions=versions)


def _ties_move_places(cut: Cut, criteria: Criteria, places: int | None) -> bool:
    """Say whether who is told that it has a place may lose it to equals that are told apart.

    An envelope pours what equals leave it, and others may then take the places, where places or quotas limit too. Of
    equals that contest a guaranteed place, one may fill a second guarantee with it, and another leave that one to be
    filled at somebody's expense.
    """
    selection = criteria.selection
    if not cut.waiting:
        return False
    if sum(quota.at_least > 0 for quota in selection.quotas) > 1:
        return True
    pours = selection.budget is not None and any(envelope.spill for envelope in selection.budget.envelopes)
    return pours and (places is not None or bool(selection.quotas))


def _as_they_stand(standings: Sequence[Standing], cut: Cut, criteria: Criteria) -> tuple[Standing, ...]:
    """Judge those among whom only ties are open: who has a place was given it at nobody's expense."""
    waiting = frozenset(cut.waiting)
    judged: list[Standing] = []
    for one in standings:
        firmness = Firmness.IMPOSSIBLE
        threats: tuple[Threat, ...] = ()
        if one.status is Status.SELECTED:
            firmness = Firmness.FIRM
        elif one.status is Status.TO_DELIBERATE or (waiting and one.entry.reference in waiting):
            firmness, threats = Firmness.POSSIBLE, of_the_committee(one, cut, criteria)
        judged.append(Standing(*one[:_BEFORE_FIRMNESS], firmness, threats, one.others, 1, one.numbered))
    return tuple(judged)


def _versions(projects: Sequence[Project], listed: Mapping[int, Scored]) -> Iterator[Versions]:
    """Give the projects that are more, or less, than one candidature that is listed."""
    for project in projects:
        scored = tuple(stake.scored for stake in project.stakes)
        if len(scored) > 1 or project.shadow is not None or project.doubt is not None or id(scored[0]) not in listed:
            yield Versions(tuple(listed.get(id(one), one) for one in scored), project.present)


def _firmness(judged: Judged, field: Field, places: int | None) -> Firmness:
    standing, project, stake = judged
    if standing.status is Status.SELECTED:
        stays = project.present and len(project.stakes) == 1 and not stake.scored.unverified
        return Firmness.FIRM if stays and keeps(stake, field, places) else Firmness.PROVISIONAL
    if standing.status is Status.TO_DELIBERATE or stake.heard or may_get(stake, field, places):
        return Firmness.POSSIBLE
    return Firmness.IMPOSSIBLE
