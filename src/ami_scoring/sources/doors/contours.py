"""A map of communes in GeoJSON (RFC 7946): one strict door, whose findings all come at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ami_scoring.domain.contours import Contour, Position
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import decode, read_bytes
from ami_scoring.sources.files.document import DataPath, Document
from ami_scoring.sources.text.located_json import read_json

MAX_POSITIONS: Final = 500_000
"""Positions that a map may hold: the communes of a region have some tens of thousands once simplified for a screen."""
MOST_SAID: Final = 3
"""Findings of one code that are said of a map; the others are counted."""
CODE_KEYS: Final = ("code_insee", "insee", "insee_com", "codgeo", "com", "code")
"""The properties that may hold the INSEE code, capitals apart: the first that is there is read."""
_CODE: Final = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_DEPTHS: Final = {"Point": 0, "MultiPoint": 1, "Polygon": 2, "MultiPolygon": 3}
"""How many lists hold the positions of each kind of geometry."""


def load_contours(path: Path) -> tuple[tuple[Contour, ...], list[Finding]]:
    """Read a map; no commune where something is wrong with it."""
    data = read_bytes(path)
    if isinstance(data, Finding):
        return (), [data]
    text = decode(data, str(path))
    if isinstance(text, Finding):
        return (), [text]
    documents, findings = read_json(text, str(path))
    if not documents and [each.code for each in findings] == ["empty-file"] and text.strip():
        findings = []  # `[]` or `null` holds something, and no map
    if len(documents) != 1:
        return (), findings or [_layout(Location(str(path), 1))]
    reading = _Reading(documents[0])
    contours = tuple(reading.contours())
    found = [*findings, *reading.findings()]
    return ((), found) if found else (contours, [])


def _layout(where: Location) -> Finding:
    message = Message("Ce fichier n'est pas une carte : un objet GeoJSON « FeatureCollection » est attendu.")
    advice = Message("Exportez les communes au format GeoJSON (RFC 7946), en un seul fichier.")
    return Finding("map-layout", Severity.ERROR, message, where, advice)


class _Reading:
    """One file read feature by feature, with what is wrong on the way."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._said: dict[str, list[Finding]] = {}
        self._counts: Counter[str] = Counter()
        self._positions = 0

    def findings(self) -> Iterator[Finding]:
        """Give the first findings of each code, then how many more there are."""
        for code, said in self._said.items():
            yield from said
            more = self._counts[code] - len(said)
            if more:
                message = Message("Et {more} autres erreurs de la même sorte dans cette carte.", {"more": more})
                yield Finding(code, Severity.ERROR, message, said[-1].where)

    def contours(self) -> Iterator[Contour]:
        """Give the communes that can be read."""
        data = self._document.data
        features = data.get("features") if isinstance(data, dict) else None
        if not isinstance(data, dict) or data.get("type") != "FeatureCollection" or not isinstance(features, list):
            self._said["map-layout"] = [_layout(self._document.locate(()))]
            self._counts["map-layout"] = 1
            return
        for place, feature in enumerate(features):
            contour = self._contour(feature, ("features", place))
            if contour is not None:
                yield contour
            if self._positions > MAX_POSITIONS:
                said = {"most": MAX_POSITIONS}
                self._refuse(
                    "map-size",
                    "Cette carte a plus de {most} positions.",
                    said,
                    "Simplifiez les contours.",
                    ("features", place),
                )
                return

    def _contour(self, feature: Any, place: DataPath) -> Contour | None:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        code = _code_of(properties if isinstance(properties, dict) else {})
        if code is None:
            keys = ", ".join(f"« {key} »" for key in CODE_KEYS)
            self._refuse(
                "map-code",
                "Le code INSEE de cette commune ne se lit pas dans « properties ».",
                {},
                f"Donnez-le en cinq caractères, entre guillemets, sous l'un de ces noms : {keys}.",
                (*place, "properties"),
            )
            return None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in _DEPTHS:
            self._refuse(
                "map-geometry",
                "La commune {code} n'a ni contour ni point : Polygon, MultiPolygon, Point ou MultiPoint est attendu.",
                {"code": code},
                "Donnez-lui une géométrie, ou retirez-la de la carte.",
                (*place, "geometry"),
            )
            return None
        lists = _lists(geometry.get("coordinates"), _DEPTHS[kind])
        found = None if lists is None else [_positions(each) for each in lists]
        if found is None or not found or any(each is None for each in found):
            self._refuse(
                "map-coordinates",
                "Les coordonnées de la commune {code} ne sont pas des longitudes et des latitudes en degrés.",
                {"code": code},
                "Exportez la carte en WGS 84 (EPSG:4326) : des mètres (Lambert-93) ne sont pas lus.",
                (*place, "geometry", "coordinates"),
            )
            return None
        lines = tuple(tuple(each) for each in found if each)
        self._positions += sum(map(len, lines))
        if _DEPTHS[kind] < _DEPTHS["Polygon"]:
            return Contour(code, points=tuple(position for line in lines for position in line))
        return Contour(code, rings=lines)

    def _refuse(self, code: str, said: str, values: Mapping[str, object], advice: str, place: DataPath) -> None:
        self._counts[code] += 1
        known = self._said.setdefault(code, [])
        if len(known) < MOST_SAID:
            where = self._document.locate(place)
            known.append(Finding(code, Severity.ERROR, Message(said, values), where, Message(advice)))


def _code_of(properties: Mapping[str, Any]) -> str | None:
    folded = {str(key).casefold(): value for key, value in properties.items()}
    code = next((folded[key] for key in CODE_KEYS if key in folded), None)
    return code if isinstance(code, str) and _CODE.fullmatch(code) else None


def _lists(coordinates: Any, depth: int) -> list[list[Any]] | None:
    """Give the lists of positions; None where lists are not as deep as they should be."""
    if depth == 0:
        return [[coordinates]]
    if not isinstance(coordinates, list):
        return None
    if depth == 1:
        return [coordinates]
    found = [_lists(each, depth - 1) for each in coordinates]
    return None if None in found else [line for lines in found for line in lines or ()]


def _positions(line: list[Any]) -> list[Position] | None:
    """Read a list of positions; an altitude is left out. None where one is not on Earth."""
    found: list[Position] = []
    for each in line:
        if not isinstance(each, list) or len(each) < 2 or any(isinstance(one, (bool, str)) for one in each[:2]):
            return None
        try:
            longitude, latitude = float(each[0]), float(each[1])
        except (TypeError, ValueError, OverflowError):
            return None
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            return None
        found.append((longitude, latitude))
    return found or None
