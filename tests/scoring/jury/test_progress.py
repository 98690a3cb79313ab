"""How far the jury is: what is given and owed, where people stood aside, gaps and severity; and what each is asked."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy, read
from tests.scoring.building import scored as scored_entry
from tests.scoring.jury.building import dossiers, given, judged, three

from ami_scoring.domain.assessment import Assessment
from ami_scoring.domain.facts import Opinions
from ami_scoring.exact import Fraction
from ami_scoring.scoring.jury import Owing, Progress, Seats, check_gaps, grids_of, progress_of, scales_of, subjects_of

JUDGEMENTS = judged().judgements
ALL = "{projet: [e1, e2], équipe: [e1], budget: [e3]}"


def said(reference: str, who: str, opinions: str = "{}", more: str = "") -> Assessment:
    return Assessment.model_validate(
        read(f"{{reference: {reference}, assesseur: {who}, avis: {opinions}{more and ', ' + more}}}")
    )


def marks(*numbers: int, excluded: int = 0) -> Opinions:
    return Opinions(tuple(map(Fraction, numbers)), excluded)


def told(seats: Seats, kept: list[Assessment], opinions: dict[str, dict[str, Opinions]], count: int = 2) -> Progress:
    return progress_of(seats, JUDGEMENTS, [f"A-{n}" for n in range(1, count + 1)], kept, opinions)


def test_each_owes_what_they_were_given_and_did_not_say() -> None:
    seats = Seats.of(three(), given(f"{{A-1: {ALL}, a-2: {ALL}}}"), dossiers(2))
    kept = [
        said("A-1", "Zoé Un", "{projet: {note: 4, motif: Lu}, équipe: {note: 10, motif: Lu}}"),
        said("a-1", "DEUX Adam", "{projet: {note: 1, motif: Lu}}"),
        said("A-2", "e3", more="conflit: oui"),
        said("A-1", "Passante", "{projet: {note: 1, motif: Lu}}"),
    ]
    found = told(
        seats, kept, {"a-1": {"projet": marks(1, 4), "équipe": marks(10)}, "a-2": {"budget": marks(excluded=1)}}
    )
    assert [(one.given, one.owed, one.recused) for one in found.voices] == [
        (2, (Owing("A-2", ("projet", "équipe")),), ()),
        (1, (Owing("A-2", ("projet",)),), ()),
        (0, (Owing("A-1", ("budget",)),), ("A-2",)),
    ]
    assert [one.owing for one in found.voices] == [2, 1, 1]
    assert (found.heard, found.required) == (3, 8)
    assert found.lacking == (
        ("A-1", "budget", 0, 1),
        ("A-2", "projet", 0, 2),
        ("A-2", "équipe", 0, 1),
        ("A-2", "budget", 0, 1),
    )


def test_severity_is_the_mean_gap_from_the_others_as_a_share_of_the_scale() -> None:
    kept = [
        said("A-1", "e1", "{projet: {note: 5, motif: Lu}, budget: {note: Faible, motif: Lu}}"),
        said("A-1", "e2", "{projet: {note: 3, motif: Lu}, budget: {note: fort, motif: Lu}}"),
        said("A-1", "e3", "{projet: {note: 1, motif: Lu}}"),
    ]
    found = told(Seats.of(three(), None, dossiers(1)), kept, {}, 1)
    assert [(one.compared, one.severity) for one in found.voices] == [
        (2, (Fraction(3, 5) - 1) / 2),
        (2, Fraction(1, 2)),
        (1, Fraction(-3, 5)),
    ]
    assert {one.owed for one in found.voices} == {()}


def test_an_opinion_given_in_spite_of_an_interest_is_a_recusal() -> None:
    seats = Seats.of(three("[{reference: A-1, reason: lien}]"), None, dossiers(1))
    found = told(seats, [said("A-1", "e3", "{projet: {note: 1, motif: Lu}}")], {}, 1)
    assert (found.voices[2].given, found.voices[2].recused, found.voices[2].severity) == (0, ("A-1",), None)


def test_a_mark_that_is_off_the_scale_by_now_counts_for_nobody() -> None:
    found = told(Seats.of(three(), None, dossiers(1)), [said("A-1", "e1", "{projet: {note: 9, motif: Lu}}")], {}, 1)
    assert found.voices[0].given == 0


def test_gaps_to_be_discussed_come_first_then_the_widest() -> None:
    opinions = {
        "a-1": {"projet": marks(1, 2), "équipe": marks(0, 20)},
        "a-2": {"projet": marks(1, 4), "équipe": marks(3)},
    }
    found = told(Seats.of(three(), None, dossiers(2)), [], opinions)
    assert [(one.reference, one.subject, int(one.gap), one.to_discuss) for one in found.spreads] == [
        ("A-2", "projet", 3, True),
        ("A-1", "équipe", 20, False),
        ("A-1", "projet", 1, False),
    ]


def test_a_gap_beyond_the_limit_is_told_without_naming_anybody() -> None:
    entries = [scored_entry("A-1", 10).entry, scored_entry("A-2", 10).entry]
    (gap,) = check_gaps(entries, JUDGEMENTS, {"a-1": {"projet": marks(1, 3)}, "a-2": {"projet": marks(1, 4)}})
    assert gap.code == "opinions-apart"
    assert "A-2 : un écart de 3 entre les avis" in str(gap.message).replace("\u00a0", " ")


def test_a_grid_asks_what_its_assessor_was_given_in_the_words_of_the_criteria() -> None:
    made = grids_of(three(), judged(), given(f"{{A-2: {ALL}, a-1: {{budget: [e3]}}}}").assignments, dossiers(2))
    assert [[(one.reference, [subject.key for subject in asked]) for one, asked in grid.dossiers] for grid in made] == [
        [("A-2", ["projet", "équipe"])],
        [("A-2", ["projet"])],
        [("A-1", ["budget"]), ("A-2", ["budget"])],
    ]
    assert [grid.opinions for grid in made] == [2, 1, 2]


def test_subjects_have_the_words_of_the_criterion_that_reads_them() -> None:
    found = subjects_of(judged())
    assert [(each.title, each.reference) for each in found.values()] == [
        ("Projet", "article 1"),
        ("Le reste : équipe", None),
        ("Le reste : budget", None),
    ]
    computed = policy("computed: [{name: jury, label: Jury, rule: {kind: judgement, on: x, highest: 5}}]")
    assert [(each.title, each.reference) for each in subjects_of(computed).values()] == [("x", None)]


@pytest.mark.parametrize(("old", "new"), [("highest: 5", "highest: 4"), ("Tenu", "Tenu à temps"), ("Fort", "Haut")])
def test_scales_have_a_fingerprint_of_their_own(old: str, new: str) -> None:
    from tests.scoring.jury.building import CRITERIA  # noqa: PLC0415

    other = policy(CRITERIA.replace(old, new)).judgements
    assert scales_of(other) != scales_of(JUDGEMENTS)
    assert scales_of(policy(CRITERIA.replace("required: 2", "required: 1")).judgements) == scales_of(JUDGEMENTS)
