"""Limits that parameters state: candidatures fare as if the policy wrote their numbers, each in its wave."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring import Evaluation, evaluate

POLICY = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
total: 20
facts: [{name: n, type: integer, label: N, minimum: 0, maximum: 20}]
parameters:
  - {name: seuil, label: Seuil, values: [{value: SEUIL}, {from: 2022-04-01, value: PUIS}]}
waves: [{id: v1, label: Vague 1, closes: 2022-03-31}, {id: v2, label: Vague 2, closes: 2022-06-30}]
criteria:
  - {id: n, label: N, weight: 20, rule: {kind: per_unit, fact: complements.n, points: 1}}
selection: {places: 9, SELECTION}
"""
MARKS = {1: range(4, 9), 4: range(4, 9)}
"""What candidatures ask for, by the month of their deposit."""


def evaluated(folder: Path, selection: str, first: int, then: int, wave: str | None = None) -> Evaluation:
    texts = [
        f"reference: A-{month}-{n}\ndepose_le: 2022-0{month}-15\nporteur: {{nom: Porteur {month} {n}}}\n"
        f'implantation: {{communes: [{{code_insee: "0{month}00{n}"}}]}}\ncomplements: {{n: {n}}}\n'
        for month, numbers in MARKS.items()
        for n in numbers
    ]
    (folder / "candidatures.yaml").write_text("---\n".join(texts), encoding="utf-8")
    said = POLICY.replace("SEUIL", str(first)).replace("PUIS", str(then)).replace("SELECTION", selection)
    (folder / "criteria.yaml").write_text(said, encoding="utf-8")
    return evaluate([folder / "candidatures.yaml"], folder / "criteria.yaml", wave=wave)


def fates(evaluation: Evaluation) -> dict[str, tuple[str, int | None, tuple[str, ...]]]:
    return {
        each.entry.reference: (str(each.status), each.rank, tuple(map(str, each.reasons)))
        for each in evaluation.standings
    }


@pytest.mark.parametrize(
    "selection",
    [
        "minimum: LIMIT",
        "minimum: {at_least: LIMIT, strict: oui}",
        "minimum_mark: LIMIT",
        "decides_from: LIMIT",
        "floors: [{label: F, when: {fact: complements.n, above: 5}, at_least: LIMIT}]",
        "thresholds: [{criterion: n, at_least: LIMIT, strict: oui}]",
    ],
)
def test_everyone_fares_as_if_the_number_were_written(tmp_path: Path, selection: str) -> None:
    by_name = evaluated(tmp_path, selection.replace("LIMIT", "{fact: parametres.seuil}"), 6, 6)
    by_number = evaluated(tmp_path, selection.replace("LIMIT", "6"), 6, 6)
    assert fates(by_name) == fates(by_number)
    assert len({status for status, _, _ in fates(by_name).values()}) == 2


def test_each_wave_has_its_own_minimum(tmp_path: Path) -> None:
    found = fates(evaluated(tmp_path, "minimum: {fact: parametres.seuil}", 5, 7))
    kept = {name for name, (status, _, _) in found.items() if status == "retenue"}
    assert kept == {"A-1-5", "A-1-6", "A-1-7", "A-1-8", "A-4-7", "A-4-8"}
    assert found["A-4-6"][2] == ("total de 6 inférieur au minimum de 7 (Seuil, Vague 2)",)


@pytest.mark.parametrize(("wave", "number"), [("v1", 5), ("v2", 7)])
def test_a_wave_alone_has_the_minimum_that_it_has_among_others(tmp_path: Path, wave: str, number: int) -> None:
    alone = fates(evaluated(tmp_path, "minimum: {fact: parametres.seuil}", 5, 7, wave))
    written = fates(evaluated(tmp_path, f"minimum: {number}", 5, 7, wave))
    assert {name: status for name, (status, _, _) in alone.items()} == {n: s for n, (s, _, _) in written.items()}


OPEN = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
total: 0
facts: [{name: n, type: decimal, label: N, minimum: 0}]
waves: [{id: v1, closes: 2022-06-30}]
criteria:
  - {id: a, label: A, open_ended: oui, rule: {kind: per_unit, fact: complements.n, points: 2, count: exact}}
  - {id: b, label: B, open_ended: oui, rule: {kind: per_unit, fact: complements.n, points: 3, count: exact}}
selection: {places: 1}
"""


def test_an_answer_that_two_criteria_without_maximum_wait_for_leaves_every_place_possible(tmp_path: Path) -> None:
    (tmp_path / "criteria.yaml").write_text(OPEN, encoding="utf-8")
    (tmp_path / "candidatures.yaml").write_text(
        "\n---\n".join(
            f"reference: A-{n}\ndepose_le: 2022-01-15\nporteur: {{nom: Porteur {n}}}\n"
            f'implantation: {{communes: [{{code_insee: "0900{n}"}}]}}\n{said}'
            for n, said in ((1, "complements: {n: 4}"), (2, ""))
        ),
        encoding="utf-8",
    )
    evaluation = evaluate([tmp_path / "candidatures.yaml"], tmp_path / "criteria.yaml")
    found = {each.entry.reference: each for each in evaluation.standings}
    assert (str(found["A-2"].status), int(found["A-2"].card.high)) == ("à compléter", 5 * 10**15)
    assert found["A-1"].rank_worst == 2
