"""What is hidden of a text does not depend on how soon it is found, nor on what was asked of the text before."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ami_scoring.codes.catalogue import CODES
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.people import personal
from ami_scoring.sources.people.likely import has_only_asked_keys
from ami_scoring.sources.people.names import names_in
from ami_scoring.sources.people.personal import Quotable, doctors_spans

FORM = """\
reference: A-1
locaux:
  bureaux: beaucoup
medecins_interesses:
  - nom: Zebulon
    temps_plein: 1
pieces: []
"""
LINE = '{"reference": "A-1", "medecins_interesses": [{"nom": "Zebulon"}], "pieces": [], "locaux": {"bureaux": "x"}}'
KEYS = ("reference", "porteur", "nom", "locaux", "medecins_interesses", "Medecins", "contact", "bureaux", "medecins x")
MARKS = ("", "  ", "- ", "  - ", "x ", "é", '"', "{", ', "', "[", '"a"', "\t")
ENDS = (":", ": ", '": ', '":', " :", "", ":\n", ": [", ": {")
VALUES = ("", "medecins_interesses", "Zebulon", "a: b", "[]", "}", '"x"', "# nom: y", "]", "'", '"a:b"')
BREAKS = ("\n", "\r\n", "\r", "", "\n\n")
TEXTS = st.lists(
    st.tuples(*(st.sampled_from(each) for each in (MARKS, KEYS, ENDS, VALUES, BREAKS))).map("".join), max_size=8
).map("".join)


def spans(text: str, *, slowly: bool) -> list[tuple[int, int]]:
    if not slowly:
        return list(doctors_spans(text))
    with patch("ami_scoring.sources.people.personal.has_only_asked_keys", return_value=False):
        return list(doctors_spans(text))


@given(TEXTS)
@example(FORM)
@example(FORM.replace("\n", "\r\n"))
@example(LINE)
@example(FORM.replace("reference", "medecins_interesses"))
def test_where_every_key_is_known_at_a_glance_the_same_is_found_of_the_doctors(text: str) -> None:
    assert spans(text, slowly=False) == spans(text, slowly=True)


@pytest.mark.parametrize("text", [FORM, FORM.replace("\n", "\r\n"), LINE])
def test_what_forms_and_programs_write_is_known_at_a_glance(text: str) -> None:
    assert has_only_asked_keys(text)
    assert spans(text, slowly=False)


@pytest.mark.parametrize(
    "text",
    [
        FORM + "contact: Zebulon\n",
        FORM + "pieces: [a: b]\n",
        FORM.replace("Zebulon", "'a: b'"),
        FORM + "  x reference: 1\n",
        LINE.replace("pieces", "contact"),
        LINE.replace("A-1", "A: 1"),
    ],
)
def test_a_stranger_or_a_colon_anywhere_else_asks_for_a_search(text: str) -> None:
    assert not has_only_asked_keys(text)


@given(TEXTS)
def test_what_was_asked_before_changes_nothing(text: str) -> None:
    source = Source(text, "a.yaml")
    places = [source.at(index) for index in range(len(text))]
    found = [Finding("text-expected", Severity.ERROR, Message("« Zebulon »"), where) for where in places]

    def cleaned(findings: list[Finding]) -> list[Finding]:
        quotable = Quotable(Path("a.yaml"))
        quotable.know(source)
        return [kept for each in findings for kept in quotable.cleaned([each])]

    alone = [kept for each in found for kept in cleaned([each])]
    assert cleaned(found) == alone
    assert cleaned(found[::-1]) == alone[::-1]


@settings(deadline=None)
@given(TEXTS, st.sampled_from(sorted(CODES)), st.sampled_from([".yaml", ".jsonl"]))
@example(FORM, "unknown-key", ".yaml")
@example(LINE, "unknown-key", ".jsonl")
def test_it_is_asked_whether_a_finding_is_about_doctors_only_where_the_answer_changes_it(
    text: str, code: str, suffix: str
) -> None:
    source, path = Source(text, f"a{suffix}"), Path(f"a{suffix}")
    said = Message("« {key} », ligne {line}", {"key": "Zebulon", "line": "2"})
    found = [Finding(code, Severity.ERROR, said, source.at(index), Message("mieux")) for index in range(len(text))]

    def cleaned() -> list[Finding]:
        quotable = Quotable(path)
        quotable.know(source)
        return list(quotable.cleaned(found))

    quickly = cleaned()
    with patch.object(personal, "_QUOTING_A_KEY", frozenset(CODES)):
        assert quickly == cleaned()


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*KEYS, "Médecins", "m\u00e9decins" * 20]), st.lists(st.sampled_from(VALUES))))
@example({})
@example({"medecins_interesses": [{"nom": "Zebulon", "preuve": "Anatole"}], "contact": ["Hector"]})
def test_names_are_the_same_whether_the_keys_that_hold_them_are_remembered_or_not(data: dict[str, object]) -> None:
    again = {**data}
    with patch("ami_scoring.sources.people.names._MANY_KEYS", -1):
        alone = names_in(data)
    assert names_in(again) == alone


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["« Zebulon »", "Zebulon", "a", "« a », 0612345678", "0612345678"]), st.booleans())
@example(LINE, "« Zebulon »", True)
@example(LINE, "Zebulon", False)
def test_no_name_is_looked_for_in_a_line_that_is_only_counted_unless_something_is_quoted(
    line: str, said: str, is_suggested: bool
) -> None:
    where = Location("a.jsonl", 1, 1, line)
    mend = Message("{said}", {"said": said}) if is_suggested else None
    found = Finding("json-syntax", Severity.ERROR, Message("Illisible.") if mend else Message(said), where, mend)

    def cleaned() -> list[Finding]:
        return list(Quotable(Path("a.jsonl")).cleaned([found], only_counts=lambda *_: True))

    quickly = cleaned()
    with patch.object(personal, "_quotes", return_value=True):
        assert quickly == cleaned()
    with patch.object(Quotable, "_names_written", side_effect=AssertionError):
        assert not line or "«" in said or cleaned() == quickly
