"""An assessors' file that is refused leaves no total settled without it, and every output says why."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import CRITERIA, Ami, Apply, Write

JUDGED = CRITERIA.replace("total: 50", "total: 60").replace(
    "selection:",
    """\
  - id: projet
    label: Projet
    weight: 10
    rule: {kind: judgement, on: projet, highest: 5, step: 0.5}
    if_missing: hold
selection:""",
)


def opinion(reference: str, mark: str, assessor: str = "Camille", subject: str = "projet") -> str:
    return f"reference: {reference}\nassesseur: {assessor}\navis: {{{subject}: {{note: {mark}, motif: Lu}}}}\n"


@pytest.fixture(autouse=True)
def _two_judged(write: Write, apply: Apply) -> None:
    write("criteria.yaml", JUDGED)
    for reference in ("A-1", "A-2"):
        apply(reference, more="locaux: {bureaux: 2}\n")
    write("avis/dominique.yaml", "---\n".join(opinion(one, "4", "Dominique") for one in ("A-1", "A-2")))


def ranking(ami: Ami) -> dict[str, tuple[str, int | None, list[str]]]:
    told = json.loads(ami("score", "candidatures", "-a", "avis", "-f", "json").out)
    return {one["reference"]: (one["status"], one["rank"], one["reasons"]) for one in told["ranking"]}


@pytest.mark.parametrize(
    "refused",
    [
        opinion("A-1", "7"),
        opinion("A-1", "3.3"),
        opinion("A-1", "beaucoup"),
        opinion("A-1", "3", subject="projt"),
        opinion("A-1", "3", assessor="Dominique"),
        opinion("A-1", "3").replace(", motif: Lu", ""),
    ],
)
def test_a_refused_opinion_leaves_its_candidature_awaiting_one(refused: str, ami: Ami, write: Write) -> None:
    write("avis/zoé.yaml", refused)
    told = ranking(ami)
    assert told["A-1"][:2] == ("avis attendu", None)
    assert "un avis sur « projet » est refusé (avis/zoé.yaml:1)" in str(told["A-1"][2]).replace("\\xa0", " ")
    assert told["A-2"][2] == []


@pytest.mark.parametrize(
    "unreadable",
    ["reference: A-1\navis: {projet: {note: 4\n", opinion("A-9", "7"), "assesseur: Zoé\n", b"\xff\xfe\x00", "- A-1\n"],
)
def test_a_file_that_may_be_about_any_candidature_leaves_them_all_awaiting_one(
    unreadable: str | bytes, ami: Ami, write: Write
) -> None:
    write("avis/zoé.yaml", unreadable)
    assert [one[:2] for one in ranking(ami).values()] == [("avis attendu", None)] * 2


def test_an_opinion_on_a_candidature_that_cannot_be_read_is_no_concern_of_the_others(
    ami: Ami, apply: Apply, write: Write
) -> None:
    apply("A-3", more="locaux: {bureaux: deux}\n")
    write("avis/zoé.yaml", opinion("A-3", "7"))
    assert "avis attendu" not in {status for status, *_ in ranking(ami).values()}


@pytest.mark.parametrize("policy", ["zero", "reject"])
def test_whatever_the_policy_does_of_what_is_missing(policy: str, ami: Ami, write: Write) -> None:
    write("criteria.yaml", policy.join(JUDGED.rsplit("hold", 1)))
    write("avis/zoé.yaml", opinion("A-1", "7"))
    status, rank, reasons = ranking(ami)["A-1"]
    assert (status, rank) == ("avis attendu", None)
    assert "est refusé" in str(reasons)


def test_what_the_applicant_owes_comes_before_what_the_jury_does(ami: Ami, apply: Apply, write: Write) -> None:
    apply("A-1", code="31999")
    apply("A-2", more="locaux: {bureaux: deux}\n")
    write("avis/zoé.yaml", "reference: [")
    assert {name: one[0] for name, one in ranking(ami).items()} == {"A-1": "à compléter", "A-2": "à corriger"}


def test_every_output_says_it(ami: Ami, write: Write) -> None:
    write("avis/zoé.yaml", opinion("A-1", "7"))
    names = ("r.csv", "r.tsv", "r.md", "r.txt", "r.json", "r.xlsx")
    ran = ami("score", "candidatures", "-a", "avis", *(part for name in names for part in ("-o", name)))
    assert ran.code == ExitCode.INPUT_ERRORS
    for name in names:
        assert "est refusé" in _text(Path(name)), name
    assert "est refusé" in ami("explain", "candidatures", "A-1", "-a", "avis").out
    write("avis/zoé.yaml", opinion("A-1", "5"))
    ran = ami("score", "candidatures", "-a", "avis", "-f", "table")
    assert (ran.code, "refusé" in ran.said) == (ExitCode.DONE, False)


def _text(path: Path) -> str:
    if path.suffix != ".xlsx":
        return " ".join(path.read_text(encoding="utf-8").split())
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_the_name_and_the_reason_of_an_assessor_stay_in_their_file(ami: Ami, write: Write) -> None:
    path = write("avis/zoé.yaml", opinion("A-1", "3.5", assessor="Zénaïde").replace("Lu", "Équipe de Théophane"))
    names = ["r.csv", "r.tsv", "r.json", "r.md", "r.txt", "r.xlsx"]
    outputs = [part for name in names for part in ("-o", name)]
    assert ami("score", "candidatures", "-a", "avis", "-q", *outputs).code == ExitCode.DONE
    told = {name: _text(Path(name)) for name in names}
    told["explain"] = ami("explain", "candidatures", "A-1", "-a", "avis").out
    assert {name for name, text in told.items() if "Zénaïde" in text or "Théophane" in text} == set()
    digest = sha256(path.read_bytes()).hexdigest()
    assert {name for name, text in told.items() if digest in text} >= {"r.json", "r.md", "r.xlsx"}
    assert "3,5" in told["explain"]


TABLE = "reference;assesseur;avis.projet.note;avis.projet.motif;Service\r\nA-1;Zoé;3;Lu;DRH\r\nA-2;Zoé;;;\r\n"


def test_opinions_are_read_from_a_table(ami: Ami, write: Write) -> None:
    write("avis/zoé.csv", TABLE)
    assert ami("score", "candidatures", "-a", "avis", "-f", "json").code == ExitCode.DONE
    assert {reference: status for reference, (status, *_) in ranking(ami).items()} == {
        "A-1": "réserve",
        "A-2": "retenue",
    }


def test_a_table_that_holds_no_opinions_is_an_error_that_says_which_kinds_are_read(ami: Ami, write: Write) -> None:
    write("avis/zoé.csv", "dossier;note\r\nA-1;3\r\n")
    done = ami("score", "candidatures", "-a", "avis")
    assert done.code == ExitCode.INPUT_ERRORS
    assert "avis.<sujet>.note" in done.err


@pytest.mark.parametrize(
    "told",
    [
        "note: Zebulon Delacroix, motif: m",
        "note: 3, motif: m, note: Zebulon",
        "note: 3, motif: m, Zebulon Delacroix: 3",
    ],
)
def test_an_assessor_typed_as_a_mark_is_shown_nowhere(told: str, ami: Ami, write: Write) -> None:
    write("avis.yaml", f"reference: A-1\nassesseur: Delacroix\navis: {{projet: {{{told}}}}}\n")
    said = ami("score", "candidatures", "-a", "avis.yaml", "-f", "json")
    ami("score", "candidatures", "-a", "avis.yaml", "-q", "-o", "c.xlsx")
    with zipfile.ZipFile("c.xlsx") as book:
        written = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    assert said.code == ExitCode.INPUT_ERRORS
    for word in ("Zebulon", "Delacroix"):
        assert word not in said.out + said.err + written
