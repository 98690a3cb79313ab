"""The cell of an answer is the same whether its line is read whole or only its column is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bench.generate import write_tables

from ami_scoring.sources.doors.loaders import read_documents
from ami_scoring.sources.spreadsheets.templates import Later


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_cell_is_found_by_its_column_or_by_its_line(suffix: str, tmp_path: Path) -> None:
    write_tables(tmp_path / "t", 6)
    ((documents, _),) = [batch for batch in read_documents(tmp_path / f"t{suffix}")[1] if batch[0]]
    paths = [("reference",), ("porteur", "nom"), ("locaux", "bureaux"), ("implantation", "communes", 0, "nom"), ("x",)]
    for document in documents:
        assert isinstance(document.locate, Later)
        quick = [document.locate(path) for path in paths[:3]]
        places = [document.locate(path) for path in reversed(paths)][::-1]
        assert places[:3] == quick
        assert len({*places}) >= len(paths) - 1
