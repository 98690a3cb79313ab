"""Official zoning files, in the four layouts of those who publish them, give one and the same table."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from ami_scoring.domain.zoning import Zone
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.sources.doors.zoning_table import parse_zoning
from ami_scoring.sources.zoning.communes import check_codes, read_codes
from ami_scoring.sources.zoning.moves import Move, follow_moves, read_moves
from ami_scoring.sources.zoning.official import Zoned, read_official, zoning_csv

ZONES = {"09901": Zone.ZIP, "12902": Zone.ZAC, "31903": Zone.ZV, "32904": Zone.HV}
MINISTRY = [
    ["Zonage médecin (données inventées)"],
    [
        "Code de la commune",
        "Libellé de la commune",
        "Code du territoire de vie-santé",
        "Qualification nationale issue de la concertation de 2017",
        "Qualification attribuée par l'arrêté régional",
    ],
    ["09901", "Essai", "09001", "ZAC", "ZIP"],
    ["12902", "Essai", "12001", "ZAC", 0],
    ["31903", "Essai", "31001", "ZIP", "Zone de vigilance"],
    ["32904", "Essai", "32001", 0, "Hors vivier"],
]
CARTO_2022 = "Code;Libellé;Zonage_MG\n09901;Essai;1_ZIP\n12902;Essai;2_ZAC\n31903;Essai;5_ZV\n32904;Essai;hors-vivier\n"
ARS = (
    "Code de la commune,Zonage\n09901,Zone d'intervention prioritaire\n12902,Zone d'action complémentaire\n"
    "31903,Zone de vigilance\n32904,Hors-vivier\n"
)


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(text: str) -> Zoned:
    return read_official(text.encode(), Path("zonage.csv"))


@pytest.mark.parametrize("zoned", [read(CARTO_2022), read(ARS)], ids=["CartoSanté 2022", "ARS"])
def test_a_text_gives_the_zone_of_each_commune(zoned: Zoned) -> None:
    assert (zoned.communes, zoned.findings) == (ZONES, [])


def test_the_order_of_the_region_decides_and_the_national_proposal_where_it_says_nothing() -> None:
    book = workbook(Zonage_communes=MINISTRY, Zonage_QPV=[["Code du QPV", "Zonage QPV"], ["QP031001", "ZIP"]])  # type: ignore[arg-type]
    zoned = read_official(book, Path("zonage.xlsx"))
    assert (zoned.communes, zoned.districts, zoned.findings) == (ZONES, {"QP031001": Zone.ZIP}, [])


def test_the_digit_that_leads_a_label_is_never_what_is_read() -> None:
    zoned = read("Code;Libellé;Zonage_MG\n09901;Essai;3_HZ\n12902;Essai;4_ZAR\n31903;Essai;4_QPV_ZAC\n")
    assert zoned.communes == {"09901": Zone.HZ, "12902": Zone.ZAR}
    assert [(each.code, each.severity, str(each.where)) for each in zoned.findings] == [
        ("zoning-unplaced", Severity.WARNING, "zonage.csv:4:13")
    ]


def test_several_codes_in_one_cell_share_their_zone_and_a_zero_that_was_lost_is_put_back_aloud() -> None:
    zoned = read('Code de la commune,Zonage\n"9901, 12902",ZAC\n')
    assert zoned.communes == {"09901": Zone.ZAC, "12902": Zone.ZAC}
    assert [each.code for each in zoned.findings] == ["leading-zero-lost"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Code;Zonage\n09901;ZRR\n", "zoning-zone"),
        ("Code;Zonage\n09901;ZIP\n09901;ZAC\n", "zoning-twice"),
        ("Code;Zonage\nEssai-le-Bas;ZIP\n", "zoning-code"),
        ("Nom;Zonage\nEssai;ZIP\n", "zoning-layout"),
        ("Code;Zonage\n09901;Erreur TVS-COM\n", "zoning-unplaced"),
    ],
)
def test_what_cannot_be_placed_is_told(text: str, code: str) -> None:
    assert {each.code for each in read(text).findings} == {code}


OLD_AND_NEW = "ancien;nouveau\n12076;12218\n12218;12218\n09001;09002\n09003;09002\n"
EVENTS = """\
MOD,DATE_EFF,TYPECOM_AV,COM_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,LIBELLE_AP
32,2016-01-01,COM,12076,Essai,COM,12218,Essai neuf
32,2016-01-01,COM,12076,Essai,COMD,12076,Essai
10,2016-01-01,COM,12218,Essai,COM,12218,Essai neuf
31,1973-01-01,COM,09001,Un,COM,09003,Trois
32,2019-01-01,COM,09003,Trois,COM,09002,Deux
21,2020-01-01,COM,31900,Entier,COM,31901,Part
"""


@pytest.mark.parametrize("text", [OLD_AND_NEW, EVENTS], ids=["deux colonnes", "fichier officiel"])
def test_a_merged_commune_is_found_by_its_code_of_before_and_of_after(text: str) -> None:
    moves = read_moves(text.encode(), Path("m.csv"))
    assert isinstance(moves, list)
    zoned = Zoned({"12218": Zone.ZIP, "09003": Zone.ZAC, "31900": Zone.ZIP})
    (said,) = follow_moves(zoned, moves, Location("m.csv"))
    assert (zoned.communes["12076"], zoned.communes["09002"]) == (Zone.ZIP, Zone.ZAC)
    assert (zoned.moved["12076"], zoned.moved["09002"]) == ("devenue 12218", "issue de 09003")
    assert "12076 (devenue 12218)" in str(said.message)


def test_events_are_followed_one_after_another_and_a_restored_commune_keeps_the_zone_it_had() -> None:
    moves = read_moves(EVENTS.encode(), Path("m.csv"))
    assert isinstance(moves, list)
    zoned = Zoned({"09002": Zone.ZAC, "31900": Zone.ZIP})
    list(follow_moves(zoned, moves, Location("m.csv")))
    assert (zoned.communes["09001"], zoned.moved["09001"]) == (Zone.ZAC, "devenue 09002")
    assert (zoned.communes["31901"], zoned.moved["31901"]) == (Zone.ZIP, "issue de 31900")


def test_events_that_go_round_end() -> None:
    moves = [Move("", "09001", "09002"), Move("", "09002", "09001")]
    assert list(follow_moves(Zoned({"12218": Zone.ZIP}), moves, Location("m.csv"))) == []


def test_communes_of_different_zones_give_none_to_the_one_that_took_them_in() -> None:
    zoned = Zoned({"09001": Zone.ZAC, "09003": Zone.ZIP})
    moves = [Move("", "09001", "09002"), Move("", "09003", "09002")]
    (said,) = follow_moves(zoned, moves, Location("m.csv"))
    assert (said.code, "09002" in zoned.communes) == ("zoning-unplaced", False)


def test_a_commune_that_only_a_part_of_has_a_zone_is_named() -> None:
    zoned = read("Code;Zonage_MG\n31555;3_QPV_ZIP\n9901;7_GQ_ZAC\n12902;2_ZAC\n")
    assert zoned.partly == {"31555": "3_QPV_ZIP", "09901": "7_GQ_ZAC"}
    assert ["31555" in str(each.message) for each in zoned.findings] == [True, False]


def test_a_table_says_which_codes_it_has_by_following_mergers() -> None:
    zoned = Zoned({"12218": Zone.ZIP})
    list(follow_moves(zoned, [Move("", "12076", "12218")], Location("m.csv")))
    table, findings = parse_zoning(zoning_csv(zoned, "2025", "essai"), "z.csv")
    assert findings == []
    assert table is not None
    assert table.moved == {"12076": "devenue 12218"}


def test_codes_are_checked_against_the_communes_of_the_year() -> None:
    known = read_codes(b"insee,nom\n09901,Essai\n", Path("communes.csv"))
    assert isinstance(known, set)
    (said,) = check_codes({"09901", "12902"}, known, Location("z.csv"))
    assert "12902" in str(said.message)
    assert not isinstance(read_codes(b"nom\nEssai\n", Path("communes.csv")), set)


def test_the_table_written_is_one_that_waves_read() -> None:
    table, findings = parse_zoning(zoning_csv(read(ARS), "2022", "Arrêté"), "z.csv")
    assert findings == []
    assert table is not None
    assert (dict(table.communes), table.edition, table.source) == (ZONES, "2022", "Arrêté")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("z.yaml", "Un tableau est attendu ici, et ce fichier est un « .yaml »."),
        ("zonage", "Un tableau est attendu ici, et le nom de ce fichier ne dit pas ce qu'il est."),
    ],
)
def test_a_file_whose_name_is_that_of_no_table_is_said_to_be_none(name: str, said: str) -> None:
    (finding,) = read_official(b"a: 1\n", Path(name)).findings
    assert (finding.code, str(finding.message)) == ("zoning-layout", said)
    codes = read_codes(b"a: 1\n", Path(name))
    assert isinstance(codes, Finding)
    assert (codes.code, str(codes.message)) == ("zoning-columns", said)
