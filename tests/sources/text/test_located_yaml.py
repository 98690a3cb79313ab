"""YAML says what is written, refuses what is dangerous, and every place it gives is right."""

import unicodedata
from itertools import count
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from hypothesis import example, given
from hypothesis import strategies as st

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.text import located_yaml
from ami_scoring.sources.text.located_yaml import read_yaml


def data_of(text: str) -> Any:
    documents, findings = read_yaml(text, "f.yaml")
    assert findings == []
    (document,) = documents
    return document.data


def refused(text: str) -> Finding:
    documents, findings = read_yaml(text, "f.yaml")
    assert documents == []
    assert findings[0].severity is Severity.ERROR
    return findings[0]


def said(text: str) -> tuple[str, str]:
    finding = refused(text)
    return finding.code, str(finding.where)


def test_a_postal_code_keeps_its_leading_zero() -> None:
    assert data_of("code_postal: 01000") == {"code_postal": "01000"}


@pytest.mark.parametrize(
    "written",
    ["NO", "no", "oui", "on", "true", "0123", "12:30", "1_000", "1.10", "1e3", ".inf", ".nan", "2022-10-03", "0x1F"],
)
def test_a_plain_scalar_stays_as_it_is_written(written: str) -> None:
    assert data_of(f"valeur: {written}") == {"valeur": written}
    assert data_of(f"{written}: valeur") == {written: "valeur"}


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_an_empty_plain_value_is_none(written: str) -> None:
    assert data_of(f"valeur: {written}") == {"valeur": None}
    assert data_of(f"- a\n- {written}") == ["a", None]


@pytest.mark.parametrize(("written", "text"), [("''", ""), ('""', ""), ("'~'", "~"), ('"null"', "null"), ("|\n\n", "")])
def test_a_quoted_value_stays_text_even_empty(written: str, text: str) -> None:
    assert data_of(f"valeur: {written}") == {"valeur": text}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without mark", "with mark"])
def test_line_ends_and_the_utf_8_mark_change_nothing(newline: str, mark: str) -> None:
    (document,), findings = read_yaml(mark + newline.join(["é: a", "b:", "  - c: d", ""]), "f.yaml")
    assert findings == []
    assert document.data == {"é": "a", "b": [{"c": "d"}]}
    assert document.locate(("b", 0, "c")) == Location("f.yaml", 3, 8, "  - c: d")


def test_text_is_composed_but_its_typography_is_kept() -> None:
    decomposed = unicodedata.normalize("NFD", "é")
    assert data_of(f"{decomposed}: l\u2019{decomposed}té\u00a0!") == {"é": "l\u2019été\u00a0!"}


def test_places_are_given_for_values_keys_and_missing_paths() -> None:
    text = "implantation:\n  communes:\n    - code_insee: 01000\n      nom: Bourg\nvide:\n"
    (document,), _ = read_yaml(text, "f.yaml")
    path = ("implantation", "communes", 0, "code_insee")
    assert document.locate(path) == Location("f.yaml", 3, 19, "    - code_insee: 01000")
    assert document.locate(path, key=True) == Location("f.yaml", 3, 7, "    - code_insee: 01000")
    assert str(document.locate((*path[:3], "absent"))) == "f.yaml:3:7"
    assert str(document.locate(("implantation", "absent", 3), key=True)) == "f.yaml:1:1"
    assert str(document.locate(("vide",))) == "f.yaml:5:6"
    assert str(document.locate(("absent",))) == "f.yaml:1:1"
    assert str(document.locate(())) == "f.yaml:1:1"


def test_a_key_is_located_whatever_its_apostrophe_and_composition() -> None:
    (document,), _ = read_yaml("a: 1\nl\u2019été: 2\n", "f.yaml")
    assert str(document.locate((unicodedata.normalize("NFD", "l'été"),))) == "f.yaml:2:8"


def test_each_document_of_a_stream_knows_its_line_and_its_places() -> None:
    documents, findings = read_yaml("a: 1\n---\na: 2\n---\n\na: 3\n", "f.yaml")
    assert findings == []
    assert [document.data for document in documents] == [{"a": "1"}, {"a": "2"}, {"a": "3"}]
    assert [document.line for document in documents] == [1, 2, 4]
    assert [str(document.locate(("a",))) for document in documents] == ["f.yaml:1:4", "f.yaml:3:4", "f.yaml:6:4"]


@pytest.mark.parametrize("text", ["", "\n \n", "# rien\n", "---\n", "---\n---\n", "~"])
def test_a_file_without_data_is_said_to_be_empty_once(text: str) -> None:
    documents, findings = read_yaml(text, "f.yaml")
    assert documents == []
    assert [finding.code for finding in findings] == ["empty-file"]


def test_an_empty_document_among_others_is_only_a_warning() -> None:
    documents, findings = read_yaml("a: 1\n---\n---\nb: 2\n", "f.yaml")
    assert len(documents) == 2
    assert [(f.code, f.severity, str(f.where)) for f in findings] == [
        ("empty-document", Severity.WARNING, "f.yaml:2:1")
    ]


def test_the_documents_before_a_broken_one_are_returned_and_the_loss_of_the_rest_is_said() -> None:
    documents, findings = read_yaml("a: 1\n---\nb: [\n---\nc: 3\n", "f.yaml")
    assert [document.data for document in documents] == [{"a": "1"}]
    assert [finding.code for finding in findings] == ["yaml-syntax", "rest-not-read"]


def test_a_document_with_a_duplicate_key_is_set_aside_and_the_others_are_not() -> None:
    documents, findings = read_yaml("a: 1\n---\nb: 2\nb: 3\n---\nc: 4\n", "f.yaml")
    assert [document.data for document in documents] == [{"a": "1"}, {"c": "4"}]
    assert [str(document.locate(("c",))) for document in documents[1:]] == ["f.yaml:6:4"]
    assert [finding.code for finding in findings] == ["duplicate-key"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("nom", "nom"), ("nom", "'nom'"), ("été", unicodedata.normalize("NFD", "été")), ("l'an", "l\u2019an")],
    ids=["same", "quoted", "decomposed", "apostrophe"],
)
def test_a_duplicate_key_is_refused_and_the_first_is_shown(first: str, second: str) -> None:
    finding = refused(f"{first}: 1\nautre: 2\n{second}: 3\n")
    assert (finding.code, str(finding.where)) == ("duplicate-key", "f.yaml:3:1")
    assert [str(place) for place in finding.related] == ["f.yaml:1:1"]


def test_every_duplicate_is_said() -> None:
    _, findings = read_yaml("a: {b: 1, b: 2}\na: 3\nc: 4\nc: 5\n", "f.yaml")
    assert [str(finding.where) for finding in findings] == ["f.yaml:1:11", "f.yaml:2:1", "f.yaml:4:1"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: &x 1\n", "anchor-refused", "f.yaml:1:4"),
        ("a: *x\n", "anchor-refused", "f.yaml:1:4"),
        ("nom: *gras*\n", "anchor-refused", "f.yaml:1:6"),
        ("a:\n  <<: {b: 1}\n", "merge-refused", "f.yaml:2:3"),
        ("a: !!python/tuple [b]\n", "tag-refused", "f.yaml:1:4"),
        ("a: !!binary aGk=\n", "tag-refused", "f.yaml:1:4"),
        ("a: !important\n", "tag-refused", "f.yaml:1:4"),
        ("? [a, b]\n: c\n", "key-refused", "f.yaml:1:3"),
        ("? {a: b}\n: c\n", "key-refused", "f.yaml:1:3"),
        ("a:\n  ~: b\n", "key-refused", "f.yaml:2:3"),
        ("a: x\x07\n", "control-character", "f.yaml:1:5"),
        ("é: 1\nb: é\x1b[0m\n", "control-character", "f.yaml:2:5"),
        ("a: \ud800\n", "control-character", "f.yaml:1:4"),
        ("a: x\u2028b: y\n", "invisible-separator", "f.yaml:1:5"),
        ("a:\n\tb: 1\n", "tab-indentation", "f.yaml:2:1"),
        ("a: b\n\tc: 1\n", "tab-indentation", "f.yaml:2:1"),
        ("a:\n\u00a0\u00a0b: 1\n", "no-break-space", "f.yaml:2:1"),
        ("a:\n  - \u202fb\n", "no-break-space", "f.yaml:2:5"),
        ("nom\u00a0: Dupont\n", "no-break-space", "f.yaml:1:4"),
        ("nom: Critère : énergie\n", "colon-in-value", "f.yaml:1:14"),
        ("- nom: un: deux\n", "colon-in-value", "f.yaml:1:10"),
        ("a: b\n  c: d\n", "yaml-syntax", "f.yaml:2:4"),
        ("a: @b\n", "yaml-syntax", "f.yaml:1:4"),
        ("a:\n  b: 'c\n  d: e\n", "yaml-syntax", "f.yaml:2:6"),
        ('a: "L"Atelier"\n', "yaml-syntax", "f.yaml:1:7"),
        ('a: "C:\\qui"\n', "yaml-syntax", "f.yaml:1:7"),
        ("a: [1, 2\nb: 3\n", "yaml-syntax", "f.yaml:1:4"),
        ("a: b\nc\nd: e\n", "yaml-syntax", "f.yaml:2:1"),
        ("a: - b\n", "yaml-syntax", "f.yaml:1:4"),
        ("%YAML 3.0\n---\na: b\n", "yaml-syntax", "f.yaml:1:1"),
    ],
)
def test_what_cannot_be_read_is_placed(text: str, code: str, place: str) -> None:
    assert said(text) == (code, place)


def test_a_colon_in_a_value_is_answered_with_how_to_quote_it_and_never_repeats_the_value() -> None:
    finding = refused("porteur:\n  nom: Dr : Martin\n")
    assert str(finding.suggestion) == "Mettez la valeur entre guillemets : nom: '…'"


def test_a_merge_key_in_quotes_is_only_text() -> None:
    assert data_of("'<<': a") == {"<<": "a"}


def test_a_no_break_space_inside_a_value_is_only_typography() -> None:
    assert data_of("nom: 12\u00a0km\u202f!") == {"nom": "12\u00a0km\u202f!"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("nom: Critère #1\n", "f.yaml:1:14"),
        ("rue: #1\n", "f.yaml:1:6"),
        ("liste:\n  - lot #2\n  - lot\n", "f.yaml:2:9"),
        ("nom: un\n  deux #3\n", "f.yaml:2:8"),
    ],
)
def test_a_hash_that_cuts_a_value_is_a_warning(text: str, place: str) -> None:
    documents, findings = read_yaml(text, "f.yaml")
    assert len(documents) == 1
    assert [(f.code, f.severity, str(f.where)) for f in findings] == [("comment-in-value", Severity.WARNING, place)]


@pytest.mark.parametrize(
    "text",
    [
        "nom: Critère # remarque\n",
        "nom: Critère  #remarque\n",
        "nom: 'Critère' #remarque\n",
        "nom: 'Critère #1'\n",
        "nom: Critère#1\n",
        "nom: Critère ##\n",
        "nom: Critère #\n",
        "nom: #\n",
        "groupe: #remarque\n  nom: a\n",
        "#remarque\nnom: a\n#remarque\n",
        "nom: |\n  Critère #1\n",
    ],
)
def test_an_ordinary_comment_never_warns(text: str) -> None:
    assert read_yaml(text, "f.yaml")[1] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 41, "too-deep"),
        ("{a: " * 41, "too-deep"),
        ("- " * 41, "too-deep"),
        ("".join(f"{' ' * n}a:\n" for n in range(41)), "too-deep"),
        ("? ? a", "key-refused"),
        ("[{[", "key-refused"),
        ("a: &a [x]\nb: *a\n", "anchor-refused"),
        ("a: &a {b: 1}\nc: {<<: [*a]}\n", "anchor-refused"),
        ("<<: {}", "merge-refused"),
        ("'a", "yaml-syntax"),
        ("%TAG !a! b\n---\na: 1", "yaml-syntax"),
    ],
    ids=[
        "lists",
        "groups",
        "dashes",
        "indentation",
        "question marks",
        "mixed",
        "alias",
        "merge keys",
        "merge without alias",
        "quotes",
        "directive",
    ],
)
def test_what_no_candidature_needs_is_refused_where_it_begins(text: str, code: str) -> None:
    assert refused(text).code == code


@pytest.mark.parametrize(("text", "most"), [("- a\n", 2), ("---\n", 1), ("- {a: b}\n", 4)])
def test_one_value_too_many_is_refused(text: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(located_yaml, "MAX_NODES", most)
    assert "too-large" not in {finding.code for finding in read_yaml(text, "f.yaml")[1]}
    assert "too-large" in {finding.code for finding in read_yaml(text + text, "f.yaml")[1]}


def test_more_accents_in_a_row_than_any_language_has_are_left_as_they_are() -> None:
    accents = "a" + "\u0301\u0323" * 75
    assert data_of(f"a: {accents[:-1]}") == {"a": unicodedata.normalize("NFC", accents[:-1])}
    assert data_of(f"a: {accents}") == {"a": accents}


def test_forty_levels_are_allowed_and_one_more_is_not() -> None:
    assert data_of("[" * 40 + "]" * 40)
    assert said("[" * 41 + "]" * 41) == ("too-deep", "f.yaml:1:41")


_WORDS = st.sampled_from(["é", "a b", "NO", "01", "l'an", "l\u2019an", "x: y", "#", " ", "😀", "-", "a\u00a0b", "1.10"])
_SHAPES = st.recursive(
    st.none() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=12,
)


def labelled(shape: Any, number: Any) -> Any:
    """Give each key and leaf a mark found nowhere else in the text."""
    if isinstance(shape, dict):
        return {f"k{next(number)}k{key}": labelled(value, number) for key, value in shape.items()}
    if isinstance(shape, list):
        return [labelled(item, number) for item in shape]
    return f"v{next(number)}v{shape}"


def paths(data: Any, path: tuple[str | int, ...] = ()) -> Any:
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths(value, (*path, key))
    if isinstance(data, list):
        for position, item in enumerate(data):
            yield from paths(item, (*path, position))


def index_of(where: Location, text: str) -> int:
    assert where.line is not None
    assert where.column is not None
    assert where.excerpt is not None
    return Source(text, "f").starts[where.line - 1] + where.column - 1


def mark_of(label: str) -> str:
    """The part of a label that no quoting changes: `v12v`."""
    return label[: label.index(label[0], 1) + 1]


def assert_well_placed(document: Any, data: Any, text: str) -> None:
    for path, value in paths(data):
        at = index_of(document.locate(path), text)
        if isinstance(value, str):
            assert text[at:].lstrip("'\"").startswith(mark_of(value))
        elif value:
            first = next(iter(value))
            opening = mark_of(first) if isinstance(value, dict) else "-"
            assert text[at] in "{[" or text[at:].lstrip("? '\"").startswith(opening)
        if path and isinstance(path[-1], str):
            key_at = index_of(document.locate(path, key=True), text)
            assert text[key_at:].lstrip("'\"").startswith(mark_of(path[-1]))


@given(_SHAPES, st.sampled_from([True, False, None]), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([20, 80]))
def test_every_value_and_key_of_any_document_is_found_where_it_begins(
    shape: Any, flow: bool | None, newline: str, width: int
) -> None:
    data = labelled(shape, count())
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=width)
    text = text.replace("\n", newline)
    (document,), findings = read_yaml(text, "f.yaml")
    assert findings == []
    assert document.data == data
    assert_well_placed(document, data, text)


@given(
    st.lists(
        st.sampled_from(
            [*"[]{}:,-?|>!&*#%@`'\"\\ \t\n\r\u00a0\u2028\u0085\x00\x07\ud800aé~0", "---", "<<", ": ", "- ", "..."]
        )
        | st.characters(),
        max_size=40,
    ).map("".join)
)
@example("%TAG ! !\n---\na")
@example("? a\n? b")
@example("- !<")
def test_any_text_gives_data_or_findings_and_never_raises(text: str) -> None:
    documents, findings = read_yaml(text, "f.yaml")
    assert documents or any(finding.severity is Severity.ERROR for finding in findings)
    for finding in findings:
        assert str(finding.message)
        assert finding.where.line is not None
    for document in documents:
        for path, _ in paths(document.data):
            assert document.locate(path).line is not None
