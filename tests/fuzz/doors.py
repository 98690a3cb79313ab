"""Every door by which a stranger's bytes come in. Whatever they are, findings come out, and sentences of them.

The one exception that a door may raise is the one that it documents: `InvalidFileError`, of a policy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.zoning import Zone
from ami_scoring.evaluation.policy import Policy, checker, read_policy
from ami_scoring.evaluation.seats import look_at_bench, read_bench
from ami_scoring.findings import InvalidFileError, Location
from ami_scoring.reports.annotations import findings_text
from ami_scoring.reports.findings_json import findings_json
from ami_scoring.reports.papers.word import template_findings
from ami_scoring.scoring.checks.correspondences import check_correspondence, mapped_keys
from ami_scoring.scoring.jury import Seats
from ami_scoring.sources.doors.assessments import load_assessments
from ami_scoring.sources.doors.awards import parse_result
from ami_scoring.sources.doors.contours import load_contours
from ami_scoring.sources.doors.decisions import parse_decisions
from ami_scoring.sources.doors.documents import locate
from ami_scoring.sources.doors.letterhead import load_letterhead
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.mappings import load_mapping
from ami_scoring.sources.doors.verifications import load_verifications
from ami_scoring.sources.doors.zonings import load_zoning
from ami_scoring.sources.files.decoding import given
from ami_scoring.sources.mappings.columns import MappingFile
from ami_scoring.sources.mappings.matching import Target
from ami_scoring.sources.mappings.opinions import read_opinions
from ami_scoring.sources.mappings.proposals import propose
from ami_scoring.sources.mappings.sheets import open_export
from ami_scoring.sources.mappings.writing import proposal_yaml
from ami_scoring.sources.zoning.moves import follow_moves, read_moves
from ami_scoring.sources.zoning.official import Zoned, read_official, zoning_csv

ROOT: Final = Path(__file__).parents[2]
BOOK: Final = ROOT / "tests" / "sources" / "books" / "formulaire-libreoffice.xlsx"
SHEET: Final = "xl/worksheets/sheet1.xml"
_TARGETS: Final = [Target(key, field.title) for key, field in mapped_keys().items() if "." in key]
COMMITTEE: Final = ROOT / "tests" / "rejected" / "juge" / "criteria.yaml"
JUDGED: Final = ROOT / "examples" / "marche-public" / "criteria.yaml"


def _candidatures(suffix: str) -> Callable[[bytes], None]:
    path = Path(f"candidature{suffix}")

    def read(data: bytes) -> None:
        with given({path: data}):
            loaded = load_candidatures([path], checker(_policy()), named=[path], call=_policy().criteria.call)
            findings_text(loaded.findings, colour=True)
            findings_json(loaded.findings, [str(path)])

    return read


def _sheet(data: bytes) -> None:
    """Read these bytes as the first sheet of a workbook that is otherwise right."""
    page = BytesIO()
    with ZipFile(page, "w", ZIP_STORED) as target:
        for name, content in _members().items():
            target.writestr(name, data if name == SHEET else content)
    DOORS["xlsx"](page.getvalue())


def _content(data: bytes) -> None:
    """Read these bytes as the cells of an OpenDocument workbook."""
    page = BytesIO()
    with ZipFile(page, "w", ZIP_STORED) as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", data)
    DOORS["ods"](page.getvalue())


def _criteria(data: bytes) -> None:
    path = Path("criteria.yaml")
    try:
        with given({path: data}):
            findings = read_policy(path, advice=True).findings
    except InvalidFileError as error:
        findings = error.findings
    findings_text(findings)


def _zoning(data: bytes) -> None:
    path = Path("zonage.csv")
    with given({path: data}):
        findings_text(load_zoning(path)[2])


def _contours(data: bytes) -> None:
    path = Path("communes.geojson")
    with given({path: data}):
        findings_text(load_contours(path)[1])


def _assessments(data: bytes) -> None:
    path = Path("avis.yaml")
    with given({path: data}):
        findings_text(load_assessments([path], _judged().judgements, {"OFF-01"}).findings)


def _verifications(suffix: str) -> Callable[[bytes], None]:
    path = Path(f"verifications{suffix}")

    def read(data: bytes) -> None:
        with given({path: data}):
            findings_text(load_verifications(path, _policy().criteria, _declared()).findings)

    return read


def _mapping(data: bytes) -> None:
    """Read these bytes as a mapping, then check what it says."""
    path = Path("correspondance.yaml")
    with given({path: data}):
        loaded = load_mapping(path)
    if isinstance(loaded, list):
        findings_text(loaded)
        return
    criteria = _policy().criteria
    findings_text(locate(each, loaded.document) for each in check_correspondence(loaded.correspondence, criteria))


def _export(mapping: str, suffix: str) -> Callable[[bytes], None]:
    """Read these bytes as an export, by the mapping of a sample, and propose another mapping for them."""
    path = Path(f"export{suffix}")

    def read(data: bytes) -> None:
        told = _told(mapping)
        with given({path: data}):
            loaded = load_candidatures([path], checker(_policy()), named=[path], mapping_of=lambda _: told)
            _, findings = read_opinions(data, path, told)
            findings_text([*loaded.findings, *findings])
            exported = open_export(data, path)
        proposal = propose(exported.sheets, _TARGETS, {}) if exported.sheets else None
        if proposal is not None:
            proposal_yaml(proposal, path.name)

    return read


def _official(data: bytes) -> None:
    path = Path("officiel.csv")
    zoned = read_official(data, path)
    findings_text(zoned.findings)
    zoning_csv(zoned, "2025", "essai")


def _moves(data: bytes) -> None:
    path = Path("mouvements.csv")
    moves = read_moves(data, path)
    if isinstance(moves, list):
        zoned = Zoned({"09001": Zone.ZIP, "12218": Zone.ZAC})
        findings_text(follow_moves(zoned, moves, Location(str(path))))


def _decisions(data: bytes) -> None:
    read = parse_decisions(data, "decisions.yaml")
    findings_text(read if isinstance(read, list) else read.findings)


def _awards(data: bytes) -> None:
    read = parse_result(data, "v1.json")
    findings_text(read if isinstance(read, list) else [])


def _grid(data: bytes) -> None:
    path = Path("grille.csv")
    with given({path: data}):
        heard = load_assessments(
            [path], _committee().judgements, {"A-1", "A-2"}, seats=_seats(), call=_committee().call
        )
        findings_text(heard.findings)


def _jury(data: bytes) -> None:
    path = Path("jury.yaml")
    with given({path: data}):
        findings_text(look_at_bench(path, _committee(), {"a-1": "A-1"})[1])


def _assignments(data: bytes) -> None:
    path = COMMITTEE.parent / "attributions.yaml"
    with given({path: data}):
        bench, findings = look_at_bench(COMMITTEE.parent / "jury.yaml", _committee(), {"a-1": "A-1"})
        if bench is not None:
            bench.seats([])
        findings_text(findings)


def _letterhead(data: bytes) -> None:
    path = Path("courriers.yaml")
    try:
        with given({path: data}):
            load_letterhead(path)
    except InvalidFileError as error:
        findings_text(error.findings)


def _template(data: bytes) -> None:
    """Read these bytes as the Word template of an authority."""
    findings_text(
        template_findings(data, "lettre.docx", load_letterhead(ROOT / "samples" / "courriers.yaml").letterhead)
    )


DOORS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "yaml": _candidatures(".yaml"),
    "json": _candidatures(".json"),
    "jsonl": _candidatures(".jsonl"),
    "csv": _candidatures(".csv"),
    "xlsx": _candidatures(".xlsx"),
    "sheet": _sheet,
    "ods": _candidatures(".ods"),
    "content": _content,
    "criteria": _criteria,
    "zoning": _zoning,
    "assessments": _assessments,
    "verifications": _verifications(".yaml"),
    "verified": _verifications(".csv"),
    "mapping": _mapping,
    "export": _export("demarche-2021", ".csv"),
    "graphql": _export("demarche-api", ".json"),
    "official": _official,
    "moves": _moves,
    "decisions": _decisions,
    "awards": _awards,
    "grid": _grid,
    "jury": _jury,
    "assignments": _assignments,
    "letterhead": _letterhead,
    "template": _template,
    "contours": _contours,
}

SEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "yaml": ("samples/candidatures/vague-1/*.yaml", "samples/candidatures/hors-delai/*.yaml"),
    "xlsx": ("tests/sources/books/*.xlsx",),
    "ods": ("tests/sources/books/*.ods",),
    "criteria": ("samples/autre-appel/criteria.yaml", "examples/*/criteria.yaml"),
    "zoning": ("samples/zonage-*.csv",),
    "letterhead": ("samples/courriers.yaml",),
    "assessments": ("examples/*/avis.yaml",),
    "verifications": ("tests/rejected/verifications/*.yaml",),
    "verified": ("tests/rejected/verifications/*.csv",),
    "mapping": ("samples/exports/*.correspondance.yaml", "tests/rejected/mappings/*.yaml"),
    "export": ("samples/exports/*.csv", "tests/rejected/export.csv"),
    "graphql": ("samples/exports/*.json",),
    "official": ("samples/zonages/*.csv",),
    "decisions": ("samples/appel-complet/decisions-attendues.yaml", "tests/rejected/decisions/*.yaml"),
    "grid": ("tests/rejected/grilles/*.csv",),
    "jury": ("tests/rejected/juge/jury.yaml", "tests/rejected/jury/*.yaml"),
    "assignments": ("tests/rejected/attributions/*.yaml",),
}
"""Files of the project that are read as well as those of `corpus`, to start from."""


@cache
def _policy() -> Policy:
    return read_policy(ROOT / "criteria.yaml")


@cache
def _declared() -> list[Entry]:
    """Read the candidatures whose answers are verified."""
    return load_candidatures(sorted((ROOT / "tests" / "rejected" / "verifies").iterdir()), lambda _: ()).entries


@cache
def _told(name: str) -> MappingFile:
    loaded = load_mapping(ROOT / "samples" / "exports" / f"{name}.correspondance.yaml")
    assert not isinstance(loaded, list), loaded
    return loaded


@cache
def _judged() -> Criteria:
    return read_policy(JUDGED).criteria


@cache
def _committee() -> Criteria:
    return read_policy(COMMITTEE).criteria


@cache
def _seats() -> Seats:
    return read_bench(COMMITTEE.parent / "jury.yaml", _committee()).seats([])


@cache
def _members() -> Mapping[str, bytes]:
    with ZipFile(BOOK) as book:
        return {name: book.read(name) for name in book.namelist()}
