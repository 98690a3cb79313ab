"""How ranks are written, and how their numbering is told where it is not the usual one."""

from __future__ import annotations

import pytest
from tests.scoring.building import plain, policy

from ami_scoring.exact import Fraction
from ami_scoring.scoring.words import numbering_sentence, numbering_word, rank_word


@pytest.mark.parametrize(
    ("rank", "written"),
    [(1, "1"), (1_200, "1200"), (Fraction(5, 2), "2,5"), (Fraction(2_001, 2), "1000,5"), (None, "–")],
)
def test_a_rank_is_written_on_one_word(rank: int | Fraction | None, written: str) -> None:
    assert rank_word(rank) == written


def test_no_rank_is_written_as_asked() -> None:
    assert rank_word(None, "aucun") == "aucun"


def test_the_usual_numbering_is_not_told() -> None:
    assert (numbering_word(policy()), numbering_sentence(policy())) == ("", None)


@pytest.mark.parametrize(
    ("how", "word", "begins"),
    [
        ("dense", "rangs sans trous : 1, 2, 2, 3", "Rangs sans trous (1, 2, 2, 3) : à égalité, un même rang"),
        ("average", "rangs moyens : 1 ; 2,5 ; 2,5 ; 4", "Rangs moyens (1 ; 2,5 ; 2,5 ; 4) : à égalité, la moyenne"),
    ],
)
def test_another_numbering_is_told_with_what_it_leaves_alone(how: str, word: str, begins: str) -> None:
    criteria = policy(f"ranking: {{ranks: {how}}}")
    told = plain(numbering_sentence(criteria))
    assert numbering_word(criteria) == word
    assert told.startswith(begins)
    assert told.endswith("Les places et les rangs possibles se comptent comme 1, 2, 2, 4.")
