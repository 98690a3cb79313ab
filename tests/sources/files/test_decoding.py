"""Bytes and files: what is read, what is refused, and where the finding points."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.findings import Finding
from ami_scoring.sources.files.decoding import Source, decode, excerpt, read_bytes


def refused(result: bytes | str | Finding) -> Finding:
    assert isinstance(result, Finding)
    assert str(result.message)
    return result


def test_a_regular_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"nom: \xc3\xa9\r\n")
    assert read_bytes(path) == b"nom: \xc3\xa9\r\n"


def test_a_missing_file_is_a_finding_that_names_it(tmp_path: Path) -> None:
    finding = refused(read_bytes(tmp_path / "absent.yaml"))
    assert finding.code == "unreadable-file"
    assert finding.where.path == str(tmp_path / "absent.yaml")
    assert "n'existe pas" in str(finding.message)


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    assert "dossier" in str(refused(read_bytes(tmp_path)).message)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "a.yaml/b"], ids=["nul", "too long", "file as folder"])
def test_an_impossible_name_is_a_finding(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.yaml").touch()
    assert refused(read_bytes(tmp_path / name)).code == "unreadable-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_never_blocks_the_reading(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refused(read_bytes(tmp_path / "pipe.yaml")).code == "unreadable-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_file_that_becomes_a_pipe_never_blocks_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").touch()
    os.mkfifo(tmp_path / "pipe.yaml")
    regular = (tmp_path / "a.yaml").stat()
    monkeypatch.setattr(Path, "stat", lambda _: regular)
    assert refused(read_bytes(tmp_path / "pipe.yaml")).code == "unreadable-file"


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no such device here")
def test_a_device_is_not_read() -> None:
    assert refused(read_bytes(Path("/dev/null"))).code == "unreadable-file"


def test_a_file_that_may_not_be_read_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.yaml").touch()
    monkeypatch.setattr(os, "open", forbid)
    assert "droit de lecture" in str(refused(read_bytes(tmp_path / "a.yaml")).message)


@pytest.mark.parametrize(("name", "limit"), [("big.yaml", 10), ("big.csv", 30), ("big.ODS", 30)])
def test_one_byte_too_many_is_refused_by_size_without_being_opened(
    name: str, limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(limit * 1_000_000 + 1)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opened"))
    finding = refused(read_bytes(path))
    assert finding.code == "too-large"
    assert str(finding.message) == f"{limit + 1} Mo : c'est plus que la limite de {limit} Mo."


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"12345")
    assert read_bytes(path, limit=5) == b"12345"
    assert refused(read_bytes(path, limit=4)).code == "too-large"


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no such file here")
def test_a_file_larger_than_it_says_is_refused() -> None:
    assert refused(read_bytes(Path("/proc/self/maps"))).code == "unreadable-file"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without mark", "with mark"])
def test_utf_8_is_read_with_or_without_its_mark(mark: bytes) -> None:
    assert decode(mark + "Élan\n".encode(), "a.yaml") == "Élan\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_encodings_are_named(encoding: str) -> None:
    finding = refused(decode("nom: Élan\ncode: 1\n".encode(encoding), "a.yaml"))
    assert finding.code == "not-utf8"
    assert "UTF-16" in str(finding.message) or "UTF-32" in str(finding.message)


def test_windows_1252_is_recognised_and_the_first_bad_letter_is_placed() -> None:
    finding = refused(decode("code: 1\r\nnom: été là\r\n".encode("cp1252"), "a.yaml"))
    assert finding.code == "not-utf8"
    assert str(finding.where) == "a.yaml:2:6"
    assert finding.where.excerpt == "nom: été là"
    assert "Windows-1252" in str(finding.message)
    assert str(finding.suggestion) == "Enregistrez le fichier en UTF-8."


def test_a_stray_byte_is_placed_in_characters_not_bytes() -> None:
    finding = refused(decode("é: ".encode() + b"\x81", "a.yaml"))
    assert str(finding.where) == "a.yaml:1:4"
    assert "0x81" in str(finding.message)


def test_a_nul_character_is_refused_with_its_place() -> None:
    finding = refused(decode(b"nom: a\nville: b\0c\n", "a.yaml"))
    assert (finding.code, str(finding.where)) == ("nul-character", "a.yaml:2:9")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_kind_of_line_end_counts_once(newline: str) -> None:
    text = newline.join(["un", "deux", "", "quatre"])
    assert [excerpt(text, line) for line in (0, 1, 2, 3, 4, 5)] == [None, "un", "deux", "", "quatre", None]
    assert str(Source(text, "f").at(text.index("quatre") + 2)) == "f:4:3"


def test_a_line_too_long_to_show_is_still_placed() -> None:
    where = Source("x" * 5000, "f").at(4000)
    assert (where.line, where.column, where.excerpt) == (1, 4001, None)


@given(st.text(alphabet="a\r\n\u2028é"), st.data())
def test_a_place_leads_back_to_its_character(text: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))
    where = Source(text, "f").at(index)
    assert where.line is not None
    assert where.column is not None
    start = Source(text, "f").starts[where.line - 1]
    assert start + where.column - 1 == index
    assert where.excerpt == excerpt(text, where.line)


@given(st.binary())
def test_any_bytes_are_text_or_a_finding(data: bytes) -> None:
    result = decode(data, "f")
    if isinstance(result, Finding):
        assert str(result.message)
        assert result.where.line is not None
    else:
        assert result.encode() == data.removeprefix(b"\xef\xbb\xbf")


@given(st.text("ab\n\r", max_size=12))
def test_however_lines_end_each_character_is_on_its_own(text: str) -> None:
    source = Source(text, "a.yaml", 5)
    assert source.starts == [0, *(mark.end() for mark in re.finditer(r"\r\n?|\n", text))]
    for index in range(len(text) + 1):
        where = source.at(index)
        assert where.line == source.line_of(index)
        assert where.excerpt == source.excerpt(where.line)
        assert source.starts[where.line - 5] + (where.column or 0) - 1 == index
