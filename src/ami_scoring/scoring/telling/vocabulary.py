"""The French words of the language of policies: what each choice means, and how each field is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ami_scoring.domain.budgets import Enough, Short
from ami_scoring.domain.criteria import MissingPolicy
from ami_scoring.domain.facts import FactType
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.selection import Every, Never, Scale
from ami_scoring.domain.simple_rules import Aggregate, Cell, Counting, End, Outside
from ami_scoring.domain.ties import Prefer, Ranks
from ami_scoring.domain.versions import Keep
from ami_scoring.scoring.telling.rules import AGGREGATES
from ami_scoring.scoring.words import TYPE_WORDS

CHOICES: Final[Mapping[type, Mapping[Any, str]]] = {
    FactType: TYPE_WORDS,
    Aggregate: AGGREGATES,
    MissingPolicy: {
        MissingPolicy.HOLD: "la candidature est à compléter",
        MissingPolicy.ZERO: "ce qui manque compte pour rien",
        MissingPolicy.REJECT: "la candidature est irrecevable",
    },
    Prefer: {
        Prefer.EARLIEST: "la date la plus ancienne devant",
        Prefer.LATEST: "la date la plus récente devant",
        Prefer.HIGHEST: "la valeur la plus haute devant",
        Prefer.LOWEST: "la valeur la plus basse devant",
        Prefer.YES: "celles qui répondent oui devant",
        Prefer.NO: "celles qui répondent non devant",
    },
    Ranks: {
        Ranks.COMPETITION: "1, 2, 2, 4 (un même rang, et les rangs occupés sont sautés)",
        Ranks.DENSE: "1, 2, 2, 3 (un même rang, et aucun n'est sauté)",
        Ranks.AVERAGE: "1 ; 2,5 ; 2,5 ; 4 (la moyenne des rangs occupés)",
    },
    Keep: {Keep.LAST: "la dernière version complète", Keep.BEST: "celle qui a le total le plus élevé"},
    Scale: {Scale.POINTS: "les points pondérés", Scale.MARK: "la note brute"},
    Short: {
        Short.STOP: "la répartition s'arrête",
        Short.SKIP: "on passe à la suivante",
        Short.NEAREST: "celles d'un même total sont admises ensemble, au plus près de ce qui est à admettre",
    },
    Enough: {
        Enough.RANK: "les minimums s'appliquent",
        Enough.ALL: "toutes les candidatures recevables sont retenues, sans minimum",
    },
    Outside: {Outside.CLAMP: "les points de l'extrémité", Outside.REFUSE: "la candidature est refusée"},
    Counting: {
        Counting.COMPLETED: "les tranches entières",
        Counting.STARTED: "les tranches commencées",
        Counting.EXACT: "le prorata exact",
    },
    Never: {Never.NEVER: "aucun : le comité délibère de chaque place"},
    Every: {Every.ALL: "toutes les candidatures qui passent les minimums"},
    Cell: {Cell.IMPOSSIBLE: "deux réponses qui s'excluent"},
    End: {End.LOWEST: "la plus basse", End.HIGHEST: "la plus haute"},
}
"""What each choice of the language means, by kind of choice: texts such as `lowest` belong to several."""

TITLES: Final[Mapping[tuple[str, str], str]] = {
    ("DeclaredFact", "name"): "Nom",
    ("ComputedFact", "name"): "Nom",
    ("ComputedFact", "type"): "Type",
    ("ComputedFact", "rule"): "Règle",
    ("Parameter", "name"): "Nom",
    ("Parameter", "values"): "Valeurs",
    ("Wave", "zoning"): "Table de zonage",
    ("Gate", "label"): "Énoncé",
    ("Criteria", "parameters"): "Paramètres",
    ("Threshold", "on"): "Porte sur",
    ("Threshold", "at_least"): "Minimum",
    ("Threshold", "share"): "Part du maximum, au moins",
    ("Quota", "at_least"): "Places garanties",
    ("Envelope", "share"): "Part du montant total",
    ("Envelope", "order"): "Ordre propre",
    ("Budget", "ask"): "Montant demandé",
    ("Budget", "when_short"): "Quand le reste ne suffit pas",
    ("Budget", "when_enough"): "Quand les demandes ne dépassent pas le montant",
    ("Selection", "decides_from"): "Total à partir duquel la note décide",
    ("Bands", "bands"): "Tranches",
    ("Linear", "knots"): "Points de passage",
    ("Linear", "outside"): "Au-delà des points de passage",
    ("PerUnit", "count"): "Ce qui compte",
    ("Item", "id"): "Nom court",
    ("Cases", "rows"): "Cas",
    ("Cases", "otherwise"): "Points dans les autres cas",
    ("Table", "points"): "Points",
    ("Judgement", "on"): "Sujet jugé",
    ("Judgement", "aggregate"): "Note retenue",
    ("Judgement", "lowest_mark"): "Note la plus basse",
    ("Judgement", "tiers"): "Niveaux décrits",
    ("Relative", "best"): "Meilleure valeur",
}
"""How a field is called where its title in the schema explains more than a line can hold."""


def title_of(kind: type[Model], name: str) -> str:
    """Give the first words of a field's title: « Poids : points au plus dans le total » is « Poids »."""
    title = TITLES.get((kind.__name__, name)) or kind.model_fields[name].title or name
    return title.partition(" : ")[0].partition(" (")[0]
