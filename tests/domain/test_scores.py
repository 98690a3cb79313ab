"""What results say of themselves."""

from __future__ import annotations

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.scores import Appraisal, Mark, Outcome, Range, ScoreCard, Scored
from ami_scoring.domain.standings import Cut, SetAside, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message

from .building import candidature
from .test_criteria import policy

ZERO, ONE = Fraction(0), Fraction(1)
ORIGIN = Origin("dossier.yaml", "0" * 64)
WAVE = Wave.model_validate({"id": "v1", "closes": "2022-09-30"})


def scored(total: Fraction | None, *pending: Message) -> Scored:
    card = ScoreCard({}, total, ZERO, ONE, {})
    return Scored(Entry(candidature(), ORIGIN), WAVE, card, pending)


def test_a_range_is_single_when_nothing_is_left_open() -> None:
    assert Range(ONE, ONE).is_single
    assert not Range(ZERO, ONE).is_single


def test_a_mark_waits_for_what_its_appraisal_lacks() -> None:
    appraisal = Appraisal(None, ZERO, ONE, Outcome(ZERO, missing=("zonage",)), ("zonage",))
    assert Mark("a", None, None, ZERO, ONE, appraisal).missing == ("zonage",)
    assert Mark("a", ONE, ONE, ONE, ONE).missing == ()


def test_a_candidature_is_firm_when_nothing_required_is_missing() -> None:
    assert scored(ONE).is_firm
    assert not scored(None).is_firm
    assert not scored(ONE, Message("à vérifier")).is_firm


def test_a_standing_leads_to_its_candidature() -> None:
    one = scored(ONE)
    standing = Standing(one, Status.SELECTED, 1, 1, 1)
    assert (standing.entry.reference, standing.card) == ("A-1", one.card)


def test_an_evaluation_knows_whether_a_file_has_an_error() -> None:
    cut = Cut(0, 0, 0, None, None)
    provenance = Provenance("0", ORIGIN, (), ())
    for severity, has_errors in ((Severity.WARNING, False), (Severity.ERROR, True)):
        finding = Finding("code", severity, Message("Non."), Location("a.yaml"))
        assert Evaluation(policy(), None, (), (), cut, (finding,), provenance).has_input_errors is has_errors


def test_an_evaluation_counts_every_file_that_was_read() -> None:
    standings = tuple(Standing(scored(ONE), status, 1, 1, 1) for status in (Status.SELECTED, Status.RESERVE))
    aside = (
        SetAside(Status.LATE, (), ORIGIN),
        SetAside(Status.UNREADABLE, (), ORIGIN),
        SetAside(Status.LATE, (), ORIGIN),
    )
    cut = Cut(1, 1, 1, None, ONE)
    evaluation = Evaluation(policy(), None, standings, aside, cut, (), Provenance("0", ORIGIN, (), ()))
    assert evaluation.read == 5
    assert not evaluation.has_input_errors
    assert {status: evaluation.count(status) for status in Status if evaluation.count(status)} == {
        Status.SELECTED: 1,
        Status.RESERVE: 1,
        Status.LATE: 2,
        Status.UNREADABLE: 1,
    }
