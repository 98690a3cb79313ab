"""A rule as the lines of a table: every branch with its points, further in the deeper it stands."""

from __future__ import annotations

import pytest
from tests.scoring.building import catalogue_with, plain, read, rule_of

from ami_scoring.scoring.telling import rule_lines

FACTS = catalogue_with([{"name": "n", "type": "integer", "label": "N"}])
N = "fact: complements.n"
EACH = f"{{kind: per_unit, {N}, points: 1}}"


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        (
            f"{{kind: per_unit, {N}, points: 2, at_most: 6}}",
            [(0, "N :", None), (1, "par unité", 2), (1, "au plus", 6)],
        ),
        (
            f"{{kind: linear, {N}, knots: [{{at: 0, points: 0}}, {{at: 9, points: 3}}], outside: refuse}}",
            [
                (0, "N :", None),
                (1, "0", 0),
                (1, "9", 3),
                (1, "en ligne droite entre ces valeurs, refusé au-delà", None),
            ],
        ),
        (
            f"{{kind: sum_of, at_least: 1, at_most: 5, rules: [{EACH}]}}",
            [
                (0, "La somme de :", None),
                (1, "N :", None),
                (2, "par unité", 1),
                (1, "au plus", 5),
                (1, "au moins", 1),
            ],
        ),
        (
            f"{{kind: cases, otherwise: 0, rows: [{{if: {{{N}, at_least: 3}}, rule: {EACH}}}]}}",
            [
                (0, "Le premier cas rempli l'emporte :", None),
                (1, "cas 1 : « N » d'au moins 3", None),
                (2, "N :", None),
                (3, "par unité", 1),
                (1, "aucun de ces cas", 0),
            ],
        ),
    ],
)
def test_a_rule_is_told_line_by_line(rule: str, lines: list[tuple[int, str, int | None]]) -> None:
    told = rule_lines(rule_of(read(rule)), FACTS)
    assert [(line.depth, plain(line.said), line.points) for line in told] == lines
