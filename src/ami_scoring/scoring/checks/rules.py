"""What is wrong in one rule, knowing the facts: types, categories, bands, bounds.

Every check yields a `Problem` whose path starts at the rule, so that the caller can prefix it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.quantities import parse_number
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf
from ami_scoring.domain.simple_rules import (
    Bands,
    Judgement,
    Linear,
    Lookup,
    PerUnit,
    Relative,
    SimpleRule,
    Table,
    own_facts,
)
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.bands import check_bands
from ami_scoring.scoring.checks.categories import categories_of, check_categories, check_twice, check_typed
from ami_scoring.scoring.checks.conditions import check_condition
from ami_scoring.scoring.words import Catalogue, Path, error, mismatch, repeated, unknown_fact


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
    keys = ("rows", "columns") if isinstance(rule, Table) else ("fact", "", "within")
    named = zip(own_facts(rule), keys, strict=False)
    unknown = [(name, key) for name, key in named if key and name not in catalogue]
    for name, key in unknown:
        yield unknown_fact(name, (*path, key))
    if unknown:
        return
    if isinstance(rule, Table):
        yield from _check_table(rule, path, catalogue)
    elif isinstance(rule, Judgement):
        yield from _check_judgement(rule, path)
    elif isinstance(rule, Relative):
        yield from _check_relative(rule, catalogue, path)
    else:
        yield from _check_simple(rule, catalogue[rule.fact], path)


def _check_judgement(rule: Judgement, path: Path) -> Iterator[Problem]:
    yield from check_twice(rule.tiers, (*path, "tiers"))
    for name in filter(_is_number, rule.tiers):
        said = "Un niveau porte un nom, et non un nombre : « {name} » se confondrait avec une note."
        yield error("tier-name", (*path, "tiers", name), said, name=name)._replace(on_key=True)
    if rule.required < 1:
        yield error("opinions-required", (*path, "required"), "Il faut au moins un avis.")
    if rule.highest <= rule.lowest and rule.tiers:
        yield error("limits-crossed", (*path, "tiers"), "Tous les niveaux ont les mêmes points.")
    elif rule.highest <= rule.lowest:
        lowest = (*path, "lowest")
        said = "La note la plus haute doit dépasser la plus basse."
        yield error("limits-crossed", (*path, "highest"), said, related=(lowest,))
    elif rule.step is not None and (rule.step <= 0 or ((rule.highest - rule.lowest) / rule.step).denominator != 1):
        yield error("judgement-step", (*path, "step"), "Le pas ne mène pas de la note la plus basse à la plus haute.")
    elif rule.discuss_above is not None and not 0 <= rule.discuss_above < rule.highest - rule.lowest:
        said = "Aucun écart entre avis ne peut dépasser {gap} : il va de 0 à {most}."
        gap, most = rule.discuss_above, rule.highest - rule.lowest
        yield error("discussion-idle", (*path, "discuss_above"), said, gap=gap, most=most)


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except RefusalError as refused:
        return refused.type != "number-expected"
    return True


def _check_relative(rule: Relative, catalogue: Catalogue, path: Path) -> Iterator[Problem]:
    fact = catalogue[rule.fact]
    if not fact.type.is_number:
        yield mismatch(fact, (*path, "fact"), "un nombre")
    if rule.within == rule.fact:
        said = "« {fact} » ne peut pas aussi dire qui l'on compare : nommez ici ce que partagent celles d'un groupe."
        yield error("fact-against-itself", (*path, "within"), said, related=((*path, "fact"),), fact=rule.fact)
    elif rule.within is not None and catalogue[rule.within].type in {FactType.LIST, FactType.OPINIONS}:
        yield mismatch(catalogue[rule.within], (*path, "within"), "une donnée à valeur unique")
    ranks = rule.by_rank or []
    wrong = next((place for place, (one, next_) in enumerate(pairwise([*ranks, Fraction(0)])) if one < next_), None)
    if wrong is not None:
        said = "Un rang n'a jamais moins de points que le suivant, et ceux qui suivent le dernier n'en ont pas."
        yield error("ranks-order", (*path, "by_rank", wrong), said)
    message = Message("Ces points dépendent des autres candidatures : en retirer une peut changer l'ordre des autres.")
    yield Problem("pool-relative", Severity.NOTE, path, message)


def _check_table(rule: Table, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    if rule.rows == rule.columns:
        said = "Les lignes et les colonnes lisent la même donnée."
        yield error("table-one-fact", (*path, "columns"), said, related=((*path, "rows"),))
        return
    for key in ("rows", "columns"):
        fact = catalogue[getattr(rule, key)]
        if fact.type in {FactType.LIST, FactType.OPINIONS}:
            yield mismatch(fact, (*path, key), "une donnée à valeur unique")
            return
    rows, columns = catalogue[rule.rows], catalogue[rule.columns]
    yield from check_twice(rule.points, (*path, "points"))
    for row, cells in rule.points.items():
        yield from check_twice(cells, (*path, "points", row))
        yield from check_categories([row], rows, (*path, "points", row))
        for column in cells:
            yield from check_categories([column], columns, (*path, "points", row, column))
    yield from _check_every_cell(rule, rows, columns, (*path, "points"))
    if rule.has_forbidden:
        yield from _check_forbidden(rule, rows, columns, (*path, "points"))


def _check_forbidden(rule: Table, rows: Fact, columns: Fact, path: Path) -> Iterator[Problem]:
    """Check the cells that cannot be: an answer of the call's own is refused, and each value must leave some other."""
    if not (rows.name.startswith(PREFIX) or columns.name.startswith(PREFIX)):
        said = "Une case « impossible » refuse une réponse : une des deux données est déclarée par l'appel."
        yield error("cell-impossible", path, said)
    every_row, every_column = categories_of(rows) or {}, categories_of(columns) or {}
    for row, word in every_row.items():
        if every_column and all(rule.forbids(row, column) for column in every_column):
            yield error("cell-impossible", path, "Rien n'est possible avec « {word} ».", word=word)
    for column, word in every_column.items():
        if every_row and all(rule.forbids(row, column) for row in every_row):
            yield error("cell-impossible", path, "Rien n'est possible avec « {word} ».", word=word)


def _check_every_cell(rule: Table, rows: Fact, columns: Fact, path: Path) -> Iterator[Problem]:
    if rule.otherwise is not None:
        return
    every_row, every_column = categories_of(rows), categories_of(columns)
    if every_row is None or every_column is None:
        yield error("otherwise-missing", path, "Une autre valeur est possible : ajoutez « otherwise ».")
        return
    written = {fold(name): name for name in rule.points}
    absent = [(row, column) for row in every_row for column in every_column if (row, column) not in rule.cells]
    for where in dict.fromkeys(written.get(row) for row, _ in absent):
        cells = [f"{every_row[row]} et {every_column[column]}" for row, column in absent if written.get(row) == where]
        yield error(
            "category-unscored",
            path if where is None else (*path, where),
            "Aucun point n'est prévu pour : {absent} (ou ajoutez « otherwise »).",
            absent=cells[:5],
        )


def _check_simple(rule: Lookup | Bands | Linear | PerUnit, fact: Fact, path: Path) -> Iterator[Problem]:
    match rule:
        case Lookup():
            if fact.type in {FactType.LIST, FactType.OPINIONS}:
                yield mismatch(fact, (*path, "fact"), "une donnée à valeur unique (lisez une liste avec « checklist »)")
            else:
                yield from _check_lookup(rule, fact, path)
        case Bands():
            if not fact.type.is_ordered:
                yield mismatch(fact, (*path, "fact"), "un nombre ou une date")
            else:
                yield from check_bands(rule, fact, path)
        case Linear():
            if not fact.type.is_number:
                yield mismatch(fact, (*path, "fact"), "un nombre")
            for place, (left, right) in enumerate(pairwise(rule.knots), start=1):
                if right.at <= left.at:
                    yield error(
                        "knots-order",
                        (*path, "knots", place, "at"),
                        "Les valeurs doivent croître : {right} ne vient pas après {left}.",
                        related=((*path, "knots", place - 1, "at"),),
                        left=left.at,
                        right=right.at,
                    )
        case PerUnit():
            if not fact.type.is_number:
                yield mismatch(fact, (*path, "fact"), "un nombre")
            if rule.points > 0 and rule.at_most is None and fact.maximum is None:
                yield _without_cap(fact, path)
            if rule.points < 0 and fact.maximum is None:
                yield error(
                    "no-floor", path, "Cette règle retire des points sans limite : préférez « linear » ou « bands »."
                )


def _without_cap(fact: Fact, path: Path) -> Problem:
    said = "Rien ne plafonne « {fact} » : cette règle donne des points sans limite."
    mend = Message(
        "Plafonnez les points (« at_most »), ou la donnée (« maximum »)."
        if fact.ends[1] is None
        else "Plafonnez les points (« at_most »), ou la donnée (« maximum ») ; ou dites le critère sans maximum "
        "(« open_ended: oui »)."
    )
    return error("no-cap", path, said, fact=fact.name)._replace(suggestion=mend)


def _check_lookup(rule: Lookup, fact: Fact, path: Path) -> Iterator[Problem]:
    yield from check_twice(rule.points, (*path, "points"))
    possible = categories_of(fact)
    if possible is None:
        yield from _check_typed_keys(rule, fact, path)
        if rule.otherwise is None:
            yield error("otherwise-missing", path, "Une autre valeur est possible : ajoutez « otherwise ».")
        return
    for name in rule.points:
        if fold(name) not in possible:
            yield error(
                "category-unknown",
                (*path, "points", name),
                "« {fact} » ne vaut jamais « {word} » ; valeurs possibles : {possible}.",
                fact=fact.name,
                word=name,
                possible=list(possible.values()),
            )
    absent = [shown for folded, shown in possible.items() if folded not in rule.by_category]
    if rule.otherwise is None and absent:
        yield error(
            "category-unscored",
            (*path, "points"),
            "Aucun point n'est prévu pour : {absent} (ou ajoutez « otherwise »).",
            absent=absent,
        )


def _check_typed_keys(rule: Lookup, fact: Fact, path: Path) -> Iterator[Problem]:
    for name in rule.points:
        yield from check_typed(fact, name, (*path, "points", name))


def _check_rivals(rule: Checklist, path: Path) -> Iterator[Problem]:
    for place, first in repeated(item.id for item in rule.items):
        yield error(
            "name-twice",
            (*path, "items", place, "id"),
            "« {name} » sert déjà à un autre élément.",
            related=((*path, "items", first, "id"),),
            name=rule.items[place].id,
        )
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
        cap = (*path, "at_most")
        yield error("limits-crossed", (*path, "at_least"), "Le plancher dépasse le plafond.", related=(cap,))
