"""Documents read in an export → candidature files in YAML, where each value says which cell it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ami_scoring.findings import Location
from ami_scoring.sources.files.document import Data, DataPath, Document
from ami_scoring.sources.mappings.writing import scalar

_UNSAFE: Final = re.compile(r"[^\w.-]+")


def candidature_files(documents: Iterable[Document]) -> dict[str, str]:
    """Give the text of one file for each document, by a name that its reference gives; none has the name of another."""
    files: dict[str, str] = {}
    for document in documents:
        stem = _name_of(document)
        name, again = f"{stem}.yaml", 2
        while name.casefold() in {taken.casefold() for taken in files}:
            name, again = f"{stem}-{again}.yaml", again + 1
        files[name] = "\n".join(_document(document)) + "\n"
    return files


def _name_of(document: Document) -> str:
    reference = document.data.get("reference") if isinstance(document.data, dict) else None
    bare = _UNSAFE.sub("-", reference).strip(".-")[:64] if isinstance(reference, str) else ""
    return bare or f"ligne-{document.line}"


def _document(document: Document) -> Iterator[str]:
    yield f"# Lu dans {document.locate(())} : chaque valeur dit d'où elle vient."
    if isinstance(document.data, dict):
        yield from _block(document.data, (), document, "")


def _block(block: dict[str, Data], path: DataPath, document: Document, indent: str) -> Iterator[str]:
    for key, value in block.items():
        yield from _value(scalar(key), value, (*path, key), document, indent)


def _value(key: str, value: Data, path: DataPath, document: Document, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{key}:" if value else f"{indent}{key}: {{}}"
        yield from _block(value, path, document, f"{indent}  ")
    elif isinstance(value, list):
        yield f"{indent}{key}:" if value else f"{indent}{key}: []"
        for at, item in enumerate(value):
            if isinstance(item, dict) and item:
                yield f"{indent}  -"
                yield from _block(item, (*path, at), document, f"{indent}    ")
            else:
                shown = "{}" if isinstance(item, dict) else scalar(item)
                yield f"{indent}  - {shown}   # {_origin(document.locate((*path, at)))}"
    else:
        yield f"{indent}{key}: {scalar(value)}   # {_origin(document.locate(path))}"


def _origin(where: Location) -> str:
    place = where.in_workbook or f"ligne {where.line}, caractère {where.column}"
    return place if where.question is None else f"{place} : {' '.join(where.question.split())}"
