"""The firmness of standings where something is open: each is bounded among all the rivals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Firmness, Standing, Status, Versions
from ami_scoring.scoring.firmness.bounds import keeps, may_get
from ami_scoring.scoring.firmness.field import Field
from ami_scoring.scoring.firmness.movers import with_movers
from ami_scoring.scoring.firmness.needs import Judged, Needs
from ami_scoring.scoring.firmness.ranges import Ranges
from ami_scoring.scoring.firmness.stakes import Project, Stake, projects_of
from ami_scoring.scoring.firmness.unread import Unread
from ami_scoring.scoring.marks import Contenders


def weighed(  # noqa: PLR0913 - what was given, and what may still come
    standings: Sequence[Standing],
    cut: Cut,
    criteria: Criteria,
    groups: Sequence[Contenders],
    wide: Mapping[int, Scored],
    unread: Sequence[Unread],
    places: int | None,
) -> tuple[tuple[Standing, ...], Cut]:
    """Tell how firm each standing is among `groups`, the versions that may count, and so many places.

    `wide` are those that a verification may change, as it leaves them open, by the identity of what they are now.
    """
    projects = with_movers(projects_of(groups, criteria), criteria)
    as_bounded = {id(one.scored): wide.get(id(one.scored), one.scored) for one in standings}
    field = Field(projects, criteria, sum(one.most for one in unread), set(map(id, as_bounded.values())))
    homes = {id(stake.scored): (project, stake) for project in projects for stake in project.stakes}
    ranges = None if all(project.versions == 1 for project in projects) else Ranges(projects, field)
    judged: list[Judged] = []
    for standing in standings:
        project, stake = homes[id(as_bounded[id(standing.scored)])]
        standing = standing if ranges is None else ranges.of(standing, project, stake)  # noqa: PLW2901 - the same, told better
        firmness = _firmness(standing, project, stake, field, places)
        judged.append(Judged(standing._replace(firmness=firmness, versions=project.versions), project, stake))
    needs = Needs(judged, field, criteria, cut, unread, places)
    as_scored = {id(bounded): one.scored for one in standings for bounded in (as_bounded[id(one.scored)],)}
    versions = tuple(_versions(projects, as_scored))
    return tuple(needs.tell(one) for one in judged), cut._replace(unsettled=needs.unsettled(), versions=versions)


def _versions(projects: Sequence[Project], listed: Mapping[int, Scored]) -> Iterator[Versions]:
    """Give the projects that are more, or less, than one candidature that is listed."""
    for project in projects:
        scored = tuple(stake.scored for stake in project.stakes)
        if len(scored) > 1 or project.shadow is not None or project.doubt is not None or id(scored[0]) not in listed:
            yield Versions(tuple(listed.get(id(one), one) for one in scored), project.present)


def _firmness(standing: Standing, project: Project, stake: Stake, field: Field, places: int | None) -> Firmness:
    if standing.status is Status.SELECTED:
        stays = project.present and len(project.stakes) == 1 and not stake.scored.unverified
        return Firmness.FIRM if stays and keeps(stake, field, places) else Firmness.PROVISIONAL
    if standing.status is Status.TO_DELIBERATE or stake.heard or may_get(stake, field, places):
        return Firmness.POSSIBLE
    return Firmness.IMPOSSIBLE
