"""Rules, conditions and computed facts in the words of an elected official."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ami_scoring.domain.computed import ComputedFact
from ami_scoring.domain.conditions import AllOf, AnyCondition, AnyOf, FactCondition, Not
from ami_scoring.domain.facts import Fact, FactType, Value
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf
from ami_scoring.domain.simple_rules import (
    Aggregate,
    Band,
    Bands,
    Cell,
    Counting,
    End,
    Judgement,
    Linear,
    Lookup,
    Outside,
    PerUnit,
    Relative,
    SimpleRule,
    Table,
    own_facts,
)
from ami_scoring.exact import Fraction
from ami_scoring.messages import named, spell
from ami_scoring.scoring.words import (
    Catalogue,
    bound_word,
    choice_word,
    inner,
    number_word,
    points_word,
    singular,
    stated_word,
    value_word,
)

AGGREGATES: Final = {
    Aggregate.MEAN: "moyenne des avis",
    Aggregate.MEDIAN: "médiane des avis",
    Aggregate.LOWEST: "avis le plus bas",
    Aggregate.HIGHEST: "avis le plus haut",
    Aggregate.CONSENSUS: "accord de tous les avis",
}
_TESTS: Final = {
    "is_": "« {label} » : {value}",
    "is_not": "« {label} » : autre que {value}",
    "in_": "« {label} » : {value}",
    "not_in": "« {label} » : autre que {value}",
    "at_least": "« {label} » d'au moins {value}",
    "at_most": "« {label} » d'au plus {value}",
    "above": "« {label} » de plus de {value}",
    "below": "« {label} » de moins de {value}",
    "from_": "« {label} » à partir du {value}",
    "until": "« {label} » jusqu'au {value}",
    "after": "« {label} » après le {value}",
    "before": "« {label} » avant le {value}",
    "includes": "« {label} » : comprend {value}",
    "includes_any": "« {label} » : comprend {value}",
    "includes_all": "« {label} » : comprend {value}",
}
_COMPARED: Final = {
    "is_": "« {label} » : comme {value}",
    "is_not": "« {label} » : autre que {value}",
    "at_least": "« {label} » vaut au moins {value}",
    "at_most": "« {label} » vaut au plus {value}",
    "above": "« {label} » dépasse {value}",
    "below": "« {label} » vaut moins que {value}",
    "from_": "« {label} » le même jour que {value} ou après",
    "until": "« {label} » le même jour que {value} ou avant",
    "after": "« {label} » après {value}",
    "before": "« {label} » avant {value}",
}
"""The tests that compare a fact with another."""
_BETWEEN: Final = {
    (False, False): "de {} à moins de {}",
    (False, True): "de {} à {} inclus",
    (True, False): "plus de {} et moins de {}",
    (True, True): "plus de {} et {} inclus",
}
"""A band between two bounds, by whether the first is excluded and the second included."""
_BETWEEN_DAYS: Final = {
    (False, False): "à partir du {} et avant le {}",
    (False, True): "du {} au {}",
    (True, False): "après le {} et avant le {}",
    (True, True): "après le {} et jusqu'au {}",
}
_COMPOSED: Final = {"best_of": "le meilleur compte", "worst_of": "le moins bon compte", "sum_of": "tout s'ajoute"}


def band_word(fact: Fact, band: Band) -> str:
    """Write a band: `de 6 mois à moins de 12 mois`, `12 mois ou plus`, `avant le 1er avril 2022`."""
    low, high = band.lower, band.upper
    dated = fact.type is FactType.DATE
    if low is None and high is None:
        return "toute valeur"
    if low is None:
        words = ("avant le {}", "jusqu'au {}") if dated else ("moins de {}", "{} ou moins")
        return words[band.up_to is not None].format(bound_word(fact, high))
    if high is None:
        words = ("à partir du {}", "après le {}") if dated else ("{} ou plus", "plus de {}")
        return words[band.above is not None].format(bound_word(fact, low))
    between = _BETWEEN_DAYS if dated else _BETWEEN
    template = between[band.above is not None, band.up_to is not None]
    return template.format(bound_word(fact, low), bound_word(fact, high))


def scale_band_word(band: Band, fact: Fact, catalogue: Catalogue) -> str:
    """Write a band in a scale, with the parameters that state its bounds."""
    return f"{band_word(fact, band)}{stated_word(band, catalogue)}"


def condition_word(condition: AnyCondition, catalogue: Catalogue) -> str:
    """Write a condition as one reads it aloud."""
    match condition:
        case FactCondition():
            if condition.other is not None:
                return _comparison_word(condition, catalogue[condition.fact], catalogue[condition.other])
            return _test_word(condition, catalogue[condition.fact])
        case AllOf():
            return " et ".join(_grouped(part, catalogue) for part in condition.all_)
        case AnyOf():
            return " ou ".join(_grouped(part, catalogue) for part in condition.any_)
        case Not():
            return f"pas ({condition_word(condition.not_, catalogue)})"


def slice_word(rule: PerUnit, fact: Fact) -> str:
    """Write what earns points in a rule per unit: `par tranche entière de 2 ETP au-delà de 1 ETP`, `par emploi`."""
    is_whole = fact.type is FactType.INTEGER and rule.every == 1
    beyond = f" au-delà de {number_word(fact, rule.after)}" if rule.after else ""
    kind = {Counting.COMPLETED: " entière", Counting.STARTED: " commencée", Counting.EXACT: ""}[rule.count]
    if rule.every == 1 and (is_whole or rule.count is Counting.EXACT):
        each = f"par {singular(fact.unit) or 'unité'}"
    elif rule.every == 1 and not fact.unit:
        each = f"par unité{kind}"
    else:
        each = f"par tranche{kind} de {number_word(fact, rule.every)}"
    shared = ", au prorata" if rule.count is Counting.EXACT and not is_whole else ""
    return f"{each}{beyond}{shared}"


def scale_word(rule: SimpleRule, catalogue: Catalogue) -> str:
    """Write the whole scale of a rule: `ZIP = 30 ; ZAC = 18 ; sinon 0`."""
    fact = catalogue[own_facts(rule)[0]]
    match rule:
        case Table():
            parts = [
                f"{choice_word(row)} et {choice_word(column)} {_cell_word(points)}"
                for row, cells in rule.points.items()
                for column, points in cells.items()
            ]
            parts += [] if rule.otherwise is None else [f"sinon {spell(rule.otherwise)}"]
        case Lookup():
            parts = [f"{choice_word(name)} = {spell(points)}" for name, points in rule.points.items()]
            parts += [] if rule.otherwise is None else [f"sinon {spell(rule.otherwise)}"]
        case Bands():
            parts = [f"{scale_band_word(band, fact, catalogue)} = {spell(band.points)}" for band in rule.bands]
        case Linear():
            beyond = "constant au-delà" if rule.outside is Outside.CLAMP else "refusé au-delà"
            parts = [f"{number_word(fact, knot.at)} = {spell(knot.points)}" for knot in rule.knots]
            parts += [f"en ligne droite entre ces valeurs, {beyond}"]
        case Judgement():
            step = "" if rule.step is None else f" par pas de {spell(rule.step)}"
            marks = [f"note de {spell(rule.lowest)} à {spell(rule.highest)}{step}, {AGGREGATES[rule.aggregate]}"]
            if rule.tiers:
                marks = [
                    f"{name} = {spell(tier.points)} ({tier.text.rstrip('.')})" for name, tier in rule.tiers.items()
                ]
                marks += [AGGREGATES[rule.aggregate]]
            parts = [*marks, *_on_opinions(rule)]
        case Relative():
            ratio = "la sienne ÷ la plus haute du groupe"
            if rule.best is End.LOWEST:
                ratio = "la plus basse du groupe ÷ la sienne"
            parts = [f"{points_word(rule.most)} × {ratio}"]
            if rule.by_rank:
                order = (
                    "de la plus basse à la plus haute"
                    if rule.best is End.LOWEST
                    else "de la plus haute à la plus basse"
                )
                parts = [f"rang {place} = {spell(points)}" for place, points in enumerate(rule.by_rank, start=1)]
                parts += ["rangs suivants = 0", f"les valeurs du groupe rangées {order}, les égales au même rang"]
            if rule.within is not None:
                parts += [f"le groupe : celles qui ont le même « {inner(catalogue[rule.within].label)} »"]
        case PerUnit():
            parts = [f"{points_word(rule.points)} {slice_word(rule, fact)}"]
            parts += [] if rule.at_most is None else [f"{spell(rule.at_most)} au plus"]
    return " ; ".join(parts)


def _cell_word(points: Fraction | Cell) -> str:
    return "s'excluent" if points is Cell.IMPOSSIBLE else f"= {spell(points)}"


def _on_opinions(rule: Judgement) -> Iterator[str]:
    if rule.required > 1:
        yield f"{rule.required} avis requis"
    if rule.discuss_above is not None:
        yield f"à discuter si l'écart entre avis dépasse {spell(rule.discuss_above)}"


def scale_words(rule: AnyRule, catalogue: Catalogue) -> Iterator[str]:
    """Write the scale of a rule and of the rules below it, with what each names and where it stops."""
    match rule:
        case Checklist():
            items = [f"{item.label} = {spell(item.points)}" for item in rule.items]
            groups = [named([f"« {inner(rule.items[place].label)} »" for place in group]) for group in rule.rivals]
            yield " ; ".join([*items, *(f"de {group}, le meilleur seul compte" for group in groups), *_limits(rule)])
        case Cases():
            yield f"le premier cas rempli l'emporte ; sinon {spell(rule.otherwise)}"
            yield from (each for row in rule.rows if row.rule is not None for each in scale_words(row.rule, catalogue))
        case BestOf() | WorstOf() | SumOf():
            yield " ; ".join([_COMPOSED[rule.kind], *_limits(rule)])
            yield from (each for part in rule.rules for each in scale_words(part, catalogue))
        case _:
            named_facts = own_facts(rule)[:1] if isinstance(rule, Relative) else own_facts(rule)
            labels = " × ".join(catalogue[name].label for name in named_facts)
            yield f"{labels} : {scale_word(rule, catalogue)}"


def computed_word(computed: ComputedFact, values: Mapping[str, Value], catalogue: Catalogue) -> str:
    """Write how a fact was worked out: `Fonds propres ÷ Coût = 12 000 € ÷ 30 000 €`."""
    if computed.rule is not None:
        return "points que donne la règle de cette donnée"
    names = [catalogue[each].label if isinstance(each, str) else spell(each) for each in computed.operands]
    shown = [value_word(catalogue[e], values[e]) if isinstance(e, str) else spell(e) for e in computed.operands]
    return f"{_operation_word(computed.operation, names)} = {_operation_word(computed.operation, shown)}"


def _limits(rule: Checklist | BestOf | WorstOf | SumOf) -> list[str]:
    limits = ((rule.at_most, "au plus"), (rule.at_least, "au moins"))
    return [f"{spell(limit)} {words}" for limit, words in limits if limit is not None]


def _test_word(condition: FactCondition, fact: Fact) -> str:
    operator, operand = condition.operator, condition.operand
    if operator == "present":
        return f"« {inner(fact.label)} » : {'indiqué' if operand else 'non indiqué'}"
    if isinstance(operand, list):
        joint = {"includes_all": " et ", "not_in": " et "}.get(operator, " ou ")
        value = joint.join(map(choice_word, operand))
    else:
        value = choice_word(operand) if isinstance(operand, str) else bound_word(fact, operand)
    return _TESTS[operator].format(label=inner(fact.label), value=value)


def _comparison_word(condition: FactCondition, fact: Fact, other: Fact) -> str:
    """Write the comparison of two facts; of a parameter that has one value, with that value."""
    fixed = f" ({bound_word(other, other.settings[0])})" if len(other.settings) == 1 else ""
    return _COMPARED[condition.operator].format(label=inner(fact.label), value=f"« {inner(other.label)} »{fixed}")


def _grouped(condition: AnyCondition, catalogue: Catalogue) -> str:
    words = condition_word(condition, catalogue)
    return f"({words})" if isinstance(condition, (AllOf, AnyOf)) else words


def _operation_word(operation: str, parts: list[str]) -> str:
    match operation:
        case "ratio":
            return " ÷ ".join(parts)
        case "difference":
            return " − ".join(parts)
        case "sum_of":
            return " + ".join(parts)
        case "product_of":
            return " × ".join(parts)
        case "highest_of":
            return f"la plus grande de ({' ; '.join(parts)})"
        case "lowest_of":
            return f"la plus petite de ({' ; '.join(parts)})"
        case _:
            return " → ".join(parts)
