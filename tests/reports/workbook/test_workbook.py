"""The workbook holds what it is given, safely, and the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import FORMULAE

from ami_scoring import evaluate
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.messages import Message
from ami_scoring.reports.workbook import texts, workbook
from ami_scoring.reports.workbook.book import book_of
from ami_scoring.reports.workbook.details_sheet import SENTENCE_COLUMN
from ami_scoring.scoring.telling import sentence

from . import engines, pools

ROOT = Path(__file__).parents[3]
CRITERIA = ROOT / "criteria.yaml"
HOSTILE = {
    "=A1&B1": "=A1&B1",
    "+1+1": "+1+1",
    "-1": "-1",
    "@SUM(A1)": "@SUM(A1)",
    "https://exemple.fr/piege": "https://exemple.fr/piege",
    "#REF!": "#REF!\u00a0",
    "_x0041_": "_x0041_",
    "{=1}": "{=1}",
    "a\tb": "a b",
}


@pytest.fixture(scope="module")
def samples() -> Evaluation:
    return evaluate([ROOT / "samples" / "candidatures"], CRITERIA)


def _named(names: list[str]) -> Evaluation:
    """Evaluate candidatures that differ by the name of their applicant only."""
    made = pools.pool(read_policy(CRITERIA).criteria, 3 * len(names), seed=9, missing=0)
    scored = [
        Scored(Entry(pools.candidature(f"DOSSIER-{number:02d}", name, name), pools.ORIGIN), one.scored.wave, one.card)
        for number, (name, one) in enumerate(zip(names, made.standings, strict=False))
    ]
    return pools.evaluation_of(made.criteria, scored)


def test_same_evaluation_same_bytes(samples: Evaluation) -> None:
    assert workbook(samples) == workbook(samples)


def test_sheets_are_those_announced(samples: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(samples))
    with zipfile.ZipFile(path) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    expected = (
        "Classement, Vue d'ensemble, Fiche, Critères, Notes, Décisions, Détail, Solidité, À compléter, Écartées, "
        "Traçabilité, Calculs"
    )
    assert ", ".join(names) == expected


def test_functions_are_all_old_enough(samples: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(samples))
    quoteless = (re.sub(r'"[^"]*"|\'[^\']*\'', "", formula) for formula in engines.formulas(path))
    used = {name for formula in quoteless for name in re.findall(r"([A-Z][A-Z0-9.]+)\(", formula)}
    assert used <= FORMULAE
    assert used.isdisjoint({"COUNTIF", "TEXT", "INDIRECT", "OFFSET"})


def test_ranks_and_statuses_are_stored(samples: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(samples))
    rows = [row for row in engines.values(path, "Classement")[6:] if row[2]][: len(samples.standings)]
    head = engines.values(path, "Classement")[5]
    columns = [head.index(name) for name in ("Rang", "Dossier", "Total", "Statut")]
    found = [tuple(row[column] for column in columns) for row in rows]
    assert found == [
        (
            "–" if one.rank is None else one.rank,
            one.entry.reference,
            "?" if one.card.total is None else float(one.card.total),
            str(one.status),
        )
        for one in samples.standings
    ]


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(_named(list(HOSTILE))))
    shown = {row[3] for row in engines.values(path, "Classement")[6:] if row[2]}
    assert set(HOSTILE.values()) - {"_x0041_"} <= shown
    wrong = engines.differences(engines.stored(path), engines.with_ironcalc(path))
    # openpyxl gives back the escape that Excel undoes.
    assert [each for each in wrong if str(each.stored).replace("_x005F_", "_") != each.found] == []
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name or "hyperlink" in name.lower()]
        cells = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name)
    assert b"<hyperlink" not in cells
    assert b't="e"' not in cells
    assert b"<f>cmd" not in cells


@pytest.mark.parametrize("name", ["=1+1", "+1", "@x", "-1", "12/03", '=HYPERLINK("https://exemple.fr")'])
def test_a_text_stays_a_text_when_its_cell_is_edited(name: str, tmp_path: Path) -> None:
    made = pools.pool(read_policy(CRITERIA).criteria, 12, seed=9, missing=0.2)
    doctors = [{"nom": name, "specialite": name}]
    scored = [
        Scored(
            Entry(
                pools.candidature(f"D-{place:02d}", name, name, medecins_interesses=doctors),
                Origin(f"{name}.yaml", "0" * 64),
            ),
            one.scored.wave,
            one.card,
        )
        for place, one in enumerate(made.standings)
    ]
    evaluation = pools.evaluation_of(made.criteria, scored[1:])
    aside = SetAside(Status.INELIGIBLE, (Message(name),), scored[0].entry.origin, name, scored[0].entry)
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation._replace(set_aside=(aside,)), with_personal_data=True))
    texts = [cell for cell in engines.cells(path) if cell.data_type == "s" and cell.value]
    sheets = {cell.parent.title for cell in texts if name in str(cell.value)}
    assert sheets == {
        "Fiche",
        "Notes",
        "Décisions",
        "Détail",
        "À compléter",
        "Écartées",
        "Calculs",
        "Données personnelles",
    }
    assert [(cell.parent.title, cell.coordinate) for cell in texts if not cell.quotePrefix] == []


def test_numbers_and_formulas_are_not_dressed_as_texts(samples: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(samples))
    others = [cell for cell in engines.cells(path) if cell.data_type in {"n", "f"}]
    assert others
    assert [cell.coordinate for cell in others if cell.quotePrefix] == []


def test_endless_names_are_cut(samples: Evaluation, tmp_path: Path) -> None:
    criteria = read_policy(CRITERIA).criteria
    made = pools.pool(criteria, 4, seed=9, missing=0)
    one = made.standings[0].scored
    commune = one.entry.candidature.place.main_commune.model_copy(update={"name": "x" * 40_000})
    place = one.entry.candidature.place.model_copy(update={"communes": [commune]})
    long = one.entry.candidature.model_copy(update={"place": place})
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(pools.evaluation_of(criteria, [Scored(Entry(long, pools.ORIGIN), one.wave, one.card)])))
    longest = max(len(str(cell)) for row in engines.values(path, "Classement") for cell in row if cell)
    assert longest <= 600


def test_a_grid_too_fine_is_frozen_and_says_so(tmp_path: Path) -> None:
    policy = (ROOT / "criteria.yaml").read_text(encoding="utf-8").replace("samples/", f"{ROOT}/samples/")
    fine = tmp_path / "criteria.yaml"
    policy = policy.replace("points: 2.5}", "points: 1/99991}").replace("{contribution: 1.5", "{contribution: 1/99989")
    policy = policy.replace("contribution}, points: 1.5}", "contribution}, points: 1/99989}")
    without_totals, _, _ = policy.partition("\nexamples:\n")
    fine.write_text(without_totals, encoding="utf-8")
    evaluation = evaluate([ROOT / "samples" / "candidatures"], fine)
    assert book_of(evaluation).scale is None
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    assert "figé" in str(engines.values(path, "Classement")[2][0])
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []


def test_a_missing_answer_without_maximum_freezes_it_and_is_told_as_such(tmp_path: Path) -> None:
    policy, folder = tmp_path / "criteria.yaml", tmp_path / "dossiers.yaml"
    policy.write_text(
        "language: 1\ncall: {title: Essai, edition: e, authority: A}\nwaves: [{id: v1, closes: 2024-06-30}]\ntotal: 0\n"
        "facts: [{name: lits, label: Lits, type: integer, minimum: 0}]\ncriteria:\n"
        "  - {id: lits, label: Lits, open_ended: oui, rule: {kind: per_unit, fact: complements.lits, points: 1}}\n"
        "selection: {places: 1}\n",
        encoding="utf-8",
    )
    one = (
        "reference: %s\ndepose_le: 2024-05-01\nporteur: {nom: C %s}\n"
        "implantation: {communes: [{code_insee: '09001'}]}\ncomplements: {%s}\n"
    )
    folder.write_text(one % ("A", "A", "lits: 4") + "---\n" + one % ("B", "B", ""), encoding="utf-8")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluate([folder], policy)))
    assert "une réponse qui manque n'a pas de maximum" in str(engines.values(path, "Classement")[2][0])
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("minimum: 0", "minimum: 0, maximum: 90"), encoding="utf-8"
    )
    path.write_bytes(workbook(evaluate([folder], policy)))
    assert "figé" not in str(engines.values(path, "Classement")[2][0])


def test_no_candidature_leaves_a_workbook_that_says_so(tmp_path: Path) -> None:
    empty = pools.evaluation_of(read_policy(CRITERIA).criteria, [])
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(empty))
    assert "Aucune candidature" in str(engines.values(path, "Classement")[2][0])


def test_personal_data_only_on_demand(tmp_path: Path) -> None:
    criteria = read_policy(CRITERIA).criteria
    made = pools.pool(criteria, 4, seed=9, missing=0)
    doctors = [{"nom": "Dupont-Secret", "specialite": "médecine générale"}]
    entry = Entry(pools.candidature("DOSSIER-1", medecins_interesses=doctors), pools.ORIGIN)
    one = made.standings[0].scored
    evaluation = pools.evaluation_of(criteria, [Scored(entry, one.wave, one.card)])

    def text(*, asked: bool) -> bytes:
        path = tmp_path / "book.xlsx"
        path.write_bytes(workbook(evaluation, with_personal_data=asked))
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())

    assert b"Dupont-Secret" not in text(asked=False)
    assert b"Dupont-Secret" in text(asked=True)


@pytest.mark.filterwarnings("ignore:.* extension is not supported")
def test_each_line_of_the_details_says_what_its_own_candidature_says(samples: Evaluation, tmp_path: Path) -> None:
    """Two whose answers differ may have one mark: what is told of one is not told of the other."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(samples))
    criteria = samples.criteria
    numbers = {number: node for node, number in book_of(samples).numbers.items()}
    cards = {one.entry.reference: one.card for one in samples.standings}
    told = []
    for row in load_workbook(path, read_only=True)["Détail"].iter_rows(min_row=5, values_only=True):
        reference, number, said = str(row[1]), str(row[3]), row[SENTENCE_COLUMN]
        node, card = criteria.by_id[numbers[number]], cards[reference]
        told.append((said, texts.capital(texts.sentence(sentence(node, card.marks[node.id], card, criteria)))))
    assert len(told) == len(cards) * len(numbers)
    assert [pair for pair in told if pair[0] != pair[1]] == []
