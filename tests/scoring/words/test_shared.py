"""Which places and which budget were shared is said wherever waves could make one doubt."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy

from ami_scoring.domain.scores import Cut, Evaluation, Origin, Provenance
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.words.closing import closing_sentences

OWN = "waves: [{id: v1, closes: 2022-02-28, places: 1}, {id: v2, label: Vague 2, closes: 2022-09-30, reserve: 3}]\n"
MONEY = """
facts: [{name: aide, type: money, label: Aide, minimum: 0}]
selection: {budget: {amount: 900, ask: complements.aide}}
"""
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
        (MONEY, "v2", ["La vague « Vague 2 » dispose seule du budget entier de l'appel (900)."]),
    ],
)
def test_the_closing_says_what_was_shared(changes: str, wave: str | None, said: list[str]) -> None:
    criteria = policy(changes)
    cut, provenance = Cut(2, 0, 1, None, None, ()), Provenance("0", Origin("c.yaml", ""), (), ())
    evaluation = Evaluation(criteria, criteria.wave(wave) if wave else None, (), (), cut, (), provenance)
    closing = [str(sentence) for sentence in closing_sentences(evaluation)]
    assert [sentence for sentence in closing if "vague" in sentence.casefold()] == said


def test_guaranteed_places_must_fit_in_the_places_of_each_wave() -> None:
    found = [(problem.code, problem.path) for problem in check_criteria(policy(OWN + QUOTA))]
    assert ("quota-unreachable", ("waves", 0, "places")) in found
