"""The text of a CSV file: in UTF-8, or as Excel or an old Macintosh write it in France."""

from __future__ import annotations

from typing import Final

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import FRENCH_LETTERS, decode, wide_encoding

_HALF: Final = 0.5
_NEARLY_ALL: Final = 0.9
_CHECK_ACCENTS: Final = Message("Vérifiez les accents ; enregistrez-le de préférence en UTF-8.")


def decode_csv(data: bytes, path: str) -> tuple[str, list[Finding]] | Finding:
    """Decode UTF-8, or Windows-1252 as Excel writes it in France, or MacRoman, and then say so."""
    text = decode(data, path)
    if isinstance(text, str):
        return text, []
    if text.code == "not-text" or wide_encoding(data) is not None or b"\x00" in data:
        return text
    guessed = data.decode("cp1252", errors="replace")
    if _share_of_french(guessed) < _HALF and _share_of_french(old := data.decode("mac_roman")) > _NEARLY_ALL:
        message = Message("Ce fichier n'est pas en UTF-8 : il est lu en MacRoman, comme l'écrit un ancien Macintosh.")
        return old, [Finding("csv-mac-roman", Severity.WARNING, message, Location(path), _CHECK_ACCENTS)]
    if "\ufffd" in guessed:
        return text
    message = Message("Ce fichier n'est pas en UTF-8 : il est lu en Windows-1252, comme l'écrit Excel.")
    return guessed, [Finding("csv-windows-1252", Severity.NOTE, message, Location(path))]


def _share_of_french(text: str) -> float:
    """Say how many of the letters beyond ASCII are those that French texts are written with."""
    beyond = [char for char in text if char > "\x7f"]
    return sum(char in FRENCH_LETTERS for char in beyond) / (len(beyond) or 1)
