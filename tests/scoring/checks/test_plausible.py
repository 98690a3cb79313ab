"""What a call holds to be plausible: told to people, never refused."""

from __future__ import annotations

import pytest
from tests.scoring.building import candidature, plain, policy

from ami_scoring.domain.zoning import ZoningTable
from ami_scoring.scoring.checks.plausible import plausible_check
from ami_scoring.scoring.marks import wave_of

RULES = policy(
    """
facts:
  - {name: cout, type: money, label: Coût, unit: €, plausible: {from: 1000, to: 90000}}
  - {name: debut, type: date, label: Début, plausible: {from: 2022-05-01, to: 2024-05-31}}
computed: [{name: part, label: Part, ratio: {of: complements.cout, to: implantation.population}}]
plausible:
  - {fact: implantation.population, to: 80000}
  - {fact: calculs.part, from: 0.5}
  - {fact: diagnostic.etat_des_lieux_le, from: 2020-01-01}
"""
)
ZONINGS = {wave.id: ZoningTable("e", "s", {}, {}) for wave in RULES.waves}


def place(population: int) -> str:
    return f"implantation: {{communes: [{{code_insee: '09001', population: {population}}}]}}\n"


OLD = "Date de l'état des lieux » : 31 décembre 2019|à partir du 1er janvier 2020"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("", []),
        (place(80_000), []),
        (place(80_001), ["Population des communes d'implantation » : 80 001 habitants|au plus 80 000 habitants"]),
        ("complements: {cout: 999}", ["Coût » : 999 €|de 1 000 à 90 000 €"]),
        ("complements: {cout: 1000}", []),
        (place(3000) + "complements: {cout: 1200}", ["Part » : 0,4|au moins 0,5"]),
        ("complements: {debut: 2025-05-01}", ["Début » : 1er mai 2025|à partir du 1er mai 2022, jusqu'au 31 mai 2024"]),
        ("diagnostic: {etat_des_lieux_le: 2019-12-31}", [OLD]),
        ("depose_le: 2030-01-01\ncomplements: {cout: 1}", ["Coût » : 1 €|de 1 000 à 90 000 €"]),
        ("complements: {cout: beaucoup}", []),
    ],
)  # fmt: skip
def test_a_value_out_of_the_plausible_ones_is_told(changes: str, expected: list[str]) -> None:
    one = candidature(changes)
    found = list(plausible_check(RULES, ZONINGS)(one, wave_of(one.submitted_at, RULES)))
    assert [plain(each.message) for each in found] == [
        f"« {value}, hors de ce que l'appel tient pour plausible ({bounds})."
        for value, bounds in (each.split("|") for each in expected)
    ]
    assert all(each.severity.value == "warning" for each in found)


def test_without_plausible_values_nothing_is_looked_at() -> None:
    assert list(plausible_check(policy(), ZONINGS)(candidature(), None)) == []
