"""Where in a candidature's file each fact was read, found again by reading the file a second time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Origin
from ami_scoring.findings import Location
from ami_scoring.sources.doors.loaders import read_documents
from ami_scoring.sources.files.document import Data, DataPath, Document


def fact_places(criteria: Criteria, origin: Origin, names: Iterable[str]) -> Mapping[str, tuple[Location, ...]]:
    """Give the places of the keys that each fact is read from; nothing for keys that the file does not hold.

    A name that is no fact, such as what the best of a pool could become, has no place.

    Empty when the file has changed since it was scored: a wrong line would be worse than none.
    """
    return FactPlaces(criteria).of(origin, names)


class FactPlaces:
    """The same for many candidatures: a file is read again once, however many it holds."""

    def __init__(self, criteria: Criteria) -> None:
        """Take the policy, which knows the keys of its facts."""
        self._criteria = criteria
        self._files: dict[str, tuple[str, dict[int, Document]]] = {}

    def of(self, origin: Origin, names: Iterable[str]) -> Mapping[str, tuple[Location, ...]]:
        """Give the places of the keys that each fact of one candidature is read from."""
        document = self._document(origin)
        if document is None:
            return {}
        catalogue = self._criteria.catalogue
        facts = (catalogue[name] for name in names if name in catalogue)
        return {fact.name: tuple(_places(document, fact.keys)) for fact in facts}

    def _document(self, origin: Origin) -> Document | None:
        if origin.path not in self._files:
            digest, batches = read_documents(Path(origin.path))
            self._files[origin.path] = digest, {each.line: each for documents, _ in batches for each in documents}
        digest, by_line = self._files[origin.path]
        return by_line.get(origin.line) if digest == origin.sha256 else None


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
