"""The shortlist that a committee reads on a terminal: title, ranking with its limits, what is incomplete, what is out.

Pure: it prints nothing and knows neither the terminal nor the clock. The drop order of columns on narrow screens is
told and kept in `grid`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.text import Text

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Firmness, Standing, Status
from ami_scoring.messages import spell_date, spell_number
from ami_scoring.reports.terminal.aside import set_aside_block
from ami_scoring.reports.terminal.columns import ranking_columns, total_range
from ami_scoring.reports.terminal.glyphs import FULL, PLAIN, Glyphs, counted, in_words
from ami_scoring.reports.terminal.grid import MARGIN, Grid, fit
from ami_scoring.reports.terminal.limits import Limit, explained, limits
from ami_scoring.reports.terminal.lines import Line, paragraph
from ami_scoring.scoring.words import (
    POSSIBLE_COUNTED,
    displacing,
    missing_items,
    numbering_word,
    result_words,
    unparted,
)


def shortlist(
    evaluation: Evaluation, width: int, *, top: int | None = None, ascii_only: bool = False
) -> RenderableType:
    """Lay the shortlist out for a screen of `width` cells.

    `top` leaves out the ranks beyond it, so that equals stay together, and nothing else. With `ascii_only`, every
    character is ASCII.
    """
    return Group(*_Screen(evaluation, width, top, PLAIN if ascii_only else FULL).lines())


_PROVISIONAL = (
    "places provisoires : les dossiers qui pourraient les prendre (« ami explain » dit ce qu'il faudrait à chacun)"
)


class _Screen:
    def __init__(self, evaluation: Evaluation, width: int, top: int | None, glyphs: Glyphs) -> None:
        self.evaluation = evaluation
        self.width = width
        self.glyphs = glyphs
        self.ranked = [each for each in evaluation.standings if each.rank is not None]
        self.waiting = [each for each in evaluation.standings if each.rank is None]
        self.shown = [each for each in self.ranked if top is None or (each.shown_rank or 0) <= top]

    def lines(self) -> Iterator[Text]:
        yield from self.title()
        yield Text()
        rows = [*self.shown, *self.waiting]
        if rows:
            grid = fit(ranking_columns(self.evaluation, rows, self.glyphs), self.width, self.glyphs)
            yield from grid.head(self.width)
            yield from self.ranking(grid)
            yield from self.to_complete(grid)
            yield from self.legend(rows, grid)
        else:
            yield from paragraph(self.glyphs.clean("Aucune candidature à classer."), MARGIN, self.width)
        yield from set_aside_block(self.evaluation, self.width, self.glyphs)
        yield from self.decisions()
        yield Text()
        yield from self.counts()

    def title(self) -> Iterator[Text]:
        call, wave = self.evaluation.criteria.call, self.evaluation.wave
        which = "toutes vagues" if wave is None else f"{wave.name}, close le {spell_date(wave.closes_on)}"
        below = f"{call.authority} · critères : {call.edition} · {which}"
        yield from paragraph(self.glyphs.clean(call.title), MARGIN, self.width, "bold")
        yield from paragraph(self.glyphs.clean(below), MARGIN, self.width, "dim")
        if self.evaluation.standings:
            words = " · ".join(map(str, result_words(self.evaluation)))
            yield from paragraph(self.glyphs.clean(words), MARGIN, self.width, "bold")

    def rule(self, grid: Grid, words: str = "", style: str = "") -> Iterator[Text]:
        """Draw a line across the ranking, with its words in it or, where they are too long for it, under it."""
        rule, room = self.glyphs.rule, min(grid.width, self.width) - MARGIN
        said = self.glyphs.clean(words)
        if len(said) > room - 6:
            yield Line(MARGIN).add(rule * room, "dim").text(self.width)
            yield from paragraph(said, MARGIN + 3, self.width, style)
            return
        line = Line(MARGIN)
        if said:
            line.add(f"{rule * 2} ", "dim").add(said, style).add(" ")
            room -= len(said) + 4
        yield line.add(rule * room, "dim").text(self.width)

    def ranking(self, grid: Grid) -> Iterator[Text]:
        placed = limits(self.evaluation, self.ranked)
        refused = explained(self.evaluation, self.ranked)
        yield from self.rule(grid)
        for index, standing in enumerate(self.shown):
            yield from self.across(placed.get(index, ()), grid)
            yield grid.row(index, self.width)
            said = [*(standing.reasons if index in refused else ()), *standing.elsewhere]
            parting = unparted(standing.scored, self.evaluation.criteria) if standing.tied else None
            said += [] if parting is None else [parting]
            if said:
                yield from self.under(grid, " ; ".join(map(str, said)))
        yield from self.across(placed.get(len(self.shown), ()), grid)
        yield from self.hidden(grid)
        yield from self.provisional()
        yield from self.still_open(grid)

    def hidden(self, grid: Grid) -> Iterator[Text]:
        hidden = self.ranked[len(self.shown) :]
        if not hidden:
            return
        words = counted(
            len(hidden), "candidature classée n'est pas montrée", "candidatures classées ne sont pas montrées"
        )
        if selected := sum(each.status is Status.SELECTED for each in hidden):
            words = f"{words}, dont {selected} {in_words(Status.SELECTED, selected)}"
        yield from self.under(grid, words)

    def across(self, found: Sequence[Limit], grid: Grid) -> Iterator[Text]:
        for limit in found:
            yield from self.rule(grid, limit.words, "bold")
            if limit.note:
                yield from paragraph(self.glyphs.clean(limit.note), MARGIN + 3, self.width, "bold yellow")

    def to_complete(self, grid: Grid) -> Iterator[Text]:
        if not self.waiting:
            return
        yield Text()
        statuses = Counter(each.status for each in self.waiting)
        counts = (f"{count} {in_words(status, count)}" for status in Status if (count := statuses[status]))
        yield from self.rule(grid, f"non classées : {', '.join(counts)}", "bold magenta")
        for index, standing in enumerate(self.waiting, start=len(self.shown)):
            yield grid.row(index, self.width)
            interval = "" if grid.ranges else f"total {self.interval(standing)} · "
            yield from self.under(grid, interval + self.missing(standing))

    def missing(self, standing: Standing) -> str:
        needed = missing_items(standing.scored, self.evaluation.criteria)
        lacking = [f"il manque : {', '.join(needed)}"] if needed else []
        waits = [*map(str, standing.scored.pending)]
        first = [*waits, *lacking] if standing.entry.refused else [*lacking, *waits]
        return " ; ".join([*first, *map(str, standing.elsewhere)])

    def provisional(self) -> Iterator[Text]:
        """Tell under the ranking whose files could take which places; `ami explain` says what each would need."""
        whose: dict[str, list[str]] = {}
        for each in self.shown:
            if each.firmness is Firmness.PROVISIONAL and (names := displacing(self.evaluation, each)):
                whose.setdefault(names, []).append(each.entry.reference)
        if not whose:
            return
        yield Text()
        head = f"{self.glyphs.provisional} {_PROVISIONAL}"
        yield from paragraph(self.glyphs.clean(head), MARGIN, self.width, "dim")
        for taken, references in whose.items():
            lead = f"{', '.join(map(self.glyphs.identifier, references))} : "
            yield from paragraph(self.glyphs.clean(taken), MARGIN + 2, self.width, "dim", lead)

    def still_open(self, grid: Grid) -> Iterator[Text]:
        """Tell under the ranking the intervals that its columns have no room for."""
        told = [each for each in self.shown if each.card.low != each.card.high]
        if told and not grid.ranges:
            intervals = (f"{self.glyphs.identifier(each.entry.reference)} {self.interval(each)}" for each in told)
            words = f"{_unsure(told)}, totaux et rangs encore possibles : {' ; '.join(intervals)}"
            yield Text()
            yield from paragraph(self.glyphs.clean(words), MARGIN, self.width, "dim")

    def interval(self, standing: Standing) -> str:
        low, high = total_range(standing, self.evaluation.criteria, self.glyphs)
        totals = low if low == high else f"{low}{self.glyphs.dash}{high}"
        best, worst = standing.rank_best, standing.rank_worst
        return f"{totals}, rang {best if best == worst else f'{best}{self.glyphs.dash}{worst}'}"

    def under(self, grid: Grid, words: str) -> Iterator[Text]:
        yield from paragraph(self.glyphs.clean(words), grid.indent, self.width, "dim", f"{self.glyphs.hook} ")

    def legend(self, rows: Sequence[Standing], grid: Grid) -> Iterator[Text]:
        keys = {column.column.key for column in grid.columns}
        is_open = any(each.card.low != each.card.high for each in rows)
        entries = [
            ("= ex æquo", any(each.tied for each in rows)),
            (_unsure(rows), is_open and "criteria" in keys and grid.ranges),
            (f"{self.glyphs.shade} points encore possibles", is_open and "criteria" in keys and grid.bar > 0),
            ("(…) rangs et totaux encore possibles", is_open and grid.ranges),
            (_numbered(self.evaluation, is_open=is_open), bool(self.shown)),
            (f"un fichier illisible compte pour {self.rivals()}", bool(self.evaluation.unread)),
            (f"{self.glyphs.possible} place encore possible", any(each.firmness is Firmness.POSSIBLE for each in rows)),
            ("à total égal, l'ordre est celui du départage prévu", self.is_separated()),
        ]
        if said := "   ".join(words for words, used in entries if words and used):
            yield Text()
            yield from paragraph(self.glyphs.clean(said), MARGIN, self.width, "dim")

    def rivals(self) -> str:
        """Say for how many rivals a file that nobody can read counts."""
        return "une rivale" if self.evaluation.held == self.evaluation.unread else "ce qu'il peut contenir"

    def is_separated(self) -> bool:
        """Say whether two rows of the same exact total have different ranks."""
        return any(one.rank != two.rank and one.card.total == two.card.total for one, two in pairwise(self.shown))

    def decisions(self) -> Iterator[Text]:
        """Tell under the ranking what people decided, and what each decision did to the others."""
        decided = self.evaluation.decided
        if decided is None:
            return
        yield Text()
        yield Line(MARGIN).add(self.glyphs.clean("Décisions du comité"), "bold").text(self.width)
        for effect in decided.effects:
            yield from paragraph(self.glyphs.clean(_capital(str(effect.said))), MARGIN, self.width)
        if not decided.effects:
            yield from paragraph(self.glyphs.clean("Aucune n'est en vigueur."), MARGIN, self.width)

    def counts(self) -> Iterator[Text]:
        read = self.evaluation.read
        counts = [(status, self.evaluation.count(status)) for status in Status]
        parts = [f"{spell_number(count)} {in_words(status, count)}" for status, count in counts if count]
        words = f"{counted(read, 'candidature lue', 'candidatures lues')} : {', '.join(parts)}"
        yield from paragraph(self.glyphs.clean(words), MARGIN, self.width, "bold")


def _numbered(evaluation: Evaluation, *, is_open: bool) -> str:
    """Name the numbering of ranks where it is not the usual one, which ranks still possible keep."""
    word = numbering_word(evaluation.criteria)
    return f"{word} (rangs possibles {POSSIBLE_COUNTED})" if word and is_open else word


def _unsure(rows: Sequence[Standing]) -> str:
    """Say what a question mark stands for: a verification that is awaited is no answer that lacks."""
    return "? information manquante" + (" ou à vérifier" if any(each.scored.unverified for each in rows) else "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
