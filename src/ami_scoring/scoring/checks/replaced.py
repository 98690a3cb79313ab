"""Which candidatures do not count because another version does: each is told, so that a person can contest it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.standings import SetAside, Standing
from ami_scoring.domain.versions import APPLICANT
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.doubles import told_of
from ami_scoring.scoring.marks import references_of


def check_versions(
    standings: Iterable[Standing], set_aside: Iterable[SetAside], criteria: Criteria
) -> Iterator[Finding]:
    """Tell each version that another replaces, and the versions of which nobody knows the order."""
    for aside in set_aside:
        if aside.counting and aside.entry is not None:
            yield _replaced(aside, aside.entry, criteria)
    seen: set[int] = set()
    for standing in standings:
        entries = (standing.entry, *standing.scored.unordered)
        if len(entries) > 1 and id(standing.entry) not in seen:
            seen.update(map(id, entries))
            yield _unordered(entries)


def _replaced(aside: SetAside, entry: Entry, criteria: Criteria) -> Finding:
    said = {"reference": entry.reference, "reason": aside.reasons[0], "what": identified_by(criteria)}
    message = Message("{reference} est {reason} ; les deux dossiers ont en commun : {what}.", said)
    if str(aside.reasons[0]).startswith(("incomplète", "sans total")):
        message = Message("{reference} ne compte pas, {reason} ; les deux dossiers ont en commun : {what}.", said)
    mend = Message(
        "Si ce sont deux projets, corrigez ce que l'un des dossiers en dit, ou dites dans les critères "
        "(« versions ») ce qui distingue une candidature d'une autre."
    )
    return told_of("version-replaced", Severity.NOTE, [entry, *aside.counting], message, mend)


def _unordered(entries: tuple[Entry, ...]) -> Finding:
    said = {"references": references_of(entries), "day": entries[0].candidature.submitted_on}
    message = Message(
        "{references} sont des versions d'une même candidature, du même jour ({day}) : laquelle est la dernière ?",
        said,
    )
    mend = Message("Donnez l'heure de chaque dépôt, ou retirez celle qui ne compte pas. D'ici là, aucune n'a de rang.")
    ordered = sorted(entries, key=lambda entry: entry.reference)
    return told_of("versions-unordered", Severity.WARNING, ordered, message, mend)


def identified_by(criteria: Criteria) -> str:
    """Name what identifies a candidature, as people call it."""
    labels = (
        "porteur" if name == APPLICANT else f"« {criteria.catalogue[name].label} »"
        for name in criteria.versions.identified_by
    )
    return ", ".join(labels)
