"""What is remembered changes nothing: the first to be judged and the last get what each would get alone."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from tests.scoring.building import policy, scored
from tests.scoring.firmness.brute import Outcome, entry_of, scored_of
from tests.scoring.firmness.calls import Call, draw_call

from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.scores import Mark, ScoreCard
from ami_scoring.domain.standings import SetAside
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import adding, by_facts, by_marks, engine, remembering
from ami_scoring.scoring.marks.eligibility import enter, gatekeeper, refusals, refuser
from ami_scoring.scoring.marks.engine import score, scorer
from ami_scoring.scoring.marks.remembering import without_whys
from ami_scoring.scoring.places import Deposits, keyer

KNOWN: dict[str, Value] = {"zonage": "ZIP", "locaux.bureaux": 3}


def _values(call: Call) -> list[dict[str, Value]]:
    return [dict(_card(scored_of(call, paper, entry_of(paper), paper.answers)).values) for paper in call.papers]


def _card(outcome: Outcome) -> ScoreCard:
    found = outcome.scored if isinstance(outcome, SetAside) else outcome
    assert found is not None
    return found.card


@pytest.mark.parametrize("most", [1, 2, 16_384])
def test_together_or_alone_and_however_soon_it_is_forgotten_a_card_is_the_same(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (remembering, adding, engine):
        monkeypatch.setattr(module, "MOST_KEPT", most)
    for seed in range(40):
        call = draw_call(Random(seed), everything=True)  # noqa: S311 - drawn, not secret
        criteria, every = call.criteria, _values(call) * 2
        together, gates, refuses = scorer(criteria), gatekeeper(criteria), refuser(criteria)
        cards = [together(values) for values in every]
        assert cards == [score(criteria, values) for values in every]
        assert [gates(values) for values in every] == [enter(criteria, values) for values in every]
        assert [refuses(card) for card in cards] == [refusals(criteria, card) for card in cards]


def test_marked_at_once_or_criterion_by_criterion_a_card_is_the_same() -> None:
    for seed in range(40):
        draw = Random(seed)  # noqa: S311 - drawn, not secret
        call = draw_call(draw, everything=True)
        criteria, papers = call.criteria, _values(call)
        together, markers, add = scorer(criteria), engine.markers_of(criteria), adding.adder(criteria)
        for _ in range(30):  # what one gives beside what another does: what looks the same comes back
            values = {name: draw.choice(papers)[name] for name in papers[0]}
            alone = add([mark(values) for mark in markers.values()])
            assert {name: mark[:3] for name, mark in together(values).marks.items()} == {
                name: mark[:3] for name, mark in alone.marks.items()
            }
            assert together(values) == score(criteria, values)


def test_keys_of_equal_marks_begin_alike_and_are_those_of_each_alone() -> None:
    for seed in range(60):
        call = draw_call(Random(seed), everything=True)  # noqa: S311 - drawn, not secret
        outcomes = [scored_of(call, paper, entry_of(paper), paper.answers) for paper in call.papers]
        every = [one for one in outcomes if not isinstance(one, SetAside)]
        deposits = Deposits(every)
        together = keyer(call.criteria.ranking, deposits)
        assert [together(one) for one in every] == [keyer(call.criteria.ranking, deposits)(one) for one in every]


def test_why_a_fact_is_missing_is_not_remembered() -> None:
    asked: list[Value] = []

    def work(values: Mapping[str, Value]) -> int:
        asked.append(values["a"])
        return len(asked)

    told = by_facts(["a"], work)
    first, other, known = Missing(Message("l'un", {})), Missing(Message("l'autre", {})), Missing(at_least=1)
    assert [told({"a": value}) for value in (first, other, known, known)] == [1, 1, 2, 2]
    assert asked == [first, known]
    beyond = Missing(Message("l'un", {}), at_least=1)
    assert [told({"a": value}) for value in (beyond, first)] == [3, 1]


def test_two_that_differ_by_another_fact_are_told_apart_though_one_is_missing_for_a_reason() -> None:
    told = by_facts(["a", "b"], lambda values: (values["b"], values.get("c")), ["c"])
    why = Missing(Message("un avis est refusé", {}))
    given: list[dict[str, Value]] = [{"a": why, "b": 1}, {"a": why, "b": 2}, {"a": why, "b": 2, "c": 3}]
    assert [told(values) for values in given * 2] == [(1, None), (2, None), (2, 3)] * 2


@pytest.mark.parametrize(("most", "worked"), [(1, "abab"), (2, "ab")])
def test_no_more_answers_are_kept_than_the_most(most: int, worked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (remembering, adding):
        monkeypatch.setattr(module, "MOST_KEPT", most)
    cards = {name: scored(name, 1).card for name in "ab"}
    marks = {name: [Mark(name, Fraction(1), Fraction(1), Fraction(1), Fraction(1))] for name in "ab"}
    done: list[tuple[str, object]] = []

    def work(of: str, given: object) -> int:
        done.append((of, given))
        return 1

    facts = by_facts(["x"], lambda values: work("facts", values["x"]))
    card, parts = by_marks(lambda one: work("card", one)), adding._Remembered[int]([0])
    for name in "abab":
        facts({"x": name})
        card(cards[name])
        if parts.find(marks[name]) is None:
            parts.keep(marks[name], work("parts", marks[name]))
    expected = [("facts", name, "card", cards[name], "parts", marks[name]) for name in worked]
    assert done == [pair for each in expected for pair in zip(each[::2], each[1::2], strict=True)]


def test_equal_marks_are_one_and_another_total_is_not_taken_for_theirs() -> None:
    totals = by_marks(lambda card: card.total)
    card = scorer(policy())(KNOWN)
    assert scorer(policy())(dict(KNOWN)).marks == card.marks
    assert totals(card) == card.total
    assert totals(card._replace(total=Fraction(1))) == 1
    assert totals(scored("B", 7).card) == 7


def test_two_candidatures_of_equal_marks_share_them() -> None:
    card = scorer(policy())
    assert card({**KNOWN, "locaux.bureaux": 4}).marks is card({**KNOWN, "locaux.bureaux": 9}).marks


def test_why_a_fact_is_missing_changes_no_mark() -> None:
    why = Message("à corriger")
    values: dict[str, Value] = {"a": Missing(why, withheld=True), "b": Missing(why, at_least=1), "c": 3}
    assert without_whys(values) == {"a": Missing(withheld=True), "b": Missing(at_least=1), "c": 3}
    assert without_whys(KNOWN) is KNOWN
    for seed in range(40):
        call = draw_call(Random(seed), everything=True)  # noqa: S311 - drawn, not secret
        for each in _values(call):
            told = {n: v._replace(why=why) if isinstance(v, Missing) else v for n, v in each.items()}
            assert score(call.criteria, without_whys(told))[:4] == score(call.criteria, told)[:4]
