"""The rules as voted, in the sentences of `scoring.telling`: criteria with their scales, then what gives places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.ties import Ranking
from ami_scoring.messages import spell
from ami_scoring.reports.page.texts import capital, sentence
from ami_scoring.scoring.telling import Words, beside_selection, condition_word, missing_clause, scale_words


class Rule(NamedTuple):
    """One criterion: its number, its label, the most it gives, the text that founds it, its scale line by line."""

    number: str
    depth: int
    label: str
    most: str
    reference: str
    scale: tuple[str, ...]
    if_missing: str


def rules_of(criteria: Criteria) -> list[Rule]:
    """Tell each criterion in the order of the tree."""
    words = Words.of(criteria, criteria)
    found: list[Rule] = []
    for place, root in enumerate(criteria.criteria, start=1):
        found.extend(_walk(root, str(place), criteria, words))
    return found


def _walk(node: Criterion, number: str, criteria: Criteria, words: Words) -> Iterator[Rule]:
    scale = [] if node.rule is None else [sentence(each) for each in scale_words(node.rule, criteria.catalogue)]
    yield Rule(
        number,
        number.count("."),
        sentence(node.label),
        "" if node.announced is None else spell(node.announced),
        sentence(node.reference or ""),
        tuple(scale),
        "" if node.rule is None else capital(sentence(missing_clause(node))),
    )
    for place, child in enumerate(node.criteria or (), start=1):
        yield from _walk(child, f"{number}.{place}", criteria, words)


def gates_of(criteria: Criteria) -> list[tuple[str, str, str]]:
    """Tell each condition of eligibility: as it is said to applicants, as it is tested, and what founds it."""
    return [
        (
            sentence(gate.label),
            sentence(condition_word(gate.require, criteria.catalogue)),
            sentence(gate.reference or ""),
        )
        for gate in criteria.eligibility
    ]


def selection_of(criteria: Criteria) -> list[tuple[str, str]]:
    """Tell what decides of places, each setting under the title that it has in the policy's own schema."""
    words, selection = Words.of(criteria, criteria), criteria.selection
    told = [
        (sentence(field.title or name), sentence(words.field(selection, name)))
        for name, field in Selection.model_fields.items()
        if _is_set(getattr(selection, name))
    ]
    ranking = criteria.ranking
    told += [
        (sentence(field.title or name), sentence(words.told(getattr(ranking, name))))
        for name, field in Ranking.model_fields.items()
        if getattr(ranking, name) != field.default
    ]
    told += [(title, sentence(said)) for title, said in beside_selection(criteria).items()]
    return told


def _is_set(value: Any) -> bool:
    return value is not None and value != []
