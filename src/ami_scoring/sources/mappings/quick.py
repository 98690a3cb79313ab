"""The rows of an export that have nothing to tell, each read at one go with its rows in repeated blocks."""

from __future__ import annotations

from collections.abc import Sequence

from ami_scoring.domain.correspondence import TEXT_LISTS
from ami_scoring.findings import Location
from ami_scoring.sources.files.document import Data, DataPath
from ami_scoring.sources.mappings.answering import answers_of, is_as_written
from ami_scoring.sources.mappings.blocks import BlockRows
from ami_scoring.sources.mappings.columns import Found
from ami_scoring.sources.mappings.sheets import Row
from ami_scoring.sources.spreadsheets.answers import REQUIRED_BLOCKS, Answer, split_key
from ami_scoring.sources.spreadsheets.cells import Spot
from ami_scoring.sources.spreadsheets.grids import Held, Line
from ami_scoring.sources.spreadsheets.templates import NOWHERE, Filled, Made, Slot, Template, Texts


class Quick:
    """What a mapping makes of plain rows."""

    def __init__(self, template: Template, blocks: Sequence[tuple[BlockRows, int, Sequence[Slot]]]) -> None:
        """Keep the slots of the main sheet, and those of each block with the column that finds its rows."""
        self._template = template
        self._blocks = blocks

    @classmethod
    def of(cls, found: Sequence[Found], blocks: Sequence[tuple[BlockRows, int]]) -> Quick | None:
        """Make the slots of a mapping; None where two of its lines fill the same list or key."""
        template = Template([_slot(each, each.answer.key) for each in found], REQUIRED_BLOCKS)
        lists = [_path(rows) for rows, _ in blocks]
        taken = [*(prefix for prefix, _ in template.ones), *template.lists]
        meet = any(path[: len(one)] == one for one in lists for path in taken)
        if not template.is_sound or meet or len(set(lists)) != len(lists):
            return None
        inner = []
        for rows, key in blocks:
            slots = [_slot(each, f"{rows.block.list_}.1.{each.answer.key}") for each in rows.found]
            if not Template(slots, ()).is_sound:
                return None
            inner.append((rows, key, slots))
        return cls(template, inner)

    def fill(self, row: Row) -> Filled | None:
        """Read a row and those of its blocks; None where something must be told."""
        more: dict[DataPath, Sequence[Data]] = {}
        missing: list[tuple[object, str]] = []
        for rows, key, slots in self._blocks:
            cell = row.get(key)
            elements: list[Data] = []
            for place, (_, line) in enumerate(rows.rows.get("" if cell is None else cell.text.strip(), ()), start=1):
                element = _element(slots, line, missing)
                if element is None:
                    return None
                if rows.block.first_is_main and place == 1:
                    element["principale"] = "oui"
                if element:
                    elements.append(element)
            if elements:
                more[_path(rows)] = elements
        filled = self._template.fill(row, more)
        if filled is not None:
            filled.missing.extend(missing)
        return filled


def _element(slots: Sequence[Slot], line: Line, missing: list[tuple[object, str]]) -> dict[str, Data] | None:
    element: dict[str, Data] = {}
    for slot in slots:
        weighed = slot.weigh(line)
        if weighed is None:
            return None
        missing.extend((slot.who, word) for word in weighed.missing)
        if weighed.value is not None:
            element[split_key(slot.key)[2]] = weighed.value
    return element


def _path(rows: BlockRows) -> DataPath:
    return tuple(rows.block.list_.split("."))


def _slot(found: Found, key: str) -> Slot:
    answer = found.answer
    many = answer.separator is not None or key in TEXT_LISTS or bool(found.choices)
    is_bare = is_as_written(found) and not many and not answer.missing and split_key(key)[1] != 0
    bare = "stripped" if is_bare else None
    return Slot(found.columns, key, _made(found, key), bare, many, found)


def _made(found: Found, key: str) -> Made:
    def made(texts: Texts) -> tuple[Sequence[Answer], Sequence[str]]:
        missing: list[str] = []
        held: dict[int, Held] = {
            column: text for column, text in zip(found.columns, texts, strict=True) if text is not None
        }
        answers = answers_of(found, 1, Line(held), _nowhere, key, lambda _, text: missing.append(text))
        return list(answers), missing

    return made


def _nowhere(_: Spot) -> Location:
    return NOWHERE
