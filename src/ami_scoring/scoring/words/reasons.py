"""Why a candidature has its status, and what to ask it for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from ami_scoring.domain.computed import COMPUTED
from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.facts import Fact, Missing, Value, is_withheld
from ami_scoring.domain.fields import absent_fields
from ami_scoring.domain.scores import Mark, ScoreCard, Scored
from ami_scoring.domain.standings import Firmness, Standing
from ami_scoring.domain.ties import FactTie
from ami_scoring.messages import Message
from ami_scoring.scoring.words.checked import to_verify, verified_word
from ami_scoring.scoring.words.refusals import refusals_of
from ami_scoring.scoring.words.wording import inner

MOST_KEPT: Final = 16_384
"""Sets of marks beyond which all that is remembered of them is forgotten."""


def standing_reasons(standing: Standing, criteria: Criteria) -> tuple[Message, ...]:
    """Say why a candidature has its status: what it lacks, what it still waits for; then its versions elsewhere."""
    return reasoner(criteria)(standing)


def reasoner(criteria: Criteria) -> Callable[[Standing], tuple[Message, ...]]:
    """Make the function that does as `standing_reasons` for many, most of which lack nothing, or the same.

    Those to whom nothing but the reasons of their status is said share these.
    """
    ties = [tie.fact for tie in criteria.ranking.ties if isinstance(tie, FactTie)]
    ties += [] if criteria.ranking.uncovered is None else [criteria.ranking.uncovered]

    def reasons(standing: Standing) -> tuple[Message, ...]:
        scored = standing.scored
        entry, _, card, pending, _, opened = scored
        names, checked = _lacking(card), entry.checked
        if not (names or pending or checked or opened or standing.tied or standing.elsewhere):
            return standing.reasons
        also = [*pending]
        if checked is not None:
            also += [verified_word(each, entry, criteria) for each in entry.verified if each.declared != each.value]
        if ties and standing.tied and any(isinstance(card.values[name], Missing) for name in ties):
            parting = unparted(scored, criteria)
            also += [] if parting is None else [parting]
        if names and (items := _items(scored, names, criteria)):
            also.append(Message("manque : {items}", {"items": list(items)}))
        if opened is not None and scored.unverified and standing.firmness is not Firmness.IMPOSSIBLE:
            also.append(to_verify(scored.unverified, criteria))
        return (*standing.reasons, *also, *standing.elsewhere) if also or standing.elsewhere else standing.reasons

    return reasons


def _reader_of_missing() -> Callable[[ScoreCard], tuple[str, ...]]:
    """Make the function that names the facts that leave marks open, and looks once at marks that cards share.

    Marks are held with what was found in them, so that no others can be taken for them.
    """
    known: dict[int, tuple[Mapping[str, Mark], tuple[str, ...]]] = {}

    def names(card: ScoreCard) -> tuple[str, ...]:
        marks = card.marks
        found = known.get(id(marks))
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            missing = dict.fromkeys(name for mark in marks.values() for name in mark.missing)
            found = known[id(marks)] = (marks, tuple(missing))
        return found[1]

    return names


_lacking: Final = _reader_of_missing()


def unparted(scored: Scored, criteria: Criteria) -> Message | None:
    """Name the first tie-break of which a candidature has no value, so that equals stay equal; None if it has all."""
    uncovered = criteria.ranking.uncovered
    if uncovered is not None and isinstance(scored.card.values[uncovered], Missing):
        found = _unparted_by_rank(scored, criteria)
        said = "si les places manquent, « {fact} » ne départagera ces égales qu'une fois renseigné"
        return found or Message(said, {"fact": inner(criteria.catalogue[uncovered].label)})
    return _unparted_by_rank(scored, criteria)


def _unparted_by_rank(scored: Scored, criteria: Criteria) -> Message | None:
    facts = (tie.fact for tie in criteria.ranking.ties if isinstance(tie, FactTie))
    name = next((name for name in facts if isinstance(scored.card.values[name], Missing)), None)
    if name is None:
        return None
    said = {"fact": inner(criteria.catalogue[name].label)}
    return Message("à égalité tant que « {fact} » n'est pas renseigné : c'est ce qui les départagerait", said)


def missing_items(scored: Scored, criteria: Criteria, *, required_only: bool = False) -> tuple[str, ...]:
    """Name what to ask for: what is missing and could change a mark, as the fields of the file, once each.

    Where the file gives everything and a table does not, the reason is told instead; an answer that is refused is
    told with what the candidature waits for. `required_only` keeps what must be there for a rank: never what the
    policy counts as zero where it is missing, even while a refused answer holds its criterion.
    """
    if not required_only:
        names = _lacking(scored.card)
        return _items(scored, names, criteria) if names else ()
    required = dict.fromkeys(
        name
        for criterion, mark in scored.card.marks.items()
        if mark.points is None
        for name in mark.missing
        if _is_required(criteria.by_id[criterion], scored.card.values[name])
    )
    return _items(scored, tuple(required), criteria) if required else ()


def _items(scored: Scored, names: Sequence[str], criteria: Criteria) -> tuple[str, ...]:
    """Name what to ask for, of facts that are missing."""
    owed = _owed(scored, names, criteria)
    items = (item for name in owed for item in _asked(scored, criteria.catalogue[name], criteria))
    return tuple(dict.fromkeys(items))


def _is_required(leaf: Criterion, value: Value) -> bool:
    """Say whether a mark waits for a fact: not where it counts as zero, unless it is refused with a reason."""
    return leaf.if_missing is not MissingPolicy.ZERO or (
        isinstance(value, Missing) and value.withheld and value.why is not None
    )


def _owed(scored: Scored, names: Iterable[str], criteria: Criteria) -> Iterator[str]:
    """Put, in the place of a fact that is worked out, those for want of which it is not.

    One that a rule works out may need less than all that it reads: it is asked for by its own name.
    """
    if not criteria.computed:
        yield from dict.fromkeys(names)
        return
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
        if missing and isinstance(value, Missing) and (value.why is None or is_withheld(value)):
            waiting.extend(missing[::-1])
        else:
            yield name


def _asked(scored: Scored, fact: Fact, criteria: Criteria) -> Iterator[str]:
    value = scored.card.values[fact.name]
    if isinstance(value, Missing) and value.why is not None:
        # Nearly all is told with what the candidature waits for: the sentences of the others are not made anew.
        if value.why not in scored.pending and value.why not in refusals_of(scored.entry, criteria).values():
            yield str(value.why)
    elif absent := absent_fields(scored.entry.candidature, fact.keys):
        yield from (f"« {field.title} »" for field in absent)
    else:
        yield f"« {inner(fact.label)} »"
