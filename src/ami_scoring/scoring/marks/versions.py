"""Which of several versions of one candidature counts: the last complete one, or the best, as the policy says.

Complete speaks of what the applicant owes: an opinion that assessors have not given yet changes nothing. A complete
version that turns out ineligible counts all the same. Where nobody knows which of several was deposited last, each of
those that are eligible is held: neither alphabet nor chance decides.

Where the best counts, it is the one that has the highest total, of equal ones the last; one that is refused replaces
none. Without any total, the last complete one counts or, without any, the last.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.messages import Message, named, spell, to_the_second
from ami_scoring.scoring.marks.doubted import doubts_of
from ami_scoring.scoring.marks.eligibility import owes_opinions_alone
from ami_scoring.scoring.marks.identity import Identities, Version, grouped, identities_of
from ami_scoring.scoring.words import missing_items


class Contenders(NamedTuple):
    """The versions of one candidature between which what is missing may still choose."""

    eligible: list[Scored]
    shadow: Entry | None = None
    """A version that is refused and incomplete: completed, it would be the one that counts, and leave no other."""
    doubt: Entry | None = None
    """A file that may be another version of it, though nothing establishes of which candidature it is one."""


class Counting(NamedTuple):
    """Which versions count, those that another replaces, and those that are refused and count all the same."""

    kept: list[Scored]
    aside: list[SetAside]
    contenders: list[Contenders]
    """By candidature, the versions that count or that what is missing may yet bring back."""


def counting_versions(
    scored: Sequence[Scored],
    refused: Sequence[SetAside],
    criteria: Criteria,
    known: Identities = MappingProxyType({}),
) -> Counting:
    """Tell the version of each candidature that counts, of those that may be ranked and of those that are refused.

    What is refused holds its score card; it is given back without, for no mark of it counts. `known` is what is known
    already to identify some of them.
    """
    refusals = {id(one.scored): one._replace(scored=None) for one in refused if one.scored is not None}
    filed = [*scored, *(one.scored for one in refused if one.scored is not None)]
    if criteria.versions.each_alone:
        return _counting([[one] for one in filed], refusals, criteria)
    identities = identities_of((one.entry for one in filed), criteria, known)
    groups = grouped(filed, identities)
    found = _counting(groups, refusals, criteria)
    doubts = doubts_of(groups, dict(zip(map(id, filed), identities, strict=True)), criteria)
    for place, entry in doubts.items():
        found.contenders[place] = found.contenders[place]._replace(doubt=entry)
    return found


def _counting(groups: Iterable[list[Scored]], refusals: dict[int, SetAside], criteria: Criteria) -> Counting:
    found = Counting([], [], [])
    for group in groups:
        if len(group) == 1 and id(group[0]) not in refusals:
            found.kept.append(group[0])
            found.contenders.append(Contenders(group))
            continue
        eligible = [one for one in group if id(one) not in refusals]
        if criteria.versions.keeps_best and eligible:
            counting = best_of(eligible, criteria)
            found.aside.extend(refusals[id(one)] for one in group if id(one) in refusals)
            _part(eligible, counting, refusals, criteria, found)
            found.contenders.append(Contenders(eligible))
            continue
        counting = _last_of(group, criteria)
        _part(group, counting, refusals, criteria, found)
        gone = [one for one in group if id(one) in refusals and is_complete(one, criteria)]
        left = [one for one in eligible if not any(is_before(one, each) for each in gone)]
        found.contenders.append(Contenders(left, _shadow(left, group, refusals, criteria)))
    return found


def _part(
    group: Sequence[Scored],
    counting: Sequence[Scored],
    refusals: dict[int, SetAside],
    criteria: Criteria,
    found: Counting,
) -> None:
    """Keep the version that counts, or hold those of which one does, and set the others aside."""
    chosen = {id(one) for one in counting}
    for one in group:
        if id(one) not in chosen:
            found.aside.append(_replaced(one, counting, refusals, criteria))
        elif id(one) in refusals:
            found.aside.append(refusals[id(one)])
        else:
            found.kept.append(_held(one, counting) if len(counting) > 1 else one)


def _last_of(group: Sequence[Scored], criteria: Criteria) -> list[Scored]:
    return latest([one for one in group if is_complete(one, criteria)] or group)


def best_of(eligible: Sequence[Scored], criteria: Criteria) -> list[Scored]:
    """Give the version that has the highest total, of equal ones the last; or, where nobody knows, those it may be."""
    totals = [(one.card.total, one) for one in eligible if one.card.total is not None and one.is_firm]
    if not totals:
        return _last_of(eligible, criteria)
    highest = max(total for total, _ in totals)
    return latest([one for total, one in totals if total == highest])


def _shadow(
    eligible: Sequence[Scored], group: Sequence[Scored], refusals: dict[int, SetAside], criteria: Criteria
) -> Entry | None:
    """Find a refused version that nothing complete surely follows, and that may itself be completed."""
    waiting = [one for one in group if id(one) in refusals and not is_complete(one, criteria)]
    sure = [one for one in eligible if is_complete(one, criteria)]
    left = (one.entry for one in waiting if not any(is_before(one, each) for each in sure))
    return next(left, None) if eligible else None


def is_complete(one: Scored, criteria: Criteria) -> bool:
    """Say whether the applicant owes nothing that the policy requires: what is missing, if anything, is opinions."""
    if one.is_firm or one.entry.refused:  # an answer that is refused is owed again
        return one.is_firm
    return owes_opinions_alone(one, criteria)


def latest(group: Sequence[Version]) -> list[Version]:
    """Give the version deposited last; or, where nobody knows, those of which one was."""
    day = max(one.entry.candidature.submitted_on for one in group)
    last = [one for one in group if one.entry.candidature.submitted_on == day]
    instant = max(filter(None, map(_instant, last)), default=None)
    return [one for one in last if _instant(one) in {None, instant}]


def is_before(one: Version, other: Version) -> bool:
    """Say whether a version was surely deposited before another: a day without an hour tells nothing within it."""
    day, its_day = one.entry.candidature.submitted_on, other.entry.candidature.submitted_on
    mine, its = _instant(one), _instant(other)
    return day < its_day or (day == its_day and mine is not None and its is not None and mine < its)


def instant_of(one: Version) -> float:
    """Give the instant of a deposit, before every other where only its day is known."""
    known = _instant(one)
    return float("-inf") if known is None else known


def deposit_words(entry: Entry, *others: Entry) -> str:
    """Tell when a version was deposited: its day, and its hour where another is of the same day."""
    submitted = entry.candidature.submitted_at
    same_day = any(other.candidature.submitted_on == entry.candidature.submitted_on for other in others)
    if same_day and isinstance(submitted, datetime):
        return to_the_second(submitted)
    return spell(entry.candidature.submitted_on)


def references_of(entries: Iterable[Entry], word: str = "et") -> str:
    """Name several candidatures in a sentence, in the order of their references."""
    return named(sorted(entry.reference for entry in entries), word=word)


def _instant(one: Version) -> float | None:
    moment = one.entry.candidature.submitted_at
    return moment.timestamp() if isinstance(moment, datetime) else None


def _held(one: Scored, counting: Sequence[Scored]) -> Scored:
    said = {
        "day": one.entry.candidature.submitted_on,
        "references": references_of(each.entry for each in counting),
    }
    message = Message(
        "version à départager : {references} sont du même jour ({day}), et rien ne dit laquelle est la dernière", said
    )
    others = tuple(other.entry for other in counting if other is not one)
    return one._replace(pending=(*one.pending, message), unordered=others)


def _replaced(one: Scored, counting: Sequence[Scored], refusals: dict[int, SetAside], criteria: Criteria) -> SetAside:
    entry, entries = one.entry, tuple(sorted((each.entry for each in counting), key=lambda each: each.reference))
    older = all(is_before(one, each) for each in counting)
    said = {
        "reference": references_of(entries, "ou"),
        "submitted": deposit_words(entries[0], *([entry] if len(entries) == 1 else [])),
        "s": "s" if len(entries) > 1 else "",
        "refused": ", inéligible" if all(id(each) in refusals for each in counting) else "",
    }
    if criteria.versions.keeps_best and counting[0].is_firm and id(counting[0]) not in refusals:
        sentence = _less_good(one, counting, criteria)
    elif older or is_complete(one, criteria):
        sentence = "remplacée par {reference}, déposée{s} le {submitted}{refused}"
    else:
        sentence = "incomplète : c'est la version complète {reference}, déposée{s} le {submitted}{refused}, qui compte"
    reasons = (Message(sentence, said), *_still_open(one, counting, criteria))
    return SetAside(Status.REPLACED, reasons, entry.origin, entry.reference, entry, one, counting=entries)


def _still_open(one: Scored, counting: Sequence[Scored], criteria: Criteria) -> tuple[Message, ...]:
    """Say of a version that has a total how it may still be the best, where it may."""
    if not criteria.versions.keeps_best or not one.is_firm:
        return ()
    card, least = one.bounded.card, min(each.bounded.card.low for each in counting)
    is_over = card.high > least or (card.high == least and not all(is_before(one, each) for each in counting))
    if not is_over and not any(each.bounded.pending for each in counting):
        return ()
    if (done := once_done(one, criteria)) and card.high > card.low:
        said = "elle peut encore compter, une fois {done}, si son total est alors le plus élevé"
        return (Message(said, {"done": done}),)
    references = references_of(each.entry for each in counting)
    said = "elle peut encore compter, tant que l'examen de {references} n'est pas achevé"
    return (Message(said, {"references": references}),)


def once_done(one: Scored, criteria: Criteria) -> str:
    """Say what is to be done of a candidature for all of it to be known; nothing where nothing is."""
    owed = ""
    if missing_items(one, criteria) or one.pending:
        owed = "notée par le jury" if owes_opinions_alone(one, criteria) else "complétée"
    done = ["corrigée" if one.entry.refused else owed, "vérifiée" if one.unverified else ""]
    return spell([each for each in done if each])


def _less_good(one: Scored, counting: Sequence[Scored], criteria: Criteria) -> str:
    """Say why a version does not count where another has the highest total of those that have one."""
    if one.is_firm:
        equal = one.card.total == counting[0].card.total
        return (
            "remplacée par {reference}, de même total et déposée{s} le {submitted}"
            if equal
            else "remplacée par {reference}, dont le total est plus élevé"
        )
    why = "sans total encore" if is_complete(one, criteria) else "incomplète"
    return f"{why} : c'est {{reference}}, qui a un total, qui compte"
