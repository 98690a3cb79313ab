"""Minutes, report, published rules, sheets and notices: nothing is left out, nothing is another's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reports.papers.calls import DAY, ROOT, VOTED, ami, called, decided, letterhead, villages
from tests.scoring.building import ORIGIN
from tests.scoring.building import policy as policy_of

from ami_scoring.evaluation.deciding import Fields
from ami_scoring.reports.papers import (
    Paper,
    Run,
    as_text,
    candidates,
    letters,
    minutes,
    notice,
    procedure,
    rules,
    sheets,
)
from ami_scoring.reports.papers.blocks import Grid, Items, Signature, Title

KEPT = Path(__file__).parent / "textes"


def published(run: Run) -> Paper:
    found = run.evaluation
    return rules(found.criteria, run.letterhead, found.provenance.criteria, found.provenance.zonings)


def noticed(run: Run, reference: str) -> Paper:
    (one,) = (each for each in candidates(run.evaluation) if each.entry and each.entry.reference == reference)
    assert one.entry is not None
    return notice(run, one, one.entry)


def grid(paper: Paper, about: str) -> Grid:
    (found,) = (block for block in paper.blocks if isinstance(block, Grid) and block.about.startswith(about))
    return found


def said(paper: Paper) -> str:
    return as_text(paper, letterhead()).replace("\u00a0", " ").replace("\u202f", " ")


MADE: dict[str, Callable[[Run], Paper]] = {
    "regles": published,
    "notice": lambda run: noticed(run, "AMI-V1-01"),
    "notice-inéligible": lambda run: noticed(run, "AMI-V1-05"),
}


def kept(paper: Paper) -> str:
    """Give a paper without what changes with the folder of the project, the system or a comment of the samples."""
    text = as_text(paper, letterhead()).replace(str(ROOT), "").replace("\\", "/")
    return re.sub(r"[0-9a-f]{64}", "(empreinte)", text)


@pytest.mark.parametrize("name", MADE)
def test_what_is_published_or_communicated_is_compared_whole(name: str) -> None:
    assert kept(MADE[name](ami())) == (KEPT / f"{name}.txt").read_text(encoding="utf-8")


def test_the_minutes_of_a_decided_call_are_compared_whole() -> None:
    assert kept(minutes(villages())) == (KEPT / "proces-verbal.txt").read_text(encoding="utf-8")


def test_minutes_name_every_file_with_its_fate_and_its_fingerprint() -> None:
    evaluation = ami().evaluation
    files = grid(minutes(ami()), "Dossiers reçus")
    assert len(files.rows) == evaluation.read
    assert {row[-1] for row in files.rows} >= {"retenue", "inéligible", "hors délai", "remplacée"}
    prints = {row[-1] for row in grid(minutes(ami()), "Empreintes").rows}
    assert {origin.sha256 for origin in evaluation.provenance.candidatures} < prints
    assert evaluation.provenance.criteria.sha256 in prints


def test_minutes_without_a_register_leave_room_for_a_hand_and_say_that_they_are_a_draft() -> None:
    paper = minutes(ami())
    assert paper.is_draft
    assert "Membres présents : …" in said(paper)
    assert "Aucune décision n'est enregistrée" in said(paper)


def test_minutes_say_each_decision_with_its_reason_its_text_and_its_vote() -> None:
    rows = {row[0]: row for row in grid(minutes(villages()), "Décisions").rows}
    assert rows["4"][2].startswith("EV-07 retenue par écart au classement")
    assert "article 6" in rows["4"][3]
    assert rows["3"][4].replace("\u00a0", " ") == "2 pour"
    assert not minutes(villages()).is_draft


def test_a_register_without_its_list_makes_a_draft() -> None:
    assert minutes(villages(("voted",))).is_draft
    assert "La liste définitive n'est pas encore enregistrée" in said(procedure(villages(("voted",))))


def test_points_in_the_ranking_add_up_to_the_total() -> None:
    ranking = grid(minutes(ami()), "Classement")
    places = range(3, ranking.heads.index("Total"))
    firm = [row for row in ranking.rows if row[0] != "–"]
    assert len(firm) == sum(one.rank is not None for one in ami().evaluation.standings)
    for row in firm:
        points = sum(_number(row[place]) for place in places)
        assert points == _number(row[ranking.heads.index("Total")])


def _number(text: str) -> float:
    return float(text.partition("\u00a0?")[0].replace(",", "."))


def test_a_missing_answer_never_shows_as_a_mere_zero() -> None:
    for paper in (minutes(ami()), procedure(ami())):
        ranking = grid(paper, "Classement")
        rows = {row[1]: [text.replace("\u00a0", " ") for text in row] for row in ranking.rows}
        total, doctors = ranking.heads.index("Total"), ranking.heads.index("Médecins")
        assert rows["AMI-V4-02"][doctors] == "0 ?"
        assert rows["AMI-V4-02"][total] == "65,50 ? (65,50 à 81,50)"
        assert rows["AMI-V2-09"][total] == "55,00 ? (55,00 à 78,00)"
        assert rows["AMI-V1-11"][doctors] == "0"
        assert "? : une réponse manque" in said(paper)


def test_waves_of_the_report_count_every_file_read() -> None:
    rows = {row[0]: row[-1] for row in grid(procedure(ami()), "Vagues").rows}
    whole = int(rows.pop("Ensemble"))
    assert whole == sum(map(int, rows.values())) == ami().evaluation.read
    assert rows["Vague 1"] == "12"
    assert rows["Dans aucune vague\u00a0: hors délai"] == "2"


def test_the_report_counts_every_file_once() -> None:
    paper = procedure(ami())
    counted = {row[0]: int(row[1]) for row in grid(paper, "Dossiers par sort").rows}
    whole = counted.pop("ensemble")
    assert whole == sum(counted.values()) == ami().evaluation.read
    refused = grid(paper, "Dossiers refusés").rows
    assert len(refused) == counted["inéligible"] + counted["hors délai"]
    assert all(row[-1] for row in refused)


def test_published_rules_tell_every_criterion_gate_and_closing() -> None:
    criteria, text = ami().evaluation.criteria, said(published(ami()))
    flat = " ".join(text.split())
    assert [each.label for each in criteria.by_id.values() if each.label not in flat] == []
    assert [gate.label for gate in criteria.eligibility if gate.label not in flat] == []
    assert [wave.name for wave in criteria.waves if f"{wave.name} : clôture le" not in flat] == []
    assert ami().evaluation.provenance.criteria.sha256 in text


EXAMPLES = sorted((ROOT / "examples").glob("*/criteria.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_rules_of_any_policy_can_be_published(path: Path) -> None:
    from ami_scoring.evaluation.policy import read_policy  # noqa: PLC0415 - this test alone reads policies

    policy = read_policy(path)
    text = said(rules(policy.criteria, letterhead(), policy.origin, policy.zoning_origins))
    flat = " ".join(text.split())
    wanted = [re.sub(r"\s+", " ", each.label).replace("\u2019", "\u2019") for each in policy.criteria.by_id.values()]
    assert [label for label in wanted if label.replace("\u00a0", " ").replace("\u202f", " ") not in flat] == []


NEVER = """\
language: 1
call: {title: Appel, edition: E1, authority: Comité}
waves: [{id: v1, closes: 2024-05-31}]
criteria: [{id: a, label: A, weight: 9, rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 9}}]
total: 9
selection: {decides_from: never}
"""


def test_where_the_score_decides_of_no_place_papers_tell_of_no_limit_and_no_departure(tmp_path: Path) -> None:
    applicant = "porteur: {nom: Essai, type: commune}\nimplantation: {communes: [{code_insee: '09001', nom: Ici}]}\n"
    run = called(tmp_path, NEVER, f"reference: A\ndepose_le: 2024-05-10\n{applicant}locaux: {{bureaux: 5}}\n")
    kept: Fields = {**VOTED[-1], "reference": "A"}
    undone: Fields = {"kind": "cancellation", "date": DAY, "cancels": "1", "reason": "Erreur"}
    run = run._replace(evaluation=decided(run.evaluation, [kept, undone, kept]))
    assert [row[2].replace("\u00a0", " ") for row in grid(minutes(run), "Décisions, de").rows] == [
        "délibération du comité (annulée depuis)",
        "annulation de la décision no 1",
        "A retenue par délibération du comité",
    ]
    for paper in (minutes(run), procedure(run), published(run)):
        text = " ".join(said(paper).split())
        assert "La note ne décide d'aucune place : le comité délibère de chacune" in text
        assert "limite" not in text
        assert "écart" not in text


def test_rules_say_by_what_the_limit_may_part_equals() -> None:
    held = "la limite ne coupe jamais une égalité : le comité départage."
    criteria = policy_of("ranking: {ties: [{uncovered: implantation.departement}]}\nselection: {places: 1}")
    text = " ".join(said(rules(criteria, letterhead(), ORIGIN, ())).split())
    assert f"; sauf par ce qui n'est pas encore couvert (« Département de la commune principale »), {held}" in text
    assert f"leur rang ; {held}" in " ".join(said(rules(policy_of(), letterhead(), ORIGIN, ())).split())


def test_each_sheet_begins_a_page_and_its_index_finds_it_by_commune() -> None:
    paper = sheets(ami())
    heads = [block.text for block in paper.blocks if isinstance(block, Title) and block.text.startswith("Fiche ")]
    assert len(heads) == len(candidates(ami().evaluation))
    index = {(row[0], row[1]): row[3] for row in grid(paper, "Communes").rows}
    assert index["Peyrecandèle", "AMI-V1-01"] == "fiche 1"
    number = index["La Cazelotte", "AMI-V1-02"].removeprefix("fiche ")
    assert any(head.startswith(f"Fiche {number}\u00a0: AMI-V1-02") for head in heads)


def test_a_notice_has_the_four_headings_of_the_law_and_names_nobody_else() -> None:
    others = {one.entry.reference for one in ami().evaluation.standings} - {"AMI-V2-01"}
    paper = noticed(ami(), "AMI-V2-01")
    heads = [block.text for block in paper.blocks if isinstance(block, Title) and block.level == 2]
    assert [head[:2] for head in heads] == ["1°", "2°", "3°", "4°"]
    assert [reference for reference in others if reference in said(paper)] == []


def test_a_notice_says_what_people_decided_apart_from_what_was_computed() -> None:
    text = said(noticed(villages(), "EV-07"))
    assert "Ce que des personnes ont décidé : retenue." in text
    assert "EV-07 retenue par écart au classement" in " ".join(text.split())
    assert "Ce que des personnes ont décidé" not in said(noticed(ami(), "AMI-V1-01"))


def test_members_present_sign_the_minutes() -> None:
    signed = [text for block in minutes(villages()).blocks if isinstance(block, Signature) for text in block.texts]
    assert signed == ["La présidence du comité", "Le secrétariat", "Mme Delrieu", "M. Escande"]


def test_every_point_of_a_notice_is_in_its_working() -> None:
    (one,) = (each for each in ami().evaluation.standings if each.entry.reference == "AMI-V1-01")
    paper = noticed(ami(), "AMI-V1-01")
    items = [text for block in paper.blocks if isinstance(block, Items) for text in block.texts]
    for mark in one.card.marks.values():
        points = f"{str(float(mark.points or 0)).removesuffix('.0').replace('.', ',')}\u00a0point"
        assert any(text.startswith(points) for text in items)


def test_no_paper_tells_the_name_of_a_doctor() -> None:
    doctors = [
        doctor for one in candidates(ami().evaluation) if one.entry for doctor in one.entry.candidature.doctors or ()
    ]
    private = {value for doctor in doctors for value in (doctor.name, doctor.rpps) if value}
    assert private
    made = [*letters(ami()), minutes(ami()), procedure(ami()), sheets(ami()), noticed(ami(), "AMI-V1-01")]
    whole = "\n".join(as_text(paper, letterhead()) for paper in made)
    assert [value for value in private if value in whole] == []


def main() -> None:
    for name, make in MADE.items():
        (KEPT / f"{name}.txt").write_text(kept(make(ami())), encoding="utf-8")
    (KEPT / "proces-verbal.txt").write_text(kept(minutes(villages())), encoding="utf-8")


if __name__ == "__main__":
    main()
