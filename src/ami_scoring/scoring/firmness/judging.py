"""The firmness of every standing: what is settled is told at once, what is open is weighed (`weighing`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.standings import Cut, Firmness, Standing, Status, Threat, Versions
from ami_scoring.scoring.firmness.ends import all_settled
from ami_scoring.scoring.firmness.unread import Unread
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
    from ami_scoring.scoring.firmness.weighing import weighed  # noqa: PLC0415 - where something is open

    return weighed(standings, cut, criteria, groups, wide, unread, places)


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
    # A name of an enumeration is looked for in it each time: once is enough for them all.
    selected, deliberated, firm, impossible = Status.SELECTED, Status.TO_DELIBERATE, Firmness.FIRM, Firmness.IMPOSSIBLE
    for one in standings:
        status, firmness = one.status, impossible
        threats: tuple[Threat, ...] = ()
        if status is selected:
            firmness = firm
        elif status is deliberated or (waiting and one.entry.reference in waiting):
            from ami_scoring.scoring.firmness.needs import of_the_committee  # noqa: PLC0415 - where equals wait

            firmness, threats = Firmness.POSSIBLE, of_the_committee(one, cut, criteria)
        judged.append(Standing._make((*one[:_BEFORE_FIRMNESS], firmness, threats, one.others, 1, one.numbered)))
    return tuple(judged)
