"""Plain data → model: what is refused is told in French at its place, and nothing told names a doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.cli.app import run
from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.modelling.strict import mirror
from ami_scoring.findings import Finding
from ami_scoring.reports.annotations import findings_text
from ami_scoring.sources.doors.loaders import load_candidatures, load_criteria
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.people.personal import doctors_spans

HEAD = (
    "reference: A-1\ndepose_le: 2022-02-01\nporteur: {nom: Commune}\n"
    "implantation: {communes: [{code_insee: '09001'}]}\n"
)
EMPTY_ELEMENT = "Il n'y a rien ici : complétez cet élément, ou supprimez-le."
SECRETS = ("Secret", "10101010101", "secret")


def load(path: Path, content: str | bytes) -> Loaded:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_candidatures([path], lambda _: ())


def told(loaded: Loaded) -> str:
    """Give everything that any output could quote of what was found."""
    reasons = [*(str(one.findings) for one in loaded.unreadable), *(str(one.refused) for one in loaded.entries)]
    return findings_text(loaded.findings) + str(loaded.findings) + "".join(reasons)


def only(loaded: Loaded) -> Finding:
    (finding,) = loaded.findings
    return finding


@pytest.mark.parametrize(
    ("more", "code", "place", "sentence"),
    [
        ("locaux: []", "block-expected", (5, 9), "Un bloc de lignes « clé: valeur » est attendu ici, pas une liste."),
        ("locaux: oui", "block-expected", (5, 9), "Un bloc de lignes « clé: valeur » est attendu ici, pas oui."),
        ("locaux: {etats: aucun}", "unknown-key", (5, 10), "« etats » n'est pas une clé connue ici."),
        ("pieces: plan", "list-expected", (5, 9), "Une liste est attendue ici, une ligne « - … » par élément."),
        ("pieces: [a, '']", "text-empty", (5, 13), "Ce texte est vide : complétez-le ou supprimez la ligne."),
        ("pieces:\n- plan\n-\n", "text-expected", (7, 2), EMPTY_ELEMENT),
        ("complements: {1: a}\nx: 1", "unknown-key", (6, 1), "« x » n'est pas une clé connue ici."),
    ],
)
def test_what_is_refused_is_told_where_it_stands(
    more: str, code: str, place: tuple[int, int], sentence: str, tmp_path: Path
) -> None:
    finding = only(load(tmp_path / "a.yaml", HEAD + more + "\n"))
    assert (finding.code, (finding.where.line, finding.where.column), str(finding.message)) == (code, place, sentence)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("reference: A-1", "text-expected"),
        ("depose_le: 2022-02-01", "date-expected"),
        ("nom: Commune", "text-expected"),
        ("code_insee: '09001'", "code-insee-form"),
    ],
)
def test_a_required_answer_left_empty_is_told_to_be_required(answer: str, code: str, tmp_path: Path) -> None:
    finding = only(load(tmp_path / "a.yaml", HEAD.replace(answer, answer.partition(" ")[0] + " ")))
    assert (finding.code, str(finding.message)) == (code, "Cette réponse est vide, alors qu'elle est obligatoire.")


def test_a_missing_key_is_told_at_the_block_that_lacks_it(tmp_path: Path) -> None:
    finding = only(load(tmp_path / "a.yaml", HEAD.replace("nom: Commune", "type: epci")))
    assert (str(finding.message), finding.where.line) == ("Il manque la clé « nom ».", 3)


def test_a_mistyped_key_gets_the_one_that_was_meant(tmp_path: Path) -> None:
    finding = only(load(tmp_path / "a.yaml", HEAD + "locaux: {Bureau: 2}\n"))
    assert str(finding.suggestion) == "Vouliez-vous dire « bureaux » ?"


LEAKS = {
    "a name for a block": "medecins_interesses: [Dr Secret]",
    "a text for a list": "medecins_interesses: Dr Secret",
    "a group for a list": "medecins_interesses: {nom: Dr Secret, rpps: 10101010101}",
    "a name as a key": "medecins_interesses:\n  - Dr Secret: oui\n    rpps: 10101010101",
    "a name as a key of a group": "medecins_interesses: {Dr Secret: oui}",
    "a name in a number": "medecins_interesses:\n  - temps_plein: Dr Secret",
    "a name in a choice": "medecins_interesses: [{preuve: Secret}]",
    "a list for a name": "medecins_interesses: [{nom: [Dr Secret]}]",
    "a wrong number beside": "medecins_interesses: [{nom: Dr Secret, rpps: 10101010101, temps_plein: 3}]",
    "a repeated key": "medecins_interesses:\n  - Dr Secret: a\n    Dr Secret: b",
    "a repeated key in flow": "medecins_interesses: [{Dr Secret: a, Dr Secret: b}]",
    "the block twice": "medecins_interesses: [{nom: Dr Secret}]\nmedecins_interesses: [{nom: Dr Secret}]",
    "a colon in a value": "medecins_interesses:\n  - Dr Secret: oncologue: mi-temps",
    "a colon in a name": "medecins_interesses:\n  - nom: Dr : Secret 10101010101",
    "an unclosed list": "medecins_interesses: [{nom: Dr Secret, rpps: 10101010101}\nlocaux: {}",
    "an unclosed quotation": 'medecins_interesses:\n  - nom: "Dr Secret\n    rpps: 10101010101',
    "text after a quotation": "medecins_interesses:\n  - nom: 'Dr' Secret",
    "a tab": "medecins_interesses:\n  - specialite: mg\n\tnom: Dr Secret",
    "a lost indent": "medecins_interesses:\n  - specialite: mg\n nom Dr Secret",
    "a name that lost its indent": "medecins_interesses:\n  - preuve: oral\nDr Secret: 10101010101",
    "an anchor": "medecins_interesses:\n  - nom: &Secret Dr Secret",
    "a tag": "medecins_interesses:\n  - nom: !Secret Dr Secret",
    "a comment": "medecins_interesses:\n  - specialite: mg #Dr Secret\n    preuve: aucune",
    "a no-break space": "medecins_interesses:\n  -\u00a0Dr Secret: oui",
    "a control character": "medecins_interesses:\n  - Dr\x07 Secret",
    "another spelling": "médecins_intéressés: [Dr Secret]",
    "another case": "Medecins interesses:\n  - nom: Dr Secret\n  - Dr Secret: 3",
    "a name in capitals": "MEDECINS: [{NOM: Dr Secret}]",
    "a mistake on the same line": "locaux: {bureaux: x, medecins: [Dr Secret]}",
    "a bracket in a quotation": "medecins_interesses: [']', \"]\\\"]\", Dr Secret]",
    "a comment after": "medecins_interesses: [x] # Dr Secret",
    "an apostrophe in a name": "medecins_interesses: [Dr L'Herbier], [Dr Secret']",
}  # fmt: skip


@pytest.mark.parametrize("more", LEAKS.values(), ids=LEAKS.keys())
def test_no_finding_names_a_doctor_in_yaml(more: str, tmp_path: Path) -> None:
    loaded = load(tmp_path / "a.yaml", HEAD + more + "\n")
    assert loaded.unreadable or loaded.entries[0].refused
    assert not [secret for secret in SECRETS if secret in told(loaded)]


@pytest.mark.parametrize("more", LEAKS.values(), ids=LEAKS.keys())
def test_no_finding_names_a_doctor_in_a_wrong_encoding(more: str, tmp_path: Path) -> None:
    loaded = load(tmp_path / "a.yaml", (HEAD + more + "\n# é et è\n").encode("cp1252"))
    assert not [secret for secret in SECRETS if secret in told(loaded)]
    loaded = load(tmp_path / "a.yaml", (HEAD + more).encode().replace(b"Dr", b"Dr\xe9\xe9\xc3\xa9"))
    assert not [secret for secret in SECRETS if secret in told(loaded)]


@pytest.mark.parametrize(
    "doctors",
    [
        '["Dr Secret"]',
        '"Dr Secret"',
        '{"nom": "Dr Secret"}',
        '[{"Dr Secret": 1}]',
        '[{"Dr Secret": 1, "Dr Secret": 2}]',
        '[{"nom": "Dr Secret", "temps_plein": "Secret", "rpps": 10101010101}]',
        '[{"nom": "Dr Secret" "rpps": "10101010101"}]',
        '[{"nom": "Dr Secret, "rpps": 10101010101}]',
        "[{'nom': 'Dr Secret'}]",
        '[{"nom": "Dr Secret", "temps_plein": NaN}]',
        '[{"nom": "Dr \\"Secret\\"", "temps_plein": 2}]',
        '[{"nom": "Dr \\ud800 Secret"}]',
    ],
)
def test_no_finding_names_a_doctor_in_json(doctors: str, tmp_path: Path) -> None:
    for text in (
        f'{{"reference": "A-1", "medecins_interesses": {doctors}, "depose_le": 3}}',
        f'{{\n "medecins_interesses":\n {doctors},\n "depose_le": 3}}',
        f'{{"m\\u00e9decins": {doctors}, "depose_le": 3}}',
    ):
        for name, content in (("a.json", text), ("b.json", f"[{text}]"), ("c.jsonl", text.replace("\n", ""))):
            loaded = load(tmp_path / name, content + "\n")
            assert loaded.unreadable
            assert not [secret for secret in SECRETS if secret in told(loaded)], (name, content)


def test_a_candidature_given_in_place_of_criteria_names_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "criteria.yaml"
    for more in LEAKS.values():
        path.write_text(HEAD + more, encoding="utf-8")
        assert run(["validate", str(path)]) == 1
        assert "Secret" not in "".join(capsys.readouterr()) or "medecins_interesses" not in more


def test_a_mistake_about_a_doctor_says_what_is_expected(tmp_path: Path) -> None:
    more = "medecins_interesses:\n  - {specialté: mg, temps_plein: 3, preuve: courrier}\n"
    said = [(finding.code, str(finding.message)) for finding in load(tmp_path / "a.yaml", HEAD + more).findings]
    assert sorted(said) == [
        ("choice-unknown", "Cette valeur n'est pas un choix possible ; les choix sont : lettre, oral, contact."),
        ("share-above-one", "Une part de temps plein est attendue ici : écrivez 1 pour un temps plein, 0.8 ou 80 %."),
        ("unknown-key", "Cette clé n'est pas connue ici."),
    ]
    assert "Vouliez-vous dire « specialite » ?" in findings_text(load(tmp_path / "a.yaml", HEAD + more).findings)


def test_masking_keeps_columns_keys_and_whatever_is_not_about_doctors(tmp_path: Path) -> None:
    more = "medecins_interesses: [{nom: Dr Secret, temps_plein: 3}]\nlocaux: {bureaux: deux}\npiece: []\n"
    text = findings_text(load(tmp_path / "a.yaml", HEAD + more).findings)
    assert "    medecins_interesses: [{nom: ·········, temps_plein: ·}]\n" in text
    assert "    locaux: {bureaux: deux}\n" in text
    assert "« piece » n'est pas une clé connue ici.\n    piece: []\n" in text


def test_a_line_too_long_to_be_quoted_still_tells_its_keys_but_no_name(tmp_path: Path) -> None:
    long = json.dumps({"bureau": "x" * 3_000})
    doctors = '{"medecins_interesses": [{"Dr Secret": 1, "Dr Secret": 2}]}'
    text = told(load(tmp_path / "a.json", f"[{long}, {doctors}]"))
    assert "« bureau » n'est pas une clé connue ici." in text
    assert "Secret" not in text


def test_criteria_about_doctors_are_quoted_in_full(tmp_path: Path) -> None:
    path = tmp_path / "criteria.yaml"
    path.write_text("language: 1\nx: {medecins.etp: 2}\nmedecins: [a]\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"« x » n'est pas une clé connue") as caught:
        load_criteria(path)
    assert "·" not in str(getattr(caught.value, "findings", "·"))


@given(st.text("[]{}\"'\\:- \nDraé,#", max_size=60))
def test_what_stands_in_a_list_of_doctors_is_hidden_until_it_surely_ends(text: str) -> None:
    whole = f"medecins_interesses: {text}Secret\nlocaux: {{}}\n"
    spans = list(doctors_spans(whole))
    assert all(0 <= first <= last <= len(whole) for first, last in spans)
    assert spans[0][0] == len("medecins_interesses:")
    if not text.lstrip().startswith(("[", "{")):
        assert whole[spans[0][1] :].startswith(("locaux", '"locaux', "---", "...")) or spans[0][1] == len(whole)


def test_the_strict_door_and_the_schema_name_the_same_keys() -> None:
    schema = mirror(Candidature).model_json_schema(by_alias=True)
    assert set(schema["properties"]) == {field.alias or name for name, field in Candidature.model_fields.items()}
    assert json.dumps(schema)
