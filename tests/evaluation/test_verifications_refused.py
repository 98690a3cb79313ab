"""A file of verifications that is wrong stops the run, and nothing of what it says of people is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluation.test_verifications import POLICY, dossier

from ami_scoring import evaluate
from ami_scoring.findings import Finding, InvalidFileError

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(folder: Path, name: str, data: str | bytes = b"") -> list[Finding]:
    """Give what is said of a file of verifications beside one candidature."""
    policy = POLICY.replace("verified: verifications.csv", f"verified: {name}") + "selection: {places: 1}"
    (folder / "criteria.yaml").write_text(policy, "utf-8")
    (folder / "a.yaml").write_text(dossier("A", 50), "utf-8")
    if name:
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(InvalidFileError) as error:
        evaluate([folder / "a.yaml"], folder / "criteria.yaml")
    return list(error.value.findings)


@pytest.mark.parametrize("suffix", ["xls", "xlsb", "xlsx", "ods", "csv", "yaml", "json"])
@pytest.mark.parametrize("data", [b"", OLD], ids=["empty", "old"])
def test_a_file_that_cannot_be_read_stops_the_run(suffix: str, data: bytes, tmp_path: Path) -> None:
    assert refused(tmp_path, f"verif.{suffix}", data)


def test_a_file_that_is_not_named_is_an_error_of_the_policy(tmp_path: Path) -> None:
    assert [(each.code, each.where.line) for each in refused(tmp_path, "")] == [("text-expected", 5)]
