"""A proposal → the text of `correspondance.yaml`, for a person to read, correct and confirm."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ami_scoring.domain.primitives import fold
from ami_scoring.sources.mappings.editions import STATES
from ami_scoring.sources.mappings.lexicon import ARCHIVED, STATE
from ami_scoring.sources.mappings.proposals import Line, Proposal

_PLAIN: Final = re.compile(r"[^\W\d_][\w '’.²-]*[\w.²]|[^\W\d_]", re.UNICODE)
_WORDS: Final = frozenset({"oui", "non", "yes", "no", "true", "false", "on", "off", "null", "vrai", "faux", "y", "n"})


def proposal_yaml(proposal: Proposal, name: str) -> str:
    """Write a proposal; `name` is that of the export. What is not sure bears « confirmed: non »."""
    return "\n".join(_lines(proposal, name)) + "\n"


def scalar(value: object) -> str:
    """Write one value so that YAML reads it back as the same text."""
    if isinstance(value, list):
        return "[" + ", ".join(scalar(each) for each in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {scalar(each)}" for key, each in value.items()) + "}"
    text = str(value)
    if _PLAIN.fullmatch(text) and fold(text) not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def _lines(proposal: Proposal, name: str) -> Iterator[str]:
    doubts = sum(not line.confirmed for line in proposal.lines)
    shown = " ".join(name.split())
    yield f"# Correspondance proposée pour « {shown} » : à relire, à corriger, puis à garder à côté des critères."
    yield "# Chaque ligne dit pourquoi elle est proposée. Celles qui portent « confirmed: non » ne sont pas lues :"
    yield f"# ôtez ces mots une fois la ligne vérifiée ({doubts} ici). Rien d'autre que ces lignes n'est lu."
    yield "language: 1"
    yield from _export(proposal)
    yield from _rows(proposal)
    yield ""
    yield "answers:"
    for line in proposal.lines:
        yield from _answer(line, "  ")
    yield from _blocks(proposal)
    yield from _opinions(proposal)
    yield from _listed("unanswered", "Ce que l'export ne donne pas : ces réponses manqueront.", _missing(proposal))
    yield from _listed("unused", "Les colonnes dont rien n'est lu.", [(title, "") for title in proposal.unused])


def _export(proposal: Proposal) -> Iterator[str]:
    yield "export:"
    yield f"  origin: {'Démarches simplifiées' if proposal.edition else 'tableau'}"
    if proposal.edition is not None:
        yield f'  edition: "{proposal.edition.year}"   # reconnue à ses intitulés'
    if proposal.sheet.raw.name:
        yield f"  sheet: {scalar(proposal.sheet.raw.name)}"


def _rows(proposal: Proposal) -> Iterator[str]:
    if proposal.edition is None:
        return
    titles = {fold(title): title for title in proposal.sheet.titles.values()}
    yield ""
    yield "# Les dossiers lus ; les autres sont laissés de côté, et comptés."
    yield "rows:"
    yield f"  - column: {scalar(titles[fold(STATE)])}"
    yield f"    keep: {scalar(list(STATES))}"
    for title in ARCHIVED:
        if fold(title) in titles:
            yield f"  - column: {scalar(titles[fold(title)])}"
            yield '    leave_out: ["true", "Oui", "vrai", "1"]'


def _answer(line: Line, indent: str) -> Iterator[str]:
    told = dict(line.told)
    yield f"{indent}- key: {scalar(told.pop('key'))}   # {line.title}"
    for name, value in told.items():
        mark = "   # à confirmer" if name == "confirmed" else ""
        yield f"{indent}  {name}: {value if name == 'confirmed' else scalar(value)}{mark}"


def _blocks(proposal: Proposal) -> Iterator[str]:
    if not proposal.blocks:
        return
    yield ""
    yield "blocks:"
    for block in proposal.blocks:
        told: dict[str, Any] = dict(block.told)
        yield f"  - list: {told.pop('list')}"
        for name, value in told.items():
            plain = name in {"confirmed", "first_is_main"}
            mark = "   # à confirmer" if name == "confirmed" else ""
            yield f"    {name}: {value if plain else scalar(value)}{mark}"
        yield "    answers:"
        for line in block.lines:
            yield from _answer(line, "      ")


def _opinions(proposal: Proposal) -> Iterator[str]:
    if proposal.opinions is None:
        return
    yield ""
    yield "# Les avis d'experts, lus comme des notes d'assesseurs."
    yield "opinions:"
    for name, value in proposal.opinions.items():
        if name == "marks":
            yield "  marks:"
            yield from (f"    - {scalar(mark)}" for mark in value)
        else:
            mark = "   # à confirmer" if name == "confirmed" else ""
            yield f"  {name}: {value if name == 'confirmed' else scalar(value)}{mark}"


def _missing(proposal: Proposal) -> list[tuple[str, str]]:
    return [(target.whole, target.title) for target in proposal.unanswered]


def _listed(name: str, said: str, items: list[tuple[str, str]]) -> Iterator[str]:
    yield ""
    yield f"# {said}"
    if not items:
        yield f"{name}: []"
        return
    yield f"{name}:"
    for text, title in items:
        yield f"  - {scalar(text)}" + (f"   # {title}" if title else "")
