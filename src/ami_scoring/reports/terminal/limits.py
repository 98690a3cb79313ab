"""The lines drawn across the ranking: the last place, the end of the reserve list, the minimal total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ami_scoring.domain.scores import Cut, Evaluation, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import spell_number
from ami_scoring.reports.terminal.glyphs import counted


@dataclass(frozen=True, slots=True)
class Limit:
    """A line across the ranking, and what must be said under it."""

    words: str
    note: str = ""


def limits(evaluation: Evaluation, ranked: Sequence[Standing]) -> Mapping[int, Sequence[Limit]]:
    """Place each limit by the number of ranked rows above it."""
    found: defaultdict[int, list[Limit]] = defaultdict(list)
    cut = evaluation.cut
    found[_place_of(cut, ranked)].append(Limit(_places(cut), _contest(cut)))
    if waiting := sum(each.status is Status.RESERVE for each in ranked):
        found[_after_last(ranked, Status.RESERVE)].append(Limit(_reserve(waiting, cut.reserve)))
    below = _first_below(ranked, cut.minimum)
    if cut.minimum is not None and below is not None:
        found[below].append(Limit(f"minimum : {spell_number(cut.minimum)} points"))
    return found


def explained(evaluation: Evaluation, ranked: Sequence[Standing]) -> set[int]:
    """Give the positions of the rows that miss a place for another reason than their rank or the minimum."""
    cut = evaluation.cut
    waiting = sum(each.status is Status.RESERVE for each in ranked)
    last_kept = max(_after_last(ranked, Status.SELECTED), _after_last(ranked, Status.RESERVE))
    has_room = waiting < cut.reserve
    below = _first_below(ranked, cut.minimum)
    return {
        place
        for place, each in enumerate(ranked[:below])
        if each.status is Status.NOT_SELECTED and (place < last_kept or has_room)
    }


def _place_of(cut: Cut, ranked: Sequence[Standing]) -> int:
    """Put the cut right above the equals that contest it, or else right under the last that got a place."""
    contested = (place for place, each in enumerate(ranked) if each.entry.reference in cut.contested)
    return next(contested, _after_last(ranked, Status.SELECTED))


def _after_last(ranked: Sequence[Standing], status: Status) -> int:
    return max((place + 1 for place, each in enumerate(ranked) if each.status is status), default=0)


def _first_below(ranked: Sequence[Standing], minimum: Fraction | None) -> int | None:
    if minimum is None:
        return None
    totals = (each.card.total for each in ranked)
    return next((place for place, total in enumerate(totals) if total is not None and total < minimum), None)


def _places(cut: Cut) -> str:
    if cut.budget is not None and cut.granted is not None:
        return f"enveloppe : {spell_number(cut.granted)} accordés sur {spell_number(cut.budget)}"
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


def _reserve(waiting: int, reserve: int) -> str:
    words = f"fin de la liste de réserve : {counted(waiting, 'candidature', 'candidatures')}"
    return words if waiting == reserve else f"{words} pour {counted(reserve, 'rang', 'rangs')}"
