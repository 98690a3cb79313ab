"""Why a candidature has its status, and what to ask it for."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact, Missing
from ami_scoring.domain.fields import absent_fields
from ami_scoring.domain.scores import Scored, Standing
from ami_scoring.domain.selection import FactTie
from ami_scoring.messages import Message
from ami_scoring.scoring.words.wording import inner


def standing_reasons(standing: Standing, criteria: Criteria) -> tuple[Message, ...]:
    """Say why a candidature has its status: what it lacks, what it still waits for; then its versions elsewhere."""
    reasons = [*standing.reasons, *standing.scored.pending]
    parting = unparted(standing.scored, criteria) if standing.tied else None
    reasons += [] if parting is None else [parting]
    items = missing_items(standing.scored, criteria)
    if items:
        reasons.append(Message("manque : {items}", {"items": list(items)}))
    return (*reasons, *standing.elsewhere)


def unparted(scored: Scored, criteria: Criteria) -> Message | None:
    """Name the first tie-break of which a candidature has no value, so that equals stay equal; None if it has all."""
    facts = (tie.fact for tie in criteria.ranking.ties if isinstance(tie, FactTie))
    name = next((name for name in facts if isinstance(scored.card.values[name], Missing)), None)
    if name is None:
        return None
    said = {"fact": inner(criteria.catalogue[name].label)}
    return Message("à égalité tant que « {fact} » n'est pas renseigné : c'est ce qui les départagerait", said)


def missing_items(scored: Scored, criteria: Criteria, *, required_only: bool = False) -> tuple[str, ...]:
    """Name what to ask for: what is missing and could change a mark, as the fields of the file, once each.

    Where the file gives everything and a table does not, the reason is told instead. `required_only` keeps what
    must be there for a rank.
    """
    marks = [mark for mark in scored.card.marks.values() if mark.points is None or not required_only]
    appraisals = [mark.appraisal for mark in marks if mark.appraisal]
    names = dict.fromkeys(name for appraisal in appraisals if appraisal.missing for name in appraisal.missing)
    items = (item for name in names for item in _asked(scored, criteria.catalogue[name]))
    return tuple(dict.fromkeys(items))


def _asked(scored: Scored, fact: Fact) -> Iterator[str]:
    value = scored.card.values[fact.name]
    absent = absent_fields(scored.entry.candidature, fact.keys)
    if isinstance(value, Missing) and value.why is not None:
        yield str(value.why)
    elif absent:
        yield from (f"« {field.title} »" for field in absent)
    else:
        yield f"« {inner(fact.label)} »"
