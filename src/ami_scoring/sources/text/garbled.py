"""Texts whose accents were lost in a conversion before the file came here: `SociÃ©tÃ©`, `SociŽtŽ`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.patterns import late
from ami_scoring.sources.files.document import Document, source_of
from ami_scoring.sources.text.unseen import all_text, texts_of

_GARBLED: Final = late(
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ\u2018\u2019“”•\u2013—˜™š›œžŸ]|Â[\u00a0«»°²]|â€[™œ“”¦\u009d\u2122]|[a-z]Ž|[a-z]ˆ|ƒ[A-Za-z]"
)
"""What French letters become when UTF-8, then MacRoman, are read as Windows-1252. No language writes so."""
_SIGNS: Final = "ÃÂâŽˆƒ"
"""The letters of which each garbled text holds one."""
_ESCAPE: Final = late(r"\\(?:x[cCeE][23]|u(?:00[cCeE][23]|017[dD]|02[cC]6|0192)|U)")
"""How JSON and YAML may write one of them."""


def check_garbled(document: Document) -> Iterator[Finding]:
    """Warn of each text that would be published as nobody wrote it. It is not quoted: it may name a person."""
    if document.is_ordinary:
        return
    source = source_of(document)
    if not (_is_garbled(all_text(document.data)) if source is None else source.says(_may_be_written)):
        return
    for path, text in texts_of(document.data, ()):
        if _is_garbled(text):
            message = Message("Les accents de ce texte ont été mal convertis : il serait publié tel quel.")
            suggestion = Message("Retapez-le, ou redemandez le fichier d'origine, en UTF-8.")
            yield Finding("text-garbled", Severity.WARNING, message, document.locate(path), suggestion)


def _is_garbled(text: str) -> bool:
    # Nearly all texts are told sound by a glance at their letters, which costs a tenth of the whole pattern.
    return not text.isascii() and any(sign in text for sign in _SIGNS) and _GARBLED.search(text) is not None


def _may_be_written(text: str) -> bool:
    return _is_garbled(text) or ("\\" in text and _ESCAPE.search(text) is not None)
