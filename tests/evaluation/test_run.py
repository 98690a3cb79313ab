"""One run from files to results: what people's typing, names and order of files must not change."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ami_scoring import Evaluation, Status, evaluate
from ami_scoring.evaluation.places import fact_places
from ami_scoring.evaluation.run import UnknownWaveError
from ami_scoring.evaluation.validation import check_files
from ami_scoring.findings import NothingToScoreError
from ami_scoring.reports.json_report import as_json

ROOT = Path(__file__).parents[2]
CRITERIA = ROOT / "criteria.yaml"
SAMPLES = ROOT / "samples" / "candidatures"
TEXTS = sorted(path for path in SAMPLES.rglob("*.yaml") if "vague" in str(path))[::4]
QUICK = settings(derandomize=True, deadline=None, max_examples=15)

READ = ("locaux.bureaux", "engagement_financier.nature")

Retype = Callable[[bytes], bytes]


def _text(change: Callable[[str], str]) -> Retype:
    return lambda data: change(data.decode("utf-8-sig")).encode()


RETYPED: dict[str, Retype] = {
    "NFD": _text(lambda text: unicodedata.normalize("NFD", text)),
    "NFC": _text(lambda text: unicodedata.normalize("NFC", text)),
    "BOM": lambda data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
    "CRLF": _text(lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n")),
    "apostrophes": _text(lambda text: text.replace("d'", "d\u2019").replace("l'", "l\u2019")),
    "no-break spaces": _text(lambda text: text.replace(" €", "\u202f€").replace("des locaux", "des\u00a0locaux")),
    "capitals": _text(lambda text: text.replace(": oui", ": OUI").replace(": contribution", ": Contribution")),
}


def results(evaluation: Evaluation) -> Any:
    """Give what a run decides, without what it says of files."""
    said = json.loads(as_json(evaluation))
    keys = ("rank", "rank_best", "rank_worst", "reference", "status", "total_exact", "total_low", "total_high")
    aside = sorted((str(one["reference"]), one["status"]) for one in said["set_aside"])
    return [[one[key] for key in keys] for one in said["ranking"]], aside, said["counts"]


def run(files: dict[str, bytes]) -> Evaluation:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        return evaluate([Path(folder)], CRITERIA)


@pytest.fixture(scope="module")
def expected() -> Any:
    return results(run({path.name: path.read_bytes() for path in TEXTS}))


@QUICK
@given(st.data())
def test_how_people_type_changes_no_result(expected: Any, data: st.DataObject) -> None:
    files = {}
    for path in TEXTS:
        content = path.read_bytes()
        for name in data.draw(st.lists(st.sampled_from(sorted(RETYPED)), max_size=3, unique=True)):
            content = RETYPED[name](content)
        files[path.name] = content
    assert results(run(files)) == expected


@QUICK
@given(st.permutations(range(len(TEXTS))))
def test_names_and_order_of_files_change_no_result(expected: Any, order: list[int]) -> None:
    named = {f"{place:03}.yaml": TEXTS[number].read_bytes() for place, number in enumerate(order)}
    assert results(run(named)) == expected


def test_one_file_or_many_give_the_same_result(expected: Any) -> None:
    stream = b"\n---\n".join(path.read_bytes().removeprefix(b"\xef\xbb\xbf") for path in TEXTS)
    assert results(run({"tout.yaml": stream})) == expected


def test_paths_given_in_any_order_give_the_same_bytes_but_for_reading_order() -> None:
    one = evaluate([SAMPLES / "vague-1", SAMPLES / "vague-2"], CRITERIA)
    two = evaluate([SAMPLES / "vague-2", SAMPLES / "vague-1"], CRITERIA)
    assert as_json(one) == as_json(two)


def test_every_candidature_has_exactly_one_status() -> None:
    for wave in (None, "vague-1", "vague-2", "vague-3", "vague-4"):
        evaluation = evaluate([SAMPLES], CRITERIA, wave=wave)
        assert sum(evaluation.count(status) for status in Status) == evaluation.read == 48


def test_an_unknown_wave_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownWaveError, match="aucune vague « v » ; les vagues sont : vague-1, "):
        evaluate([SAMPLES], CRITERIA, wave="v")
    with pytest.raises(NothingToScoreError, match="Aucune candidature dans : "):
        evaluate([tmp_path], CRITERIA)


def test_facts_have_places_until_their_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    shutil.copy(SAMPLES / "vague-3" / "tournefage.yaml", path)
    evaluation = evaluate([path], CRITERIA)
    (standing,) = evaluation.standings
    places = fact_places(evaluation.criteria, standing.entry.origin, [*READ, "groupe.lowest.x.possible"])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [lines[(where.line or 0) - 1].strip() for found in places.values() for where in found] == [
        "bureaux: 3",
        "nature: contribution",
    ]
    path.write_text(path.read_text(encoding="utf-8") + "\n# autre\n", encoding="utf-8")
    assert fact_places(evaluation.criteria, standing.entry.origin, ["locaux.bureaux"]) == {}


def test_checking_reads_policies_among_paths_and_counts_what_it_read(tmp_path: Path) -> None:
    checked = check_files([CRITERIA, SAMPLES], tmp_path / "absent.yaml")
    assert (checked.policies, checked.candidatures) == (1, 48)
    checked = check_files([SAMPLES], tmp_path / "absent.yaml")
    assert checked.candidatures == 48
    assert "unreadable-file" in {finding.code for finding in checked.findings}


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "criteria.yaml")
    assert {finding.code for finding in check_files([tmp_path / "criteria.yaml"], CRITERIA).findings} == {
        "unreadable-file"
    }


PRICES = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
waves: [{id: v1, closes: 2022-06-30}, {id: v2, closes: 2022-09-30}]
facts: [{name: prix, type: money, label: Prix, minimum: 1}, {name: accord, type: boolean, label: Accord}]
criteria:
  - {id: prix, label: Prix, weight: 90, rule: {kind: relative, fact: complements.prix, best: lowest, points: 90}}
  - {id: accord, label: Accord, weight: 10, if_missing: reject,
     rule: {kind: lookup, fact: complements.accord, points: {oui: 10, non: 0}}}
selection: {places: 9}
"""


def totals_by_price(folder: Path, *offers: tuple[str, str, str, str]) -> dict[str, int]:
    """Score offers given as a reference, a day, an applicant and complements."""
    (folder / "criteria.yaml").write_text(PRICES, encoding="utf-8")
    for reference, day, applicant, complements in offers:
        text = (
            f"{{reference: {reference}, depose_le: {day}, porteur: {{nom: {applicant}}}, "
            f"implantation: {{communes: [{{code_insee: '09001'}}]}}, complements: {{{complements}}}}}"
        )
        (folder / f"{reference}.yaml").write_text(text, encoding="utf-8")
    evaluation = evaluate([folder / f"{offer[0]}.yaml" for offer in offers], folder / "criteria.yaml")
    return {each.entry.reference: int(each.card.total or 0) for each in evaluation.standings}


def test_each_wave_is_compared_with_itself(tmp_path: Path) -> None:
    assert totals_by_price(
        tmp_path,
        ("A", "2022-06-01", "P", "prix: 30, accord: oui"),
        ("B", "2022-06-01", "Q", "prix: 60, accord: oui"),
        ("C", "2022-09-01", "R", "prix: 10, accord: oui"),
        ("D", "2022-09-01", "S", "prix: 20, accord: oui"),
    ) == {"A": 100, "B": 55, "C": 100, "D": 55}


def test_neither_a_version_replaced_nor_a_candidature_refused_sets_the_best_price(tmp_path: Path) -> None:
    assert totals_by_price(
        tmp_path,
        ("A", "2022-09-01", "P", "prix: 10, accord: oui"),
        ("A2", "2022-09-02", "P", "prix: 30, accord: oui"),
        ("B", "2022-09-01", "Q", "prix: 60, accord: oui"),
        ("C", "2022-09-01", "R", "prix: 5"),
    ) == {"A2": 100, "B": 55}
