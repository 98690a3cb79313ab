"""What is wrong in bands: every value of their fact must fall in exactly one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from math import floor
from typing import Any

from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.simple_rules import Band, Bands
from ami_scoring.exact import plain
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message, spell
from ami_scoring.scoring.words import Path, error, mismatch


def check_bands(rule: Bands, fact: Fact, path: Path) -> Iterator[Problem]:
    """Find the bounds of another type, the empty bands, the gaps and the overlaps."""
    wrong = [
        (place, name)
        for place, band in enumerate(rule.bands)
        for name, bound in band.bounds.items()
        if isinstance(bound, date) is not (fact.type is FactType.DATE)
    ]
    for place, name in wrong:
        yield mismatch(fact, (*path, "bands", place, name), "une borne du même type")
    if wrong:
        return
    empty = [place for place, band in enumerate(rule.bands) if _is_empty(band, fact)]
    for place in empty:
        words = _bounds_stated(rule.bands[place])
        yield error(
            "band-empty", (*path, "bands", place), "Cette tranche ne contient aucune valeur{words}.", words=words
        )
    if empty:
        return
    for place, (left, right) in enumerate(pairwise(rule.bands), start=1):
        where = (*path, "bands", place)
        for problem in _check_neighbours(left, right, fact, where):
            yield problem._replace(related=((*path, "bands", place - 1),))
    yield from _check_ends(rule, fact, path)


def values_around(bounds: Iterable[Any], fact: Fact) -> list[Any]:
    """Give, in order, one possible value of a fact at, beside and between bounds (none between two next ones)."""
    if fact.type is FactType.DATE:
        return sorted({bound + timedelta(days) for bound in bounds for days in (-1, 0, 1)})
    if fact.grid:
        return sorted({(floor(bound / fact.grid) + beside) * fact.grid for bound in bounds for beside in (-1, 0, 1)})
    ordered = sorted(set(bounds))
    return sorted({*ordered, *((low + high) / 2 for low, high in pairwise(ordered))})


def _is_empty(band: Band, fact: Fact) -> bool:
    bounds = [bound for bound in (band.lower, band.upper) if bound is not None]
    return len(bounds) > 1 and not any(band.holds(at) for at in values_around(bounds, fact))


def _bounds_stated(band: Band) -> str:
    """Say what the parameters are worth that state the bounds of a band; nothing where both are written."""
    stated = {name: bound for key, bound in band.bounds.items() if (name := band.stated_by(key)) is not None}
    said = ", ".join(f"« {name} » vaut {spell(bound)}" for name, bound in stated.items())
    return f" : {said}" if said else ""


def _check_neighbours(left: Band, right: Band, fact: Fact, path: Path) -> Iterator[Problem]:
    end, start = left.upper, right.lower
    if end is None or start is None:
        message = Message("Deux tranches se recouvrent : il manque une borne entre elles.")
        mend = Message("La première finit où commence la seconde : « below: 6 », puis « from: 6 ».")
        yield Problem("band-overlap", Severity.ERROR, path, message, mend)
        return
    bounds = [bound for bound in (left.lower, end, start, right.upper) if bound is not None]
    tried = values_around(bounds, fact)
    shared = [at for at in tried if left.holds(at) and right.holds(at)]
    lost = [at for at in tried if end <= at <= start and not left.holds(at) and not right.holds(at)]
    if shared:
        message = Message("Deux tranches contiennent {witness}.", {"witness": _named(shared[0])})
        yield Problem("band-overlap", Severity.ERROR, path, message, _touching(right, start))
    elif lost:
        message = Message("Aucune tranche ne contient {witness}.", {"witness": _named(lost[0])})
        yield Problem("band-gap", Severity.ERROR, path, message, _touching(right, start))
    elif left.lower is not None and right.upper is not None and right.upper <= left.lower:  # type: ignore[operator]
        yield error("band-order", path, "Cette tranche vient avant la précédente : écrivez-les dans l'ordre croissant.")


def _named(value: Any) -> str:
    return f"le {spell(value)}" if isinstance(value, date) else spell(value)


def _touching(right: Band, start: Any) -> Message:
    """Say how two bands meet where the second starts."""
    keys = ("below", "from") if right.above is None else ("up_to", "above")
    at = start.isoformat() if isinstance(start, date) else plain(start)
    return Message(
        "Faites-les se toucher : « {end}: {at} », puis « {start}: {at} ».",
        dict(zip(("end", "start"), keys, strict=True)) | {"at": at},
    )


def _check_ends(rule: Bands, fact: Fact, path: Path) -> Iterator[Problem]:
    first, last = rule.bands[0], rule.bands[-1]
    low_open = first.lower is None or (fact.minimum is not None and first.holds(fact.minimum))
    high_open = last.upper is None or (fact.maximum is not None and last.holds(fact.maximum))
    if not low_open:
        minimum = "" if fact.minimum is None else f" (« {fact.name} » part de {spell(fact.minimum)})"
        message = Message("Rien n'est prévu sous {bound}{minimum}.", {"bound": _named(first.lower), "minimum": minimum})
        mend = Message("Laissez la première tranche sans borne basse, ou ajoutez-en une avant.")
        yield Problem("band-gap", Severity.ERROR, (*path, "bands", 0), message, mend)
    if not high_open:
        message = Message("Rien n'est prévu au-delà de {bound}.", {"bound": _named(last.upper)})
        mend = Message("Laissez la dernière tranche sans borne haute, ou ajoutez-en une après.")
        yield Problem("band-gap", Severity.ERROR, (*path, "bands", len(rule.bands) - 1), message, mend)
