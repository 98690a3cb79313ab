"""The policy of a wave evaluated alone: its own budget, and the minimum that holds when it closes."""

from typing import Any

from ami_scoring.domain.computed import PARAMETERS
from ami_scoring.domain.conditions import FactCondition
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.selection import Floor, Selection
from ami_scoring.domain.ties import Ranking


def alone(criteria: Criteria, wave: Wave | None) -> Criteria:
    """Give the policy of the only wave evaluated, or the one of the call where none is or where it has nothing own.

    Its budget takes the place of that of the call: shares of it follow, amounts and all else stay. Of a minimum that
    changes by wave, its own is the minimum.
    """
    if wave is None:
        return criteria
    minimum = next((floor for its, floor in minimums_by_wave(criteria) if its is wave), None)
    changed = {**_own_budget(criteria, wave), **_own_minimum(criteria, minimum)}
    if not changed:
        return criteria
    stated = {} if minimum is None else {"minimum": minimum.parameters_named[0]}
    return with_selection(criteria, criteria.selection.restated(changed, stated))


def with_selection(criteria: Criteria, selection: Selection, ranking: Ranking | None = None) -> Criteria:
    """Give a policy with another selection, and another ranking: a copy would keep what the one before had worked out.

    Its own ranking stays where none is given.
    """
    kept = {name: getattr(criteria, name) for name in Criteria.model_fields}
    return Criteria.model_construct(**(kept | {"selection": selection, "ranking": ranking or criteria.ranking}))


def minimums_by_wave(criteria: Criteria) -> tuple[tuple[Wave, Floor], ...]:
    """Give the minimum of each wave, where a parameter makes it change from one to another; nothing elsewhere."""
    varying = _varying(criteria)
    return tuple((wave, floor) for wave in criteria.waves for floor in varying if _holds(criteria, floor, wave))


def _own_budget(criteria: Criteria, wave: Wave) -> dict[str, Any]:
    budget = criteria.selection.budget
    if budget is None or wave.budget is None:
        return {}
    return {"budget": budget.model_copy(update={"amount": wave.budget})}


def _own_minimum(criteria: Criteria, found: Floor | None) -> dict[str, Any]:
    if found is None:
        return {}
    varying = {id(floor) for floor in _varying(criteria)}
    others = [floor for floor in criteria.selection.floors if id(floor) not in varying]
    return {"minimum": found.at_least, "minimum_strict": found.strict, "floors": others}


def _varying(criteria: Criteria) -> list[Floor]:
    """Give the floors that the minimum of the file makes, one for each value of the parameter that states it."""
    if criteria.selection.minimum is not None:
        return []
    found = [
        floor
        for floor in criteria.selection.floors
        if isinstance(floor.when, FactCondition) and floor.when.fact == floor.stated_by("at_least")
    ]
    return found if len(found) > 1 else []


def _holds(criteria: Criteria, floor: Floor, wave: Wave) -> bool:
    name = floor.stated_by("at_least")
    stating = next(each for each in criteria.parameters if f"{PARAMETERS}{each.name}" == name)
    return stating.in_force(wave.closes_on) == floor.at_least
