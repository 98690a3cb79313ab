"""TSV for programs and CSV for Excel in French: one header line, then one line for each candidature.

There are no comment lines: the file that a row comes from stands in its last columns. What is the same for all rows
(the policy and the zoning behind them, the notice of the call) is repeated on each only where `grounds` asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from csv import writer
from functools import lru_cache
from io import StringIO
from operator import attrgetter, itemgetter
from pathlib import PurePath
from typing import NamedTuple

from ami_scoring.domain.identifiers import department_of
from ami_scoring.domain.scores import Evaluation, Fate, Mark, Origin, SetAside, Standing
from ami_scoring.domain.ties import Ranks
from ami_scoring.exact import Fraction
from ami_scoring.messages import half_up, printable
from ami_scoring.patterns import late
from ami_scoring.processes import in_parts
from ami_scoring.reports.tables.rows import Row, joined, listed, one_line, row_of, shows_zone
from ami_scoring.scoring.words import hangs_on, held_ranks, rank_word, total_decimals

Cell = str | int | Fraction | None
"""Text, a count, a number of points to round as shown, or nothing."""

_FORMULA = late(r"(^\s*|[,;|]\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet would begin a formula: at the start of a cell, or after what another locale splits cells at."""


class Column(NamedTuple):
    """A header, and what it holds for a row."""

    name: str
    read: Callable[[Row], Cell]


def tsv(evaluation: Evaluation, top: int | None = None, *, grounds: bool = False) -> str:
    """Write plain tab-separated lines with decimal points, complete, for other programs; exact totals included."""
    return "".join(tsv_pieces(evaluation, top, grounds=grounds))


def tsv_pieces(evaluation: Evaluation, top: int | None = None, *, grounds: bool = False) -> Iterator[str]:
    """Give the text of `tsv` piece by piece, for those who need not hold it whole."""
    table = _Table(evaluation, top, _tsv_writer(total_decimals(evaluation)), exact=True, grounds=grounds)
    yield "\t".join(table.headers) + "\n"
    yield from in_parts(
        table.length, lambda places: "".join(f"{line}\n" for line in map("\t".join, table.rows(places)))
    )


def csv(evaluation: Evaluation, top: int | None = None, *, grounds: bool = False) -> str:
    """Write semicolons, decimal commas, CRLF and a byte order mark, as Excel in French opens with a double click.

    Text that a spreadsheet would run as a formula is led by an apostrophe; numbers stay numbers.
    """
    return "".join(csv_pieces(evaluation, top, grounds=grounds))


def csv_pieces(evaluation: Evaluation, top: int | None = None, *, grounds: bool = False) -> Iterator[str]:
    """Give the text of `csv` piece by piece, for those who need not hold it whole."""
    decimals = total_decimals(evaluation)
    table = _Table(evaluation, top, lambda cell: _csv_cell(cell, decimals), exact=False, grounds=grounds)
    yield "\ufeff" + _csv_lines([table.headers])
    yield from in_parts(table.length, lambda places: _csv_lines(table.rows(places)))


def _csv_lines(rows: Iterable[list[str]]) -> str:
    page = StringIO()
    writer(page, delimiter=";", lineterminator="\r\n").writerows(rows)
    return page.getvalue()


class _Table:
    """The cells of a table, written row by row."""

    def __init__(
        self, evaluation: Evaluation, top: int | None, write: Callable[[Cell], str], *, exact: bool, grounds: bool
    ) -> None:
        self._criteria, self._write = evaluation.criteria, write
        self._listed = listed(evaluation, top)
        before, after = list(_identity(evaluation, exact=exact)), [*_totals(evaluation, exact=exact), *_origin()]
        shared = list(_grounds(evaluation))
        taken = {column.name for column in (*before, *after, *shared)}
        self._shared = shared if grounds else []
        columns = [*before, *_distinct(_points(evaluation, self._listed), taken), *after]
        self.headers = [write(column.name) for column in (*columns, *self._shared)]
        self._reads = [column.read for column in columns]
        self._written: dict[str | None, list[str]] = {}

    @property
    def length(self) -> int:
        """How many rows it has, beside its headers."""
        return len(self._listed)

    def rows(self, places: range) -> Iterator[list[str]]:
        """Give some of its rows."""
        write, reads, written = self._write, self._reads, self._written
        for place in places:
            row = row_of(self._listed[place], self._criteria)
            wave = row.wave.id if row.wave else None
            if wave not in written:
                written[wave] = [write(column.read(row)) for column in self._shared]
            yield [*[write(read(row)) for read in reads], *written[wave]]


def _identity(evaluation: Evaluation, *, exact: bool) -> Iterator[Column]:
    yield Column("rang", lambda row: _rank(row.standing, exact=exact) if row.standing else None)
    if evaluation.criteria.ranking.ranks is not Ranks.COMPETITION:
        yield Column("rang_compétition", lambda row: row.standing.rank if row.standing else None)
    yield Column("rang_min", lambda row: row.standing.rank_best if row.standing else None)
    yield Column("rang_max", lambda row: row.standing.rank_worst if row.standing else None)
    yield Column("référence", attrgetter("reference"))
    yield Column("porteur", lambda row: row.candidature.applicant.name if row.candidature else None)
    yield Column("commune", lambda row: row.commune.name if row.commune else None)
    yield Column("code_insee", lambda row: row.commune.code_insee if row.commune else None)
    yield Column("département", lambda row: department_of(row.commune.code_insee) if row.commune else None)
    yield Column("vague", lambda row: row.wave.id if row.wave else None)
    if shows_zone(evaluation.criteria):
        yield Column("zone", lambda row: row.zone)


def _rank(standing: Standing, *, exact: bool) -> Cell:
    """Give the rank that is shown; a mean that is no whole number as a text, with the decimal sign of the table."""
    rank = standing.shown_rank
    if isinstance(rank, Fraction):
        return rank_word(rank).replace(",", ".") if exact else rank_word(rank)
    return rank


def _points(evaluation: Evaluation, ranked: Iterable[Standing | SetAside]) -> Iterator[Column]:
    cards = [one.card.marks for one in ranked if isinstance(one, Standing)]
    for criterion in evaluation.criteria.criteria:
        yield Column(criterion.id, _of_mark(criterion.id, "points"))
        if any(mark.low is not mark.high and mark.low != mark.high for mark in map(itemgetter(criterion.id), cards)):
            yield Column(f"{criterion.id}_min", _of_mark(criterion.id, "low"))
            yield Column(f"{criterion.id}_max", _of_mark(criterion.id, "high"))


def _totals(evaluation: Evaluation, *, exact: bool) -> Iterator[Column]:
    yield Column("total", lambda row: row.card.total if row.card else None)
    if exact:
        yield Column(
            "total_exact", lambda row: str(row.card.total) if row.card and row.card.total is not None else None
        )
    yield Column("total_min", lambda row: row.card.low if row.card else None)
    yield Column("total_max", lambda row: row.card.high if row.card else None)
    if evaluation.cut.budget is not None:
        yield Column("accordé", lambda row: row.standing.granted if row.standing else None)
    yield Column("statut", lambda row: row.status.value)
    if evaluation.decided is not None:
        fates = evaluation.decided.fates
        yield Column("décidé", lambda row: _fate(fates, row, lambda fate: fate.decided.value))
        yield Column("rang_réserve", lambda row: _fate(fates, row, attrgetter("call")))
        yield Column("décisions", lambda row: _fate(fates, row, lambda fate: joined(fate.said)))
    yield Column("place", lambda row: row.standing.firmness.value if row.standing else None)
    held = held_ranks(evaluation)
    yield Column("dépend_de", lambda row: joined(hangs_on(evaluation, row.standing, held)) if row.standing else None)
    yield Column("motifs", lambda row: joined(row.reasons))


def _fate(fates: Mapping[str, Fate], row: Row, read: Callable[[Fate], Cell]) -> Cell:
    fate = None if row.reference is None else fates.get(row.reference)
    return None if fate is None else read(fate)


def _origin() -> Iterator[Column]:
    yield Column("fichier", lambda row: printable(row.origin.path))
    yield Column("ligne", attrgetter("origin.line"))
    yield Column("sha256", attrgetter("origin.sha256"))


def _grounds(evaluation: Evaluation) -> Iterator[Column]:
    """Give what is the same for all the candidatures of a wave."""
    provenance, call = evaluation.provenance, evaluation.criteria.call
    files = {PurePath(origin.path): (origin, edition) for origin, edition in provenance.zonings}
    folder = PurePath(provenance.criteria.path).parent
    zonings = {wave.zoning: files.get(folder / (wave.zoning or "")) for wave in evaluation.criteria.waves}

    def zoning(row: Row) -> tuple[Origin, str] | None:
        return zonings.get(row.wave.zoning) if row.wave else None

    yield Column("critères_édition", lambda _: call.edition)
    yield Column("critères_sha256", lambda _: provenance.criteria.sha256)
    if files:
        yield Column("zonage_édition", lambda row: used[1] if (used := zoning(row)) else None)
        yield Column("zonage_sha256", lambda row: used[0].sha256 if (used := zoning(row)) else None)
    if (register := provenance.decisions) is not None:
        yield Column("décisions_sha256", lambda _: register.sha256)
    yield Column("version", lambda _: provenance.version)
    if call.notice:
        yield Column("avertissement", lambda _: call.notice)


def _of_mark(criterion: str, part: str) -> Callable[[Row], Cell]:
    read: Callable[[Mark], Fraction | None] = attrgetter(part)
    return lambda row: read(row.card.marks[criterion]) if row.card else None


def _distinct(columns: Iterable[Column], taken: set[str]) -> Iterator[Column]:
    """Keep headers apart: a criterion may be called `total` or `vague`; it is then headed `total_2`."""
    for column in columns:
        name, number = column.name, 2
        while name in taken:
            name, number = f"{column.name}_{number}", number + 1
        taken.add(name)
        yield Column(name, column.read)


def _tsv_writer(decimals: int) -> Callable[[Cell], str]:
    """Make the function that is called most in a long table: one call a cell, the plainest text as it is."""

    def write(cell: Cell) -> str:
        if isinstance(cell, str):
            return cell if cell.isascii() and cell.isprintable() and cell[:1] != '"' else _tsv_text(cell)
        if isinstance(cell, Fraction):
            return _fixed(cell.numerator, cell.denominator, decimals)
        return "" if cell is None else str(cell)

    return write


@lru_cache(maxsize=16_384)
def _tsv_text(text: str) -> str:
    text = one_line(text)
    # Only a leading quote opens a quoted field: the others stay as they are.
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def _csv_cell(cell: Cell, decimals: int) -> str:
    if isinstance(cell, str):
        return _FORMULA.sub(r"\1'", one_line(cell))
    return _number(cell, decimals).replace(".", ",")


def _number(cell: int | Fraction | None, decimals: int) -> str:
    if isinstance(cell, Fraction):
        return _fixed(cell.numerator, cell.denominator, decimals)
    return "" if cell is None else str(cell)


@lru_cache(maxsize=16_384)
def _fixed(numerator: int, denominator: int, decimals: int) -> str:
    # The same few points come back in every candidature, and pairs of integers are found faster than fractions.
    scaled = int(half_up(Fraction(numerator, denominator), decimals) * 10**decimals)
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"
