"""A map of communes is read whole, or refused with all that is wrong in it, at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ami_scoring.codes.catalogue import CODES
from ami_scoring.codes.maps import ENTRIES
from ami_scoring.sources.doors import contours
from ami_scoring.sources.doors.contours import MOST_SAID, load_contours

SQUARE = [[1.0, 42.5], [1.2, 42.5], [1.2, 42.7], [1.0, 42.7], [1.0, 42.5]]
POINT = {"type": "Point", "coordinates": [1.5, 42.9]}


def feature(code: Any, geometry: Any, key: str = "code_insee") -> dict[str, Any]:
    """Make a commune of a map."""
    return {"type": "Feature", "properties": {key: code}, "geometry": geometry}


def written(folder: Path, *features: Any) -> Path:
    """Write a map."""
    path = folder / "carte.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


@pytest.mark.parametrize("key", ["code_insee", "INSEE_COM", "codgeo", "code"])
def test_the_code_of_a_commune_is_read_under_its_usual_names(key: str, tmp_path: Path) -> None:
    (found,), findings = load_contours(written(tmp_path, feature("09901", POINT, key)))
    assert (found.code, found.points, found.rings, findings) == ("09901", ((1.5, 42.9),), (), [])


@pytest.mark.parametrize(
    ("geometry", "rings", "points"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE]}, 1, 0),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE, SQUARE]]}, 3, 0),
        ({"type": "MultiPoint", "coordinates": [[1, 42], [1.5, 43, 312.0]]}, 0, 2),
    ],
)
def test_outlines_and_points_are_read(geometry: Any, rings: int, points: int, tmp_path: Path) -> None:
    (found,), findings = load_contours(written(tmp_path, feature("2A004", geometry)))
    assert (len(found.rings), len(found.points), findings) == (rings, points, [])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (feature(9901, POINT), "map-code"),
        (feature("099", POINT), "map-code"),
        (feature("Essai", POINT, "nom"), "map-code"),
        ("rien", "map-code"),
        (feature("09901", None), "map-geometry"),
        (feature("09901", {"type": "LineString", "coordinates": SQUARE}), "map-geometry"),
        (feature("09901", {"type": ["Polygon"], "coordinates": [SQUARE]}), "map-geometry"),
        (feature("09901", {"type": "Point", "coordinates": [577_000, 6_200_000]}), "map-coordinates"),
        (feature("09901", {"type": "Point", "coordinates": ["1", "42"]}), "map-coordinates"),
        (feature("09901", {"type": "Point", "coordinates": [True, 42]}), "map-coordinates"),
        (feature("09901", {"type": "Point", "coordinates": [None, {}]}), "map-coordinates"),
        (feature("09901", {"type": "Point"}), "map-coordinates"),
        (feature("09901", {"type": "Polygon", "coordinates": SQUARE}), "map-coordinates"),
        (feature("09901", {"type": "Polygon", "coordinates": []}), "map-coordinates"),
        (feature("09901", {"type": "Polygon", "coordinates": [[]]}), "map-coordinates"),
        (feature("09901", {"type": "MultiPolygon", "coordinates": 3}), "map-coordinates"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_drawn(wrong: Any, code: str, tmp_path: Path) -> None:
    found, findings = load_contours(written(tmp_path, feature("09902", POINT), wrong))
    assert found == ()
    assert [each.code for each in findings] == [code]
    assert (findings[0].where.line or 0) >= 1
    assert code in CODES


@pytest.mark.parametrize("text", ['{"type": "Topology"}', "[]", "[1, 2]", "3", '{"type": "FeatureCollection"}'])
def test_what_is_no_map_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "carte.geojson"
    path.write_text(text, encoding="utf-8")
    found, findings = load_contours(path)
    assert found == ()
    assert {each.code for each in findings} <= {"map-layout", "empty-file"}
    assert findings


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{", None])
def test_what_cannot_be_read_is_a_finding(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "carte.geojson"
    if data is not None:
        path.write_bytes(data)
    found, findings = load_contours(path)
    assert found == ()
    assert findings


def test_the_same_mistake_many_times_is_counted(tmp_path: Path) -> None:
    found, findings = load_contours(written(tmp_path, *[feature(9901, POINT)] * 50, feature("09901", None)))
    assert found == ()
    assert [each.code for each in findings] == ["map-code"] * (MOST_SAID + 1) + ["map-geometry"]
    assert str(findings[MOST_SAID].message) == "Et 47 autres erreurs de la même sorte dans cette carte."


def test_a_map_with_too_many_positions_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contours, "MAX_POSITIONS", 2)
    path = written(tmp_path, *[feature(f"0990{number}", POINT) for number in range(4)])
    found, (finding,) = load_contours(path)
    assert (found, finding.code) == ((), "map-size")


@pytest.mark.parametrize("entry", [each for each in ENTRIES if each.wrong], ids=lambda entry: entry.code)
def test_each_code_is_shown_by_its_extract(entry: Any, tmp_path: Path) -> None:
    path = tmp_path / "carte.geojson"
    path.write_text(entry.wrong, encoding="utf-8")
    assert [each.code for each in load_contours(path)[1]] == [entry.code]
    path.write_text(entry.right, encoding="utf-8")
    assert load_contours(path)[1] == []


@pytest.mark.parametrize(
    ("text", "code"), [("[]", "map-layout"), ("null", "map-layout"), ("", "empty-file"), (" \n", "empty-file")]
)
def test_an_empty_list_is_no_map_rather_than_nothing(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "carte.geojson"
    path.write_text(text, encoding="utf-8")
    assert [each.code for each in load_contours(path)[1]] == [code]
