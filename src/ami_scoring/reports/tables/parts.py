"""What the rows of a flat table are made of: columns side by side whose cells are written at once.

Much of a row is that of many others: equal marks, one commune, one file, one reason. It is written once, and remembered
as text.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import Final, NamedTuple

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation, Fate
from ami_scoring.domain.identifiers import department_of
from ami_scoring.domain.scores import Mark, ScoreCard
from ami_scoring.domain.standings import Firmness, SetAside, Standing, Status
from ami_scoring.domain.ties import Ranks
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, printable
from ami_scoring.reports.tables.cells import Cells
from ami_scoring.reports.tables.rows import Row, joined, shows_zone
from ami_scoring.scoring.marks import by_marks
from ami_scoring.scoring.words import hangs_on, held_ranks, rank_word

MOST_KEPT: Final = 16_384
"""Texts of one kind beyond which some, or all, are forgotten."""


class Part(NamedTuple):
    """Columns side by side: their headers, and what writes their cells for a row, with the separators between them."""

    headers: Sequence[str]
    write: Callable[[Row], str]


def parts_of(
    evaluation: Evaluation, ranked: Iterable[Standing | SetAside], cells: Cells, *, grounds: bool
) -> list[Part]:
    """Give the parts of a row, in their order; `grounds` adds what is the same for all the candidatures of a wave."""
    before = [_ranks(evaluation, cells), _who(cells), _where(cells), _when(evaluation, cells)]
    after = [*_outcome(evaluation, cells), _origin(cells)]
    shared = _grounds(evaluation, cells)
    totals = ["total", *(["total_exact"] if cells.is_exact else []), "total_min", "total_max"]
    others = [header for part in (*before, *after, shared) for header in part.headers]
    marks = _marks(evaluation, ranked, totals, {*others, *totals}, cells)
    return [*before, marks, *after, *([shared] if grounds else [])]


def _ranks(evaluation: Evaluation, cells: Cells) -> Part:
    separator, is_numbered = cells.separator, evaluation.criteria.ranking.ranks is not Ranks.COMPETITION
    headers = ["rang", *(["rang_compétition"] if is_numbered else []), "rang_min", "rang_max"]
    none = separator * (len(headers) - 1)

    def write(row: Row) -> str:
        one = row.standing
        if one is None:
            return none
        rank = "" if one.rank is None else str(one.rank)
        if is_numbered:
            rank = f"{_rank(one.shown_rank, cells)}{separator}{rank}"
        return f"{rank}{separator}{one.rank_best}{separator}{one.rank_worst}"

    return Part(headers, write)


def _rank(rank: int | Fraction | None, cells: Cells) -> str:
    """Write the rank that is shown; a mean that is no whole number has the decimal sign of the table."""
    if isinstance(rank, Fraction):
        return rank_word(rank).replace(",", cells.point)
    return "" if rank is None else str(rank)


def _who(cells: Cells) -> Part:
    text, separator = cells.text, cells.separator

    def write(row: Row) -> str:
        name = row.candidature.applicant.name if row.candidature else None
        return f"{text(row.reference)}{separator}{text(name)}"

    return Part(["référence", "porteur"], write)


def _where(cells: Cells) -> Part:
    text, separator = cells.text, cells.separator
    none = separator * 2

    @lru_cache(MOST_KEPT)
    def coded(code: str) -> str:
        return f"{separator}{text(code)}{separator}{text(department_of(code))}"

    def write(row: Row) -> str:
        commune = row.commune
        return text(commune.name) + coded(commune.code_insee) if commune else none

    return Part(["commune", "code_insee", "département"], write)


def _when(evaluation: Evaluation, cells: Cells) -> Part:
    @lru_cache(MOST_KEPT)
    def with_zone(wave: str | None, zone: str | None) -> str:
        return f"{cells.text(wave)}{cells.separator}{cells.text(zone)}"

    if shows_zone(evaluation.criteria):
        return Part(["vague", "zone"], lambda row: with_zone(row.wave.id if row.wave else None, row.zone))
    return Part(["vague"], lambda row: cells.text(row.wave.id if row.wave else None))


def _marks(
    evaluation: Evaluation, ranked: Iterable[Standing | SetAside], totals: Sequence[str], taken: set[str], cells: Cells
) -> Part:
    """Give the points of each criterion, with their bounds where they are open for one that is ranked; then totals."""
    found = {id(one.card.marks): one.card.marks for one in ranked if isinstance(one, Standing)}.values()
    headers: list[str] = []
    reads: list[tuple[str, bool]] = []
    for criterion in evaluation.criteria.criteria:
        is_open = any(_is_open(marks[criterion.id]) for marks in found)
        headers += [criterion.id, *([f"{criterion.id}_min", f"{criterion.id}_max"] if is_open else [])]
        reads.append((criterion.id, is_open))
    none = cells.separator * (len(headers) + len(totals) - 1)
    points = cells.points

    def every(card: ScoreCard) -> Iterator[str]:
        for name, is_open in reads:
            mark = card.marks[name]
            yield points(mark.points)
            if is_open:
                yield from (points(mark.low), points(mark.high))
        yield points(card.total)
        if cells.is_exact:
            yield "" if card.total is None else str(card.total)
        yield from (points(card.low), points(card.high))

    written = by_marks(lambda card: cells.separator.join(every(card)))
    return Part([*_distinct(headers, taken), *totals], lambda row: written(row.card) if row.card else none)


def _is_open(mark: Mark) -> bool:
    return mark.low is not mark.high and mark.low != mark.high


def _distinct(headers: Iterable[str], taken: set[str]) -> Iterator[str]:
    """Keep headers apart: a criterion may be called `total` or `vague`; it is then headed `total_2`."""
    for header in headers:
        name, number = header, 2
        while name in taken:
            name, number = f"{header}_{number}", number + 1
        taken.add(name)
        yield name


def _outcome(evaluation: Evaluation, cells: Cells) -> Iterator[Part]:
    if evaluation.cut.budget is not None:
        yield Part(["accordé"], lambda row: cells.points(row.standing.granted) if row.standing else "")
    statuses = {status: cells.text(status.value) for status in Status}
    yield Part(["statut"], lambda row: statuses[row.status])
    said = _teller(cells)
    if evaluation.decided is not None:
        fates = evaluation.decided.fates
        yield _part_of_fates(lambda row: None if row.reference is None else fates.get(row.reference), said, cells)
    held, separator, firm = held_ranks(evaluation), cells.separator, {each: each.value for each in Firmness}

    def write(row: Row) -> str:
        one = row.standing
        if one is None:
            return f"{separator}{separator}{said(row.reasons)}"
        depends = said(hangs_on(evaluation, one, held)) if one.threats or one.others else ""
        return f"{firm[one.firmness]}{separator}{depends}{separator}{said(row.reasons)}"

    yield Part(["place", "dépend_de", "motifs"], write)


def _part_of_fates(
    fate_of: Callable[[Row], Fate | None], said: Callable[[tuple[Message, ...]], str], cells: Cells
) -> Part:
    def write(row: Row) -> str:
        fate = fate_of(row)
        if fate is None:
            return cells.separator * 2
        call = "" if fate.call is None else str(fate.call)
        return cells.separator.join((cells.text(fate.decided.value), call, said(fate.said)))

    return Part(["décidé", "rang_réserve", "décisions"], write)


def _teller(cells: Cells) -> Callable[[tuple[Message, ...]], str]:
    """Make the function that writes sentences in one cell; what it remembers of some, it holds with them."""
    known: dict[tuple[int, ...], tuple[tuple[Message, ...], str]] = {}

    def tell(sentences: tuple[Message, ...]) -> str:
        if not sentences:
            return ""
        key = tuple(map(id, sentences))
        found = known.get(key)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[key] = (sentences, cells.text(joined(sentences)))
        return found[1]

    return tell


def _origin(cells: Cells) -> Part:
    @lru_cache(MOST_KEPT)
    def ends(path: str, digest: str) -> tuple[str, str]:
        return f"{cells.text(printable(path))}{cells.separator}", f"{cells.separator}{cells.text(digest)}"

    def write(row: Row) -> str:
        path, digest, line = row.origin
        before, after = ends(path, digest)
        return f"{before}{line}{after}"

    return Part(["fichier", "ligne", "sha256"], write)


def _grounds(evaluation: Evaluation, cells: Cells) -> Part:
    """Give what is the same for all the candidatures of a wave."""
    provenance, call = evaluation.provenance, evaluation.criteria.call
    files = {PurePath(origin.path): (origin, edition) for origin, edition in provenance.zonings}
    folder = PurePath(provenance.criteria.path).parent
    zonings: dict[str | None, tuple[Origin, str] | None] = {None: None}
    zonings |= {wave.id: files.get(folder / (wave.zoning or "")) for wave in evaluation.criteria.waves}
    register, notice = provenance.decisions, call.notice
    headers = ["critères_édition", "critères_sha256", *(["zonage_édition", "zonage_sha256"] if files else [])]
    headers += [*(["décisions_sha256"] if register else []), "version", *(["avertissement"] if notice else [])]

    def every(zoning: tuple[Origin, str] | None) -> Iterator[str | None]:
        yield from (call.edition, provenance.criteria.sha256)
        if files:
            yield from (zoning[1], zoning[0].sha256) if zoning else (None, None)
        if register is not None:
            yield register.sha256
        yield provenance.version
        if notice:
            yield notice

    written = {wave: cells.separator.join(map(cells.text, every(zoning))) for wave, zoning in zonings.items()}
    return Part(headers, lambda row: written[row.wave.id if row.wave else None])
