"""What a call holds to be plausible, and what a candidature says beyond it: told to people, never refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import Fact, FactType, Known, Missing
from ami_scoring.domain.plausible import Plausible
from ami_scoring.domain.zoning import ZoningTable
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.reading import facts_reader
from ami_scoring.scoring.words import Path, error, mismatch, plausible_word, repeated, unknown_fact, value_word


def check_plausible_values(criteria: Criteria) -> Iterator[Problem]:
    """Check what a policy holds to be plausible: of a number or a date that files give, between ends of its kind."""
    placed: list[tuple[str, Plausible, Path]] = [
        (f"{PREFIX}{fact.name}", fact.plausible, ("facts", place, "plausible"))
        for place, fact in enumerate(criteria.facts)
        if fact.plausible is not None
    ]
    placed += [(each.fact, each, ("plausible", place)) for place, each in enumerate(criteria.plausible)]
    for name, plausible, path in placed:
        yield from _check_ends(criteria.catalogue.get(name), name, plausible, path)
    for place, first in repeated([name for name, _, _ in placed]):
        name, _, path = placed[place]
        other = placed[first][2]
        yield error("name-twice", path, "« {name} » a déjà ses valeurs plausibles.", related=(other,), name=name)


def _check_ends(fact: Fact | None, name: str, plausible: Plausible, path: Path) -> Iterator[Problem]:
    if fact is None:
        yield unknown_fact(name, (*path, "fact"))
        return
    low, high = plausible.bounds
    if not fact.type.is_ordered or not fact.keys:
        yield mismatch(fact, path, "un nombre ou une date que les candidatures donnent")
        return
    wants_dates = fact.type is FactType.DATE
    for key, end in (("from", low), ("to", high)):
        if end is not None and isinstance(end, date) is not wants_dates:
            yield mismatch(fact, (*path, key), "une date" if isinstance(end, date) else "un nombre")
            return
    if not _within(low, high):
        yield error("limits-crossed", (*path, "from"), "« from » dépasse « to ».", related=((*path, "to"),))


def plausible_check(
    criteria: Criteria, zonings: Mapping[str, ZoningTable]
) -> Callable[[Candidature, Wave | None], Sequence[Problem]]:
    """Make the check that looks, in a candidature of a wave, for values that the policy does not hold to be plausible.

    `zonings` go by wave id.
    """
    bounds = {name: plausible.bounds for name, plausible in criteria.plausible_values.items()}
    expected = [(name, _quick(low), _quick(high)) for name, (low, high) in bounds.items()]
    read = facts_reader(criteria.plausible_values, criteria, zonings)

    def check(candidature: Candidature, wave: Wave | None) -> Sequence[Problem]:
        values = read(candidature, wave)
        found: Sequence[Problem] = ()
        if values is None:
            return found
        for name, low, high in expected:
            value: Any = values[name]
            if type(value) is not Missing and (
                (low is not None and value < low) or (high is not None and value > high)
            ):
                plausible = criteria.plausible_values[name]
                found = [*found, _implausible(criteria.catalogue[name], value, plausible)]
        return found

    return check if expected else lambda _, __: ()


def _quick(end: Fraction | date | None) -> int | Fraction | date | None:
    """Give a whole number as such: most values are compared with it in less time."""
    return end.numerator if isinstance(end, Fraction) and end.denominator == 1 else end


def _implausible(fact: Fact, value: Known, plausible: Plausible) -> Problem:
    message = Message(
        "« {label} » : {value}, hors de ce que l'appel tient pour plausible ({bounds}).",
        {"label": fact.label, "value": value_word(fact, value), "bounds": plausible_word(plausible, fact)},
    )
    path: Path = tuple(fact.keys[0].split("."))
    return Problem("value-implausible", Severity.WARNING, path, message, Message("Vérifiez cette réponse."))


def _within(low: object, high: object) -> bool:
    return low is None or high is None or low <= high  # type: ignore[operator] # both numbers, or both dates
