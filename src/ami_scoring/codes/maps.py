"""Codes of maps of communes, that only draw: a wrong place on a map would still mislead who looks at it."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

_RIGHT: Final = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"code_insee": "09901"},
   "geometry": {"type": "Point", "coordinates": [1.5, 42.9]}}]}"""

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "map-layout",
        "Le fichier n'est pas une carte GeoJSON.",
        "La page ne saurait pas où dessiner les communes.",
        '{"type": "Topology", "objects": {}}',
        _RIGHT,
        "json",
    ),
    Entry(
        "map-code",
        "Une commune de la carte n'a pas de code INSEE lisible.",
        "Un nom ne suffit pas : plusieurs communes portent le même. Sans guillemets, un zéro initial se perd.",
        _RIGHT.replace('"09901"', "9901"),
        _RIGHT,
        "json",
    ),
    Entry(
        "map-geometry",
        "Une commune de la carte n'a ni contour ni point.",
        "Elle manquerait sur le dessin sans que rien le dise.",
        _RIGHT.replace('{"type": "Point", "coordinates": [1.5, 42.9]}', "null"),
        _RIGHT,
        "json",
    ),
    Entry(
        "map-coordinates",
        "Des coordonnées ne sont pas des longitudes et des latitudes en degrés.",
        "Des mètres (Lambert-93) pris pour des degrés placeraient les communes hors du globe.",
        _RIGHT.replace("[1.5, 42.9]", "[577000, 6200000]"),
        _RIGHT,
        "json",
    ),
    Entry(
        "map-size",
        "La carte a trop de positions.",
        "Une page doit rester légère ; à l'écran, des contours simplifiés se dessinent pareil.",
    ),
)
