"""A number that a spreadsheet shows in percent is what it shows: `12 %`, that Excel stores as 0.12."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from tests.sources.sheets import MINIMAL, filled, read_one

from ami_scoring.domain.declared import declared_fact, parse_fact
from ami_scoring.domain.facts import FactType
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.exact import Fraction

KEY = "complements.taux"
DOCTOR = "medecins_interesses.1.temps_plein"


def in_table(stored: float, shown_as: str, key: str = KEY) -> Any:
    book = Workbook()
    sheet = book.worksheets[0]
    answers: dict[str, Any] = {**MINIMAL, key: stored}
    for column, (name, value) in enumerate(answers.items(), start=1):
        sheet.cell(1, column).value = name
        sheet.cell(2, column).value = value
    sheet.cell(2, len(MINIMAL) + 1).number_format = shown_as
    page = BytesIO()
    book.save(page)
    return read_one(page.getvalue())


def in_form(stored: float, shown_as: str) -> Any:
    """Type it in a form, where the call's own question stands in place of the name of the commune."""

    def change(book: Any) -> None:
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "=implantation.communes.1.nom" in cell.value:
                    cell.value = cell.value.replace("implantation.communes.1.nom", KEY)
                if cell.value == stored:
                    cell.number_format = shown_as

    return read_one(filled({**MINIMAL, "implantation.communes.1.nom": stored}, change))


def fact(kind: str, unit: str | None) -> Any:
    most = Fraction(4) if kind == "percentage" else None  # without a maximum, a share stops at the whole
    return declared_fact("taux", FactType(kind), "Taux", unit, None, most, None)


@pytest.mark.parametrize("typed_in", [in_form, in_table])
@pytest.mark.parametrize("shown_as", ["0%", "0.00%", "0.0##\\ %;[Red]-0.0 %"])
@pytest.mark.parametrize(
    ("stored", "number"),
    [(0.12, 12), (0.12345, Fraction("12.345")), (0.07, 7), (1.1, 110), (3.5, 350), (-0.035, Fraction("-3.5"))],
)
def test_twelve_per_cent_is_twelve_where_the_unit_is_the_per_cent(
    typed_in: Any, shown_as: str, stored: float, number: Fraction | int
) -> None:
    raw = typed_in(stored, shown_as).extra["taux"]
    assert parse_fact(fact("decimal", "%"), raw) == number
    assert parse_fact(fact("percentage", "%"), raw) == Fraction(number) / 100


@pytest.mark.parametrize("typed_in", [in_form, in_table])
@pytest.mark.parametrize("shown_as", ["General", "0.00", '0.00"%"', "0.00\\%"])
def test_a_number_that_is_shown_as_it_is_stored_is_read_as_it_is(typed_in: Any, shown_as: str) -> None:
    assert parse_fact(fact("decimal", "%"), typed_in(0.12, shown_as).extra["taux"]) == Fraction("0.12")


def test_a_share_shown_in_percent_is_the_share() -> None:
    (doctor,) = in_table(0.8, "0%", DOCTOR).doctors
    assert doctor.share == Fraction(4, 5)


def test_a_percentage_is_no_number_of_another_unit() -> None:
    with pytest.raises(RefusalError, match="« 12 % » n'est pas un nombre"):
        parse_fact(fact("decimal", "km"), in_table(0.12, "0%").extra["taux"])
