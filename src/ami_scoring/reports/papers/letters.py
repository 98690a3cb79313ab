"""One letter per applicant: what became of its candidature, why, what would have sufficed, what it may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Entry, Standing
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import Paper, Writer, capital, heading, shown, stopped
from ami_scoring.reports.papers.decided import fate_of, is_as_computed, is_settled, reasons_of
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
    fate = fate_of(run.evaluation, entry.reference)
    writer = Writer()
    writer.say("Madame, Monsieur,")
    writer.say(_received(entry, one, criteria))
    if isinstance(one, Standing):
        _write_standing(writer, run, one, kind)
    else:
        write_aside(writer, one, kind)
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
    subject = f"{criteria.call.title} : {SUBJECTS[kind]}"
    return Paper(
        file,
        f"lettre-{kind}",
        heading(f"{capital(SUBJECTS[kind])} : {entry.reference}"),
        tuple(writer.blocks),
        is_draft=kind not in NO_DECISION and not is_settled(run.evaluation),
        to=(shown(entry.candidature.applicant.name), shown(place_words(entry))),
        subject=heading(subject),
        reference=shown(entry.reference),
    )


def _received(entry: Entry, one: Candidate, criteria: Criteria) -> Message:
    wave = wave_of(one)
    return Message(
        "Vous avez déposé le {on} le dossier {reference}{wave}, pour un projet à {place}, en réponse à l'appel « "
        "{title} » (édition des règles : {edition}).",
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
    if kind in ASKED:
        write_request(writer, run, one, kind)
        return
    writer.say(announced(run, one, kind))
    for said in reserves(one) if kind is Kind.PROVISIONAL else ():
        writer.say(said)
    money = granted(run, one) if kind in {Kind.KEPT, Kind.PROVISIONAL} else None
    if money is not None:
        writer.say(money)
    if _holds(run, one):
        reasons = [*map(stopped, standing_reasons(one, run.evaluation.criteria))]
        near = run.near(one) if kind in _FAR and run.letterhead.marks else ()
        if (reasons or near) and not is_as_computed(run.evaluation):
            writer.say("Ce que dit le calcul, avant les décisions du comité :")
        writer.list(reasons)
        write_told(writer, near)


def _holds(run: Run, one: Standing) -> bool:
    """Say whether the reasons that were computed are those of its fate: nobody decided otherwise about it."""
    fate = fate_of(run.evaluation, one.entry.reference)
    return fate is None or not (fate.differs or one.entry.reference in run.evaluation.cut.contested)
