"""Flat tables: complete, safe to open in a spreadsheet and to paste in a page, the same whatever the order of files."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from hashlib import sha256
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ami_scoring import Evaluation, __version__, evaluate
from ami_scoring.reports import tables
from ami_scoring.reports.tables import parts
from ami_scoring.reports.tables.cells import csv_cells
from ami_scoring.scoring.marks import remembering
from ami_scoring.scoring.words import depends_on, reasons
from ami_scoring.scoring.words.closing import closing_sentences
from ami_scoring.scoring.words.reasons import standing_reasons

CRITERIA = """
language: 1
call: {title: Appel d'essai, edition: "2026", authority: Comité, notice: Les poids sont des hypothèses.}
total: 50
waves: [{id: v1, label: Vague 1, closes: 2021-11-30, zoning: z.csv}]
eligibility: [{id: type, label: Le porteur est une commune, require: {fact: porteur.type, is: commune}}]
criteria:
  - id: zonage
    label: Zonage
    weight: 30
    rule: {kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}
  - id: bureaux
    label: Bureaux de consultation
    short: Bureaux
    weight: 20
    out_of: 3
    rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 3}
selection: {places: 1, minimum: 10}
"""
ZONING = "code,type,zone,edition,source\n09001,commune,ZIP,avril 2022,s\n09002,commune,ZAC,avril 2022,s\n"
FIXED = (
    "rang rang_min rang_max référence porteur commune code_insee département vague zone | "
    "total total_exact total_min total_max statut place dépend_de motifs "
    "fichier ligne sha256 critères_édition critères_sha256 zonage_édition zonage_sha256 version avertissement"
)

Call = Callable[..., Evaluation]


def candidature(reference: str, **changes: Any) -> dict[str, Any]:
    return {
        "reference": reference,
        "depose_le": "2021-11-21",
        "porteur": {"nom": f"Commune {reference}", "type": "commune"},
        "implantation": {"communes": [{"code_insee": "09001", "nom": "Essai"}]},
        "locaux": {"bureaux": 2},
    } | changes


def zoned(code: str) -> dict[str, Any]:
    return {"communes": [{"code_insee": code, "nom": "Essai"}]}


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.chdir(tmp_path)

    def run(*candidatures: dict[str, Any], criteria: str = CRITERIA, zoning: str = ZONING) -> Evaluation:
        Path("criteria.yaml").write_text(criteria, encoding="utf-8")
        Path("z.csv").write_text(zoning, encoding="utf-8")
        folder = Path("dossiers")
        folder.mkdir(exist_ok=True)
        for one in candidatures:
            (folder / f"{one['reference']}.json").write_text(json.dumps(one), encoding="utf-8")
        return evaluate([folder], Path("criteria.yaml"))

    return run


FOUR = (
    candidature("A-1"),
    candidature("A-2", implantation=zoned("09002"), locaux={"bureaux": 1}),
    candidature("A-3", implantation=zoned("09003")),
    candidature("A-4", porteur={"nom": "Clinique", "type": "autre"}),
)


@pytest.fixture
def four(call: Call) -> Evaluation:
    return call(*FOUR)


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


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


# Markdown -------------------------------------------------------------------------------------------------------------


TWO_PLACES = CRITERIA.replace("places: 1", "places: 2")
PAGE = """\
# Appel d'essai

Comité

{closing}

## Classement

| Rang | Rang possible | Référence | Porteur     | Commune | Département | Zone | Zonage / 30 | Bureaux / 20 | Total / 50 | Statut              |
| ---: | ------------: | --------- | ----------- | ------- | ----------- | ---- | ----------: | -----------: | ---------: | ------------------- |
|    1 |             1 | A-1       | Commune A-1 | Essai   | 09          | ZIP  |       30,00 |        13,33 |      43,33 | retenue, acquise    |
|    2 |         2 à 3 | A-2       | Commune A-2 | Essai   | 09          | ZAC  |       18,00 |         6,67 |      24,67 | retenue, provisoire |

**Sélection.** Places : 2 ; attribuées : 2 ; dernier total retenu : 24,67 ; total minimal : 10,00.

## Places provisoires

- **A-2** (Commune A-2, Essai) : {need}

## À compléter

- **A-3** (Commune A-3, Essai) : rang possible 1 à 3, total possible 13,33 à 43,33 ; {missing}

## Écartées

- **A-4** (Clinique, Essai) : inéligible ; condition non remplie : Le porteur est une commune

## Provenance

- ami-scoring {version}
- critères, édition 2026 : criteria.yaml `{criteria}`
- zonage, édition avril 2022 : z.csv `{zoning}`

<details>
<summary>SHA-256 des fichiers de candidatures</summary>

- dossiers/A-1.json `{a1}`
- dossiers/A-2.json `{a2}`
- dossiers/A-3.json `{a3}`
- dossiers/A-4.json `{a4}`

</details>
"""  # noqa: E501 - a table is as wide as it is


def test_a_markdown_page_says_the_ranking_the_cut_what_is_aside_and_where_all_of_it_comes_from(call: Call) -> None:
    evaluation = call(*FOUR, criteria=TWO_PLACES)
    held = evaluation.standings[2]
    files = {"criteria": "criteria.yaml", "zoning": "z.csv", **{f"a{n}": f"dossiers/A-{n}.json" for n in (1, 2, 3, 4)}}
    assert tables.markdown(evaluation) == PAGE.format(
        closing="\n\n".join(str(sentence) for sentence in closing_sentences(evaluation)),
        missing="; ".join(str(reason) for reason in standing_reasons(held, evaluation.criteria)),
        need="; ".join(str(need) for need in depends_on(evaluation.standings[1])),
        version=__version__,
        **{name: sha256(Path(path).read_bytes()).hexdigest() for name, path in files.items()},
    )


def test_a_markdown_page_says_what_top_leaves_out(four: Evaluation) -> None:
    text = tables.markdown(four, top=1)
    assert "| A-2 " not in text
    assert "Ne sont montrés que les rangs 1 à 1 : 1 sur 2 candidatures classées." in text
    assert "**A-3**" in text
    assert "**A-4**" in text


SECOND_WAVE = "zoning: z.csv}, {id: v2, label: Vague 2, closes: 2022-02-28, zoning: z.csv}]"
TWO_WAVES = CRITERIA.replace("zoning: z.csv}]", SECOND_WAVE)


def test_a_markdown_page_names_the_only_wave_or_each_one(call: Call) -> None:
    late = candidature("A-2", depose_le="2022-01-15")
    every = tables.markdown(call(candidature("A-1"), late, criteria=TWO_WAVES))
    assert "| A-2       | Commune A-2 | Essai   | 09          | Vague 2 |" in every
    only = tables.markdown(evaluate([Path("dossiers")], Path("criteria.yaml"), wave="v1"))
    assert "\nComité — Vague 1, close le 30 novembre 2021\n" in only
    assert "| Vague " not in only


def test_a_markdown_page_gives_no_range_where_only_a_condition_waits(call: Call) -> None:
    text = tables.markdown(call(candidature("A-1", porteur={"nom": "Essai"})))
    assert "- **A-1** (Essai, Essai) : rang possible 1, total possible 43,33 ; condition à vérifier : " in text


def test_a_markdown_page_says_what_is_left_to_decide_and_who_waits(call: Call) -> None:
    reserve = CRITERIA.replace("places: 1", "places: 3, reserve: 2")
    assert (
        "**Sélection.** Places : 3 ; attribuées : 1 ; dernier total retenu : 43,33 ; total minimal : 10,00 ; "
        "places restantes : 2 ; liste de réserve : 2." in tables.markdown(call(candidature("A-1"), criteria=reserve))
    )


def test_where_every_candidature_that_passes_has_a_place_there_is_no_last_one(call: Call) -> None:
    text = tables.markdown(call(*FOUR, criteria=CRITERIA.replace("places: 1", "places: all")))
    assert "**Sélection.** Places : toutes celles qui passent ; attribuées : 2 ; total minimal : 10,00." in text


def html(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


@pytest.mark.parametrize(
    "written",
    [
        "Essai | 99 | retenue",
        r"Essai \| 99",
        "<b>gras</b>",
        "<img src=x>",
        "[cliquez](https://exemple.invalid)",
        "![image](https://exemple.invalid/a.png)",
        "<https://exemple.invalid>",
        "**gras** _italique_ ~~barré~~ `code`",
        "&lt;b&gt; &amp;",
        "# Titre",
        "- puce",
        "1. numéro",
        "> citation",
        "```",
        "$x$ #1 \\",
        "</details>",
    ],
)
def test_no_text_of_a_file_acts_as_markup(call: Call, written: str) -> None:
    named = {"nom": written, "type": "commune"}
    ranked = candidature("A-1", porteur=named)
    held = candidature("A-2", porteur=named, implantation=zoned("09003"))
    refused = candidature("A-3", porteur=named | {"type": "autre"}, implantation=zoned("09002"))
    evaluation = call(ranked, held, refused)
    page = html(tables.markdown(evaluation))
    plain = html(tables.markdown(call(ranked | {"porteur": {"nom": "Essai", "type": "commune"}}, held, held)))
    text = escape(" ".join(written.split()))
    assert f"<td>{text}</td>" in page
    assert f"<strong>A-2</strong> ({text}, Essai)" in page
    assert f"<strong>A-3</strong> ({text}, Essai)" in page
    assert page.count("<td") == plain.count("<td")


@pytest.mark.parametrize("written", ["https://exemple.invalid", "www.exemple.invalid", "a@exemple.invalid", "@equipe"])
def test_no_bare_address_or_mention_survives_for_a_forge_to_link(call: Call, written: str) -> None:
    text = tables.markdown(call(candidature("A-1", porteur={"nom": f"Voir {written}", "type": "commune"})))
    assert written not in text


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


EXAMPLES = Path(__file__).parents[2] / "examples"


def example_page(name: str) -> str:
    folder = EXAMPLES / name
    marks = [path for path in [folder / "avis.yaml"] if path.exists()]
    page = tables.markdown(evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=marks))
    return page.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_page_shows_no_maximum_where_none_is_announced() -> None:
    head = next(line for line in example_page("creche-pessac").splitlines() if line.startswith("|"))
    assert "/ 0" not in head
    assert "| Famille |" in head


def test_a_page_names_the_files_of_opinions_apart() -> None:
    page = example_page("horizon-europe-etape-1")
    candidatures, opinions = page.split("SHA-256 des fichiers de candidatures")[1].split("SHA-256 des fichiers d'avis")
    assert "avis.yaml" not in candidatures
    assert "avis.yaml" in opinions


def test_a_page_shows_what_each_gets_of_a_budget() -> None:
    lines = example_page("agriculture-enveloppes").splitlines()
    head, first = (next(line for line in lines if word in line) for word in ("Porteur", "AGR-01"))
    place = [cell.strip() for cell in head.split("|")].index("Accordé (€)")
    assert first.split("|")[place].strip() == "20 000"
    assert any("Enveloppe : 100 000 € accordés sur 100 000 €" in line for line in lines)
