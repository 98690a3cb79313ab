"""Exact numbers: texts read as they say, and the interpreter left as it was by whatever a run reads."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction as Standard
from pathlib import Path

import pytest

from ami_scoring.exact import parse_fraction, plain

ROOT = Path(__file__).parents[1]
SHARED = """
import sys
from ami_scoring.cli.app import run
code = run(sys.argv[1:])
shared = [number for number in range(256) if bytes([number])[0] != number]
assert not shared, f"bytes that the whole interpreter shares were corrupted: {shared}"
sys.exit(code)
"""
"""What the interpreter shares must be as it was once a run is over: see `exact.py`."""


@pytest.mark.parametrize("text", ["0", "7", "-3", "+2", "12", "0.5", "-1.25", "100.0", "2/3", "-10/4", "007"])
def test_a_text_is_the_number_that_it_says(text: str) -> None:
    found, wanted = parse_fraction(text), Standard(text)
    assert (found.numerator, found.denominator) == (wanted.numerator, wanted.denominator)


@pytest.mark.parametrize(
    "text", ["0", "7", "-3", "0.5", "-0.5", "-1.25", "10.25", "0.00000000000000000001", "2/3", "-5/3", "1/3"]
)
def test_a_number_is_written_as_it_is_read(text: str) -> None:
    assert plain(parse_fraction(text)) == text


@pytest.mark.parametrize("text", ["", "x", "1,5", "1/", "1.5/2", "²"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        parse_fraction(text)


@pytest.mark.parametrize(
    "command",
    [
        ["score", "samples/candidatures"],
        ["score", "samples/autre-appel/candidatures", "-c", "samples/autre-appel/criteria.yaml"],
        ["validate", *(f"--criteria=examples/{name}/criteria.yaml" for name in ["investissement-viticole"])],
        ["validate", "samples/candidatures"],
    ],
    ids=" ".join,
)
def test_a_run_leaves_the_bytes_that_everybody_shares(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHARED, *command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert "corrupted" not in done.stderr
    assert done.returncode in {0, 1}
