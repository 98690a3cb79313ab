"""The mapping that is proposed: what is sure, what a person must confirm, and what an edition cannot tell apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from tests.sources.mappings.shapes import Data, Shape, in_graphql, in_workbook_of_2026
from tests.sources.mappings.test_round_trip import load

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.correspondence import Correspondence
from ami_scoring.evaluation.importing import propose_mapping
from ami_scoring.sources.mappings.likeness import likeness

MADE: Sequence[Data] = [
    {
        "reference": f"410{place}",
        "depose_le": "2022-09-12",
        "porteur": {"nom": f"Commune d'Essai {place}", "type": "commune", "siren": "999000706"},
        "implantation": {
            "communes": [
                {"code_insee": f"0990{place}", "nom": "Essai", "principale": "oui", "population": "1200"},
                {"code_insee": f"0980{place}", "nom": "Autre", "principale": "non", "population": "300"},
            ]
        },
        "locaux": {"etat": "travaux", "adaptes": "oui", "bureaux": "4", "surface_m2": "180"},
        "diagnostic": {"partage_avec": ["ARS", "CPTS"], "prospective": "oui", "horizon_prospective": "2028"},
        "medecins_interesses": [{"specialite": "médecine générale", "temps_plein": "50 %", "preuve": "lettre"}],
        "pieces": ["délibération", "plan"],
    }
    for place in (1, 2)
]


def proposed(data: bytes, name: str, folder: Path) -> str:
    path = folder / name
    path.write_bytes(data)
    return propose_mapping(path, None).text


def confirmed(text: str) -> str:
    return re.sub(r"\n +confirmed: non.*", "", text)


@pytest.mark.parametrize("shape", [in_workbook_of_2026(MADE), in_graphql(MADE)], ids=["2026", "GraphQL"])
def test_what_is_proposed_for_an_export_reads_its_candidatures_once_confirmed(shape: Shape, tmp_path: Path) -> None:
    text = confirmed(proposed(shape.data, shape.name, tmp_path))
    loaded = load(shape._replace(mapping=text), tmp_path)
    assert [str(each.message) for each in loaded.findings] == []
    assert [entry.candidature for entry in loaded.entries] == [Candidature.model_validate(each) for each in MADE]


def _csv(*columns: str, edition: str) -> bytes:
    archived = {"2021": "Archivé", "2026": "À archiver"}[edition]
    heads = f"ID,Email,{archived},État du dossier,Dernière mise à jour le,Déposé le,Passé en instruction le,Traité le"
    questions = [column.partition("=")[::2] for column in columns]
    row = "1,a@exemple.fr,false,En instruction,,2022-02-01 10:00:00 +0100,,"
    titles, values = zip(*questions, strict=True)
    return "\n".join([",".join([heads, *titles]), ",".join([row, *values])]).encode()


@pytest.mark.parametrize(
    ("edition", "column", "key", "missing"),
    [
        ("2026", "Nombre de bureaux=0", "locaux.bureaux", ["0"]),
        ("2021", "Nombre de bureaux=0", "locaux.bureaux", []),
        ("2021", "Locaux adaptés=Non", "locaux.adaptes", ["Non"]),
        ("2026", "Locaux adaptés=Non", "locaux.adaptes", []),
    ],
)
def test_what_an_edition_writes_for_no_answer_is_declared_as_such(
    edition: str, column: str, key: str, missing: list[str], tmp_path: Path
) -> None:
    text = proposed(_csv(column, edition=edition), "export.csv", tmp_path)
    made = Correspondence.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - plain data only
    assert made.export.edition == edition
    (answer,) = [each for each in made.answers if each.key == key]
    assert (answer.missing, answer.confirmed) == (missing, True)


def test_two_columns_that_would_do_alike_are_left_to_a_person(tmp_path: Path) -> None:
    data = "Référence;Surface;Surface\nA;120;130\n".encode()
    made = yaml.safe_load(proposed(data, "t.csv", tmp_path))
    (surface,) = [each for each in made["answers"] if each["key"] == "locaux.surface_m2"]
    assert surface["position"] in {"B", "C"}
    assert surface["confirmed"] == "non"
    assert "conviendrait autant" in surface["why"]


def test_values_that_a_key_refuses_make_a_column_doubtful(tmp_path: Path) -> None:
    made = yaml.safe_load(proposed("Référence;Surface\nA;120\nB;grande\n".encode(), "t.csv", tmp_path))
    (surface,) = [each for each in made["answers"] if each["key"] == "locaux.surface_m2"]
    assert (surface["confirmed"], "valeurs lues : 1 sur 2" in surface["why"]) == ("non", True)


@pytest.mark.parametrize(
    ("question", "wording", "at_least", "below"),
    [
        ("SURFACE DES LOCAUX", "surface des locaux", 1.0, 1.1),
        ("Quelle est la surface des locaux proposés ?", "surface des locaux", 0.8, 1.0),
        ("Disponibilité des locaux", "locaux disponibles le", 0.8, 1.0),
        ("Couleur préférée", "surface des locaux", 0.0, 0.1),
        ("", "surface", 0.0, 0.1),
    ],
)
def test_a_wording_is_near_another_by_its_words(question: str, wording: str, at_least: float, below: float) -> None:
    assert at_least <= likeness(question, [wording]) < below
