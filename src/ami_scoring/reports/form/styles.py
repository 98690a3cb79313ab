"""How a form looks: a few named styles, made once and shared by all cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from openpyxl.cell.rich_text import CellRichText

FONT: Final = "Calibri"
INK: Final = "1F2937"
MUTED: Final = "5B6472"
BAR: Final = "1E4E79"
PALE: Final = "E8EFF6"
ANSWER: Final = "FFFBEA"
MISSING: Final = "FCE4D6"
STAR: Final = "C0392B"
LINE: Final = "B8C2CC"


@dataclass(frozen=True, slots=True)
class Look:
    """How some cells of one workbook look: named styles, one for each number format, that cells share."""

    name: str
    font: Any
    fill: Any = None
    border: Any = None
    alignment: Any = None
    protection: Any = None
    known: dict[str, str] = field(default_factory=dict)

    def dress(self, cell: Any, number_format: str = "General") -> None:
        """Give a cell this look."""
        if number_format in self.known:
            cell.style = self.known[number_format]
            return
        from openpyxl.styles import NamedStyle  # noqa: PLC0415 - once for each style

        given = {name: getattr(self, name) for name in ("fill", "border", "alignment", "protection")}
        name = f"{self.name} {len(self.known) + 1}"
        cell.style = NamedStyle(
            name, self.font, number_format=number_format, **{name: value for name, value in given.items() if value}
        )
        self.known[number_format] = name


@dataclass(frozen=True, slots=True)
class Looks:
    """Every look of a form."""

    title: Look
    subtitle: Look
    advice: Look
    section: Look
    block: Look
    question: Look
    band: Look
    heading: Look
    number: Look
    answer: Look
    key: Look


def looks() -> Looks:
    """Make the looks; openpyxl is imported only now."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side  # noqa: PLC0415

    def font(size: float = 11, color: str = INK, *, bold: bool = False, italic: bool = False) -> Font:
        return Font(name=FONT, size=size, color=color, bold=bold, italic=italic)

    def fill(color: str) -> PatternFill:
        return PatternFill("solid", fgColor=color)

    thin = Side(style="thin", color=LINE)
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    under = Border(bottom=Side(style="hair", color=LINE))
    left = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return Looks(
        title=Look("ami titre", font(18, BAR, bold=True), alignment=left),
        subtitle=Look("ami sous-titre", font(10, MUTED), alignment=left),
        advice=Look("ami conseil", font(10), fill(PALE), alignment=left),
        section=Look("ami section", font(12, "FFFFFF", bold=True), fill(BAR), alignment=left),
        block=Look("ami bloc", font(11, BAR, bold=True), alignment=left),
        question=Look("ami question", font(11), border=under, alignment=left),
        band=Look("ami bandeau", font(11, BAR, bold=True), fill(PALE), under, left),
        heading=Look("ami en-tête", font(10, bold=True), fill(PALE), box, centre),
        number=Look("ami numéro", font(9, MUTED), border=box, alignment=centre),
        answer=Look("ami réponse", font(11), fill(ANSWER), box, left, Protection(locked=False)),
        key=Look("ami clé", font(8, MUTED)),
    )


def rich(title: str, note: str, *, required: bool = False, size: float = 11, bold: bool = True) -> CellRichText | str:
    """Write a label with its note in small grey letters under it; a star says that an answer is required."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: PLC0415
    from openpyxl.cell.text import InlineFont  # noqa: PLC0415
    from openpyxl.styles.colors import Color  # noqa: PLC0415

    def font(points: float, color: str, *, strong: bool) -> InlineFont:
        return InlineFont(rFont=FONT, sz=points, b=strong, color=Color(rgb=f"FF{color}"))

    parts = [TextBlock(font(size, INK, strong=bold), title)]
    if required:
        parts.append(TextBlock(font(size, STAR, strong=True), " *"))
    if note:
        parts.append(TextBlock(font(size - 2, MUTED, strong=False), f"\n{note}"))
    return CellRichText(*parts)
