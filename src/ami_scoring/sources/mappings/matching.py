"""How well each column of an export would answer each key: by its wording, its place and the values seen in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ami_scoring.domain.correspondence import TEXT_LISTS, MappedAnswer
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.primitives import fold
from ami_scoring.sources.mappings.editions import Edition
from ami_scoring.sources.mappings.evidence import (
    FREE,
    Tried,
    choices_of,
    is_number,
    is_yes_or_no,
    try_values,
    words_for,
)
from ami_scoring.sources.mappings.lexicon import PREFIXES, SYSTEM, SYSTEM_TITLES, WORDINGS
from ami_scoring.sources.mappings.likeness import likeness
from ami_scoring.sources.mappings.sheets import Headed
from ami_scoring.sources.spreadsheets.cells import column_name

SURE: Final = 0.8
"""Likeness from which a column is read unless a person objects, where its values agree."""
LIKELY: Final = 0.45
"""Likeness from which a column is proposed, for a person to confirm."""
MARGIN: Final = 0.08
"""How much better than any other a column must be."""


class Target(NamedTuple):
    """A key to answer, as people know it."""

    key: str
    title: str
    stem: str = ""
    """The list that the key is a part of, without its number."""

    @property
    def whole(self) -> str:
        """The key as candidature files have it, without the number of an element."""
        return f"{self.stem}.{self.key}" if self.stem else self.key


class Match(NamedTuple):
    """A column that may answer a key: how well, how it would be read, and how many of its values were."""

    score: float
    column: int
    target: Target
    line: dict[str, Any]
    tried: Tried
    known: bool


def matches_in(
    sheet: Headed, targets: Sequence[Target], facts: Mapping[str, Fact], edition: Edition | None
) -> Iterator[Match]:
    """Give every column that may answer a key, well enough to be proposed."""
    repeated = Counter(fold(title) for title in sheet.titles.values())
    texts = _texts(sheet)
    for column, title in sheet.titles.items():
        for target in targets:
            score, known = _score(title, target, edition)
            if score < LIKELY:
                continue
            line = _origin(sheet, column, repeated)
            line |= _how(target.whole, title, texts.get(column, []), facts, edition)
            answer = MappedAnswer.model_validate({"key": target.key, **line})
            tried = try_values(target.whole, answer, texts.get(column, []), facts)
            weight = 1.0 if known or target.whole in FREE else 0.4 + 0.6 * tried.share
            if known and not texts.get(column):
                # A column of the platform that is empty gives way to a question that was answered.
                weight = LIKELY
            if score * weight >= LIKELY:
                yield Match(score * weight, column, target, line, tried, known)


def _score(title: str, target: Target, edition: Edition | None) -> tuple[float, bool]:
    if edition is not None:
        known = [fold(each) for each in SYSTEM.get(target.whole, ())]
        if fold(title) in known:
            return 1.0 - known.index(fold(title)) / 100, True
        if title in SYSTEM_TITLES or title.startswith(PREFIXES):
            return 0.0, False
    if fold(title) in {fold(target.whole), fold(target.key)}:
        return 1.0, False
    is_code = fold(title).endswith("(code insee)")
    if is_code or target.whole == "implantation.communes.code_insee":
        wordings = WORDINGS["implantation.communes.code_insee"]
        is_asked = target.whole == "implantation.communes.code_insee"
        return ((0.95 if is_code else likeness(title, wordings)) if is_asked else 0.0), False
    return likeness(title, (target.title, *WORDINGS.get(target.whole, ()))), False


def rival_of(match: Match, matches: Iterable[Match], used: set[int]) -> Match | None:
    """Find another column that would answer the same key about as well, or another key that the column would."""
    for other in matches:
        same = (other.target == match.target) is not (other.column == match.column)
        if same and other.column not in used and other.score > match.score - MARGIN and not match.known:
            return other
    return None


def _origin(sheet: Headed, column: int, repeated: Mapping[str, int]) -> dict[str, Any]:
    title = sheet.titles[column]
    if repeated[fold(title)] > 1:
        return {"column": title, "position": column_name(column)}
    return {"column": title}


def _how(key: str, title: str, texts: Sequence[str], facts: Mapping[str, Fact], edition: Edition | None) -> Any:
    how: dict[str, Any] = {}
    if key == "porteur.siren":
        how["read"] = "siren"
    elif key == "depose_le":
        how["read"] = "moment"
    elif key == "implantation.communes.nom":
        how["read"] = "commune"
    elif key in TEXT_LISTS or (key in facts and facts[key].type is FactType.LIST):
        separator = next((mark for mark in (";", "|", "\n", ",") if any(mark in text for text in texts)), None)
        if separator is not None:
            how["separator"] = separator
    if words := words_for(texts, choices_of(key, facts), of_people=key.startswith("medecins_interesses")):
        how["values"] = words
    if edition is not None and title not in SYSTEM_TITLES:
        blank = (
            edition.blank_number if is_number(key, facts) else edition.blank_flag if is_yes_or_no(key, facts) else ""
        )
        if blank and any(text.strip() == blank for text in texts):
            how["missing"] = [blank]
    return how


def _texts(sheet: Headed) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for _, row in sheet.below():
        for column, cell in row.items():
            texts.setdefault(column, []).append(cell.text)
    return texts
