"""A text that nobody can read counts for all the candidatures that it may hold."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.evaluation.test_verifications import POLICY, dossier
from tests.scoring.building import plain

from ami_scoring import Evaluation, Status, evaluate
from ami_scoring.domain.standings import Firmness
from ami_scoring.scoring.words import closing_sentences
from ami_scoring.sources.doors.held import most_held

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
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TABLE = "\n".join([HEADER, *LINES, ""])
OBJECTS = [f'{{"reference": "X-{number}", "depose_le": "2022-09-01"}}' for number in range(1, 4)]
LIST = f"[{', '.join(OBJECTS)}]"
SEQUENCE = "".join("- " + text.replace("\n", "\n  ") + "\n" for text in DOCUMENTS)
BROKEN: dict[str, tuple[str, str | bytes, int]] = {
    "a table with an unknown key": ("t.csv", "\n".join([HEADER, *LINES, ""]), 3),
    "a sheet with an unknown key": ("t.xlsx", sheet(HEADER, *LINES), 3),
    "a quote that is never closed": ("t.csv", "\n".join([HEADER, LINES[0], f'"{LINES[1]}', LINES[2]]), 3),
    "a stream broken in its first document": ("t.yaml", "---\n".join(["a: [\n", *DOCUMENTS]), 4),
    "a stream broken in its second document": ("t.yaml", "---\n".join([DOCUMENTS[0], "a: [\n", *DOCUMENTS[1:]]), 3),
    "a stream whose marks are lost": ("t.yaml", "".join(["a: [\n", *DOCUMENTS]), 3),
    "a list that is not closed": ("t.json", '[{"reference": "X"}, {"reference": "Y"}, {"reference": "Z"', 3),
    "a quote that is lost": ("t.json", '[{"a": "X"}, {"b": "Y"}, {"c": "Z}, {', 4),
    "a bracket that is lost": ("t.json", '[{"reference": "X", {"reference": "Y"}, {"reference": "Z"}]', 3),
    "one candidature": ("t.yaml", "a: [\n", 1),
    "a workbook that does not open": ("t.xlsx", b"PK\x03\x04 nothing", 1),
    "an old workbook": ("t.xls", OLD, 1),
    "an old workbook of another name": ("t.xlsb", OLD, 1),
    "a letter that bears the name of a table": ("t.csv", b"%PDF-1.4\n1\n2\n3\n", 1),
    "a table that bears the name of a workbook": ("t.xlsx", TABLE, 3),
    "a workbook that bears the name of a table": ("t.csv", sheet(HEADER, *LINES), 3),
    "a list in YAML": ("t.yaml", SEQUENCE, 3),
    "a list in a block": ("t.yaml", "candidatures:\n" + SEQUENCE, 3),
    "a list without references": ("t.yaml", "- {a: 1}\n- {b: 1}\n- {c: 1}\n", 3),
    "a list in brackets": ("t.yaml", LIST, 3),
    "a list in brackets that is not closed": ("t.yaml", LIST[:-1].replace("reference", "ref"), 3),
    "a list in a block of JSON": ("t.json", f'{{"candidatures": {LIST}}}', 3),
    "a list in a list": ("t.json", f"[{LIST}]", 3),
    "blocks by name": ("t.json", f'{{"a": {OBJECTS[0]}, "b": {OBJECTS[1]}, "c": {OBJECTS[2]}}}', 3),
    "a list on a line": ("t.jsonl", LIST, 3),
    "several on a line": ("t.jsonl", f"\n{' '.join(OBJECTS)}\n", 3),
    "several on the last of old lines": ("t.jsonl", f"\r\r{' '.join(OBJECTS)}", 3),
    "lines in wide letters": ("t.jsonl", "\n".join(OBJECTS).encode("utf-16"), 3),
    "several in a text": ("t.yaml", "a: |\n  " + " ".join(OBJECTS), 3),
    "one answer twice": ("t.yaml", DOCUMENTS[0] + "reference: X\nreference: Y\n", 3),
    "a table that bears the name of a document": ("t.yaml", TABLE, 3),
    "a null character": ("t.csv", TABLE + "\x00", 3),
    "wide letters": ("t.csv", TABLE.encode("utf-16"), 3),
    "wide letters without a mark": ("t.csv", TABLE.encode("utf-16-be"), 3),
    "wider letters": ("t.csv", TABLE.encode("utf-32"), 3),
    "a document in wide letters": ("t.yaml", "---\n".join(DOCUMENTS).encode("utf-16-le"), 3),
    "JSON that bears the name of a table": ("t.csv", LIST, 3),
    "a quote in a header": ("t.csv", TABLE.replace("porteur.nom", '"porteur.nom'), 3),
    "a quote before a header": ("t.csv", f'"{TABLE}', 3),
    "bars": ("t.csv", TABLE.replace(",", "|"), 3),
    "bars without a reference": ("t.csv", TABLE.replace(",", "|").replace("reference", "ref"), 4),
    "a table without a header": ("t.csv", "\n".join(LINES), 3),
    "a sheet without a header": ("t.xlsx", sheet(*LINES), 3),
    "a table in one column of a sheet": ("t.xlsx", sheet(*(each.replace(",", ";") for each in (HEADER, *LINES))), 3),
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


def test_the_lines_of_a_file_are_counted_one_by_one(tmp_path: Path) -> None:
    broken = " ".join(OBJECTS[:2])
    evaluation = beside(tmp_path, "t.jsonl", "\n".join([OBJECTS[0], "{", broken, "", f"{broken} {OBJECTS[2]}"]))
    assert [one.most for one in evaluation.set_aside if one.status is Status.UNREADABLE] == [1, 2, 3]


def test_a_line_that_is_a_bare_text_counts_for_itself_alone(tmp_path: Path) -> None:
    evaluation = beside(tmp_path, "t.jsonl", "\n".join(['"un mot"', *OBJECTS, '"reference: A, reference: B"']))
    held = {one.origin.line: one.most for one in evaluation.set_aside if one.status is Status.UNREADABLE}
    assert (held[1], held[2 + len(OBJECTS)]) == (1, 2)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("zones.csv", "code,type,zone,edition,source\n09101,commune,ZIP,2022,a\n"),
        ("resultat.csv", "rang,reference\n1,A\n2,B\n"),
        ("resultat.csv", 'rang,reference\n1,"A\n2,B\n'),
        ("notes.csv", "Une référence\nAnnuaire, et autres\n"),
        ("budget.xlsx", sheet("Budget")),
    ],
)
def test_what_is_plainly_something_else_counts_for_none(name: str, data: str | bytes, tmp_path: Path) -> None:
    assert beside(tmp_path, name, data).held == 0


def test_the_mark_of_one_encoding_before_a_null_character_is_not_taken_for_that_of_another(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    for code, text in (("utf-16", "\x00 reference: A reference: B"), ("utf-32", "reference: A reference: B")):
        path.write_bytes(text.encode(code))
        assert most_held(path) == 2
    path.write_bytes("reference: A reference: B".encode("utf-32") + b"\x00\xff")
    assert most_held(path) >= 2


KEYS = st.sampled_from(["reference: ", "- reference: ", '{"reference": ', "'reference' : ", "a: [{reference: "])
NOISE = st.sampled_from(["\n", "[", "]", "}", ",", '"', "---\n", "\t", "\x00", "é", "a: b\n", " ", "|"])


@given(
    parts=st.lists(st.one_of(KEYS, NOISE), max_size=30), code=st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252"])
)
def test_never_fewer_than_keys_of_references(
    parts: list[str], code: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("c")
    text = " ".join(parts)
    for name in ("t.yaml", "t.json", "t.csv"):
        (folder / name).write_bytes(text.encode(code))
        assert most_held(folder / name) >= sum("reference" in each for each in parts)
