"""The shortlist on a terminal: whole screens, and what no file may do to them.

The screens under `screens/` are compared to the character. After a change that is meant, look at what changes in
`git diff` once they are written again by:

    PYTHONPATH=src python tests/reports/test_terminal.py
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from pathlib import Path
from typing import Any, Final

import pytest
from rich.cells import cell_len
from rich.console import Console

from ami_scoring import Evaluation, evaluate
from ami_scoring.domain.standings import Standing
from ami_scoring.reports.terminal import shortlist
from ami_scoring.reports.terminal.columns import ranking_columns
from ami_scoring.reports.terminal.glyphs import FULL
from ami_scoring.reports.terminal.grid import DROP_ORDER, Cell, Column, fit
from ami_scoring.scoring.words.reasons import missing_items

SCREENS = Path(__file__).with_name("screens")

CRITERIA = """\
language: 1
call:
  title: Appel « Essai » [bold]2022[/bold]
  edition: "3"
  authority: Syndicat d'essai
total: 60
decimals: 2
waves:
  - {id: v1, label: Vague 1, closes: 2021-11-30, zoning: zones.csv}
  - {id: v2, label: Vague 2, closes: 2022-02-28, zoning: zones.csv}
eligibility:
  - {id: gers, label: La commune n'est pas dans le Gers, reference: art. 1,
     require: {fact: implantation.departement, not_in: ["32"]}}
criteria:
  - id: zonage
    label: Zonage
    weight: 30
    rule: {kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}
  - id: locaux
    label: Locaux et calendrier de leur disponibilité
    weight: 20
    rule: {kind: linear, fact: locaux.surface_m2, knots: [{at: 0, points: 0}, {at: 200, points: 20}]}
  - id: medecins
    label: Médecins
    weight: 10
    rule: {kind: per_unit, fact: medecins_interesses.nombre, points: 2.5, at_most: 10}
    if_missing: zero
selection: {places: PLACES, reserve: 2, minimum: 20, thresholds: [{criterion: locaux, share: 0.25}]}
"""
ZONES = """\
code,type,zone,edition,source
09901,commune,ZIP,2018,ARS
34905,commune,ZAC,2018,ARS
66903,commune,ZAR,2018,ARS
"""
ZIP, ZAC, ZAR, GERS, UNKNOWN = "09901", "34905", "66903", "32901", "11902"


def candidature(
    reference: str,
    commune: str,
    *,
    surface: int | None = 100,
    doctors: int | None = 2,
    deposit: str = "2021-11-20",
    name: str = "Bourg-Inventé",
    applicant: str = "",
) -> str:
    """Write one candidature file; without an applicant, one that nobody else is."""
    applicant = applicant or f"Mairie de {reference}"
    lines = [
        f"reference: {reference}",
        f"depose_le: {deposit}",
        f'porteur: {{nom: "{applicant}"}}',
        f'implantation: {{communes: [{{code_insee: "{commune}", nom: "{name}"}}]}}',
    ]
    if surface is not None:
        lines.append(f"locaux: {{surface_m2: {surface}}}")
    if doctors is not None:
        each = "{nom: Docteur Secret, preuve: lettre}"
        lines.append(f"medecins_interesses: [{', '.join([each] * doctors)}]")
    return "\n".join(lines) + "\n"


FILES = {
    "01.yaml": candidature("E-01", ZIP, surface=190, doctors=4),
    "02.yaml": candidature("E-02", ZIP, surface=45, doctors=4),
    "03.yaml": candidature(
        "E-03",
        ZIP,
        surface=175,
        name="Château-sur-Lèze-le-Très-Long-Nom",
        applicant="Communauté de communes de la Lèze",
    ),
    "04.yaml": candidature("E-04", ZAC, surface=123, doctors=3, deposit="2022-02-10"),
    "05.yaml": candidature("E-05", ZAC, surface=123, doctors=3, deposit="2022-02-11"),
    "06.yaml": candidature("E-06", ZAC, surface=90, doctors=None),
    "07.yaml": candidature("E-07", ZAR, surface=180, doctors=1, deposit="2022-02-12"),
    "08.yaml": candidature("E-08", ZAR, surface=60, doctors=0),
    "09.yaml": candidature("E-09", ZIP, surface=None, doctors=1),
    "10.yaml": candidature("E-10", UNKNOWN, surface=150, deposit="2022-02-20"),
    "11.yaml": candidature("E-11", GERS),
    "12.yaml": candidature("E-12", ZIP, deposit="2022-03-01"),
    "13.yaml": "reference: [jamais fermé\n",
    "14.yaml": "depose_le: 2022-01-01\n",
}


def evaluation(files: dict[str, str] = FILES, *, places: int = 3, wave: str | None = None) -> Evaluation:
    """Evaluate files written to a folder of their own, by relative paths, so that no screen tells where it was made."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("criteria.yaml").write_text(CRITERIA.replace("PLACES", str(places)), encoding="utf-8")
        Path("zones.csv").write_text(ZONES, encoding="utf-8")
        Path("candidatures").mkdir()
        for name, text in files.items():
            Path("candidatures", name).write_text(text, encoding="utf-8")
        return evaluate([Path("candidatures")], Path("criteria.yaml"), wave=wave)


def screen(found: Evaluation, width: int, *, top: int | None = None, ascii_only: bool = False) -> str:
    """Print a shortlist as a terminal without colours would."""
    return _printed(Console(width=width, file=io.StringIO(), color_system=None), found, top=top, ascii_only=ascii_only)


def _printed(console: Console, found: Evaluation, *, top: int | None = None, ascii_only: bool = False) -> str:
    console.print(shortlist(found, console.width, top=top, ascii_only=ascii_only))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


GOLDEN: Final[dict[str, dict[str, Any]]] = {
    "40": {"width": 40},
    "80": {"width": 80},
    "120": {"width": 120},
    "200": {"width": 200},
    "100-ascii": {"width": 100, "ascii_only": True},
    "80-top-2": {"width": 80, "top": 2},
}


def golden(name: str) -> str:
    """Draw one of the screens that are kept."""
    return screen(evaluation(), **GOLDEN[name])


@pytest.mark.parametrize("name", GOLDEN)
def test_whole_screen(name: str) -> None:
    expected = (SCREENS / f"shortlist-{name}.txt").read_text(encoding="utf-8")

    assert golden(name) == expected


EXAMPLES = Path(__file__).parents[2] / "examples"


def example(name: str, width: int = 120) -> str:
    folder = EXAMPLES / name
    marks = [path for path in [folder / "avis.yaml"] if path.exists()]
    found = evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=marks)
    return screen(found, width).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "name", ["creche-pessac", "autonomie-aggir", "permutations-premier-degre", "indice-composite", "meubles-tourisme"]
)
def test_no_maximum_is_shown_where_none_is_announced(name: str) -> None:
    assert "/0" not in example(name)


def test_what_each_gets_of_a_budget_stands_beside_its_total() -> None:
    shown = example("agriculture-enveloppes")
    assert "Accordé" in shown
    assert "40,00    35 000   ● acquise" in shown
    assert "budget : 100 000 € accordés sur 100 000 €" in shown


def test_admitting_more_than_there_is_does_not_read_as_an_overspend() -> None:
    assert "budget : 28 000 000 € admis, au plus près de 3 fois 10 000 000 €" in example("horizon-europe-etape-1")


def test_where_a_budget_is_enough_for_all_it_is_said_and_no_minimum_is_drawn() -> None:
    shown = " ".join(example("festivals-de-village").split())
    assert "les demandes (19 000 €) ne dépassent pas le budget (20 000 €) : toutes les candidatures recevables" in shown
    assert "minimum : 40" not in shown


@pytest.mark.parametrize(
    ("name", "reference", "reason"),
    [
        ("horizon-europe-etape-1", "H1-05", "« Impact » : note de 3,5, il en faut au moins 4"),
        (
            "horizon-europe-etape-1",
            "H1-04",
            "limite au total de 8,5 : 28 000 000 demandés, plus près de 30 000 000 que 33 000 000 avec le total de 8",
        ),
        ("indice-composite", "IC-06", "place garantie : Écoles à indice socio-économique faible"),
    ],
)
def test_a_status_that_the_rank_does_not_explain_has_its_reason_under_it(
    name: str, reference: str, reason: str
) -> None:
    lines = example(name).splitlines()
    under = next(place for place, line in enumerate(lines) if reference in line) + 1
    assert lines[under].strip() == f"↳ {reason}"


def test_a_reserve_list_that_is_not_full_says_how_long_it_may_be() -> None:
    assert "fin de la liste de réserve : 1 candidature (2 au plus)" in example("indice-composite")


def test_places_without_a_number_are_said_so() -> None:
    assert "── toutes celles qui passent : 6 retenues ──" in example("autonomie-aggir")


def test_where_the_score_never_decides_the_result_and_the_limit_say_who_does() -> None:
    said = example("residence-artistes")
    assert said.count("La note ne décide d'aucune place : le comité délibère") == 2
    assert "3 à délibérer" in said


def test_thousands_of_places_are_grouped(tmp_path: Path) -> None:
    root, policy = EXAMPLES / "autonomie-aggir", tmp_path / "criteria.yaml"
    policy.write_text((root / "criteria.yaml").read_text("utf-8").replace("places: all", "places: 1000"), "utf-8")
    said = re.sub(r"\s", " ", screen(evaluate([root / "candidatures"], policy), 120))
    assert "limite : 1 000 places, 6 attribuées" in said


def test_everything_that_could_change_a_mark_is_asked_for() -> None:
    root = EXAMPLES.parent
    found = evaluate([root / "samples/candidatures"], root / "criteria.yaml", wave="vague-4")
    said = re.sub(r"\s+", " ", screen(found, 120))
    standing = next(one for one in found.standings if one.entry.reference == "AMI-V4-08")
    items = missing_items(standing.scored, found.criteria)
    assert len(items) == 3
    assert f"il manque : {', '.join(items)}" in said


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("width", range(40, 221, 5))
def test_no_line_is_wider_than_the_screen(width: int, ascii_only: bool) -> None:
    lines = screen(evaluation(), width, ascii_only=ascii_only).splitlines()

    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_colour_says_nothing_that_words_do_not() -> None:
    found = evaluation()
    coloured = _printed(Console(width=120, file=io.StringIO(), force_terminal=True, color_system="truecolor"), found)

    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == screen(found, 120)


def test_what_stands_on_a_screen_stands_on_any_wider_one() -> None:
    found = evaluation()
    columns = ranking_columns(found, found.standings, FULL)
    shown: set[str] = set()
    for width in range(40, 240):
        grid = fit(columns, width, FULL)
        wider = {column.column.key for column in grid.columns} | ({"ranges"} if grid.ranges else set())
        assert shown <= wider
        shown = wider


def test_columns_are_dropped_in_the_order_that_is_stated() -> None:
    found = evaluation()
    columns = ranking_columns(found, found.standings, FULL)
    grants = Column("granted", ("Accordé", "€"), [Cell("10 000") for _ in found.standings], figures=True)
    columns.insert(-1, grants)
    first_without: dict[str, int] = {}
    for width in range(fit(columns, 1000, FULL).width, 20, -1):
        grid = fit(columns, width, FULL)
        kept = {fitted.column.key for fitted in grid.columns}
        kept |= {name for name, is_kept in (("bars", grid.bar > 0), ("ranges", grid.ranges)) if is_kept}
        assert {"rank", "reference", "total", "status"} <= kept
        for name in set(DROP_ORDER[:-1]) - kept:
            first_without.setdefault(name, width)

    assert sorted(first_without, key=first_without.__getitem__, reverse=True) == list(DROP_ORDER[:-1])


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize(
    "name",
    [
        "SCOP [/] x",
        "[link=https://a.example]x[/link]",
        "\x1b[31mx\x1b[0m",
        "a\u202eb",
        "a\tb\nc\rd",
        "\udcff",
        ":smile:",
        "[bold",
    ],
)
def test_a_name_is_only_ever_text(name: str, width: int, ascii_only: bool) -> None:
    shown = screen(renamed(evaluation(), name), width, ascii_only=ascii_only)

    assert not set("\x1b\t\r\u202e\udcff") & set(shown)
    assert "☺" not in shown
    if width == 200 and name.isprintable():
        assert name in shown


def test_a_path_is_only_ever_text() -> None:
    shown = screen(evaluation({"[red]\x1b[31m.yaml": "depose_le: 2022-01-01\n", **FILES}), 120)

    assert "candidatures/[red]\\x1b[31m.yaml" in shown


def test_no_doctor_is_named() -> None:
    assert "Secret" not in screen(evaluation(), 200)


@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_reference_is_never_cut(width: int) -> None:
    reference = "R" + "0123456789" * 6 + "-FIN"
    shown = screen(evaluation({"1.yaml": candidature(reference, ZIP), "2.yaml": candidature("R-2", ZIP)}), width)

    assert reference in shown.replace("\n", "")


def test_two_references_never_look_alike_in_ascii() -> None:
    files = {"1.yaml": candidature("É-1", ZIP, applicant="Une"), "2.yaml": candidature("E-1", ZIP, applicant="Autre")}
    shown = screen(evaluation(files), 100, ascii_only=True)

    assert "\\xc9-1" in shown
    assert " E-1 " in shown


@pytest.mark.parametrize("width", [40, 80, 200])
def test_ascii_only_means_every_character(width: int) -> None:
    assert screen(evaluation(), width, ascii_only=True).isascii()


def test_a_tie_across_the_cut_is_said_where_it_falls() -> None:
    lines = screen(evaluation(places=3), 80).splitlines()
    cut = next(place for place, line in enumerate(lines) if "limite : 3 places, 2 attribuées" in line)

    assert lines[cut + 1].strip() == "2 ex æquo pour la dernière place : au comité de les départager"
    assert "E-02" in "".join(lines[:cut])
    assert [("=" in line, "réserve" in line) for line in lines[cut + 2 : cut + 4]] == [(True, True)] * 2


def test_the_cut_is_a_plain_line_when_nothing_contests_it() -> None:
    shown = screen(evaluation(places=4), 80)

    assert "── limite : 4 places ──" in shown
    assert "départager" not in shown


def test_a_rank_that_earns_no_place_says_why() -> None:
    lines = screen(evaluation(), 120).splitlines()
    row = next(place for place, line in enumerate(lines) if "E-02" in line)

    assert "non retenue" in lines[row]
    assert "il en faut au moins 5" in lines[row + 1]


@pytest.mark.parametrize(("top", "rows"), [(None, 8), (0, 0), (2, 2), (8, 8), (99, 8)])
def test_top_limits_the_ranked_rows_and_says_so(top: int | None, rows: int) -> None:
    shown = screen(evaluation(), 120, top=top)

    assert len(re.findall(r"^ +\d+ (=| | *\()", shown, re.MULTILINE)) == rows
    assert ("montrée" in shown) == (rows < 8)
    assert "E-09" in shown


def test_counts_add_up_to_what_was_read() -> None:
    found = evaluation()
    total, *parts = map(int, re.findall(r"(\d+) [a-zà-é']", screen(found, 200).splitlines()[-1]))

    assert total == found.read == sum(parts) == len(FILES)


def test_other_waves_are_listed_by_wave() -> None:
    shown = screen(evaluation(wave="v2"), 120)

    assert "Vague 2, close le 28 février 2022" in shown
    assert "   Vague 1 : E-01, E-02, E-03, E-06, E-08, E-09, E-11\n" in shown


def test_a_policy_without_zoning_has_no_zone_column() -> None:
    found = evaluation()
    without = ranking_columns(found, [], FULL)

    assert "zone" in {column.key for column in ranking_columns(found, found.standings, FULL)}
    assert "zone" not in {column.key for column in without}


def test_nothing_to_rank_is_said() -> None:
    shown = screen(evaluation({"1.yaml": candidature("E-1", GERS)}), 80)

    assert "Aucune candidature à classer." in shown
    assert "1 inéligible" in shown


def renamed(found: Evaluation, name: str) -> Evaluation:
    """Give every candidature a hostile name, whatever the sources would have refused."""

    def hostile(standing: Standing) -> Standing:
        read = standing.entry.candidature
        commune = read.place.main_commune.model_copy(update={"name": name})
        place = read.place.model_copy(update={"communes": [commune]})
        changed = {"applicant": read.applicant.model_copy(update={"name": name}), "place": place}
        entry = standing.entry._replace(candidature=read.model_copy(update=changed))
        return standing._replace(scored=standing.scored._replace(entry=entry))

    return found._replace(standings=tuple(map(hostile, found.standings)))


if __name__ == "__main__":
    for each in GOLDEN:
        (SCREENS / f"shortlist-{each}.txt").write_text(golden(each), encoding="utf-8", newline="\n")
