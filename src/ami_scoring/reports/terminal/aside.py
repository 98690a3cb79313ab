"""Candidatures and files that are not ranked, by status, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Evaluation, SetAside, Status
from ami_scoring.reports.terminal.columns import applicant_name, commune_name
from ami_scoring.reports.terminal.glyphs import Glyphs, counted, in_words
from ami_scoring.reports.terminal.grid import MARGIN
from ami_scoring.reports.terminal.lines import Line, padded, paragraph, shortened
from ami_scoring.scoring.waves import wave_of

MAX_REASONS: Final = 3
_LABEL_MOST, _NAME_MOST, _REASON_LEAST = 24, 30, 44


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
        name_room = min(max(cell_len(_name(one, glyphs)) for one in members), _NAME_MOST)
        for one in members:
            yield from _one(one, label_room, name_room, width, glyphs)


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


def _one(one: SetAside, label_room: int, name_room: int, width: int, glyphs: Glyphs) -> Iterator[Text]:
    label, name = _label(one, glyphs), _name(one, glyphs)
    indent = MARGIN + 2
    gap = 2 if name_room else 0
    beside = indent + label_room + gap + name_room + 2
    reasons = _reasons(one, glyphs)
    if cell_len(label) <= label_room and width - beside >= _REASON_LEAST:
        name = padded(shortened(name, name_room, glyphs.ellipsis), name_room + gap)
        lead = f"{padded(label, label_room)}  {name}"
        yield from paragraph(reasons, indent, width, "", lead)
        return
    line = Line(indent).add(padded(label, label_room) if cell_len(label) <= label_room else label)
    room = width - indent - max(cell_len(label), label_room) - 2
    if name and room > len(glyphs.ellipsis):
        line.add("  ").add(shortened(name, room, glyphs.ellipsis))
    yield line.text(width)
    yield from paragraph(reasons, indent + 2, width, "dim")


def _label(one: SetAside, glyphs: Glyphs) -> str:
    return glyphs.identifier(one.reference or one.origin.path)


def _name(one: SetAside, glyphs: Glyphs) -> str:
    if one.entry is None:
        return glyphs.identifier(one.origin.path) if one.reference else ""
    commune, tail = commune_name(one.entry.candidature, glyphs)
    return f"{commune}{tail}, {applicant_name(one.entry.candidature, glyphs)}"


def _reasons(one: SetAside, glyphs: Glyphs) -> str:
    shown = [glyphs.clean(str(reason)).rstrip(".") for reason in one.reasons[:MAX_REASONS]]
    if more := len(one.reasons) - len(shown):
        shown.append(f"et {counted(more, 'autre raison', 'autres raisons')}")
    return " ; ".join(shown)
