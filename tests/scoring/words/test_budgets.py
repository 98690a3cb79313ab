"""What is said of a budget: its unit, and whether more is admitted than there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.domain.standings import Cut
from ami_scoring.evaluation.run import evaluate
from ami_scoring.exact import Fraction
from ami_scoring.scoring.words.budgets import asked_fact, granted_heading, granted_words

EXAMPLES = Path(__file__).parents[3] / "examples"


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("name", "heading", "said"),
    [
        ("agriculture-enveloppes", "Accordé", "100 000 € accordés sur 100 000 €"),
        ("horizon-europe-etape-1", "Admis", "28 000 000 € admis, au plus près de 3 fois 10 000 000 €"),
    ],
)
def test_what_is_granted_is_told_in_the_unit_of_what_is_asked(name: str, heading: str, said: str) -> None:
    folder = EXAMPLES / name
    marks = [path for path in [folder / "avis.yaml"] if path.exists()]
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=marks)
    assert granted_heading(evaluation.criteria) == heading
    assert plain(granted_words(evaluation)) == said


def test_one_unit_granted_is_singular() -> None:
    folder = EXAMPLES / "agriculture-enveloppes"
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml")
    one = Cut(0, 1, 0, None, None, budget=Fraction(10), granted=Fraction(1))
    assert plain(granted_words(evaluation._replace(cut=one))) == "1 € accordé sur 10 €"


def test_what_is_admitted_is_told_beside_what_may_be() -> None:
    folder = EXAMPLES / "agriculture-enveloppes"
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml")
    selection = evaluation.criteria.selection
    assert selection.budget is not None
    admitting = selection.model_copy(update={"budget": selection.budget.model_copy(update={"times": Fraction(3, 2)})})
    more = evaluation._replace(criteria=evaluation.criteria.model_copy(update={"selection": admitting}))
    assert granted_heading(more.criteria) == "Admis"
    assert plain(granted_words(more)) == "100 000 € admis, jusqu'à 1,5 fois 100 000 €"


def test_nothing_is_told_without_budget() -> None:
    folder = EXAMPLES / "creche-pessac"
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml")
    assert asked_fact(evaluation.criteria) is None
    assert granted_words(evaluation) is None
    assert granted_heading(evaluation.criteria) == "Accordé"
