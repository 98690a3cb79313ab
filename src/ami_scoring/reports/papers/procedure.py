"""The report on the conduct of the procedure: what came, what was refused and why, how the ranking was made."""

from __future__ import annotations

from collections import Counter

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.findings import Severity
from ami_scoring.messages import Message, spell
from ami_scoring.reports.papers.blocks import Paper, Writer, heading, stopped
from ami_scoring.reports.papers.decided import is_settled, write_decisions, write_lists
from ami_scoring.reports.papers.files_read import counts, write_refused
from ami_scoring.reports.papers.marks import write_ranking
from ami_scoring.reports.papers.minutes import write_rules_voted
from ami_scoring.reports.papers.run import Candidate, Run, everyone, wave_of
from ami_scoring.scoring.marks import wave_of as wave_at
from ami_scoring.scoring.words import closing_sentences, missing_items, result_words


def procedure(run: Run) -> Paper:
    """Write the report on the procedure."""
    writer, evaluation = Writer(), run.evaluation
    writer.title("1. L'appel et ses règles")
    write_rules_voted(writer, run)
    writer.title("2. Calendrier et dossiers reçus")
    _write_waves(writer, evaluation)
    writer.table("Dossiers par sort", (("Sort", 60), ("Nombre", -20)), counts(evaluation))
    writer.title("3. Refus avant examen")
    write_refused(writer, evaluation)
    writer.title("4. Relecture des fichiers")
    _write_findings(writer, evaluation)
    writer.title("5. Classement et places")
    writer.list(map(stopped, result_words(evaluation)))
    write_ranking(writer, evaluation)
    writer.title("6. Ce qui reste ouvert")
    _write_open(writer, evaluation)
    writer.title("7. Décisions et motifs")
    write_decisions(writer, evaluation)
    write_lists(writer, evaluation)
    writer.title("8. Ce que dit le traitement")
    writer.list(closing_sentences(evaluation))
    title = heading(f"Rapport sur la procédure : {evaluation.criteria.call.title}")
    return Paper("rapport", "rapport", title, tuple(writer.blocks), is_draft=not is_settled(evaluation))


def _write_waves(writer: Writer, evaluation: Evaluation) -> None:
    """Count every file read, each once: those of each wave, replaced and refused ones included, then the others."""
    waves = [(one, _wave_of(one, evaluation.criteria)) for one in everyone(evaluation)]
    received = Counter(wave.id for _, wave in waves if wave is not None)
    others = Counter(one.status for one, wave in waves if wave is None)
    rows = [(wave.name, spell(wave.closes), str(received[wave.id])) for wave in evaluation.criteria.waves]
    rows += [(f"Dans aucune vague : {status.value}", "–", str(others[status])) for status in Status if others[status]]
    writer.table(
        "Vagues, clôtures et dossiers déposés dans chacune, versions remplacées et dossiers refusés compris",
        (("Vague", 30), ("Clôture", 40), ("Dossiers", -20)),
        [*rows, ("Ensemble", "–", str(evaluation.read))],
    )


def _wave_of(one: Candidate, criteria: Criteria) -> Wave | None:
    """Give the wave that a file was read in or, where it was in none, the one whose days it was deposited in."""
    found = wave_of(one)
    if found is None and one.entry is not None:
        return wave_at(one.entry.candidature.submitted_at, criteria)
    return found


def _write_findings(writer: Writer, evaluation: Evaluation) -> None:
    """Count what the reading of the files found: the details name their files and stay with the secretary."""
    found = Counter(finding.severity for finding in evaluation.findings)
    said = {
        "errors": found[Severity.ERROR],
        "warnings": found[Severity.WARNING],
        "notes": found[Severity.NOTE],
    }
    writer.say(
        Message(
            "La relecture automatique signale : erreurs, {errors} ; avertissements, {warnings} ; notes, {notes}. "
            "Une réponse refusée n'est jamais comptée : son dossier est à corriger.",
            said,
        )
    )


def _write_open(writer: Writer, evaluation: Evaluation) -> None:
    waiting = [one for one in evaluation.standings if one.rank is None]
    if not waiting and not evaluation.cut.contested and not evaluation.unread:
        writer.say("Rien : chaque dossier a son rang.")
        return
    writer.table(
        "Dossiers sans rang, et ce qu'ils attendent",
        (("Dossier", 16), ("Sort", 18), ("Attend", 70)),
        ([one.entry.reference, one.status.value, _awaited(one, evaluation)] for one in waiting),
    )


def _awaited(one: Standing, evaluation: Evaluation) -> str:
    items = missing_items(one.scored, evaluation.criteria, required_only=True)
    return " ; ".join([*map(str, one.scored.pending), *items]) or " ; ".join(map(str, one.reasons))
