"""What a letter asks of an applicant, apart from what is not obligatory and from what the authority checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.zoning import Zone
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import stopped
from ami_scoring.scoring.words import missing_items


class Asked(NamedTuple):
    """What a candidature lacks, as items of lists."""

    owed: tuple[str, ...]
    """What must be there for a rank."""
    useful: tuple[str, ...]
    """What is not obligatory, and may bring points."""
    checked: tuple[str, ...]
    """What the authority checks: its own tables lack it, and the file gives all that was asked."""


def asked_of(scored: Scored, criteria: Criteria) -> Asked:
    """Tell apart what a candidature lacks."""
    values = scored.card.values
    tables = {name: value for name, value in values.items() if isinstance(value, Missing) and _is_of_table(value)}
    ours = {str(value.why) for value in tables.values()}
    labels = {f"« {criteria.catalogue[name].label} »" for name in tables}
    items, every = missing_items(scored, criteria, required_only=True), missing_items(scored, criteria)
    waits = [each for each in scored.pending if not _names_of(each) or not labels.issuperset(_names_of(each))]
    return Asked(
        (*_mended(waits, scored), *(stopped(each) for each in items if each not in ours)),
        tuple(stopped(each) for each in every if each not in items and each not in ours),
        tuple(stopped(each) for each in sorted(ours)),
    )


def _is_of_table(value: Missing) -> bool:
    """Say whether a fact is missing because a zoning does not hold a commune that the file gives."""
    is_told = value.why is not None and not value.withheld
    return is_told and any(isinstance(each, Zone) for each in value.among or ())


def _names_of(said: Message) -> Sequence[str]:
    """Give the facts that a gate waits for, as it names them."""
    names = said.params.get("names")
    return names if isinstance(names, list) else ()


def _mended(waits: list[Message], scored: Scored) -> Iterator[str]:
    """Say what is waited for; of an answer that is refused, with the way to mend it where its finding gives one."""
    advice = {
        str(finding.message).removesuffix("."): finding.suggestion
        for _, finding in scored.entry.refused
        if finding.suggestion is not None
    }
    for each in waits:
        mend = advice.get(str(each.params.get("said", "")))
        yield stopped(each) if mend is None else f"{stopped(each)} {stopped(mend)}"
