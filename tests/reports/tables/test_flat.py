"""Flat tables: complete, safe to open in a spreadsheet, the same whatever the order of files; every format alike."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring import Evaluation, __version__, evaluate
from ami_scoring.messages import printable
from ami_scoring.reports import tables
from ami_scoring.reports.tables import cells, parts
from ami_scoring.reports.tables.cells import csv_cells
from ami_scoring.reports.tables.rows import _SPACES, one_line
from ami_scoring.scoring.marks import remembering
from ami_scoring.scoring.words import reasons
from ami_scoring.scoring.words.reasons import standing_reasons

from .small_call import CRITERIA, Call, candidature, zoned

FIXED = (
    "rang rang_min rang_max référence porteur commune code_insee département vague zone | "
    "total total_exact total_min total_max statut place dépend_de motifs "
    "fichier ligne sha256 critères_édition critères_sha256 zonage_édition zonage_sha256 version avertissement"
)


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


SIGNS = [chr(code) for code in range(0x3100) if chr(code).isspace()] + [
    "\u200b",
    "\ufeff",
    "\ud800",
    "é",
    "a",
    "«",
    "»",
]
"""Every space that there is, and some letters and marks."""


@given(st.one_of(st.text(), st.lists(st.sampled_from(SIGNS)).map("".join)))
def test_a_text_that_holds_only_single_spaces_is_left_as_it_is(text: str) -> None:
    if not (text.isascii() and text.isprintable()):
        assert one_line(text) == printable(_SPACES.sub(" ", text).strip())


# TSV ------------------------------------------------------------------------------------------------------------------


def test_a_tsv_has_one_line_for_each_candidature_whatever_became_of_it(four: Evaluation) -> None:
    rows = records(tables.tsv(four))
    assert [(row["rang"], row["référence"], row["total"], row["statut"]) for row in rows] == [
        ("1", "A-1", "43.33", "retenue"),
        ("2", "A-2", "24.67", "non retenue"),
        ("", "A-3", "", "à compléter"),
        ("", "A-4", "", "inéligible"),
    ]
    assert rows[3]["motifs"] == "condition non remplie : Le porteur est une commune"
    assert rows[3]["porteur"] == "Clinique"


def test_the_columns_are_those_documented_with_bounds_only_where_something_is_open(four: Evaluation) -> None:
    before, after = FIXED.split(" | ")
    expected = [*before.split(), "zonage", "zonage_min", "zonage_max", "bureaux", *after.split()]
    assert tables.tsv(four, grounds=True).splitlines()[0].split("\t") == expected
    assert tables.tsv(four).splitlines()[0].split("\t") == expected[: expected.index("critères_édition")]


def test_what_is_open_leaves_its_points_empty_and_says_its_bounds(four: Evaluation) -> None:
    held = records(tables.tsv(four))[2]
    assert [held[name] for name in ("rang_min", "rang_max", "zone", "zonage", "zonage_min", "zonage_max")] == [
        *("1", "3", "", "", "0.00", "30.00")
    ]
    assert (held["total_min"], held["total_max"]) == ("13.33", "43.33")
    assert "09003" in held["motifs"]


def test_exact_totals_stand_beside_rounded_ones(four: Evaluation) -> None:
    assert [row["total_exact"] for row in records(tables.tsv(four))] == ["130/3", "74/3", "", ""]


def test_each_row_carries_where_it_comes_from_and_where_asked_what_all_of_them_rest_on(four: Evaluation) -> None:
    rows = records(tables.tsv(four, grounds=True))
    first = rows[0]
    assert first["fichier"] == os.path.join("dossiers", "A-1.json")  # noqa: PTH118 - as the system writes it
    for name, path in (("sha256", first["fichier"]), ("critères_sha256", "criteria.yaml"), ("zonage_sha256", "z.csv")):
        assert first[name] == sha256(Path(path).read_bytes()).hexdigest()
    assert (first["critères_édition"], first["zonage_édition"], first["version"]) == ("2026", "avril 2022", __version__)
    assert {row["avertissement"] for row in rows} == {"Les poids sont des hypothèses."}


def test_top_leaves_out_later_ranks_but_neither_equals_nor_what_has_no_rank(call: Call) -> None:
    low = candidature("B-3", implantation=zoned("09002"))
    held = candidature("B-4", implantation=zoned("09003"))
    aside = candidature("B-5", porteur={"nom": "Clinique", "type": "autre"})
    evaluation = call(candidature("B-1"), candidature("B-2"), low, held, aside)
    assert [row["référence"] for row in records(tables.tsv(evaluation, top=1))] == ["B-1", "B-2", "B-4", "B-5"]


def test_a_policy_that_never_reads_the_zoning_has_no_zone_column(call: Call) -> None:
    without = CRITERIA.replace("fact: zonage, points: {ZIP: 30, ZAC: 18}", "fact: porteur.type, points: {commune: 30}")
    assert "zone" not in records(tables.tsv(call(candidature("A-1"), criteria=without)))[0]


def test_a_call_without_zoning_or_notice_has_no_column_for_them(call: Call) -> None:
    without = CRITERIA.replace("fact: zonage, points: {ZIP: 30, ZAC: 18}", "fact: porteur.type, points: {commune: 30}")
    without = without.replace(", zoning: z.csv", "").replace(", notice: Les poids sont des hypothèses.", "")
    last = list(records(tables.tsv(call(candidature("A-1"), criteria=without), grounds=True))[0])[-3:]
    assert last == ["critères_édition", "critères_sha256", "version"]


def test_a_criterion_named_like_a_column_leaves_it_its_name(call: Call) -> None:
    row = records(tables.tsv(call(candidature("A-1"), criteria=CRITERIA.replace("id: bureaux", "id: total"))))[0]
    assert (row["total"], row["total_2"]) == ("43.33", "13.33")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("deux\tcolonnes", "deux colonnes"),
        ("deux\nlignes", "deux lignes"),
        ("deux\r\n  lignes", "deux lignes"),
        ("x" * 5000, "x" * 5000),
        ("L'Île\u00a0: «\u202fété\u202f»", "L'Île\u00a0: «\u202fété\u202f»"),
        ('"Les Pins" et "le Lac"', '"Les Pins" et "le Lac"'),
    ],
    ids=["tab", "line break", "CRLF", "long", "French spaces", "quotes"],
)
def test_a_tsv_cell_is_one_whole_line(call: Call, written: str, shown: str) -> None:
    text = tables.tsv(call(candidature("A-1", porteur={"nom": written, "type": "commune"})))
    assert records(text)[0]["porteur"] == shown
    assert text.count("\n") == 2
    assert "\r" not in text


def test_points_may_be_negative_and_without_decimals(call: Call) -> None:
    malus = CRITERIA.replace("otherwise: 0", "otherwise: -7").replace("ZIP: 30, ZAC: 18", "ZIP: 30, ZAC: -5/2")
    malus = malus.replace("weight: 30", "weight: 30\n    down_to: -7", 1)
    malus = malus.replace("-5/2", "-2.5").replace("total: 50", "total: 50\ndecimals: 0").replace("minimum: 10", "")
    evaluation = call(candidature("A-1", implantation=zoned("09002")), criteria=malus)
    assert records(tables.tsv(evaluation))[0]["zonage"] == "-3"
    assert ";-3;" in tables.csv(evaluation)


# CSV ------------------------------------------------------------------------------------------------------------------


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines(), delimiter=";"))


def test_a_csv_opens_in_a_french_excel(four: Evaluation) -> None:
    text = tables.csv(four)
    assert text.startswith("\ufeffrang;rang_min;")
    assert text.count("\r\n") == text.count("\n") == 5
    assert csv_rows(text)[1]["total"] == "24,67"


def test_a_csv_has_no_fraction_that_excel_would_take_for_a_date(four: Evaluation) -> None:
    assert "total_exact" not in csv_rows(tables.csv(four))[0]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("=A1&B1", "'=A1&B1"),
        ("+33 5 61 00 00 00", "'+33 5 61 00 00 00"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("Essai,=1+1", "Essai,'=1+1"),
        ("Essai; -1", "Essai; '-1"),
        ("Essai\n=1+1", "Essai =1+1"),
        ("Saint-Girons (a+b = c)", "Saint-Girons (a+b = c)"),
        ("2=2", "2=2"),
    ],
)
def test_no_text_of_a_csv_begins_a_formula(call: Call, written: str, shown: str) -> None:
    text = tables.csv(call(candidature("A-1", porteur={"nom": written, "type": "commune"})))
    assert csv_rows(text)[0]["porteur"] == shown


def test_a_reference_that_was_refused_begins_no_formula_either(call: Call) -> None:
    call(candidature("A-1"))
    Path("dossiers/A-1.json").write_text('{"reference": "=1+1"}', encoding="utf-8")
    (row,) = csv_rows(tables.csv(evaluate([Path("dossiers")], Path("criteria.yaml"))))
    assert (row["référence"], row["statut"]) == ("'=1+1", "illisible")


@given(st.text(st.sampled_from(" \";,|=+-'a\té\n\u00a0\u202f\u200b1"), max_size=8))
def test_a_csv_cell_is_written_as_the_standard_library_would(written: str) -> None:
    text = csv_cells(2).text(written)
    (read, after), page = next(csv.reader([f"{text};x"], delimiter=";")), StringIO()
    csv.writer(page, delimiter=";", lineterminator="").writerow([read, after])
    assert page.getvalue() == f"{text};x"


# What rows share ------------------------------------------------------------------------------------------------------


def test_what_rows_share_is_written_for_each_as_if_it_were_alone(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    several = [
        candidature(
            f"C-{place}",
            implantation=zoned(("09001", "09002", "09003")[place % 3]),
            locaux={} if place % 5 == 0 else {"bureaux": place % 4},
            porteur={"nom": f"« {place % 2} »", "type": "autre" if place % 7 == 0 else "commune"},
        )
        for place in range(24)
    ]
    evaluation = call(*several)
    together = [write(evaluation, grounds=True) for write in (tables.tsv, tables.csv)]
    for module in (parts, reasons, remembering):
        monkeypatch.setattr(module, "MOST_KEPT", 1)
    assert [write(evaluation, grounds=True) for write in (tables.tsv, tables.csv)] == together
    rows = records(together[0])
    assert len(rows) == 24
    for row, standing in zip(rows, evaluation.standings, strict=False):
        said = standing_reasons(standing, evaluation.criteria)
        assert row["motifs"] == " ; ".join(str(each).removesuffix(".") for each in said)
        assert row["total_exact"] == ("" if standing.card.total is None else str(standing.card.total))
        assert row["code_insee"] == standing.entry.candidature.place.main_commune.code_insee


# Every format ---------------------------------------------------------------------------------------------------------

EVERY = pytest.mark.parametrize("write", [tables.tsv, tables.csv, tables.markdown], ids=["tsv", "csv", "markdown"])
Write = Callable[[Evaluation], str]


@EVERY
def test_the_order_of_files_changes_no_byte(four: Evaluation, write: Write) -> None:
    files = sorted(Path("dossiers").iterdir())
    texts = {write(evaluate(order, Path("criteria.yaml"))) for order in (files, files[::-1], files[2:] + files[:2])}
    assert texts == {write(four)}


@EVERY
def test_a_call_where_nobody_can_be_ranked_still_has_its_table(call: Call, write: Write) -> None:
    text = write(call(candidature("A-4", porteur={"nom": "Clinique", "type": "autre"})))
    assert "Clinique" in text


@EVERY
def test_a_file_whose_name_cannot_be_decoded_is_told_apart_all_the_same(call: Call, write: Write) -> None:
    call(candidature("A-1"))
    try:
        Path("dossiers/A-1.json").rename("dossiers/\udce9t\u00e9.json")
    except OSError:
        pytest.skip("this system accepts no such name")
    text = write(evaluate([Path("dossiers")], Path("criteria.yaml")))
    assert "udce9t\u00e9.json" in text.encode("utf-8").decode("utf-8")


@EVERY
def test_what_a_terminal_would_obey_is_spelt_out(call: Call, write: Write) -> None:
    named = "Essai \x1b[31m \u202egnirts"
    text = write(call(candidature("A-1", porteur={"nom": named, "type": "commune"})))
    assert not set(text) & {"\x1b", "\u202e"}


@EVERY
def test_no_doctor_is_named(call: Call, write: Write) -> None:
    doctor = {"nom": "Dr Secret", "rpps": "10101010105", "preuve": "lettre", "temps_plein": 1}
    criteria = CRITERIA.replace("fact: locaux.bureaux", "fact: medecins_interesses.nombre")
    evaluation = call(
        candidature("A-1", medecins_interesses=[doctor], pieces=["Lettre du Dr Secret"]),
        candidature("A-2", medecins_interesses=[doctor | {"rpps": "10101010103"}]),
        candidature("A-3", medecins_interesses=[doctor], implantation=zoned("09003")),
        candidature("A-4", medecins_interesses=[doctor], porteur={"nom": "Clinique", "type": "autre"}),
        criteria=criteria,
    )
    text = write(evaluation)
    assert {standing.card.marks["bureaux"].mark for standing in evaluation.standings} == {1}
    assert "secret" not in text.casefold()
    assert "101010101" not in text


@given(st.text(st.sampled_from("aZ9 =+-@,;|\"'/é\t\u00a0＝."), max_size=6))
def test_a_text_with_nothing_that_a_spreadsheet_would_run_is_written_as_after_a_search(text: str) -> None:
    write = csv_cells(2).text
    assert write(text) == (cells._without_formula(text) if text else "")
