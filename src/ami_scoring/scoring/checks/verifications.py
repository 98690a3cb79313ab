"""What a policy requires to be verified: answers that files give, that something reads, and that nothing compares."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.verified import is_verifiable
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import facts_used
from ami_scoring.scoring.words import Path, error, inner, not_verifiable, repeated, unknown_fact


def check_verify(criteria: Criteria) -> Iterator[Problem]:
    """Check the facts that must be verified before a place is firm."""
    for place, name in enumerate(criteria.verify):
        fact, path = criteria.catalogue.get(name), ("verify", place)
        if fact is None:
            yield unknown_fact(name, path)
        elif not is_verifiable(fact):
            yield not_verifiable(fact, path)
    for place, first in repeated(criteria.verify):
        said = "« {name} » est déjà plus haut dans cette liste."
        yield error("name-twice", ("verify", place), said, related=(("verify", first),), name=criteria.verify[place])
    if criteria.verify and criteria.comparisons:
        yield error(
            "verify-compared",
            ("verify",),
            "Un critère compare les candidatures entre elles (« relative ») : ce qu'une vérification attendue "
            "changerait aux autres ne se borne pas encore.",
        )


def check_idle_verify(criteria: Criteria) -> Iterator[Problem]:
    """Find what must be verified though nothing reads it: no place would wait for it with reason."""
    read = {key for name in facts_used(criteria) for key in criteria.catalogue[name].keys}
    for place, name in enumerate(criteria.verify):
        fact = criteria.catalogue.get(name)
        if fact is not None and is_verifiable(fact) and read.isdisjoint(fact.keys):
            path: Path = ("verify", place)
            said = "« {label} » est à vérifier, mais aucune règle ne la lit : la place attendrait sans raison."
            message = Message(said, {"label": inner(fact.label)})
            yield Problem("verify-idle", Severity.WARNING, path, message)
