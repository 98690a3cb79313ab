"""What is checked while a form is filled, from Excel's words to those of OpenDocument."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from ami_scoring.reports.form.open_styles import MISSING_STYLE

_SIGNS: Final = {"greaterThanOrEqual": ">=", "lessThanOrEqual": "<="}
_KINDS: Final = {
    "date": "cell-content-is-date()",
    "whole": "cell-content-is-whole-number()",
    "decimal": "cell-content-is-decimal-number()",
}
_PIECE: Final = re.compile(r'"[^"]*"|(?:(\w+)!)?(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?|,')


def open_formula(formula: str) -> str:
    """Write a formula of Excel as OpenDocument does: `[.E8]` for `E8`, semicolons between arguments."""
    return _PIECE.sub(_piece, formula.removeprefix("="))


def _piece(found: re.Match[str]) -> str:
    sheet, first, last = found.groups()
    if first is None:
        return ";" if found[0] == "," else found[0]
    start = f"${sheet}.{first}" if sheet else f".{first}"
    return f"[{start}:.{last}]" if last else f"[{start}]"


def validation_xml(check: Any, name: str, sheet: str) -> str:
    """Declare one check: what is admitted, the list to choose from, and what is said of anything else."""
    base = str(check.sqref).split(" ", maxsplit=1)[0].partition(":")[0]
    said = ""
    if check.showErrorMessage:
        said = (
            f'<table:error-message table:title={quoteattr(check.errorTitle or "")} table:display="true" '
            f'table:message-type="stop"><text:p>{escape(check.error or "")}</text:p></table:error-message>'
        )
    else:
        said = '<table:error-message table:display="false"/>'
    return (
        f'<table:content-validation table:name="{name}" table:condition={quoteattr("of:" + _condition(check))} '
        f'table:allow-empty-cell="true" table:display-list="unsorted" '
        f"table:base-cell-address={quoteattr(f'{sheet}.{base}')}>{said}</table:content-validation>"
    )


def _condition(check: Any) -> str:
    if check.type == "list":
        return f"cell-content-is-in-list({open_formula(check.formula1)})"
    between = f"({check.formula1},{check.formula2})"
    if check.type == "textLength":
        return f"cell-content-text-length-is-between{between}"
    kind = _KINDS[check.type]
    if check.operator in _SIGNS:
        return f"{kind} and cell-content(){_SIGNS[check.operator]}{check.formula1}"
    return f"{kind} and cell-content-is-between{between}"


def conditions_xml(sheet: Any) -> str:
    """Declare which answers are shown as missing while they are blank."""
    made = []
    for each in sheet.conditional_formatting:
        first, _, last = str(each.sqref).partition(":")
        target = f"{sheet.title}.{first}:{sheet.title}.{last or first}"
        for rule in each.rules:
            value = quoteattr(f"formula-is({open_formula(rule.formula[0])})")
            made.append(
                f"<calcext:conditional-format calcext:target-range-address={quoteattr(target)}>"
                f'<calcext:condition calcext:apply-style-name="{MISSING_STYLE}" calcext:value={value} '
                f"calcext:base-cell-address={quoteattr(f'{sheet.title}.{first}')}/></calcext:conditional-format>"
            )
    return f"<calcext:conditional-formats>{''.join(made)}</calcext:conditional-formats>" if made else ""
