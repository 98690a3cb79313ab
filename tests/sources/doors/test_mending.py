"""A name, a keyword or a number that a policy gets wrong comes with the one that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.evaluation.validation import check_files
from ami_scoring.sources.text.suggestions import nearest

POLICY = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
total: 20
facts:
  - {name: tonnage, type: integer, label: Tonnage, minimum: 0, maximum: 10}
  - {name: cout, type: money, label: Coût, minimum: 0}
waves: [{id: v1, closes: 2022-09-30}]
criteria:
  - id: projet.qualite
    label: Qualité
    weight: 20
    rule: {kind: linear, fact: complements.tonnage, knots: [{at: 0, points: 0}, {at: 10, points: 20}]}
selection: {places: 1}
"""


def mended(right: str, wrong: str, tmp_path: Path) -> list[tuple[str, str]]:
    """Put a mistake in the policy; give each error with the way to mend it."""
    assert right in POLICY
    path = tmp_path / "criteria.yaml"
    path.write_text(POLICY.replace(right, wrong), encoding="utf-8")
    errors = [finding for finding in check_files([], path).findings if finding.severity == "error"]
    return [(finding.code, str(finding.suggestion)) for finding in errors]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "said"),
    [
        ("kind: linear", "kind: lineaire", "rule-kind", "Vouliez-vous dire « linear » ?"),
        ("kind: linear", "kind: tranches", "rule-kind", "Vouliez-vous dire « bands » ?"),
        ("kind: linear, ", "", "rule-kind", "Ajoutez « kind: linear »."),
        ("type: integer", "type: entier", "choice-unknown", "Vouliez-vous dire « integer » ?"),
        ("type: integer", "type: intger", "choice-unknown", "Vouliez-vous dire « integer » ?"),
        ("type: integer", "type: [integer]", "choice-unknown", "None"),
        (
            "points: 20}",
            "points: 9,5}",
            "unknown-key",
            "La virgule sépare deux éléments : pour 9,5, écrivez « points: 9.5 ».",
        ),
        ("points: 20}", "points: vingt}", "number-expected", "Écrivez ce nombre en chiffres."),
        ("{places: 1}", "{places: toutes}", "number-expected", "Écrivez ce nombre en chiffres, ou « all »."),
        (
            "{places: 1}",
            "{places: 1, decides_from: jamais}",
            "number-expected",
            "Écrivez ce nombre en chiffres, ou « never ».",
        ),
        ("points: 20}", "points: 9, 5: 4}", "unknown-key", "None"),
        ("complements.tonnage", "tonnage", "unknown-fact", "Vouliez-vous dire « complements.tonnage » ?"),
        ("complements.tonnage", "locaux.tonage", "unknown-fact", "Vouliez-vous dire « complements.tonnage » ?"),
        ("complements.tonnage", "complements.statut", "unknown-fact", "None"),
        (
            "{places: 1}",
            "{places: 1, thresholds: [{criterion: qualite, at_least: 3}]}",
            "unknown-criterion",
            "Vouliez-vous dire « projet.qualite » ?",
        ),
        (
            "selection:",
            "eligibility: [{id: a, label: A, require: {alll: [{fact: complements.cout, above: 3}]}}]\nselection:",
            "unknown-key",
            "Vouliez-vous dire « all » ?",
        ),
        (
            "selection:",
            "eligibility: [{id: a, label: A, require: {facts: complements.cout, above: 3}}]\nselection:",
            "unknown-key",
            "Vouliez-vous dire « fact » ?",
        ),
        (
            "selection:",
            "eligibility: [{id: a, label: A, require: {all: [{fact: complements.cout, abov: 3}]}}]\nselection:",
            "unknown-key",
            "Vouliez-vous dire « above » ?",
        ),
        (
            "rule: {kind: linear, fact: complements.tonnage, knots: [{at: 0, points: 0}, {at: 10, points: 20}]}",
            "rule: {kind: sum_of, rules: [{kind: per_unit, fact: complements.tonnage, points: 2, at_mots: 20}]}",
            "unknown-key",
            "Vouliez-vous dire « at_most » ?",
        ),
    ],
)
def test_a_mistake_is_told_once_with_what_was_meant(
    right: str, wrong: str, code: str, said: str, tmp_path: Path
) -> None:
    assert mended(right, wrong, tmp_path) == [(code, said)]


@pytest.mark.parametrize(
    ("rule", "said"), [("{}", "None"), ("5", "None"), ("{points: {a: 1}}", "Ajoutez « kind: lookup ».")]
)
def test_a_rule_without_a_kind_gets_one_when_its_keys_tell_it(rule: str, said: str, tmp_path: Path) -> None:
    right = POLICY[POLICY.index("{kind") : POLICY.index("selection")].strip()
    assert mended(right, rule, tmp_path) == [("rule-kind", said)]


ASKED = "{amount: 100, ask: complements.cout"
ALONE = "Écrivez le montant seul, en chiffres : « budget: 60000 »."


@pytest.mark.parametrize("written", ["40 %", "{amount: 60000}"])
def test_the_budget_of_a_wave_is_an_amount_whatever_it_is_mistaken_for(written: str, tmp_path: Path) -> None:
    wrong = f"closes: 2022-09-30, budget: {written}}}"
    assert mended("closes: 2022-09-30}", wrong, tmp_path) == [("number-expected", ALONE)]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("{places: 1}", "{places: 1, ranks: dense}", "« ranks » s'écrit sous « ranking » : « ranking: {ranks: …} »"),
        ("{places: 1}", "{places: 1, verify: []}", "« verify » s'écrit au premier niveau du fichier, sans retrait"),
        ("selection:", "ranking: {keep: best}\nselection:", "« keep » s'écrit sous « versions »"),
        ("selection:", "keep: best\nselection:", "« keep » s'écrit sous « versions »"),
        ("selection:", "partial: oui\nselection:", "« selection: {budget: {partial: …}} »"),
        ("{places: 1}", "{places: 1, minimum_strikt: oui}", "minimum_mark"),
        (
            "{places: 1}",
            "{places: 1, zzz: oui}",
            "Clés possibles ici : budget, decides_from, floors, minimum",
        ),
        ("weight: 20", "weight: 20\n    places: 3", "Clés possibles ici"),
    ],
)
def test_a_key_written_in_another_section_is_told_its_own(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    ((code, mend),) = mended(right, wrong, tmp_path)
    assert (code, said in mend) == ("unknown-key", True)
    assert "minimum_strict" not in mend


def test_an_order_of_nothing_is_refused_with_what_to_do(tmp_path: Path) -> None:
    part = "{label: E, amount: 1, when: {fact: complements.tonnage, at_least: 2}, order: []}"
    (tmp_path / "criteria.yaml").write_text(
        POLICY.replace("{places: 1}", f"{{budget: {ASKED}, envelopes: [{part}]}}}}"), encoding="utf-8"
    )
    (found,) = [each for each in check_files([], tmp_path / "criteria.yaml").findings if each.severity == "error"]
    assert (found.code, "retirez « order »" in str(found.message)) == ("too-short", True)


def test_a_wave_with_nothing_to_share_is_refused(tmp_path: Path) -> None:
    (tmp_path / "criteria.yaml").write_text(
        POLICY.replace("{places: 1}", f"{{budget: {ASKED}}}}}").replace("09-30}", "09-30, budget: 0}"), encoding="utf-8"
    )
    (found,) = [each for each in check_files([], tmp_path / "criteria.yaml").findings if each.severity == "error"]
    assert (found.code, found.where.line, "avec 0, personne" in str(found.message)) == ("budget-overdrawn", 8, True)


def test_a_key_far_from_the_one_that_is_missing_leaves_both_told(tmp_path: Path) -> None:
    wrong = "eligibility: [{id: a, label: A, require: {donnee: complements.cout, above: 3}}]\nselection:"
    assert [code for code, _ in mended("selection:", wrong, tmp_path)] == ["missing-key", "unknown-key"]


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("zonnage", ["zonage", "complements.tonnage"], "zonage"),
        ("tonnage", ["complements.tonnage", "calculs.tonnage"], None),
        ("complements.delai", ["complements.debut", "complements.duree"], None),
        ("complement.cout", ["complements.cout", "calculs.part"], "complements.cout"),
        ("x", [], None),
    ],
)
def test_the_last_part_of_a_name_tells_which_was_meant(written: str, known: list[str], meant: str | None) -> None:
    assert nearest(written, known) == meant
