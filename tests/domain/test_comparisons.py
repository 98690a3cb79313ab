"""Facts that a candidature alone does not hold: opinions of assessors, best value of the pool."""

from __future__ import annotations

import pytest

from ami_scoring.domain.assessment import Assessment
from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.comparisons import facts_of_comparisons, gap_of, settled
from ami_scoring.domain.facts import MISSING, Case, FactType, Missing, Opinions, category_of
from ami_scoring.domain.rules import AnyRule
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.messages import Message

from .building import CLOSES_ON, ZONING, candidature, read, refused
from .test_rules import RULE

ONE, TWO = Fraction(1), Fraction(2)


def rule(text: str) -> AnyRule:
    return RULE.validate_python(read(text))


def judged(aggregate: str = "mean", step: str = "0.5") -> Judgement:
    made = rule(f"{{kind: judgement, on: projet, highest: 5, step: {step}, aggregate: {aggregate}}}")
    assert isinstance(made, Judgement)
    return made


def test_a_judgement_reads_the_opinions_on_its_subject() -> None:
    (fact,) = facts_of_comparisons(judged(), {})
    assert (fact.name, fact.type, fact.label) == ("avis.projet", FactType.OPINIONS, "Avis sur « projet »")
    opinions = Opinions((ONE, TWO), excluded=1)
    assert fact.read(Case(candidature(), CLOSES_ON, ZONING, {"projet": opinions})) == opinions


@pytest.mark.parametrize(
    ("aggregate", "opinions", "why"),
    [
        ("mean", None, "aucun avis sur « projet »"),
        ("mean", Opinions((), 2), "tous les avis sur « projet » sont écartés pour conflit d'intérêts"),
        ("mean", Opinions((), withheld=Message("un avis est refusé")), "un avis est refusé"),
        ("consensus", Opinions((ONE, TWO)), "les avis sur « projet » divergent (1, 2) : il faut un accord"),
    ],
)
def test_without_opinions_that_count_or_agree_the_mark_is_missing(
    aggregate: str, opinions: Opinions | None, why: str
) -> None:
    (fact,) = facts_of_comparisons(judged(aggregate), {})
    value = fact.read(Case(candidature(), CLOSES_ON, ZONING, {} if opinions is None else {"projet": opinions}))
    assert isinstance(value, Missing)
    assert str(value.why) == why


TIERS = "{kind: judgement, on: projet, tiers: {Élevé: {points: 10, text: Oui}, Nul: {points: -2, text: Non}}}"


def described(more: str = "") -> Judgement:
    made = rule(TIERS.replace("on: projet", f"on: projet{more}"))
    assert isinstance(made, Judgement)
    return made


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("Élevé", 10),
        ("  éLEVÉ ", 10),
        ("eleve", 10),
        ("nul", -2),
        ("moyen", None),
        (Fraction(10), 10),
        (Fraction(3), None),
    ],
)
def test_a_level_is_named_however_it_is_spelt_or_given_by_its_points(written: str | Fraction, mark: int | None) -> None:
    assert described().mark_of(written) == mark


def test_described_levels_make_the_scale() -> None:
    assert (described().lowest, described().highest) == (Fraction(-2), Fraction(10))
    assert judged().mark_of("Élevé") is None


@pytest.mark.parametrize(
    ("shape"),
    [
        "{kind: judgement, on: projet}",
        "{kind: judgement, on: projet, lowest: 1}",
        TIERS.replace("on: projet", "on: projet, highest: 5"),
        TIERS.replace("on: projet", "on: projet, step: 1"),
        TIERS.replace("on: projet", "on: projet, lowest: 1"),
    ],
)
def test_a_judgement_has_marks_or_levels(shape: str) -> None:
    with refused("judgement-shape"):
        rule(shape)


@pytest.mark.parametrize(
    ("aggregate", "marks", "low", "high"),
    [
        ("mean", [4], Fraction(4, 3), Fraction(14, 3)),
        ("mean", [1, 4], Fraction(5, 3), Fraction(10, 3)),
        ("median", [4], 0, 5),
        ("median", [1, 4], 1, 4),
        ("lowest", [2, 4], 0, 2),
        ("highest", [2, 4], 4, 5),
        ("consensus", [2, 2], 0, 5),
    ],
)
def test_fewer_opinions_than_required_bound_what_the_mark_may_become(
    aggregate: str, marks: list[int], low: Fraction, high: Fraction
) -> None:
    made = judged(aggregate, "0.5, required: 3")
    value = settled(made, Opinions(tuple(map(Fraction, marks))))
    assert isinstance(value, Missing)
    assert (value.at_least, value.at_most) == (low, high)
    assert str(value.why) == f"{len(marks)} avis sur 3 requis pour « projet »"


def test_marks_still_to_come_beyond_those_required_widen_the_bounds() -> None:
    value = settled(judged(), Opinions((ONE,), required=2, expected=4))
    assert isinstance(value, Missing)
    assert (value.at_least, value.at_most) == (Fraction(1, 4), Fraction(4))


def test_the_roster_may_require_more_and_what_was_enough_stays_so() -> None:
    few = Opinions((ONE,), required=2)
    assert isinstance(settled(judged(), few), Missing)
    assert settled(judged(), few._replace(enough=True)) == few._replace(enough=True)
    nobody = settled(judged(), Opinions((), required=2))
    assert isinstance(nobody, Missing)
    assert str(nobody.why) == "aucun avis sur « projet »"


@pytest.mark.parametrize(
    ("limit", "opinions", "gap"),
    [
        ("2", Opinions((ONE, Fraction(4))), 3),
        ("3", Opinions((ONE, Fraction(4))), None),
        ("2", Opinions(()), None),
        ("2", MISSING, None),
        (None, Opinions((ONE, Fraction(4))), None),
    ],
)
def test_a_gap_beyond_the_limit_asks_for_a_discussion(limit: str | None, opinions: object, gap: int | None) -> None:
    made = judged("mean", "0.5" if limit is None else f"0.5, discuss_above: {limit}")
    assert gap_of(made, opinions) == gap


def test_opinions_that_agree_are_a_consensus() -> None:
    assert settled(judged("consensus"), Opinions((TWO, TWO))) == Opinions((TWO, TWO))


@pytest.mark.parametrize(
    ("mark", "taken"), [("0", True), ("2.5", True), ("5", True), ("5.5", False), ("-0.5", False), ("2.25", False)]
)
def test_a_mark_is_on_the_scale_of_its_judgement(mark: str, taken: bool) -> None:
    assert judged().takes(parse_fraction(mark)) is taken


def test_without_a_step_any_mark_between_the_bounds_is_taken() -> None:
    free = rule("{kind: judgement, on: projet, highest: 5}")
    assert isinstance(free, Judgement)
    assert free.takes(Fraction(10, 3))


@pytest.mark.parametrize(("best", "label"), [("lowest", "La plus basse"), ("highest", "La plus haute")])
def test_a_comparison_reads_the_best_value_of_the_pool(best: str, label: str) -> None:
    made = rule(f"{{kind: relative, fact: locaux.surface_m2, best: {best}, points: 4}}")
    (fact,) = facts_of_comparisons(made, dict(CATALOGUE))
    assert fact.name == f"groupe.{best}.locaux.surface_m2"
    assert fact.label == f"{label} valeur du groupe (Surface des locaux)"
    assert fact.read(Case(candidature(), CLOSES_ON, ZONING)) == MISSING
    assert list(facts_of_comparisons(made, {})) == []


def test_opinions_are_spelt_in_their_order() -> None:
    assert category_of(Opinions((ONE, Fraction(5, 2)))) == "1, 5/2"


def test_an_assessment_gives_marks_with_their_reasons() -> None:
    given = Assessment.model_validate(
        read("{reference: A-1, assesseur: Mme Essai, avis: {projet: {note: '3,5', motif: Solide}}}")
    )
    assert (given.conflict, given.opinions["projet"].mark, given.opinions["projet"].reason) == (
        False,
        Fraction(7, 2),
        "Solide",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{reference: A-1, assesseur: M, avis: {projet: {note: 3}}}", "missing"),
        ("{reference: A-1, avis: {}}", "missing"),
        ("{reference: A-1, assesseur: M, avis: {projet: {note: 3 sur 5, motif: Oui}}}", "number-expected"),
        ("{reference: A-1, assesseur: M, avis: {projet: {note: '', motif: Oui}}}", "number-expected"),
        ("{reference: A-1, assesseur: M, avis: {projet: {note: [fort], motif: Oui}}}", "number-expected"),
        ("{reference: A-1, assesseur: M, conflit: peut-être}", "flag-expected"),
    ],
)
def test_a_mark_without_its_reason_is_refused(text: str, code: str) -> None:
    with refused(code):
        Assessment.model_validate(read(text))
