"""Files → candidatures and findings: no document is in neither list, and one bad file never stops the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ami_scoring.findings import InvalidFileError
from ami_scoring.sources.doors.loaders import load_candidatures, load_criteria, read_documents
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.doors.zonings import load_zoning

PLACE = {"communes": [{"code_insee": "09001"}]}
GOOD = "depose_le: 2022-02-01\nporteur: {nom: C}\nimplantation: {communes: [{code_insee: '09001'}]}\n"


def load(*paths: Path) -> Loaded:
    return load_candidatures(paths, lambda _: ())


def item(reference: str) -> dict[str, object]:
    return {"reference": reference, "depose_le": "2022-02-01", "porteur": {"nom": "C"}, "implantation": PLACE}


@pytest.mark.parametrize(
    ("name", "content", "read", "lines"),
    [
        (
            "a.yaml",
            f"reference: A\n{GOOD}---\nx: 1\nx: 2\nx: 3\n---\nreference: B\n{GOOD}---\ny: 1\ny: 2\n",
            "AB",
            [7, 16],
        ),
        ("a.yaml", f"---\nx: 1\nx: 2\n---\nreference: A\n{GOOD}", "A", [3]),
        ("a.yaml", f"reference: A\n{GOOD}---\nx: [\n---\nreference: B\n", "A", [7]),
        ("a.json", "[" + json.dumps(item("A")) + ',\n{"x": 1, "x": 2, "x": 3},\n{"y": {"z": 1, "z": 2}}]', "A", [2, 3]),
        ("a.json", '[{"x": "],[", "x": NaN}, {"y": 1, "y": 2}]', "", [1, 1]),
        ("a.json", '{"x": 1, "x": 2, "y": 1,\n"y": 2}', "", [1]),
        ("a.jsonl", json.dumps(item("A")) + '\n{"x": 1, "x": 2, "x": 3}\n\n{\n' + json.dumps(item("B")), "AB", [2, 4]),
    ],
)
def test_each_broken_document_is_counted_once(
    name: str, content: str, read: str, lines: list[int], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    loaded = load(path)
    assert "".join(entry.reference for entry in loaded.entries) == read
    assert [one.origin.line for one in loaded.unreadable] == lines
    assert all(one.findings for one in loaded.unreadable)
    assert all(finding in loaded.findings for one in loaded.unreadable for finding in one.findings)


def test_a_reference_shared_in_any_case_sets_all_its_owners_aside(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.json" for number in range(3)]
    for path, reference in zip(paths, ("A-1", "a-1", "B"), strict=True):
        path.write_text(json.dumps(item(reference)), encoding="utf-8")
    loaded = load(*paths)
    assert [entry.reference for entry in loaded.entries] == ["B"]
    assert [one.reference for one in loaded.unreadable] == ["A-1", "a-1"]
    assert [str(place) for place in loaded.findings[0].related] == [f"{paths[1]}:1"]


def test_progress_is_told_after_each_file(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    load_candidatures([tmp_path / "a", tmp_path / "b"], lambda _: (), lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_a_broken_document_keeps_the_reference_that_it_gives(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"reference": "A" * 99}, {"reference": 3}, []]), encoding="utf-8")
    assert [one.reference for one in load(path).unreadable] == ["A" * 64, None, None]


def test_a_file_that_is_gone_has_no_digest_and_one_finding(tmp_path: Path) -> None:
    digest, batches = read_documents(tmp_path / "absent.yaml")
    ((documents, (finding,)),) = batches
    assert (digest, documents, finding.code) == ("", [], "unreadable-file")


def test_criteria_are_one_document_that_holds(tmp_path: Path) -> None:
    path = tmp_path / "criteria.yaml"
    for content, code in (("a: 1\n---\nb: 1\n", "several-documents"), ("[]", "block-expected"), ("", "empty-file")):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InvalidFileError) as caught:
            load_criteria(path)
        assert caught.value.findings[0].code == code


def test_a_zoning_table_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "z.csv").write_bytes("é".encode("utf-16"))
    for name, code in (("absent.csv", "unreadable-file"), ("z.csv", "not-utf8")):
        table, _, (finding,) = load_zoning(tmp_path / name)
        assert (table, finding.code) == (None, code)


def test_a_zoning_table_saved_by_excel_in_windows_1252_is_read_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "z.csv"
    path.write_bytes("code;type;zone;edition;source\n09001;commune;ZIP;2022;arrêté\n".encode("cp1252"))
    table, _, (note,) = load_zoning(path)
    assert table is not None
    assert (table.source, note.code) == ("arrêté", "csv-windows-1252")


def test_criteria_that_name_facts_about_doctors_are_quoted_whole(tmp_path: Path) -> None:
    path = tmp_path / "criteria.yaml"
    path.write_text(
        "language: 1\nx: {fact: medecins_interesses.nombre}\nmédecins: 3\nselection: {place: 14}\n", encoding="utf-8"
    )
    with pytest.raises(InvalidFileError) as caught:
        load_criteria(path)
    assert "·" not in str(caught.value.findings)
    assert "« place » n'est pas une clé connue ici." in str(caught.value)
