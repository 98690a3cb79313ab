"""Where in a candidature's file each fact was read, found again by reading that one file a second time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Location
from ami_scoring.sources.doors.loaders import read_documents
from ami_scoring.sources.files.document import Data, DataPath, Document


def fact_places(criteria: Criteria, origin: Origin, names: Iterable[str]) -> Mapping[str, tuple[Location, ...]]:
    """Give the places of the keys that each fact is read from; nothing for keys that the file does not hold.

    A name that is no fact, such as what the best of a pool could become, has no place.

    Empty when the file has changed since it was scored: a wrong line would be worse than none.
    """
    document = _document(origin)
    if document is None:
        return {}
    facts = (criteria.catalogue[name] for name in names if name in criteria.catalogue)
    return {fact.name: tuple(_places(document, fact.keys)) for fact in facts}


def _document(origin: Origin) -> Document | None:
    digest, batches = read_documents(Path(origin.path))
    if digest != origin.sha256:
        return None
    return next((each for documents, _ in batches for each in documents if each.line == origin.line), None)


def _places(document: Document, keys: Iterable[str]) -> Iterable[Location]:
    for key in keys:
        path: DataPath = tuple(key.split("."))
        found = _found(document, path)
        if isinstance(found, list) and found and document.asked is not None:
            # In a form, what stands for the list itself is the cell that counts its elements.
            yield from (document.locate((*path, place)) for place in range(len(found)))
        elif found is not None:
            yield document.locate(path)


def _found(document: Document, path: DataPath) -> Data:
    data = document.data
    for part in path:
        if not isinstance(data, dict) or not isinstance(part, str):
            return None
        data = data.get(part)
    return data
