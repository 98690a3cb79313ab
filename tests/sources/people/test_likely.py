"""What is likely to be about a person is shown nowhere, whatever key or place it was typed at."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.sheets import ROOT

from ami_scoring.cli.app import run
from ami_scoring.sources.people.likely import is_about_people, without_numbers

HEAD = """\
reference: A-1
depose_le: 2022-09-30
porteur: {nom: Commune d'essai}
implantation: {communes: [{code_insee: "09901"}]}
"""
HEAD_JSON = (
    '{"reference": "A-1", "depose_le": "2022-09-30", "porteur": {"nom": "Commune"}, '
    '"implantation": {"communes": [{"code_insee": "09901"}]}'
)
RPPS = "10003456789"
YAML = [
    "praticiens: Zebulon Delacroix\n",
    "praticiens:\n  - Zebulon Delacroix #3\n",
    "docteurs: [{nom: Zebulon Delacroix, nom: Delacroix}]\n",
    f"nom_medecin: Zebulon Delacroix, RPPS {RPPS}\n",
    "liste du 3 mai: Zebulon Delacroix\n",
    "Docteur Zebulon Delacroix: oui\n",
    "divers: chez Zebulon, ou Delacroix\n",
    "locaux: {surface: Zebulon Delacroix}\n",
    "locaux:\n  surface: Zebulon Delacroix\n  etat: on demandera\n",
    f"locaux: {{etat: {RPPS[:2]} {RPPS[2:5]} {RPPS[5:8]} {RPPS[8:]}}}\n",
    f"locaux: {{etat: {RPPS}}}\n",
    f"{RPPS}: oui\n",
]
JSON = [
    '"praticiens": ["Zebulon Delacroix"], "locaux": {"bureaux": "beaucoup"}',
    '"autre": {"qui": "Zebulon Delacroix"}, "locaux": {"bureaux": "beaucoup"}',
    '"autre": "Zebulon Delacroix", "locaux": {"bureaux": "beaucoup"}',
    f'"autre": {RPPS}, "locaux": {{"bureaux": "beaucoup"}}',
    f'"locaux": {{"surface_m2": "{RPPS} m"}}',
]
FILES = [*(("yaml", HEAD + each) for each in YAML), *(("json", f"{HEAD_JSON}, {each}}}") for each in JSON)]


@pytest.mark.parametrize(("suffix", "text"), FILES, ids=[*YAML, *JSON])
def test_nobody_is_told_under_a_key_that_is_not_known(
    suffix: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"f.{suffix}"
    path.write_text(text, encoding="utf-8")
    policy = str(ROOT / "criteria.yaml")
    for kind in ("text", "json"):
        run(["validate", policy, str(path), "-f", kind])
    run(["score", str(path), "-c", policy, "-f", "json"])
    said = "".join(capsys.readouterr())
    assert "f." in said
    assert "erreur" in said
    for word in ("Zebulon", "Delacroix", RPPS, "456 789"):
        assert word not in said


def test_a_mistyped_key_is_still_shown_with_what_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(HEAD + "locaux: {bureau: 12}\nautre_chose: 3\n", encoding="utf-8")
    run(["validate", str(ROOT / "criteria.yaml"), str(path)])
    said = capsys.readouterr().out
    assert "locaux: {bureau: 12}" in said
    assert "« autre_chose » n'est pas une clé connue ici." in said.replace("\xa0", " ")
    assert "autre_chose: ·" in said


@pytest.mark.parametrize(
    ("key", "is_so"),
    [
        ("praticiens", True),
        ("Nom du médecin", True),
        ("docteur-1", True),
        ("coordonnées e-mail", True),
        ("Dr", True),
        ("tel", True),
        ("nom", False),
        ("rpps", False),
        ("nombre", False),
        ("pieces", False),
        ("surface", False),
        ("hotel", False),
        ("drainage", False),
    ],
)
def test_a_key_that_could_be_about_people_is_known_by_its_words(key: str, is_so: bool) -> None:
    assert is_about_people(key) is is_so


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("n° 10003456789.", "n° ···········."),
        ("10 003 456 789", "··············"),
        ("06 12 34 56 78", "··············"),
        ("+33612345678", "············"),
        ("1 85 05 78 006 084 36", "·····················"),
        ("a.b@exemple.fr", "··············"),
        ("100034567891", "100034567891"),
        ("le 01-02-2022 10:30", "le 01-02-2022 10:30"),
        ("SIRET 123 456 789 00012", "SIRET 123 456 789 00012"),
        ("09901", "09901"),
        ("1234567,10003456789", "1234567,10003456789"),
    ],
)
def test_numbers_of_people_are_hidden_and_others_are_not(text: str, shown: str) -> None:
    assert without_numbers(text) == shown
