"""Comparing an archive with itself: files with the inventory, the chain, the outputs with what is computed again."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from ami_scoring import __version__
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.inventory import NAME, OUTPUTS, PIECES, READ_ME, SOURCES, Inventory, Role
from ami_scoring.findings import Finding, InvalidFileError, Location, Severity
from ami_scoring.messages import Message, named, printable
from ami_scoring.reports.inventory import inventory_text
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.files.archives import MAX_TOTAL, is_safe, read_archive
from ami_scoring.sources.files.decoding import decode
from ami_scoring.sources.text.located_json import read_json

_HASH: Final = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_PACKAGE: Final = b"PK\x03\x04"
_MOST: Final = 12
"""References or files named in one sentence."""


class Opened(NamedTuple):
    """An archive as read: its files, and its inventory."""

    path: Path
    files: Mapping[str, bytes]
    inventory: Inventory

    @property
    def is_of_this_version(self) -> bool:
        """Whether this version of the program wrote it: only then are its outputs to be the same to the byte."""
        return self.inventory.version == __version__


def open_archive(path: Path) -> Opened:
    """Read an archive, or the folder where it was unfolded. Raises `InvalidFileError` where it has no inventory."""
    files = read_archive(path)
    if isinstance(files, Finding):
        raise InvalidFileError([files])
    where = str(path / NAME)
    if NAME not in files:
        message = Message(
            "Il n'y a pas d'inventaire ici ({name}) : rien ne dit ce que l'archive contenait.", {"name": NAME}
        )
        mend = Message("« ami archive » écrit une archive avec son inventaire.")
        raise InvalidFileError([Finding("archive-no-inventory", Severity.ERROR, message, Location(str(path)), mend)])
    text = decode(files[NAME], where)
    documents, findings = ([], [text]) if isinstance(text, Finding) else read_json(text, where)
    inventory, refused = build(Inventory, documents[0]) if documents else (None, [])
    if inventory is None or any(each.severity is Severity.ERROR for each in findings):
        raise InvalidFileError([*findings, *refused])
    if strange := [each for each in _named(inventory) if not _is_inside(each)]:
        message = Message(
            "L'inventaire nomme un fichier hors de l'archive : « {name} ».", {"name": printable(strange[0])}
        )
        raise InvalidFileError([Finding("archive-unreadable", Severity.ERROR, message, Location(where))])
    return Opened(path, files, inventory)


def _named(inventory: Inventory) -> Iterator[str]:
    """Give every path that computing again would read or make."""
    run = inventory.run
    yield from (each for each in (run.criteria, run.mapping, run.decisions) if each is not None)
    yield from (*run.candidatures, *run.assessments, *(run.awarded or ()))
    yield from (each.path for each in inventory.of_role(Role.OUTPUT))


def _is_inside(name: str) -> bool:
    return is_safe(name) and (name == SOURCES or name.startswith((f"{SOURCES}/", f"{OUTPUTS}/")))


def check_bytes(opened: Opened) -> Iterator[Message]:
    """Say which files are no longer those of the inventory: changed, gone, or come since."""
    listed = {each.path: each for each in opened.inventory.files}
    for name, each in listed.items():
        data = opened.files.get(name)
        if data is None:
            yield Message("« {name} » manque.", {"name": name})
        elif sha256(data).hexdigest() != each.sha256:
            yield Message("« {name} » a changé : son empreinte n'est plus celle de l'inventaire.", {"name": name})
    for name in sorted(opened.files.keys() - listed.keys() - {NAME, READ_ME}):
        yield Message("« {name} » n'est pas dans l'inventaire.", {"name": name})
    if opened.files.get(READ_ME) != inventory_text(opened.inventory).encode("utf-8"):
        yield Message("« {name} » ne dit pas la même chose que « {other} ».", {"name": READ_ME, "other": NAME})


def check_decided(opened: Opened, evaluation: Evaluation) -> Iterator[Message]:
    """Say whether the last decision is the one that the inventory noted: none was taken off the end, or added."""
    decided, inventory = evaluation.decided, opened.inventory
    head = None if decided is None else decided.register.head
    if head != inventory.head:
        count = 0 if decided is None else len(decided.register.decisions)
        message = (
            "Le registre compte {count} décisions, et l'inventaire en note {noted} : la dernière n'est pas la même."
        )
        yield Message(message, {"count": count, "noted": inventory.entries})


def check_outputs(opened: Opened, again: Mapping[str, bytes]) -> Iterator[Message]:
    """Say which outputs are not those that the files give when all is computed again."""
    for name, data in again.items():
        kept = opened.files.get(name)
        if kept is None or kept == data or _same_package(kept, data):
            continue
        if opened.is_of_this_version:
            yield Message("« {name} » n'est pas ce que donnent les fichiers, refaits à l'instant.", {"name": name})
        if name.endswith(".json"):
            yield from _other_results(kept, data)


def check_pieces(opened: Opened) -> Iterator[Message]:
    """Say which outputs and pieces carry the hash of files that the archive does not hold."""
    known = {each.sha256.encode() for each in opened.inventory.files}
    known |= {
        each for name, data in opened.files.items() if name.startswith(f"{SOURCES}/") for each in _HASH.findall(data)
    }
    known |= set() if opened.inventory.head is None else {opened.inventory.head.encode()}
    for each in opened.inventory.of_role(Role.PIECE):
        carried = carried_hashes(opened.files.get(each.path, b""))
        strange = carried - known
        if carried and strange:
            count = len(strange)
            words = "d'un fichier qui n'est pas" if count == 1 else f"de {count} fichiers qui ne sont pas"
            message = "« {name} » porte l'empreinte {words} dans cette archive : cette pièce vient d'autres fichiers."
            yield Message(message, {"name": each.path, "words": words})


def carried_hashes(data: bytes) -> set[bytes]:
    """Find the SHA-256 that a file carries, in its text or in the parts of its package."""
    return {found for part in _parts(data) for found in _HASH.findall(part)}


def _parts(data: bytes) -> Iterator[bytes]:
    if not data.startswith(_PACKAGE):
        yield data
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if sum(each.file_size for each in package.infolist()) <= MAX_TOTAL:
                yield from (package.read(each) for each in package.infolist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        return


def _same_package(kept: bytes, made: bytes) -> bool:
    """Say whether two packages hold the same parts: the compression of another machine may write other bytes."""
    if not (kept.startswith(_PACKAGE) and made.startswith(_PACKAGE)):
        return False
    return list(_parts(kept)) == list(_parts(made)) != []


def _other_results(kept: bytes, made: bytes) -> Iterator[Message]:
    """Name the candidatures that another rank, total or status is computed for."""
    before, now = _results(kept), _results(made)
    if before is None or now is None:
        yield Message("Le résultat qui est gardé ne peut plus être lu : rien ne le compare à celui qui est refait.")
        return
    moved = [reference for reference in {**before, **now} if before.get(reference) != now.get(reference)]
    if moved:
        message = "Le calcul refait donne un autre rang, total ou statut à : {names}."
        yield Message(message, {"names": named(moved, _MOST)})


def _results(data: bytes) -> dict[str, tuple[Any, ...]] | None:
    try:
        told = json.loads(data)
        ranked = {one["reference"]: (one["rank"], one["total_exact"], one["status"]) for one in told["ranking"]}
        aside = {one["reference"] or one["file"]: (None, None, one["status"]) for one in told["set_aside"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return {**aside, **ranked}


def used(opened: Opened) -> dict[str, bytes]:
    """Give the files that a run reads: the sources, whatever became of them."""
    return {name: data for name, data in opened.files.items() if name.startswith(f"{SOURCES}/")}


def counted(opened: Opened) -> tuple[int, int, int]:
    """Count what is verified: files of the inventory, pieces, decisions."""
    pieces = sum(each.path.startswith(f"{PIECES}/") for each in opened.inventory.files)
    return len(opened.inventory.files), pieces, opened.inventory.entries
