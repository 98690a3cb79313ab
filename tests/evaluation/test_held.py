"""A text that nobody can read counts for all the candidatures that it may hold."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.evaluation.test_verifications import POLICY, dossier
from tests.scoring.building import plain

from ami_scoring import Evaluation, evaluate
from ami_scoring.domain.scores import Firmness
from ami_scoring.scoring.words import closing_sentences

HEADER = "reference,depose_le,porteur.nom,implantation.communes.1.code_insee,locaux.etage"


def beside(folder: Path, name: str, data: str | bytes, places: int = 3) -> Evaluation:
    """Read two sound candidatures, and a file beside them."""
    policy = POLICY.replace("verified: verifications.csv\n", "") + f"selection: {{places: {places}}}"
    (folder / "criteria.yaml").write_text(policy, "utf-8")
    (folder / "c").mkdir()
    (folder / "c" / "deux.yaml").write_text(f"{dossier('A', 50)}---\n{dossier('B', 40)}", "utf-8")
    (folder / "c" / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return evaluate([folder / "c"], folder / "criteria.yaml")


def sheet(*lines: str) -> bytes:
    book, page = Workbook(), BytesIO()
    assert book.active is not None
    for line in lines:
        book.active.append(line.split(","))
    book.save(page)
    return page.getvalue()


LINES = [f"X-{number},2022-09-01,Commune {number},09101,2" for number in range(1, 4)]
DOCUMENTS = [dossier(name, 10) for name in "CDE"]
BROKEN: dict[str, tuple[str, str | bytes, int]] = {
    "a table with an unknown key": ("t.csv", "\n".join([HEADER, *LINES, ""]), 3),
    "a sheet with an unknown key": ("t.xlsx", sheet(HEADER, *LINES), 3),
    "a quote that is never closed": ("t.csv", "\n".join([HEADER, LINES[0], f'"{LINES[1]}', LINES[2]]), 3),
    "a stream broken in its first document": ("t.yaml", "---\n".join(["a: [\n", *DOCUMENTS]), 4),
    "a stream broken in its second document": ("t.yaml", "---\n".join([DOCUMENTS[0], "a: [\n", *DOCUMENTS[1:]]), 3),
    "a stream whose marks are lost": ("t.yaml", "".join(["a: [\n", *DOCUMENTS]), 3),
    "a list that is not closed": ("t.json", '[{"reference": "X"}, {"reference": "Y"}, {"reference": "Z"', 3),
    "a bracket that is lost": ("t.json", '[{"reference": "X", {"reference": "Y"}, {"reference": "Z"}]', 3),
    "one candidature": ("t.yaml", "a: [\n", 1),
    "a workbook that does not open": ("t.xlsx", b"PK\x03\x04 nothing", 1),
}


@pytest.mark.parametrize(("name", "data", "held"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_counts_for_all_that_it_may_hold(
    name: str, data: str | bytes, held: int, tmp_path: Path
) -> None:
    evaluation = beside(tmp_path, name, data)
    first = evaluation.standings[0]
    assert (evaluation.held, first.rank, first.rank_worst) == (held, 1, 1 + held)


def test_a_place_is_firm_only_where_all_of_them_leave_room(tmp_path: Path) -> None:
    name, data, _ = BROKEN["a table with an unknown key"]
    (tmp_path / "four").mkdir()
    (tmp_path / "three").mkdir()
    assert beside(tmp_path / "four", name, data, places=4).standings[0].firmness is Firmness.FIRM
    three = beside(tmp_path / "three", name, data)
    assert three.standings[0].firmness is Firmness.PROVISIONAL
    assert [plain(each.need) for each in three.standings[0].threats] == [
        "les 3 candidatures que peut contenir ce fichier illisible, une fois lues, peuvent passer devant"
    ]
    assert "1 fichier illisible peut tenir 3 candidatures : chaque rang possible descend d'autant de places." in [
        plain(each) for each in closing_sentences(three)
    ]


def test_the_lines_of_all_the_sheets_of_a_workbook_are_counted_once(tmp_path: Path) -> None:
    book, page = Workbook(), BytesIO()
    assert book.active is not None
    for each in (book.active, book.create_sheet("Suite")):
        for line in (HEADER, *LINES):
            each.append(line.split(","))
    book.save(page)
    evaluation = beside(tmp_path, "t.xlsx", page.getvalue())
    assert [one.most for one in evaluation.set_aside] == [6, 1]
