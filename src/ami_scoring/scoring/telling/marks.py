"""Why a criterion gives what it gives, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, SumOf, WorstOf, parts_of
from ami_scoring.domain.scores import Appraisal, Mark, Outcome, ScoreCard
from ami_scoring.domain.simple_rules import Bands, Judgement, Linear, Lookup, PerUnit, Relative, Table
from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, spell
from ami_scoring.scoring.telling.vocabulary import CHOICES
from ami_scoring.scoring.telling.working import Step, addition, steps
from ami_scoring.scoring.words import inner, points_word


def sentence(criterion: Criterion, mark: Mark, card: ScoreCard, criteria: Criteria) -> Message:
    """Say in one sentence why a criterion gives what it gives."""
    if criterion.rule is None or mark.appraisal is None:
        return _sum_sentence(criterion, mark, card)
    told = steps(criterion.rule, mark.appraisal.outcome, card.values, criteria.catalogue)
    parts = [
        *(said for step in told for said in _flat(step, criterion.rule, mark.appraisal.outcome)),
        *_weighing(criterion, mark),
        *_open(criterion, mark.appraisal, mark, criteria),
    ]
    return Message("{parts}.", {"parts": " ; ".join(str(part) for part in parts)})


def is_judged_alone(criterion: Criterion) -> bool:
    """Say whether a criterion waits for opinions of the jury and for nothing else."""
    return criterion.rule is not None and _is_judged(criterion.rule)


def _is_judged(rule: AnyRule) -> bool:
    return isinstance(rule, Judgement) or (
        isinstance(rule, BestOf | WorstOf | SumOf) and all(map(_is_judged, parts_of(rule)))
    )


def missing_clause(criterion: Criterion) -> str:
    """Say what a policy does with a candidature while something that a criterion reads is missing."""
    if criterion.if_missing is MissingPolicy.HOLD and is_judged_alone(criterion):
        return "tant qu'un avis requis manque : la candidature est en « avis attendu »"
    return f"si une donnée manque : {CHOICES[MissingPolicy][criterion.if_missing]}"


def missing_word(criterion: Criterion, appraisal: Appraisal) -> str:
    """Say what becomes of a mark from which something is missing."""
    if appraisal.mark is None and criterion.if_missing is MissingPolicy.ZERO:
        return "en attente d'une correction"
    if criterion.if_missing is not MissingPolicy.ZERO:
        return Status.AWAITED.value if is_judged_alone(criterion) else Status.TO_COMPLETE.value
    if appraisal.mark == appraisal.outcome.points:
        return "compté pour rien"
    return f"compté pour rien, la note étant ramenée à {spell(appraisal.mark)} par l'échelle"


def _flat(step: Step, rule: AnyRule, outcome: Outcome) -> Iterator[Message]:
    """Put in one sentence the branch that decided, without the lines that explain the others."""
    yield step.said
    match rule:
        case BestOf() | WorstOf():
            place = outcome.branch
            yield from _flat(step.below[place], rule.rules[place], outcome.parts[place])
        case SumOf():
            for below, part, found in zip(step.below, rule.rules, outcome.parts, strict=True):
                yield from _flat(below, part, found)
        case Cases() if outcome.parts and (nested := rule.rows[outcome.branch].rule) is not None:
            yield from _flat(step.below[outcome.branch].below[0], nested, outcome.parts[0])
        case _:
            pass


def _sum_sentence(criterion: Criterion, mark: Mark, card: ScoreCard) -> Message:
    children = [card.marks[child.id] for child in criterion.criteria or ()]
    if mark.points is None:
        return Message("en attente : entre {low} et {high}.", {"low": mark.low, "high": points_word(mark.high)})
    added = addition([child.points for child in children if child.points is not None])
    total = sum((child.points for child in children if child.points is not None), Fraction(0))
    if total != mark.points:
        return Message(
            "{added} = {total}, plafonné à {points}.",
            {"added": added, "total": total, "points": points_word(mark.points)},
        )
    return Message("{added} = {points}.", {"added": added, "points": points_word(mark.points)})


def _weighing(criterion: Criterion, mark: Mark) -> Iterator[Message]:
    if criterion.out_of is not None and mark.mark is not None and mark.points is not None:
        yield Message(
            "{mark} × {weight} ÷ {out_of} = {points}",
            {
                "mark": mark.mark,
                "weight": criterion.weight,
                "out_of": criterion.out_of,
                "points": points_word(mark.points),
            },
        )


def _open(criterion: Criterion, appraisal: Appraisal, mark: Mark, criteria: Criteria) -> Iterator[Message]:
    if appraisal.missing:
        labels = ", ".join(f"« {inner(criteria.catalogue[name].label)} »" for name in appraisal.missing)
        yield Message(
            "{lacking}{policy} : de {low} à {high} possibles",
            {
                "lacking": "" if isinstance(criterion.rule, _SAYS_WHAT_IT_LACKS) else f"il manque {labels}, ",
                "policy": missing_word(criterion, appraisal),
                "low": mark.low,
                "high": points_word(mark.high),
            },
        )
    elif mark.low != mark.high:
        said = "de {low} à {high} selon ce que deviendront les candidatures à compléter ou à vérifier"
        if not criteria.comparisons:
            said = "de {low} à {high} selon ce que la vérification établira"
        yield Message(said, {"low": mark.low, "high": points_word(mark.high)})


_SAYS_WHAT_IT_LACKS = (Lookup, Bands, Linear, PerUnit, Table, Judgement, Relative, Cases)
