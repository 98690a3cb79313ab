"""The page of a policy that the script cannot try offers no trial, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.scoring.building import policy

from ami_scoring import evaluate
from ami_scoring.reports.page import page
from ami_scoring.reports.page.frozen import frozen

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_a_page_that_cannot_try_offers_no_field_and_says_why() -> None:
    folder = EXAMPLES / "reprise-de-fermes"
    written = page(evaluate([folder / "candidatures"], folder / "criteria.yaml"), lambda _: [])
    assert 'id="essai"' not in written
    assert "essai dans cette page\u00a0:" in written


ORDERED = """
selection:
  budget:
    amount: 10
    ask: engagement_financier.montant_annuel
    envelopes: [{label: E, when: {fact: porteur.type, is: commune}, amount: 1, order: [zonage]}]
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ranking: {ties: [{uncovered: implantation.departement}]}", "ce que couvrent déjà"),
        (ORDERED, "un ordre qui lui est propre"),
    ],
)
def test_the_reason_is_that_of_the_policy(text: str, why: str) -> None:
    assert why in frozen(policy(text))
    assert frozen(policy("ranking: {ties: [zonage]}")) == ""
