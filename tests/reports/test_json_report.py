"""The JSON report: fixed keys, exact strings beside rounded numbers, the same bytes from the same files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.reports.whole_report import EXPECTED, FILES, STATUSES

from ami_scoring import Evaluation, __version__, evaluate
from ami_scoring.reports.json_report import SCHEMA, as_json
from ami_scoring.scoring.telling.marks import sentence

CRITERIA = """
language: 1
call: {title: Appel d'essai, edition: "2026", authority: Comité, notice: Les poids sont des hypothèses.}
total: 50
waves: [{id: v1, label: Vague 1, closes: 2021-11-30, zoning: z.csv}]
criteria:
  - id: zonage
    label: Zonage
    weight: 30
    reference: article 2
    rule: {kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}
  - id: locaux
    label: Locaux
    weight: 20
    criteria:
      - id: locaux.bureaux
        label: Bureaux
        weight: 20
        out_of: 3
        if_missing: zero
        rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 3}
selection: {places: 1, reserve: 1, minimum: 10}
"""
ZONING = "code,type,zone,edition,source\n09001,commune,ZIP,avril 2022,s\n09002,commune,ZAC,avril 2022,s\n"

Call = Callable[..., Evaluation]


def candidature(reference: str, code: str = "09001", **changes: Any) -> dict[str, Any]:
    return {
        "reference": reference,
        "depose_le": "2021-11-21",
        "porteur": {"nom": f"Commune {reference}", "type": "commune"},
        "implantation": {"communes": [{"code_insee": code, "nom": "Essai"}]},
        "locaux": {"bureaux": 2},
    } | changes


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.chdir(tmp_path)

    def run(*candidatures: dict[str, Any], criteria: str = CRITERIA) -> Evaluation:
        Path("criteria.yaml").write_text(criteria, encoding="utf-8")
        Path("z.csv").write_text(ZONING, encoding="utf-8")
        folder = Path("dossiers")
        folder.mkdir(exist_ok=True)
        for one in candidatures:
            (folder / f"{one['reference']}.json").write_text(json.dumps(one), encoding="utf-8")
        return evaluate([folder], Path("criteria.yaml"))

    return run


@pytest.fixture
def three(call: Call) -> Evaluation:
    return call(candidature("A-1"), candidature("A-2", "09003", locaux={}), candidature("A-3", depose_le="hier"))


def digest(path: str) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()


def told(report: dict[str, Any]) -> dict[str, Any]:
    """Check that every sentence says something, then put them aside: other tests hold their words."""
    for place in report["ranking"]:
        for mark in place["criteria"].values():
            assert mark["reason"]
            mark["reason"] = "…"
    for one in (*report["ranking"], *report["set_aside"]):
        assert all(one["reasons"])
        for threat in one.get("threats", ()):
            assert threat["need"]
            threat["need"] = "…"
        one["reasons"] = ["…"] * bool(one["reasons"])
    for finding in report["findings"]:
        finding["message"], finding["suggestion"] = "…", finding["suggestion"] and "…"
    return report


def keys(value: Any) -> Iterator[str]:
    """Give every key in the order of the text."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from keys(below)
    elif isinstance(value, list):
        for below in value:
            yield from keys(below)


def provenance() -> dict[str, Any]:
    return {
        "version": __version__,
        "criteria": {"path": "criteria.yaml", "sha256": digest("criteria.yaml")},
        "zonings": [{"path": "z.csv", "sha256": digest("z.csv"), "edition": "avril 2022", "waves": ["v1"]}],
        "candidatures": [{"path": path, "sha256": digest(path)} for path in FILES],
        "assessments": [],
        "assumptions": "Les poids sont des hypothèses.",
    }


def test_the_whole_report_of_three_candidatures(three: Evaluation) -> None:
    report = told(json.loads(as_json(three)))
    expected = EXPECTED | {"provenance": provenance()}
    assert report == expected
    assert list(keys(report)) == list(keys(expected))


def test_the_schema_number_is_the_one_documented() -> None:
    documented = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert f'"schema": {SCHEMA}' in documented
    missing = {key for key in keys(EXPECTED) if f"`{key}`" not in documented} - IDS
    assert not missing


def test_a_reason_is_the_sentence_of_the_explanation(three: Evaluation) -> None:
    first, criteria = three.standings[0], three.criteria
    told_reasons = {name: mark["reason"] for name, mark in json.loads(as_json(three))["ranking"][0]["criteria"].items()}
    assert told_reasons == {
        name: str(sentence(criterion, first.card.marks[name], first.card, criteria))
        for name, criterion in criteria.by_id.items()
    }


def test_top_leaves_out_later_ranks_but_neither_equals_nor_what_is_on_hold(call: Call) -> None:
    low, held = candidature("B-3", "09002"), candidature("B-4", "09003")
    report = json.loads(as_json(call(candidature("B-1"), candidature("B-2"), low, held), top=1))
    assert [(one["reference"], one["tied"]) for one in report["ranking"]] == [
        ("B-1", True),
        ("B-2", True),
        ("B-4", False),
    ]
    assert report["top"] == 1
    assert sum(report["counts"].values()) == 4


def test_the_only_wave_evaluated_is_named(three: Evaluation) -> None:
    assert json.loads(as_json(evaluate([Path("dossiers")], Path("criteria.yaml"), wave="v1")))["wave"] == "v1"


FACTS = """facts:
  - {name: part, type: percentage, label: Part}
  - {name: ouvert, type: boolean, label: Ouvert}
  - {name: nature, type: text, label: Nature}
"""
RULES = """kind: sum_of
      rules:
        - {kind: linear, fact: complements.part, knots: [{at: 0, points: 0}, {at: 1, points: 1}]}
        - {kind: lookup, fact: complements.ouvert, points: {oui: 1, non: 0}}
        - {kind: lookup, fact: complements.nature, points: {fixe: 1}, otherwise: 0}
        - {kind: linear, fact: locaux.delai_mois, knots: [{at: 0, points: 1}, {at: 12, points: 0}]}
        - {kind: bands, fact: depose_le, bands: [{below: 2021-11-01, points: 1}, {from: 2021-11-01, points: 0}]}
        - kind: checklist
          items:
            - {label: Plan, if: {fact: pieces, includes: Plan des locaux}, points: 1}
            - {label: Partenaires, if: {fact: diagnostic.partage_avec, includes_any: [CPTS, ARS]}, points: 1}
"""


def test_facts_are_plain_values_and_lists_show_only_what_the_rule_names(call: Call) -> None:
    simple = "kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0"
    criteria = CRITERIA.replace("waves:", FACTS + "waves:").replace(f"rule: {{{simple}}}", f"rule:\n      {RULES}")
    one = candidature(
        "A-1",
        complements={"part": "12,5 %", "ouvert": "oui", "nature": "fixe"},
        locaux={"disponibles_le": "2021-12-01"},
        pieces=["PLAN des  locaux", "Lettre du Dr Secret"],
        diagnostic={"partage_avec": ["CPTS", "Mme Secret", "ARS"]},
    )
    (ranked,) = json.loads(as_json(call(one, criteria=criteria)))["ranking"]
    assert ranked["criteria"]["zonage"]["facts"] == {
        "complements.part": 0.125,
        "complements.ouvert": True,
        "complements.nature": "fixe",
        "locaux.delai_mois": 0.033333,
        "depose_le": "2021-11-21",
        "pieces": ["plan des locaux"],
        "diagnostic.partage_avec": ["ars", "cpts"],
    }


def test_no_doctor_is_named(call: Call) -> None:
    doctor = {"nom": "Dr Secret", "rpps": "10101010105", "preuve": "lettre", "temps_plein": 1}
    criteria = CRITERIA.replace("fact: locaux.bureaux", "fact: medecins_interesses.nombre")
    evaluation = call(
        candidature("A-1", medecins_interesses=[doctor], pieces=["Lettre du Dr Secret"]),
        candidature("A-2", medecins_interesses=[doctor | {"rpps": "10101010103"}]),
        candidature("A-3", "09003", medecins_interesses=[doctor]),
        criteria=criteria,
    )
    text = as_json(evaluation)
    assert "rpps-form" in text
    assert "secret" not in text.casefold()
    assert "101010101" not in text


def test_the_order_of_files_changes_no_byte(three: Evaluation) -> None:
    files = [Path(path) for path in FILES]
    orders = (files, files[::-1], files[1:] + files[:1])
    assert {as_json(evaluate(order, Path("criteria.yaml"))) for order in orders} == {as_json(three)}


def test_each_candidature_is_one_line(three: Evaluation) -> None:
    text = as_json(three)
    assert text.endswith("\n}\n")
    assert [line.count('"reference": "A-1"') for line in text.splitlines() if "A-1" in line] == [0, 1]
    assert "à compléter" in text


def test_a_file_whose_name_cannot_be_decoded_is_spelt_out(call: Call) -> None:
    call(candidature("A-1"))
    try:
        Path("dossiers/A-1.json").rename("dossiers/\udce9.json")
    except OSError:
        pytest.skip("this system accepts no such name")
    report = json.loads(as_json(evaluate([Path("dossiers")], Path("criteria.yaml"))).encode())
    assert report["ranking"][0]["file"] == "dossiers/\\udce9.json"


def test_what_a_terminal_would_obey_is_escaped_and_read_back_whole(call: Call) -> None:
    named = 'Essai \x7f\x9b31m "\\ é\U0001f3e0'
    text = as_json(call(candidature("A-1", implantation={"communes": [{"code_insee": "09001", "nom": named}]})))
    commune = json.loads(text)["ranking"][0]["commune"]
    assert not set(text) & {"\x7f", "\x9b"}
    assert commune.endswith('31m "\\ é\U0001f3e0')


IDS = {"zonage", "locaux", "locaux.bureaux", *STATUSES}
EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[2] / "examples").glob("*/criteria.yaml"))


def facts_of(report: dict[str, Any]) -> Iterator[Any]:
    for one in report["ranking"]:
        for criterion in one["criteria"].values():
            yield from criterion["facts"].values()


def is_documented(value: Any) -> bool:
    """Whether a value is of a kind that docs/formats.md names, and no text is what Python says of an object."""
    match value:
        case None | bool() | int() | float():
            return True
        case str():
            return re.search(r"\w\(.*=|Fraction\(|Decimal\(|<.* object at", value) is None
        case list():
            return all(isinstance(item, str) for item in value)
        case {"marks": list() as marks, "excluded": int(), **others}:
            return not others and all(isinstance(mark, (int, float)) for mark in marks)
        case _:
            return False


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_facts_of_every_example_are_of_the_documented_kinds(folder: Path) -> None:
    marks = [path for path in [folder / "avis.yaml"] if path.exists()]
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=marks)
    found = list(facts_of(json.loads(as_json(evaluation))))
    assert found
    assert [value for value in found if not is_documented(value)] == []


def test_opinions_are_their_marks_and_how_many_stood_aside() -> None:
    folder = next(folder for folder in EXAMPLES if folder.name == "marche-public")
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=[folder / "avis.yaml"])
    found = [value for value in facts_of(json.loads(as_json(evaluation))) if isinstance(value, dict)]
    assert {"marks": [9, 10], "excluded": 1} in found


def test_files_of_opinions_are_told_apart_from_those_of_candidatures() -> None:
    folder = next(folder for folder in EXAMPLES if folder.name == "marche-public")
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=[folder / "avis.yaml"])
    told = json.loads(as_json(evaluation))["provenance"]
    assert [Path(one["path"]).name for one in told["assessments"]] == ["avis.yaml"]
    assert "avis.yaml" not in [Path(one["path"]).name for one in told["candidatures"]]
