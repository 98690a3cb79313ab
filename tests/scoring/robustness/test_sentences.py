"""The sentences: what holds is rounded down, what suffices is rounded up, and a tie is told as a tie."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.scoring.building import plain

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness import (
    Absence,
    Change,
    Exchange,
    Reach,
    Robustness,
    Seats,
    Share,
    Side,
    Step,
    beyond,
    contest_of,
    duel,
    duel_words,
    exchange,
    headline,
    limits,
    one_line,
    points_down,
    points_up,
    seats_words,
    share_words,
    short_headline,
    side_words,
    step_words,
    study_of,
    transfer_words,
)

from .fields import criteria_of, evaluation_of

CHANGE = Change(("A-02", "A-03"), ("A-01",), (Fraction(40), Fraction(60)))
LEAF = "rule: {kind: lookup, fact: zonage, points: {ZIP: 0}, otherwise: 0}"


def said(weights: list[object], selection: str, rows: list[tuple[object, ...]], more: str = "") -> str:
    study = study_of(evaluation_of(criteria_of(weights, selection, more), rows))
    return plain(" ".join(map(str, headline(study))))


@pytest.mark.parametrize(
    ("points", "down", "up"),
    [
        (Fraction(20, 9), "2,2 points", "2,3 points"),
        (Fraction(2), "2 points", "2 points"),
        (Fraction(19, 10), "1,9 point", "1,9 point"),
        (Fraction(1, 30), "0,03 point", "0,04 point"),
        (Fraction(0), "0 point", "0 point"),
    ],
)
def test_points_are_rounded_to_the_safe_side(points: Fraction, down: str, up: str) -> None:
    assert (plain(points_down(points)), plain(points_up(points))) == (down, up)


@pytest.mark.parametrize(
    ("weights", "selection", "rows", "more", "expected"),
    [
        ([50, 50], "{places: 1}", [(40, 10), (10, 30)], "", "La liste tient pour tous les poids à moins de ±10 points"),
        ([50, 50], "{places: 0}", [(40, 10)], "", "Aucune candidature n'est retenue"),
        ([100], "{places: 1}", [(40,), (10,)], "", "Un seul critère a un poids"),
        (
            [f"{{id: o, label: O, open_ended: oui, {LEAF}}}"],
            "{places: 1}",
            [(40,)],
            "",
            "Aucun critère n'a de poids qui puisse changer.",
        ),
        ([50, 50], "{places: 1}", [(40, 30), (10, 10)], "", "La liste tient quels que soient les poids."),
        ([50, 50], "{places: 1}", [(40, 10), (10, 40)], "", "La limite tombe entre A-01 et A-02, à égalité"),
        ([50, 50], "{places: 2}", [(50, 50), (40, 10), (10, 40)], "", "La retenue, elle, le reste"),
        ([50, 50], "{places: 3}", [(50, 50), (50, 50), (40, 10), (10, 40)], "", "Les 2 retenues, elles, le restent"),
        (
            [50, 50],
            "{places: 1}",
            [(40, 10), (10, 40)],
            "ranking: {ties: [c0]}",
            "A-01 est retenue et A-02 ne l'est pas, à total égal",
        ),
        ([50, 50], "{places: 1, minimum: 50}", [(40, 10)], "", "A-01 est exactement à un seuil"),
    ],
)
def test_the_headline_says_what_the_question_is(
    weights: list[object], selection: str, rows: list[tuple[object, ...]], more: str, expected: str
) -> None:
    assert expected in said(weights, selection, rows, more)


def test_one_just_under_a_strict_threshold_is_on_the_edge() -> None:
    strict = "{places: 1, thresholds: [{criterion: c0, at_least: 20, strict: oui}]}"
    assert "A-01 est exactement à un seuil" in said([50, 50], strict, [(20, 30), (30, 5)])


def test_a_line_under_a_ranking_is_short() -> None:
    told = [
        short_headline(Fraction(20, 9), at_tie=False, certain=True),
        short_headline(Fraction(20, 9), at_tie=False, certain=False),
        short_headline(None, at_tie=False, certain=True),
        short_headline(Fraction(0), at_tie=True, certain=True),
    ]
    assert [plain(each) for each in told] == [
        "Solidité : la liste tient à ±2,2 points près (« ami robustness »).",
        "Solidité : la liste tient au moins à ±2,2 points près (« ami robustness »).",
        "Solidité : aucun changement de poids ne change la liste.",
        "Solidité : une égalité à la limite, qu'un changement de poids peut départager.",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(40, 10), (10, 30)], "Solidité : la liste tient à ±10 points près (« ami robustness »)."),
        ([(40, 10), (10, 40)], "Solidité : une égalité à la limite, qu'un changement de poids peut départager."),
    ],
)
def test_the_line_under_a_ranking_is_that_of_the_study(rows: list[tuple[int, ...]], expected: str) -> None:
    assert plain(one_line(evaluation_of(criteria_of([50, 50], "{places: 1}"), rows))) == expected


def robustness(evaluation: Evaluation, transfer: Reach | None, nearest: Exchange | None) -> Robustness:
    study = study_of(evaluation)._replace(transfer=transfer)
    return Robustness(evaluation, study, nearest, None, None, None, 50, None, "", {}, None, (), 0, (), None)


def test_a_transfer_is_told_with_what_it_does() -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 1, minimum: 10}"), [(40, 10), (10, 30)])
    nearest = exchange(contest_of(evaluation), "A-01", "A-02")
    reach = Reach(Fraction(10), "A-01", "A-02", Fraction(12), CHANGE)
    told = [
        robustness(evaluation, None, nearest),
        robustness(evaluation, reach._replace(outside=None), None),
        robustness(evaluation, reach._replace(change=None, seen=None), nearest),
        robustness(evaluation, reach, nearest),
        robustness(evaluation_of(criteria_of([100], "{places: 1}"), [(1,)]), None, None),
        robustness(evaluation_of(criteria_of([50, 50], "{places: 0}"), [(1, 2)]), None, None),
    ]
    assert [plain(transfer_words(each)) for each in told] == [
        "Aucun déplacement de points d'un critère à un autre ne change la liste.",
        "10 points déplacés d'un critère à un autre suffisent pour que A-01 passe un minimum.",
        (
            "10 points déplacés de « C0 » vers « C1 » suffisent pour que A-02 passe devant A-01 ; "
            "la liste, elle, ne change pas encore là."
        ),
        (
            "10 points déplacés de « C0 » vers « C1 » suffisent pour que A-02 passe devant A-01, "
            "à 12 points déplacés : entrent A-02 et A-03, sort A-01."
        ),
        "Il n'y a pas deux poids entre lesquels déplacer des points.",
        "Aucune candidature n'a de place qu'un déplacement de points puisse lui faire perdre.",
    ]


def test_what_comes_beyond_the_margin_is_told_or_owned_as_unknown() -> None:
    study = study_of(evaluation_of(criteria_of([50, 50], "{places: 1}"), [(40, 10), (10, 30)]))
    assert study.margin is not None
    assert "à ±10 points : entre A-02, sort A-01" in plain(beyond(study))
    assert "Cette borne est prouvée" in str(beyond(study._replace(margin=study.margin._replace(change=None))))
    assert beyond(study._replace(margin=None)) is None


def test_an_end_of_an_interval_is_told() -> None:
    end = Side(Fraction(3), True, None, None, None, None)
    assert side_words(end) == "jusqu'au bout"
    assert side_words(end._replace(is_whole=False)) == "borne prouvée, rien de trouvé au-delà"
    assert side_words(end._replace(is_whole=False, change=Change((), (), ()))) == "rien ne change"


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (0, "aucune des pondérations tirées"),
        (4000, "toutes des pondérations tirées"),
        (1, "moins de 0,1 %"),
        (3999, "plus de 99,9 %"),
        (1000, "25,0 % ± 0,3"),
    ],
)
def test_a_share_is_told_with_its_error(kept: int, expected: str) -> None:
    assert plain(share_words(Share("A-01", kept, 0.0012, Counter(), None), 4000)) == expected


def test_two_that_nothing_exchanges_are_told_so() -> None:
    contest = contest_of(evaluation_of(criteria_of([50, 50], "{places: 1}"), [(40, 30), (10, 10)]))
    found = duel(contest, "A-01", "A-02")
    assert found is not None
    (told,) = duel_words(found)
    assert plain(told) == "A-01 précède A-02 de 50 points ; aucun changement de poids ne les échange."


@pytest.mark.parametrize(
    ("gained", "expected"),
    [(None, "le total attendrait"), (0, "ne changerait pas"), (2, "gagnerait 2 points"), (-1, "perdrait 1 point")],
)
def test_an_answer_a_step_away_is_told(gained: int | None, expected: str) -> None:
    points = None if gained is None else Fraction(gained)
    step = Step("A-01", "locaux.bureaux", 3, 4, points, Status.SELECTED)
    assert expected in plain(step_words(step, criteria_of([50, 50])))


def test_absences_are_told() -> None:
    absences = (Absence("A-01", ("A-02",), (), 2, 1, 3), Absence("A-03", (), (), 0, 0, 1))
    assessed = [plain(each) for each in seats_words(Seats(2, absences, 1), assessors=True)]
    assert assessed[0] == "Assesseurs écartés tour à tour : 2 ; la liste change pour 1 d'entre eux."
    assert assessed[1] == "Avis déjà écartés pour conflit d'intérêts : 1."
    assert "entre A-02 ; 2 candidatures changent de place, de 1 au plus" in assessed[2]
    assert len(list(seats_words(Seats(2, absences), assessors=True))) == 3
    removed = [plain(each) for each in seats_words(Seats(4, absences), assessors=False)]
    assert removed[0] == "Le retrait d'une candidature reclasse les autres dans 25,0 % des cas (1 sur 4)."
    assert len(removed) == 2
    assert "0,0 %" in plain(next(iter(seats_words(Seats(0, ()), assessors=False))))


def test_what_the_study_does_not_see_is_told() -> None:
    bonus = f"{{id: b, label: Bonus, weight: 5, bonus: oui, {LEAF}}}"
    quota = "{places: 1, quotas: [{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 1}]}"
    values = [{"zonage": "ZIP"}, {"zonage": "ZIP"}]
    evaluation = evaluation_of(criteria_of([50, 50, bonus], quota), [(40, 10, 1), (None, 5, 0)], values)  # type: ignore[arg-type]
    told = " ".join(plain(each) for each in limits(study_of(evaluation), evaluation))
    assert "Quotas, budget" in told
    assert "hors de cette étude : 1" in told
    assert "(bonus, sans maximum, ou sans poids) : Bonus" in told
    first = evaluation.standings[0]
    card = first.card._replace(high=first.card.high + 1)
    opened = (first._replace(scored=first.scored._replace(card=card)), *evaluation.standings[1:])
    partly = Evaluation(evaluation.criteria, None, opened, (), evaluation.cut, (), evaluation.provenance)
    assert "prises telles quelles : 1" in " ".join(plain(each) for each in limits(study_of(evaluation), partly))
