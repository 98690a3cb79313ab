"""One letter per applicant: what became of its candidature, why, what would have sufficed, what it may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Entry, Standing
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import Paper, Writer, capital, heading, shown, stopped
from ami_scoring.reports.papers.files import Files
from ami_scoring.reports.papers.kinds import ASKED, NO_DECISION, SUBJECTS, Kind, kind_of
from ami_scoring.reports.papers.law import write_appeals, write_mention
from ami_scoring.reports.papers.marks import write_marks
from ami_scoring.reports.papers.outcomes import announced, granted, reserves, write_aside, write_request
from ami_scoring.reports.papers.run import Candidate, Run, candidates, place_words, wave_of, write_told
from ami_scoring.scoring.words import inner, standing_reasons

_FAR: Final = frozenset({Kind.RESERVE, Kind.NOT_KEPT})


def letters(run: Run) -> Iterator[Paper]:
    """Write the letter of each applicant whose candidature could be read, in the order of the ranking."""
    files = Files("lettres")
    for one in candidates(run.evaluation):
        assert one.entry is not None  # noqa: S101 - `candidates` leaves out the others
        yield _letter(run, one, one.entry, files.name(one.entry.reference))


def _letter(run: Run, one: Candidate, entry: Entry, file: str) -> Paper:
    kind, criteria = kind_of(one, run.evaluation), run.evaluation.criteria
    writer = Writer()
    writer.say("Madame, Monsieur,")
    writer.say(_received(entry, one, criteria))
    if isinstance(one, Standing):
        _write_standing(writer, run, one, kind)
    else:
        write_aside(writer, one, kind)
    if kind not in NO_DECISION:
        write_mention(writer, run.letterhead, criteria)
        write_appeals(writer, run.letterhead)
    writer.say(Message("Pour toute question : {contact}.", {"contact": run.letterhead.authority.contact.rstrip(".")}))
    subject = f"{criteria.call.title} : {SUBJECTS[kind]}"
    return Paper(
        file,
        f"lettre-{kind}",
        heading(f"{capital(SUBJECTS[kind])} : {entry.reference}"),
        tuple(writer.blocks),
        is_draft=kind not in NO_DECISION,
        to=(shown(entry.candidature.applicant.name), shown(place_words(entry))),
        subject=heading(subject),
        reference=shown(entry.reference),
    )


def _received(entry: Entry, one: Candidate, criteria: Criteria) -> Message:
    wave = wave_of(one)
    return Message(
        "Vous avez déposé le {on} le dossier {reference}{wave}, pour un projet à {place}, en réponse à l'appel « {title} » "
        "(édition des règles : {edition}).",
        {
            "on": entry.candidature.submitted_at,
            "reference": entry.reference,
            "wave": "" if wave is None else f" ({wave.name})",
            "place": entry.candidature.place.main_commune.called,
            "title": inner(criteria.call.title),
            "edition": criteria.call.edition,
        },
    )


def _write_standing(writer: Writer, run: Run, one: Standing, kind: Kind) -> None:
    criteria = run.evaluation.criteria
    if kind in ASKED:
        write_request(writer, run, one, kind)
    else:
        writer.say(announced(run, one, kind))
        for said in reserves(one) if kind is Kind.PROVISIONAL else ():
            writer.say(said)
        money = granted(run, one)
        if money is not None:
            writer.say(money)
        writer.list(map(stopped, standing_reasons(one, criteria)))
    if not run.letterhead.marks:
        return
    if kind in _FAR:
        write_told(writer, run.near(one))
    writer.title("Points du dossier")
    write_marks(writer, one.scored, criteria)
