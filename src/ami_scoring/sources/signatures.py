"""What a file is by its first bytes, whatever its name says: a workbook, a PDF or a letter renamed as text."""

from __future__ import annotations

from typing import Final, NamedTuple

from ami_scoring.messages import Message

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

SAVE_AS_XLSX: Final = Message("Ouvrez-le, puis « Enregistrer sous » : Classeur Excel (.xlsx).")
_RENAME: Final = Message("Renommez-le en .xlsx.")
_OTHER_FILE: Final = Message("Mettez à sa place un classeur .xlsx, ou du texte : YAML, JSON ou CSV.")


class Kind(NamedTuple):
    """What a file is, as in « c'est… », and what to do with it."""

    name: str
    advice: Message


_BEGINNINGS: Final = {
    b"%pdf-": "un PDF",
    b"<html": "une page web",
    b"<!doctype html": "une page web",
    b"<?xml": "du XML",
    b"{\\rtf": "un texte mis en forme (.rtf)",
    b"\x89png": "une image",
    b"\xff\xd8\xff": "une image",
}
"""How files begin that people rename, or export, as something else; in small letters."""
_IN_ZIP: Final = {
    b"xl/workbook.bin": Kind("un classeur Excel binaire (.xlsb)", SAVE_AS_XLSX),
    b"xl/": Kind("un classeur Excel", _RENAME),
    b"word/": Kind("un document Word (.docx)", _OTHER_FILE),
    b"ppt/": Kind("une présentation (.pptx)", _OTHER_FILE),
    b"opendocument.spreadsheet": Kind("un classeur OpenDocument (.ods)", SAVE_AS_XLSX),
    b"opendocument.text": Kind("un texte OpenDocument (.odt)", _OTHER_FILE),
    b"": Kind("une archive zip", _OTHER_FILE),
}
"""What a zip file is by the name of one of its members; the first that fits."""
_IN_OLE: Final = {
    ENCRYPTED: Kind("un document protégé par un mot de passe", _OTHER_FILE),
    "WordDocument".encode("utf-16-le"): Kind("un ancien document Word (.doc)", _OTHER_FILE),
    b"": Kind("un ancien classeur Excel (.xls)", SAVE_AS_XLSX),
}


def kind_of(data: bytes) -> Kind | None:
    """Recognise a file that is not plain text; None for text, and for what nobody is likely to rename."""
    for sign, kinds in ((ZIP, _IN_ZIP), (OLE, _IN_OLE)):
        if data.startswith(sign):
            return next(kind for mark, kind in kinds.items() if mark in data)
    beginning = beginning_of(data)
    return Kind(beginning, _OTHER_FILE) if beginning else None


def beginning_of(data: bytes) -> str | None:
    """Name what begins as these bytes do, other than a zip file or an old Office document."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((name for sign, name in _BEGINNINGS.items() if head.startswith(sign)), None)
