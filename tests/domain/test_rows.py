"""A row reads as the mapping that it was made of, whatever becomes of that."""

from __future__ import annotations

import pickle

import pytest

from ami_scoring.domain.rows import Shelf

GIVEN = {"zonage": "ZIP", "locaux.bureaux": 3}


def test_a_row_reads_as_what_it_was_made_of() -> None:
    row = Shelf().row(GIVEN)
    assert (dict(row), len(row), list(row), list(row.values())) == (GIVEN, 2, list(GIVEN), list(GIVEN.values()))
    assert (row == GIVEN, "zonage" in row, "pieces" in row, repr(row)) == (True, True, False, repr(GIVEN))
    assert {**row, "pieces": 1} == {**GIVEN, "pieces": 1}
    with pytest.raises(KeyError):
        row["pieces"]


def test_a_row_stays_as_it_was() -> None:
    changed = dict(GIVEN)
    row = Shelf().row(changed)
    changed["zonage"] = "ZAC"
    assert row == GIVEN


def test_rows_of_other_names_stand_on_one_shelf() -> None:
    shelf = Shelf()
    rows = [shelf.row(GIVEN), shelf.row({"locaux.bureaux": 1}), shelf.row({**GIVEN, "zonage": "ZAC"})]
    assert rows == [GIVEN, {"locaux.bureaux": 1}, {**GIVEN, "zonage": "ZAC"}]


def test_a_row_goes_from_one_process_to_another() -> None:
    assert pickle.loads(pickle.dumps(Shelf().row(GIVEN))) == GIVEN  # noqa: S301 - made here


def test_rows_of_the_same_names_share_one_table_of_places() -> None:
    shelf = Shelf()
    row, other = shelf.row(GIVEN), shelf.row({**GIVEN, "zonage": "ZAC"})
    assert (row.places, row.given) == ({"zonage": 0, "locaux.bureaux": 1}, ("ZIP", 3))
    assert other.places is row.places
