"""A budget that admits whole levels: all who have a total, or none of them.

Levels are admitted from the highest total, until what is admitted asks for as near as possible to so many times the
budget, and not less than so many. One level more is admitted while less than the least is asked for, or where the sum
is no farther from the aim with it than without. Both hold the longer, the less is asked for: where nobody knows what
some ask for, the least and the most that they may ask for are both tried.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from ami_scoring.domain.budgets import Budget
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, named
from ami_scoring.scoring.places.claims import Allocation, Kind
from ami_scoring.scoring.places.ranking import Ranked

_NOTHING = Fraction(0)


class Level(NamedTuple):
    """All who have a total, and what is asked for from the highest total down to theirs: the least, and the most."""

    rows: list[Ranked]
    least: Fraction
    most: Fraction | None
    """None without limit."""

    @property
    def total(self) -> Fraction:
        """What they all have."""
        return self.rows[0].scored.card.total or _NOTHING


def share_levels(groups: Sequence[Sequence[Ranked]], budget: Budget, done: Allocation) -> None:
    """Admit whole levels of the candidatures that the score decides, given in the order of ranks."""
    aim, floor = budget.amount * budget.times, budget.amount * (budget.least_times or _NOTHING)
    before, silent = Level([], _NOTHING, _NOTHING), list[Ranked]()
    closed: Message | None = None
    is_sure = True
    for level in _levels(groups, done):
        silent += [row for row in level.rows if done.purses.asked(row) is None or done.room.doubts_of(row).floor]
        may = closed is None and _is_admitted(before.least, level.least, aim, floor)
        is_sure = is_sure and _is_admitted(before.most, level.most, aim, floor)
        if not may and closed is None:
            closed = _why_closed(before, level, aim)
        for row in level.rows:
            _settle(row, done, closed, None if is_sure else _waits_for(silent))
        before = level


def _levels(groups: Sequence[Sequence[Ranked]], done: Allocation) -> Iterator[Level]:
    least: Fraction = _NOTHING
    most: Fraction | None = _NOTHING
    for _, rows in groupby(chain.from_iterable(groups), key=lambda row: row.scored.card.total):
        level = list(rows)
        for row in level:
            asked, bound = done.purses.asked(row), done.purses.most_of(row)
            least += _NOTHING if asked is None or done.room.doubts_of(row).floor else asked
            most = None if most is None or bound is None else most + bound
        yield Level(level, least, most)


def _is_admitted(before: Fraction | None, with_it: Fraction | None, aim: Fraction, floor: Fraction) -> bool:
    """Say whether one level more is admitted, by what is asked for without it and with it."""
    if before is not None and (before < floor or before == with_it):
        return True
    return before is not None and with_it is not None and before + with_it <= 2 * aim


def _settle(row: Ranked, done: Allocation, closed: Message | None, waits: Message | None) -> None:
    """Say what becomes of one: beyond the limit, waiting for it, silent on what decides it, or admitted."""
    doubt = done.room.doubts_of(row).floor
    if closed is not None:
        done.notes[id(row)] = closed
    elif doubt is not None:
        done.hold(row, doubt)
    elif done.purses.asked(row) is None:
        label = "" if done.room.ask is None else done.room.ask.label
        note = Message("montant demandé non renseigné (« {label} ») : la limite en dépend", {"label": label})
        done.claim(Kind.DEMAND, [row], 1, note, note)
    elif waits is not None:
        done.claim(Kind.WAIT, [row], 1, waits, waits)
    else:
        done.admit(row)


def _waits_for(silent: Sequence[Ranked]) -> Message:
    references = [row.scored.entry.reference for row in silent]
    return Message("attend la réponse de {references} : la limite en dépend", {"references": named(references)})


def _why_closed(before: Level, level: Level, aim: Fraction) -> Message:
    """Say why the limit stands above a level: to all that come after, its own included."""
    said: dict[str, object] = {"aim": aim, "with": level.least, "total": level.total}
    if before.least != before.most or level.least != level.most:
        return Message(
            "la limite s'arrête avant le total de {total}, quoi que demandent celles qui ne le disent pas", said
        )
    if not before.rows:
        return Message("aucun total n'est admis : le premier demande {with}, plus loin de {aim} que rien", said)
    said |= {"last": before.total, "admitted": before.least}
    return Message(
        "limite au total de {last} : {admitted} demandés, plus près de {aim} que {with} avec le total de {total}", said
    )
