"""One letter per applicant: what became of its candidature, why, what would have sufficed, what it may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.standings import Standing
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import Paper, Writer, capital, heading, shown, stopped
from ami_scoring.reports.papers.completing import awaits_authority, write_optional, write_request
from ami_scoring.reports.papers.decided import fate_of, is_as_computed, is_settled, reasons_of
from ami_scoring.reports.papers.files import Files
from ami_scoring.reports.papers.kinds import ASKED, NO_DECISION, SUBJECTS, Kind, kind_of
from ami_scoring.reports.papers.law import write_appeals, write_mention
from ami_scoring.reports.papers.marks import write_marks
from ami_scoring.reports.papers.outcomes import (
    announced,
    granted,
    reserves,
    write_aside,
    write_equals,
)
from ami_scoring.reports.papers.reserve import provisional
from ami_scoring.reports.papers.run import Candidate, Run, Told, at_place, candidates, place_words, wave_of, write_told
from ami_scoring.scoring.words import inner, standing_reasons, unparted

_FAR: Final = frozenset({Kind.RESERVE, Kind.NOT_KEPT})
_OPEN: Final = _FAR | {Kind.CONTESTED}
"""Letters of candidatures without a place that may still be completed, until the list is recorded."""


def letters(run: Run) -> Iterator[Paper]:
    """Write the letter of each applicant whose candidature could be read, in the order of the ranking."""
    files = Files("lettres")
    for one in candidates(run.evaluation):
        assert one.entry is not None  # noqa: S101 - `candidates` leaves out the others
        yield _letter(run, one, one.entry, files.name(one.entry.reference))


def _letter(run: Run, one: Candidate, entry: Entry, file: str) -> Paper:
    kind, criteria = kind_of(one, run.evaluation), run.evaluation.criteria
    fate = fate_of(run.evaluation, entry.reference)
    writer = Writer()
    writer.say("Madame, Monsieur,")
    writer.say(_received(entry, one, criteria))
    if isinstance(one, Standing):
        _write_standing(writer, run, one, kind)
    else:
        write_aside(writer, run, one, kind)
    told = list(reasons_of(run.evaluation, fate)) if fate is not None else []
    if told:
        writer.title("Décisions qui concernent votre candidature")
        writer.list(told)
    if isinstance(one, Standing) and run.letterhead.marks:
        writer.title("Points du dossier")
        write_marks(writer, one.scored, criteria)
    if kind not in NO_DECISION:
        write_mention(writer, run.letterhead, criteria)
        write_appeals(writer, run.letterhead)
    writer.say(Message("Pour toute question : {contact}.", {"contact": run.letterhead.authority.contact.rstrip(".")}))
    named = SUBJECTS[kind]
    if kind is Kind.COMPLETE and isinstance(one, Standing) and awaits_authority(run, one):
        named = "candidature en cours de vérification"
    subject = f"{criteria.call.title} : {named}"
    return Paper(
        file,
        f"lettre-{kind}",
        heading(f"{capital(named)} : {entry.reference}"),
        tuple(writer.blocks),
        is_draft=kind not in NO_DECISION and not is_settled(run.evaluation),
        to=(shown(entry.candidature.applicant.name), shown(place_words(entry))),
        subject=heading(subject),
        reference=shown(entry.reference),
    )


def _received(entry: Entry, one: Candidate, criteria: Criteria) -> Message:
    wave = wave_of(one)
    return Message(
        "Vous avez déposé le {on} le dossier {reference}{wave}, pour un projet {place}, en réponse à l'appel « "
        "{title} » (édition des règles : {edition}).",
        {
            "on": entry.candidature.submitted_at,
            "reference": entry.reference,
            "wave": "" if wave is None else f" ({wave.name})",
            "place": at_place(entry.candidature.place.main_commune.called),
            "title": inner(criteria.call.title),
            "edition": criteria.call.edition,
        },
    )


def _write_standing(writer: Writer, run: Run, one: Standing, kind: Kind) -> None:
    if kind in ASKED:
        write_request(writer, run, one, kind)
        return
    writer.say(announced(run, one, kind))
    for said in reserves(run, one) if kind is Kind.PROVISIONAL else ():
        writer.say(said)
    uncertain = provisional(run.evaluation, one) if kind is Kind.RESERVE else None
    if uncertain is not None:
        writer.say(uncertain)
    if kind is Kind.CONTESTED:
        write_equals(writer, run, one)
    money = granted(run, one) if kind in {Kind.KEPT, Kind.PROVISIONAL} else None
    if money is not None:
        writer.say(money)
    if kind is Kind.CONTESTED or _holds(run, one):
        reasons = list(_reasons(run, one, kind))
        near = _near(run, one) if kind in _FAR and run.letterhead.marks else ()
        if (reasons or near) and not is_as_computed(run.evaluation):
            writer.say("Ce que dit le calcul, avant les décisions du comité :")
        writer.list(reasons)
        if kind in _OPEN and not is_settled(run.evaluation):
            write_optional(writer, run, one)
        write_told(writer, near)


def _reasons(run: Run, one: Standing, kind: Kind) -> Iterator[str]:
    """Say why a candidature has its status, without what the letter says apart: equals, and what may be completed."""
    criteria = run.evaluation.criteria
    if kind not in _OPEN or is_settled(run.evaluation):
        yield from map(stopped, map(run.reason, standing_reasons(one, criteria)))
        return
    yield from map(stopped, map(run.reason, one.reasons) if kind is not Kind.CONTESTED else ())
    parting = unparted(one.scored, criteria) if one.tied else None
    if parting is not None:
        yield stopped(parting)
    yield from map(stopped, one.elsewhere)


def _near(run: Run, one: Standing) -> list[Told]:
    """Tell how far a candidature is from a place, without the thresholds that its reasons tell already."""
    return [line for line in run.near(one) if not line.text.endswith(("qui l'écarte.", "qui l'écartent."))]


def _holds(run: Run, one: Standing) -> bool:
    """Say whether the reasons that were computed are those of its fate: nobody decided otherwise about it."""
    fate = fate_of(run.evaluation, one.entry.reference)
    return fate is None or not (fate.differs or one.entry.reference in run.evaluation.cut.contested)
