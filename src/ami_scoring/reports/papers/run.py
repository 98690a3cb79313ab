"""What every paper is made from: a result, what the authority says of itself, and the stories told by explanations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Value
from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.domain.standings import SetAside, Standing
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import Writer
from ami_scoring.reports.papers.discreet import without_points
from ami_scoring.scoring.words import numbering_word, rank_word


class Told(Protocol):
    """A line of an explanation."""

    @property
    def text(self) -> str:
        """What it says; nothing where it only parts others."""

    @property
    def indent(self) -> int:
        """How far in it stands."""

    @property
    def bold(self) -> bool:
        """Whether it heads what follows."""

    @property
    def dim(self) -> bool:
        """Whether it is said in passing."""


_PARAGRAPH: Final = 2
"""How far in a line stands at most that is a paragraph of its own."""
Candidate = Standing | SetAside


class Run(NamedTuple):
    """The result of a call, and what tells it."""

    evaluation: Evaluation
    letterhead: Letterhead
    tell: Callable[[Candidate], Sequence[Told]]
    """How one candidature was examined and marked: nothing in it is another's."""
    read: Callable[[Candidate], Sequence[Told]]
    """What was read of it, each datum with its place in its file."""
    near: Callable[[Standing], Sequence[Told]]
    """How far it is from a place, and what would have sufficed."""

    def reason(self, said: Message) -> Message:
        """Say a reason as letters do: without points, where applicants are not told theirs."""
        return said if self.letterhead.marks else without_points(said)


def everyone(evaluation: Evaluation) -> list[Candidate]:
    """Give all that was read, the ranked ones first."""
    return [*evaluation.standings, *evaluation.set_aside]


def candidates(evaluation: Evaluation) -> list[Candidate]:
    """Give all those of whom something is known, the ranked ones first."""
    return [*evaluation.standings, *(one for one in evaluation.set_aside if one.entry is not None)]


def unread(evaluation: Evaluation) -> list[SetAside]:
    """Give the files that nobody can read: no letter can answer them."""
    return [one for one in evaluation.set_aside if one.entry is None]


def wave_of(one: Candidate) -> Wave | None:
    """Give the wave that a candidature was read in; None where it was in none."""
    if isinstance(one, Standing) or one.wave is None:
        return one.scored.wave if one.scored else None
    return one.wave


def values_of(one: Candidate) -> Mapping[str, Value]:
    """Give the facts that were read of a candidature."""
    if isinstance(one, Standing):
        return one.card.values
    return one.scored.card.values if one.scored else one.values or {}


def place_words(entry: Entry) -> str:
    """Name the commune of the future centre, with its département."""
    return f"{entry.candidature.place.main_commune.called}, {entry.candidature.department}"


def at_place(name: str) -> str:
    """Write where a project is, as French joins a commune's article: `à Pouymirol`, `au Vernet`, `aux Cabrelles`."""
    article, _, rest = name.partition(" ")
    joined = {"Le": "au", "Les": "aux"}.get(article) if rest else None
    return f"à {name}" if joined is None else f"{joined} {rest}"


def rank_words(rank: int | Fraction, *, tied: bool = False) -> str:
    """Write a rank: `1er rang`, `7e rang, à égalité`, `rang 2,5, à égalité`."""
    equal = ", à égalité" if tied else ""
    if isinstance(rank, Fraction):
        return f"rang\u00a0{rank_word(rank)}{equal}"
    return f"{rank}{'er' if rank == 1 else 'e'}\u00a0rang{equal}"


def shown_rank_words(evaluation: Evaluation, one: Standing) -> str:
    """Write the rank of one that has a rank, and how ranks are numbered where it is not in the usual way."""
    numbering = numbering_word(evaluation.criteria)
    return rank_words(one.shown_rank or 0, tied=one.tied) + (f" ({numbering})" if numbering else "")


def write_told(writer: Writer, lines: Sequence[Told]) -> None:
    """Write an explanation: what heads as headings, what stands under a heading as lists, the rest as paragraphs."""
    items: list[str | Message] = []
    for line in lines:
        if line.text.startswith("· ") or (line.text and line.indent > _PARAGRAPH and not line.bold):
            items.append(line.text.removeprefix("· "))
            continue
        writer.list(items)
        items = []
        if line.bold and not line.indent:
            writer.title(line.text, 3)
        else:
            writer.say(line.text)
    writer.list(items)
