"""The zoning table: read strictly, because a wrong zone is worse than none."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest

from ami_scoring.domain.zoning import Zone
from ami_scoring.sources.doors.zoning_table import COLUMNS, _Reader, _rows, parse_zoning

HEADER = ",".join(COLUMNS)
ROW = "09001,commune,ZIP,2022,arrêté"


def codes(text: str) -> list[tuple[str, int | None]]:
    table, findings = parse_zoning(text, "z.csv")
    assert (table is None) is bool(findings)
    return [(finding.code, finding.where.line) for finding in findings]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_and_line_ends_change_nothing(separator: str, end: str) -> None:
    text = end.join([HEADER, ROW, "QP031001,qpv,ZAC,2022,arrêté", ""]).replace(",", separator)
    table, findings = parse_zoning(text, "z.csv")
    assert findings == []
    assert table is not None
    assert (table.edition, table.source) == ("2022", "arrêté")
    assert (table.communes, table.districts) == ({"09001": Zone.ZIP}, {"QP031001": Zone.ZAC})


def test_columns_come_in_any_order_case_and_accents() -> None:
    table, _ = parse_zoning('Zone, TYPE,édition,source,Code\nzac,Commune,2022,"a, b", 2a004 \n', "z.csv")
    assert table is not None
    assert (table.communes, table.source) == ({"2A004": Zone.ZAC}, "a, b")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["9001,commune,ZIP,2022,a"], [("zoning-code", 2)]),
        (["QP1,qpv,ZIP,2022,a"], [("zoning-code", 2)]),
        (["09001,commune,ZIPP,2022,a"], [("zoning-zone", 2)]),
        (["09001,canton,ZIP,2022,a"], [("zoning-type", 2)]),
        (["09001,commune,ZIP,2022"], [("zoning-row", 2)]),
        ([ROW, "", ROW], [("zoning-twice", 4)]),
        (["09001,commune,ZIP,2022,a", "09002,commune,ZIP,2023,a"], [("zoning-mixed", None)]),
        (["", ""], [("zoning-empty", None)]),
        (['09001,commune,ZIP,2022,"a'], [("zoning-syntax", 2)]),
        (["x,commune,ZIP,2022,a", "09001,commune,Z,2022,a", "09002,commune,ZIP,2022"],
         [("zoning-code", 2), ("zoning-zone", 3), ("zoning-row", 4)]),
    ],
)  # fmt: skip
def test_everything_wrong_is_told_with_its_line(rows: list[str], expected: list[tuple[str, int | None]]) -> None:
    assert codes("\n".join([HEADER, *rows])) == expected


def test_missing_columns_are_named() -> None:
    _, (finding,) = parse_zoning("code,type,zone\n", "z.csv")
    assert str(finding.message) == (
        "Colonnes absentes : edition, source. La première ligne doit porter : code, type, zone, edition, source."
    )


def test_a_table_without_any_line_lacks_its_columns() -> None:
    assert codes("") == [("zoning-columns", 1)]


def test_a_code_given_twice_shows_its_first_line_even_in_a_table_that_breaks_off() -> None:
    rows = "09001,communes,ZIP,2022,A\n\n09001,commune,ZIP,2022,A\nqp 031001,qpv,ZAC,2022,A\n09001,commune,ZV,2022,A\n"
    text = f'code,type,zone,edition,source\n{rows}QP031001,qpv,ZAC,2022,A\n"09002'
    _, findings = parse_zoning(text, "z.csv")
    twice = [finding for finding in findings if finding.code == "zoning-twice"]
    assert [(str(each.where), *map(str, each.related)) for each in twice] == [
        ("z.csv:6:1", "z.csv:4:1"),
        ("z.csv:7:1", "z.csv:5:1"),
    ]


LINES = (ROW, "09002,commune,ZAC,2022,arrêté", "QP031001,qpv,ZAC,2022,arrêté", "31555, Commune ,hv,2022,arrêté")


@pytest.mark.parametrize(
    "more",
    [
        *((), ("2a004,commune,ZIP,2022,arrêté",), (" 09003,commune,ZIP,2022,arrêté",), (ROW,), ("",), (" ,,,,",)),
        *(("QP031001,qpv,ZIP,2022,arrêté",), ("QP31,qpv,ZIP,2022,arrêté",), ("٠٩٠٠٣,commune,ZIP,2022,arrêté",)),
        *(("09003,commune,ZIP,2023,arrêté",), ("09003,canton,ZIP,2022,arrêté",), ("09003,commune,Z,2022,arrêté",)),
        *((",commune,ZIP,2023,arrêté",), ("09003,commune,ZIP",), ('09003,commune,ZIP,2022,"a',), ('"09003"x,,,,',)),
    ],
)
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("names", ["", ",nom", ",fusion,nom"])
@pytest.mark.parametrize("after", ["the code", "all"])
def test_a_table_taken_whole_is_the_one_that_its_lines_make(
    more: tuple[str, ...], first: bool, names: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (*more, *LINES) if first else (*LINES, *more)
    told = "".join(f", {name} " for name in names.split(",")[1:])
    if after == "all":
        text = "\n".join([HEADER + names, *(f"{line}{told}" if line.strip() else line for line in lines)])
    else:
        parts = [line.partition(",") for line in lines]
        text = "\n".join(
            [HEADER.replace("code", "code" + names), *(f"{code}{told}{comma}{rest}" for code, comma, rest in parts)]
        )
    whole = parse_zoning(text, "z.csv")
    monkeypatch.setattr(_Reader, "takes_whole", lambda *_: False)
    assert whole == parse_zoning(text, "z.csv")
    if whole[0] is not None:
        assert list(whole[0].communes) == list(parse_zoning(text, "z.csv")[0].communes)  # type: ignore[union-attr]


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\v", "\u2028", '"', '""', ",", ";", "\0", "x" * 131_073])
@pytest.mark.parametrize("at", [0, 5, 6, 12, 13, 14])
def test_rows_are_those_of_the_csv_module(sign: str, at: int) -> None:
    text = "a,b;c\nd,,e\nf,g\n"
    text = text[:at] + sign + text[at:]
    try:
        expected = list(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error:
        expected = []
    assert [row or [""] for row in _rows(text, ",")] == [row or [""] for row in expected]


@pytest.mark.parametrize("order", ["code,type,zone,edition,source", "zone,code,source,type,edition"])
def test_a_source_between_quotes_may_hold_the_separator(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"code": "09001", "type": "commune", "zone": "ZIP", "edition": "2022", "source": '"a, b"'},
        {"code": "QP031001", "type": "qpv", "zone": "ZAC", "edition": "2022", "source": '"a, b"'},
    ]
    text = "\n".join([order, *(",".join(row[name] for name in order.split(",")) for row in rows)])
    table, findings = parse_zoning(text, "z.csv")
    assert findings == []
    assert table is not None
    assert (table.source, table.communes, table.districts) == ("a, b", {"09001": Zone.ZIP}, {"QP031001": Zone.ZAC})
    monkeypatch.setattr(_Reader, "takes_whole", lambda *_: False)
    assert parse_zoning(text, "z.csv") == (table, [])


def test_a_sound_table_is_taken_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[list[str]] = []
    take = _Reader.take

    def noted(self: _Reader, row: list[str]) -> Any:
        taken.append(row)
        return take(self, row)

    monkeypatch.setattr(_Reader, "take", noted)
    table, _ = parse_zoning("\n".join([HEADER, *LINES]), "z.csv")
    assert table is not None
    assert [*table.communes] == ["09001", "09002", "31555"]
    assert [row[0] for row in taken] == ["QP031001"]
