"""Ranks numbered otherwise than 1, 2, 2, 4: every output shows the same number, and says which numbering it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from shutil import copyfile

import pytest
from tests.reports.workbook import engines

from .door import CRITERIA, Ami, Apply, Write, read

LETTERHEAD = Path(__file__).parents[2] / "samples" / "courriers.yaml"
SHOWN = {"competition": ["1", "2", "2", "4"], "dense": ["1", "2", "2", "3"], "average": ["1", "2,5", "2,5", "4"]}
SAID = {"dense": "Rangs sans trous (1, 2, 2, 3)", "average": "Rangs moyens (1 ; 2,5 ; 2,5 ; 4)"}
LEGEND = {"dense": "rangs sans trous : 1, 2, 2, 3", "average": "rangs moyens : 1 ; 2,5 ; 2,5 ; 4"}
COUNTED = "comptés comme 1, 2, 2, 4"
each = pytest.mark.parametrize("how", SAID)


@pytest.fixture
def four(apply: Apply) -> None:
    """Four candidatures of which two are equal; of the last, an answer is missing that counts for nothing."""
    apply("A-1", more="locaux: {bureaux: 1}\n")
    apply("A-2", code="09002", more="locaux: {bureaux: 0}\n")
    apply("A-3", code="09002", more="locaux: {bureaux: 0}\n")
    apply("A-4", code="31001")


def numbered(write: Write, how: str, name: str = "criteria.yaml") -> None:
    write(name, f"{CRITERIA}ranking: {{ranks: {how}}}\n")


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("how", SHOWN)
def test_flat_tables_show_it_and_keep_the_rank_of_places(how: str, ami: Ami, write: Write) -> None:
    numbered(write, how)
    for kind, delimiter, mark in (("tsv", "\t", "."), ("csv", ";", ",")):
        rows = list(
            csv.DictReader(
                io.StringIO(ami("score", "candidatures", "-f", kind).out.lstrip("\ufeff")), delimiter=delimiter
            )
        )
        assert [row["rang"].replace(mark, ",") for row in rows] == SHOWN[how]
        if how == "competition":
            assert "rang_compétition" not in rows[0]
        else:
            assert [row["rang_compétition"] for row in rows] == ["1", "2", "2", "4"]
        assert [(row["rang_min"], row["rang_max"]) for row in rows] == [("1", "1"), ("2", "3"), ("2", "3"), ("2", "4")]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("how", SHOWN)
def test_json_shows_it_and_keeps_the_rank_of_places(how: str, ami: Ami, write: Write) -> None:
    numbered(write, how)
    found = read(ami("score", "candidatures", "-f", "json"))
    assert [str(one["rank"]).replace(".", ",") for one in found["ranking"]] == SHOWN[how]
    assert [one.get("rank_competition") for one in found["ranking"]] == (
        [None] * 4 if how == "competition" else [1, 2, 2, 4]
    )
    assert found["criteria"].get("ranks", "competition") == how


@pytest.mark.usefixtures("four")
@each
def test_lists_for_people_show_it_and_say_which_it_is(how: str, ami: Ami, write: Write) -> None:
    numbered(write, how)
    listed = ami("score", "candidatures", "-f", "list").out
    assert [line.split()[0] for line in listed.splitlines()[1:5]] == SHOWN[how]
    assert SAID[how] in listed
    table = ami("score", "candidatures", "-f", "table").out
    assert [line.split()[0] for line in table.splitlines() if " A-" in line][:4] == SHOWN[how]
    assert f"{LEGEND[how]} (rangs possibles {COUNTED})" in plain(table)
    page = ami("score", "candidatures", "-f", "markdown").out
    assert [line.split("|")[1].split()[0] for line in page.splitlines() if "| A-" in line] == SHOWN[how]
    assert SAID[how] in page


@pytest.mark.usefixtures("four")
def test_without_anything_open_the_legend_says_nothing_of_possible_ranks(ami: Ami, write: Write, apply: Apply) -> None:
    numbered(write, "dense")
    apply("A-4", code="31001", more="locaux: {bureaux: 0}\n")
    table = plain(ami("score", "candidatures", "-f", "table").out)
    assert LEGEND["dense"] in table
    assert "rangs possibles" not in table


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(("how", "kept"), [("competition", 3), ("dense", 4), ("average", 3)])
def test_the_first_ranks_are_those_that_are_shown(how: str, kept: int, ami: Ami, write: Write) -> None:
    numbered(write, how)
    assert len(read(ami("score", "candidatures", "-f", "json", "--top", "3"))["ranking"]) == kept
    assert ami("score", "candidatures", "-f", "tsv", "--top", "3").out.count("\tA-") == kept


@pytest.mark.usefixtures("four")
@each
def test_an_explanation_begins_with_it(how: str, ami: Ami, write: Write) -> None:
    numbered(write, how)
    told = plain(ami("explain", "candidatures", "A-2").out)
    assert f"Rang {SHOWN[how][1]} ({LEGEND[how]}), à égalité avec A-3 (possible : de 2 à 3, {COUNTED})" in told


@pytest.mark.usefixtures("four")
@each
def test_two_policies_are_compared_by_the_ranks_that_they_show(how: str, ami: Ami, write: Write) -> None:
    numbered(write, how, "nouveau.yaml")
    ran = ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures")
    assert "Numéros des rangs\n  Après une égalité : 1, 2, 2, 4 (" in ran.out
    moved = "A-2 Commune de A-2 : rang 2 → 2,5" if how == "average" else "A-4 Commune de A-4 : rang 4 → 3"
    assert moved in ran.out
    moves = read(ami("diff", "criteria.yaml", "nouveau.yaml", "candidatures", "-f", "json"))["moves"]
    assert {one["reference"]: one["after"]["rank"] for one in moves} == (
        {"A-2": 2.5, "A-3": 2.5} if how == "average" else {"A-4": 3}
    )


@pytest.mark.usefixtures("four")
@each
def test_papers_tell_it_with_its_numbering(how: str, ami: Ami, write: Write) -> None:
    numbered(write, how)
    copyfile(LETTERHEAD, "courriers.yaml")
    ran = ami("papers", "candidatures", "-o", "papiers", "--format", "txt")
    assert ran.code == 0, ran.err
    papers = {path.stem: plain(path.read_text(encoding="utf-8")) for path in Path("papiers").rglob("*.txt")}
    rank = "2e rang, à égalité" if how == "dense" else "rang 2,5, à égalité"
    assert f"{rank} ({LEGEND[how]})" in papers["A-2"]
    assert f"{rank} ({LEGEND[how]})" in papers["fiches"]
    assert f"au 3e rang ({COUNTED})" in papers["A-2"]
    assert all(SAID[how] in papers[name] for name in ("proces-verbal", "rapport"))
    assert "Comment les rangs se numérotent" in papers["regles"]


@pytest.mark.usefixtures("four")
@each
def test_the_study_of_weights_says_that_its_ranks_are_counted_as_usual(how: str, ami: Ami, write: Write) -> None:
    assert COUNTED not in plain(ami("robustness", "candidatures").out)
    numbered(write, how)
    assert f"Ces rangs sont {COUNTED}." in plain(ami("robustness", "candidatures").out)


@pytest.mark.usefixtures("four")
@each
def test_the_workbook_shows_it_on_each_sheet_and_says_which_it_is(how: str, ami: Ami, write: Write) -> None:
    numbered(write, how)
    assert ami("score", "candidatures", "-o", "r.xlsx").code == 0
    ranking = engines.values(Path("r.xlsx"), "Classement")
    assert [str(row[0]).replace(".", ",") for row in ranking[6:10]] == SHOWN[how]
    said = {
        "Classement": SAID[how],
        "Critères": SAID[how],
        "Traçabilité": f"partagent leur rang. {SAID[how]}",
        "À compléter": f"Les rangs possibles sont {COUNTED}.",
    }
    for name, words in said.items():
        cells = (str(cell) for row in engines.values(Path("r.xlsx"), name) for cell in row)
        assert any(words in plain(text) for text in cells), name
    for name, heading in (("Décisions", "Rang évalué"), ("Notes", "Rang"), ("Détail", "Rang évalué")):
        rows = engines.values(Path("r.xlsx"), name)
        place = next(row.index(heading) for row in rows if heading in row)
        found = {row[place] for row in rows if any(str(cell).startswith("A-") for cell in row)}
        assert {str(rank).replace(".", ",") for rank in found} == {*SHOWN[how]}, name


@pytest.mark.usefixtures("four")
@each
def test_the_page_says_which_it_is(how: str, ami: Ami, write: Write) -> None:
    numbered(write, how)
    assert ami("score", "candidatures", "-o", "r.html").code == 0
    page = plain(Path("r.html").read_text(encoding="utf-8"))
    assert f'"ranks": "{how}"' in page or f'"ranks":"{how}"' in page
    assert SAID[how] in page
