"""LibreOffice, forced to recompute, agrees with what is stored; a wrong value planted there is corrected."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from ami_scoring import evaluate
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.workbook import workbook

from . import engines, pools

ROOT = Path(__file__).parents[3]
CRITERIA = ROOT / "criteria.yaml"
REQUIRED = "AMI_REQUIRE_LIBREOFFICE" in os.environ  # noqa: TID251 - .ci/run says so: then, without it, these tests fail
pytestmark = pytest.mark.skipif(not (REQUIRED or shutil.which("soffice")), reason="LibreOffice is not installed")


def test_samples_agree(tmp_path: Path) -> None:
    path = tmp_path / "ami.xlsx"
    path.write_bytes(workbook(evaluate([ROOT / "samples" / "candidatures"], CRITERIA)))
    assert engines.differences(engines.stored(path), engines.with_libreoffice(path, tmp_path)) == []


def test_a_thousand_agree(tmp_path: Path) -> None:
    path = tmp_path / "mille.xlsx"
    path.write_bytes(workbook(pools.pool(read_policy(CRITERIA).criteria, 1_000, seed=7)))
    assert engines.differences(engines.stored(path), engines.with_libreoffice(path, tmp_path)) == []


def test_a_planted_value_is_corrected(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(workbook(evaluate([ROOT / "samples" / "candidatures"], CRITERIA)))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(rb"(<c r=\"A7\"[^>]*><f>[^<]*</f><v>)1(</v>)", rb"\g<1>999\2", data, count=1)
            target.writestr(name, data)
    wrong = engines.stored(bad)
    assert wrong["Classement", 7, 1] == 999
    assert engines.with_libreoffice(bad, tmp_path)["Classement", 7, 1] == 1
