"""A file of verifications that is wrong stops the run, and nothing of what it says of people is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluation.test_verifications import POLICY, dossier

from ami_scoring import evaluate
from ami_scoring.findings import Finding, InvalidFileError

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(folder: Path, name: str, data: str | bytes = b"") -> list[Finding]:
    """Give what is said of a file of verifications beside one candidature."""
    policy = POLICY.replace("verified: verifications.csv", f"verified: {name}") + "selection: {places: 1}"
    (folder / "criteria.yaml").write_text(policy, "utf-8")
    (folder / "a.yaml").write_text(dossier("A", 50), "utf-8")
    if name:
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(InvalidFileError) as error:
        evaluate([folder / "a.yaml"], folder / "criteria.yaml")
    return list(error.value.findings)


@pytest.mark.parametrize("suffix", ["xls", "xlsb", "xlsx", "ods", "csv", "yaml", "json"])
@pytest.mark.parametrize("data", [b"", OLD], ids=["empty", "old"])
def test_a_file_that_cannot_be_read_stops_the_run(suffix: str, data: bytes, tmp_path: Path) -> None:
    assert refused(tmp_path, f"verif.{suffix}", data)


def test_a_file_that_is_not_named_is_an_error_of_the_policy(tmp_path: Path) -> None:
    assert [(each.code, each.where.line) for each in refused(tmp_path, "")] == [("text-expected", 5)]


YAML = "reference: A\ndonnee: complements.lits\nvaleur: 3\npar: le service\nle: 2024-03-03\n"
SECRETS = ("secretus", "bo", "lî", "0001234567", "06 12", "0612", "s@")
NAMED = {
    "an unknown key": YAML + "medecin: Dr Secretus Bo\n",
    "an unknown key that is a name": YAML + "Dr Secretus: Bo\n",
    "a value": YAML.replace("valeur: 3", "valeur: Dr Secretus Bo"),
    "a day": YAML.replace("2024-03-03", "Dr Secretus Bo"),
    "a list": YAML.replace("le service", "[Dr Secretus, Bo]"),
    "a block": YAML.replace("le service", "{Secretus: Bo}"),
    "a fact": YAML.replace("complements.lits", "Dr Secretus Bo"),
    "a reference": YAML.replace("reference: A", "reference: Dr Secretus Bo"),
    "a key twice": YAML + "par: Dr Secretus Bo\n",
    "a broken indent": YAML.replace("le:", "  Dr Secretus: Bo\nle:"),
    "a broken quote": YAML + 'source: "Dr Secretus Bo\n',
    "a colon": YAML + "source: Dr Secretus: Bo\n",
    "an escape": YAML + 'source: "Dr Secretus \\q Bo"\n',
    "a long line": YAML + "medecin: " + "Dr Secretus Bo " * 40,
    "a list of lines": "- " + YAML.replace("\n", "\n  ") + "\n- Dr Secretus Bo\n",
    "an anchor": YAML + "source: &Secretus Bo\n",
    "numbers": YAML.replace("valeur: 3", "valeur: 10001234567 0612345678 06 12 34 56 78"),
    "numbers of a service": YAML.replace("le service", "10001234567 0612345678"),
    "numbers of a source": YAML + "source: 06 12 34 56 78\n",
    "an address": YAML + "source: le plan (s@exemple.fr)\n",
}
JSON = '{"reference": "A", "donnee": "complements.lits", "valeur": 3, "par": "le service", "le": "2024-03-03"}'
NAMED_IN_JSON = {
    "an unknown key": JSON.replace("}", ', "medecin": "Dr Secretus Bo"}'),
    "a value": JSON.replace("3,", '"Dr Secretus Bo",'),
    "a day": JSON.replace("2024-03-03", "Dr Secretus Bo"),
    "a list": JSON.replace('"le service"', '["Dr Secretus Bo"]'),
    "a lost comma": JSON.replace("3,", '3 "Dr Secretus Bo",'),
    "a key twice": JSON.replace("}", ', "par": "Dr Secretus Bo"}'),
}


@pytest.mark.parametrize(
    ("name", "text"),
    [*(("v.yaml", text) for text in NAMED.values()), *(("v.json", text) for text in NAMED_IN_JSON.values())],
    ids=[*NAMED, *(f"json, {each}" for each in NAMED_IN_JSON)],
)
def test_nothing_is_shown_but_known_words(name: str, text: str, tmp_path: Path) -> None:
    for each in refused(tmp_path, name, text):
        shown = f"{each.message} {each.suggestion} {each.where.excerpt} {[one.excerpt for one in each.related]}"
        words = shown.lower().replace("·", " ")
        assert not [secret for secret in SECRETS if f" {secret}" in words or f'"{secret}' in words], shown


def test_the_keys_and_the_choices_of_a_line_are_still_shown(tmp_path: Path) -> None:
    (wrong,) = refused(tmp_path, "v.yaml", YAML.replace("complements.lits", "complements.litz"))
    assert wrong.where.excerpt == "donnee: complements.····"
    assert str(wrong.suggestion) == "Vouliez-vous dire « complements.lits » ?"


@pytest.mark.parametrize("text", ["par: 10001234567", "par: Le 06 12 34 56 78", "source: a@exemple.fr"])
def test_a_number_or_an_address_of_a_person_is_refused(text: str, tmp_path: Path) -> None:
    key = text.partition(":")[0]
    said = "\n".join(each for each in YAML.splitlines() if not each.startswith(key)) + f"\n{text}\n"
    assert [each.code for each in refused(tmp_path, "v.yaml", said)] == ["verified-person"]
