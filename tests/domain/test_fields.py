"""The fields of a candidature file, and which of them a candidature leaves out."""

from __future__ import annotations

import pytest

from ami_scoring.domain.fields import absent_fields, fields

from .building import candidature


def test_a_field_knows_its_title_and_whether_it_is_required() -> None:
    surface = fields()["locaux.surface_m2"]
    assert (surface.title, surface.required, surface.attribute) == ("Surface (m²)", False, "premises.surface")
    assert fields()["implantation.communes.code_insee"].required


def test_fields_come_in_the_order_of_the_file() -> None:
    keys = list(fields())
    assert keys.index("reference") < keys.index("porteur") < keys.index("porteur.siren") < keys.index("pieces")


@pytest.mark.parametrize(
    ("changes", "keys", "absent"),
    [
        ("", ("locaux.etat",), ["locaux.etat"]),
        ("", ("locaux", "locaux.etat"), ["locaux"]),
        ("locaux: {bureaux: 1}", ("locaux", "locaux.etat", "locaux.bureaux"), ["locaux.etat"]),
        ("locaux: {bureaux: 0}", ("locaux.bureaux",), []),
        ("medecins_interesses: []", ("medecins_interesses", "medecins_interesses.preuve"), []),
        (
            "medecins_interesses: [{preuve: oral}, {temps_plein: 1}]",
            ("medecins_interesses", "medecins_interesses.preuve"),
            ["medecins_interesses.preuve"],
        ),
        ("", ("implantation.communes.population",), ["implantation.communes.population"]),
        ("", ("complements.tranche",), []),
    ],
)
def test_what_is_left_out_is_named_once_at_its_highest_block(
    changes: str, keys: tuple[str, ...], absent: list[str]
) -> None:
    assert [field.key for field in absent_fields(candidature(changes), keys)] == absent
