"""Characters that nobody sees and that make a text read otherwise than it is written: commands, changes of direction.

They count for nothing in what is read. Somebody who compares the file with the results must be told, all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.patterns import late
from ami_scoring.sources.files.document import DataPath, Document, source_of

_MISLEADING: Final = late(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

_ESCAPE: Final = late(r"\\(?:[0abefvxNLPU]|u(?:00[01789]|061|20))")
"""What may stand for one of them in JSON or in YAML."""


def check_unseen(document: Document) -> Iterator[Finding]:
    """Warn of texts that hold such characters; a hyphen or a space that a word processor leaves is no matter."""
    for path, text in texts_of(document.data, ()) if _may_hold_some(document) else ():
        if found := sorted(set(_MISLEADING.findall(text))):
            message = Message(
                "Ce texte contient des caractères invisibles ({codes}), qui changent ce que l'on croit y lire : "
                "ils sont laissés de côté.",
                {"codes": [f"U+{ord(char):04X}" for char in found]},
            )
            suggestion = Message("Retapez ce texte.")
            yield Finding("unseen-characters", Severity.WARNING, message, document.locate(path), suggestion)


def _may_hold_some(document: Document) -> bool:
    """Say whether texts are worth looking at one by one: one glance at the file tells most of them sound."""
    if document.is_ordinary:
        return False
    source = source_of(document)
    if source is None:
        return _MISLEADING.search(all_text(document.data)) is not None
    return source.says(_may_be_written)


def _may_be_written(text: str) -> bool:
    if "\\" in text and _ESCAPE.search(text) is not None:
        return True
    return not (text.isascii() or text.replace("\n", "").isprintable() or _MISLEADING.search(text) is None)


def all_text(data: Any) -> str:
    """Give all the texts of a document in one, on as many lines."""
    texts: list[str] = []
    pending = [data]
    while pending:
        here = pending.pop()
        if isinstance(here, str):
            texts.append(here)
        elif isinstance(here, dict):
            pending.extend(here.values())
        elif isinstance(here, list):
            pending.extend(here)
    return "\n".join(texts)


def texts_of(data: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    """Give every text of a document with its path."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts_of(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from texts_of(value, (*path, place))
