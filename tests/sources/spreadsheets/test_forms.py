"""A form comes back: what was typed in its cells, and everything that stands where nobody would look."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.sources.sheets import (
    MINIMAL,
    SAMPLES,
    blank_form,
    candidature,
    cells_by_key,
    criteria,
    filled,
    in_sheet,
    load,
    other_criteria,
    read,
    read_one,
    repacked,
    wrong_with,
)

from ami_scoring.domain.candidature import Candidature
from ami_scoring.exact import Fraction
from ami_scoring.findings import Severity
from ami_scoring.reports.form import form_workbook
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.doors.loaders import load_candidatures

PLACE = "f.xlsx, feuille « Candidature », cellule "


def at(key: str) -> str:
    return PLACE + cells_by_key(blank_form())[key]


def test_the_required_answers_alone_make_a_candidature() -> None:
    assert read_one(filled()) == candidature()


def test_an_empty_form_holds_no_candidature_and_says_so() -> None:
    assert wrong_with(blank_form()) == [("empty-form", "f.xlsx, feuille « Candidature »")]


def test_two_forms_of_one_call_are_the_same_bytes() -> None:
    assert form_workbook(criteria()) == blank_form()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (date(2022, 2, 28), date(2022, 2, 28)),
        (datetime.fromisoformat("2022-02-28T00:00"), date(2022, 2, 28)),
        ("28/02/2022", date(2022, 2, 28)),
        ("28 février 2022", date(2022, 2, 28)),
        ("1er avril 2022", date(2022, 4, 1)),
    ],
)
def test_a_date_is_read_typed_or_written(typed: object, day: date) -> None:
    found = read_one(filled({**MINIMAL, "locaux.disponibles_le": typed}))
    assert found.premises is not None
    assert found.premises.available_on == day


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        (12000.5, Fraction("12000.5")),
        (12000, 12000),
        (0, 0),
        (0.1, Fraction(1, 10)),
        (1.234, Fraction("1.234")),
        (12.345, Fraction("12.345")),
        ("12 000,50 €", Fraction("12000.5")),
        ("12\u202f000", 12000),
    ],
)
def test_an_amount_is_exactly_what_excel_shows(typed: object, amount: Fraction) -> None:
    found = read_one(filled({**MINIMAL, "engagement_financier.montant_annuel": typed}))
    assert found.commitment is not None
    assert found.commitment.yearly_amount == amount


def test_an_ambiguous_amount_is_reported_at_its_cell() -> None:
    key = "engagement_financier.montant_annuel"
    assert wrong_with(filled({**MINIMAL, key: "1,234"})) == [("number-ambiguous", at(key))]


@pytest.mark.parametrize(("typed", "yes"), [("Oui", True), ("non", False), (True, True), (False, False), ("x", True)])
def test_yes_and_no_are_read_as_chosen_or_typed(typed: object, yes: bool) -> None:
    found = read_one(filled({**MINIMAL, "locaux.adaptes": typed}))
    assert found.premises is not None
    assert found.premises.suitable is yes


def test_blank_means_missing_and_never_zero_or_no() -> None:
    found = read_one(filled({**MINIMAL, "locaux.etat": "travaux"}))
    assert found.premises is not None
    assert found.premises.suitable is None
    assert found.premises.rooms is None
    assert found.doctors is None
    assert found.documents is None
    assert found.commitment is None


def test_a_cell_with_only_spaces_is_blank() -> None:
    assert read_one(filled({**MINIMAL, "porteur.siren": "   "})) == candidature()


def test_none_at_all_differs_from_not_known() -> None:
    found = read_one(filled({**MINIMAL, "medecins_interesses.nombre": 0, "pieces.nombre": 0}))
    assert found.doctors == []
    assert found.documents == []


def test_doctors_announced_but_not_described_are_counted() -> None:
    answers = {**MINIMAL, "medecins_interesses.nombre": 3, "medecins_interesses.2.temps_plein": 1}
    found = read_one(filled(answers))
    assert found.doctors is not None
    assert [doctor.share for doctor in found.doctors] == [None, 1, None]


def test_lines_left_blank_between_others_do_not_count() -> None:
    answers = {**MINIMAL, "medecins_interesses.2.temps_plein": 1, "medecins_interesses.5.preuve": "oral"}
    found = read_one(filled(answers))
    assert found.doctors is not None
    assert len(found.doctors) == 2


@pytest.mark.parametrize(
    "answers",
    [
        {
            "medecins_interesses.nombre": 1,
            "medecins_interesses.1.preuve": "oral",
            "medecins_interesses.2.preuve": "oral",
        },
        {"diagnostic.partage_avec.nombre": 3, "diagnostic.partage_avec.1": "ARS"},
        {"pieces.nombre": 0, "pieces.1": "délibération"},
    ],
)
def test_a_count_that_differs_from_the_lines_is_an_error(answers: dict[str, Any]) -> None:
    (key,) = [key for key in answers if key.endswith("nombre")]
    assert wrong_with(filled({**MINIMAL, **answers})) == [("count-differs", at(key))]


def test_an_immense_count_is_refused_without_being_built() -> None:
    key = "medecins_interesses.nombre"
    assert ("number-range", at(key)) in wrong_with(filled({**MINIMAL, key: 10**14}))


def test_a_required_answer_that_lacks_is_asked_for_at_its_own_cell_by_its_title() -> None:
    answers = {key: value for key, value in MINIMAL.items() if key not in {"porteur.nom", "depose_le"}}
    data = filled(answers)
    assert set(wrong_with(data)) == {("missing-key", at("depose_le")), ("missing-key", at("porteur.nom"))}
    (document,), _ = read(data)
    assert "« Nom du porteur » : cette réponse est obligatoire." in [
        str(finding.message) for finding in build(Candidature, document)[1]
    ]


def test_a_commune_without_its_code_is_asked_for_at_its_line() -> None:
    assert wrong_with(
        filled({**MINIMAL, "implantation.communes.3.nom": "Ailleurs", "implantation.communes.1.principale": "Oui"})
    ) == [("missing-key", at("implantation.communes.3.code_insee"))]


def test_a_number_typed_where_text_is_expected_is_that_text() -> None:
    assert read_one(filled({**MINIMAL, "reference": 123})).reference == "123"


def test_a_code_that_lost_its_zero_is_said_to_have_lost_it() -> None:
    key = "implantation.communes.1.code_insee"
    found = wrong_with(filled({**MINIMAL, key: 9901}))
    assert found == [("leading-zero-lost", at(key)), ("code-insee-form", at(key))]


def test_a_share_in_percent_is_the_same_share() -> None:
    found = read_one(filled({**MINIMAL, "medecins_interesses.1.temps_plein": "80 %"}))
    same = read_one(filled({**MINIMAL, "medecins_interesses.1.temps_plein": 0.8}))
    assert found == same


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_of_the_spreadsheet_is_an_error_even_where_any_text_would_do(error: str) -> None:
    assert wrong_with(filled({**MINIMAL, "implantation.communes.1.nom": error})) == [
        ("cell-error", at("implantation.communes.1.nom"))
    ]


def test_a_formula_never_computed_is_an_error() -> None:
    key = "engagement_financier.montant_annuel"
    assert wrong_with(filled({**MINIMAL, key: "=12*1000"})) == [("formula-not-computed", at(key))]


def computed(formula: bytes) -> bytes:
    """Put a formula with its stored value in the cell of the yearly amount."""
    data = filled({**MINIMAL, "engagement_financier.montant_annuel": "=12*1000"})
    return repacked(data, in_sheet(b"<f>12*1000</f><v />", b"<f>" + formula + b"</f><v>12000</v>"))


@pytest.mark.parametrize(("formula", "severity"), [(b"12*1000", Severity.NOTE), (b"[1]Feuil1!A1", Severity.WARNING)])
def test_a_computed_formula_gives_its_stored_value_and_says_so(formula: bytes, severity: Severity) -> None:
    (document,), findings = read(computed(formula))
    assert [(finding.code, finding.severity) for finding in findings] == [("formula-answer", severity)]
    found, _ = build(Candidature, document)
    assert found is not None
    assert found.commitment is not None
    assert found.commitment.yearly_amount == 12000


def test_a_form_of_another_edition_is_read_with_a_warning(tmp_path: Path) -> None:
    other = criteria().model_copy(update={"call": criteria().call.model_copy(update={"edition": "d'hier"})})
    (tmp_path / "f.xlsx").write_bytes(filled(form=form_workbook(other)))
    loaded = load(tmp_path)
    assert [finding.code for finding in loaded.findings] == ["other-edition"]
    assert "« d'hier »" in str(loaded.findings[0].message)
    assert len(loaded.entries) == 1


def test_a_form_of_another_call_is_read_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "f.xlsx").write_bytes(filled(form=form_workbook(other_criteria())))
    loaded = load(tmp_path)
    assert [finding.code for finding in loaded.findings] == ["other-edition"]
    assert "Tiers-lieux" in str(loaded.findings[0].message)


def test_labels_may_be_reworded_without_harm_to_the_answers() -> None:
    def reword(book: Any) -> None:
        sheet = book.worksheets[0]
        row = cells_by_key(blank_form())["porteur.nom"][1:]
        sheet[f"B{row}"].value = "Qui êtes-vous ?"

    (document,), findings = read(filled(change=reword))
    assert [finding.code for finding in findings] == ["answer-astray"]
    assert build(Candidature, document)[0] == candidature()


def test_an_answer_typed_beside_its_cell_is_told_without_being_shown() -> None:
    def stray(book: Any) -> None:
        book.worksheets[0]["I20"].value = "Docteur Bovary"

    (_,), findings = read(filled(change=stray))
    assert [(finding.code, finding.where.cell) for finding in findings] == [("answer-astray", "I20")]
    assert "Bovary" not in f"{findings}"


def test_many_stray_cells_are_told_in_a_few_lines() -> None:
    def stray(book: Any) -> None:
        for row in range(10, 60):
            book.worksheets[0][f"J{row}"].value = "?"

    _, findings = read(filled(change=stray))
    assert len(findings) == 6
    assert "45 autres cellules" in str(findings[-1].message)


def test_a_sheet_added_by_the_applicant_is_told_as_not_read() -> None:
    def add(book: Any) -> None:
        book.create_sheet("Suite")["A1"].value = "La suite de nos réponses"

    assert wrong_with(filled(change=add)) == [("sheet-not-read", "f.xlsx, feuille « Suite »")]


def test_answers_in_hidden_lines_columns_and_sheets_are_read_and_told() -> None:
    def hide(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet.row_dimensions[int(cells_by_key(blank_form())["porteur.nom"][1:])].hidden = True

    def hide_sheet(book: Any) -> None:
        book.create_sheet("Visible")
        book.worksheets[0].sheet_state = "veryHidden"
        book.active = len(book.worksheets) - 1

    assert wrong_with(filled(change=hide)) == [("hidden-answer", at("porteur.nom"))]
    assert wrong_with(filled(change=hide_sheet)) == [("hidden-answer", "f.xlsx, feuille « Candidature »")]


def test_merged_answer_cells_are_told_where_they_lost_their_answer() -> None:
    cells = cells_by_key(blank_form())
    first, second = cells["implantation.communes.1.nom"], cells["implantation.communes.2.nom"]

    def merge(book: Any) -> None:
        book.worksheets[0].merge_cells(f"{first}:{second}")

    assert wrong_with(filled(change=merge)) == [("merged-answer", PLACE + second)]


def test_a_form_without_its_technical_column_is_an_error_rather_than_silence() -> None:
    def clear(book: Any) -> None:
        book.worksheets[0].delete_cols(1)

    assert [code for code, _ in wrong_with(filled(change=clear))] == ["form-mark-lost"]


def test_a_form_of_a_later_version_is_refused_clearly() -> None:
    def later(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet["A1"].value = sheet["A1"].value.replace("ami-formulaire 1", "ami-formulaire 2")

    assert wrong_with(filled(change=later)) == [("form-version", PLACE + "A1")]


def test_a_form_copied_twice_in_one_workbook_gives_two_candidatures() -> None:
    def twice(book: Any) -> None:
        copy = book.copy_worksheet(book.worksheets[0])
        copy[cells_by_key(blank_form())["reference"]].value = "AMI-T-02"

    documents, _ = read(filled(change=twice))
    assert [document.data["reference"] for document in documents if isinstance(document.data, dict)] == [
        "AMI-T-01",
        "AMI-T-02",
    ]


def test_no_finding_shows_a_doctors_name_or_number(tmp_path: Path) -> None:
    answers = {
        **MINIMAL,
        "medecins_interesses.1.nom": "Emma Bovary",
        "medecins_interesses.1.rpps": "10101010101",
        "medecins_interesses.1.temps_plein": "Emma Bovary",
        "medecins_interesses.1.preuve": "Emma Bovary",
        "medecins_interesses.2.nom": "#N/A",
    }
    (tmp_path / "f.xlsx").write_bytes(filled(answers))
    loaded = load(tmp_path)
    assert {finding.code for finding in loaded.findings} >= {"rpps-form", "choice-unknown", "cell-error"}
    for finding in loaded.findings:
        told = f"{finding.message} {finding.suggestion} {finding.where.excerpt}"
        assert "Bovary" not in told
        assert "10101010101" not in told


def test_a_form_saved_by_libreoffice_is_the_same_candidature() -> None:
    """The file was made by `ami template --from` this sample, then saved again by LibreOffice 7.4."""
    sample = SAMPLES / "candidatures" / "vague-4" / "vallee-d-ourzac.yaml"
    (entry,) = load_candidatures([sample], lambda _: ()).entries
    saved = (Path(__file__).parents[1] / "books" / "formulaire-libreoffice.xlsx").read_bytes()
    assert read_one(saved) == entry.candidature


def test_forms_of_one_workbook_have_each_their_own_line() -> None:
    def twice(book: Any) -> None:
        copy = book.copy_worksheet(book.worksheets[0])
        copy[cells_by_key(blank_form())["reference"]].value = "AMI-T-02"

    documents, _ = read(filled(change=twice))
    assert len({document.line for document in documents}) == 2


@pytest.mark.parametrize("pasted", ["ARS ; CPTS;\npatients", "ARS\nCPTS\npatients\n"])
@pytest.mark.parametrize("count", [None, 3])
def test_elements_pasted_in_one_cell_are_read_each_for_itself(pasted: str, count: int | None) -> None:
    key = "diagnostic.partage_avec"
    counted = {} if count is None else {f"{key}.nombre": count}
    (document,), findings = read(filled({**MINIMAL, **counted, f"{key}.2": pasted}))
    assert (findings, document.findings) == ([], ())
    made, _ = build(Candidature, document)
    assert made is not None
    assert made.diagnostic is not None
    assert made.diagnostic.shared_with == ["ARS", "CPTS", "patients"]
    assert document.locate(("diagnostic", "partage_avec", 2)).cell == cells_by_key(blank_form())[f"{key}.2"]


def test_a_date_with_its_time_in_a_cell_is_in_paris_time() -> None:
    made = read_one(
        filled(
            {
                **MINIMAL,
                "depose_le": datetime.fromisoformat("2022-09-10T14:30"),
                "engagement_financier.delibere_le": datetime.fromisoformat("2022-07-02T23:45"),
            }
        )
    )
    assert made.submitted_at == datetime.fromisoformat("2022-09-10T14:30+02:00")
    assert made.commitment is not None
    assert made.commitment.decided_on == date(2022, 7, 2)


@pytest.mark.parametrize(
    ("answers", "cell", "said"),
    [
        ({}, "implantation.communes.1.principale", "Aucune des 2 communes n'est dite principale : répondez oui"),
        (
            {"implantation.communes.1.principale": "Oui", "implantation.communes.2.principale": "Oui"},
            "implantation.communes.2.principale",
            "2 communes sont dites principales : ne laissez oui",
        ),
        (
            {"implantation.communes.2.principale": "Oui", "implantation.communes.2.code_insee": "09901"},
            "implantation.communes.2.code_insee",
            "La commune 09901 est citée deux fois",
        ),
    ],
)
def test_communes_that_do_not_agree_are_told_at_the_cell_to_mend_in_words_of_the_form(
    answers: dict[str, str], cell: str, said: str
) -> None:
    data = filled(MINIMAL | {"implantation.communes.2.code_insee": "09902"} | answers)
    (document,) = read(data)[0]
    (finding,) = build(Candidature, document)[1]
    assert str(finding.where).replace("\u00a0", " ") == at(cell)
    assert str(finding.message).startswith(said)
    assert "principale: oui" not in str(finding.message)
