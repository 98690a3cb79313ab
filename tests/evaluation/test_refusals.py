"""An answer that cannot be read is told at its place, and leaves its candidature among the others, to be corrected."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.scoring.building import plain
from tests.sources.sheets import MINIMAL, cells_by_key, filled

from ami_scoring import Evaluation, Status, evaluate
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.standings import Standing
from ami_scoring.evaluation.policy import checker, read_policy
from ami_scoring.reports.json_report import as_json
from ami_scoring.scoring.telling import sentence
from ami_scoring.scoring.words import standing_reasons
from ami_scoring.sources.doors.loaders import load_candidatures

ROOT = Path(__file__).parents[2]
REJECTED = ROOT / "tests" / "rejected"
POLICY = """
language: 1
call: {title: Essai, edition: e, authority: A}
waves: [{id: v1, closes: 2024-06-30, zoning: z.csv}]
total: 201
facts:
  - {name: note, label: Note, type: decimal, minimum: 0, maximum: 100, step: 0.5}
  - {name: voeu, label: Vœu, type: choice, choices: [mer, mont]}
computed:
  - {name: double, label: Double, sum_of: [complements.note, complements.note]}
  - {name: moitie, label: Moitié, product_of: [locaux.bureaux, complements.note, 0.5]}
eligibility:
  - {id: porte, label: Une commune, if_missing: zero, require: {fact: porteur.type, is: commune}}
criteria:
  - {id: note, label: Note, weight: 100, if_missing: zero,
     rule: {kind: per_unit, fact: complements.note, points: 1, count: exact}}
  - {id: oui, label: Adaptés, weight: 10, if_missing: zero,
     rule: {kind: checklist, items: [{label: L, if: {fact: locaux.adaptes, is: oui}, points: 10}]}}
  - {id: dit, label: Vœu dit, weight: 5, if_missing: reject,
     rule: {kind: checklist, items: [{label: V, if: {fact: complements.voeu, present: oui}, points: 5}]}}
  - {id: medecins, label: Médecins, weight: 10, if_missing: zero,
     rule: {kind: per_unit, fact: medecins_interesses.etp, points: 5, at_most: 10, count: exact}}
  - {id: zone, label: Zone, weight: 30, if_missing: zero,
     rule: {kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 20}, otherwise: 0}}
  - {id: qpv, label: QPV, weight: 1, rule: {kind: lookup, fact: implantation.qpv, points: {oui: 1}, otherwise: 0}}
  - {id: nombre, label: Communes, weight: 10, if_missing: zero,
     rule: {kind: per_unit, fact: implantation.nombre_communes, points: 1, at_most: 10}}
  - {id: dept, label: Départements, weight: 10, if_missing: zero,
     rule: {kind: per_unit, fact: implantation.nombre_departements, points: 1, at_most: 10}}
  - {id: habitants, label: Habitants, weight: 10, if_missing: zero,
     rule: {kind: per_unit, fact: implantation.population, every: 1000, points: 1, at_most: 10}}
  - {id: ou, label: Où, weight: 2, if_missing: zero,
     rule: {kind: lookup, fact: implantation.departement, points: {'09': 2}, otherwise: 0}}
  - {id: mieux, label: Mieux, weight: 3, if_missing: zero,
     rule: {kind: lookup, fact: zonage.meilleur, points: {ZIP: 3}, otherwise: 0}}
  - {id: moitie, label: Moitié, weight: 10, if_missing: zero,
     rule: {kind: per_unit, fact: calculs.moitie, points: 1, at_most: 10, count: exact}}
selection: {places: 2, reserve: 1}
"""
ZONING = "code;type;zone;edition;source\n09001;commune;ZAC;e;s\n31001;commune;HV;e;s\nQP031001;qpv;ZIP;e;s\n"
SOUND = """reference: A-1
depose_le: 2024-06-01
porteur: {nom: Commune d'Essai, type: commune}
implantation: {communes: [{code_insee: '09001', population: 2000}]}
locaux: {adaptes: oui, bureaux: 2}
medecins_interesses: [{temps_plein: 1}, {temps_plein: 0.5}]
complements: {note: 50, voeu: mer}
"""
TWO = "communes: [{code_insee: '09001', principale: oui, population: 1}, {code_insee: '31001', population: 5}]"
ONE = "communes: [{code_insee: '09001', population: 2000}]"


def run(folder: Path, *candidatures: str) -> Evaluation:
    (folder / "criteria.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "z.csv").write_text(ZONING, encoding="utf-8")
    (folder / "c").mkdir()
    for number, text in enumerate(candidatures):
        (folder / "c" / f"{number}.yaml").write_text(text, encoding="utf-8")
    return evaluate([folder / "c"], folder / "criteria.yaml")


def only(evaluation: Evaluation) -> Standing:
    (standing,) = evaluation.standings
    return standing


def test_nothing_is_refused_of_a_sound_candidature(tmp_path: Path) -> None:
    standing = only(run(tmp_path, SOUND))
    assert (standing.status, standing.entry.refused) == (Status.SELECTED, ())
    marks = {name: mark.points for name, mark in standing.card.marks.items()}
    assert list(marks.values()) == [50, 10, 5, pytest.approx(7.5), 20, 0, 1, 1, 2, 2, 0, 10]


WRONG: dict[str, tuple[str, str, str, dict[str, tuple[object, object]]]] = {
    "neither yes nor no": ("adaptes: oui", "adaptes: à voir", "locaux.adaptes", {"oui": (0, 10)}),
    "a block for a yes": ("adaptes: oui", "adaptes: {oui: non}", "locaux.adaptes", {"oui": (0, 10)}),
    "out of bounds": ("note: 50", "note: 500", "complements.note", {"note": (0, 100), "moitie": (0, 10)}),
    "off step": ("note: 50", "note: 50.25", "complements.note", {"note": (0, 100), "moitie": (0, 10)}),
    "no number": ("note: 50", "note: beaucoup", "complements.note", {"note": (0, 100), "moitie": (0, 10)}),
    "unknown choice": ("voeu: mer", "voeu: lac", "complements.voeu", {"dit": (0, 5)}),
    "a key that is none": ("voeu: mer", "veu: mer", "complements", {"dit": (0, 5)}),
    "no block at all": (
        "{note: 50, voeu: mer}",
        "[]",
        "complements",
        {"note": (0, 100), "dit": (0, 5), "moitie": (0, 10)},
    ),
    "one share of two": (
        "temps_plein: 0.5",
        "temps_plein: 3",
        "medecins_interesses.temps_plein",
        {"medecins": (5, 10)},
    ),
    "a doctor that is none": ("{temps_plein: 0.5}", "[]", "medecins_interesses", {"medecins": (0, 10)}),
    "no list": ("[{temps_plein: 1}, {temps_plein: 0.5}]", "deux", "medecins_interesses", {"medecins": (0, 10)}),
    "a mistyped key": ("bureaux: 2", "bureau: 2", "locaux.bureaux", {"moitie": (0, 10)}),
    "a decimal cut in two": (
        "temps_plein: 0.5",
        "temps_plein: 0,5",
        "medecins_interesses.temps_plein",
        {"medecins": (5, 10)},
    ),
    "a strange key": ("bureaux: 2", "bureaux: 2, couleur: bleu", "locaux", {}),
    "a strange block": ("locaux:", "couleur: bleu\nlocaux:", "", {}),
    "an unused answer": ("type: commune", "type: commune, siren: '123'", "porteur.siren", {}),
    "the kind of applicant": ("type: commune", "type: ville", "porteur.type", {}),
    "a name left out": ("nom: Commune d'Essai, ", "", "porteur.nom", {}),
    "no applicant": ("{nom: Commune d'Essai, type: commune}", "Essai", "porteur", {}),
    "no such district": (
        ONE,
        f"{ONE}, qpv: '31'",
        "implantation.qpv",
        {"zone": (20, 30), "qpv": (0, 1), "mieux": (0, 3)},
    ),
    "no such commune": (
        "'09001'",
        "'9'",
        "implantation.communes.code_insee",
        {"zone": (0, 30), "nombre": (1, 1), "ou": (0, 2), "mieux": (0, 3)},
    ),
    "one such commune of two": (
        ONE,
        TWO.replace("31001", "3"),
        "implantation.communes.code_insee",
        {"nombre": (1, 2), "dept": (1, 2), "mieux": (0, 3)},
    ),
    "no main commune": (
        ONE,
        f"qpv: QP031001, {TWO.replace('principale: oui, ', '')}",
        "implantation.communes.principale",
        {"zone": (0, 30), "ou": (0, 2), "mieux": (0, 3)},
    ),
    "two main communes": (
        ONE,
        TWO.replace("population: 5", "principale: oui, population: 5"),
        "implantation.communes.principale",
        {"zone": (0, 30), "ou": (0, 2)},
    ),
    "a commune twice": (
        ONE,
        TWO.replace("31001", "09001"),
        "implantation.communes.code_insee",
        {"nombre": (1, 2), "dept": (1, 2), "habitants": (0, 10), "mieux": (0, 3)},
    ),
    "many communes many times": (
        ONE,
        f"communes: [{{code_insee: '09001', principale: oui}}{', {code_insee: 31001}, {code_insee: 09001}' * 500}]",
        "implantation.communes",
        {"zone": (0, 30), "nombre": (1, 10), "dept": (1, 10), "habitants": (0, 10), "ou": (0, 2), "mieux": (0, 3)},
    ),
    "no communes": (
        ONE,
        "communes: []",
        "implantation.communes",
        {"zone": (0, 30), "nombre": (1, 10), "dept": (1, 10), "habitants": (0, 10), "ou": (0, 2), "mieux": (0, 3)},
    ),
    "no place": (
        f"{{{ONE}}}",
        "Foix",
        "implantation",
        {
            "zone": (0, 30),
            "qpv": (0, 1),
            "nombre": (1, 10),
            "dept": (1, 10),
            "habitants": (0, 10),
            "ou": (0, 2),
            "mieux": (0, 3),
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "key", "opened"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_answer_opens_the_marks_that_read_it_and_no_other(
    right: str, wrong: str, key: str, opened: dict[str, tuple[object, object]], tmp_path: Path
) -> None:
    assert right in SOUND
    evaluation = run(tmp_path, SOUND.replace(right, wrong, 1))
    standing = only(evaluation)
    assert evaluation.has_input_errors
    assert (standing.status, standing.rank) == (Status.TO_CORRECT, None)
    assert key in [each.key for each in standing.entry.refused]
    found: dict[str, tuple[object, object]] = {
        name: (mark.low, mark.high) for name, mark in standing.card.marks.items() if mark.low != mark.high
    }
    assert found == {name: span for name, span in opened.items() if span[0] != span[1]}
    assert all(standing.card.marks[name].points is None for name in found)


def test_an_answer_refused_is_told_by_its_question_its_place_and_the_mistake(tmp_path: Path) -> None:
    wrong = SOUND.replace("adaptes: oui", "adaptes: à voir").replace("note: 50", "note: 500")
    evaluation = run(tmp_path, wrong)
    assert [plain(each) for each in standing_reasons(only(evaluation), evaluation.criteria)] == [
        "à corriger : « Locaux adaptés » (ligne 5) : « à voir » n'est ni oui ni non : écrivez oui ou non",
        "à corriger : « Note » (ligne 7) : « 500 » est hors des bornes de « Note » (de 0 à 100)",
    ]


def test_a_strange_key_is_told_without_the_question_that_it_is_not(tmp_path: Path) -> None:
    evaluation = run(tmp_path, SOUND.replace("bureaux: 2", "bureaux: 2, couleur: bleu"))
    assert [plain(each) for each in standing_reasons(only(evaluation), evaluation.criteria)] == [
        "à corriger (ligne 5) : « couleur » n'est pas une clé connue ici"
    ]


def test_two_answers_of_one_question_are_both_told(tmp_path: Path) -> None:
    evaluation = run(
        tmp_path, SOUND.replace("temps_plein: 1}, {temps_plein: 0.5", "temps_plein: 7},\n  {temps_plein: 8")
    )
    assert len(standing_reasons(only(evaluation), evaluation.criteria)) == 2


def test_of_many_mistakes_the_first_ones_are_told(tmp_path: Path) -> None:
    many = ", ".join(f"{{temps_plein: {number}}}" for number in range(7, 40))
    evaluation = run(tmp_path, SOUND.replace("{temps_plein: 1}, {temps_plein: 0.5}", many.replace("}, ", "},\n  ")))
    said = [plain(each) for each in standing_reasons(only(evaluation), evaluation.criteria)]
    assert len(said) == 13
    assert said[-1] == "et 21 autres réponses à corriger : « ami validate » les dit toutes"


def test_a_refused_answer_is_a_rival_of_the_others(tmp_path: Path) -> None:
    rival = SOUND.replace("A-1", "A-2").replace("Essai", "Autre").replace("note: 50", "note: 60")
    evaluation = run(tmp_path, SOUND.replace("note: 50", "note: beaucoup"), rival)
    ranks = {one.entry.reference: (one.rank, one.rank_best, one.rank_worst) for one in evaluation.standings}
    assert ranks == {"A-2": (1, 1, 2), "A-1": (None, 1, 2)}


def test_an_answer_that_would_refuse_leaves_the_candidature_in(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assert only(run(tmp_path / "one", SOUND.replace("type: commune", "type: ville"))).status is Status.TO_CORRECT
    (tmp_path / "two").mkdir()
    (aside,) = run(tmp_path / "two", SOUND.replace("type: commune", "type: autre")).set_aside
    assert aside.status is Status.INELIGIBLE


def test_each_file_that_names_no_candidature_is_one_more_rival(tmp_path: Path) -> None:
    broken = [SOUND.replace("A-1", "A-2").replace("depose_le", "le"), "reference: [", SOUND.replace("A-1", "A 3")]
    evaluation = run(tmp_path, SOUND, *broken)
    standing = only(evaluation)
    assert (evaluation.unread, standing.rank, standing.rank_best, standing.rank_worst) == (3, 1, 1, 4)


def test_projects_of_which_what_tells_them_apart_is_refused_are_versions_of_none(tmp_path: Path) -> None:
    nameless = SOUND.replace("nom: Commune d'Essai, ", "")
    nowhere = SOUND.replace("'09001'", "'9'")
    texts = [nameless, nameless, nowhere, nowhere]
    evaluation = run(tmp_path, *(text.replace("A-1", f"A-{number}") for number, text in enumerate(texts)))
    assert len(evaluation.standings) == 4


@pytest.mark.parametrize(
    "path",
    sorted(path for path in (REJECTED / "candidatures").iterdir() if path.suffix != ".attendu"),
    ids=lambda path: path.name,
)
def test_only_what_cannot_be_identified_is_unreadable(path: Path) -> None:
    policy = read_policy(REJECTED / "appel.yaml")
    loaded = load_candidatures([path], checker(policy))
    unidentified = (
        "date-swapped",
        "date-two-digit-year",
        "duplicate-key",
        "half-character",
        "json-syntax",
        "missing-key",
        "moment-",
        "not-a-number",
        "number-too-long",
        "reference-form",
        "rest-not-read",
        "shared-reference",
        "too-deep",
        "yaml-syntax",
    )
    assert bool(loaded.unreadable) == path.name.startswith(unidentified), loaded


def test_the_sample_with_one_mistyped_answer_stays_a_rival(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples" / "candidatures", tmp_path / "c")
    path = tmp_path / "c" / "vague-1" / "peyrecandele.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("adaptes: oui", "adaptes: à voir"), encoding="utf-8")
    evaluation = evaluate([tmp_path / "c"], ROOT / "criteria.yaml")
    found = {one.entry.reference: one for one in evaluation.standings}
    wrong, first = found["AMI-V1-01"], found["AMI-V3-12"]
    assert (wrong.status, wrong.rank, wrong.rank_best) == (Status.TO_CORRECT, None, 1)
    assert (first.rank_best, first.rank_worst) == (1, 3)
    said: Any = json.loads(as_json(evaluation))
    assert said["counts"]["à corriger"] == 3


def test_a_form_a_table_and_json_are_refused_alike_each_at_its_place(tmp_path: Path) -> None:
    given = {"locaux.adaptes": "à voir", "engagement_financier.duree_annees": "trois"}
    form = filled({**MINIMAL, **given})
    (tmp_path / "f.xlsx").write_bytes(form)
    keys = {**MINIMAL, **given, "reference": "AMI-T-02", "porteur.nom": "Autre"}
    (tmp_path / "t.csv").write_text(
        "\n".join(";".join(each) for each in (keys, map(str, keys.values()))), encoding="utf-8"
    )
    nested = {
        "reference": "AMI-T-03",
        "depose_le": "2022-09-30",
        "porteur": {"nom": "Encore"},
        "implantation": {"communes": [{"code_insee": "09901"}]},
        "locaux": {"adaptes": "à voir"},
        "engagement_financier": {"duree_annees": "trois"},
    }
    (tmp_path / "j.json").write_text(json.dumps(nested, indent=1), encoding="utf-8")
    evaluation = evaluate([tmp_path], ROOT / "criteria.yaml")
    said = {one.entry.reference: plain(standing_reasons(one, evaluation.criteria)[0]) for one in evaluation.standings}
    cell = cells_by_key(form)["locaux.adaptes"]
    places = {"AMI-T-01": f"cellule {cell}", "AMI-T-02": "ligne 2", "AMI-T-03": "ligne 15"}
    assert {one.status for one in evaluation.standings} == {Status.TO_CORRECT}
    assert {len(one.entry.refused) for one in evaluation.standings} == {2}
    assert all(f"« Locaux adaptés » ({place})" in str(said[name]) for name, place in places.items()), said


@pytest.mark.parametrize(
    ("key", "answer", "unread"),
    [
        ("locaux.adaptes", "#N/A", False),
        ("implantation.communes.1.code_insee", "#N/A", False),
        ("reference", "#N/A", True),
        ("medecins_interesses.nombre", "beaucoup", False),
        ("diagnostic.partage_avec.1", "#REF!", False),
    ],
)
def test_a_cell_that_holds_no_answer_is_refused_alone(key: str, answer: str, *, unread: bool, tmp_path: Path) -> None:
    (tmp_path / "f.xlsx").write_bytes(filled({**MINIMAL, key: answer}))
    evaluation = evaluate([tmp_path], ROOT / "criteria.yaml")
    assert [one.status for one in evaluation.standings] == ([] if unread else [Status.TO_CORRECT])
    assert evaluation.unread == int(unread)


def test_a_mark_that_waits_for_a_correction_says_so_whatever_is_done_of_what_is_missing(tmp_path: Path) -> None:
    evaluation = run(tmp_path, SOUND.replace("note: 50", "note: beaucoup"))
    card = only(evaluation).card
    leaf = evaluation.criteria.by_id["note"]
    assert plain(sentence(leaf, card.marks["note"], card, evaluation.criteria)) == (
        "Note : non renseigné ; en attente d'une correction : de 0 à 100 points possibles."
    )


def test_a_withheld_fact_says_why(tmp_path: Path) -> None:
    standing = only(run(tmp_path, SOUND.replace("note: 50", "note: beaucoup")))
    for name in ("complements.note", "calculs.moitie"):
        value = standing.card.values[name]
        assert isinstance(value, Missing)
        assert value.withheld
        assert str(value.why).startswith("à corriger")
