"""Answers by dotted key, from the cells of a form or of a line of a table → one document with its places.

Keys are those of a candidature file; a number in a key counts the elements of a list from 1
(`medecins_interesses.2.specialite`), and `nombre` says how many elements there are. Blank means missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from ami_scoring.domain.fields import fields
from ami_scoring.domain.identifiers import siren_of_siret
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.placeholders import is_placeholder
from ami_scoring.domain.quantities import parse_count
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Data, DataPath, Document, Questionnaire
from ami_scoring.sources.files.document import fold as fold_key
from ami_scoring.sources.people.personal import DOCTORS, words_of
from ami_scoring.sources.spreadsheets.cells import Cell, Content, Spot, WhereIs

COUNT: Final = "nombre"
ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
MOST: Final = 1_000
"""A greater count of elements is a mistake, whatever was asked."""
REQUIRED_BLOCKS: Final = ("porteur", "implantation")
"""Blocks given even when all is blank, so that each absent answer is asked for by its own name."""

_LOST_ZERO: Final = re.compile(r"\d{4}", re.ASCII)
_BETWEEN: Final = re.compile(r"[;\r\n]+")
_NUMBERS: Final = re.compile(r"\.\d+(?=\.|$)")
_SIRET: Final = 14
"""Digits of a SIRET."""
_SHORT: Final = 30
"""Characters beyond which no answer is a placeholder or a SIRET."""
_PLACE: Final = re.compile(r"[1-9]\d{0,3}", re.ASCII)


class Answer(NamedTuple):
    """One cell where an answer may stand, and what stands there."""

    key: str
    cell: Cell | None
    spot: Spot
    where_is: WhereIs

    @property
    def where(self) -> Location:
        """The place of the cell, made only when somebody asks: most are never told."""
        return self.where_is(self.spot)


@dataclass(slots=True)
class _List:
    """The elements of one list, by the numbers that their keys give them."""

    elements: dict[int, dict[str, Answer]] = field(default_factory=dict)
    count: Answer | None = None

    @property
    def of_blocks(self) -> bool:
        return any(below for element in self.elements.values() for below in element)

    @property
    def filled(self) -> list[int]:
        return [
            place for place in sorted(self.elements) if any(answer.cell for answer in self.elements[place].values())
        ]


def assemble(
    answers: Iterable[Answer], start: Location, asked: Questionnaire, blocks: Sequence[str] = REQUIRED_BLOCKS
) -> Document:
    """Make a document of answers; what is wrong with them travels in its findings. `blocks` are there even blank."""
    made = _Assembly(start)
    for answer in answers:
        made.take(answer)
    for prefix, elements in made.lists.items():
        made.place_list(prefix, elements)
    for name in blocks:
        made.data.setdefault(name, {})
    line = start.line or 1
    return Document(made.data, start.path, line, made.locate, tuple(made.findings), asked, made.refused)


class _Assembly:
    def __init__(self, start: Location) -> None:
        self.start = start
        self.data: dict[str, Data] = {}
        self.places: dict[DataPath, Answer] = {}
        self.lists: dict[DataPath, _List] = {}
        self.findings: list[Finding] = []
        self.refused: dict[int, DataPath] = {}
        self._given: dict[DataPath, Answer] = {}

    def take(self, answer: Answer) -> None:
        """Note one answer, blank or not."""
        answer = self._understood(answer)
        prefix, place, below = split_key(answer.key)
        for finding in wrong_with(answer):
            self._say(finding, (*prefix, below) if below else prefix)
        if place is None:
            if answer.cell is not None and is_usable(answer.cell):
                self._put(prefix, answer.cell.text, answer)
            self.places.setdefault(_folded(prefix), answer)
            return
        elements = self.lists.setdefault(prefix, _List())
        if place == 0:
            elements.count = answer
        elif answer.cell is not None or below not in elements.elements.get(place, {}):
            known = elements.elements.setdefault(place, {}).get(below)
            if (
                known is not None
                and known.cell is not None
                and (answer.cell is None or known.cell.text != answer.cell.text)
            ):
                self._say(_twice(answer.key, answer.where, known.where), prefix)
            elements.elements[place][below] = answer

    def _understood(self, answer: Answer) -> Answer:
        """Read what no question means as it is written: a box filled with nothing, a SIRET for a SIREN."""
        cell = answer.cell
        if cell is None or len(cell.text) > _SHORT or (cell.text.isdecimal() and len(cell.text) < _SIRET):
            return answer
        if not answer.key.startswith("complements.") and is_placeholder(cell.text):
            message = about(answer.key, "« {title} » : la réponse ne dit rien, et vaut une absence de réponse.")
            advice = Message("S'il faut répondre « aucun » ou zéro, écrivez-le ; sinon, effacez la cellule.")
            self.findings.append(Finding("placeholder-answer", Severity.WARNING, message, answer.where, advice))
            return answer._replace(cell=None)
        if answer.key.endswith("siren") and (siren := siren_of_siret(cell.text)) is not None:
            said = "Un SIRET est donné ici : le SIREN lu est {siren}, par lequel il commence."
            self.findings.append(Finding("siret-read", Severity.NOTE, Message(said, {"siren": siren}), answer.where))
            return answer._replace(cell=cell._replace(text=siren))
        return answer

    def place_list(self, prefix: DataPath, elements: _List) -> None:
        """Put a list where it belongs, unless nothing is known of it."""
        first = min(elements.elements, default=None)
        shown = elements.count or (next(iter(elements.elements[first].values())) if first is not None else None)
        if shown is not None:
            self.places.setdefault(_folded(prefix), shown)
        kept = elements.filled
        count = self._count(prefix, elements)
        if not elements.of_blocks:
            self._place_texts(prefix, elements, kept, count)
            return
        if count is not None and count > len(kept):
            kept = _padded(kept, count)
        elif count is not None and count != len(kept) and elements.count is not None:
            self._say(_count_differs(elements.count.where, count, len(kept)), prefix)
        if kept or count == 0:
            self._put(prefix, [self._element(prefix, at, elements, place) for at, place in enumerate(kept)], None)

    def _place_texts(self, prefix: DataPath, elements: _List, kept: list[int], count: int | None) -> None:
        """Put a list of texts; a cell where several were pasted, between semicolons or on lines, gives them all.

        Unless the list is said to be as long as its cells: each is then one element, whatever it holds.
        """
        texts: list[Data] = []
        for place in kept:
            answer = elements.elements[place][""]
            whole = answer.cell.text if answer.cell else ""
            for text in [whole] if count == len(kept) else _pasted(whole):
                self.places.setdefault(_folded((*prefix, len(texts))), answer)
                texts.append(text)
        if count is not None and count not in {len(kept), len(texts)} and elements.count is not None:
            self._say(_count_differs(elements.count.where, count, len(kept)), prefix)
        if texts or count == 0:
            self._put(prefix, texts, None)

    def locate(self, path: DataPath, /, *, key: bool = False) -> Location:  # noqa: ARG002 - a cell is both
        """Give the cell of an answer, or of the nearest thing around it."""
        full = _folded(path)
        for length in range(len(full), 0, -1):
            if (found := self.places.get(full[:length])) is not None:
                return found.where
        return self.start

    def _say(self, finding: Finding, path: DataPath) -> None:
        """Note a finding and, where it is an error, the answer that it refuses."""
        if finding.severity is Severity.ERROR:
            self.refused[len(self.findings)] = path
        self.findings.append(finding)

    def _count(self, prefix: DataPath, elements: _List) -> int | None:
        if elements.count is None or elements.count.cell is None or not is_usable(elements.count.cell):
            return None
        where = elements.count.where
        try:
            count = parse_count(elements.count.cell.text)
        except RefusalError as error:
            # What was typed there may be the name of a person.
            is_quoted = prefix[0] != DOCTORS and not words_of(elements.count.cell.text)
            said = error.message() if is_quoted else "Un nombre entier est attendu ici."
            self._say(Finding(error.type, Severity.ERROR, Message("{said}", {"said": said}), where), prefix)
            return None
        if count > MOST:
            message = Message("{count} éléments : c'est plus que le maximum de {most}.", {"count": count, "most": MOST})
            self._say(Finding("number-range", Severity.ERROR, message, where), prefix)
            return None
        return count

    def _element(self, prefix: DataPath, at: int, elements: _List, place: int) -> Data:
        answers = elements.elements.get(place, {})
        path = (*prefix, at)
        block: dict[str, Data] = {}
        for below, answer in answers.items():
            self.places.setdefault(_folded((*path, below) if below else path), answer)
            if below and answer.cell is not None and is_usable(answer.cell):
                block[below] = answer.cell.text
        if answers:
            self.places.setdefault(_folded(path), next(iter(answers.values())))
        return block

    def _put(self, path: DataPath, value: Data, answer: Answer | None) -> None:
        if answer is not None:
            first = self._given.setdefault(_folded(path), answer)
            if first is not answer:
                if first.cell is not None and answer.cell is not None and first.cell.text == answer.cell.text:
                    return
                self._say(_twice(answer.key, answer.where, first.where), path)
                return
            self.places[_folded(path)] = answer
        block = self.data
        for part in path[:-1]:
            below = block.setdefault(str(part), {})
            if not isinstance(below, dict):
                return
            block = below
        block[str(path[-1])] = value


@lru_cache(maxsize=4096)
def split_key(key: str) -> tuple[DataPath, int | None, str]:
    """Split `a.b.2.c` into the path `a.b`, the number 2 and `c`; a key outside lists has no number.

    The count of a list has the number 0. The name of a fact that the call declares is never split.
    """
    parts = key.split(".")
    if parts[0] == "complements" and len(parts) > 1:
        last = parts[-1]
        if len(parts) > 2 and (last == COUNT or _PLACE.fullmatch(last)):
            return ("complements", ".".join(parts[1:-1])), 0 if last == COUNT else int(last), ""
        return ("complements", ".".join(parts[1:])), None, ""
    for at, part in enumerate(parts):
        if at and _PLACE.fullmatch(part):
            return tuple(parts[:at]), int(part), ".".join(parts[at + 1 :])
    if len(parts) > 1 and parts[-1] == COUNT:
        return tuple(parts[:-1]), 0, ""
    return tuple(parts), None, ""


def is_bare(key: str, text: str) -> bool:
    """Say whether an answer is taken as it is written, with nothing to tell of it."""
    if len(text) > _SHORT:
        return True
    if text.isdecimal():
        return len(text) != _SIRET and not (key.endswith("code_insee") and _LOST_ZERO.fullmatch(text))
    return not key.endswith(("siren", "code_insee")) and not is_placeholder(text)


def _pasted(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text) if part.strip()] or [text]


def is_usable(cell: Cell) -> bool:
    """Say whether a cell holds what somebody answered, rather than an error or nothing worked out."""
    return cell.content is not Content.ERROR and cell.content is not Content.UNCOMPUTED


@lru_cache(maxsize=4096)
def _folded(path: DataPath) -> DataPath:
    return tuple(fold_key(part) if isinstance(part, str) else part for part in path)


def _padded(kept: list[int], count: int) -> list[int]:
    """Choose the lines of a list that is said to be longer than what is filled: blank lines among the first count."""
    if not kept or kept[-1] <= count:
        return list(range(1, count + 1))
    return [*kept, *range(kept[-1] + 1, kept[-1] + 1 + count - len(kept))]


def about(key: str, template: str, **said: object) -> Message:
    """Write a sentence about an answer, named by its question or, where the call asks it, by its key."""
    plain = _NUMBERS.sub("", key)
    known = fields().get(plain)
    return Message(template, {"title": plain if known is None else known.title, **said})


def wrong_with(answer: Answer) -> Iterator[Finding]:
    """Find what is wrong with a cell, whatever is asked there."""
    cell = answer.cell
    if cell is None:
        return
    yield from _wrong_code(answer)
    if cell.content is Content.ERROR:
        # Anything may be stored as an error: only those that spreadsheets know are quoted.
        named = f" ({cell.text})" if cell.text in ERRORS else ""
        message = about(answer.key, "« {title} » : la réponse est une erreur du tableur{named}.", named=named)
        advice = Message("Tapez la réponse elle-même, ou effacez la cellule.")
        yield Finding("cell-error", Severity.ERROR, message, answer.where, advice)
    elif cell.content is Content.UNCOMPUTED:
        message = about(answer.key, "« {title} » : la réponse est une formule qu'aucun tableur n'a calculée.")
        advice = Message(
            "Ouvrez le fichier dans Excel et enregistrez-le, ou tapez la réponse à la place de la formule."
        )
        yield Finding("formula-not-computed", Severity.ERROR, message, answer.where, advice)
    elif cell.formula is not None:
        said = "« {title} » : la réponse est calculée par une formule ; la valeur lue est celle que le fichier garde."
        message = about(answer.key, said)
        linked = "[" in cell.formula
        yield Finding("formula-answer", Severity.WARNING if linked else Severity.NOTE, message, answer.where)


def _wrong_code(answer: Answer) -> Iterator[Finding]:
    if answer.key.endswith("code_insee") and answer.cell is not None and _LOST_ZERO.fullmatch(answer.cell.text.strip()):
        message = Message("Excel a sans doute effacé le zéro par lequel ce code INSEE commence.")
        advice = Message(
            "Mettez la cellule au format Texte, puis retapez le code : 0{code}.", {"code": answer.cell.text.strip()}
        )
        yield Finding("leading-zero-lost", Severity.WARNING, message, answer.where, advice)


def _twice(key: str, where: Location, first: Location) -> Finding:
    message = Message("Deux réponses sont données à « {key} ».", {"key": key})
    return Finding("duplicate-key", Severity.ERROR, message, where, Message("Gardez une seule des deux."), (first,))


def _count_differs(where: Location, count: int, filled: int) -> Finding:
    message = Message("{count} annoncés ici, mais {filled} lignes remplies.", {"count": count, "filled": filled})
    advice = Message("Corrigez ce nombre, ou complétez ou effacez des lignes.")
    return Finding("count-differs", Severity.ERROR, message, where, advice)
