"""Putting an answer in a cell so that it is read back the same, and having Excel check what is typed there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ami_scoring.exact import Fraction
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import Message
from ami_scoring.reports.form.answers import Value, spell_exact
from ami_scoring.reports.form.questions import Kind, Question

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

LONGEST: Final = 32_767
"""Characters that a cell can hold; openpyxl would cut the rest without a word."""
LISTS_SHEET: Final = "Listes"
YES_NO: Final = ("Oui", "Non")

FORMATS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "General",
    Kind.CODE: "@",
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "General",
    Kind.MONEY: '#,##0.00\\ "€"',
    # A cell already in percent would take « 1 » for 1 %: a full-time doctor for a hundredth of one.
    Kind.SHARE: "General",
    Kind.PERCENT: "0.0##%",
    Kind.YEAR: "0",
    Kind.FLAG: "General",
    Kind.DATE: "dd/mm/yyyy",
    Kind.CHOICE: "General",
}
_LENGTHS: Final = {"reference": (1, 64), "siren": (9, 11), "code_insee": (5, 5), "rpps": (11, 14), "qpv": (8, 9)}
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class AnswerTooLongError(AmiScoringError):
    """Raised when an answer does not fit in a cell: a form would lose its end."""

    def __init__(self, key: str, length: int) -> None:
        """Keep the sentence that says which answer."""
        self.message = Message(
            "la réponse « {key} » compte {length} caractères ; une cellule en contient {limit} au plus.",
            {"key": key, "length": length, "limit": LONGEST},
        )
        super().__init__(str(self.message))


def put(cell: Any, key: str, value: Value) -> None:
    """Write an answer. A text stays a text, were it `=1+1`, `#N/A` or `_x0041_`."""
    match value:
        case bool():
            cell.value = YES_NO[0] if value else YES_NO[1]
        case date() if not isinstance(value, datetime):
            cell.value = value
            cell.number_format = FORMATS[Kind.DATE]
        case datetime():
            put_text(cell, key, value.isoformat())
        case int() | Fraction() if _fits(value):
            cell.value = value if isinstance(value, int) else float(value)
        case Fraction():
            put_text(cell, key, spell_exact(value))
        case _:
            put_text(cell, key, str(value))


def put_text(cell: Any, key: str, text: str) -> None:
    """Write a text as a text."""
    text = _ESCAPE.sub("_x005F_", _CONTROLS.sub("", text))
    if len(text) > LONGEST:
        raise AnswerTooLongError(key, len(text))
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _fits(value: int | Fraction) -> bool:
    """Say whether a number is what the fifteen digits that Excel keeps of it say."""
    return Fraction(Decimal(f"{float(value):.15g}")) == value


def validation(question: Question, lists: Mapping[tuple[str, ...], str]) -> DataValidation | None:
    """Make the check that Excel does on an answer; `lists` says where the choices of each list stand."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - costs more than all the rest

    rule = _rule(question, lists)
    if rule is None:
        return None
    made = DataValidation(
        allow_blank=True, showErrorMessage=not question.is_open, errorTitle="Réponse à corriger", **rule
    )
    made.showDropDown = False
    return made


def choices_of(question: Question) -> tuple[str, ...]:
    """Give what is chosen from a drop-down list, or nothing."""
    return YES_NO if question.kind is Kind.FLAG else question.choices


_CODE: Final = "Ce code n'a pas la bonne longueur. Vérifiez-le : chiffres et lettres, sans tiret."
_REFERENCE: Final = "Une référence a 64 caractères au plus : lettres, chiffres et tirets, sans espace."


def _rule(question: Question, lists: Mapping[tuple[str, ...], str]) -> dict[str, Any] | None:
    match question.kind:
        case Kind.TEXT:
            return {"type": "list", "formula1": lists[question.choices]} if question.choices else None
        case Kind.FLAG | Kind.CHOICE:
            choices = choices_of(question)
            told = f"Choisissez dans la liste : {', '.join(choices)}."
            return {
                "type": "list",
                "formula1": lists[choices],
                "error": told if len(told) <= 225 else "Choisissez dans la liste.",
            }
        case Kind.DATE:
            return _between("date", 1, 109_574, "Une date est attendue, par exemple 28/02/2022.")
        case Kind.CODE:
            bounds = _LENGTHS.get(question.key.rpartition(".")[2])
            told = _REFERENCE if question.key == "reference" else _CODE
            return None if bounds is None else _between("textLength", *bounds, told)
        case Kind.COUNT | Kind.YEAR:
            return _bounded("whole", question, "Un nombre entier est attendu")
        case Kind.NUMBER | Kind.MONEY | Kind.SHARE | Kind.PERCENT:
            return _bounded("decimal", question, "Un nombre est attendu")


def _bounded(type_: str, question: Question, told: str) -> dict[str, Any]:
    low, high = question.minimum, question.maximum
    if low is None and high is None:
        return _between(type_, -(10**15), 10**15, f"{told}.")
    if low is not None and high is not None:
        return _between(type_, _plain(low), _plain(high), f"{told}, de {_french(low)} à {_french(high)}.")
    bound, operator, side = (
        (low, "greaterThanOrEqual", "au moins") if high is None else (high, "lessThanOrEqual", "au plus")
    )
    assert bound is not None  # noqa: S101 - one of the two is known here
    return {
        "type": type_,
        "operator": operator,
        "formula1": _plain(bound),
        "error": f"{told}, {side} {_french(bound)}.",
    }


def _between(type_: str, low: object, high: object, told: str) -> dict[str, Any]:
    return {"type": type_, "operator": "between", "formula1": str(low), "formula2": str(high), "error": told}


def _plain(number: Fraction) -> str:
    return spell_exact(number).replace(",", ".")


def _french(number: Fraction) -> str:
    return spell_exact(number)
