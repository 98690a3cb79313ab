"""Papers in PDF: tagged for whoever listens to them, fit for archives, the same bytes each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from tests.reports.papers.calls import ami, letterhead, villages

from ami_scoring.reports.papers import Paper, letters, minutes
from ami_scoring.reports.papers.blocks import Writer
from ami_scoring.reports.papers.covered import breakable, drawable
from ami_scoring.reports.papers.pdf import Pdf


@cache
def written(reference: str) -> bytes:
    if reference == "proces-verbal":
        return Pdf(letterhead()).render(minutes(villages()))
    (paper,) = (each for each in letters(ami()) if each.reference == reference)
    return Pdf(letterhead()).render(paper)


@pytest.fixture(params=["AMI-V1-04", "AMI-V4-10", "proces-verbal"])
def document(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(written(request.param))) as opened:
        yield opened


def tree(node: Any) -> Iterator[Any]:
    """Give every structure element, in reading order."""
    if isinstance(node, Dictionary) and "/S" in node:
        yield node
    below = node.get("/K") if isinstance(node, Dictionary) else None
    for each in below if isinstance(below, pikepdf.Array) else [] if below is None else [below]:
        if isinstance(each, Dictionary):
            yield from tree(each)


def elements(opened: pikepdf.Pdf) -> list[Any]:
    return list(tree(opened.Root.StructTreeRoot))


def test_the_same_paper_has_the_same_bytes() -> None:
    (paper,) = (each for each in letters(ami()) if each.reference == "AMI-V1-04")
    assert Pdf(letterhead()).render(paper) == written("AMI-V1-04")


def test_it_is_tagged_in_french_and_shows_its_title(document: pikepdf.Pdf) -> None:
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang).startswith("fr")
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["dc:title"]


def test_it_bears_the_day_of_its_letter_and_no_other(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as about:
        assert about["xmp:CreateDate"].startswith(date(2022, 11, 14).isoformat())


def test_headings_go_down_one_level_at_a_time(document: pikepdf.Pdf) -> None:
    levels = [
        int(str(each.S)[2:]) for each in elements(document) if str(each.S)[:2] == "/H" and str(each.S)[2:].isdigit()
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_header_cell_says_which_way_it_looks(document: pikepdf.Pdf) -> None:
    heads = [each for each in elements(document) if each.S == Name.TH]
    assert heads
    assert {str(attributes_of(each).get("/Scope")) for each in heads} == {"/Column"}


def attributes_of(element: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    given = element.get("/A", [])
    for each in given if isinstance(given, pikepdf.Array) else [given]:
        found |= {str(key): value for key, value in each.items()}
    return found


def test_every_row_of_a_table_has_as_many_cells_as_its_heads(document: pikepdf.Pdf) -> None:
    for table in (each for each in elements(document) if Name.Table == each.S):
        widths = Counter(
            len([cell for cell in tree(row) if cell.S in {Name.TD, Name.TH}]) for row in tree(table) if row.S == Name.TR
        )
        assert len(widths) == 1


def test_the_watermark_is_no_part_of_what_is_read() -> None:
    with pikepdf.open(BytesIO(written("AMI-V1-04"))) as opened:
        for page in opened.pages:
            marked = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) in {"BMC", "BDC"}]
            assert Name.Artifact in [each.operands[0] for each in marked]


def test_all_fonts_are_inside(document: pikepdf.Pdf) -> None:
    fonts = [
        each for each in document.objects if isinstance(each, Dictionary) and each.get("/Type") == Name.FontDescriptor
    ]
    assert fonts
    assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts)


HOSTILE = [
    "#eval(1) *gras* $x$ = Titre",
    "{{ corps }} {% for x in y %}",
    "=1+1",
    "<script>x</script> & <w:p/>",
    "中文 🙂 \u0645",
    "x" * 40_000,
    "mot " * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_an_applicant_typed_is_laid_out_as_text(text: str) -> None:
    writer = Writer()
    writer.title(text)
    writer.say(text)
    writer.list([text])
    writer.table(text, (("Un", 1), (text[:200], -1)), [(text, "1")])
    paper = Paper("lettres/A", "lettre-retenue", text[:100], tuple(writer.blocks), is_draft=True, to=(text,))
    assert Pdf(letterhead()).render(paper).startswith(b"%PDF-1.7")


def test_a_character_that_no_font_draws_is_spelt_out() -> None:
    assert drawable("Mairie « d’Été » ✓ → 中🙂") == "Mairie « d’Été » ✓ → [U+4E2D][U+1F642]"
    assert breakable("a" * 60) == "\u200b".join(["a" * 24, "a" * 24, "a" * 12])
    assert breakable("mots courts") == "mots courts"


def test_every_character_that_is_kept_is_drawn() -> None:
    every = "".join(map(chr, range(0x20, 0x3000)))
    kept = "".join(char for char in every if drawable(char) == char)
    assert len(kept) > 2_200
    writer = Writer()
    for start in range(0, len(kept), 100):
        writer.say(kept[start : start + 100])
    assert Pdf(letterhead()).render(Paper("x", "acte", "Essai", tuple(writer.blocks), is_draft=False))
