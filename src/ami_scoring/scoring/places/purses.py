"""The money of a budget: what each envelope still holds, what is kept aside, and what each candidature asks."""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.budgets import Budget, Envelope, Short
from ami_scoring.domain.facts import Fact, Missing
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import holds
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.words import inner

COMMON: Final = -1
"""The purse of candidatures that no envelope concerns."""
_NOTHING: Final = Fraction(0)


class Kept(NamedTuple):
    """Money kept for some candidatures until something is settled."""

    money: Mapping[int, Fraction]
    """By purse."""
    lacking: Mapping[int, Fraction | None]
    """By purse, how much more they may ask for than what is kept; None without end."""
    cause: Message
    """What those wait for who might be paid with it."""
    is_poured: bool
    """Whether envelopes had spilt then."""

    @property
    def is_whole(self) -> bool:
        """Say whether that is all that they may ask for."""
        return not self.lacking


class Purses:
    """What is left to grant. Without a budget, everything can be paid and nothing is granted.

    What is kept for candidatures that are not settled yet stays in its purse, and nobody else is paid from it.
    """

    def __init__(self, budget: Budget | None, ask: Fact | None) -> None:
        """Fill the envelopes; what they do not take is common. `ask` is the fact that says what is asked for."""
        self._budget = budget
        self._ask = ask
        self._left: dict[int, Fraction] = {}
        self._kept: dict[int, Fraction] = {}
        self._pending: dict[int, dict[int, tuple[Message, int]]] = {}
        """By purse, what those wait for who might be paid with what is kept, by its identity, and for how many."""
        self._doubtful: dict[int, dict[int, Kept]] = {}
        """By purse, what is kept that may not be enough, and would stop the sharing then, by its identity."""
        self._lacking: dict[int, Fraction] = {}
        """By purse, what those lack for whom not all is kept: whatever is given back is theirs first."""
        self._endless: dict[int, int] = {}
        """By purse, how many of them may ask for more without end."""
        self._closed: dict[int, Message] = {}
        self._given: dict[int, Fraction] = {}
        self._open: list[int] = []
        self.spilt = False
        """Whether what envelopes leave has been poured into the common purse."""
        self._order = () if budget is None else budget.spills_to
        if budget is not None:
            parts = {place: amount * budget.times for place, amount in enumerate(budget.parts)}
            self._left = {**parts, COMMON: budget.whole - sum(parts.values(), _NOTHING)}
            self._kept = dict.fromkeys(self._left, _NOTHING)
            self._open = [place for place, envelope in enumerate(budget.envelopes) if envelope.spill]

    def apart(self, rows: Sequence[Ranked]) -> Iterator[list[Ranked]]:
        """Part candidatures by the purse that pays them: those of different purses take nothing from one another."""
        by_purse: dict[int, list[Ranked]] = {}
        for row in rows:
            by_purse.setdefault(self._purse(row), []).append(row)
        yield from by_purse.values()

    def share(self, one: Ranked, other: Ranked) -> bool:
        """Say whether one purse pays two candidatures."""
        return self._purse(one) == self._purse(other)

    def asked(self, row: Ranked) -> Fraction | None:
        """Give what a candidature asks for, never below nothing; None where it does not say."""
        if self._ask is None:
            return _NOTHING
        value = row.scored.card.values[self._ask.name]
        if isinstance(value, Missing):
            return None
        return max(_NOTHING, Fraction(value))  # type: ignore[arg-type] # checks let only numbers in

    def still_asked(self, rows: Sequence[Ranked]) -> Fraction:
        """Add up what some candidatures ask for and have not been granted yet."""
        return sum(((self.asked(row) or _NOTHING) - self._given.get(id(row), _NOTHING) for row in rows), _NOTHING)

    def free(self, row: Ranked) -> Fraction:
        """Give what is left in the purse of a candidature, and kept for nobody."""
        purse = self._purse(row)
        return self._left.get(purse, _NOTHING) - self._kept.get(purse, _NOTHING)

    def where(self, row: Ranked) -> tuple[str, dict[str, str]]:
        """Say which purse may pay a candidature now, and what fills that sentence in."""
        place = self._purse(row)
        if self._budget is None or not self._budget.envelopes:
            return "sur le budget", {}
        if place == COMMON:
            return "en commun" if self.spilt else "hors parts réservées", {}
        return "sur la part réservée « {purse} »", {"purse": inner(self._budget.envelopes[place].label)}

    def kept(self, row: Ranked) -> Fraction:
        """Give what is kept for some in the purse of a candidature."""
        return self._kept.get(self._purse(row), _NOTHING)

    def most_for(self, row: Ranked) -> Fraction:
        """Give the most that a candidature may be granted, whatever it asks for."""
        most = self.most_of(row)
        return self.free(row) if most is None else min(most, self.free(row))

    def can_pay(self, rows: Sequence[Ranked]) -> bool:
        """Say whether all that candidatures of one purse ask for is there for sure."""
        if self._budget is None:
            return True
        purse = self._purse(rows[0])
        return self._pays(purse, self.still_asked(rows))

    def _pays(self, purse: int, asked: Fraction) -> bool:
        """Say whether a purse surely holds an amount, beside all that is kept of it or lacking."""
        if not self._is_open(purse):
            return False
        free = self._left.get(purse, _NOTHING) - self._kept.get(purse, _NOTHING)
        if asked == 0:
            return asked <= free
        return not self._endless.get(purse) and asked + self._lacking.get(purse, _NOTHING) <= free

    def never_pays(self, row: Ranked, *, later: bool = False) -> bool:
        """Say whether the purse of a candidature surely holds too little for it, even with all that is kept of it.

        `later` counts what envelopes may yet pour.
        """
        asked, left = self.asked(row), self._left.get(self._purse(row), _NOTHING)
        if self._open and (later or self.spilt):
            left = sum((self._left[place] for place in {COMMON, self._purse(row), *self._open}), _NOTHING)
        return asked is not None and self.still_asked([row]) > left and not (self._is_partial and left > 0)

    def _is_open(self, purse: int) -> bool:
        return purse not in self._closed and not self._doubtful.get(purse)

    def pays_each(self, rows: Sequence[Ranked]) -> bool:
        """Say whether some candidatures are paid where they come first: one at least is, unless the sharing stops."""
        return not self._stops or all(self.can_pay([row]) for row in rows)

    def pays_all(self, rows: Sequence[Ranked]) -> bool:
        """Say whether the purse of some candidatures holds all that they may ask for, whatever their order."""
        most = [self.most_of(row) for row in rows]
        known = [each for each in most if each is not None]
        return not rows or (len(known) == len(most) and sum(known, _NOTHING) <= self.free(rows[0]))

    def aside(self, row: Ranked) -> tuple[Envelope, Fraction] | None:
        """Give the envelope of a candidature that keeps its rest while the common rest is shared, and that rest."""
        home = self.home(row)
        left = self._left.get(home, _NOTHING) - self._kept.get(home, _NOTHING)
        if self._budget is None or not self.is_apart(row) or left <= 0:
            return None
        return self._budget.envelopes[home], left

    def is_apart(self, row: Ranked) -> bool:
        """Say whether the envelope of a candidature keeps what it has while the common rest is shared."""
        return self.spilt and self.home(row) not in {COMMON, *self._open}

    def can_pay_from(self, row: Ranked, places: Sequence[int]) -> set[bool]:
        """Say of each part of the budget whether it would surely pay one."""
        asked, parts = self.still_asked([row]), {COMMON} if self.spilt else set(places)
        return {self._pays(place, asked) for place in parts}

    def cause(self, rows: Sequence[Ranked], asked: Fraction, own: Container[int] = ()) -> Message | None:
        """Say what candidatures of one purse wait for, if `asked` might be paid once it is settled; None if not.

        `own` are the identities of what waits for themselves.
        """
        purse = self._purse(rows[0])
        to_come = sum((self._left[place] for place in self._open), _NOTHING) if self.spilt else _NOTHING
        left = self._left.get(purse, _NOTHING) + to_come
        within = asked <= left or (self._is_partial and left > 0)
        if not within or purse in self._closed:
            return None
        pending = self._pending.get(purse, {})
        return next((cause for place, (cause, _) in pending.items() if place not in own), None)

    def least_asked(self, rows: Sequence[Ranked]) -> Fraction:
        """Give the least that one of some candidatures still asks for."""
        return min(self.still_asked([row]) for row in rows)

    def is_contested(self, rows: Sequence[Ranked]) -> bool:
        """Say whether what is left would do for some of several equals, and not for all."""
        free = self.free(rows[0])
        within = self.least_asked(rows) <= free or (self._is_partial and free > 0)
        return len(rows) > 1 and not self.closed_by(rows[0]) and within

    def keep(self, rows: Sequence[Ranked], seats: int, cause: Message) -> Kept:
        """Keep the most that so many of some candidatures may be granted, by purse; others then wait for `cause`."""
        money, lacking = dict[int, Fraction](), dict[int, Fraction | None]()
        for mine in self.apart(rows) if self._budget is not None else ():
            purse, free = self._purse(mine[0]), self.free(mine[0])
            most = [self.most_of(row) for row in mine]
            bounded = sorted(each for each in most if each is not None)
            wanted = sum(bounded[-seats:], _NOTHING) if len(bounded) == len(most) else None
            if wanted is None or wanted > free:
                lacking[purse] = None if wanted is None else wanted - free
            money[purse] = free if wanted is None else min(free, wanted)
            self._kept[purse] += money[purse]
        kept = Kept(money, lacking, cause, self.spilt)
        for purse in money:
            pending = self._pending.setdefault(purse, {})
            pending[id(cause)] = (cause, pending.get(id(cause), (cause, 0))[1] + 1)
        for purse, wanted in lacking.items():
            self._lack(purse, wanted, 1)
            if self._stops:
                self._doubtful.setdefault(purse, {})[id(kept)] = kept
        return kept

    def give_back(self, kept: Kept) -> None:
        """Free what was kept; what an envelope has spilt since goes to the common purse. Nobody waits for it more."""
        for purse, amount in kept.money.items():
            self._kept[purse] -= amount
            if self.spilt and purse in self._open:
                self._left[purse] -= amount
                self._left[COMMON] += amount
            self._forget(kept.cause, COMMON if self.spilt else purse)
            self._doubtful.get(purse, {}).pop(id(kept), None)
            if purse in kept.lacking and kept.is_poured is self.spilt:
                self._lack(purse, kept.lacking[purse], -1)

    def _lack(self, purse: int, wanted: Fraction | None, times: int) -> None:
        if wanted is None:
            self._endless[purse] = self._endless.get(purse, 0) + times
        else:
            self._lacking[purse] = self._lacking.get(purse, _NOTHING) + times * wanted

    def _forget(self, cause: Message, purse: int) -> None:
        pending = self._pending[purse]
        _, count = pending.pop(id(cause))
        if count > 1:
            pending[id(cause)] = (cause, count - 1)

    def fall_short(self, rows: Sequence[Ranked], said: Message) -> None:
        """Note that some candidatures could not be paid: unless the policy skips them, their purse is closed."""
        if self._stops:
            self._closed.setdefault(self._purse(rows[0]), said)

    def closed_by(self, row: Ranked) -> Message | None:
        """Say at whom the sharing of the purse that concerns a candidature stopped; None if it goes on."""
        return self._closed.get(self._purse(row))

    def is_over_for(self, row: Ranked) -> bool:
        """Say whether the sharing that concerns a candidature stopped, and nothing that is poured begins it again."""
        return bool(self._closed) and (self.spilt or not self._open) and self.closed_by(row) is not None

    def pays_in_part(self, row: Ranked) -> bool:
        """Say whether the policy grants a candidature what is left, when that is less than it asks for."""
        purse = self._purse(row)
        settled = purse not in self._closed and not self._pending.get(purse)
        return self._is_partial and settled and self.free(row) > 0

    def pay(self, row: Ranked) -> Fraction | None:
        """Grant what is still asked, or what is left of it; give all that was granted, None without a budget."""
        if self._budget is None:
            return None
        granted = min(self.still_asked([row]), self.free(row))
        self._left[self._purse(row)] -= granted
        self._given[id(row)] = self._given.get(id(row), _NOTHING) + granted
        return self._given[id(row)]

    def spill(self) -> bool:
        """Pour what is left of the envelopes that allow it into the common purse, open to all; say whether any does."""
        for place in self._open:
            self._left[COMMON] += self._left[place] - self._kept[place]
            self._left[place] = self._kept[place]
        poured: dict[int, tuple[Message, int]] = {}
        for place, (cause, count) in (item for each in self._pending.values() for item in each.items()):
            poured[place] = (cause, poured.get(place, (cause, 0))[1] + count)
        self._pending = {COMMON: poured}
        self._lacking.clear()
        self._endless.clear()
        self.spilt = True
        return bool(self._open)

    def turns(self) -> Iterator[int | None]:
        """Give those whom what was spilt pays, in turn: each envelope that the policy names, then None, all the others.

        Where the sharing stops in one turn, it begins again with the next.
        """
        for turn in (*self._order, None):
            self._closed.clear()
            self._doubtful.clear()
            yield turn

    def turn_of(self, row: Ranked) -> int | None:
        """Say in whose turn what was spilt pays a candidature."""
        home = self.home(row)
        return home if home in self._order else None

    @property
    def _stops(self) -> bool:
        return self._budget is not None and self._budget.when_short is Short.STOP

    @property
    def _is_partial(self) -> bool:
        return self._budget is not None and self._budget.partial

    def most_of(self, row: Ranked) -> Fraction | None:
        """Give the most that a candidature may still ask for; None without limit."""
        if self.asked(row) is not None or self._ask is None:
            return self.still_asked([row])
        value = row.scored.card.values[self._ask.name]
        most = value.at_most if isinstance(value, Missing) and value.at_most is not None else self._ask.maximum
        return None if most is None else Fraction(most)  # type: ignore[arg-type] # checks let only numbers in

    def _purse(self, row: Ranked) -> int:
        return COMMON if self.spilt else self.home(row)

    def home(self, row: Ranked) -> int:
        """Give the purse of the category of a candidature, whoever pays it now."""
        for place, envelope in enumerate(() if self._budget is None else self._budget.envelopes):
            if holds(envelope.when, row.scored.card.values):
                return place
        return COMMON
