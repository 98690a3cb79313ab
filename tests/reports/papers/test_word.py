"""Papers in Word: on our letterhead or on the authority's, whose mistakes are each told with their place."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from tests.reports.papers.calls import ami, letterhead, villages
from tests.reports.papers.test_pdf import HOSTILE

from ami_scoring.findings import InvalidFileError
from ami_scoring.reports.papers import Paper, letters, minutes
from ami_scoring.reports.papers.blocks import Writer, shown
from ami_scoring.reports.papers.word import Word
from ami_scoring.reports.papers.word_fields import FIELDS


@cache
def letter(reference: str) -> Paper:
    (paper,) = (each for each in letters(ami()) if each.reference == reference)
    return paper


def filled(paper: Paper, templates: dict[str, bytes] | None = None) -> Document:
    return docx.Document(BytesIO(Word(letterhead(), templates or {}, "modeles").render(paper)))


def template(make: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    make(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def lines(*texts: str) -> bytes:
    def make(document: Document) -> None:
        for text in texts:
            document.add_paragraph(text)

    return template(make)


def text_of(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def wrong(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidFileError) as caught:
        Word(letterhead(), {"lettre.docx": data}, "modeles")
    assert {finding.where.path for finding in caught.value.findings} <= {"modeles/lettre.docx", "modeles\\lettre.docx"}
    return [(finding.code, str(finding.message)) for finding in caught.value.findings]


def test_a_letter_says_the_same_in_word_as_in_text() -> None:
    paper = letter("AMI-V1-04")
    document = filled(paper)
    said = text_of(document)
    for expected in (
        "GIP Ma santé, Ma Région",
        "Commune de Vézenargol",
        "le 14 novembre 2022",
        paper.title,
        "Claude Exemple",
    ):
        assert expected in said
    assert [table.rows[0].cells[0].text for table in document.tables] == ["Critère"]
    assert document.tables[0].rows[-1].cells[1].text == "48,5"


def test_headers_of_tables_come_again_on_each_page() -> None:
    document = filled(minutes(villages()))
    named = [table for table in document.tables if table._tbl.xpath("./w:tblPr/w:tblCaption")]
    assert len(named) == len(document.tables) - 2  # signatures are no table to read
    for table in named:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_the_same_paper_has_the_same_bytes_and_no_time_of_day() -> None:
    word = Word(letterhead(), {}, "")
    made = word.render(letter("AMI-V1-04"))
    assert made == word.render(letter("AMI-V1-04")) == Word(letterhead(), {}, "").render(letter("AMI-V1-04"))
    with ZipFile(BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    core = docx.Document(BytesIO(made)).core_properties
    assert (core.created.isoformat()[:10], core.title, core.language) == (
        "2022-11-14",
        letter("AMI-V1-04").title,
        "fr-FR",
    )


def test_a_draft_says_so_across_its_pages_and_in_its_text() -> None:
    document = filled(letter("AMI-V1-04"))
    assert 'string="PROJET"' in document.sections[0].header._element.xml
    assert "PROJET" in text_of(document)
    final = filled(letter("AMI-V4-10"))
    assert "PROJET" not in final.sections[0].header._element.xml + text_of(final)


def test_a_paragraph_whose_fields_have_nothing_to_say_is_left_out() -> None:
    assert "Objet" in text_of(filled(letter("AMI-V1-04")))
    assert "Objet" not in text_of(filled(minutes(villages())))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_an_applicant_typed_is_text_in_word_too(text: str) -> None:
    writer = Writer()
    writer.say(text)
    writer.table("Tableau", (("Un", 1), ("Deux", -1)), [(text, "1")])
    paper = Paper("lettres/A", "lettre-retenue", "Titre", tuple(writer.blocks), is_draft=False, to=(shown(text),))
    document = filled(paper)
    assert text_of(document).count(shown(text)) == 2
    assert document.tables[0].rows[1].cells[0].text == shown(text)


def test_a_name_made_of_a_field_is_not_filled_in_its_turn() -> None:
    paper = letter("AMI-V4-10")._replace(to=("{{ contact }} {{ corps }}",))
    assert "{{ contact }} {{ corps }}" in text_of(filled(paper))


def test_an_authority_writes_on_its_own_letterhead() -> None:
    def make(document: Document) -> None:
        header = document.sections[0].header.paragraphs[0]
        header.add_run("Région d'exemple — {{ auto")
        header.add_run("rite }}").bold = True
        document.add_paragraph("Réf. {{reference}} / {{ lieu }}, {{ date }}")
        document.add_paragraph("{{ corps }}")
        cell = document.add_table(1, 1).rows[0].cells[0]
        cell.text = "{{ adresse }}"

    document = filled(letter("AMI-V4-10"), {"lettre.docx": template(make)})
    assert document.sections[0].header.paragraphs[0].text == "Région d'exemple — GIP Ma santé, Ma Région"
    assert "Réf. AMI-V4-10 / Villexemple, 14 novembre 2022" in text_of(document)
    assert document.tables[-1].rows[0].cells[0].text == "Hôtel inventé\n1 place de l'Exemple\n99000 Villexemple"


def test_a_kind_of_letter_may_have_a_template_of_its_own() -> None:
    templates = {"lettre-a-completer.docx": lines("Demande de pièces", "{{ corps }}")}
    assert "Demande de pièces" in text_of(filled(letter("AMI-V4-10"), templates))
    assert "Demande de pièces" not in text_of(filled(letter("AMI-V1-04"), templates))


def test_the_text_takes_the_look_of_the_field_that_it_replaces() -> None:
    def make(document: Document) -> None:
        document.add_paragraph().add_run("{{ corps }}").italic = True

    (first, *_) = filled(letter("AMI-V4-10"), {"lettre.docx": template(make)}).paragraphs
    assert first.text == "Madame, Monsieur,"
    assert first.runs[0].italic


def test_a_template_without_our_styles_is_filled_all_the_same() -> None:
    def make(document: Document) -> None:
        for style in list(document.styles):
            if style.name in {"List Bullet", "Heading 2", "Caption"}:
                style.delete()
        document.add_paragraph("{{ corps }}")

    said = text_of(filled(letter("AMI-V4-10"), {"lettre.docx": template(make)}))
    assert "•\u00a0«\u00a0Date de l'état des lieux\u00a0»." in said


@pytest.mark.parametrize(
    ("texts", "code", "words"),
    [
        (
            ["{{ corps }}", "Objet : {{ objets }}"],
            "template-field",
            "Texte, paragraphe 2 : « objets » n'est pas un champ",
        ),
        (
            ["{{ corps }}", "{{ objet }"],
            "template-brace",
            "« {{ » n'ouvre ni ne ferme un champ complet, dans « {{ objet } »",
        ),
        (["{{ corps }}", "{% if objet %}"], "template-brace", "« {% »"),
        (["{{ corps }}", "{{ objet.upper() }}"], "template-brace", "« {{ »"),
        (["Bonjour"], "template-body", "le champ {{ corps }} manque"),
        (
            ["{{ corps }}", "{{ corps }}"],
            "template-body",
            "Texte, paragraphe 2 : le champ {{ corps }} est là une seconde fois",
        ),
        (["Texte : {{ corps }}"], "template-body", "doit être seul dans un paragraphe"),
    ],
)
def test_each_mistake_of_a_template_is_told_with_its_paragraph(texts: list[str], code: str, words: str) -> None:
    ((found, said),) = wrong(lines(*texts))
    assert found == code
    assert words in said


def test_all_the_mistakes_of_all_templates_are_told_at_once() -> None:
    bad = lines("{{ corps }}", "{{ nom }}", "}} oubliée", "{{ date }")
    assert [code for code, _ in wrong(bad)] == ["template-brace", "template-brace", "template-field"]


def test_an_unknown_field_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(InvalidFileError) as caught:
        Word(letterhead(), {"lettre.docx": lines("{{ corps }}", "{{ signatire }}", "{{ zzzzzz }}")}, "modeles")
    near, far = (str(finding.suggestion) for finding in caught.value.findings)
    assert near == "Vouliez-vous dire « signataire » ?"
    assert all(name in far for name in FIELDS)


def test_the_body_has_no_place_in_a_table_nor_in_a_header() -> None:
    def in_table(document: Document) -> None:
        document.add_table(1, 1).rows[0].cells[0].text = "{{ corps }}"

    def in_header(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ corps }}"

    assert [code for code, _ in wrong(template(in_table))] == ["template-body"]
    ((code, said),) = wrong(template(in_header))
    assert code == "template-body"
    assert said.startswith("En-tête, paragraphe 1")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{\\rtf1}", b"%PDF-1.7"])
def test_what_is_no_word_document_is_refused_in_a_sentence(data: bytes) -> None:
    assert [code for code, _ in wrong(data)] == ["template-broken"]


def test_another_kind_of_package_is_refused_in_a_sentence() -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - this test alone writes one

    made = BytesIO()
    Workbook().save(made)
    assert [code for code, _ in wrong(made.getvalue())] == ["template-broken"]


def test_a_template_that_unpacks_beyond_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ami_scoring.reports.papers.word.MOST_UNPACKED", 1_000)
    ((code, said),) = wrong(lines("{{ corps }}"))
    assert (code, "trop gros" in said) == ("template-broken", True)
