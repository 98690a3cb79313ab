"""The samples keep the promises of samples/README.md: they are what a reader of this project sees first."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ami_scoring import Evaluation, Status, evaluate
from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import DrawTie
from ami_scoring.evaluation.coverage import cover
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.findings import Severity
from ami_scoring.scoring.marks.engine import facts_used

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
REAL = sorted(ROOT.parent.glob("*/data/communes_occitanie_2022.csv"))
"""The real communes, in a folder beside the project on some machines only, with the EPCI next to them."""
ROW = re.compile(r"\| (?P<file>[\w/.-]+\.\w+) \|(?: (?P<reference>[A-Z][\w-]+) \| (?P<status>[^|]+) \|)? [^|]+ \|")


def _rows() -> list[re.Match[str]]:
    lines = (SAMPLES / "README.md").read_text(encoding="utf-8").splitlines()
    return [found for line in lines if (found := ROW.fullmatch(line))]


def _in_samples(name: str) -> str:
    is_elsewhere = name.startswith(("autre-appel/", "exports/")) or name.endswith(".csv")
    return name if is_elsewhere else f"candidatures/{name}"


ROWS = _rows()
TOLD = {row["reference"]: row["status"] for row in ROWS if row["reference"]}


@pytest.fixture(scope="module")
def ami() -> Evaluation:
    return evaluate([SAMPLES / "candidatures"], ROOT / "criteria.yaml")


@pytest.fixture(scope="module")
def other() -> Evaluation:
    return evaluate([SAMPLES / "autre-appel" / "candidatures"], SAMPLES / "autre-appel" / "criteria.yaml")


def _statuses(evaluation: Evaluation) -> dict[str | None, str]:
    ranked = {standing.entry.reference: str(standing.status) for standing in evaluation.standings}
    return ranked | {aside.reference: str(aside.status) for aside in evaluation.set_aside}


def _standing(evaluation: Evaluation, reference: str) -> Standing:
    return next(standing for standing in evaluation.standings if standing.entry.reference == reference)


def test_readme_names_every_file_and_no_other() -> None:
    named = {_in_samples(row["file"]) for row in ROWS}
    present = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    apart = {name for name in present if name.startswith("appel-complet/")}  # it has a page of its own
    assert named == present - apart - {"README.md", "autre-appel/criteria.yaml", "courriers.yaml"}


def test_readme_tells_the_file_of_each_candidature(ami: Evaluation, other: Evaluation) -> None:
    found = {
        aside.reference: Path(aside.origin.path) for evaluation in (ami, other) for aside in evaluation.set_aside
    } | {
        standing.entry.reference: Path(standing.entry.origin.path)
        for evaluation in (ami, other)
        for standing in evaluation.standings
    }
    told = {row["reference"]: SAMPLES / _in_samples(row["file"]) for row in ROWS if row["reference"]}
    assert told == found


def test_readme_tells_the_status_of_each_candidature(ami: Evaluation, other: Evaluation) -> None:
    assert _statuses(ami) | _statuses(other) == TOLD


def test_every_status_is_shown(ami: Evaluation) -> None:
    assert {status for status in Status if ami.count(status)} == set(Status) - {
        Status.AWARDED,
        Status.OTHER_WAVE,
        Status.TO_DELIBERATE,
        Status.AWAITED,
        Status.UNREADABLE,
    }


def test_another_wave_is_shown_when_one_is_asked() -> None:
    alone = evaluate([SAMPLES / "candidatures"], ROOT / "criteria.yaml", wave="vague-3")
    assert alone.count(Status.OTHER_WAVE) > 0


@pytest.mark.parametrize(("name", "read"), [("ami", 48), ("other", 8)])
def test_no_candidature_is_lost(name: str, read: int, request: pytest.FixtureRequest) -> None:
    evaluation: Evaluation = request.getfixturevalue(name)
    assert sum(evaluation.count(status) for status in Status) == evaluation.read == read


def test_policies_raise_no_finding(ami: Evaluation, other: Evaluation) -> None:
    policies = {ami.provenance.criteria.path, other.provenance.criteria.path}
    assert [f for e in (ami, other) for f in e.findings if f.where.path in policies] == []


def test_the_examples_of_the_policy_exercise_every_branch_and_whole_candidatures() -> None:
    (covered,) = cover([ROOT / "criteria.yaml"])
    assert [each.what for each in covered.untried] == []
    whole = read_policy(ROOT / "criteria.yaml").criteria.examples
    assert sum(each.total is not None for each in whole) >= 2
    assert {gate for each in whole for gate in each.refused or ()} == {"hors-gers", "porteur"}


def test_only_the_unreadable_samples_have_errors(ami: Evaluation, other: Evaluation) -> None:
    errors = {Path(f.where.path).name for f in ami.findings if f.severity is Severity.ERROR}
    assert errors == {"moissagnan.yaml", "saint-clarentin.yaml"}
    assert other.findings == ()


def test_warnings_are_those_announced(ami: Evaluation) -> None:
    warnings = {(f.code, Path(f.where.path).name) for f in ami.findings if f.severity is Severity.WARNING}
    assert warnings == {
        ("zone-differs", "fontargelle.yaml"),
        ("commune-not-zoned", "villemontrac.yaml"),
        ("carried-twice", "trois-du-lot.json"),
    }


def test_each_version_that_another_replaces_is_told(ami: Evaluation) -> None:
    told = {Path(f.where.path).name for f in ami.findings if f.code == "version-replaced"}
    assert told == {"canigonne.yaml", "viaurolle.yaml"}


def test_the_cut_falls_on_an_exact_tie(ami: Evaluation) -> None:
    left, right = (_standing(ami, reference) for reference in ("AMI-V3-02", "AMI-V3-03"))
    assert ami.cut.contested == ("AMI-V3-02", "AMI-V3-03")
    assert (left.rank, right.rank) == (14, 14)
    assert left.card.total == right.card.total
    assert (ami.cut.places, ami.cut.selected, ami.cut.places_left) == (14, 13, 1)


def test_another_tie_shares_its_rank_and_its_fate(ami: Evaluation) -> None:
    left, right = (_standing(ami, reference) for reference in ("AMI-V2-01", "AMI-V2-02"))
    assert left.tied
    assert left.rank == right.rank
    assert left.card.total == right.card.total
    assert left.status is right.status is Status.SELECTED


def test_totals_are_spread_with_half_marks(ami: Evaluation) -> None:
    totals = [standing.card.total for standing in ami.standings if standing.card.total is not None]
    assert min(totals) < 30
    assert max(totals) > 90
    assert any(total.denominator == 2 for total in totals)


def _parts(value: object) -> Iterator[Model]:
    if isinstance(value, Model):
        yield value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name))
    elif isinstance(value, list):
        for each in value:
            yield from _parts(each)


def test_every_optional_item_is_given_somewhere_and_missing_somewhere(ami: Evaluation) -> None:
    candidatures: list[Candidature] = [standing.entry.candidature for standing in ami.standings]
    given: set[str] = set()
    missing: set[str] = set()
    optional: set[str] = set()
    for part in _parts(candidatures):
        for name, field in type(part).model_fields.items():
            item = f"{type(part).__name__}.{name}"
            if field.default is None:
                optional.add(item)
                (missing if getattr(part, name) is None else given).add(item)
    assert given == optional
    assert missing == optional


def test_one_file_comes_from_an_old_editor() -> None:
    data = (SAMPLES / "candidatures" / "vague-2" / "orbignane.yaml").read_bytes()
    text = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == text.count("\n") > 0
    assert not unicodedata.is_normalized("NFC", text)


def test_every_form_of_file_is_shown() -> None:
    files = [path for path in (SAMPLES / "candidatures").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".yaml", ".yml", ".json", ".jsonl"}
    assert any(isinstance(json.loads(path.read_bytes()), list) for path in files if path.suffix == ".json")
    assert any("\n---\n" in path.read_text(encoding="utf-8") for path in files if path.suffix == ".yaml")


def test_the_other_call_reads_its_own_data_only(other: Evaluation) -> None:
    assert all(name.startswith("complements.") for name in facts_used(other.criteria))


def test_the_other_call_ends_with_a_draw_that_anyone_can_redo(other: Evaluation) -> None:
    draw = other.criteria.ranking.ties[-1]
    assert isinstance(draw, DrawTie)
    numbers = {name: sha256(f"{draw.draw}|{name}".encode()).hexdigest() for name in ("TL-03", "TL-04")}
    first, second = sorted(numbers, key=numbers.__getitem__, reverse=True)
    assert (_standing(other, first).rank, _standing(other, second).rank) == (4, 5)
    assert _standing(other, first).card.total == _standing(other, second).card.total


@pytest.mark.skipif(not REAL, reason="no list of the real communes and EPCI beside the project")
def test_no_commune_and_no_siren_is_real() -> None:
    with REAL[0].open(encoding="utf-8", newline="") as file:
        communes = list(csv.DictReader(file))
    with REAL[0].with_name("epci_occitanie_2022.csv").open(encoding="utf-8", newline="") as file:
        sirens = {row["siren"] for row in csv.DictReader(file)} | {row["commune_siren"] for row in communes}
    files = [path for path in SAMPLES.rglob("*") if path.suffix in {".yaml", ".yml", ".json", ".jsonl", ".csv"}]
    text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
    text = unicodedata.normalize("NFC", text)
    names = re.findall(r"""code_insee"?: "\d{5}",?\s+"?nom"?: ("[^"]+"|[^,}\n]+)""", text)
    assert len(names) > 50
    codes = re.findall(r"""(?:code_insee"?: "|^)(\d{5})(?:"|,[^,\n]*,?commune)""", text, flags=re.MULTILINE)
    assert len(codes) > 100
    assert not {row["insee"] for row in communes} & set(codes)
    assert not {row["nom"] for row in communes} & {name.strip('" \r') for name in names}
    assert not sirens & {digits.replace(" ", "") for digits in re.findall(r"\b\d{3} ?\d{3} ?\d{3}\b", text)}


def test_the_exports_of_other_tools_are_scored_whole_by_the_mappings_beside_them() -> None:
    evaluation = evaluate([SAMPLES / "exports"], ROOT / "criteria.yaml")
    assert [str(each.message) for each in evaluation.findings if each.severity is not Severity.NOTE] == []
    statuses = _statuses(evaluation)
    assert (len(statuses), statuses["DS-4100250"], statuses["2022/17"]) == (10, "retenue", "à compléter")
    assert len(evaluation.provenance.mappings) == 4
