"""The looks of the workbook: few colours, calm, that survive a black-and-white printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT: Final = "Calibri"
INK, QUIET, RULE = "#1F2933", "#5B6770", "#C9D1D9"
NAVY, PALE, WHITE = "#1F3A5F", "#EEF2F7", "#FFFFFF"
INPUT, ALERT, ALERT_INK = "#FFF8D6", "#FDE8E4", "#9B1C1C"
SELECTED, SELECTED_INK = "#DFF0E3", "#14532D"
RESERVE, RESERVE_INK = "#FFF1CC", "#704700"
HELD, HELD_INK = "#E4E9F5", "#2B3F73"
WRONG, WRONG_INK = "#F8E0DC", "#8C2F1F"
AWAITED, AWAITED_INK = "#DDEFF2", "#1F5C69"
BAR: Final = "#C7D7EA"
SERIES: Final = ("#1F3A5F", "#4C78A8", "#72B7B2", "#D8A24A", "#9D6B9E", "#7A8B99", "#B5543C", "#5E8C61")

_BASE: Final = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
_LINE: Final = {"bottom": 1, "bottom_color": RULE}
_YELLOW: Final = {"bg_color": INPUT, "border": 1, "border_color": "#B8A04A", "locked": False}
"""What people may type in: all else is protected."""

_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "title": {"font_size": 18, "bold": True, "font_color": NAVY},
    "subtitle": {"font_size": 11, "font_color": QUIET},
    "said_result": {"font_size": 11, "font_color": QUIET, "text_wrap": True},
    "section": {"font_size": 13, "bold": True, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY},
    "note": {"font_size": 10, "italic": True, "font_color": QUIET, "text_wrap": True, "valign": "top"},
    "beside": {"font_size": 9, "italic": True, "font_color": QUIET, "text_wrap": True, "align": "left", "indent": 1},
    "banner": {
        "bold": True,
        "font_color": SELECTED_INK,
        "bg_color": SELECTED,
        "text_wrap": True,
        "align": "left",
        "indent": 1,
    },
    "trial": {"bold": True, "font_color": RESERVE_INK, "bg_color": RESERVE},
    "alert": {"bold": True, "font_color": ALERT_INK, "bg_color": ALERT},
    "alert_note": {"bold": True, "font_color": ALERT_INK},
    "heading": {"bold": True, "font_color": WHITE, "bg_color": NAVY, "text_wrap": True, "align": "center"},
    "heading_left": {"bold": True, "font_color": WHITE, "bg_color": NAVY, "text_wrap": True},
    "over": {"font_size": 9, "font_color": QUIET, "align": "right"},
    "section_plain": {"font_size": 11, "bold": True, "font_color": NAVY},
    "text": {**_LINE},
    "scale": {**_LINE, "font_name": "Consolas", "font_size": 9, "font_color": NAVY, "align": "left", "indent": 1},
    "count": {**_LINE, "align": "center", "num_format": '0;-0;"·"'},
    "total_count": {**_LINE, "align": "center", "bold": True},
    "group_count": {**_LINE, "align": "center", "bold": True, "bg_color": PALE},
    "wrapped_indent": {**_LINE, "text_wrap": True, "align": "left", "indent": 1},
    "strong": {**_LINE, "bold": True},
    "centred": {**_LINE, "align": "center"},
    "strong_centred": {**_LINE, "align": "center", "bold": True},
    "quiet": {**_LINE, "font_color": QUIET},
    "quiet_centred": {**_LINE, "font_color": QUIET, "align": "center"},
    "input": {
        **_YELLOW,
        "bold": True,
        "align": "right",
    },
    "typed": {
        **_YELLOW,
        "font_size": 10,
        "text_wrap": True,
        "align": "left",
    },
    "group": {**_LINE, "bold": True, "bg_color": PALE, "text_wrap": True},
    "small_middle": {**_LINE, "font_size": 9, "text_wrap": True},
    "said": {**_LINE, "font_size": 9, "text_wrap": True, "align": "left", "indent": 1},
    "said_middle": {**_LINE, "font_size": 9, "text_wrap": True, "align": "left", "indent": 1},
    "group_said": {**_LINE, "font_size": 9, "bg_color": PALE, "text_wrap": True, "align": "left", "indent": 1},
    "unseen": {"num_format": ";;;"},
    "wrapped_middle": {**_LINE, "text_wrap": True},
    "indent_1": {**_LINE, "text_wrap": True, "align": "left", "indent": 1},
    "indent_2": {**_LINE, "text_wrap": True, "align": "left", "indent": 3},
    "indent_3": {**_LINE, "text_wrap": True, "align": "left", "indent": 5},
    "group_small": {**_LINE, "font_size": 9, "bg_color": PALE, "text_wrap": True},
    "quiet_indent": {**_LINE, "font_color": QUIET, "indent": 1},
    "strong_indent": {**_LINE, "bold": True, "indent": 1},
    "name": {**_LINE, "text_wrap": True},
    "quiet_count": {**_LINE, "font_color": QUIET, "align": "right"},
    "mono": {**_LINE, "font_name": "Consolas", "font_size": 8, "font_color": QUIET},
    "choice": {
        **_YELLOW,
        "bold": True,
        "font_size": 14,
        "align": "left",
        "indent": 1,
        "num_format": "@",
    },
    "noted": {
        **_YELLOW,
        "text_wrap": True,
        "valign": "top",
        "align": "left",
        "num_format": "@",
    },
    "small_plain": {"font_size": 9, "font_color": QUIET},
    "big": {"font_size": 16, "bold": True, "font_color": NAVY, "align": "center", "bg_color": PALE},
    "big_label": {"font_size": 9, "font_color": QUIET, "align": "center", "bg_color": PALE},
    "selected": {"font_color": SELECTED_INK, "bg_color": SELECTED, "bold": True},
    "reserve": {"font_color": RESERVE_INK, "bg_color": RESERVE, "bold": True},
    "held": {"font_color": HELD_INK, "bg_color": HELD, "italic": True},
    "wrong": {"font_color": WRONG_INK, "bg_color": WRONG, "italic": True},
    "awaited": {"font_color": AWAITED_INK, "bg_color": AWAITED, "italic": True},
    "cut": {"bottom": 1, "bottom_color": ALERT_INK},
    "cut_selected": {
        "font_color": SELECTED_INK,
        "bg_color": SELECTED,
        "bold": True,
        "bottom": 1,
        "bottom_color": ALERT_INK,
    },
    "changed": {"font_color": ALERT_INK, "bold": True},
    "working": {"font_size": 8, "font_color": QUIET},
    "working_heading": {"font_size": 8, "font_color": QUIET, "text_wrap": True, "bg_color": PALE, "valign": "top"},
}
_NUMBERS: Final[dict[str, dict[str, Any]]] = {
    "points": {**_LINE, "align": "right"},
    "total": {**_LINE, "align": "right", "bold": True},
    "quiet_points": {**_LINE, "align": "right", "font_color": QUIET},
    "group_points": {**_LINE, "align": "right", "bold": True, "bg_color": PALE},
    "quiet_amount": {**_LINE, "align": "right", "font_color": QUIET, "num_format": "#,##0.00"},
    "quiet_whole": {**_LINE, "align": "right", "font_color": QUIET, "num_format": "#,##0"},
    "big_points": {"font_size": 16, "bold": True, "font_color": NAVY, "align": "center", "bg_color": PALE},
    "input_points": {
        **_YELLOW,
        "bold": True,
        "align": "right",
    },
    "over_points": {"font_size": 10, "font_color": QUIET, "align": "right"},
}
_DIFFERENTIAL: Final = frozenset(
    {"selected", "reserve", "held", "wrong", "awaited", "cut", "cut_selected", "changed", "trial", "alert"}
)
"""Looks that a condition lays over a cell: only what they change."""


class Styles:
    """Named formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook, decimals: int) -> None:
        """Make them; points show as many decimals as the policy says, and none that are not needed."""
        self._workbook = workbook
        self._number = "#,##0" + ("." + "0" * decimals if decimals else "")
        self._made: dict[str, Format] = {}
        self._texts: dict[str, Format] = {}
        self._numbers: dict[str, int] = {}
        self._text_numbers: dict[str, int] = {}

    def __getitem__(self, name: str) -> Format:
        """Give a format by its name; `points@11` is the same at another size."""
        if name not in self._made:
            self._made[name] = self._workbook.add_format(self._properties(name))
        return self._made[name]

    def text(self, name: str) -> Format:
        """Give the format of a text that stays one when its cell is edited, as after a typed apostrophe."""
        if name not in self._texts:
            self._texts[name] = self._workbook.add_format({**self._properties(name), "quote_prefix": True})
        return self._texts[name]

    def number(self, name: str) -> int:
        """Give the number of a format in the file."""
        if name not in self._numbers:
            self._numbers[name] = _number(self[name])
        return self._numbers[name]

    def text_number(self, name: str) -> int:
        """Give the number of the format of a text in the file."""
        if name not in self._text_numbers:
            self._text_numbers[name] = _number(self.text(name))
        return self._text_numbers[name]

    def _properties(self, name: str) -> dict[str, Any]:
        name, _, size = name.partition("@")
        if size:
            return {**self._properties(name), "font_size": int(size)}
        if name == "open":
            return {"num_format": f'{self._number}" ?"'}
        if name in _DIFFERENTIAL:
            return dict(_LOOKS[name])
        if name.endswith("?"):
            return {**self._properties(name[:-1]), "num_format": f'{self._number}" ?"'}
        if name == "label_points":
            said = f'"à l\'évaluation\u00a0: "{self._number}'
            return {
                **_BASE,
                **_LOOKS["big_label"],
                "num_format": f"{said};{said.replace(self._number, '-' + self._number)};{said};@",
            }
        if name in _NUMBERS:
            return {**_BASE, "num_format": self._number, **_NUMBERS[name]}
        return {**_BASE, **_LOOKS[name]}


def _number(made: Any) -> int:
    number: int = made._get_xf_index()  # noqa: SLF001 - what XlsxWriter's own sheets ask
    return number
