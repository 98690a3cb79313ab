"""Boxes filled with nothing (« - », « N/A », « néant ») in a text: no answers, in YAML and JSON as in a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.placeholders import fills_a_box
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.document import Data, DataPath, Document

_OF_THE_CALL: Final = "complements"
"""What the call declares is looked at in the light of its type: a text may be « néant »."""


def without_placeholders(document: Document) -> tuple[Document, list[Finding]]:
    """Take out of a candidature the answers that say nothing, each with a finding; tables have done so already."""
    data = document.data
    if document.asked is not None or not isinstance(data, dict):
        return document, []
    paths = [path for key, value in data.items() if key != _OF_THE_CALL for path in _nothings(value, (key,))]
    if not paths:
        return document, []
    kept: dict[str, Data] = {key: _without(value, (key,), frozenset(paths)) for key, value in data.items()}
    kept = {key: value for key, value in kept.items() if (key,) not in paths}
    message = Message("Cette réponse ne dit rien : elle est lue comme une absence de réponse.")
    advice = Message("S'il faut répondre « aucun » ou zéro, écrivez-le ; sinon, effacez la réponse.")
    findings = [
        Finding("placeholder-answer", Severity.WARNING, message, document.locate(path), advice) for path in paths
    ]
    return document._replace(data=kept), findings


def _nothings(value: Data, path: DataPath) -> Iterator[DataPath]:
    """Find what says nothing; of a list, its last texts, or the list itself where all do: others keep their places."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _nothings(below, (*path, key))
    elif isinstance(value, list):
        filled = next((place for place in range(len(value), 0, -1) if not fills_a_box(value[place - 1])), 0)
        if value and not filled:
            yield path
            return
        yield from ((*path, place) for place in range(filled, len(value)))
        for place, below in enumerate(value):
            if not isinstance(below, str):
                yield from _nothings(below, (*path, place))
    elif fills_a_box(value):
        yield path


def _without(value: Data, path: DataPath, paths: frozenset[DataPath]) -> Data:
    if isinstance(value, dict):
        return {key: _without(below, (*path, key), paths) for key, below in value.items() if (*path, key) not in paths}
    if isinstance(value, list):
        kept = [place for place in range(len(value)) if (*path, place) not in paths]
        return [_without(value[place], (*path, place), paths) for place in kept]
    return value
