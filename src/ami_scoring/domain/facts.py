"""What a fact is: a typed thing that a rule may read from a candidature, whose value is known or `Missing`."""

import calendar
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.primitives import MAX_DIGITS, fold
from ami_scoring.domain.zoning import ZoningTable
from ami_scoring.exact import Fraction, plain
from ami_scoring.messages import Message

Rational = int | Fraction
Ends = tuple[Fraction | None, Fraction | None]
"""The lowest and the highest that a number may be; None where nothing tells."""
LARGEST: Final = 10**MAX_DIGITS
"""What every number that a file may write is under."""


class Opinions(NamedTuple):
    """The marks that assessors gave on one subject, sorted; those in conflict of interest are only counted."""

    marks: tuple[Fraction, ...]
    excluded: int = 0
    withheld: Message | None = None
    """Why the marks cannot be told yet, where a file that may hold one of them is refused."""
    required: int = 0
    """Opinions that the jury's roster requires, beside those that the policy does."""
    expected: int = 0
    """Assessors who were to give one and did not stand aside: more marks than those required may come."""
    enough: bool = False
    """Whether they are enough whatever is required: one assessor's absence is tried, and all was there with them."""


Known = bool | int | Fraction | date | str | frozenset[str] | Opinions


class FactType(StrEnum):
    """What kind of value a fact holds, hence which rules may read it."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENTAGE = "percentage"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TEXT = "text"
    LIST = "list"
    OPINIONS = "opinions"

    @property
    def is_number(self) -> bool:
        """Whether values are ordered numbers."""
        return self in {FactType.INTEGER, FactType.DECIMAL, FactType.PERCENTAGE, FactType.MONEY}

    @property
    def is_ordered(self) -> bool:
        """Whether values can be compared with bounds."""
        return self.is_number or self is FactType.DATE


class Missing(NamedTuple):
    """A fact that the candidature does not give, with what is known of it all the same.

    `at_least` and `at_most` bound a number of which a part is known, such as the full-time equivalents of
    three doctors of whom one did not say their share.
    """

    why: Message | None = None
    at_least: int | Fraction | None = None
    at_most: int | Fraction | None = None
    among: tuple[str, ...] | None = None
    withheld: bool = False
    """Whether it was given, and refused: whatever the policy does of what is missing, it waits to be corrected."""


MISSING: Final = Missing()
Value = Known | Missing


def is_withheld(value: Value) -> bool:
    """Whether a fact waits for an answer, or a file, to be mended."""
    return isinstance(value, Missing) and value.withheld


class Case(NamedTuple):
    """One candidature in its wave: what every fact is read from."""

    candidature: Candidature
    closes_on: date
    zoning: ZoningTable
    opinions: Mapping[str, Opinions] = MappingProxyType({})
    """What assessors think of the candidature, by subject."""
    refused: Mapping[str, Message] = MappingProxyType({})
    """Why the answers that could not be read are refused, by dotted key."""


class AsWritten:
    """Reads a fact that is the very answer of a candidature: one field of one of its blocks."""

    def __init__(self, block: str, field: str) -> None:
        """Name the block of a candidature, and the field, by their attributes."""
        self.block = block
        self.field = field

    def __call__(self, case: Case) -> Value:
        """Give the answer; missing where it is not given, or its whole block is not."""
        block = getattr(case.candidature, self.block)
        value = None if block is None else getattr(block, self.field)
        return MISSING if value is None else value


class Fact(NamedTuple):
    """One thing that a rule may read: its domain, its words, and the keys of the file that it comes from."""

    name: str
    type: FactType
    label: str
    read: Callable[[Case], Value]
    keys: tuple[str, ...]
    """Dotted keys of a candidature file that hold it; what to ask for when it is missing."""
    choices: tuple[str, ...] = ()
    minimum: int | Fraction | date | None = None
    maximum: int | Fraction | date | None = None
    unit: str = ""
    computed: bool = False
    step: Fraction | None = None
    """What every value is a multiple of, counted from zero."""
    typed_freely: bool = False
    """Whether applicants type any text there; the elements of lists always are."""
    levels: tuple[tuple[Fraction, str], ...] = ()
    """Of opinions given by described levels, what each is worth and its name."""
    words: tuple[str, ...] = ()
    """Of a fact of free texts, the words that the policy names."""
    compared: "tuple[Fact, ...]" = ()
    """The facts that conditions compare it with, and those that these are compared with."""
    settings: tuple[int | Fraction | date, ...] = ()
    """Of what the policy itself fixes, every value that it fixes, at one date or another."""
    reach: Ends | None = None
    """Of a number that the policy works out, the ends between which what it reads puts it."""

    @property
    def grid(self) -> Fraction | None:
        """What every number of the fact is a multiple of: its step, or 1 for whole numbers; None where any may come."""
        if not self.type.is_number:
            return None
        if self.type is FactType.INTEGER:
            return Fraction(1) if self.step is None or self.step.denominator != 1 else self.step
        return self.step

    @property
    def ends(self) -> Ends:
        """The ends between which every value of a number is: those declared, else those of what may be written."""
        largest = Fraction(LARGEST - 1 if self.type is FactType.INTEGER else LARGEST)
        written = (None, None) if self.computed else (-largest, largest)
        low, high = written if self.reach is None else self.reach
        least, most = self.minimum, self.maximum
        return (
            Fraction(least) if isinstance(least, (int, Fraction)) else low,
            Fraction(most) if isinstance(most, (int, Fraction)) else high,
        )

    @property
    def is_free_text(self) -> bool:
        """Whether a value may say anything, the name of a person too."""
        return self.typed_freely or self.type is FactType.LIST


@lru_cache(maxsize=65_536)
def months_between(start: date, end: date) -> int | Fraction:
    """Count the months from one date to another, exactly: whole months, then days as a share of the next month.

    From 30 September to 30 March are 6 months; to 31 March, 6 and 1/31. Negative when `end` comes first.
    """
    if end < start:
        return -months_between(end, start)
    whole = (end.year - start.year) * 12 + end.month - start.month
    if _add_months(start, whole) > end:
        whole -= 1
    since = _add_months(start, whole)
    if since == end:
        return whole
    return whole + Fraction((end - since).days, (_add_months(start, whole + 1) - since).days)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def category_of(value: Known) -> str:
    """Give the one spelling under which a value is looked up in a table: folded text, `oui`, `3`, `0.5`, `1/3`."""
    match value:
        case bool():
            return "oui" if value else "non"
        case str():
            return fold(value)
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case Fraction():
            return plain(value)
        case frozenset():
            return ", ".join(sorted(value))
        case Opinions():
            return ", ".join(str(mark) for mark in value.marks)
