"""The map of communes that the user gives shows without colour what a table says, and says what it does not hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.reports.workbook import pools

from ami_scoring.cli.app import run
from ami_scoring.domain.contours import Contour
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.page import communes, page
from ami_scoring.reports.page.communes import GRIDS, communes_of

from .browser import AXE, Browser, needs_browser

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "samples" / "candidatures"
SQUARE = ((1.0, 42.5), (1.2, 42.5), (1.2, 42.7), (1.0, 42.7), (1.0, 42.5))


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """Evaluate candidatures of five communes."""
    found = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, 60, seed=8, missing=0)
    moved = [
        one.scored._replace(
            entry=one.entry._replace(
                candidature=pools.candidature(
                    one.entry.reference,
                    implantation={"communes": [{"code_insee": f"0990{place % 5}", "nom": f"<b>Essai {place % 5}</b>"}]},
                )
            )
        )
        for place, one in enumerate(found.standings)
    ]
    return pools.evaluation_of(found.criteria, moved)


def test_each_commune_is_drawn_as_what_became_of_it_and_told_in_the_table(evaluation: Evaluation) -> None:
    contours = [
        Contour("09900", rings=(SQUARE,)),
        Contour("09901", points=((1.4, 42.6),)),
        Contour("09999", points=((1.3, 42.6),)),
    ]
    found = communes_of(evaluation, contours)
    assert found is not None
    kinds = {shape.said.partition(" : ")[0]: shape.kind for shape in found.shapes}
    first = found.tallies[0]
    assert kinds[first.label] == ("plein" if first.selected else "hachure" if first.reserve else "vide")
    assert kinds["09999"] == "absent"
    assert len(found.tallies) == 5
    assert sum(each.many for each in found.tallies) == len(evaluation.standings)
    assert [name[-6:-1] for name in found.absent] == ["09902", "09903", "09904"]


def test_outlines_too_small_for_the_drawing_become_points(evaluation: Evaluation) -> None:
    tiny = tuple((longitude / 1e6, latitude) for longitude, latitude in SQUARE[:2])
    found = communes_of(evaluation, [Contour("09900", rings=(SQUARE,)), Contour("09901", rings=(tiny,))])
    assert found is not None
    assert [bool(shape.outline) for shape in found.shapes] == [True, False]
    assert len(found.shapes[1].points) == 1


def test_a_heavy_map_is_drawn_coarser_then_only_where_someone_applied(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    contours = [Contour(f"09{number:03}", rings=(SQUARE,)) for number in range(800, 1_000)]
    whole = communes_of(evaluation, contours)
    monkeypatch.setattr(communes, "MOST_CHARACTERS", 500)
    light = communes_of(evaluation, contours)
    assert whole is not None
    assert light is not None
    assert (len(whole.shapes), len(light.shapes)) == (200, 5)
    assert light.width < whole.width <= GRIDS[0] * 1.1


def test_a_map_without_any_commune_of_the_call_says_so(evaluation: Evaluation) -> None:
    found = communes_of(evaluation, [Contour("75056", points=((2.3, 48.8),))])
    assert found is not None
    assert found.shapes == ()
    assert len(found.absent) == 5
    assert "Communes que la carte ne contient pas" in page(evaluation, lambda _: (), contours=[Contour("75056")])


def test_names_on_the_map_are_text(evaluation: Evaluation) -> None:
    text = page(evaluation, lambda _: (), contours=[Contour("09900", rings=(SQUARE,))])
    drawn = text.partition('<svg class="carte"')[2].partition("</figure>")[0]
    assert "&lt;b&gt;Essai 0&lt;/b&gt; (09900)" in drawn
    assert re.findall(r"<b>|\sstyle=", drawn) == []
    assert page(evaluation, lambda _: ()).count("carte") < text.count("carte")


@needs_browser
def test_the_map_of_a_page_breaks_no_rule_of_accessibility(
    evaluation: Evaluation, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    contours = [Contour("09900", rings=(SQUARE,)), Contour("09901", points=((1.4, 42.6),))]
    path.write_text(page(evaluation, lambda _: (), contours=contours), encoding="utf-8")
    assert browser.complaints is not None
    browser.open(path)
    assert browser.run("return document.querySelectorAll('.carte path, .carte circle').length") == 2
    assert browser.complaints == []
    if AXE.exists():
        assert browser.violations() == []


def _map(folder: Path, *features: Any) -> Path:
    path = folder / "carte.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


def test_the_command_draws_a_map_and_refuses_a_wrong_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["score", str(SAMPLES / "vague-1"), "-c", str(ROOT / "criteria.yaml"), "-q", "-o"]
    point = {"type": "Point", "coordinates": [1.5, 42.9]}
    good = _map(tmp_path, {"type": "Feature", "properties": {"code": "09122"}, "geometry": point})
    target = tmp_path / "page.html"
    run([*arguments, str(target), "--map", str(good)])
    assert '<svg class="carte"' in target.read_text(encoding="utf-8")
    wrong = _map(tmp_path, {"type": "Feature", "properties": {}, "geometry": point})
    assert run([*arguments, str(tmp_path / "autre.html"), "--map", str(wrong)]) != 0
    assert "map-code" in capsys.readouterr().err
    assert not (tmp_path / "autre.html").exists()


@pytest.mark.parametrize(
    ("output", "said"),
    [("page.csv", "--map ne concerne que la page"), ("carte.html", "est la carte à lire")],
)
def test_a_map_that_nothing_draws_or_that_would_be_lost_is_refused(
    output: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = tmp_path / "carte.html"
    card.write_text("{}", encoding="utf-8")
    code = run(["score", str(SAMPLES), "-q", "--map", str(card), "-o", str(tmp_path / output)])
    assert code == 2
    assert said in capsys.readouterr().err
