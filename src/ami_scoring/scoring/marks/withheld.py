"""What an answer that could not be read leaves of the facts: each is missing, with what is known of it all the same.

Refused is not missing: whatever the policy does without a fact, it does nothing without one that was given and must be
corrected first. Nor is it the answer that stands in its place: nothing said of a priority district, where what was
said is refused, is not "none".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from ami_scoring.domain.candidature import UNREAD
from ami_scoring.domain.facts import MISSING, Case, Fact, Missing, Value
from ami_scoring.domain.identifiers import department_of
from ami_scoring.domain.zoning import PRIORITY, Zone
from ami_scoring.messages import Message
from ami_scoring.scoring.marks.remembering import MOST_KEPT

_CODE: Final = "implantation.communes.code_insee"
_MAIN: Final = "implantation.communes.principale"
_DISTRICT: Final = "implantation.qpv"
_KNOWN_IN_PART: Final = frozenset(
    {
        "implantation.code_insee",
        "implantation.departement",
        "implantation.nombre_communes",
        "implantation.nombre_departements",
        "implantation.qpv",
        "zonage",
        "zonage.meilleur",
        "zonage.moins_bon",
    }
)
"""Facts of the place, of which more, or less, is known than what stands there."""


def withholder(facts: Iterable[Fact]) -> Callable[[dict[str, Value], Case], None]:
    """Make a function that sets apart, of these facts, those that refused answers leave unknown.

    Each keeps what is said of its answer; where several are refused, of the first.
    """
    keys = [(fact.name, fact.keys) for fact in facts]
    known: dict[str, tuple[str, ...]] = {}

    def touched(refused: str) -> tuple[str, ...]:
        found = known.get(refused)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[refused] = tuple(name for name, its in keys if any(touches(refused, key) for key in its))
        return found

    def withhold(values: dict[str, Value], case: Case) -> None:
        reasons: dict[str, Message] = {}
        for key, why in case.refused.items():
            for name in touched(key):
                reasons.setdefault(name, why)
        for name, why in reasons.items():
            left = values[name]
            if name in _KNOWN_IN_PART:
                left = _left(name, left, case)
            if isinstance(left, Missing):
                values[name] = Missing(why, left.at_least, left.at_most, left.among, withheld=True)

    return withhold


def touches(refused: str, key: str) -> bool:
    """Say whether a key may be what was refused: it, one in its block or, of a list of communes, what tells them."""
    if refused in {"", key} or key.startswith(f"{refused}."):
        return True
    return refused in {_CODE, _MAIN} and key == "implantation.communes"


def _left(name: str, value: Value, case: Case) -> Value:
    """Give what is known of a fact of the place: itself, unless an answer stands there for a refused one."""
    place, no_main = case.candidature.place, _MAIN in case.refused
    no_district = place.district is None and not {_DISTRICT, "implantation"}.isdisjoint(case.refused)
    match name:
        case "implantation.qpv":
            return MISSING if no_district else value
        case "implantation.code_insee" | "implantation.departement":
            return MISSING if no_main or place.main_commune.code_insee == UNREAD else value
        case "implantation.nombre_communes":
            return _counted(value, {each for each in _codes(case) if each != UNREAD}, case)
        case "implantation.nombre_departements":
            return _counted(value, {department_of(each) for each in _codes(case) if each != UNREAD}, case)
        case "zonage":
            return MISSING if no_main else _perhaps_better(value) if no_district else value
        case _:
            if no_main and (no_district or place.district is not None):
                return MISSING
            return _perhaps_better(value) if no_district else value


def _codes(case: Case) -> list[str]:
    return [commune.code_insee for commune in case.candidature.place.communes]


def _counted(value: Value, known: set[str], case: Case) -> Value:
    """Bound a count of communes, or of their départements: a code that is refused may be any, or one given already."""
    unread = _codes(case).count(UNREAD)
    if not unread:
        return value
    if not {"implantation.communes", "implantation"}.isdisjoint(case.refused):
        return Missing(at_least=1)
    return Missing(at_least=max(1, len(known)), at_most=len(known) + unread)


def _perhaps_better(value: Value) -> Value:
    """Leave open that a priority district gives a better zone: never a worse one."""
    if not isinstance(value, Zone):
        return MISSING
    better = tuple(zone for zone in Zone if PRIORITY[zone] < PRIORITY[value])
    return Missing(among=(*better, value)) if better else value
