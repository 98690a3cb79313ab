"""Every mistake has its file under tests/rejected: its first lines say which code `ami validate` gives, and where.

A line reads `# attendu : CODE ligne:colonne`, then `, voir ligne:colonne` for each other place that the finding is
about; a place in another file names it before the line. JSON and CSV have no comments: their expectations are beside
them, in `NAME.attendu`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ami_scoring.codes.catalogue import CHAPTERS
from ami_scoring.evaluation.validation import check_files
from ami_scoring.findings import Finding, Location
from ami_scoring.sources.doors.zonings import load_zoning

REJECTED = Path(__file__).parent / "rejected"
POLICY = REJECTED / "appel.yaml"
JUDGED = REJECTED / "juge" / "criteria.yaml"
EXPECTED = re.compile(rb"^# attendu : (.*?)\r?$", re.MULTILINE)
OF_A_JURY = ("jury", "attributions", "grilles")
IN_TABLES = "Tables de zonage"


def _files(folder: str) -> list[Path]:
    return sorted(path for path in (REJECTED / folder).iterdir() if path.suffix != ".attendu")


def _expected(path: Path) -> list[str]:
    beside = path.with_name(f"{path.name}.attendu")
    data = (beside if beside.exists() else path).read_bytes()
    return [line.decode("utf-8") for line in EXPECTED.findall(data)]


def _found(findings: tuple[Finding, ...], path: Path) -> list[str]:
    return [
        ", voir ".join([f"{each.code} {_place(each.where, path)}".strip(), *(_place(at, path) for at in each.related)])
        for each in findings
    ]


def _place(where: Location, path: Path) -> str:
    parts = [None if where.path == str(path) else Path(where.path).name, where.line, where.column]
    return ":".join(str(part) for part in parts if part is not None)


@pytest.mark.parametrize("path", _files("criteria"), ids=lambda path: path.stem)
def test_a_policy_with_one_mistake_is_refused_at_its_place(path: Path) -> None:
    assert _found(check_files([], path).findings, path) == _expected(path)


@pytest.mark.parametrize("path", _files("candidatures"), ids=lambda path: path.name)
def test_a_candidature_with_one_mistake_is_reported_at_its_place(path: Path) -> None:
    assert _found(check_files([path], POLICY).findings, path) == _expected(path)


@pytest.mark.parametrize("path", _files("zoning"), ids=lambda path: path.stem)
def test_a_zoning_table_with_one_mistake_is_refused_at_its_place(path: Path) -> None:
    assert _found(tuple(load_zoning(path)[2]), path) == _expected(path)


@pytest.mark.parametrize("path", _files("jury"), ids=lambda path: path.stem)
def test_a_jury_with_one_mistake_is_refused_at_its_place(path: Path) -> None:
    assert _found(check_files([path], JUDGED).findings, path) == _expected(path)


@pytest.mark.parametrize("path", _files("attributions"), ids=lambda path: path.stem)
def test_assignments_with_one_mistake_are_reported_at_their_place(path: Path, tmp_path: Path) -> None:
    roster = (JUDGED.parent / "jury.yaml").read_text(encoding="utf-8")
    named = tmp_path / "jury.yaml"
    named.write_text(f"{roster}assignments: {json.dumps(str(path))}\n", encoding="utf-8")
    assert _found(check_files([named, JUDGED.parent / "candidatures"], JUDGED).findings, path) == _expected(path)


@pytest.mark.parametrize("path", _files("grilles"), ids=lambda path: path.stem)
def test_a_grid_with_one_mistake_is_reported_at_its_place(path: Path) -> None:
    assert _found(check_files([JUDGED.parent / "candidatures"], JUDGED, [path]).findings, path) == _expected(path)


@pytest.mark.parametrize("path", _files("verifications"), ids=lambda path: path.name)
def test_a_verification_with_one_mistake_is_reported_at_its_place(path: Path, tmp_path: Path) -> None:
    (tmp_path / "zonage.csv").write_bytes((REJECTED / "zonage.csv").read_bytes())
    policy = tmp_path / "criteria.yaml"
    policy.write_text(f"{POLICY.read_text(encoding='utf-8')}verified: {json.dumps(str(path))}\n", encoding="utf-8")
    dossiers = [REJECTED / "verifies"]
    assert _found(check_files(dossiers, policy).findings, path) == _expected(path)


def test_the_call_of_the_jury_has_nothing_wrong() -> None:
    assert check_files([JUDGED.parent / "candidatures"], JUDGED).findings == ()


@pytest.mark.parametrize("path", _files("mappings"), ids=lambda path: path.stem)
def test_a_mapping_with_one_mistake_is_reported_at_its_place(path: Path) -> None:
    assert _found(check_files([REJECTED / "export.csv"], POLICY, (), path).findings, path) == _expected(path)


@pytest.mark.parametrize("path", _files("decisions"), ids=lambda path: path.stem)
def test_decisions_with_one_mistake_are_reported_at_its_place(path: Path) -> None:
    assert _found(check_files([path], POLICY).findings, path) == _expected(path)


def test_the_policy_that_reads_the_candidatures_has_nothing_wrong() -> None:
    assert check_files([], POLICY).findings == ()


@pytest.mark.parametrize(
    "folder", ["criteria", "candidatures", "zoning", "mappings", "decisions", "verifications", *OF_A_JURY]
)
def test_a_file_is_named_after_its_code(folder: str) -> None:
    astray = [
        path.name
        for path in _files(folder)
        if not any(path.stem == code or path.stem.startswith(f"{code}-") for code in map(_code, _expected(path)))
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("chapter", "folder"),
    [
        ("Critères de l'appel", "criteria"),
        ("Règles et conditions", "criteria"),
        ("Candidatures", "candidatures"),
        ("D'une candidature à l'autre", "candidatures"),
        (IN_TABLES, "zoning"),
        ("Exports et correspondances", "mappings"),
        ("Décisions du comité", "decisions"),
    ],
)
def test_every_code_has_its_file(chapter: str, folder: str) -> None:
    shown = {_code(line) for path in _files(folder) for line in _expected(path)}
    if folder == "zoning":
        shown |= {_code(line) for path in _files("criteria") for line in _expected(path)}
    absent = [entry.code for entry in CHAPTERS[chapter] if entry.code not in shown | WITHOUT_A_FILE]
    assert absent == [], "add a file with that single mistake for each: " + ", ".join(
        f"tests/rejected/{folder}/{code}.yaml, first line « # attendu : {code} LIGNE:COLONNE »" for code in absent
    )


def test_every_code_of_the_jury_has_its_file() -> None:
    shown = {_code(line) for folder in OF_A_JURY for path in _files(folder) for line in _expected(path)}
    chapters = (*CHAPTERS["Jury"], *CHAPTERS["Avis des assesseurs"])
    assert [entry.code for entry in chapters if entry.code not in shown | WITHOUT_A_FILE] == []


def test_every_code_of_verifications_has_its_file() -> None:
    shown = {
        _code(line) for folder in ("criteria", "verifications") for path in _files(folder) for line in _expected(path)
    }
    assert [entry.code for entry in CHAPTERS["Vérifications faites après le dépôt"] if entry.code not in shown] == []


WITHOUT_A_FILE = {
    "archive-no-inventory",
    "archive-unreadable",
    "decision-draw",
    "decision-file-changed",
    "decision-list-tied",
    "decision-list-unexplained",
    "decision-no-departure",
    "decision-not-equals",
    "decision-not-ranked",
    "decision-orphan",
    "decision-policy-changed",
    "decision-repeated",
    "decision-reserve-equals",
    "decision-reserve-order",
    "decision-sheet",
    "decision-tie-order",
    "decision-unknown-reference",
    "grid-other-scales",
    "opinion-not-assigned",
    "too-many-assessors",
    "other-edition",
    "mapping-no-headings",
    "mapping-opinions-left-out",
    "mapping-row-without-dossier",
    "commune-moved",
    "commune-partly-zoned",
    "zoning-edition",
    "zoning-layout",
    "zoning-merged",
    "zoning-unknown-commune",
    "zoning-unplaced",
}
"""What no file here can show: the edition of a workbook, the sheet of a block, an official file of zones, what
decisions are about, an archive."""


def _code(line: str) -> str:
    return re.split("[ ,]", line, maxsplit=1)[0]
