"""Each kind of applicant has its letter, compared whole; what is true of one call is not said of another.

`PYTHONPATH=src:. python tests/reports/papers/test_letters.py` writes the kept texts again.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reports.papers.calls import ami, called, decided, letterhead, villages

from ami_scoring.reports.papers import Run, as_text, letters

KEPT = Path(__file__).parent / "textes"
OF_THE_AMI = {
    "retenue": "AMI-V1-01",
    "retenue-sous-reserve": "AMI-V2-01",
    "reserve": "AMI-V1-03",
    "a-departager": "AMI-V3-02",
    "non-retenue": "AMI-V1-04",
    "a-completer": "AMI-V4-10",
    "a-corriger": "AMI-V2-09",
    "ineligible": "AMI-V1-05",
    "hors-delai": "AMI-HD-02",
    "remplacee": "AMI-V1-09",
}
DECIDED = {"retenue": "EV-07", "reserve": "EV-03", "non-retenue": "EV-09", "sans-avis": "EV-04", "desistee": "EV-02"}


def texts(run: Run) -> dict[str, str]:
    return {paper.reference: as_text(paper, run.letterhead) for paper in letters(run)}


def kinds(run: Run) -> dict[str, str]:
    return {paper.reference: paper.kind.removeprefix("lettre-") for paper in letters(run)}


@pytest.mark.parametrize("kind", OF_THE_AMI)
def test_each_kind_of_applicant_has_its_letter(kind: str) -> None:
    reference = OF_THE_AMI[kind]
    assert kinds(ami())[reference] == kind
    assert texts(ami())[reference] == (KEPT / f"{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", DECIDED)
def test_each_kind_of_decided_applicant_has_its_letter(kind: str) -> None:
    reference = DECIDED[kind]
    assert kinds(villages())[reference] == kind
    assert texts(villages())[reference] == (KEPT / f"decidee-{kind}.txt").read_text(encoding="utf-8")


def test_every_candidature_that_can_be_read_has_one_letter_and_one_alone() -> None:
    written = [paper.reference for paper in letters(ami())]
    read = [one.entry.reference for one in ami().evaluation.standings]
    read += [one.entry.reference for one in ami().evaluation.set_aside if one.entry]
    assert written == read
    assert len({paper.file.casefold() for paper in letters(ami())}) == len(written) == ami().evaluation.read


def test_a_letter_that_announces_a_decision_is_a_draft_until_the_list_is_recorded() -> None:
    drafts = {paper.kind.removeprefix("lettre-") for paper in letters(ami()) if paper.is_draft}
    assert drafts == set(OF_THE_AMI) - {"a-completer", "a-corriger", "remplacee"}
    assert any(paper.is_draft for paper in letters(villages(("voted",))))
    assert not any(paper.is_draft for paper in letters(villages()))


def test_only_a_letter_that_announces_a_decision_says_how_to_contest_it() -> None:
    for paper in letters(ami()):
        text = as_text(paper, letterhead())
        assert ("Voies et délais de recours" in text) == paper.is_draft
        assert ("R.\u00a0311-3-1-1" in text) == paper.is_draft


def test_no_letter_tells_what_another_applicant_lacks() -> None:
    of_another = [
        str(threat.need)
        for one in ami().evaluation.standings
        for threat in one.threats
        if threat.reference not in {None, one.entry.reference}
    ]
    assert of_another
    whole = "\n".join(texts(ami()).values())
    assert [need for need in of_another if need in whole] == []


def test_the_reason_for_a_recusal_stays_in_the_minutes() -> None:
    assert "Parent du gérant" not in "".join(texts(villages()).values())


def test_a_call_that_does_not_give_marks_has_letters_without_points() -> None:
    silent = letterhead().model_copy(update={"marks": False})
    run = ami()._replace(letterhead=silent)
    whole = "".join(as_text(paper, silent) for paper in letters(run))
    assert "points sur 100" not in whole
    assert "Points du dossier" not in whole
    assert "1er rang, sur 30 candidatures classées." in whole.replace("\u00a0", " ").replace("\n", " ")


def test_before_the_list_equals_told_apart_by_a_vote_are_no_longer_contested() -> None:
    assert kinds(villages(("meeting",)))["EV-03"] == "a-departager"
    assert kinds(villages(("voted",)))["EV-03"] == "reserve"
    assert kinds(villages(("meeting",)))["EV-01"] == "retenue"


CALL = """language: 1
call: {title: Essai, edition: "1", authority: Autorité}
total: 10
waves: [{id: v, label: Session, closes: 2024-05-31}]
criteria:
  - id: bureaux
    label: Bureaux
    weight: 10
    rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 10}
    if_missing: hold
"""
ONE = """reference: {reference}
depose_le: 2024-05-{day}
porteur: {{nom: Commune {reference}, type: commune}}
implantation: {{communes: [{{code_insee: "09901", nom: Essai}}]}}
locaux: {{bureaux: {rooms}, surface_m2: 50}}
engagement_financier: {{montant_annuel: {asked}}}
"""


def one(reference: str, rooms: object, asked: int = 6000, day: int = 10) -> str:
    return ONE.format(reference=reference, rooms=rooms, asked=asked, day=day)


BUDGET = """selection:
  budget: {amount: 10000, ask: engagement_financier.montant_annuel, partial: oui}
versions: {identified_by: [reference]}
"""


def test_what_is_granted_is_told_with_what_was_asked(tmp_path: Path) -> None:
    run = called(tmp_path, CALL + BUDGET, one("A", 9), one("B", 8, day=11), one("C", 7, day=12))
    said = {name: text.replace("\u202f", " ").replace("\u00a0", " ") for name, text in texts(run).items()}
    assert "Montant accordé : 6 000 €, sur 6 000 € demandés." in said["A"]
    assert "Montant accordé : 4 000 €, sur 6 000 € demandés." in said["B"]
    assert "Montant accordé" not in said["C"]


def test_a_reduced_amount_is_the_one_that_the_applicant_accepted(tmp_path: Path) -> None:
    run = called(tmp_path, CALL + BUDGET, one("A", 9), one("B", 8, day=11))
    reduced = {"kind": "reduced_grant", "date": DAY_AFTER, "reference": "B", "offered": "4000", "accepted": "3500"}
    evaluation = decided(run.evaluation, [reduced, {"kind": "final_list", "date": DAY_AFTER}])
    text = texts(run._replace(evaluation=evaluation))["B"].replace("\u202f", " ").replace("\u00a0", " ")
    assert "Montant réduit, que vous avez accepté : 3 500 €." in text


DAY_AFTER = "2024-06-30"


def test_an_incomplete_candidature_is_not_asked_for_anything_once_the_list_is_recorded(tmp_path: Path) -> None:
    run = called(
        tmp_path,
        CALL + "selection: {places: 1}\nversions: {identified_by: [reference]}\n",
        one("A", 9),
        one("B", '""').replace('bureaux: "", ', ""),
    )
    assert kinds(run)["B"] == "a-completer"
    assert "Nombre de bureaux" in texts(run)["B"]
    settled = run._replace(evaluation=decided(run.evaluation, [{"kind": "final_list", "date": DAY_AFTER}]))
    assert kinds(settled)["B"] == "incomplete"
    text = texts(settled)["B"]
    assert "elle n'était pas complète" in text
    assert "complétez-la" not in text


def test_where_the_total_does_not_decide_the_letter_says_so(tmp_path: Path) -> None:
    run = called(
        tmp_path,
        CALL + "selection: {places: 1, decides_from: 9}\nversions: {identified_by: [reference]}\n",
        one("A", 5),
    )
    assert kinds(run) == {"A": "a-deliberer"}
    assert "le comité délibère" in texts(run)["A"]
    assert "la seule candidature classée" in " ".join(texts(run)["A"].split())


def test_seconds_are_told_where_they_decide(tmp_path: Path) -> None:
    call = CALL.replace("closes: 2024-05-31", "closes: 2024-05-31T12:00:00+02:00") + "selection: {places: 1}\n"
    late = one("A", 5).replace("2024-05-10", "2024-05-31T12:00:30+02:00")
    run = called(tmp_path, call, late)
    assert kinds(run) == {"A": "hors-delai"}
    assert "12 h 00 min 30 s" in texts(run)["A"].replace("\u00a0", " ")


def main() -> None:
    for kind, reference in OF_THE_AMI.items():
        (KEPT / f"{kind}.txt").write_text(texts(ami())[reference], encoding="utf-8")
    for kind, reference in DECIDED.items():
        (KEPT / f"decidee-{kind}.txt").write_text(texts(villages())[reference], encoding="utf-8")


if __name__ == "__main__":
    main()
