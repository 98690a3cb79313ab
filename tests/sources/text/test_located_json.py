"""JSON keeps numbers exact, refuses what JSON does not allow, and every place it gives is right."""

import json
import unicodedata
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.text import located_json
from ami_scoring.sources.text.located_json import read_json, read_json_lines


def data_of(text: str) -> Any:
    documents, findings = read_json(text, "f.json")
    assert findings == []
    (document,) = documents
    return document.data


def refused(text: str) -> Finding:
    documents, findings = read_json(text, "f.json")
    assert documents == []
    (finding,) = findings
    assert finding.severity is Severity.ERROR
    return finding


def read_all(data: str | bytes) -> tuple[list[Document], list[Finding]]:
    documents: list[Document] = []
    findings: list[Finding] = []
    for some_documents, some_findings in read_json_lines(data, "f.jsonl"):
        documents += some_documents
        findings += some_findings
    return documents, findings


def test_numbers_are_exact() -> None:
    data = data_of('{"a": 0.1, "b": 1.10, "c": 12, "d": 1e3, "e": true, "f": null, "g": "01000"}')
    assert data == {"a": Decimal("0.1"), "b": Decimal("1.10"), "c": 12, "d": 1000, "e": True, "f": None, "g": "01000"}
    assert [type(value) for value in data.values()][:4] == [Decimal, Decimal, int, Decimal]
    assert str(data["b"]) == "1.10"


def test_text_is_composed_whether_it_is_written_or_escaped() -> None:
    assert data_of('{"e\\u0301": ["e\\u0301", "e\u0301", "l\u2019an"]}') == {"é": ["é", "é", "l\u2019an"]}
    assert data_of('[["e\u0301", {"a": "\\ud83d\\ude00"}]]') == ["é", {"a": "😀"}]


def test_an_array_gives_one_document_for_each_item() -> None:
    documents, findings = read_json('\n[{"a": 1},\n\n {"a": {"b": 2}}]', "f.json")
    assert findings == []
    assert [document.data for document in documents] == [{"a": 1}, {"a": {"b": 2}}]
    assert [document.line for document in documents] == [2, 4]
    assert documents[1].locate(("a", "b")) == Location("f.json", 4, 14, ' {"a": {"b": 2}}]')
    assert str(documents[1].locate(("a",), key=True)) == "f.json:4:3"
    assert str(documents[1].locate(())) == "f.json:4:2"
    assert str(documents[1].locate(("absent", 0))) == "f.json:4:2"


def test_a_broken_item_never_spoils_the_others() -> None:
    documents, findings = read_json('[{"a": 1, "b": 1.5},\n{"a": 2, "a": 3},\n{"a": NaN},\nnull]', "f.json")
    assert [document.data for document in documents] == [{"a": 1, "b": Decimal("1.5")}]
    assert sorted((finding.code, str(finding.where)) for finding in findings) == [
        ("duplicate-key", "f.json:2:10"),
        ("empty-document", "f.json:4:1"),
        ("not-a-number", "f.json:3:7"),
    ]


@pytest.mark.parametrize("text", ["", " \n", "null", "[]", "\ufeff"])
def test_a_file_without_data_is_said_to_be_empty(text: str) -> None:
    assert refused(text).code == "empty-file"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("nom", "nom"),
        ("nom", "n\\u006fm"),
        ("é", "e\\u0301"),
        ("é", "e\u0301"),
        ("l'an", "l\u2019an"),
        ("l'an", "l\\u2019an"),
    ],
)
def test_a_duplicate_key_is_refused_and_the_first_is_shown(first: str, second: str) -> None:
    finding = refused(f'{{"{first}": 1,\n "{second}": 2}}')
    assert (finding.code, str(finding.where)) == ("duplicate-key", "f.json:2:2")
    assert [str(place) for place in finding.related] == ["f.json:1:2"]


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ('{"a": NaN}', "not-a-number", "f.json:1:7", "NaN"),
        ('{"NaN": "NaN",\n"a": -Infinity}', "not-a-number", "f.json:2:6", "-Infinity"),
        ('{"a": ' + "9" * 101 + "}", "number-too-long", "f.json:1:7", "chiffres"),
        ("9" * 101, "number-too-long", "f.json:1:1", "chiffres"),
        ('{"a": 1e101}', "number-too-long", "f.json:1:7", "chiffres"),
        ('{"a": 1E-101}', "number-too-long", "f.json:1:7", "chiffres"),
        ('{"a": "\\ud800"}', "half-character", "f.json:1:7", "moitié"),
        ('{"\\udc00": 1}', "half-character", "f.json:1:2", "moitié"),
        ('{"a": "\ud800"}', "half-character", "f.json:1:8", "moitié"),
        ('{"a": 1,\n}', "json-syntax", "f.json:1:8", "virgule"),
        ("[1, 2, ]", "json-syntax", "f.json:1:6", "virgule"),
        ("{'a': 1}", "json-syntax", "f.json:1:2", "guillemets simples"),
        ("{\"a\": 'b'}", "json-syntax", "f.json:1:7", "guillemets simples"),
        ("{\u201ca\u201d: 1}", "json-syntax", "f.json:1:2", "typographiques"),
        ('{"a": 1 // b\n}', "json-syntax", "f.json:1:9", "commentaire"),
        ("# a\n{}", "json-syntax", "f.json:1:1", "commentaire"),
        ("/* a */ {}", "json-syntax", "f.json:1:1", "commentaire"),
        ('{"a": True}', "json-syntax", "f.json:1:7", "minuscules"),
        ('{\n\u00a0"a": 1}', "json-syntax", "f.json:2:1", "insécable"),
        ("{a: 1}", "json-syntax", "f.json:1:2", "clé"),
        ('{"a" 1}', "json-syntax", "f.json:1:6", "Deux-points"),
        ('{"a": 1 "b": 2}', "json-syntax", "f.json:1:9", "virgule"),
        ('{"a": "b\nc"}', "json-syntax", "f.json:1:9", "retour à la ligne"),
        ('{"a": "C:\\qui"}', "json-syntax", "f.json:1:10", "code"),
        ('{"a": "b}', "json-syntax", "f.json:1:7", "refermé"),
        ('{"a": [1', "json-syntax", "f.json:1:9", "s'arrête"),
        ('{"a": 1}\n{"a": 2}', "json-syntax", "f.json:2:1", "fin du document"),
        ("nom: Dupont", "json-syntax", "f.json:1:1", "valeur"),
        ("[" * 41 + "]" * 41, "too-deep", "f.json:1:41", "40"),
    ],
)
def test_what_is_not_json_is_placed_and_explained(text: str, code: str, place: str, words: str) -> None:
    finding = refused(text)
    assert (finding.code, str(finding.where)) == (code, place)
    assert words in str(finding.message)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 41, "too-deep"),
        ('{"a":' * 41, "too-deep"),
        ('[{"a":' * 20 + "[", "too-deep"),
        ("[" * 40, "json-syntax"),
        ('"' + '\\"' * 41 + "[" * 41, "json-syntax"),
        ('["' + "[" * 41, "json-syntax"),
        ("{},\n" * 41, "json-syntax"),
    ],
    ids=["lists", "groups", "mixed", "at the limit", "quotes", "unclosed", "not an array"],
)
def test_depth_is_counted_before_anything_is_parsed(text: str, code: str) -> None:
    assert refused(text).code == code


def test_brackets_inside_a_text_are_not_depth() -> None:
    assert data_of('{"a": "' + "[{" * 100 + '\\"["}') == {"a": "[{" * 100 + '"['}
    assert read_json("[" * 40 + "]" * 40, "f.json")[1] == []


def test_an_array_of_one_document_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(located_json, "MAX_ITEMS", 3)
    assert len(read_json("[1, 2, 3]", "f.json")[0]) == 3
    assert refused("[1, 2, 3, 4]").code == "too-large"


def test_a_text_with_too_many_errors_is_refused_as_a_whole() -> None:
    assert refused('[{"a": 1},' + "NaN," * 1_001 + "1]").code == "too-many-errors"
    assert refused('{"b": 1, ' + '"a": 1, ' * 1_001 + '"a": 1}').code == "too-many-errors"


def test_more_accents_in_a_row_than_any_language_has_are_left_as_they_are() -> None:
    accents = "a" + "\u0301\u0323" * 75
    assert data_of(f'{{"a": "{accents[:-1]}"}}') == {"a": unicodedata.normalize("NFC", accents[:-1])}
    assert data_of(f'{{"a": "{accents}"}}') == {"a": accents}


def test_one_broken_line_never_stops_the_others() -> None:
    lines = [
        b'{"a": 1}',
        b"nope",
        b"",
        b"  ",
        b'{"a": 2, "a": 3}',
        b'{"a": "\xe9t\xe9"}',
        b"[" * 41,
        b"null",
        b'{"a": 4}',
    ]
    documents, findings = read_all(b"\n".join(lines))
    assert [(document.data, document.line) for document in documents] == [({"a": 1}, 1), ({"a": 4}, 9)]
    assert [(finding.code, str(finding.where)) for finding in findings] == [
        ("json-syntax", "f.jsonl:2:1"),
        ("duplicate-key", "f.jsonl:5:10"),
        ("not-utf8", "f.jsonl:6:8"),
        ("too-deep", "f.jsonl:7:41"),
        ("empty-document", "f.jsonl:8:1"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without mark", "with mark"])
@pytest.mark.parametrize("as_bytes", [True, False])
def test_each_line_is_a_document_that_knows_its_line(newline: str, mark: str, as_bytes: bool) -> None:
    text = mark + newline.join(['{"é": 1}', "", '{"é": [2]}', ""])
    documents, findings = read_all(text.encode() if as_bytes else text)
    assert findings == []
    assert [(document.data, document.line) for document in documents] == [({"é": 1}, 1), ({"é": [2]}, 3)]
    assert documents[1].locate(("é", 0)) == Location("f.jsonl", 3, 8, '{"é": [2]}')


def test_a_line_with_an_array_is_one_document() -> None:
    documents, _ = read_all(b'[{"a": 1}, {"a": 2}]')
    assert [document.data for document in documents] == [[{"a": 1}, {"a": 2}]]


def test_a_line_one_byte_too_long_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(located_json, "MAX_BYTES", 8)
    documents, findings = read_all(b'{"a": 12}\n{"a": 1}')
    assert [document.line for document in documents] == [2]
    assert [(finding.code, str(finding.where)) for finding in findings] == [("too-large", "f.jsonl:1")]


@pytest.mark.parametrize("data", [b"", b"\n \r\n"])
def test_a_file_without_lines_is_said_to_be_empty(data: bytes) -> None:
    assert [finding.code for finding in read_all(data)[1]] == ["empty-file"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_wide_encoding_is_said_once_not_for_each_line(encoding: str) -> None:
    documents, findings = read_all(('{"a": "é"}\n' * 50).encode(encoding))
    assert documents == []
    assert [finding.code for finding in findings] == ["not-utf8"]


def test_lines_are_parsed_as_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    read_line = located_json._read_line

    def watched(raw: str | bytes, path: str, number: int) -> tuple[list[Document], list[Finding]]:
        parsed.append(number)
        return read_line(raw, path, number)

    monkeypatch.setattr(located_json, "_read_line", watched)
    documents, _ = next(read_json_lines(b'{"a": 1}\n' * 3, "f.jsonl"))
    assert documents[0].data == {"a": 1}
    assert parsed == [1]


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=3) | st.sampled_from(
    ["[", '"', "\\", "l\u2019an", "e\u0301", "😀", ": ", "NaN"]
)
_SHAPES = st.recursive(
    st.none() | _WORDS | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=12,
)


def labelled(shape: Any, number: Any) -> Any:
    """Give each key and text a mark found nowhere else."""
    if isinstance(shape, dict):
        return {f"k{next(number)}k{key}": labelled(value, number) for key, value in shape.items()}
    if isinstance(shape, list):
        return [labelled(item, number) for item in shape]
    return f"v{next(number)}v{shape}" if isinstance(shape, str) else shape


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
    return Source(text, "f").starts[where.line - 1] + where.column - 1


@given(_SHAPES, st.booleans(), st.sampled_from([None, 0, 2]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_value_and_key_of_any_document_is_found_where_it_begins(
    shape: Any, ascii_only: bool, indent: int | None, newline: str
) -> None:
    data = {"racine": labelled(shape, count())}
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent).replace("\n", newline)
    (document,), findings = read_json(text, "f.json")
    assert findings == []
    for path, value in paths(data):
        written = json.dumps(value, ensure_ascii=ascii_only, indent=indent).replace("\n", newline)
        at = index_of(document.locate(path), text)
        assert text[at:].startswith(written if not isinstance(value, dict | list) else written[0])
        if path and isinstance(path[-1], str):
            key_at = index_of(document.locate(path, key=True), text)
            assert text[key_at:].startswith(json.dumps(path[-1], ensure_ascii=ascii_only))


_PIECES = [
    *"[]{}:,\"\\ \t\n\r'/#-0e.\u00a0\u2028\x00\ud800aé",
    '"a":',
    "\\ud800",
    "\\u0301",
    "NaN",
    "1e101",
    "null",
    '{"a":1}',
]


@given(st.lists(st.sampled_from(_PIECES) | st.characters(), max_size=40).map("".join))
def test_any_text_gives_data_or_findings_and_never_raises(text: str) -> None:
    for documents, findings in (read_json(text, "f.json"), *read_json_lines(text, "f.json")):
        assert documents or findings
        for finding in findings:
            assert str(finding.message)
            assert finding.where.line is not None
        for document in documents:
            assert all(document.locate(path).line is not None for path, _ in paths(document.data))


@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from(_PIECES[:-20]), max_size=30).map(lambda p: "".join(p).encode("utf-8", "replace"))
)
def test_any_bytes_give_documents_or_findings_line_by_line(data: bytes) -> None:
    documents, findings = read_all(data)
    assert documents or findings
