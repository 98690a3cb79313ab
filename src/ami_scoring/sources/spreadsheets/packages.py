"""The zip file that a workbook is: looked into before anything of it is unpacked, then read in bounded pieces."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import wide_encoding
from ami_scoring.sources.files.document import refusal
from ami_scoring.sources.files.signatures import ENCRYPTED, OLE, SAVE_AS_XLSX, kind_of

MAX_MEMBERS: Final = 2_000
MAX_UNPACKED: Final = 100_000_000
"""Bytes of a whole workbook once unpacked; a form of 100 questions unpacks to 100 000."""
MAX_RATIO: Final = 200
"""How many times smaller its zip may be; honest sheets shrink ten to thirty times."""
CHUNK: Final = 65_536
_OPEN: Final = b"application/vnd.oasis.opendocument."
_OPEN_WORKBOOK: Final = _OPEN + b"spreadsheet"

_DAMAGES: Final = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""All that `zipfile` raises on a damaged archive, documented or not."""


class BrokenPackageError(Exception):
    """Raised inside the readers of a workbook when a part of it cannot be used; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        self.finding = finding
        super().__init__(finding.code)


def broken(path: str, message: Message, code: str = "workbook-broken") -> BrokenPackageError:
    """Build the error of a workbook that cannot be read to its end."""
    advice = Message("Ouvrez-le dans Excel ou LibreOffice, enregistrez-le à nouveau, ou redemandez-le.")
    return BrokenPackageError(refusal(code, Location(path), message, advice))


class Package:
    """The members of a zip file that was looked into and found bearable."""

    def __init__(self, archive: ZipFile, path: str) -> None:
        """Keep the archive; its names are compared without case, as Excel does."""
        self.path = path
        self.tags = self.unpacked = self.cells = 0
        """Tags, bytes of XML and cells read so far, over all members: readers bound them."""
        self._archive = archive
        self._members = {info.filename.lstrip("/").casefold(): info for info in archive.infolist()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, folded."""
        return tuple(self._members)

    def holds(self, name: str) -> bool:
        """Say whether there is such a member."""
        return name.casefold() in self._members

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack a member piece by piece. Raises `BrokenPackageError` when it is absent or damaged."""
        info = self._members.get(name.casefold())
        if info is None:
            message = Message("Ce classeur est incomplet : il y manque « {name} ».", {"name": name})
            raise broken(self.path, message)
        try:
            with self._archive.open(info) as member:
                while chunk := member.read(CHUNK):
                    yield chunk
        except _DAMAGES:
            message = Message("Ce classeur est abîmé : « {name} » ne peut pas être décompressé.", {"name": name})
            raise broken(self.path, message) from None


def open_package(data: bytes, path: str) -> Package | Finding:
    """Look into the bytes of a workbook, and refuse what is not one, or what would swell beyond measure."""
    if not data.startswith(b"PK"):
        return _not_a_zip(data, path)
    try:
        archive = ZipFile(BytesIO(data))
        members = archive.infolist()
    except _DAMAGES:
        return _refused("workbook-broken", path, "Ce classeur est tronqué ou abîmé : sa fin manque.", _COPY_AGAIN)
    if any(info.flag_bits & 1 for info in members):
        return encrypted(path)
    if any(info.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for info in members):
        return _refused(
            "workbook-broken", path, "Ce classeur est compressé d'une façon inconnue d'Excel.", SAVE_AS_XLSX
        )
    if bomb := _bomb(len(data), [info.file_size for info in members], path):
        return bomb
    package = Package(archive, path)
    if package.holds("xl/workbook.bin"):
        return _refused("not-a-workbook", path, "Ce fichier est un classeur Excel binaire (.xlsb).", SAVE_AS_XLSX)
    if package.holds("word/document.xml") or package.holds("ppt/presentation.xml"):
        sentence = "Ce fichier est un document Word ou une présentation, et non un classeur Excel."
        return _refused("not-a-workbook", path, sentence, _COPY_ANSWERS)
    if package.holds("[Content_Types].xml"):
        return package
    declared = _declared_type(package)
    if declared.startswith(_OPEN_WORKBOOK) or (not declared and is_open_document(package)):
        return package
    if declared.startswith(_OPEN):
        sentence = "Ce fichier est un texte ou une présentation OpenDocument, et non un classeur."
        return _refused("not-a-workbook", path, sentence, _COPY_ANSWERS)
    return _refused("not-a-workbook", path, "Ce fichier est une archive zip ordinaire, et non un classeur.", _TAKE_OUT)


def is_open_document(package: Package) -> bool:
    """Say whether a workbook is one of LibreOffice (.ods) rather than one of Excel, whatever its name says."""
    held = package.holds("content.xml") or package.holds("encrypted-package")
    return held and not package.holds("[Content_Types].xml")


def encrypted(path: str) -> Finding:
    """Build the finding of a workbook that a password closes."""
    return _refused(
        "workbook-encrypted", path, "Ce classeur est protégé par un mot de passe d'ouverture.", _NO_PASSWORD
    )


def _declared_type(package: Package) -> bytes:
    """Give the type that an OpenDocument file declares of itself; nothing where it declares none."""
    try:
        return next(package.chunks("mimetype"), b"")[:80].strip()
    except BrokenPackageError:
        return b""


_COPY_ANSWERS: Final = Message("Recopiez ses réponses dans un formulaire : « ami template » en fait de vierges.")
_DESPITE_ITS_NAME: Final = "Ce fichier est {kind}, malgré son nom : ce n'est pas un classeur Excel."
_TAKE_OUT: Final = Message("Ouvrez-la, et donnez les fichiers qu'elle contient.")
_COPY_AGAIN: Final = Message("Recopiez-le ou redemandez-le : l'envoi ou la copie s'est sans doute interrompu.")
_NO_PASSWORD: Final = Message(
    "Ouvrez-le, retirez le mot de passe (Fichier, Informations, Protéger), puis enregistrez-le."
)


def _bomb(packed: int, sizes: list[int], path: str) -> Finding | None:
    unpacked = sum(sizes)
    if len(sizes) > MAX_MEMBERS:
        message = Message("Ce classeur contient {count} parties : il est refusé.", {"count": len(sizes)})
    elif unpacked > MAX_UNPACKED or (unpacked > MAX_UNPACKED // 10 and unpacked > packed * MAX_RATIO):
        sizes_told = {"packed": -(-packed // 1000), "unpacked": unpacked // 1_000_000}
        message = Message(
            "Ce classeur de {packed} ko en ferait {unpacked} Mo une fois décompressé : il est refusé.", sizes_told
        )
    else:
        return None
    advice = Message(
        "Effacez les lignes et colonnes vides mises en forme, ou recopiez les réponses dans un formulaire neuf."
    )
    return Finding("workbook-too-large", Severity.ERROR, message, Location(path), advice)


def _not_a_zip(data: bytes, path: str) -> Finding:
    if not data:
        return _refused("empty-file", path, "Ce fichier est vide.", None)
    if data.startswith(OLE) and ENCRYPTED in data:
        return encrypted(path)
    if (kind := kind_of(data)) is not None:
        sentence = "Ce fichier est {kind}." if data.startswith(OLE) else _DESPITE_ITS_NAME
        message = Message(sentence, {"kind": kind.name})
        return Finding("not-a-workbook", Severity.ERROR, message, Location(path), kind.advice_for_workbook)
    if wide_encoding(data) is not None or b"\x00" not in data[:4096]:
        sentence = "Ce fichier est du texte, malgré son nom : ce n'est pas un classeur Excel."
        return _refused("not-a-workbook", path, sentence, Message("S'il s'agit d'un CSV, renommez-le en .csv."))
    return _refused("not-a-workbook", path, "Ce fichier n'est pas un classeur Excel (.xlsx).", SAVE_AS_XLSX)


def _refused(code: str, path: str, sentence: str, advice: Message | None) -> Finding:
    return Finding(code, Severity.ERROR, Message(sentence), Location(path), advice)
