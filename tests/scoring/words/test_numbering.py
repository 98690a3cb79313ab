"""How ranks are written, and how their numbering is told where it is not the usual one."""

from __future__ import annotations

import pytest
from tests.scoring.building import ORIGIN, plain, policy, scored

from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.scoring.words import closing_sentences, numbering_sentence, numbering_word, parting_word, rank_word


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


@pytest.mark.parametrize(("how", "count", "times"), [("dense", 1, 1), ("dense", 0, 0), ("competition", 1, 0)])
def test_a_report_of_ranks_closes_with_their_numbering(how: str, count: int, times: int) -> None:
    standings = (Standing(scored("A", 1), Status.SELECTED, 1, 1, 1),) * count
    criteria, provenance = policy(f"ranking: {{ranks: {how}}}"), Provenance("0", ORIGIN, (), ())
    evaluation = Evaluation(criteria, None, standings, (), Cut(1, count, 0, None, None), (), provenance)
    told = [plain(each) for each in closing_sentences(evaluation)]
    assert sum(each.startswith("Rangs sans trous") for each in told) == times


BY = "par ce qui n'est pas encore couvert (« Département de la commune principale »)"
UNCOVERED = "{uncovered: implantation.departement}"
ASK = "engagement_financier.montant_total"
PART = "{label: R, when: {fact: zonage, is: ZIP}, amount: 4"


@pytest.mark.parametrize(
    ("ties", "envelope", "word"),
    [
        ("", "", ""),
        ("bureaux", f"{PART}}}", ""),
        (UNCOVERED, "", BY),
        (
            f"{UNCOVERED}, {{draw: g}}",
            "",
            f"{BY}, puis par le tirage au sort",
        ),
        ("", f"{PART}, order: [bureaux]}}", "par l'ordre propre d'une part réservée"),
        (
            UNCOVERED,
            f"{PART}, order: [bureaux]}}",
            f"{BY}, ou par l'ordre propre d'une part réservée",
        ),
    ],
)
def test_what_may_part_those_who_share_a_rank_is_named(ties: str, envelope: str, word: str) -> None:
    budget = f"{{budget: {{amount: 9, ask: {ASK}, envelopes: [{envelope}]}}}}"
    assert plain(parting_word(policy(f"ranking: {{ties: [{ties}]}}\nselection: {budget}"))) == word
