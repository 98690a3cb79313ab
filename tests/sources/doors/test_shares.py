"""What is much to read is cut into tasks: each part once, in order, none of them much larger than another."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.crew import MOST
from ami_scoring.sources.doors import shares
from ami_scoring.sources.doors.pieces import Piece
from ami_scoring.sources.doors.shares import tasks_of


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


@pytest.mark.parametrize("least", [1, 100, 1_000, 30_000, 1_000_000])
def test_every_line_of_every_file_is_in_one_task_and_in_order(
    least: int, written: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "_LEAST", least)
    tasks = tasks_of(written)
    pieces = [piece for task in tasks for piece in task]
    assert all(tasks)
    assert b"".join(map(_data, pieces)) == b"".join(path.read_bytes() for path in written)
    assert list(dict.fromkeys(piece.path for piece in pieces)) == written
    assert [sum(piece.begins for piece in pieces if piece.path == path) for path in written] == [1] * len(written)
    assert [sum(piece.ends for piece in pieces if piece.path == path) for path in written] == [1] * len(written)


def test_tasks_of_a_long_file_are_alike_and_no_more_than_a_crew_takes(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text('{"reference": "R"}\n' * 200_000)
    lines = [sum(_data(piece).count(b"\n") for piece in task) for task in tasks_of([path])]
    assert max(lines) - min(lines) <= 1
    assert MOST / 10 < len(lines) <= MOST


def test_many_small_files_among_long_ones_are_no_more_tasks_than_a_crew_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "_LEAST", 1)
    for number in range(1_500):
        (tmp_path / f"{number:04}.yaml").write_text("reference: R\n")
        (tmp_path / f"{number:04}.jsonl").write_text('{"reference": "R"}\n' * (number % 50))
    assert len(tasks_of(sorted(tmp_path.iterdir()))) <= MOST


def test_blank_lines_make_no_task_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_LEAST", 20)
    path = tmp_path / "blanc.jsonl"
    path.write_bytes(b"\n" * 90 + b'{"reference": "R"}\n' * 3 + b" \n" * 90 + b"{}\n" + b"\n" * 90)
    pieces = [piece for task in tasks_of([path]) for piece in task]
    assert b"".join(map(_data, pieces)) == path.read_bytes()
    assert len(pieces) > 1
    assert not any(_data(piece).isspace() for piece in pieces)


def test_lines_that_are_no_such_text_are_one_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_LEAST", 20)
    (tmp_path / "large.jsonl").write_bytes('{"reference": "R"}\n'.encode("utf-16") * 9)
    (tmp_path / "rapport.jsonl").write_bytes(b"%PDF-1.7\n" * 90)
    paths = sorted(tmp_path.iterdir())
    assert [[piece.lines for piece in task] for task in tasks_of(paths)] == [[None], [None]]
