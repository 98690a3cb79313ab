"""Which places and which budget were shared is said wherever waves could make one doubt."""

from __future__ import annotations

import pytest
from tests.scoring.building import plain, policy

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.standings import Cut
from ami_scoring.domain.waves import alone
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.words.closing import closing_sentences

OWN = "waves: [{id: v1, closes: 2022-02-28, places: 1}, {id: v2, label: Vague 2, closes: 2022-09-30, reserve: 3}]\n"
MONEY = """
facts: [{name: aide, type: money, label: Aide, minimum: 0}]
selection: {budget: {amount: 900, ask: complements.aide}}
"""
OWN_MONEY = "waves: [{id: v1, closes: 2022-02-28}, {id: v2, label: Vague 2, closes: 2022-09-30, budget: 300}]"
QUOTA = "selection: {places: 2, quotas: [{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 2}]}"


@pytest.mark.parametrize(
    ("changes", "wave", "said"),
    [
        ("", None, []),
        (
            OWN,
            None,
            [
                (
                    "Toutes les vagues se partagent 2 places, celles de l'appel ; ce qui est propre à une vague "
                    "(« v1 » : 1 place, « Vague 2 » : 3 en réserve) ne sert qu'avec --wave."
                )
            ],
        ),
        (OWN, "v1", ["Vague évaluée seule : « v1 », 1 place (les siennes), réserve : 1."]),
        (OWN, "v2", ["Vague évaluée seule : « Vague 2 », 2 places (celles de tout l'appel), réserve : 3."]),
        (
            OWN + MONEY,
            None,
            [
                (
                    "Toutes les vagues se partagent le budget de l'appel ; ce qui est propre à une vague "
                    "(« v1 » : 1 place, « Vague 2 » : 3 en réserve) ne sert qu'avec --wave."
                )
            ],
        ),
        (
            OWN + "selection: {places: all}",
            None,
            [
                (
                    "Toutes les vagues se partagent des places sans nombre ; ce qui est propre à une vague "
                    "(« v1 » : 1 place, « Vague 2 » : 3 en réserve) ne sert qu'avec --wave."
                )
            ],
        ),
        (OWN + "selection: {places: all}", "v2", []),
        (
            MONEY + OWN_MONEY,
            None,
            [
                (
                    "Toutes les vagues se partagent le budget de l'appel ; ce qui est propre à une vague "
                    "(« Vague 2 » : 300 de budget) ne sert qu'avec --wave."
                )
            ],
        ),
        (MONEY + OWN_MONEY, "v2", ["La vague « Vague 2 » dispose seule de son propre budget (300)."]),
        (MONEY, "v2", ["La vague « Vague 2 » dispose seule du budget entier de l'appel (900)."]),
    ],
)
def test_the_closing_says_what_was_shared(changes: str, wave: str | None, said: list[str]) -> None:
    criteria = policy(changes)
    cut, provenance = Cut(2, 0, 1, None, None, ()), Provenance("0", Origin("c.yaml", ""), (), ())
    asked = criteria.wave(wave) if wave else None
    evaluation = Evaluation(alone(criteria, asked), asked, (), (), cut, (), provenance)
    closing = [str(sentence) for sentence in closing_sentences(evaluation)]
    assert [sentence for sentence in closing if "vague" in sentence.casefold()] == said


def test_guaranteed_places_must_fit_in_the_places_of_each_wave() -> None:
    found = [(problem.code, problem.path) for problem in check_criteria(policy(OWN + QUOTA))]
    assert ("quota-unreachable", ("waves", 0, "places")) in found


BUDGETS = """
facts: [{{name: aide, type: money, label: Aide, minimum: 0}}]
waves: [{{id: v1, closes: 2022-02-28, budget: {first}}}, {{id: v2, closes: 2022-09-30, budget: {second}}}]
selection: {{budget: {{amount: 900, ask: complements.aide, envelopes: [
  {{label: Part, when: {{fact: complements.aide, at_most: 9}}, share: 1/2}},
  {{label: Montant, when: {{fact: complements.aide, at_least: 50}}, amount: 100}}]}}}}
"""


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("200", "700", []),
        ("0", "700", [(0, "doit être positif : avec 0, personne n'y serait retenu.")]),
        ("-1", "700", [(0, "Le budget d'une vague doit être positif : avec")]),
        ("901", "300", [(0, "dépasse celui de tout l'appel (900)"), (1, "font 1 201 jusqu'ici")]),
        ("300", "601", [(1, "font 901 jusqu'ici")]),
        ("199", "700", [(0, "Les parts réservées font 199,5, plus que le budget de « v1 » (199).")]),
    ],
)
def test_the_budgets_of_waves_must_fit_in_that_of_the_call_and_hold_its_parts(
    first: str, second: str, said: list[tuple[int, str]]
) -> None:
    found = [
        each for each in check_criteria(policy(BUDGETS.format(first=first, second=second))) if "budget" in each.path
    ]
    assert [(each.code, each.path) for each in found] == [
        ("budget-overdrawn", ("waves", place, "budget")) for place, _ in said
    ]
    assert all(words in plain(each.message) for each, (_, words) in zip(found, said, strict=True))


def test_a_wave_has_no_budget_where_nobody_says_what_is_asked() -> None:
    found = [(problem.code, problem.path) for problem in check_criteria(policy(OWN_MONEY))]
    assert ("wave-budget-alone", ("waves", 1, "budget")) in found


def test_a_wave_has_no_budget_where_the_committee_decides_of_every_place() -> None:
    found = check_criteria(policy(f"{OWN_MONEY}\nselection: {{decides_from: never}}"))
    assert [problem.code for problem in found if problem.path == ("waves", 1, "budget")] == ["key-without-effect"]
