"""`ami papers`: everything that follows a call, from one command; nothing goes out with a hole in it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from shutil import copyfile

import pytest

from .door import Ami, Apply, Write

LETTERHEAD = Path(__file__).parents[2] / "samples" / "courriers.yaml"


@pytest.fixture
def ready(call: Path, apply: Apply) -> Path:
    """Give a call of two candidatures, with the parameters of its letters."""
    copyfile(LETTERHEAD, "courriers.yaml")
    apply("A-1", more="locaux: {bureaux: 3}\n")
    apply("A-2", code="09002")
    return call


def files(folder: str) -> list[str]:
    return sorted(str(path.relative_to(folder).as_posix()) for path in Path(folder).rglob("*") if path.is_file())


def test_one_command_writes_every_paper_in_word_and_pdf(ready: Path, ami: Ami) -> None:
    ran = ami("papers", "candidatures", "-o", "papiers")
    assert ran.code == 0, ran.err
    names = ["fiches", "lettres/A-1", "lettres/A-2", "proces-verbal", "rapport", "regles"]
    assert files("papiers") == [f"{name}.{kind}" for name in names for kind in ("docx", "pdf")]
    assert "lettres : 2 courriers (" in ran.err
    assert "portent « PROJET »" in ran.err


def test_two_runs_write_the_same_bytes(ready: Path, ami: Ami) -> None:
    ami("papers", "candidatures", "-o", "un")
    ami("papers", "candidatures", "-o", "deux")
    assert files("un") == files("deux")
    assert all(Path("un", name).read_bytes() == Path("deux", name).read_bytes() for name in files("un"))


def test_rules_are_printed_before_any_candidature_exists(ready: Path, ami: Ami) -> None:
    ran = ami("papers", "--rules-only", "-o", "papiers", "-f", "txt")
    assert (ran.code, files("papiers")) == (0, ["regles.txt"])
    assert "L.\u00a0312-1-3" in Path("papiers/regles.txt").read_text(encoding="utf-8")


def test_only_what_is_asked_for_is_written(ready: Path, ami: Ami) -> None:
    ran = ami("papers", "candidatures", "-o", "papiers", "--only", "lettres", "-f", "txt", "--notice", "a-1")
    assert (ran.code, files("papiers")) == (0, ["lettres/A-1.txt", "lettres/A-2.txt", "notices/A-1.txt"])


def test_decisions_change_letters_and_end_drafts(ready: Path, ami: Ami) -> None:
    ami("papers", "candidatures", "-o", "avant", "--only", "lettres", "-f", "txt")
    assert "PROJET" in Path("avant/lettres/A-1.txt").read_text(encoding="utf-8")
    assert (
        ami(
            "decide", "decisions.yaml", "candidatures", "--kind", "liste", "--on", "2022-11-02", "--reference", "A-2"
        ).code
        == 1
    )
    assert ami("decide", "decisions.yaml", "candidatures", "--kind", "liste", "--on", "2022-11-02").code == 0
    ran = ami(
        "papers", "candidatures", "-o", "apres", "--only", "lettres", "-f", "txt", "--decisions", "decisions.yaml"
    )
    assert ran.code == 0, ran.err
    assert "PROJET" not in Path("apres/lettres/A-1.txt").read_text(encoding="utf-8")
    assert "PROJET" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["candidatures"], "dites où écrire"),
        (["-o", "p"], "donnez les candidatures"),
        (["candidatures", "--rules-only", "-o", "p"], "ne lit aucune candidature"),
        (["candidatures", "-o", "p", "-l", "absent.yaml"], "ami papers --start"),
        (["candidatures", "-o", "p", "--templates", "absent"], "n'existe pas"),
        (["candidatures", "-o", "p", "--templates", "candidatures"], "ne contient aucun modèle"),
        (["candidatures", "-o", "p", "--templates", "criteria.yaml"], "ne peuvent pas être lus"),
        (["candidatures", "-o", "p", "-f", "txt", "--templates", "candidatures"], "ne sert qu'aux papiers Word"),
        (["candidatures", "-o", "p", "-f", "txt", "--notice", "A-9"], "aucune candidature lue ne porte"),
        (["candidatures", "-o", "criteria.yaml"], "vient d'être lu"),
    ],
)
def test_a_wrong_command_line_is_told_in_a_sentence(ready: Path, ami: Ami, arguments: list[str], said: str) -> None:
    ran = ami("papers", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert not Path("p").exists()


def test_a_file_that_is_a_folder_above_is_told(ready: Path, ami: Ami, write: Write) -> None:
    write("ici", "un fichier")
    ran = ami("papers", "candidatures", "-o", "ici/papiers", "-f", "txt")
    assert ran.code == 2
    assert "« ici/papiers » ne peut pas être créé" in ran.err.replace("\\", "/")


def test_parameters_left_blank_are_each_told_with_their_line(ready: Path, ami: Ami) -> None:
    assert ami("papers", "--start", "debut").code == 0
    ran = ami("papers", "candidatures", "-o", "papiers", "-l", "debut/courriers.yaml")
    assert ran.code == 1
    assert ran.err.count("letterhead-blank") == 13
    assert "debut/courriers.yaml:7:8: erreur letterhead-blank" in ran.err.replace("\\", "/")
    assert not Path("papiers").exists()


def test_a_start_gives_templates_that_work_and_replaces_nothing(ready: Path, ami: Ami) -> None:
    assert ami("papers", "--start", "debut").out.count("Créé : ") == 3
    copyfile(LETTERHEAD, "debut/courriers.yaml")
    ran = ami(
        "papers", "candidatures", "-o", "p", "-l", "debut/courriers.yaml", "--templates", "debut/modeles", "-f", "docx"
    )
    assert ran.code == 0, ran.err
    again = ami("papers", "--start", "debut")
    assert again.code == 2
    assert "il y a déjà : courriers.yaml, modeles/lettre.docx, modeles/acte.docx" in again.err


def test_a_mistake_in_a_template_stops_all_before_anything_is_written(ready: Path, ami: Ami) -> None:
    import docx  # noqa: PLC0415 - this test alone writes one

    Path("modeles").mkdir()
    document = docx.Document()
    document.add_paragraph("{{ corp }}")
    document.save("modeles/lettre.docx")
    ran = ami("papers", "candidatures", "-o", "p", "--templates", "modeles")
    assert ran.code == 1
    assert "modeles/lettre.docx: erreur template-field Texte, paragraphe 1" in ran.err.replace("\\", "/")
    assert not Path("p").exists()


def test_a_template_whose_name_is_that_of_no_paper_is_not_left_aside_without_a_word(ready: Path, ami: Ami) -> None:
    assert ami("papers", "--start", "debut").code == 0
    for name in ("lettre-retenu.docx", "Acte.docx", "lettre-retenue.docx"):
        copyfile("debut/modeles/lettre.docx", f"debut/modeles/{name}")
    ran = ami("papers", "candidatures", "-o", "p", "--templates", "debut/modeles", "-f", "docx")
    assert (ran.code, ran.err.count("erreur template-name")) == (1, 2)
    assert "lettre-retenu.docx: erreur template-name" in ran.err
    assert "lettre-retenue.docx," in ran.err
    assert not Path("p").exists()


@pytest.mark.parametrize("at", [1, 3])
def test_on_a_full_disk_no_paper_is_left_that_the_next_run_would_refuse(
    ready: Path, ami: Ami, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    really, saved = os.fsync, list[int]()

    def fill(handle: int) -> None:
        saved.append(handle)
        if len(saved) == 2 * at - 1:  # each file is followed by its folder
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        really(handle)

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fill)
        ran = ami("papers", "candidatures", "-o", "sortie/papiers", "-f", "txt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("n'est pas enregistré : il n'y a plus de place sur ce disque.\n")
    assert not Path("sortie").exists()
    assert ami("papers", "candidatures", "-o", "sortie/papiers", "-f", "txt").code == 0


@pytest.mark.parametrize(("library", "kind"), [("docx", "docx"), ("typst", "pdf")])
def test_a_missing_library_is_told_with_how_to_get_it_or_do_without(
    ready: Path, ami: Ami, monkeypatch: pytest.MonkeyPatch, library: str, kind: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    ran = ami("papers", "candidatures", "-o", "p", "-f", kind)
    assert ran.code == 2
    assert "pip install 'ami-scoring[papers]'" in ran.err
    assert "--format txt" in ran.err
    assert ami("papers", "candidatures", "-o", "p", "-f", "txt").code == 0


def test_without_word_a_start_gives_the_parameters_alone(
    ready: Path, ami: Ami, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    assert ami("papers", "--start", "debut").code == 0
    assert files("debut") == ["courriers.yaml"]


def test_letters_of_another_time_are_told(ready: Path, ami: Ami, write: Write) -> None:
    write("papiers/lettres/A-9.txt", "une ancienne lettre")
    ran = ami("papers", "candidatures", "-o", "papiers", "-f", "txt")
    assert "viennent d'ailleurs ou d'avant : A-9.txt" in ran.err


def test_a_file_that_nobody_can_read_gets_no_letter_and_is_told(ready: Path, ami: Ami, write: Write) -> None:
    write("candidatures/abime.yaml", "reference: [\n")
    ran = ami("papers", "candidatures", "-o", "papiers", "-f", "txt")
    assert ran.code == 1
    assert "Sans courrier : candidatures/abime.yaml" in ran.err.replace("\\", "/")
    assert "abime.yaml" in Path("papiers/proces-verbal.txt").read_text(encoding="utf-8")


def test_references_that_differ_by_a_slash_have_a_file_each(ready: Path, ami: Ami, apply: Apply) -> None:
    apply("B/1", name="b1.yaml", code="09003")
    apply("B-1", name="b2.yaml", code="09004")
    apply("b-1.", name="b3.yaml", code="09005")
    ami("papers", "candidatures", "-o", "p", "-f", "txt", "--only", "lettres")
    assert files("p/lettres") == ["A-1.txt", "A-2.txt", "B-1-2.txt", "B-1.txt", "b-1-3.txt"]


def test_a_letter_that_somebody_corrected_is_not_replaced_unless_told_to(ready: Path, ami: Ami) -> None:
    asked = ("papers", "candidatures", "-o", "papiers", "--only", "lettres", "-f", "txt")
    ami(*asked)
    corrected = Path("papiers/lettres/A-1.txt")
    corrected.write_text("Corrigée à la main.\n", encoding="utf-8")
    ran = ami(*asked)
    assert ran.code == 2
    assert "existe déjà, et 1 autre papier\u00a0:" in ran.err.replace(" :", "\u00a0:")
    assert corrected.read_text(encoding="utf-8") == "Corrigée à la main.\n"
    assert ami(*asked, "--force").code == 0
    assert "Corrigée" not in corrected.read_text(encoding="utf-8")
