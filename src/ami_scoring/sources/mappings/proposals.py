"""A mapping proposed for an export: the best column for each key, why, and what is left for a person to confirm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ami_scoring.domain.correspondence import TEXT_LISTS, MappedAnswer
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.primitives import fold
from ami_scoring.sources.mappings.editions import Edition, edition_of
from ami_scoring.sources.mappings.evidence import (
    FREE,
    Tried,
    choices_of,
    is_number,
    is_yes_or_no,
    try_values,
    words_for,
)
from ami_scoring.sources.mappings.lexicon import ARCHIVED, BLOCKS, PREFIXES, STATE, SYSTEM, SYSTEM_TITLES, WORDINGS
from ami_scoring.sources.mappings.likeness import likeness
from ami_scoring.sources.mappings.sheets import Headed, Raw, likely_headings
from ami_scoring.sources.spreadsheets.cells import column_name

SURE: Final = 0.8
"""Likeness from which a column is read unless a person objects, where its values agree."""
LIKELY: Final = 0.45
"""Likeness from which a column is proposed, for a person to confirm."""
MARGIN: Final = 0.08
"""How much better than any other a column must be."""
_AGREE: Final = 0.9
_BLOCK_SHEET: Final = re.compile(r"\(\d+\)\s*(.+)")
_CUT: Final = 30
"""Characters of the name of a block's sheet."""
_NOT_BLOCKS: Final = frozenset({"etablissements", "établissements", "avis", "dossiers"})


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


@dataclass(frozen=True, slots=True)
class Line:
    """One line proposed: what it says, and the title of its key."""

    told: Mapping[str, Any]
    title: str
    confirmed: bool


@dataclass(slots=True)
class ProposedBlock:
    """A repeated block proposed for a sheet."""

    told: dict[str, Any]
    lines: list[Line]
    confirmed: bool


@dataclass(slots=True)
class Proposal:
    """Everything that is proposed for one export."""

    sheet: Headed
    edition: Edition | None
    lines: list[Line] = field(default_factory=list)
    blocks: list[ProposedBlock] = field(default_factory=list)
    unanswered: list[Target] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


class _Match(NamedTuple):
    score: float
    column: int
    target: Target
    line: dict[str, Any]
    tried: Tried
    known: bool


def propose(sheets: Sequence[Raw], targets: Sequence[Target], facts: Mapping[str, Fact]) -> Proposal | None:
    """Propose a mapping for the sheets of an export; None where no sheet has headings."""
    named = [each for each in map(likely_headings, sheets) if each is not None]
    if not named:
        return None
    main = next((each for each in named if fold(each.raw.name) == "dossiers"), None)
    main = main or max(named, key=lambda each: len(each.titles))
    proposal = Proposal(main, edition_of(main))
    for other in named:
        if other is not main and fold(other.raw.name) not in _NOT_BLOCKS:
            proposal.blocks.extend(_block(other, main, targets, facts, proposal.edition))
    in_blocks = {block.told["list"] for block in proposal.blocks}
    alone = [target for target in targets if target.stem not in in_blocks]
    used = _match(main, alone, facts, proposal)
    rows = {fold(title) for title in (STATE, *ARCHIVED)} if proposal.edition else set()
    free = [title for column, title in main.titles.items() if column not in used and fold(title) not in rows]
    proposal.unused = list(dict.fromkeys(free))
    return proposal


def _match(sheet: Headed, targets: Sequence[Target], facts: Mapping[str, Fact], proposal: Proposal) -> set[int]:
    matches = list(_matches(sheet, targets, facts, proposal.edition))
    used: set[int] = set()
    lines: dict[str, Line] = {}
    for match in sorted(matches, key=lambda each: (-each.score, each.column, each.target.whole)):
        if match.column not in used and match.target.whole not in lines:
            lines[match.target.whole] = _line(match, _rival(match, matches, used), sheet)
            used.add(match.column)
    proposal.lines = [lines[target.whole] for target in targets if target.whole in lines]
    proposal.unanswered = [target for target in targets if target.whole not in lines]
    return used


def _matches(
    sheet: Headed, targets: Sequence[Target], facts: Mapping[str, Fact], edition: Edition | None
) -> Iterator[_Match]:
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
                yield _Match(score * weight, column, target, line, tried, known)


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


def _rival(match: _Match, matches: Iterable[_Match], used: set[int]) -> _Match | None:
    """Find another column that would answer the same key about as well, or another key that the column would."""
    for other in matches:
        same = (other.target == match.target) is not (other.column == match.column)
        if same and other.column not in used and other.score > match.score - MARGIN and not match.known:
            return other
    return None


def _line(match: _Match, rival: _Match | None, sheet: Headed) -> Line:
    agrees = match.tried.share >= _AGREE
    is_sure = match.known or (match.score >= SURE and agrees and rival is None and "values" not in match.line)
    told = {"key": _numbered(match.target), **match.line, "why": _why(match, rival, sheet)}
    if not is_sure:
        told["confirmed"] = "non"
    return Line(told, match.target.title, is_sure)


def _why(match: _Match, rival: _Match | None, sheet: Headed) -> str:
    parts = ["colonne de la plateforme" if match.known else _words(match.score)]
    if match.target.whole not in FREE and match.tried.tried:
        parts.append(f"valeurs lues : {match.tried.read} sur {match.tried.tried}")
    elif not match.tried.tried:
        parts.append("aucune valeur à essayer")
    if "values" in match.line:
        parts.append("sens des réponses deviné")
    if rival is not None and rival.column != match.column:
        title = sheet.titles[rival.column]
        parts.append(f"« {title[:60]} » ({column_name(rival.column)}) conviendrait autant")
    elif rival is not None:
        parts.append(f"la colonne répondrait autant à « {rival.target.title} »")
    return " ; ".join(parts)


def _words(score: float) -> str:
    if score >= 1:
        return "même intitulé"
    return "intitulé proche" if score >= SURE else "intitulé voisin"


def _numbered(target: Target) -> str:
    return f"{target.stem}.1.{target.key}" if target.stem else target.key


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
    if words := words_for(texts, choices_of(key, facts)):
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


def _block(
    other: Headed, main: Headed, targets: Sequence[Target], facts: Mapping[str, Fact], edition: Edition | None
) -> Iterator[ProposedBlock]:
    """Propose the list that a sheet fills, where its name and its columns say which."""
    found = _BLOCK_SHEET.fullmatch(other.raw.name.strip())
    label = found[1] if found else other.raw.name
    dossier = next((title for title in other.titles.values() if fold(title) == "dossier id"), None)
    scores = {name: likeness(label, wordings) for name, wordings in BLOCKS.items()}
    best = max(scores, key=lambda name: scores[name])
    if dossier is None or scores[best] < LIKELY or not main.columns_of("ID"):
        return
    inner = Proposal(other, edition)
    own = [target._replace(stem=best) for target in targets if target.stem == best]
    _match(other, own, facts, inner)
    lines = [
        Line({**line.told, "key": str(line.told["key"]).removeprefix(f"{best}.1.")}, line.title, line.confirmed)
        for line in inner.lines
    ]
    is_sure = scores[best] >= SURE
    told: dict[str, Any] = {"list": best, "sheet": other.raw.name, "dossier": dossier, "matches": "ID"}
    has_main = any(line.told["key"] == "principale" for line in lines)
    if best == "implantation.communes" and not has_main:
        told["first_is_main"] = "oui"
    told["why"] = f"feuille dont le nom dit « {label[:_CUT]} »" + (
        " ; la première ligne est tenue pour la commune principale" if "first_is_main" in told else ""
    )
    if not is_sure or "first_is_main" in told:
        told["confirmed"] = "non"
    if lines:
        yield ProposedBlock(told, lines, "confirmed" not in told)
