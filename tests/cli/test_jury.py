"""Grids go out, come back filled from three spreadsheets, and `ami` says who owes what without naming anybody else."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.reports.form.open_package import packed_open

from .door import CRITERIA, Ami, Apply, Write

JUDGED = CRITERIA.replace("total: 50", "total: 80\njury: jury.yaml").replace(
    "selection:",
    """\
  - id: projet
    label: Qualité du projet
    weight: 20
    out_of: 5
    rule: {kind: judgement, on: projet, highest: 5, step: 0.5, required: 2, discuss_above: 2}
  - id: innovation
    label: Innovation
    weight: 10
    reference: article 4
    rule:
      kind: judgement
      on: innovation
      tiers:
        Fort: {points: 10, text: Un service nouveau dans le bassin.}
        Faible: {points: 0, text: Rien de nouveau.}
selection:""",
)
JURY = """\
language: 1
seed: essai-2022
required: 2
assessors:
  - {id: e1, name: Zénaïde Untel, spellings: [Z. Untel]}
  - {id: e2, name: Théophane Machin}
  - {id: e3, name: Philomène Chose, interests: [{reference: A-3, reason: Nièce du maire}]}
"""
PREPARE = ("jury", "prepare", "candidatures", "-o", "grilles")
STATUS = ("jury", "status", "candidatures", "-a", "grilles")
Answers = Mapping[tuple[str, str], tuple[object, str]]


@pytest.fixture(autouse=True)
def _three_judged(write: Write, apply: Apply) -> None:
    write("criteria.yaml", JUDGED)
    write("jury.yaml", JURY)
    for reference in ("A-1", "A-2", "A-3"):
        apply(reference, more="locaux: {bureaux: 2}\n")


def fill(path: Path, answers: Answers, *, as_ods: bool = False) -> None:
    """Answer in a grid as its assessor would; the rest stays blank."""
    book = load_workbook(path)
    sheet = book["Grille"]
    for row in sheet.iter_rows(min_row=7):
        key = (str(row[1].value), str(row[3].value))
        if key in answers:
            row[6].value, row[7].value = answers[key]  # type: ignore[assignment]
    if as_ods:
        path.unlink()
        path.with_suffix(".ods").write_bytes(packed_open(book))
    else:
        book.save(path)


def fill_csv(path: Path, answers: Answers) -> None:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    for row in rows:
        if (row[1], row[3]) in answers:
            row[6:8] = map(str, answers[row[1], row[3]])
    page = io.StringIO()
    csv.writer(page, delimiter=";").writerows(rows)
    path.write_text(page.getvalue(), encoding="utf-8")


def grid_of(name: str) -> list[tuple[str, str]]:
    """List what a grid asks: references and keys."""
    sheet = load_workbook(f"grilles/grille-{name}.xlsx")["Grille"]
    return [(str(row[1].value), str(row[3].value)) for row in sheet.iter_rows(min_row=7)]


def told(ami: Ami) -> dict[str, object]:
    found: dict[str, object] = json.loads(ami(*STATUS, "-f", "json").out)
    return found


def test_each_assessor_has_a_grid_of_the_candidatures_drawn_for_them(ami: Ami) -> None:
    done = ami(*PREPARE)
    assert done.code == ExitCode.DONE
    assert sorted(path.name for path in Path("grilles").iterdir()) == [f"grille-e{n}.xlsx" for n in (1, 2, 3)]
    every = [line for name in ("e1", "e2", "e3") for line in grid_of(name)]
    assert sorted(every) == sorted(
        (f"A-{n}", key) for n in (1, 2, 3) for key in ("conflit", "avis.projet", "avis.innovation") for _ in range(2)
    )
    assert not any(reference == "A-3" for reference, _ in grid_of("e3"))


def test_where_the_best_version_counts_assessors_judge_every_complete_one(ami: Ami, write: Write, apply: Apply) -> None:
    write("criteria.yaml", f"{JUDGED}versions: {{identified_by: [porteur], keep: best}}\n")
    apply("A-9", name="a-9.yaml", more="locaux: {bureaux: 1}\n")
    path = Path("candidatures/a-9.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("Commune de A-9", "Commune de A-1"), encoding="utf-8")
    assert ami(*PREPARE).code == ExitCode.DONE
    judged = {reference for name in ("e1", "e2", "e3") for reference, _ in grid_of(name)}
    assert judged == {"A-1", "A-2", "A-3", "A-9"}


def test_a_grid_says_the_rule_its_levels_and_the_edition_and_is_locked_but_for_its_answers(ami: Ami) -> None:
    ami(*PREPARE)
    sheet = load_workbook("grilles/grille-e1.xlsx")["Grille"]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Note de 0 à 5, par pas de 0,5." in said
    assert "Fort (10) : Un service nouveau dans le bassin.\nFaible (0) : Rien de nouveau." in said
    assert "Innovation\n(article 4)" in said
    assert "édition=essai no 1" in said[0]
    assert "critères=" in said[0]
    assert sheet.protection.sheet
    unlocked = {cell.coordinate[0] for row in sheet.iter_rows(min_row=7) for cell in row if not cell.protection.locked}
    assert unlocked == {"G", "H"}
    lists = {check.formula1 for check in sheet.data_validations.dataValidation}
    assert lists == {"Listes!$B$2:$B$3", "Listes!$C$2:$C$12", "Listes!$D$2:$D$3"}


def test_a_mark_without_step_is_kept_within_its_bounds(ami: Ami, write: Write) -> None:
    write("criteria.yaml", JUDGED.replace("step: 0.5, ", ""))
    ami(*PREPARE)
    sheet = load_workbook("grilles/grille-e1.xlsx")["Grille"]
    checks = [(check.type, check.formula1, check.formula2) for check in sheet.data_validations.dataValidation]
    assert ("decimal", "0", "5") in checks


def test_the_same_call_gives_the_same_bytes(ami: Ami) -> None:
    ami(*PREPARE)
    first = {path.name: path.read_bytes() for path in Path("grilles").iterdir()}
    ami(*PREPARE, "--force")
    assert {path.name: path.read_bytes() for path in Path("grilles").iterdir()} == first


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_filled_grid_comes_back_whatever_the_spreadsheet(kind: str, ami: Ami) -> None:
    ami(*PREPARE, *(["--csv"] if kind == "csv" else []), "--only", "e1")
    opinions = {
        ("A-1", "avis.projet"): ("3,5" if kind == "csv" else 3.5, "Solide"),
        ("A-1", "avis.innovation"): ("Fort", "Neuf"),
        ("A-2", "conflit"): ("Oui", "Ma sœur y travaille"),
        ("A-3", "avis.projet"): (1, "Mince"),
    }
    if kind == "csv":
        fill_csv(Path("grilles/grille-e1.csv"), opinions)
    else:
        fill(Path("grilles/grille-e1.xlsx"), opinions, as_ods=kind == "ods")
    found = told(ami)
    asked = {reference for reference, _ in opinions}
    (voice,) = (each for each in found["assessors"] if each["id"] == "e1")  # type: ignore[attr-defined]
    assert voice["recused"] == ["A-2"]
    assert voice["given"] >= 1
    assert {each["reference"] for each in voice["owed"]} <= asked
    explained = ami("explain", "candidatures", "A-1", "-a", "grilles").out
    assert ("1 avis : Fort (10)" in explained) is (voice["given"] > 1)


def test_a_mistake_in_a_grid_is_told_at_its_cell(ami: Ami) -> None:
    ami(*PREPARE)
    reference = grid_of("e1")[0][0]
    fill(
        Path("grilles/grille-e1.xlsx"),
        {(reference, "avis.projet"): (5.3, "Lu"), (reference, "avis.innovation"): ("Fort", "")},
    )
    done = ami("validate", "candidatures", "-a", "grilles")
    assert done.code == ExitCode.INPUT_ERRORS
    assert "feuille « Grille », cellule H9" in done.out.replace("\u00a0", " ")
    fill(Path("grilles/grille-e1.xlsx"), {(reference, "avis.innovation"): ("Fort", "Lu")})
    assert "cellule G8: erreur mark-off-scale" in ami("validate", "candidatures", "-a", "grilles").out


def test_fewer_opinions_than_required_wait_with_what_the_mark_may_become(ami: Ami, write: Write) -> None:
    write("avis/e1.yaml", "reference: A-1\nassesseur: Z. UNTEL\navis: {projet: {note: 4, motif: Lu}}\n")
    ran = json.loads(ami("score", "candidatures", "-a", "avis", "-f", "json").out)
    one = next(each for each in ran["ranking"] if each["reference"] == "A-1")
    assert one["status"] == "avis attendu"
    assert "1 avis sur 2 requis pour « projet »" in str(one["reasons"]).replace("\\xa0", " ")
    assert (one["criteria"]["projet"]["low"], one["criteria"]["projet"]["high"]) == (8, 18)


def test_one_person_under_two_spellings_is_one_and_a_stranger_is_nobody(ami: Ami, write: Write) -> None:
    write("avis/a.yaml", "reference: A-1\nassesseur: untel zenaide\navis: {projet: {note: 4, motif: Lu}}\n")
    write("avis/b.yaml", "reference: A-1\nassesseur: Z. Untel\navis: {projet: {note: 3, motif: Lu}}\n")
    write("avis/c.yaml", "reference: A-2\nassesseur: Passante\navis: {projet: {note: 3, motif: Lu}}\n")
    said = ami("validate", "candidatures", "-a", "avis").out
    assert "avis/b.yaml:2:12: erreur assessor-twice" in said
    assert "avis/c.yaml:2:12: erreur assessor-unknown" in said


def test_opinions_far_apart_are_to_be_discussed_and_nobody_is_named(ami: Ami, write: Write) -> None:
    for name, mark in (("e1", 1), ("e2", 5)):
        write(
            f"avis/{name}.yaml", f"reference: A-1\nassesseur: {name}\navis: {{projet: {{note: {mark}, motif: Lu}}}}\n"
        )
    done = ami("score", "candidatures", "-a", "avis", "-f", "table", "--findings")
    assert "A-1 : un écart de 4 entre les avis sur « projet »" in done.err.replace("\u00a0", " ")
    assert "à discuter" in ami("explain", "candidatures", "A-1", "-a", "avis").out


def test_an_opinion_where_an_interest_is_declared_counts_as_a_recusal(ami: Ami, write: Write) -> None:
    write("avis/e3.yaml", "reference: A-3\nassesseur: Philomène Chose\navis: {projet: {note: 4, motif: Lu}}\n")
    done = ami("jury", "status", "candidatures", "-a", "avis")
    assert "interest-declared" in done.err
    assert "Philomène Chose 0 0 1 —" in " ".join(done.out.split())


def test_the_assignments_are_edited_by_hand_and_completed_without_losing_a_word(
    ami: Ami, apply: Apply, write: Write
) -> None:
    ami(*PREPARE)
    kept = Path("attributions.yaml").read_text(encoding="utf-8")
    by_hand = kept.split("  A-1:", maxsplit=1)[0] + "  # à la main\n  A-1: {projet: [e3, e2], innovation: [e3]}\n"
    write("attributions.yaml", by_hand)
    apply("A-4", more="locaux: {bureaux: 2}\n")
    done = ami(*PREPARE, "--force")
    assert "attributions.yaml (3 dossiers attribués)" in done.err
    assert "assignment-short" in done.err
    assert Path("attributions.yaml").read_text(encoding="utf-8").startswith(by_hand)
    assert ("A-1", "avis.innovation") in grid_of("e3")
    assert ("A-1", "avis.innovation") not in grid_of("e2")


def test_assignments_that_do_not_end_the_file_are_left_alone(ami: Ami, write: Write) -> None:
    write("attributions.yaml", "language: 1\nassignments: {A-1: {projet: [e1, e2], innovation: [e1, e2]}}\nseed: x\n")
    done = ami(*PREPARE)
    assert done.code == ExitCode.USAGE
    assert "ajoutez-y vous-même" in done.err
    assert "  A-2: {projet: [" in done.err
    assert not Path("grilles").exists()


def test_a_grid_that_exists_is_replaced_only_when_asked(ami: Ami) -> None:
    ami(*PREPARE)
    fill(Path("grilles/grille-e2.xlsx"), {("A-3", "avis.projet"): (4, "Lu")})
    before = Path("grilles/grille-e2.xlsx").read_bytes()
    done = ami(*PREPARE)
    assert (done.code, "et 2 autres grilles : rien n'est écrit" in done.err) == (ExitCode.USAGE, True)
    assert Path("grilles/grille-e2.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*PREPARE, "--ods", "--csv"), "--ods ou --csv"),
        ((*PREPARE, "--only", "e9"), "les noms sont : e1, e2, e3"),
        ((*PREPARE, "--jury", "absent.yaml"), "n'existe pas"),
        ((*PREPARE, "-c", "absent.yaml"), "n'existe pas"),
        (("jury", "status", "absent"), "n'existe pas"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(arguments: tuple[str, ...], said: str, ami: Ami) -> None:
    done = ami(*arguments)
    assert done.code == ExitCode.USAGE
    assert said in done.err


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        (JUDGED.replace("jury: jury.yaml", ""), "nommez-le dans les critères"),
        (CRITERIA.replace("total:", "jury: jury.yaml\ntotal:"), "aucune règle « judgement »"),
    ],
)
def test_a_call_without_jury_or_without_judgement_says_so(criteria: str, said: str, ami: Ami, write: Write) -> None:
    write("criteria.yaml", criteria)
    done = ami("jury", "status", "candidatures")
    assert done.code == ExitCode.USAGE
    assert said in done.err.replace("\u00a0", " ")


def test_a_broken_jury_stops_all_that_would_count_opinions(ami: Ami, write: Write) -> None:
    write("jury.yaml", JURY.replace("id: e2", "id: e1"))
    for command in (("score", "candidatures"), STATUS[:3], PREPARE):
        done = ami(*command)
        assert done.code == ExitCode.INPUT_ERRORS
        assert "assessor-name-twice" in done.err


def test_a_grid_of_other_scales_or_of_another_edition_is_told_once(ami: Ami, write: Write) -> None:
    ami(*PREPARE)
    lines = dict.fromkeys(grid_of("e1"), (None, ""))
    fill(Path("grilles/grille-e1.xlsx"), {line: (1, "Lu") for line in lines if line[1] == "avis.projet"})
    write("criteria.yaml", JUDGED.replace("step: 0.5", "step: 1").replace("essai no 1", "essai no 2"))
    said = ami("validate", "candidatures", "-a", "grilles").out
    assert said.count("grid-other-scales") == 1
    assert said.count("other-edition") == 1


def test_only_those_who_compete_are_given_to_read(ami: Ami, apply: Apply) -> None:
    apply("A-9", more="")
    Path("candidatures/A-9.yaml").write_text(
        Path("candidatures/A-9.yaml").read_text(encoding="utf-8").replace("2022-02-01", "2022-12-01"), encoding="utf-8"
    )
    done = ami(*PREPARE)
    assert "Sans grille, parce qu'ils ne concourent pas : 1 dossiers" in done.err
    assert "A-9" not in Path("attributions.yaml").read_text(encoding="utf-8")


def test_the_screen_says_who_owes_what_and_what_must_be_given_again(ami: Ami) -> None:
    ami(*PREPARE)
    lines = [line for line in grid_of("e3") if line[1] == "conflit"]
    fill(Path("grilles/grille-e3.xlsx"), dict.fromkeys(lines, ("oui", "Lien")))
    said = ami(*STATUS).out.replace("\u00a0", " ")
    assert "0 avis rendu sur 12 requis." in said
    assert "Zénaïde Untel doit " in said
    assert f"{lines[0][0]}, « projet » : 0 avis sur 2, 1 encore dû ; il manque quelqu'un, à réattribuer." in said


def test_without_assignments_the_screen_says_that_nobody_is_known_to_owe_anything(ami: Ami) -> None:
    said = ami("jury", "status", "candidatures").out
    assert "Aucune attribution" in said
    assert "doit" not in said.split("Aucune attribution")[0]


def test_the_jury_s_own_files_beside_candidatures_or_opinions_are_nobody_s_candidature(ami: Ami) -> None:
    ami(*PREPARE)
    done = ami("score", ".", "-a", ".", "-f", "table", "--findings")
    assert "le jury" in done.err
    assert "la liste des attributions" in done.err


SECRETS = ("Zénaïde", "Untel", "Théophane", "Machin", "Philomène", "Nièce", "Confidence")


def test_no_result_tells_an_assessor_an_interest_or_a_reason(ami: Ami, write: Write) -> None:
    ami(*PREPARE)
    for name in ("e1", "e2", "e3"):
        fill(
            Path(f"grilles/grille-{name}.xlsx"),
            {line: (3, "Confidence") for line in grid_of(name) if line[1] == "avis.projet"},
        )
    names = ["r.csv", "r.tsv", "r.json", "r.md", "r.txt", "r.xlsx", "r.html"]
    ran = ami("score", "candidatures", "-a", "grilles", *(part for name in names for part in ("-o", name)))
    assert ran.code == ExitCode.DONE
    found = {name: _text(Path(name)) for name in names}
    found["explain"] = ami("explain", "candidatures", "A-1", "-a", "grilles").out
    found["public"] = ami(
        "score", "candidatures", "-a", "grilles", "--public", "notes", "-o", "p.html", "-q"
    ).said + _text(Path("p.html"))
    assert {name: secret for name, text in found.items() for secret in SECRETS if secret in text} == {}
    digests = {each["path"] for each in json.loads(found["r.json"])["provenance"]["assessments"]}
    assert {"jury.yaml", "attributions.yaml", "grilles/grille-e1.xlsx"} <= digests


def _text(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_one_assessor_less_is_tried_with_what_the_others_said(ami: Ami, write: Write) -> None:
    for name in ("e1", "e2"):
        opinions = "{projet: {note: 4, motif: Lu}, innovation: {note: Fort, motif: Lu}}"
        texts = [f"reference: A-{n}\nassesseur: {name}\navis: {opinions}\n" for n in (1, 2, 3)]
        write(f"avis/{name}.yaml", "---\n".join(texts))
    said = " ".join(ami("robustness", "candidatures", "-a", "avis").out.split())
    assert "Assesseurs écartés tour à tour : 2" in said
    whole = json.loads(ami("robustness", "candidatures", "-a", "avis", "-f", "json").out)
    absences = whole["robustness"]["assessors"]["absences"]
    assert [(each["opinions"], each["leaves"], each["moved"]) for each in absences] == [(6, [], 0), (6, [], 0)]


def test_a_file_named_for_the_jury_is_read_as_one_whatever_it_holds(ami: Ami, write: Write) -> None:
    write("jury.yaml", 'language: "1"\nfoo: 1\n')
    told = ami("validate", "jury.yaml").out
    assert "Il manque la clé « assessors »" in told.replace("\u00a0", " ")
    assert "« criteria »" not in told.replace("\u00a0", " ")
