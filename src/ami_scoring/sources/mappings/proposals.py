"""A mapping proposed for an export: the best column for each key, why, and what is left for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ami_scoring.domain.facts import Fact
from ami_scoring.domain.primitives import fold
from ami_scoring.sources.mappings.editions import Edition, edition_of
from ami_scoring.sources.mappings.evidence import FREE
from ami_scoring.sources.mappings.lexicon import ARCHIVED, BLOCKS, STATE
from ami_scoring.sources.mappings.likeness import likeness
from ami_scoring.sources.mappings.matching import LIKELY, SURE, Match, Target, matches_in, rival_of
from ami_scoring.sources.mappings.proposed_opinions import propose_opinions
from ami_scoring.sources.mappings.sheets import Headed, Raw, likely_headings
from ami_scoring.sources.spreadsheets.cells import column_name

_AGREE: Final = 0.9
_NONE: Final[Mapping[str, str]] = {}
_BLOCK_SHEET: Final = re.compile(r"\(\d+\)\s*(.+)")
_CUT: Final = 30
"""Characters of the name of a block's sheet."""
_NOT_BLOCKS: Final = frozenset({"etablissements", "établissements", "avis", "dossiers"})


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
    opinions: Mapping[str, Any] | None = None


def propose(
    sheets: Sequence[Raw], targets: Sequence[Target], facts: Mapping[str, Fact], subjects: Mapping[str, str] = _NONE
) -> Proposal | None:
    """Propose a mapping for the sheets of an export; None where no sheet has headings.

    `subjects` are those that the call has judged, with what people call each.
    """
    named = [each for each in map(likely_headings, sheets) if each is not None]
    if not named:
        return None
    main = next((each for each in named if fold(each.raw.name) == "dossiers"), None)
    main = main or max(named, key=lambda each: len(each.titles))
    proposal = Proposal(main, edition_of(main))
    proposal.opinions = propose_opinions(named, subjects)
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
    matches = list(matches_in(sheet, targets, facts, proposal.edition))
    used: set[int] = set()
    lines: dict[str, Line] = {}
    for match in sorted(matches, key=lambda each: (-each.score, each.column, each.target.whole)):
        if match.column not in used and match.target.whole not in lines:
            lines[match.target.whole] = _line(match, rival_of(match, matches, used), sheet)
            used.add(match.column)
    proposal.lines = [lines[target.whole] for target in targets if target.whole in lines]
    proposal.unanswered = [target for target in targets if target.whole not in lines]
    return used


def _line(match: Match, rival: Match | None, sheet: Headed) -> Line:
    agrees = match.tried.share >= _AGREE
    is_sure = match.known or (match.score >= SURE and agrees and rival is None and "values" not in match.line)
    told = {"key": _numbered(match.target), **match.line, "why": _why(match, rival, sheet)}
    if not is_sure:
        told["confirmed"] = "non"
    return Line(told, match.target.title, is_sure)


def _why(match: Match, rival: Match | None, sheet: Headed) -> str:
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
