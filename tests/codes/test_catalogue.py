"""Every code that the program can give is documented, and nothing else is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ami_scoring.codes.catalogue import CHAPTERS, CODES
from ami_scoring.codes.entry import Entry
from ami_scoring.reports.code_pages import code_page, codes_markdown
from ami_scoring.sources.text.located_yaml import read_yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ami_scoring"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
BROKEN_ON_PURPOSE = {entry.code for entry in CHAPTERS["Lecture des fichiers"]}


def _takers() -> set[str]:
    """Name every class or function whose first argument is a code."""
    takers = {"RefusalError"}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                first = [arg.arg for arg in node.args.args if arg.arg != "self"][:1]
            elif isinstance(node, ast.ClassDef):
                first = [
                    line.target.id
                    for line in node.body
                    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
                ][:1]
            else:
                continue
            if first == ["code"]:
                takers.add(node.name)
    return takers - {"Entry", "code_page"}


TAKERS = _takers()


def _given(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in TAKERS:
            yield from node.args[:1]
        yield from (keyword.value for keyword in node.keywords if keyword.arg in {"code", "custom_error_type"})
    elif isinstance(node, ast.Tuple) and len(node.elts) > 1 and _makes_message(node.elts[1]):
        # `return "block-expected", Message(…)`: what stands for an error of pydantic's own.
        yield node.elts[0]


def _makes_message(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message"


def _emitted() -> dict[str, str]:
    found: dict[str, str] = {}
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            for given in _given(node):
                for value in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        found[value.value] = f"{path.relative_to(ROOT)}:{value.lineno}"
    return found


EMITTED = _emitted()


def test_every_code_that_can_be_given_is_documented() -> None:
    absent = {code: place for code, place in EMITTED.items() if code not in CODES}
    entries = "\n".join(
        f'    Entry("{code}", "what is wrong, in one sentence.", "why it matters.", "wrong", "right"),  # {place}'
        for code, place in absent.items()
    )
    assert not absent, (
        f"add to the module of their kind in src/ami_scoring/codes/:\n{entries}\n"
        "then « ami validate --explain all > docs/codes.md », "
        "and a file with that single mistake in tests/rejected/ (see tests/test_rejected.py)"
    )


def test_no_code_is_documented_that_nothing_gives() -> None:
    assert sorted(set(CODES) - set(EMITTED)) == [], "remove these entries from src/ami_scoring/codes/"


def test_a_code_is_documented_once() -> None:
    assert len(CODES) == sum(len(entries) for entries in CHAPTERS.values())


@pytest.mark.parametrize("entry", CODES.values(), ids=lambda entry: entry.code)
def test_an_entry_is_made_of_sentences_and_of_extracts_in_pairs(entry: Entry) -> None:
    assert entry.what.endswith(".")
    assert entry.why.endswith((".", "!"))
    assert bool(entry.wrong) is bool(entry.right)
    assert entry.wrong != entry.right or not entry.wrong


@pytest.mark.parametrize("entry", CODES.values(), ids=lambda entry: entry.code)
def test_extracts_can_be_read_as_what_they_are(entry: Entry) -> None:
    for extract in (entry.right, "" if entry.code in BROKEN_ON_PURPOSE else entry.wrong):
        if entry.form == "yaml" and extract and not extract.startswith("#"):
            assert [finding.code for finding in read_yaml(extract, "extract")[1]] == []


def test_a_page_shows_what_is_wrong_why_and_how_to_mend_it() -> None:
    assert code_page("band-gap") == (
        "band-gap\n\n"
        "Une valeur possible n'est dans aucune tranche.\n"
        "Une candidature qui a cette valeur n'aurait pas de points, en silence.\n\n"
        "À corriger :\n    bands:\n      - {below: 6, points: 15}\n      - {from: 7, points: 0}\n\n"
        "Corrigé :\n    bands:\n      - {below: 6, points: 15}\n      - {from: 6, points: 0}\n"
    )


def test_the_committed_page_is_the_one_that_the_catalogue_gives() -> None:
    committed = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    assert committed == codes_markdown(), "run: .venv/bin/ami validate --explain all > docs/codes.md"
