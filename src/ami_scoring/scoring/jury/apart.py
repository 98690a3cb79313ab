"""Opinions so far apart that the policy has them discussed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ami_scoring.domain.comparisons import gap_of
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message


def check_gaps(
    entries: Sequence[Entry], judgements: Mapping[str, Judgement], opinions: Mapping[str, Mapping[str, Opinions]]
) -> Iterator[Finding]:
    """Tell each candidature, and subject, whose opinions are to be discussed. Nobody is named."""
    for entry in entries:
        heard = opinions.get(entry.reference.casefold(), {})
        for subject, rule in judgements.items():
            if (gap := gap_of(rule, heard.get(subject))) is None:
                continue
            message = Message(
                "{reference} : un écart de {gap} entre les avis sur « {subject} », au-delà de {limit} : à discuter.",
                {"reference": entry.reference, "gap": gap, "subject": subject, "limit": rule.discuss_above},
            )
            where = Location(entry.origin.path, entry.origin.line)
            yield Finding("opinions-apart", Severity.WARNING, message, where)
