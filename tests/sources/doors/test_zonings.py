"""A wave may name an official file of zones directly, with its edition and the mergers to follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.domain.zoning import Zone
from ami_scoring.sources.doors.zonings import load_zoning

ARS = "Code de la commune;Zonage\n12218;Zone d'intervention prioritaire\n09901;Zone d'action complémentaire\n"
OURS = "code,type,zone,edition,source\n12218,commune,ZIP,2025,arrêté\n"


def write(folder: Path, text: str, name: str = "ars.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_official_file_is_read_as_the_table_that_ami_zoning_makes_of_it(tmp_path: Path) -> None:
    table, origins, findings = load_zoning(write(tmp_path, ARS), "2025")
    assert table is not None
    assert (table.edition, table.source, findings, len(origins)) == ("2025", "ars.csv", [], 1)
    assert table.communes == {"12218": Zone.ZIP, "09901": Zone.ZAC}


def test_mergers_are_followed_and_their_file_is_among_what_was_read(tmp_path: Path) -> None:
    mergers = write(tmp_path, "ancien,nouveau\n12076,12218\n", "m.csv")
    for text in (ARS, OURS):
        table, origins, findings = load_zoning(write(tmp_path, text), "2025", mergers)
        assert table is not None
        assert (table.of_commune("12076"), table.moved["12076"]) == (Zone.ZIP, "devenue 12218")
        assert ([each.path for each in origins][1], [each.code for each in findings]) == (
            str(mergers),
            ["zoning-merged"],
        )


@pytest.mark.parametrize(
    ("text", "edition", "codes"),
    [
        (ARS, None, ["zoning-edition"]),
        (OURS, "2022", ["zoning-edition"]),
        ("Code;Zonage\n09901;N/A\n", "2025", ["zoning-unplaced", "zoning-empty"]),
        ("Code;Zonage\n09901;ZRR\n", "2025", ["zoning-zone"]),
        ("code,zone\n09901,ZRR\n", "2025", ["zoning-columns"]),
    ],
)
def test_a_file_that_is_not_what_the_wave_says_is_refused(
    text: str, edition: str | None, codes: list[str], tmp_path: Path
) -> None:
    table, _, findings = load_zoning(write(tmp_path, text), edition)
    assert (table, [each.code for each in findings]) == (None, codes)


@pytest.mark.parametrize(("text", "code"), [(None, "unreadable-file"), ("a,b\n1,2\n", "zoning-columns")])
def test_mergers_that_cannot_be_read_leave_no_table(text: str | None, code: str, tmp_path: Path) -> None:
    mergers = tmp_path / "m.csv" if text is None else write(tmp_path, text, "m.csv")
    table, _, findings = load_zoning(write(tmp_path, OURS), mergers=mergers)
    assert (table, [each.code for each in findings]) == (None, [code])
