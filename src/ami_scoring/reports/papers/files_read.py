"""What was received, and what became of each file: in the minutes and in the report on the procedure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import SetAside, Standing, Status
from ami_scoring.messages import Message, spell
from ami_scoring.reports.papers.blocks import Writer
from ami_scoring.reports.papers.decided import fate_of
from ami_scoring.reports.papers.run import everyone, place_words

REFUSED: Final = (Status.INELIGIBLE, Status.LATE)
"""What is refused before it is examined."""


def write_files(writer: Writer, evaluation: Evaluation) -> None:
    """Write every file read, with its fate; none is left out."""
    rows = [_ranked(one) for one in evaluation.standings] + [_aside(one) for one in evaluation.set_aside]
    for row in rows if evaluation.decided is not None else ():
        fate = fate_of(evaluation, row[0])
        row[-1] = row[-1] if fate is None else fate.decided.value
    writer.table(
        "Dossiers reçus et ce qu'ils sont devenus",
        (("Dossier", 16), ("Porteur", 32), ("Commune", 26), ("Déposé le", 22), ("Sort", 16)),
        sorted(rows),
    )


def write_fingerprints(writer: Writer, evaluation: Evaluation) -> None:
    """Write the fingerprints of all that was read: whoever has the files can tell that they are the same."""
    found = evaluation.provenance
    origins = [
        *(("Règles", origin) for origin in [found.criteria]),
        *((f"Zonage {edition}", origin) for origin, edition in found.zonings),
        *(("Candidatures", origin) for origin in found.candidatures),
        *(("Avis", origin) for origin in found.assessments),
        *(("Correspondance", origin) for origin in found.mappings),
        *(("Déjà attribué", origin) for origin in found.awarded),
        *(("Vérifications", origin) for origin in [found.verifications] if origin is not None),
        *(("Décisions", origin) for origin in [found.decisions] if origin is not None),
    ]
    writer.table(
        "Empreintes SHA-256 des fichiers lus",
        (("Nature", 18), ("Fichier", 40), ("SHA-256", 60)),
        ((kind, origin.path, origin.sha256) for kind, origin in origins),
    )


def write_refused(writer: Writer, evaluation: Evaluation) -> None:
    """Write what was refused before it was examined, with its reasons."""
    refused = [one for one in evaluation.set_aside if one.status in REFUSED]
    if not refused:
        writer.say("Aucun dossier n'est refusé avant examen.")
        return
    writer.table(
        "Dossiers refusés avant examen, et pourquoi",
        (("Dossier", 16), ("Porteur", 30), ("Sort", 16), ("Motif", 60)),
        ([*_who(one), one.status.value, " ; ".join(map(str, one.reasons))] for one in refused),
    )


def counts(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Count the candidatures by status, in the order of statuses."""
    found = Counter(one.status for one in everyone(evaluation))
    yield from ((status.value, str(found[status])) for status in Status if found[status])
    yield "ensemble", str(evaluation.read)


def _ranked(one: Standing) -> list[str]:
    entry = one.entry
    return [entry.reference, entry.candidature.applicant.name, place_words(entry), _deposited(one), one.status.value]


def _aside(one: SetAside) -> list[str]:
    if one.entry is None:
        return [one.reference or "–", "–", str(Message("{path}", {"path": one.origin.path})), "–", one.status.value]
    entry = one.entry
    return [entry.reference, entry.candidature.applicant.name, place_words(entry), _deposited(one), one.status.value]


def _who(one: SetAside) -> list[str]:
    return [one.reference or "–", "–" if one.entry is None else one.entry.candidature.applicant.name]


def _deposited(one: Standing | SetAside) -> str:
    return "–" if one.entry is None else spell(one.entry.candidature.submitted_at)
