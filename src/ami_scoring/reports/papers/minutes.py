"""The minutes: who was there, the rules voted, every file with its fate, the ranking, the decisions, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ami_scoring.messages import Message, named
from ami_scoring.reports.papers.blocks import Paper, Tone, Writer, heading, stopped
from ami_scoring.reports.papers.decided import is_settled, meetings, recusals, write_decisions, write_lists
from ami_scoring.reports.papers.files_read import write_files, write_fingerprints
from ami_scoring.reports.papers.law import contribution
from ami_scoring.reports.papers.marks import write_ranking
from ami_scoring.reports.papers.rules import write_weights
from ami_scoring.reports.papers.run import Run
from ami_scoring.scoring.words import closing_sentences, inner, result_words

_ABREAST: Final = 3
"""Signatures on one line."""
_BY_HAND: Final = "………………………………………………………………"


def minutes(run: Run) -> Paper:
    """Write the minutes of the meeting."""
    writer, criteria = Writer(), run.evaluation.criteria
    writer.say(Message("{authority}", {"authority": run.letterhead.authority.name}), Tone.STRONG)
    _write_meeting(writer, run)
    writer.title("Règles appliquées")
    write_rules_voted(writer, run)
    writer.title("Dossiers reçus")
    write_files(writer, run.evaluation)
    writer.title("Classement calculé")
    writer.list(map(stopped, result_words(run.evaluation)))
    write_ranking(writer, run.evaluation)
    writer.title("Décisions et motifs")
    write_decisions(writer, run.evaluation)
    write_lists(writer, run.evaluation)
    writer.title("Annexe : ce qui a été lu")
    writer.list(closing_sentences(run.evaluation))
    write_fingerprints(writer, run.evaluation)
    writer.title("Signatures")
    _write_signatures(writer, run)
    title = heading(f"Procès-verbal : {criteria.call.title}")
    blocks = tuple(writer.blocks)
    return Paper("proces-verbal", "proces-verbal", title, blocks, is_draft=not is_settled(run.evaluation))


def write_rules_voted(writer: Writer, run: Run) -> None:
    """Write which rules were applied, with their fingerprint, their weights, and what is computed by them."""
    call, origin = run.evaluation.criteria.call, run.evaluation.provenance.criteria
    writer.say(
        Message(
            "Appel « {title} », édition des règles : {edition}. Empreinte SHA-256 du fichier voté : {sha}.",
            {"title": inner(call.title), "edition": call.edition, "sha": origin.sha256},
        )
    )
    if call.notice:
        writer.say(call.notice, Tone.STRONG)
    write_weights(writer, run.evaluation.criteria)
    writer.list(contribution(run.evaluation.criteria))


def _write_meeting(writer: Writer, run: Run) -> None:
    """Write who met, as recorded; room for it to be written by hand where nothing is."""
    writer.title("Réunion du comité")
    held = meetings(run.evaluation)
    if not held:
        for asked in ("Date et lieu", "Membres présents", "Membres excusés", "Déports"):
            writer.say(f"{asked} : {_BY_HAND}")
    for meeting in held:
        writer.say(Message("Réunion du {date}.", {"date": meeting.date}), Tone.STRONG)
        writer.list(
            [
                Message("Membres présents : {names}.", {"names": meeting.members}),
                *(
                    [Message("Membres absents ou excusés : {names}.", {"names": meeting.absent})]
                    if meeting.absent
                    else []
                ),
                *(_recused(each.member, each.references) for each in meeting.recusals),
            ]
        )
    writer.list(_recused(each.member, each.references, each.reason) for each in recusals(run.evaluation))


def _recused(member: str, references: Sequence[str], reason: str = "") -> Message:
    why = f" ({reason.rstrip('.')})" if reason else ""
    return Message(
        "Déport : {member}, pour {references}{why}.",
        {"member": member, "references": named(references), "why": why},
    )


def _write_signatures(writer: Writer, run: Run) -> None:
    """Leave room for those who preside and write, and for the members present at the last meeting recorded."""
    held = meetings(run.evaluation)
    names = ["La présidence du comité", "Le secrétariat", *(held[-1].members if held else ())]
    for place in range(0, len(names), _ABREAST):
        writer.sign(names[place : place + _ABREAST])
