"""Advice on the rows that never decide and the items that never count: impossible, or always behind another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.rules import Cases, Checklist, conditions_of
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message, named
from ami_scoring.scoring.advice.reach import domain_word, every_answer
from ami_scoring.scoring.marks import best_rival
from ami_scoring.scoring.words import Catalogue, Path


def advise_rows(rule: Cases, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Warn of the rows of a decision table that no candidature reaches, and of those that come before them."""
    for place, first in (rows_deciding(rule, catalogue) or {}).items():
        where = (*path, "rows", place)
        if not first:
            message = Message("Aucune candidature n'atteint cette ligne : sa condition n'est jamais remplie.")
            domain = domain_word(catalogue[facts_of(rule.rows[place].if_)[0]])
            yield Problem("row-unreachable", Severity.WARNING, where, message, domain)
        elif place not in first:
            ahead = sorted(first)
            template = (
                "Aucune candidature n'atteint cette ligne : la ligne {rows} de la table la devance toujours."
                if len(ahead) == 1
                else "Aucune candidature n'atteint cette ligne : les lignes {rows} de la table la devancent toujours."
            )
            message = Message(template, {"rows": named([str(other + 1) for other in ahead])})
            mend = Message("Placez-la plus haut, ou retirez-la.")
            related = tuple((*path, "rows", other) for other in ahead)
            yield Problem("row-unreachable", Severity.WARNING, where, message, mend, related=related)


def advise_items(rule: Checklist, path: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Warn of the items of exclusive groups that hold, yet never count, and of those that count in their place.

    Of an item that never holds, its condition is told elsewhere.
    """
    for place, ahead in _items_ahead(rule, catalogue).items():
        others = sorted(ahead)
        if others and place not in ahead:
            template = (
                "Cet élément ne compte jamais : {others} compte toujours à sa place."
                if len(others) == 1
                else "Cet élément ne compte jamais : {others} comptent toujours à sa place."
            )
            message = Message(template, {"others": named([f"« {rule.items[other].label} »" for other in others])})
            mend = Message("D'éléments qui s'excluent, seul compte le meilleur rempli : revoyez conditions et points.")
            related = tuple((*path, "items", other) for other in others)
            yield Problem("item-idle", Severity.WARNING, (*path, "items", place), message, mend, related=related)


def _items_ahead(rule: Checklist, catalogue: Catalogue) -> Mapping[int, set[int]]:
    """Give, for each item of exclusive groups, the items that count when it holds: itself, or others of its groups.

    Decided over the groups of the item alone; it is left out when they have too many values to try.
    """
    found: dict[int, set[int]] = {}
    answers: dict[tuple[int, ...], frozenset[tuple[bool | None, ...]] | None] = {}
    for place in sorted({place for group in rule.rivals for place in group}):
        groups = [group for group in rule.rivals if place in group]
        among = tuple(sorted({other for group in groups for other in group}))
        if among not in answers:
            answers[among] = every_answer([rule.items[other].if_ for other in among], catalogue)
        for each in answers[among] or ():
            met = {other for other, answer in zip(among, each, strict=True) if answer}
            if place in met:
                best = {best_rival(rule, [other for other in group if other in met]) for group in groups}
                ahead = {other for other in best if other is not None and other != place}
                found.setdefault(place, set()).update(ahead or {place})
    return found


def rows_deciding(rule: Cases, catalogue: Catalogue) -> Mapping[int, frozenset[int]] | None:
    """Give, for each row of a decision table, the rows that decide when its condition holds: itself, or others above.

    None when there are too many values to try; no row at all for a condition that never holds.
    """
    answers = every_answer(conditions_of(rule), catalogue)
    if answers is None:
        return None
    return {place: frozenset(_first(each) for each in answers if each[place]) for place in range(len(rule.rows))}


def _first(answers: tuple[bool | None, ...]) -> int:
    """Give the first row that may hold: one that waits for a fact keeps those below from deciding."""
    return next(place for place, answer in enumerate(answers) if answer is not False)
