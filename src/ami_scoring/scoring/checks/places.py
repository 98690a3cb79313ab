"""What acts on nothing where the score never decides, where no number limits places, where totals go whole."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.budgets import Budget
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.selection import Every, Selection
from ami_scoring.findings import Problem
from ami_scoring.messages import Message
from ami_scoring.scoring.words import Path, error

_BUDGET: Path = ("selection", "budget")


def check_places(criteria: Criteria) -> Iterator[Problem]:
    """Check what stands beside `decides_from: never`, `places: all`, and a budget that admits whole totals."""
    if criteria.selection.never_decides:
        yield from _check_deliberation(criteria)
        return
    yield from _check_every_place(criteria)
    if criteria.selection.budget is not None:
        yield from _check_levels(criteria.selection.budget, criteria)


def _check_deliberation(criteria: Criteria) -> Iterator[Problem]:
    """Find what gives places where the score gives none."""
    selection = criteria.selection
    beside = ("places", "reserve", "quotas", "budget")
    idle: list[Path] = [("selection", key) for key in beside if getattr(selection, key)]
    waves = enumerate(criteria.waves)
    idle += [("waves", place, key) for place, wave in waves for key in beside if getattr(wave, key, None)]
    for path in idle:
        said = "« {key} » n'a pas d'effet avec « decides_from: never » : le comité délibère de chaque place."
        yield _idle(path, said, "un total à la place de « never »", ("selection", "decides_from"))


def _check_every_place(criteria: Criteria) -> Iterator[Problem]:
    """Find what acts on nothing where whoever passes has a place: a budget beside it, a reserve list, guarantees."""
    selection = criteria.selection
    if selection.places is not Every.ALL:
        return
    if selection.budget is not None:
        said = "« places: all » n'a pas d'effet avec un budget, qui limite déjà les places : retirez-le."
        yield error("key-without-effect", ("selection", "places"), said, related=(("selection", "budget"),))
        return
    if any(quota.at_most is not None for quota in selection.quotas) or any(wave.places for wave in criteria.waves):
        return
    idle: list[Path] = [("selection", "reserve")] if selection.reserve else []
    idle += [("waves", place, "reserve") for place, wave in enumerate(criteria.waves) if wave.reserve]
    idle += [("selection", "quotas", place, "at_least") for place, each in enumerate(selection.quotas) if each.at_least]
    for path in idle:
        said = "« {key} » n'a pas d'effet avec « places: all » : toute candidature qui passe les minimums a une place."
        yield _idle(path, said, "un nombre à la place de « all »", ("selection", "places"))


def _check_levels(budget: Budget, criteria: Criteria) -> Iterator[Problem]:
    """Find what whole totals leave without effect, and a least that is above what is aimed at."""
    if not budget.admits_levels:
        if budget.least_times is not None:
            said = "« least_times » n'a d'effet qu'avec « when_short: nearest », qui admet des totaux entiers."
            yield error("key-without-effect", (*_BUDGET, "least_times"), said)
        return
    waves: list[Path] = [
        ("waves", place, "places") for place, each in enumerate(criteria.waves) if each.places is not None
    ]
    for path in (*_beside_levels(budget, criteria.selection), *waves):
        said = "« {key} » n'a pas d'effet avec « when_short: nearest » : les demandes seules disent où est la limite."
        yield _idle(path, said, "« stop » ou « skip » à la place de « nearest »", (*_BUDGET, "when_short"))
    if budget.least_times is not None and budget.least_times > budget.times:
        yield error(
            "limits-crossed",
            (*_BUDGET, "least_times"),
            "Le moins à admettre dépasse ce dont il faut être au plus près.",
            related=((*_BUDGET, "times"),),
        )


def _beside_levels(budget: Budget, selection: Selection) -> Iterator[Path]:
    if selection.places is not None and selection.places is not Every.ALL:
        yield ("selection", "places")
    if selection.quotas:
        yield ("selection", "quotas")
    if budget.partial:
        yield (*_BUDGET, "partial")
    if budget.envelopes:
        yield (*_BUDGET, "envelopes")


def _idle(path: Path, template: str, instead: str, beside: Path) -> Problem:
    """Say that a key acts on nothing beside another, and that one of the two must go."""
    found = error("key-without-effect", path, template, related=(beside,), key=path[-1])
    mend = "Retirez « {key} » de cette vague" if path[0] == "waves" else "Retirez « {key} »"
    words = {"key": path[-1], "instead": instead}
    return found._replace(suggestion=Message(f"{mend}, ou écrivez {{instead}}.", words))
