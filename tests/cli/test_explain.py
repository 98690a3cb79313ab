"""`ami explain`: why one candidature has its total, read at its place, whatever became of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, Ami, Apply, Write

REST = '"depose_le": "2022-02-01", "porteur": {"nom": "C"}, "implantation": {"communes": [{"code_insee": "09001"}]}}'


def test_facts_are_told_with_their_file_and_line(ami: Ami, apply: Apply) -> None:
    apply("A-1", more="locaux:\n  etat: existants\n  bureaux: 3\n")
    ran = ami("explain", "candidatures", "A-1")
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert "candidatures/A-1.yaml, ligne 1 · déposée le 1er février 2022, Vague 1" in ran.out
    assert "Nombre de bureaux de consultation = 3 (ligne 7)" in ran.out.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.json", '[\n{"reference": "A-0"},\n{"reference": "A-1",\n"locaux": {"bureaux": 3}, ' + REST + "\n]\n", 4),
        ("a.jsonl", '{}\n\n{"reference": "A-1", "locaux": {"bureaux": 3}, ' + REST + "\n", 3),
    ],
)
def test_lines_are_those_of_the_document_among_others(
    name: str, content: str, line: int, ami: Ami, write: Write
) -> None:
    path = write(name, content)
    assert f"= 3 (ligne {line})" in ami("explain", path, "A-1").out.replace("\u00a0", " ")


def test_where_the_committee_decides_it_is_told_what_would_have_led_before_it(ami: Ami, write: Write) -> None:
    folder = Path(__file__).parents[2] / "examples" / "residence-artistes"
    write("criteria.yaml", (folder / "criteria.yaml").read_text("utf-8"))
    write("candidatures/a.yaml", (folder / "candidatures" / "artistes.yaml").read_text("utf-8"))
    said = " ".join(ami("explain", "candidatures", "RA-05").out.replace("\u00a0", " ").split())
    assert "Pour aller devant le comité, il aurait suffi" in said
    assert "« Rencontres proposées aux habitants » : au moins 6" in said


def test_a_reference_is_found_in_any_case_and_an_unknown_one_is_a_mistake(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    assert ami("explain", "candidatures", "a-1").out.startswith("A-1 · Commune de A-1 · Essai (09)\n")
    ran = ami("explain", "candidatures", "Z-9-9")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == "Erreur : aucune candidature lue ne porte la référence ou le nom « Z-9-9 ».\n"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("AMI-V4-99", " Vouliez-vous dire « AMI-V4-09 » ?"),
        ("ami v4_10", " Vouliez-vous dire « AMI-V4-10 » ?"),
        ("V4-09", " Vouliez-vous dire « AMI-V4-09 » ?"),
        ("AMI-V4-1", " Vouliez-vous dire « AMI-V4-10 », « AMI-V4-11 » ou « AMI-V4-12 » ?"),
        ("AMI", " Vouliez-vous dire « AMI-V4-09 », « AMI-V4-10 », « AMI-V4-11 » ou « AMI-V4-12 » ?"),
        ("12", ""),
        ("Exemple", ""),
    ],
)
def test_an_unknown_reference_is_answered_by_the_nearest_ones(typed: str, asked: str, ami: Ami, apply: Apply) -> None:
    for reference in ("AMI-V4-09", "AMI-V4-10", "AMI-V4-11"):
        apply(reference)
    apply("AMI-V4-12", more="locaux: {bureaux: deux}\n")
    ran = ami("explain", "candidatures", typed)
    assert ran.code == ExitCode.USAGE
    assert ran.err == f"Erreur : aucune candidature lue ne porte la référence ou le nom « {typed} ».{asked}\n"


def test_no_reference_is_suggested_where_too_many_are_as_near(ami: Ami, apply: Apply) -> None:
    for number in range(6):
        apply(f"AMI-{number}")
    assert "Vouliez-vous" not in ami("explain", "candidatures", "AMI").err


def test_a_file_without_reference_answers_to_no_name(ami: Ami, write: Write) -> None:
    write("candidatures/a.yaml", "porteur: {}")
    assert ami("explain", "candidatures", "").code == ExitCode.USAGE


def test_what_is_set_aside_is_explained_by_its_reasons(ami: Ami, apply: Apply) -> None:
    path = apply("A-1")
    path.write_text(path.read_text(encoding="utf-8").replace("2022-02-01", "2022-02-30"), encoding="utf-8")
    ran = ami("explain", "candidatures", "A-1")
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "statut : illisible" in ran.out.replace("\u00a0", " ")
    assert "« 2022-02-30 » : ce jour n'existe pas au calendrier." in ran.out.replace("\u00a0", " ")


def test_an_answer_refused_is_explained_at_its_place_among_the_others(ami: Ami, apply: Apply) -> None:
    apply("A-1", more="locaux: {bureaux: deux}\n")
    ran = ami("explain", "candidatures", "A-1")
    said = " ".join(ran.out.replace("\u00a0", " ").split())
    assert ran.code == ExitCode.INPUT_ERRORS
    assert "Pas encore de rang (possible : de 1 à 1) · statut : à corriger" in said
    assert "· à corriger : « Nombre de bureaux de consultation » (ligne 5) : « deux » n'est pas un nombre" in said
    assert "Lu : Nombre de bureaux de consultation : réponse refusée" in said


def test_a_rank_in_a_pool_is_compared_and_what_others_bring_to_it_is_not_missing(ami: Ami, write: Write) -> None:
    ranks = "rule: {kind: relative, fact: locaux.bureaux, best: highest, by_rank: [20, 8], within: porteur.type}"
    rule = "rule: {kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}"
    write("criteria.yaml", CRITERIA.replace(rule, ranks).replace("    if_missing: zero\n", "    if_missing: hold\n"))
    known = REST.replace('"nom": "C"', '"nom": "B", "type": "commune"')
    write("candidatures/A-1.json", '{"reference": "A-1", "locaux": {"bureaux": 3}, ' + known)
    write("candidatures/A-2.json", '{"reference": "A-2", "locaux": {"bureaux": 5}, ' + REST)
    told = [ami("explain", "candidatures", name).out.replace("\u00a0", " ") for name in ("A-1", "A-2")]
    first, second = (" ".join(each.split()) for each in told)
    assert "Comparé : Rang dans le groupe (Nombre de bureaux de consultation) = 1" in first
    assert "Selon ce que d'autres dossiers apportent au groupe comparé : de 38 à 50 points." in first
    assert "Comparé : Rang dans le groupe (Nombre de bureaux de consultation) : pas établi" in second


def test_what_keeps_equals_together_is_told_of_each_and_no_value_is_said_to_part_them(
    ami: Ami, apply: Apply, write: Write
) -> None:
    ties = "ranking: {ties: [{fact: locaux.accessibles, prefer: oui}, {fact: locaux.bureaux, prefer: lowest}]}\n"
    write("criteria.yaml", CRITERIA + ties)
    for name, known in (("A-1", "bureaux: 5, accessibles: oui"), ("A-2", "bureaux: 4, accessibles: non")):
        apply(name, more=f"locaux: {{{known}}}\n")
    apply("A-3", more="locaux: {bureaux: 4}\n")
    told = [
        " ".join(ami("explain", "candidatures", name).out.replace("\u00a0", " ").split()) for name in ("A-1", "A-3")
    ]
    label = "« Locaux accessibles aux personnes handicapées »"
    assert f"· à égalité tant que {label} n'est pas renseigné pour A-3 : c'est ce qui les départagerait" in told[0]
    assert f"Face à A-2, même total : à égalité, tant que {label} n'est pas renseigné pour toutes." in told[0]
    assert f"· à égalité tant que {label} n'est pas renseigné : c'est ce qui les départagerait" in told[1]


def test_what_it_waits_for_is_said_once(ami: Ami, apply: Apply, write: Write) -> None:
    budget = "selection: {budget: {amount: 10, ask: engagement_financier.montant_total, when_short: nearest}}"
    write("criteria.yaml", CRITERIA.replace("selection: {places: 1, reserve: 1}", budget))
    apply("A-1", more="locaux: {bureaux: 1}\n")
    said = ami("explain", "candidatures", "A-1", "--short").out
    assert said.count("montant demandé non renseigné") == 1


def test_the_code_is_that_of_the_candidature_explained_whatever_the_others_are(ami: Ami, apply: Apply) -> None:
    apply("A-1", more="locaux: {bureaux: deux}\n")
    apply("A-2")
    assert ami("explain", "candidatures", "A-2").code == ExitCode.DONE


def test_the_last_argument_is_a_reference_even_when_it_is_a_path(ami: Ami, apply: Apply) -> None:
    path = apply("A-1")
    ran = ami("explain", "candidatures", path)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert "aucune candidature lue ne porte la référence" in ran.err


def test_criteria_and_waves_are_those_asked(ami: Ami, apply: Apply, call: Path) -> None:
    apply("A-1")
    Path("criteria.yaml").rename("autres.yaml")
    assert ami("explain", "candidatures", "A-1").code == ExitCode.USAGE
    assert ami("explain", "candidatures", "A-1", "-c", "autres.yaml").code == ExitCode.DONE
    assert "autre vague" in ami("explain", "candidatures", "A-1", "-c", "autres.yaml", "-w", "v2").out


def test_a_doctor_is_counted_and_never_named(ami: Ami, apply: Apply) -> None:
    more = "medecins_interesses: [{nom: Dr Secret, rpps: '10101010101', preuve: lettre, temps_plein: 1}]\n"
    apply("A-1", more=more)
    for arguments in (
        ["explain", "candidatures", "A-1"],
        *(["score", "candidatures", "-f", kind] for kind in ("table", "tsv", "csv", "json", "markdown")),
    ):
        said = ami(*arguments).said
        assert "A-1" in said
        assert "Secret" not in said
        assert "10101010101" not in said


def test_where_equals_contest_the_cut_the_gap_is_to_them(ami: Ami, apply: Apply) -> None:
    for reference, rooms in (("B-1", 4), ("B-2", 4), ("C-1", 1)):
        apply(reference, more=f"locaux: {{bureaux: {rooms}}}\n")
    below, tied = (ami("explain", "candidatures", reference).out.replace("\u00a0", " ") for reference in ("C-1", "B-1"))
    assert "il manque 15 points pour rejoindre les candidatures à égalité à la limite (50)." in below
    assert "Elle est à égalité avec B-2 pour la dernière place : le comité les départage." in tied
    assert "L'écart" not in tied


GATES = """\
eligibility:
  - {id: etat, label: Locaux existants, reference: R, require: {fact: locaux.etat, is: existants}}
  - {id: adaptes, label: Locaux adaptés, reference: R, require: {fact: locaux.adaptes, is: oui}}
criteria:
"""


@pytest.mark.parametrize(
    ("rival", "code", "own", "said"),
    [
        (1, "09001", "bureaux: 4, adaptes: oui", "« État des locaux » manque"),
        (1, "09001", "bureaux: 4", "« État des locaux » et « Locaux adaptés » manquent"),
        (1, "09001", "bureaux: 4", "Cela supposé réglé, elle serait retenue telle quelle."),
        (3, "09001", "bureaux: 1", "Cela supposé réglé, pour être retenue, il aurait suffi, toutes choses égales"),
        (3, "09001", "bureaux: 1", "· Bureaux : « Nombre de bureaux de consultation » : au moins 4"),
        (4, "09002", "bureaux: 0", "Même cela réglé, aucun critère, à lui seul, n'y aurait suffi."),
    ],
)
def test_what_no_total_makes_up_for_is_said_first_and_the_ways_suppose_it_settled(
    rival: int, code: str, own: str, said: str, ami: Ami, apply: Apply, write: Write
) -> None:
    write("criteria.yaml", CRITERIA.replace("criteria:\n", GATES))
    apply("R-1", more=f"locaux: {{bureaux: {rival}, etat: existants, adaptes: oui}}\n")
    apply("X-1", code=code, more=f"locaux: {{{own}}}\n")
    text = ami("explain", "candidatures", "X-1").out.replace("\u00a0", " ")
    waits, _, distance = text.partition("Tant que ")[2].partition(", elle ne peut pas être retenue.\n")
    assert said in f"{waits}{distance}"
