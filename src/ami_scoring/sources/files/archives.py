"""The files of an archive, or of the folder where it was unfolded: names and bytes, within limits."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final

from ami_scoring.findings import Finding, Location
from ami_scoring.messages import Message, printable
from ami_scoring.sources.files.document import refusal

MAX_FILES: Final = 20_000
MAX_TOTAL: Final = 512 * 2**20
"""Bytes of all the files together."""
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_NEVER: Final = frozenset('\\:*?"<>|')


def read_archive(path: Path) -> dict[str, bytes] | Finding:
    """Read every file of an archive, or of a folder, by its path in it, with `/`."""
    if os.path.isdir(path):  # noqa: PTH112 - a name that the system refuses is no folder
        return _read_folder(path)
    try:
        if path.stat().st_size > MAX_TOTAL:
            return _refused(path, "Cette archive dépasse {most} Mo.", most=MAX_TOTAL // 2**20)
        with zipfile.ZipFile(path) as package:
            return _read_package(package, path)
    except OSError:
        return _refused(path, "Cette archive ne peut pas être lue.")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError):
        return _refused(path, "Ce fichier n'est pas une archive lisible : il est abîmé, ou d'un autre format.")


def _read_package(package: zipfile.ZipFile, path: Path) -> dict[str, bytes] | Finding:
    entries = [each for each in package.infolist() if not each.is_dir()]
    if len(entries) > MAX_FILES or sum(each.file_size for each in entries) > MAX_TOTAL:
        said = "Cette archive contient plus de {files} fichiers, ou plus de {most} Mo."
        return _refused(path, said, files=MAX_FILES, most=MAX_TOTAL // 2**20)
    found: dict[str, bytes] = {}
    for each in entries:
        if not is_safe(each.filename) or each.filename in found:
            return _refused(
                path, "Cette archive contient un nom de fichier refusé : {name}.", name=printable(each.filename)
            )
        with package.open(each) as file:
            data = file.read(each.file_size + 1)
        if len(data) != each.file_size:
            return _refused(
                path, "Un fichier de cette archive n'a pas la taille annoncée : {name}.", name=each.filename
            )
        found[each.filename] = data
    return found


def _read_folder(path: Path) -> dict[str, bytes] | Finding:
    found: dict[str, bytes] = {}
    total = 0
    for file in _walk(path):
        is_plain = file.is_file() and not file.is_symlink()
        total += file.stat().st_size if is_plain else 0
        if len(found) >= MAX_FILES or total > MAX_TOTAL:
            said = "Ce dossier contient plus de {files} fichiers, ou plus de {most} Mo."
            return _refused(path, said, files=MAX_FILES, most=MAX_TOTAL // 2**20)
        # A link, or what is no file, is named as any other, and holds nothing: no inventory knows it.
        found[file.relative_to(path).as_posix()] = file.read_bytes() if is_plain else b""
    return found


def _walk(path: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(path):
        folders.sort()
        links = (name for name in folders if Path(folder, name).is_symlink())
        yield from (Path(folder, name) for name in sorted([*names, *links]))


def is_safe(name: str) -> bool:
    """Say whether a name of an archive stays inside the folder where it is unfolded, on every system."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not name.startswith("/")
        and ".." not in parts
        and name.isprintable()
        and not _NEVER & set(name)
        and PurePosixPath(name).as_posix() == name
    )


def packed(files: Mapping[str, bytes]) -> bytes:
    """Put files in an archive: sorted, without dates, and not compressed, so that it is the same on every machine."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            package.writestr(entry, files[name])
    return content.getvalue()


def _refused(path: Path, said: str, **params: object) -> Finding:
    return refusal("archive-unreadable", Location(str(path)), Message(said, params))
