"""What would have been enough where the score decides only from a total, and where all are retained."""

from __future__ import annotations

import pytest

from .door import Ami, Write

POLICY = """
language: 1
call: {title: Essai, edition: "1", authority: Comité}
facts:
  - {name: note, type: integer, label: Note, minimum: 0, maximum: 100}
  - {name: accord, type: boolean, label: Accord}
  - {name: aide, type: money, label: Aide, unit: €}
waves: [{id: v1, closes: 2024-06-30}]
eligibility: [{id: g, label: Accord, reference: R, require: {fact: complements.accord, is: oui}}]
criteria:
  - {id: n, label: Mérite, weight: 100, rule: {kind: per_unit, fact: complements.note, points: 1}}
selection: """
TOLD = "il aurait suffi, toutes choses égales par ailleurs, d'une seule condition : · Mérite : « Note » :"
HEARD = f"Pour aller devant le comité, {TOLD}"
RETAINED = f"Pour être retenue, {TOLD}"


def distance(ami: Ami, write: Write, selection: str, reference: str, **notes: object) -> str:
    """Give what is told of one candidature after its total, from the notes of all; `?` leaves an agreement blank."""
    write("criteria.yaml", f"{POLICY}{selection}\n")
    for name, note in notes.items():
        accord = "" if str(note).endswith("?") else "accord: oui, "
        write(
            f"candidatures/{name}.yaml",
            f"reference: {name}\ndepose_le: 2024-03-01\nporteur: {{nom: {name}}}\n"
            f'implantation: {{communes: [{{code_insee: "34001"}}]}}\n'
            f"complements: {{{accord}note: {str(note).rstrip('?')}, aide: 10}}\n",
        )
    told = ami("explain", "candidatures", reference).out.replace("\u00a0", " ").partition("\nTotal : ")[2]
    return " ".join(told.partition("\n")[2].split())


def test_under_the_minimum_both_deliberation_and_a_place_are_looked_for(ami: Ami, write: Write) -> None:
    told = distance(ami, write, "{places: 3, minimum: 40, decides_from: 75}", "C", A=90, B=60, C=30)
    gap = "L'écart : il manque 10 points pour atteindre le minimum (40)."
    assert told == f"{gap} {HEARD} 40 {RETAINED} au moins 75"


def test_where_no_place_is_left_the_last_retained_is_to_be_passed(ami: Ami, write: Write) -> None:
    told = distance(ami, write, "{places: 1, minimum: 40, decides_from: 75}", "C", A=90, B=60, C=30)
    assert told.endswith(f"{HEARD} 40 {RETAINED} au moins 91")


def test_who_is_before_the_committee_already_is_told_only_of_a_place(ami: Ami, write: Write) -> None:
    told = distance(ami, write, "{places: 1, minimum: 40, decides_from: 75}", "B", A=90, B=60)
    assert "devant le comité" not in told
    assert told.endswith(f"{RETAINED} au moins 91")


def test_a_threshold_that_is_not_passed_leads_before_the_committee_once_it_is(ami: Ami, write: Write) -> None:
    bars = "thresholds: [{criterion: n, at_least: 45}]"
    told = distance(ami, write, f"{{places: 3, {bars}, decides_from: 75}}", "C", A=90, C=30)
    assert told == f"C'est le seuil « Mérite » qui l'écarte. {HEARD} 45 {RETAINED} au moins 75"


@pytest.mark.parametrize(("note", "would"), [("60?", "irait devant le comité"), ("80?", "serait retenue")])
def test_what_becomes_of_one_that_only_waits_is_said(note: str, would: str, ami: Ami, write: Write) -> None:
    told = distance(ami, write, "{places: 3, minimum: 40, decides_from: 75}", "C", A=90, C=note)
    assert told.endswith(f"Cela supposé réglé, elle {would} telle quelle.")


def test_where_all_are_retained_nobody_is_told_how_far_the_last_is(ami: Ami, write: Write) -> None:
    budget = "{minimum: 40, budget: {amount: AMOUNT, ask: complements.aide, when_enough: all}}"
    enough = distance(ami, write, budget.replace("AMOUNT", "20"), "A", A=90, B=30)
    assert "10 € accordés" in enough
    assert "dernière candidature retenue" not in enough
    short = distance(ami, write, budget.replace("AMOUNT", "20"), "A", A=90, B=50, C=30)
    assert "La dernière candidature retenue a 50 points : 40 de moins." in short
