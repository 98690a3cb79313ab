"""Handing an evaluation to the report that was asked for, on stdout or in a file."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ami_scoring.cli.formats import Format, Public
from ami_scoring.cli.streams import is_terminal, shows_unicode, wants_colour, width, write_for_program
from ami_scoring.domain.contours import Contour
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.standings import SetAside, Standing, Status

TEXT_FILE_WIDTH = 160
UNFOLDED = 100_000
"""A line too long for the screen is left for the terminal to fold: folded here, a reference would be cut in two."""
PAGE = 25
"""Lines of a screen; nothing that is printed depends on it."""


def show_report(evaluation: Evaluation, kind: Format | None, top: int | None, *, grounds: bool = False) -> Format:
    """Write a report on stdout, and give its format: a table on a terminal, else a list, unless one is asked.

    With `grounds`, flat tables repeat on each row what all of them rest on.
    """
    chosen = kind or (Format.TABLE if is_terminal(sys.stdout) else Format.LIST)
    if chosen is Format.TABLE:
        _show_table(evaluation, top)
    else:
        # The others are text, that the console's own commands may read: in its code page.
        write = write_for_program if chosen in {Format.CSV, Format.JSON} else sys.stdout.write
        for piece in _pieces(evaluation, chosen, top, grounds=grounds):
            write(piece)
    return chosen


class How(NamedTuple):
    """How much a report says, and of what."""

    top: int | None = None
    """Leave out the ranks beyond it."""
    with_personal_data: bool = False
    public: Public | None = None
    """How much a page to be published says."""
    grounds: bool = False
    """Whether each line repeats the edition and the hash of what it was made from."""
    contours: Sequence[Contour] = ()
    """The map that a page draws."""


AS_THEY_ARE: Final = How()


def save_report(evaluation: Evaluation, path: Path, kind: Format, how: How) -> None:
    """Write a report in a file, whole or not at all."""
    from ami_scoring.cli.saving import preparing, save

    with preparing(path):
        content = report_bytes(evaluation, kind, how)
    save(path, content)


def report_bytes(evaluation: Evaluation, kind: Format, how: How = AS_THEY_ARE) -> bytes:
    """Give what a report's file holds. Raises `OSError` where the temporary files of a workbook have no room."""
    if kind is Format.XLSX:
        from ami_scoring.reports.workbook import workbook

        return workbook(evaluation, with_personal_data=how.with_personal_data)
    if kind is Format.HTML:
        return _page(evaluation, how.public, how.contours).encode("utf-8")
    is_table = kind is Format.TABLE
    pieces = [_table_text(evaluation, how.top)] if is_table else _pieces(evaluation, kind, how.top, grounds=how.grounds)
    if kind in {Format.TABLE, Format.MARKDOWN}:
        from ami_scoring.cli.guarding import signed

        pieces = [signed("".join(pieces), markdown=kind is Format.MARKDOWN)]
    return b"".join(piece.encode("utf-8", "surrogateescape") for piece in pieces)


def refuse_inputs(targets: Sequence[Path], provenance: Provenance) -> None:
    """Refuse to write over the policy, a zoning table or a candidature. Raises `OverwriteError`."""
    from ami_scoring.cli.guarding import refuse_read

    zonings = (origin for origin, _ in provenance.zonings)
    origins = [provenance.criteria, *zonings, *provenance.candidatures, *provenance.assessments, *provenance.mappings]
    origins += provenance.awarded
    origins += [] if provenance.decisions is None else [provenance.decisions]
    origins += [each for each in (provenance.decisions, provenance.verifications) if each is not None]
    refuse_read(targets, (origin.path for origin in origins))


def show_explanation(evaluation: Evaluation, reference: str, *, short: bool = False) -> Status:
    """Write on stdout why one candidature has its total; give its status."""
    from ami_scoring.evaluation.places import fact_places
    from ami_scoring.reports.explanation import explanation, find

    found = find(evaluation, reference)
    places = fact_places(evaluation.criteria, found.origin, found.values)
    columns, colour = min(width(), 100), wants_colour(sys.stdout)
    sys.stdout.write(explanation(evaluation, found, places, width=columns, colour=colour, short=short))
    return found.status


def _pieces(evaluation: Evaluation, kind: Format, top: int | None, *, grounds: bool) -> Iterable[str]:
    """Give the text of a report in pieces, of which a long one has many."""
    if kind is Format.JSON:
        from ami_scoring.reports.json_report import json_pieces

        return json_pieces(evaluation, top)
    from ami_scoring.reports import tables

    if kind in {Format.TSV, Format.CSV}:
        return (tables.tsv_pieces if kind is Format.TSV else tables.csv_pieces)(evaluation, top, grounds=grounds)
    return [(tables.listing if kind is Format.LIST else tables.markdown)(evaluation, top)]


def _show_table(evaluation: Evaluation, top: int | None) -> None:
    from rich.console import Console

    from ami_scoring.reports.terminal import shortlist

    columns = width()
    coloured = wants_colour(sys.stdout)
    is_plain = not coloured and not is_terminal(sys.stdout)
    # Of a terminal that it knows nothing of, Rich takes 80 columns, whatever the width, unless a height is told too.
    console = Console(
        width=UNFOLDED,
        height=PAGE,
        color_system=None if is_plain else "auto",
        no_color=not coloured,
        highlight=False,
    )
    console.print(shortlist(evaluation, columns, top=top, ascii_only=not shows_unicode(sys.stdout)))


TRIALS = 1_600
"""How many candidatures, counted once for each that is ranked, are told what would have sufficed where quotas or a
budget decide: each selects anew."""
NEAREST = 500
"""How many are where places alone are shared: each costs a few thousandths of a second."""


def _page(evaluation: Evaluation, public: Public | None, contours: Sequence[Contour]) -> str:
    from ami_scoring.evaluation.places import FactPlaces
    from ami_scoring.reports.explanation import Found, Known, Line, explanation_lines
    from ami_scoring.reports.page import Publish, page

    if public is not None:
        return page(evaluation, lambda _: (), Publish(public.value), contours)
    places, known, ranked = FactPlaces(evaluation.criteria), Known(evaluation), len(evaluation.standings)
    most = NEAREST if known.others.is_plain else TRIALS if ranked**2 <= TRIALS else TRIALS // max(1, ranked)
    waiting = [one for one in evaluation.standings if one.status is not Status.SELECTED]
    far = {id(one) for one in waiting[most:]}

    def tell(one: Standing | SetAside) -> "Sequence[Line]":
        found = Found(one, None) if isinstance(one, Standing) else Found(None, one)
        where = places.of(found.origin, found.values)
        lines = explanation_lines(evaluation, found, where, known, distance=id(one) not in far)
        if id(one) in far:
            lines.append(Line("L'écart à la limite et ce qui aurait suffi : demandez-les à « ami explain ».", 2))
        return lines

    return page(evaluation, tell, contours=contours)


def _table_text(evaluation: Evaluation, top: int | None) -> str:
    from io import StringIO

    from rich.console import Console

    from ami_scoring.reports.terminal import shortlist

    page = StringIO()
    Console(file=page, width=UNFOLDED, height=PAGE, color_system=None, highlight=False).print(
        shortlist(evaluation, TEXT_FILE_WIDTH, top=top)
    )
    return page.getvalue()
