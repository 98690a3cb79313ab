"""Among equals who contest something, those first whose category nobody retained has yet; then a draw, if any.

All the equals of a rank are looked at at once, when their turn comes: what one of them is given covers nothing for the
others. What earlier waves retained covers too, where they are told. Where nobody knows whether a category is covered,
nobody is parted: one of those that are looked at, or one who has a place already, does not say its own, or one for whom
a place is kept is of it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.standings import Status
from ami_scoring.domain.ties import Holder
from ami_scoring.messages import Message, named
from ami_scoring.scoring.places.caps import within_quotas
from ami_scoring.scoring.places.claims import Allocation, Covering, Kind
from ami_scoring.scoring.places.keys import draw_number
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.words import inner


class Turns(NamedTuple):
    """Equals of one rank, by turns."""

    turns: list[list[Ranked]]
    covered: dict[int, Holder]
    """Who already has the category of those that come after for that reason, by the identity of their rows."""
    is_drawn: bool = False
    """Whether a draw parts those of one category, and of those that are covered."""


def in_turns(rows: Sequence[Ranked], done: Allocation) -> Turns:
    """Part equals whose turn has come; those whom a full quota stops are looked at by nobody, and come last."""
    covering = done.room.covering
    if covering is None or len(rows) < 2:
        return Turns([list(rows)], {})
    kept = set(map(id, within_quotas([row for row in rows if not done.serves(row)], done).everyone))
    mine = [row for row in rows if id(row) in kept or done.serves(row)]
    if len(mine) < 2:
        return Turns([list(rows)], {})
    found = Turns([mine], {}) if _are_together(mine, done) else _parted(mine, covering, done)
    others = [row for row in rows if not any(row is each for each in mine)]
    return found._replace(turns=[*found.turns[:-1], [*found.turns[-1], *others]])


def tell(found: Turns, done: Allocation) -> None:
    """Say of equals who came by turns why one went before another, where one of them is left without, or with less."""
    for place, turn in enumerate(found.turns[1:], start=1):
        ahead = [row for before in found.turns[:place] for row in before if done.serves(row) or id(row) in done.claims]
        for row in turn:
            rivals = [] if done.is_whole(row) else [each for each in ahead if done.contend(each, row)]
            if rivals:
                _tell_one(row, rivals, found, done)


def _tell_one(row: Ranked, rivals: Sequence[Ranked], found: Turns, done: Allocation) -> None:
    covering = done.room.covering
    assert covering is not None  # noqa: S101 - nobody comes by turns without it
    holder = found.covered.get(id(row))
    uncovered = [each for each in rivals if id(each) not in found.covered]
    if holder is None or not uncovered:
        how = "que le tirage au sort place devant" if found.is_drawn else "que le comité place devant"
        ahead = {"reference": _reference(rivals[-1])}
        done.passed[id(row)] = Message(f"à égalité avec {{reference}}, {how}", ahead)
        return
    words = {
        "references": named(list(map(_reference, uncovered))),
        "fact": inner(covering.label),
        "holder": holder.reference,
        "wave": holder.wave,
    }
    how = f"qui {'passent' if len(uncovered) > 1 else 'passe'} devant"
    already = "déjà retenue en {wave}" if holder.wave else "déjà retenue"
    said = f"à égalité avec {{references}}, {how} : {{holder}}, {already}, a le même « {{fact}} »"
    done.passed[id(row)] = Message(said, words)
    for each in uncovered:
        done.ahead.setdefault(id(each), []).append(row)


def tell_ahead(done: Allocation) -> None:
    """Say to those who have a place why they went before equals who have none, or part of what they ask for.

    Those paid in part are told it too: what was left for them was so for that reason.
    """
    for place, passed in done.passed.items():
        if (verdict := done.verdicts[place]).status is Status.SELECTED:
            done.verdicts[place] = verdict._replace(reasons=(*verdict.reasons, passed))
    for place, rows in done.ahead.items():
        verdict, behind = done.verdicts[place], [_reference(row) for row in rows if not done.is_whole(row)]
        if behind and verdict.status is Status.SELECTED:
            label = "" if done.room.covering is None else done.room.covering.label
            said = "passe devant {references}, à égalité : aucune retenue n'avait encore le même « {fact} »"
            why = Message(said, {"references": named(list(dict.fromkeys(behind))), "fact": inner(label)})
            done.verdicts[place] = verdict._replace(reasons=(why, *verdict.reasons))


def _are_together(rows: Sequence[Ranked], done: Allocation) -> bool:
    """Say whether equals contest places since an envelope spilt: they are never parted then."""
    claims = (done.claims.get(id(row)) for row in rows)
    return done.purses.spilt and any(claim and claim.kind in {Kind.TIE, Kind.GUARANTEE} for claim in claims)


def _parted(rows: Sequence[Ranked], covering: Covering, done: Allocation) -> Turns:
    own = {id(row): category(row, covering.fact) for row in rows}
    first, last = list(rows), list[Ranked]()
    if len(set(own.values())) > 1 or None in own.values():
        open_ = set(_open(rows, covering, done))
        if None in own.values() or any(each not in done.covered and {None, each} & open_ for each in own.values()):
            return Turns(list(_by_people(rows)), {})
        first = [row for row in rows if own[id(row)] not in done.covered]
        last = [row for row in rows if own[id(row)] in done.covered]
    parts = [part for part in (first, last) if part]
    split = _by_people if covering.seed is None else _drawn(covering.seed)
    covered = {id(row): done.covered[own[id(row)]] for row in last}
    return Turns([turn for part in parts for turn in split(part)], covered, covering.seed is not None)


def _open(rows: Sequence[Ranked], covering: Covering, done: Allocation) -> Iterator[Any]:
    """Give the categories that may be covered by those for whom something is kept, None for any of them."""
    mine = set(map(id, rows))
    if None in done.covered:
        yield None
    for claim in done.claims.values():
        yield from (category(row, covering.fact) for row in claim.rows if id(row) not in mine)


def category(row: Ranked, fact: str) -> Any:
    """Give the category of a candidature; None where it does not say."""
    value = row.scored.card.values[fact]
    return None if isinstance(value, Missing) else value


def _by_people(rows: Sequence[Ranked]) -> Iterator[list[Ranked]]:
    for _, part in groupby(sorted(rows, key=lambda row: row.order), key=lambda row: row.order):
        yield list(part)


def _drawn(seed: str) -> Callable[[Sequence[Ranked]], Iterator[list[Ranked]]]:
    def split(rows: Sequence[Ranked]) -> Iterator[list[Ranked]]:
        yield from ([row] for row in sorted(rows, key=lambda row: draw_number(seed, _reference(row)), reverse=True))

    return split


def _reference(row: Ranked) -> str:
    return row.scored.entry.reference
