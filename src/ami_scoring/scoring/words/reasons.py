"""Why a candidature has its status, and what to ask it for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ami_scoring.domain.computed import COMPUTED
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact, Missing
from ami_scoring.domain.fields import absent_fields
from ami_scoring.domain.scores import Scored, Standing
from ami_scoring.messages import Message
from ami_scoring.scoring.words.wording import inner


def standing_reasons(standing: Standing, criteria: Criteria) -> tuple[Message, ...]:
    """Say why a candidature has its status: what it lacks, what it still waits for; then its versions elsewhere."""
    reasons = [*standing.reasons, *standing.scored.pending]
    items = missing_items(standing.scored, criteria)
    if items:
        reasons.append(Message("manque : {items}", {"items": list(items)}))
    return (*reasons, *standing.elsewhere)


def missing_items(scored: Scored, criteria: Criteria, *, required_only: bool = False) -> tuple[str, ...]:
    """Name what to ask for: what is missing and could change a mark, as the fields of the file, once each.

    Where the file gives everything and a table does not, the reason is told instead. `required_only` keeps what
    must be there for a rank.
    """
    marks = [mark for mark in scored.card.marks.values() if mark.points is None or not required_only]
    appraisals = [mark.appraisal for mark in marks if mark.appraisal]
    names = dict.fromkeys(name for appraisal in appraisals if appraisal.missing for name in appraisal.missing)
    items = (item for name in _owed(scored, names, criteria) for item in _asked(scored, criteria.catalogue[name]))
    return tuple(dict.fromkeys(items))


def _owed(scored: Scored, names: Iterable[str], criteria: Criteria) -> Iterator[str]:
    """Put, in the place of a fact that is worked out, those for want of which it is not.

    One that a rule works out may need less than all that it reads: it is asked for by its own name.
    """
    computed = {f"{COMPUTED}{each.name}": each.operands for each in criteria.computed if each.rule is None}
    values, waiting, seen = scored.card.values, list(names)[::-1], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        value = values[name]
        missing = [
            each for each in computed.get(name, ()) if isinstance(each, str) and isinstance(values[each], Missing)
        ]
        if missing and isinstance(value, Missing) and value.why is None:
            waiting.extend(missing[::-1])
        else:
            yield name


def _asked(scored: Scored, fact: Fact) -> Iterator[str]:
    value = scored.card.values[fact.name]
    absent = absent_fields(scored.entry.candidature, fact.keys)
    if isinstance(value, Missing) and value.why is not None:
        yield str(value.why)
    elif absent:
        yield from (f"« {field.title} »" for field in absent)
    else:
        yield f"« {inner(fact.label)} »"
