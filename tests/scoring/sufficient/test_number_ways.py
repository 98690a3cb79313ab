"""A mark is told as the least that does only where the highest does too."""

from __future__ import annotations

import pytest
from tests.scoring.building import plain, policy

from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.exact import Fraction
from ami_scoring.scoring.sufficient.memory import Memory
from ami_scoring.scoring.sufficient.number_ways import with_a_better_mark
from ami_scoring.scoring.sufficient.targets import Changes, Search, Target


@pytest.mark.parametrize(("most", "said"), [(5, "d'au moins 4"), (4, "de 4")])
def test_a_mark_that_a_higher_one_undoes_is_told_alone(most: int, said: str) -> None:
    rule = "{kind: judgement, on: projet, highest: 5}"
    criteria = policy(f"criteria: [{{id: p, label: Projet, weight: 5, rule: {rule}}}]")
    judged = criteria.criteria[0].rule
    assert isinstance(judged, Judgement)

    def works(changes: Changes) -> bool:
        return all(isinstance(value, Opinions) and value.marks[0] <= most for value in changes.values())

    search = Search({"avis.projet": Opinions((Fraction(3),))}, criteria.catalogue, works, Memory(criteria))
    told = [plain(each) for each in with_a_better_mark(judged, Target(Fraction(4), strict=False), search)]
    assert told == [f"« Avis sur “projet” » : une note {said} sur 5"]
