"""What is wrong in one rule or one condition, knowing the facts: types, categories, bands, bounds.

Every check yields a `Problem` whose path starts at the rule, so that the caller can prefix it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from math import floor
from typing import Any, Final

from ami_scoring.domain.conditions import (
    EQUALITY,
    LISTS,
    NUMERIC,
    AllOf,
    AnyCondition,
    AnyOf,
    FactCondition,
    Not,
    parse_points,
)
from ami_scoring.domain.facts import Fact, FactType, category_of
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import (
    AnyRule,
    Band,
    Bands,
    BestOf,
    Cases,
    Checklist,
    Judgement,
    Linear,
    Lookup,
    PerUnit,
    Relative,
    SimpleRule,
    SumOf,
    Table,
    WorstOf,
    own_facts,
)
from ami_scoring.exact import Fraction, plain
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message, spell
from ami_scoring.scoring.wording import TYPE_WORDS

Path = tuple[str | int, ...]
Catalogue = Mapping[str, Fact]
_DEPARTMENT: Final = "implantation.departement"
_DEPARTMENT_CODE: Final = re.compile(r"\d\d|2[ab]|9[78]\d", re.ASCII)
_OF_DATES: Final = {"at_least": "from", "at_most": "until", "above": "after", "below": "before"}
_OF_NUMBERS: Final = {"from_": "at_least", "until": "at_most", "after": "above", "before": "below"}
"""The tests that say of one type what others say of the other."""


def check_rule(rule: AnyRule, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Check one rule and all below it."""
    if isinstance(rule, SimpleRule):
        yield from _check_facts_exist(rule, path, catalogue)
    match rule:
        case Checklist():
            for place, item in enumerate(rule.items):
                yield from check_condition(item.if_, (*path, "items", place, "if"), catalogue)
            yield from _check_rivals(rule, path)
        case Cases():
            for place, row in enumerate(rule.rows):
                yield from check_condition(row.if_, (*path, "rows", place, "if"), catalogue)
                if row.rule is not None:
                    yield from check_rule(row.rule, (*path, "rows", place, "rule"), catalogue)
        case BestOf() | WorstOf() | SumOf():
            for place, part in enumerate(rule.rules):
                yield from check_rule(part, (*path, "rules", place), catalogue)
        case _:
            pass
    if isinstance(rule, (Checklist, BestOf, WorstOf, SumOf)):
        yield from _check_limits(rule, path)


def _check_facts_exist(rule: SimpleRule, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    keys = ("rows", "columns") if isinstance(rule, Table) else ("fact",)
    unknown = [(name, key) for name, key in zip(own_facts(rule), keys, strict=False) if name not in catalogue]
    for name, key in unknown:
        yield unknown_fact(name, (*path, key))
    if unknown:
        return
    if isinstance(rule, Table):
        yield from _check_table(rule, path, catalogue)
    elif isinstance(rule, Judgement):
        yield from _check_judgement(rule, path)
    elif isinstance(rule, Relative):
        yield from _check_relative(catalogue[rule.fact], path)
    else:
        yield from _check_simple(rule, catalogue[rule.fact], path)


def _check_judgement(rule: Judgement, path: Path) -> Iterator[Problem]:
    if rule.highest <= rule.lowest:
        yield _error("limits-crossed", (*path, "highest"), "La note la plus haute doit dépasser la plus basse.")
    elif rule.step is not None and (rule.step <= 0 or ((rule.highest - rule.lowest) / rule.step).denominator != 1):
        yield _error("judgement-step", (*path, "step"), "Le pas ne mène pas de la note la plus basse à la plus haute.")


def _check_relative(fact: Fact, path: Path) -> Iterator[Problem]:
    if not fact.type.is_number:
        yield _mismatch(fact, (*path, "fact"), "un nombre")
    message = Message("Ces points dépendent des autres candidatures : en retirer une peut changer l'ordre des autres.")
    yield Problem("pool-relative", Severity.NOTE, path, message)


def _check_table(rule: Table, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    if rule.rows == rule.columns:
        yield _error("table-one-fact", (*path, "columns"), "Les lignes et les colonnes lisent la même donnée.")
        return
    for key in ("rows", "columns"):
        fact = catalogue[getattr(rule, key)]
        if fact.type in {FactType.LIST, FactType.OPINIONS}:
            yield _mismatch(fact, (*path, key), "une donnée à valeur unique")
            return
    rows, columns = catalogue[rule.rows], catalogue[rule.columns]
    yield from check_twice(rule.points, (*path, "points"))
    for row, cells in rule.points.items():
        yield from check_twice(cells, (*path, "points", row))
        yield from _checkcategories_of([row], rows, (*path, "points", row))
        for column in cells:
            yield from _checkcategories_of([column], columns, (*path, "points", row, column))
    yield from _check_every_cell(rule, rows, columns, (*path, "points"))


def _check_every_cell(rule: Table, rows: Fact, columns: Fact, path: Path) -> Iterator[Problem]:
    if rule.otherwise is not None:
        return
    every_row, every_column = categories_of(rows), categories_of(columns)
    if every_row is None or every_column is None:
        yield _error("otherwise-missing", path, "Une autre valeur est possible : ajoutez « otherwise ».")
        return
    written = {fold(name): name for name in rule.points}
    absent = [(row, column) for row in every_row for column in every_column if (row, column) not in rule.by_categories]
    for where in dict.fromkeys(written.get(row) for row, _ in absent):
        cells = [f"{every_row[row]} et {every_column[column]}" for row, column in absent if written.get(row) == where]
        yield _error(
            "category-unscored",
            path if where is None else (*path, where),
            "Aucun point n'est prévu pour : {absent} (ou ajoutez « otherwise »).",
            absent=cells[:5],
        )


def check_condition(condition: AnyCondition, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Check one condition and all below it."""
    match condition:
        case FactCondition():
            fact = catalogue.get(condition.fact)
            if fact is None:
                yield unknown_fact(condition.fact, (*path, "fact"))
            else:
                yield from _check_test(condition, fact, path)
        case AllOf() | AnyOf():
            parts, key = (condition.all_, "all") if isinstance(condition, AllOf) else (condition.any_, "any")
            for place, part in enumerate(parts):
                yield from check_condition(part, (*path, key, place), catalogue)
        case Not():
            yield from check_condition(condition.not_, (*path, "not"), catalogue)


def unknown_fact(name: str, path: Path) -> Problem:
    """Say that no fact has this name; the caller's reader suggests the nearest."""
    return Problem(
        "unknown-fact", Severity.ERROR, path, Message("Aucune donnée ne s'appelle « {name} ».", {"name": name})
    )


def _error(code: str, path: Path, template: str, **params: object) -> Problem:
    return Problem(code, Severity.ERROR, path, Message(template, params))


def _mismatch(fact: Fact, path: Path, needed: str) -> Problem:
    return _error(
        "type-mismatch",
        path,
        "« {fact} » est de type {type} : il faut ici {needed}.",
        fact=fact.name,
        type=TYPE_WORDS[fact.type],
        needed=needed,
    )


def _check_simple(rule: Lookup | Bands | Linear | PerUnit, fact: Fact, path: Path) -> Iterator[Problem]:
    match rule:
        case Lookup():
            if fact.type in {FactType.LIST, FactType.OPINIONS}:
                yield _mismatch(
                    fact, (*path, "fact"), "une donnée à valeur unique (lisez une liste avec « checklist »)"
                )
            else:
                yield from _check_lookup(rule, fact, path)
        case Bands():
            if not fact.type.is_ordered:
                yield _mismatch(fact, (*path, "fact"), "un nombre ou une date")
            else:
                yield from _check_bands(rule, fact, path)
        case Linear():
            if not fact.type.is_number:
                yield _mismatch(fact, (*path, "fact"), "un nombre")
            for place, (left, right) in enumerate(pairwise(rule.knots), start=1):
                if right.at <= left.at:
                    yield _error(
                        "knots-order",
                        (*path, "knots", place, "at"),
                        "Les valeurs doivent croître : {right} ne vient pas après {left}.",
                        left=left.at,
                        right=right.at,
                    )
        case PerUnit():
            if not fact.type.is_number:
                yield _mismatch(fact, (*path, "fact"), "un nombre")
            if rule.points > 0 and rule.at_most is None and fact.maximum is None:
                yield _error("no-cap", path, "Sans plafond « at_most », cette règle donne des points sans limite.")
            if rule.points < 0 and fact.maximum is None:
                yield _error(
                    "no-floor", path, "Cette règle retire des points sans limite : préférez « linear » ou « bands »."
                )


def _check_lookup(rule: Lookup, fact: Fact, path: Path) -> Iterator[Problem]:
    yield from check_twice(rule.points, (*path, "points"))
    possible = categories_of(fact)
    if possible is None:
        yield from _check_typed_keys(rule, fact, path)
        if rule.otherwise is None:
            yield _error("otherwise-missing", path, "Une autre valeur est possible : ajoutez « otherwise ».")
        return
    for name in rule.points:
        if fold(name) not in possible:
            yield _error(
                "category-unknown",
                (*path, "points", name),
                "« {fact} » ne vaut jamais « {name} » ; valeurs possibles : {possible}.",
                fact=fact.name,
                name=name,
                possible=list(possible.values()),
            )
    absent = [shown for folded, shown in possible.items() if folded not in rule.by_category]
    if rule.otherwise is None and absent:
        yield _error(
            "category-unscored",
            (*path, "points"),
            "Aucun point n'est prévu pour : {absent} (ou ajoutez « otherwise »).",
            absent=absent,
        )


def check_twice(names: Iterable[str], path: Path, places: Iterable[int] | None = None) -> Iterator[Problem]:
    """Find the categories written twice, but for case and spaces: keys, or the elements of a list at `places`."""
    seen: dict[str, str] = {}
    keys: Iterable[str | int] = names if places is None else places
    for name, place in zip(names, keys, strict=False):
        if (first := seen.setdefault(fold(name), name)) is not name:
            message = Message(
                "« {name} » et « {first} » sont la même valeur : n'en gardez qu'une.", {"name": name, "first": first}
            )
            yield Problem("category-twice", Severity.ERROR, (*path, place), message, on_key=places is None)


def _check_typed_keys(rule: Lookup, fact: Fact, path: Path) -> Iterator[Problem]:
    for name in rule.points:
        yield from _check_typed(fact, name, (*path, "points", name))


def _check_typed(fact: Fact, word: str, path: Path) -> Iterator[Problem]:
    if not _is_written_as(fact, word):
        yield _mismatch(fact, path, "une valeur de ce type")
    elif fact.name == _DEPARTMENT and not _DEPARTMENT_CODE.fullmatch(fold(word)):
        message = Message("« {fact} » ne vaut jamais « {word} ».", {"fact": fact.name, "word": word})
        right = f"« 0{word} »" if len(word) == 1 and word.isdigit() else "un code, par exemple 09, 2A ou 974"
        mend = Message("Écrivez {right}.", {"right": right})
        yield Problem("category-unknown", Severity.ERROR, path, message, mend)


def _is_written_as(fact: Fact, word: str) -> bool:
    try:
        if fact.type.is_number:
            return category_of(_number(word)) == fold(word)
        if fact.type is FactType.DATE:
            return date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False
    return True


def _number(word: str) -> int | Fraction:
    number = parse_points(word)
    return number.numerator if number.denominator == 1 else number


def categories_of(fact: Fact) -> dict[str, str] | None:
    """Give every value a fact can have, folded → as shown; None when they cannot be listed."""
    if fact.type is FactType.BOOLEAN:
        return {"oui": "oui", "non": "non"}
    return {fold(choice): choice for choice in fact.choices} if fact.choices else None


def _check_bands(rule: Bands, fact: Fact, path: Path) -> Iterator[Problem]:
    wrong = [
        (place, name)
        for place, band in enumerate(rule.bands)
        for name, bound in (("from", band.from_), ("above", band.above), ("below", band.below), ("up_to", band.up_to))
        if bound is not None and isinstance(bound, date) is not (fact.type is FactType.DATE)
    ]
    for place, name in wrong:
        yield _mismatch(fact, (*path, "bands", place, name), "une borne du même type")
    if wrong:
        return
    empty = [place for place, band in enumerate(rule.bands) if _is_empty(band, fact.type)]
    for place in empty:
        yield _error("band-empty", (*path, "bands", place), "Cette tranche ne contient aucune valeur.")
    if empty:
        return
    for place, (left, right) in enumerate(pairwise(rule.bands), start=1):
        yield from _check_neighbours(left, right, fact.type, (*path, "bands", place))
    yield from _check_ends(rule, fact, path)


def _is_empty(band: Band, type_: FactType) -> bool:
    bounds = [bound for bound in (band.lower, band.upper) if bound is not None]
    return len(bounds) > 1 and not any(band.holds(at) for at in values_around(bounds, type_))


def _check_neighbours(left: Band, right: Band, type_: FactType, path: Path) -> Iterator[Problem]:
    end, start = left.upper, right.lower
    if end is None or start is None:
        message = Message("Deux tranches se recouvrent : il manque une borne entre elles.")
        mend = Message("La première finit où commence la seconde : « below: 6 », puis « from: 6 ».")
        yield Problem("band-overlap", Severity.ERROR, path, message, mend)
        return
    bounds = [bound for bound in (left.lower, end, start, right.upper) if bound is not None]
    tried = values_around(bounds, type_)
    shared = [at for at in tried if left.holds(at) and right.holds(at)]
    lost = [at for at in tried if end <= at <= start and not left.holds(at) and not right.holds(at)]
    if shared:
        message = Message("Deux tranches contiennent {witness}.", {"witness": _named(shared[0])})
        yield Problem("band-overlap", Severity.ERROR, path, message, _touching(right, start))
    elif lost:
        message = Message("Aucune tranche ne contient {witness}.", {"witness": _named(lost[0])})
        yield Problem("band-gap", Severity.ERROR, path, message, _touching(right, start))
    elif left.lower is not None and right.upper is not None and right.upper <= left.lower:  # type: ignore[operator]
        yield _error(
            "band-order", path, "Cette tranche vient avant la précédente : écrivez-les dans l'ordre croissant."
        )


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


def values_around(bounds: Iterable[Any], type_: FactType) -> list[Any]:
    """Give, in order, one possible value of a fact at, beside and between bounds (none between two next days)."""
    if type_ is FactType.DATE:
        return sorted({bound + timedelta(days) for bound in bounds for days in (-1, 0, 1)})
    if type_ is FactType.INTEGER:
        return sorted({floor(bound) + step for bound in bounds for step in (-1, 0, 1)})
    ordered = sorted(set(bounds))
    return sorted({*ordered, *((low + high) / 2 for low, high in pairwise(ordered))})


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


def _check_rivals(rule: Checklist, path: Path) -> Iterator[Problem]:
    ids = {item.id for item in rule.items}
    for place, group in enumerate(rule.exclusive):
        for position, name in enumerate(group):
            if name not in ids:
                message = Message("Aucun élément n'a pour « id » « {name} ».", {"name": name})
                known = sorted(each for each in ids if each is not None)
                mend = Message("Éléments nommés : {known}.", {"known": known or "aucun"})
                yield Problem("unknown-item", Severity.ERROR, (*path, "exclusive", place, position), message, mend)


def _check_limits(rule: Checklist | BestOf | WorstOf | SumOf, path: Path) -> Iterator[Problem]:
    if rule.at_least is not None and rule.at_most is not None and rule.at_least > rule.at_most:
        yield _error("limits-crossed", (*path, "at_least"), "Le plancher dépasse le plafond.")


def _check_test(condition: FactCondition, fact: Fact, path: Path) -> Iterator[Problem]:
    operator, operand = condition.operator, condition.operand
    key = operator.rstrip("_")
    if operator == "present":
        return
    if fact.type is FactType.OPINIONS:
        yield _mismatch(fact, (*path, key), "une donnée de la candidature (des avis se lisent par « judgement »)")
    elif operator in LISTS or fact.type is FactType.LIST:
        if operator not in LISTS:
            yield _mismatch(fact, (*path, key), "« includes », « includes_any » ou « includes_all »")
        elif fact.type is not FactType.LIST:
            yield _mismatch(fact, (*path, key), "une liste")
    elif operator in EQUALITY:
        yield from _checkcategories_of(operand if isinstance(operand, list) else [operand], fact, (*path, key))
    elif operator in NUMERIC:
        if fact.type is FactType.DATE and isinstance(operand, date):
            yield _mismatch(fact, (*path, key), f"« {_OF_DATES[operator]} » à la place de « {key} »")
        elif not fact.type.is_number or isinstance(operand, date):
            yield _mismatch(fact, (*path, key), "un nombre comparé à un nombre")
    elif fact.type.is_number and not isinstance(operand, date):
        yield _mismatch(fact, (*path, key), f"« {_OF_NUMBERS[operator]} » à la place de « {key} »")
    elif fact.type is not FactType.DATE or not isinstance(operand, date):
        yield _mismatch(fact, (*path, key), "une date comparée à une date")


def _checkcategories_of(words: list[str], fact: Fact, path: Path) -> Iterator[Problem]:
    possible = categories_of(fact)
    for word in words:
        if possible is not None and fold(word) not in possible:
            yield _error(
                "category-unknown",
                path,
                "« {fact} » ne vaut jamais « {word} » ; valeurs possibles : {possible}.",
                fact=fact.name,
                word=word,
                possible=list(possible.values()),
            )
        elif possible is None:
            yield from _check_typed(fact, word, path)
