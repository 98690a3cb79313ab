"""All the sheets of candidatures in one document: a page each, found by commune."""

from __future__ import annotations

from ami_scoring.domain.entries import Entry
from ami_scoring.domain.primitives import without_accents
from ami_scoring.domain.standings import Standing
from ami_scoring.messages import once, spell
from ami_scoring.reports.papers.blocks import Paper, Tone, Writer, heading, stopped
from ami_scoring.reports.papers.decided import fate_of, reasons_of
from ami_scoring.reports.papers.marks import write_marks
from ami_scoring.reports.papers.run import Candidate, Run, candidates, shown_rank_words, write_told
from ami_scoring.scoring.words import hangs_on, standing_reasons, status_words


def sheets(run: Run) -> Paper:
    """Write the sheets in the order of the ranking, after an index by commune."""
    writer, criteria = Writer(), run.evaluation.criteria
    numbered = [(place, one, one.entry) for place, one in enumerate(candidates(run.evaluation), start=1) if one.entry]
    writer.title("Index par commune")
    rows = [
        (commune.called, entry.reference, entry.candidature.applicant.name, f"fiche {place}")
        for place, _, entry in numbered
        for commune in entry.candidature.place.communes
    ]
    writer.table(
        "Communes d'implantation, dans l'ordre alphabétique",
        (("Commune", 30), ("Dossier", 18), ("Porteur", 36), ("Fiche", 12)),
        sorted(rows, key=lambda row: (without_accents(row[0]), row[1])),
    )
    for place, one, entry in numbered:
        writer.turn_page()
        _write_sheet(writer, run, one, entry, place)
    title = heading(f"Fiches des candidatures : {criteria.call.title}")
    return Paper("fiches", "fiches", title, tuple(writer.blocks), is_draft=False)


def _write_sheet(writer: Writer, run: Run, one: Candidate, entry: Entry, place: int) -> None:
    writer.title(f"Fiche {place} : {entry.reference}, {entry.candidature.place.main_commune.called}")
    writer.say(entry.candidature.applicant.name, Tone.STRONG)
    communes = ", ".join(commune.called for commune in entry.candidature.place.communes)
    writer.say(f"{communes} ({entry.candidature.department}). Déposé le {spell(entry.candidature.submitted_at)}.")
    writer.say(f"{entry.origin.path}, ligne {entry.origin.line}, SHA-256 {entry.origin.sha256}.", Tone.QUIET)
    if isinstance(one, Standing):
        rank = "" if one.rank is None else f", {shown_rank_words(run.evaluation, one)}"
        writer.say(f"Statut : {status_words(one)}{rank}.", Tone.STRONG)
        told = once((*standing_reasons(one, run.evaluation.criteria), *hangs_on(run.evaluation, one)))
        writer.list(map(stopped, told))
        write_marks(writer, one.scored, run.evaluation.criteria)
        write_told(writer, run.near(one))
    else:
        writer.say(f"Statut : {one.status.value}.", Tone.STRONG)
        writer.list(map(stopped, one.reasons))
    fate = fate_of(run.evaluation, entry.reference)
    if fate is not None:
        writer.say(f"Décidé : {fate.decided.value}.", Tone.STRONG)
        writer.list(reasons_of(run.evaluation, fate))
    read = run.read(one)
    if read:
        writer.title("Données lues", 3)
        writer.list(line.text for line in read)
