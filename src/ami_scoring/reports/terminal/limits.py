"""The lines drawn across the ranking: the last place, the end of the reserve list, the minimal total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.messages import spell_number
from ami_scoring.reports.terminal.glyphs import counted
from ami_scoring.scoring.words import NEVER_DECIDES, granted_words


@dataclass(frozen=True, slots=True)
class Limit:
    """A line across the ranking, and what must be said under it."""

    words: str
    note: str = ""


def limits(evaluation: Evaluation, ranked: Sequence[Standing]) -> Mapping[int, Sequence[Limit]]:
    """Place each limit by the number of ranked rows above it."""
    found: defaultdict[int, list[Limit]] = defaultdict(list)
    cut = evaluation.cut
    found[_place_of(cut, ranked)].append(Limit(_places(evaluation), _contest(cut)))
    if waiting := sum(each.status is Status.RESERVE for each in ranked):
        found[_after_last(ranked, Status.RESERVE)].append(Limit(_reserve(waiting, cut)))
    selection = evaluation.criteria.selection
    below = _first_below(ranked, selection)
    if cut.minimum is not None and below is not None:
        least = "plus de " if selection.minimum_strict else ""
        found[below].append(Limit(f"minimum : {least}{spell_number(cut.minimum)} points"))
    return found


def explained(evaluation: Evaluation, ranked: Sequence[Standing]) -> set[int]:
    """Give the positions of the rows whose status is not told by their rank or the minimum, and has its reasons."""
    cut = evaluation.cut
    last_selected = _after_last(ranked, Status.SELECTED)
    last_kept = max(last_selected, *(_after_last(ranked, each) for each in (Status.RESERVE, Status.TO_DELIBERATE)))
    first_without = next(
        (place for place, each in enumerate(ranked) if each.status is not Status.SELECTED), len(ranked)
    )
    kept_ranks = {each.rank for each in ranked if each.status is not Status.NOT_SELECTED}
    has_room = cut.budget is not None or sum(each.status is Status.RESERVE for each in ranked) < cut.reserve
    below = _first_below(ranked, evaluation.criteria.selection)
    surprising: set[int] = set()
    for place, each in enumerate(ranked):
        match each.status:
            case Status.SELECTED:
                surprises = each.granted is not None or place > first_without
            case Status.NOT_SELECTED:
                is_misplaced = place < last_kept or has_room or each.rank in kept_ranks
                surprises = is_misplaced and (below is None or place < below)
            case _:
                surprises = place < last_selected
        if surprises and each.reasons:
            surprising.add(place)
    return {place for place in surprising if place - 1 not in surprising or _differs(ranked, place)}


def _differs(ranked: Sequence[Standing], place: int) -> bool:
    """Say whether a row has other reasons than the one above, under which they are not told again."""
    above, here = (list(map(str, ranked[number].reasons)) for number in (place - 1, place))
    return above != here


def _place_of(cut: Cut, ranked: Sequence[Standing]) -> int:
    """Put the cut right above the equals that contest it without a place, or else right under the last that got one."""
    without = ((place, each) for place, each in enumerate(ranked) if each.status is not Status.SELECTED)
    contested = (place for place, each in without if each.entry.reference in cut.contested)
    return next(contested, _after_last(ranked, Status.SELECTED))


def _after_last(ranked: Sequence[Standing], status: Status) -> int:
    return max((place + 1 for place, each in enumerate(ranked) if each.status is status), default=0)


def _first_below(ranked: Sequence[Standing], selection: Selection) -> int | None:
    totals = (each.card.total for each in ranked)
    under = (place for place, total in enumerate(totals) if total is not None and selection.is_under_minimum(total))
    return next(under, None)


def _places(evaluation: Evaluation) -> str:
    cut, granted = evaluation.cut, granted_words(evaluation)
    if granted is not None:
        return f"budget : {granted}"
    if evaluation.criteria.selection.never_decides:
        return NEVER_DECIDES
    if cut.places is None:
        return f"toutes celles qui passent : {counted(cut.selected, 'retenue', 'retenues')}"
    places = counted(cut.places, "place", "places")
    if cut.places_left <= 0:
        return f"limite : {places}"
    return f"limite : {places}, {counted(cut.selected, 'attribuée', 'attribuées')}"


def _contest(cut: Cut) -> str:
    if not cut.contested:
        return ""
    last = "la dernière place" if cut.at_stake == 1 else f"les {cut.at_stake} dernières places"
    last = last if cut.at_stake else "le reste du budget"
    return f"{len(cut.contested)} ex æquo pour {last} : au comité de les départager"


def _reserve(waiting: int, cut: Cut) -> str:
    words = f"fin de la liste de réserve : {counted(waiting, 'candidature', 'candidatures')}"
    left = waiting - cut.at_stake
    if cut.at_stake and left > 0:
        return f"{words}, {spell_number(left)} après le départage"
    return words if waiting >= cut.reserve else f"{words} ({spell_number(cut.reserve)} au plus)"
