"""What is much to read is shared between processes: each part once, in order, the first part larger."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.sources.doors.pieces import Piece
from ami_scoring.sources.doors.shares import shared_out


@pytest.fixture
def written(tmp_path: Path) -> list[Path]:
    """Three lists of lines of different lengths, and an empty one, among small files."""
    (tmp_path / "court.jsonl").write_text('{"reference": "R"}\n' * 50)
    (tmp_path / "long.jsonl").write_text('{"reference": "R"}\n' * 4_000)
    (tmp_path / "rien.jsonl").write_text("")
    (tmp_path / "autre.jsonl").write_text('{"reference": "S"}\n' * 700)
    for number in range(6):
        (tmp_path / f"{number}.yaml").write_text("reference: R\n")
    return sorted(tmp_path.iterdir())


def _data(piece: Piece) -> bytes:
    stretch = piece.lines and piece.lines.stretch
    return piece.path.read_bytes()[stretch.start : stretch.stop] if stretch else piece.path.read_bytes()


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_every_line_of_every_file_is_in_one_share_and_in_order(count: int, written: list[Path]) -> None:
    shares = shared_out(written, count)
    pieces = [piece for share in shares for piece in share]
    assert 1 <= len(shares) <= count
    assert b"".join(map(_data, pieces)) == b"".join(path.read_bytes() for path in written)
    assert list(dict.fromkeys(piece.path for piece in pieces)) == written


def test_the_first_process_reads_more_than_each_other_for_it_packs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text('{"reference": "R"}\n' * 4_600)
    lines = [sum(_data(piece).count(b"\n") for piece in share) for share in shared_out([path], 4)]
    assert lines == pytest.approx([1_600, 1_000, 1_000, 1_000], abs=2)
