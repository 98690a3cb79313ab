"""Why a mark is what it is, in one French sentence. Adding a case to `told.yaml` is adding two lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from tests.scoring.building import TREE, one_criterion, plain, policy, scored_by

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.scoring.marks.engine import score
from ami_scoring.scoring.telling.marks import missing_clause, sentence

TOLD = yaml.load_all((Path(__file__).parents[1] / "told.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
CASES = [
    pytest.param(block, case, id=f"{block['about']}: {case['given']}") for block in TOLD for case in block["cases"]
]


@pytest.mark.parametrize(("block", "case"), CASES)
def test_a_mark_is_told_in_one_sentence(block: dict[str, Any], case: dict[str, Any]) -> None:
    criteria = one_criterion(block)
    card = scored_by(criteria, case["given"])
    assert plain(sentence(criteria.criteria[0], card.marks["a"], card, criteria)) == case["says"]


@pytest.mark.parametrize(
    ("rooms", "access", "said"),
    [
        (2, False, "20 + 10 = 30 points."),
        (4, True, "40 + 30 = 70, plafonné à 60 points."),
        (MISSING, False, "en attente : entre 10 et 50 points."),
    ],
)
def test_a_node_is_told_by_the_sum_of_its_parts(rooms: Value, access: Value, said: str) -> None:
    criteria = policy(TREE)
    card = score(criteria, {"locaux.bureaux": rooms, "locaux.accessibles": access, "zonage": "ZIP"})
    assert plain(sentence(criteria.by_id["locaux"], card.marks["locaux"], card, criteria)) == said


@pytest.mark.parametrize(
    ("rule", "if_missing", "said"),
    [
        ("bands", "hold", "si une donnée manque : la candidature est à compléter"),
        ("judgement", "hold", "tant qu'un avis requis manque : la candidature est en « avis attendu »"),
        ("judgement", "zero", "si une donnée manque : ce qui manque compte pour rien"),
        ("both", "hold", "si une donnée manque : la candidature est à compléter"),
        ("sum", "hold", "tant qu'un avis requis manque : la candidature est en « avis attendu »"),
    ],
)
def test_a_policy_says_by_its_own_word_what_becomes_of_what_lacks(rule: str, if_missing: str, said: str) -> None:
    judged = "{kind: judgement, on: projet, highest: 5, step: 1}"
    counted = "{kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 5}"
    rules = {
        "bands": counted,
        "judgement": judged,
        "both": f"{{kind: best_of, rules: [{judged}, {counted}]}}",
        "sum": f"{{kind: sum_of, rules: [{judged}, {judged.replace('projet', 'equipe')}]}}",
    }
    leaf = Criterion.model_validate(
        {
            "id": "a",
            "label": "A",
            "weight": "10",
            "if_missing": if_missing,
            "rule": next(yaml.load_all(rules[rule], Loader=yaml.BaseLoader)),
        }
    )
    assert missing_clause(leaf) == said
