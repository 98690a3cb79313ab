"""What a service verified after the deposit counts, is shown beside what was declared, and holds places until done."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from tests.scoring.building import plain

from ami_scoring import Evaluation, Status, evaluate
from ami_scoring.domain.standings import Firmness, Standing
from ami_scoring.evaluation.validation import check_files
from ami_scoring.exact import Fraction
from ami_scoring.findings import InvalidFileError
from ami_scoring.reports.json_report import as_json
from ami_scoring.reports.tables import csv
from ami_scoring.scoring.robustness import limits, study_of
from ami_scoring.scoring.words import standing_reasons, verified_word

POLICY: Final = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
waves: [{id: v1, closes: 2022-09-30}]
verified: verifications.csv
facts:
  - {name: lits, type: integer, label: Lits, minimum: 0, maximum: 10}
  - {name: soutiens, type: list, label: Soutiens}
criteria:
  - {id: surface, label: Surface, weight: 60, reference: a,
     rule: {kind: per_unit, fact: locaux.surface_m2, points: 1, at_most: 60}}
  - {id: habitants, label: Habitants, weight: 30, reference: b,
     rule: {kind: bands, fact: implantation.population, bands: [{below: 1000, points: 30}, {from: 1000, points: 0}]}}
  - {id: lits, label: Lits, weight: 10, reference: c, if_missing: zero,
     rule: {kind: per_unit, fact: complements.lits, points: 1, at_most: 10}}
"""
HEAD: Final = "reference;donnee;valeur;par;le;source\n"
BY: Final = ";le service instructeur;03/03/2022;"


def dossier(name: str, surface: int, population: int = 2000, more: str = "complements: {lits: 0}\n") -> str:
    return (
        f"reference: {name}\ndepose_le: 2022-02-01\nporteur: {{nom: Commune {name}, type: commune}}\n"
        f'implantation: {{communes: [{{code_insee: "0900{ord(name) - 64}", population: {population}}}]}}\n'
        f"locaux: {{surface_m2: {surface}}}\n{more}"
    )


def run(folder: Path, verified: str, *dossiers: str, policy: str = "selection: {places: 1}") -> Evaluation:
    (folder / "criteria.yaml").write_text(POLICY + policy, encoding="utf-8")
    (folder / "verifications.csv").write_text(HEAD + verified, encoding="utf-8")
    (folder / "c").mkdir()
    for number, text in enumerate(dossiers):
        (folder / "c" / f"{number}.yaml").write_text(text, encoding="utf-8")
    return evaluate([folder / "c"], folder / "criteria.yaml")


def by_name(evaluation: Evaluation) -> dict[str, Standing]:
    return {one.entry.reference: one for one in evaluation.standings}


def points(standing: Standing) -> list[Fraction | None]:
    return [mark.points for mark in standing.card.marks.values()]


def test_a_verified_value_counts_and_the_declared_one_is_kept_beside(tmp_path: Path) -> None:
    evaluation = run(tmp_path, f"A;locaux.surface_m2;20 m²{BY}Plan\n", dossier("A", 50), dossier("B", 30))
    one = by_name(evaluation)["A"]
    assert points(one) == [20, 0, 0]
    assert [each.status for each in evaluation.standings] == [Status.SELECTED, Status.NOT_SELECTED]
    assert evaluation.standings[0].entry.reference == "B"
    assert plain(standing_reasons(one, evaluation.criteria)[-1]) == (
        "« Surface des locaux » : déclaré 50 m², vérifié 20 m² le 3 mars 2022 par le service instructeur (Plan)"
    )
    assert one.entry.candidature.premises is not None
    assert one.entry.candidature.premises.surface == 50
    assert all(each.firmness in {Firmness.FIRM, Firmness.IMPOSSIBLE} for each in evaluation.standings)


def test_a_value_found_to_be_as_declared_changes_nothing_and_is_shown(tmp_path: Path) -> None:
    evaluation = run(tmp_path, f"A;locaux.surface_m2;50{BY}\n", dossier("A", 50))
    one = by_name(evaluation)["A"]
    assert points(one) == [50, 0, 0]
    assert standing_reasons(one, evaluation.criteria) == ()
    assert [plain(verified_word(each, one.entry, evaluation.criteria)) for each in one.entry.verified] == [
        "« Surface des locaux » : 50 m², vérifié le 3 mars 2022 par le service instructeur"
    ]
    assert not evaluation.awaits_verification
    said = json.loads(as_json(evaluation))["ranking"][0]["verified"]
    assert [(each["fact"], each["declared"], each["value"], each["on"]) for each in said] == [
        ("locaux.surface_m2", "50\u00a0m²", "50\u00a0m²", "2022-03-03")
    ]


def test_what_is_worked_out_follows_what_was_verified(tmp_path: Path) -> None:
    more = "complements: {lits: 8, soutiens: [Mairie]}\n"
    lines = (
        f"A;implantation.population;900{BY}\nA;complements.lits;3{BY}\n"
        f"B;implantation.communes.09002.population;999{BY}\n"
    )
    evaluation = run(tmp_path, lines, dossier("A", 10, more=more), dossier("B", 10))
    found = by_name(evaluation)
    assert points(found["A"]) == [10, 30, 3]
    assert points(found["B"]) == [10, 30, 0]


def test_the_latest_of_two_verifications_that_agree_is_told(tmp_path: Path) -> None:
    lines = "A;locaux.surface_m2;20;le service B;05/03/2022;\nA;locaux.surface_m2;20;le service A;03/03/2022;\n"
    evaluation = run(tmp_path, lines, dossier("A", 50))
    assert [each.by for each in by_name(evaluation)["A"].entry.verified] == ["le service B"]


REQUIRED: Final = "verify: [locaux.surface_m2]\nselection: {places: 1, reserve: 1}"


def test_a_place_waits_for_what_must_be_verified(tmp_path: Path) -> None:
    evaluation = run(
        tmp_path, f"B;locaux.surface_m2;40{BY}\n", dossier("A", 50), dossier("B", 40), dossier("C", 5), policy=REQUIRED
    )
    found = by_name(evaluation)
    assert [(one.entry.reference, one.rank, one.firmness) for one in evaluation.standings] == [
        ("A", 1, Firmness.PROVISIONAL),
        ("B", 2, Firmness.POSSIBLE),
        ("C", 3, Firmness.POSSIBLE),
    ]
    assert [(found[name].rank_best, found[name].rank_worst) for name in "ABC"] == [(1, 3), (1, 3), (1, 3)]
    assert [plain(each.need) for each in found["A"].threats][:2] == [
        "à vérifier : « Surface des locaux »",
        "une fois vérifiée (« Surface des locaux »), son total peut descendre de 50 à 0 points",
    ]
    card = found["A"].card
    assert card.total == 50
    assert (card.low, card.high) == (Fraction(0), Fraction(60))
    assert set(evaluation.cut.unsettled) == {"A", "C"}
    said = {one["reference"]: one.get("to_verify") for one in json.loads(as_json(evaluation))["ranking"]}
    assert said == {"A": ["locaux.surface_m2"], "B": None, "C": ["locaux.surface_m2"]}
    assert "à vérifier : « Surface des locaux »" in plain(csv(evaluation))


def test_a_place_is_firm_once_all_that_must_be_is_verified(tmp_path: Path) -> None:
    lines = f"A;locaux.surface_m2;50{BY}\nB;locaux.surface_m2;40{BY}\n"
    evaluation = run(tmp_path, lines, dossier("A", 50), dossier("B", 40), policy=REQUIRED)
    assert [one.firmness for one in evaluation.standings] == [Firmness.FIRM, Firmness.IMPOSSIBLE]


def test_a_place_that_no_value_could_take_still_waits_to_be_verified(tmp_path: Path) -> None:
    evaluation = run(tmp_path, "", dossier("A", 50), policy=REQUIRED)
    (one,) = evaluation.standings
    assert one.firmness is Firmness.PROVISIONAL
    assert one.rank_worst == 1


GATED: Final = """
verify: [implantation.population]
eligibility: [{id: taille, label: Moins de 5 000 habitants, require: {fact: implantation.population, below: 5000}}]
selection: {places: 1}
"""


def test_one_refused_by_what_it_declares_may_come_in_once_verified(tmp_path: Path) -> None:
    evaluation = run(
        tmp_path, f"A;implantation.population;2000{BY}\n", dossier("A", 50), dossier("B", 55, 9000), policy=GATED
    )
    (one,) = evaluation.standings
    assert (one.firmness, one.rank_worst) == (Firmness.PROVISIONAL, 2)
    said = "inéligible d'après ce qu'elle déclare, elle peut passer devant une fois vérifiée "
    assert [plain(each.need) for each in one.threats] == [f"{said}(« Population des communes d'implantation »)"]
    (aside,) = evaluation.set_aside
    assert (aside.status, evaluation.beside) == (Status.INELIGIBLE, 1)
    assert plain(aside.reasons[-1]) == "à vérifier : « Population des communes d'implantation »"


def test_one_that_a_verification_may_refuse_may_leave_its_place(tmp_path: Path) -> None:
    evaluation = run(tmp_path, "", dossier("A", 50, 900), dossier("B", 5, 900), policy=GATED)
    found = by_name(evaluation)
    assert found["A"].firmness is Firmness.PROVISIONAL
    assert found["B"].firmness is Firmness.POSSIBLE
    assert found["B"].rank_best == 1


def test_a_wrong_line_leaves_nothing_ranked(tmp_path: Path) -> None:
    lines = f"A;locaux.surface_m2;20{BY}\nA;locaux.surface_m2;30{BY}\n"
    with pytest.raises(InvalidFileError) as raised:
        run(tmp_path, lines, dossier("A", 50))
    assert [each.code for each in raised.value.findings] == ["verifications-contradict"]


def test_what_is_not_declared_is_not_completed_by_a_verification(tmp_path: Path) -> None:
    lines = f"A;complements.lits;3{BY}\nX;complements.lits;3{BY}\n"
    evaluation = run(tmp_path, lines, dossier("A", 50, more=""))
    assert points(by_name(evaluation)["A"]) == [50, 0, 0]
    assert [each.code for each in evaluation.findings] == ["verified-undeclared", "unknown-reference"]


def test_an_answer_that_cannot_be_read_is_to_be_corrected_first(tmp_path: Path) -> None:
    wrong = dossier("A", 50).replace("surface_m2: 50", "surface_m2: vaste")
    evaluation = run(tmp_path, f"A;locaux.surface_m2;20{BY}\n", wrong, policy=REQUIRED)
    (one,) = evaluation.standings
    assert (one.status, one.scored.unverified) == (Status.TO_CORRECT, ())
    told = next(each for each in evaluation.findings if each.code == "verified-undeclared")
    assert plain(told.message) == (
        "La réponse « Surface des locaux » de cette candidature ne se lit pas : cette valeur vérifiée ne compte pas."
    )


def test_each_commune_is_verified_by_itself(tmp_path: Path) -> None:
    communes = (
        'implantation: {communes: [{code_insee: "09001", population: 900, principale: oui},'
        ' {code_insee: "09122", population: 900}]}'
    )
    text = dossier("A", 50, 900)
    several = "\n".join(communes if line.startswith("implantation") else line for line in text.splitlines())
    line = f"A;implantation.communes.09122.population;50{BY}\n"
    evaluation = run(tmp_path, line, several, policy="verify: [implantation.population]\nselection: {places: 1}")
    (one,) = evaluation.standings
    assert points(one) == [50, 30, 0]
    assert [answer.key for answer in one.scored.unverified] == ["implantation.communes.09001.population"]


def test_the_file_of_verifications_may_lie_among_candidatures(tmp_path: Path) -> None:
    (tmp_path / "criteria.yaml").write_text(f"{POLICY}selection: {{places: 1}}", encoding="utf-8")
    (tmp_path / "verifications.csv").write_text(f"{HEAD}A;locaux.surface_m2;20{BY}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(dossier("A", 50), encoding="utf-8")
    evaluation = evaluate([tmp_path], tmp_path / "criteria.yaml")
    assert [one.code for one in evaluation.findings if one.code == "not-a-form"] == []
    assert points(by_name(evaluation)["A"]) == [20, 0, 0]


def test_a_file_of_verifications_that_is_not_there_leaves_nothing_ranked(tmp_path: Path) -> None:
    (tmp_path / "criteria.yaml").write_text(f"{POLICY}selection: {{places: 1}}", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(dossier("A", 50), encoding="utf-8")
    with pytest.raises(InvalidFileError) as raised:
        evaluate([tmp_path / "a.yaml"], tmp_path / "criteria.yaml")
    (found,) = raised.value.findings
    assert (found.code, found.where.path, found.where.line) == ("unreadable-file", str(tmp_path / "criteria.yaml"), 5)
    assert str(found.message).startswith("« verifications.csv », le fichier des vérifications : ce fichier n'existe")


@pytest.mark.parametrize(
    ("day", "today", "said"),
    [
        (
            "31/01/2022",
            None,
            "Cette vérification, du 31 janvier 2022, précède le dépôt de la candidature",
        ),
        ("01/02/2022", date(2022, 2, 1), None),
        ("02/02/2022", date(2022, 2, 1), "Cette vérification est datée d'un jour à venir, le 2 février 2022."),
        ("02/02/2022", None, None),
    ],
)
def test_a_verification_has_a_date_that_can_be(day: str, today: date | None, said: str | None, tmp_path: Path) -> None:
    run(tmp_path, f"A;locaux.surface_m2;20;le service;{day};\n", dossier("A", 50))
    checked = check_files([tmp_path / "c"], tmp_path / "criteria.yaml", today=today)
    found = [plain(each.message) for each in checked.findings if each.code == "verified-date"]
    assert [each.startswith(said or "") for each in found] == ([] if said is None else [True])
    assert checked.verifications == 1


def test_what_no_rule_reads_is_told_so_by_its_title(tmp_path: Path) -> None:
    with pytest.raises(InvalidFileError) as raised:
        run(tmp_path, f"A;porteur.nom;Autre{BY}\n", dossier("A", 50))
    (found,) = raised.value.findings
    assert found.code == "fact-not-verifiable"
    assert plain(found.message) == "« Nom du porteur » ne se vérifie pas ainsi : aucune règle ne lit cette réponse."


def test_a_list_is_verified_whole_and_told_by_what_it_was(tmp_path: Path) -> None:
    text = dossier("A", 50, more="complements: {lits: 0}\ndiagnostic: {partage_avec: [ARS, CPTS, Mairie]}\n")
    (tmp_path / "v.yaml").write_text(
        "reference: A\ndonnee: diagnostic.partage_avec\nvaleur: [ARS]\npar: le service\nle: 2022-03-03\n", "utf-8"
    )
    rule = "{kind: per_unit, fact: diagnostic.nombre_partenaires, points: 10, at_most: 30}"
    policy = POLICY.replace("verifications.csv", "v.yaml").replace(
        "{kind: bands, fact: implantation.population, bands: [{below: 1000, points: 30}, {from: 1000, points: 0}]}",
        rule,
    )
    (tmp_path / "criteria.yaml").write_text(f"{policy}selection: {{places: 1}}", "utf-8")
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    evaluation = evaluate([tmp_path / "a.yaml"], tmp_path / "criteria.yaml")
    assert points(by_name(evaluation)["A"]) == [50, 10, 0]


GROUPED: Final = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
waves: [{id: v1, closes: 2022-09-30}]
verified: verifications.csv
verify: [locaux.surface_m2, locaux.bureaux]
total: 40
criteria:
  - id: locaux
    label: Locaux
    weight: 40
    criteria:
      - id: surface
        label: Surface
        weight: 20
        rule: {kind: per_unit, fact: locaux.surface_m2, points: 1, at_most: 20}
      - {id: bureaux, label: Bureaux, weight: 20, rule: {kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}}
selection: {places: 1}
"""


def test_bounds_of_a_criterion_made_of_others_add_up(tmp_path: Path) -> None:
    (tmp_path / "criteria.yaml").write_text(GROUPED, "utf-8")
    (tmp_path / "verifications.csv").write_text(HEAD + f"A;locaux.bureaux;1{BY}\n", "utf-8")
    (tmp_path / "a.yaml").write_text(dossier("A", 15, more="").replace("15}", "15, bureaux: 2}"), "utf-8")
    evaluation = evaluate([tmp_path / "a.yaml"], tmp_path / "criteria.yaml")
    mark = by_name(evaluation)["A"].card.marks["locaux"]
    assert mark.points == 20
    assert (mark.low, mark.high) == (Fraction(5), Fraction(25))


def test_a_verification_may_change_the_turn_of_one_in_its_part_and_so_the_budget(tmp_path: Path) -> None:
    order = "order: [{fact: complements.lits, prefer: highest}]"
    part = f"{{label: R, when: {{fact: locaux.surface_m2, above: 0}}, amount: 9, {order}}}"
    budget = f"{{budget: {{amount: 9, ask: locaux.surface_m2, envelopes: [{part}]}}}}"
    policy = f"verify: [complements.lits]\nselection: {budget}"
    rows = [dossier(name, 9, more=f"complements: {{lits: {lits}}}\n") for name, lits in (("A", 6), ("B", 5))]
    told = by_name(run(tmp_path, "", *rows, policy=policy))
    lead = "une fois vérifiée (« Lits »), "
    assert [plain(each.need) for each in told["A"].threats[2:]] == [
        f"{lead}son tour dans sa part réservée peut changer",
        f"{lead}la part de chacun dans le budget peut changer",
    ]


def test_the_study_of_robustness_says_whose_answers_are_yet_to_be_verified(tmp_path: Path) -> None:
    policy = "selection: {places: 1}\nverify: [locaux.surface_m2]"
    found = run(tmp_path, "", dossier("A", 50), dossier("B", 40), policy=policy)
    assert all(one.scored.unverified for one in found.standings)
    told = [plain(each) for each in limits(study_of(found), found)]
    assert "Classées sur une réponse qui reste à vérifier, prise comme elle est déclarée : 2." in told
