"""What a file is by its first bytes, whatever its name says: a workbook, a PDF or a letter renamed as text."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ami_scoring.messages import Message

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

SAVE_AS_XLSX: Final = Message("Ouvrez-le, puis « Enregistrer sous » : Classeur Excel (.xlsx).")
_RENAME: Final = Message("Renommez-le en .xlsx.")
_RENAME_ODS: Final = Message("Renommez-le en .ods.")
_OTHER_FILE: Final = Message("Mettez à sa place un classeur .xlsx ou .ods, ou du texte : YAML, JSON ou CSV.")


class Kind(NamedTuple):
    """What a file is, as in « c'est… », and what to do with it."""

    name: str
    advice: Message

    @property
    def advice_for_workbook(self) -> Message:
        """What to do with it under the name of a workbook: spreadsheets open the tables that some programs export."""
        return SAVE_AS_XLSX if self.name in _EXPORTED else self.advice


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
_EXPORTED: Final = frozenset({"une page web", "du XML"})
_IN_ZIP: Final = {
    b"xl/workbook.bin": Kind("un classeur Excel binaire (.xlsb)", SAVE_AS_XLSX),
    b"xl/": Kind("un classeur Excel", _RENAME),
    b"word/": Kind("un document Word (.docx)", _OTHER_FILE),
    b"ppt/": Kind("une présentation (.pptx)", _OTHER_FILE),
    b"opendocument.spreadsheet": Kind("un classeur OpenDocument (.ods)", _RENAME_ODS),
    b"opendocument.text": Kind("un texte OpenDocument (.odt)", _OTHER_FILE),
    b"": Kind("une archive zip", _OTHER_FILE),
}
"""What a zip file is by how the name of a member begins, or by the type that it declares first; the first that fits."""
_DECLARED: Final = b"opendocument."
_HEAD: Final = 200
"""Bytes among which a zip file declares its type."""
_END: Final = b"PK\x05\x06"
_MEMBER: Final = b"PK\x01\x02"
_MOST_MEMBERS: Final = 2_000
_IN_OLE: Final = {
    ENCRYPTED: Kind("un document protégé par un mot de passe", _OTHER_FILE),
    "WordDocument".encode("utf-16-le"): Kind("un ancien document Word (.doc)", _OTHER_FILE),
    b"": Kind("un ancien classeur Excel (.xls)", SAVE_AS_XLSX),
}


def kind_of(data: bytes) -> Kind | None:
    """Recognise a file that is not plain text; None for text, and for what nobody is likely to rename."""
    if data.startswith(ZIP):
        names = list(_members(data))
        return next(kind for mark, kind in _IN_ZIP.items() if _fits(mark, names, data))
    if data.startswith(OLE):
        return next(kind for mark, kind in _IN_OLE.items() if mark in data)
    beginning = _beginning_of(data)
    return Kind(beginning, _OTHER_FILE) if beginning else None


def _fits(mark: bytes, names: Sequence[bytes], data: bytes) -> bool:
    """Say whether a zip file bears a mark. Packed bytes may hold any letters: only a broken archive is searched."""
    if not names:
        return mark in data
    return mark in data[:_HEAD] if mark.startswith(_DECLARED) else any(name.startswith(mark) for name in names)


def _members(data: bytes) -> Iterator[bytes]:
    """List the first names in the table of contents of a zip file; none where the table is not where it should be."""
    end = data.rfind(_END)
    at = end - int.from_bytes(data[end + 12 : end + 16], "little")
    for _ in range(_MOST_MEMBERS):
        if end < 0 or at < 0 or data[at : at + 4] != _MEMBER:
            return
        name, extra, comment = (int.from_bytes(data[at + place : at + place + 2], "little") for place in (28, 30, 32))
        yield data[at + 46 : at + 46 + name].lstrip(b"/").lower()
        at += 46 + name + extra + comment


def _beginning_of(data: bytes) -> str | None:
    """Name what begins as these bytes do, other than a zip file or an old Office document."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((name for sign, name in _BEGINNINGS.items() if head.startswith(sign)), None)
