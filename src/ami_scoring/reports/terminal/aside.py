"""Candidatures and files that are not ranked, by status, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.reports.terminal.columns import applicant_name, commune_name
from ami_scoring.reports.terminal.glyphs import Glyphs, counted, in_words
from ami_scoring.reports.terminal.grid import MARGIN
from ami_scoring.reports.terminal.lines import Line, padded, paragraph, shortened
from ami_scoring.scoring.marks import wave_of

MAX_REASONS: Final = 3
_LABEL_MOST, _REASON_LEAST = 24, 44


def set_aside_block(evaluation: Evaluation, width: int, glyphs: Glyphs) -> Iterator[Text]:
    """Give the lines of the block, or none when nothing was set aside."""
    set_aside = evaluation.set_aside
    if not set_aside:
        return
    yield Text()
    yield Line(MARGIN).add(glyphs.clean("Hors classement"), "bold").text(width)
    labels = [cell_len(_label(one, glyphs)) for one in set_aside]
    label_room = max((room for room in labels if room <= _LABEL_MOST), default=0)
    for status, group in groupby(set_aside, key=lambda one: one.status):
        members = list(group)
        words = f"{len(members)} {in_words(status, len(members))}"
        yield Line(MARGIN).add(glyphs.clean(words), "magenta").text(width)
        if status is Status.OTHER_WAVE:
            yield from _by_wave(members, evaluation.criteria, width, glyphs)
            continue
        names = [_name(one, width // 4, glyphs) for one in members]
        name_room = max(cell_len(name) for name in names)
        for one, name in zip(members, names, strict=True):
            yield from _one(one, name, (label_room, name_room), width, glyphs)


def _by_wave(members: Sequence[SetAside], criteria: Criteria, width: int, glyphs: Glyphs) -> Iterator[Text]:
    """List the candidatures of other waves by reference only: nothing is wrong with them."""
    references: dict[str, list[str]] = {wave.name: [] for wave in criteria.waves}
    for one in members:
        wave = wave_of(one.entry.candidature.submitted_at, criteria) if one.entry else None
        if wave is not None:
            references[wave.name].append(_label(one, glyphs))
    for name, found in references.items():
        if found:
            yield from paragraph(", ".join(found), MARGIN + 2, width, "", f"{glyphs.clean(name)} : ")


def _one(one: SetAside, name: str, rooms: tuple[int, int], width: int, glyphs: Glyphs) -> Iterator[Text]:
    """Say one on one line where the reasons still have room beside it, otherwise above them."""
    label_room, name_room = rooms
    indent = MARGIN + 2
    label = padded(_label(one, glyphs), label_room)
    lead = f"{label}  {padded(name, name_room)}  " if name_room else f"{label}  "
    if cell_len(label) <= label_room and width - indent - cell_len(lead) >= _REASON_LEAST:
        yield from paragraph(_reasons(one, glyphs), indent, width, "", lead)
        return
    yield Line(indent).add(f"{label}  {name}").text(width)
    yield from paragraph(_reasons(one, glyphs), indent + 2, width, "dim")


def _label(one: SetAside, glyphs: Glyphs) -> str:
    return glyphs.identifier(one.reference or one.origin.path)


def _name(one: SetAside, room: int, glyphs: Glyphs) -> str:
    """Name the commune, with the applicant where both hold; of an unreadable file, give the end of its path."""
    if one.entry is None:
        path = glyphs.identifier(one.origin.path) if one.reference else ""
        return path if cell_len(path) <= room else glyphs.ellipsis + path[len(glyphs.ellipsis) - room :]
    commune, tail = commune_name(one.entry.candidature, glyphs)
    both = f"{commune}{tail}, {applicant_name(one.entry.candidature, glyphs)}"
    if cell_len(both) <= room:
        return both
    return shortened(commune, max(room - cell_len(tail), 1), glyphs.ellipsis) + tail


def _reasons(one: SetAside, glyphs: Glyphs) -> str:
    shown = [glyphs.clean(str(reason)).rstrip(".") for reason in one.reasons[:MAX_REASONS]]
    if more := len(one.reasons) - len(shown):
        shown.append(f"et {counted(more, 'autre raison', 'autres raisons')}")
    return " ; ".join(shown)
