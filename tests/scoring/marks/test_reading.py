"""Facts that are read together are those that each gives alone."""

from __future__ import annotations

import pytest
from tests.scoring.building import candidature, policy

from ami_scoring.domain.facts import MISSING, AsWritten, Case
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.scoring.marks import reader

DECLARED = policy("facts: [{name: 'a\"b', type: integer, label: A}, {name: class, type: text, label: C}]")
EVERY = [name for name, fact in DECLARED.catalogue.items() if not name.startswith("avis.")]
WHOLE = """
depose_le: 2022-03-01
implantation: {communes: [{code_insee: "09001", population: 900}]}
diagnostic: {etat_des_lieux_le: 2022-01-15, prospective: non, horizon_prospective: 2030, partage_avec: [ARS]}
locaux: {etat: travaux, adaptes: oui, bureaux: 0, surface_m2: 80.5, accessibles: non, disponibles_le: 2023-01-01}
engagement_financier: {delibere_le: 2022-01-01, montant_annuel: 0, duree_annees: 3, nature: contribution}
medecins_interesses: [{temps_plein: 0.5, preuve: lettre}]
pieces: [statuts]
complements: {'a"b': 4, class: b}
"""


@pytest.mark.parametrize(
    "changes",
    [
        WHOLE,
        "",
        "locaux: {bureaux: 0}\ndiagnostic: {prospective: non}",
        "engagement_financier: {nature: contribution}",
        "medecins_interesses: [{specialite: médecine générale}]",
    ],
)
@pytest.mark.parametrize("names", [EVERY, EVERY[::-1], EVERY[:1], []])
def test_together_or_alone_facts_are_read_alike_and_in_the_order_asked_for(changes: str, names: list[str]) -> None:
    wave = DECLARED.waves[0]
    case = Case(candidature(changes), wave.closes_on, NO_ZONING)
    alone = {name: DECLARED.catalogue[name].read(case) for name in names}
    together = reader(names, DECLARED)(case)
    assert together == alone
    assert [*together] == names


def test_an_answer_of_a_block_that_is_not_there_is_missing() -> None:
    reads = {name: fact.read for name, fact in DECLARED.catalogue.items()}
    written = [name for name, read in reads.items() if isinstance(read, AsWritten) and read.block != "applicant"]
    case = Case(candidature(""), DECLARED.waves[0].closes_on, NO_ZONING)
    assert reader(written, DECLARED)(case) == dict.fromkeys(written, MISSING)
