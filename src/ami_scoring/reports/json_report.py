"""The evaluation as JSON: a documented, versioned projection, apart from the types inside so that they can move.

Every key is in docs/formats.md. A key that changes its meaning or goes away changes `SCHEMA`; a new one does not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import Any, Final, NamedTuple, assert_never

from ami_scoring.domain.conditions import FactCondition
from ami_scoring.domain.criteria import Criteria, Criterion, Wave
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Award, Decided, Evaluation, Provenance
from ami_scoring.domain.facts import Fact, Missing, Opinions, Value
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import facts_read
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.standings import Firmness, SetAside, Standing, Status, Threat
from ami_scoring.domain.ties import Ranks
from ami_scoring.domain.verified import Verified
from ami_scoring.domain.waves import minimums_by_wave
from ami_scoring.exact import Fraction
from ami_scoring.findings import Finding
from ami_scoring.messages import Message, half_up, seen_in_json
from ami_scoring.processes import in_parts
from ami_scoring.scoring.telling import sentence
from ami_scoring.scoring.words import held_ranks, least_rivals, standing_reasons, total_decimals, value_word

SCHEMA: Final = 1
EXACT_ENOUGH: Final = 6
"""Decimals of what is not shown in points: weights, and the values of facts."""


def as_json(evaluation: Evaluation, top: int | None = None) -> str:
    """Write everything that an evaluation found; `top` leaves out of `ranking` the ranks beyond it."""
    return "".join(json_pieces(evaluation, top))


def json_pieces(evaluation: Evaluation, top: int | None = None) -> Iterator[str]:
    """Give the text of `as_json` piece by piece, for those who need not hold it whole."""
    before = "{\n"
    for key, value in _report(evaluation, top).items():
        yield f'{before} "{key}": '
        if isinstance(value, _Ranking):
            yield from value.pieces()
        elif isinstance(value, list) and value:
            yield _listed(map(_line, value))
        else:
            yield _text(value)
        before = ",\n"
    yield "\n}\n"


def _text(value: Any) -> str:
    # Without `indent`, the C encoder does the work: 0.4 s instead of 1.1 for 4,454 candidatures.
    return seen_in_json(json.dumps(value, ensure_ascii=False))


def _line(value: Any) -> str:
    """Write one line for each item of a list: whole candidatures compare and search as lines."""
    return f"  {_text(value)}"


def _listed(items: Iterable[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n ]"


class _Ranking(NamedTuple):
    """The candidatures that are ranked, each told when it is written."""

    standings: Sequence[Standing]
    tell: Callable[[Standing], dict[str, Any]]

    def pieces(self) -> Iterator[str]:
        """Write them, some at a time."""
        before = "[\n"
        for piece in in_parts(len(self.standings), self._lines):
            yield before + piece
            before = ",\n"
        yield "\n ]" if self.standings else "[]"

    def _lines(self, places: range) -> str:
        return ",\n".join(_line(self.tell(self.standings[place])) for place in places)


def _report(evaluation: Evaluation, top: int | None) -> dict[str, Any]:
    criteria, standings = evaluation.criteria, evaluation.standings
    if top is not None:
        standings = tuple(one for one in standings if one.shown_rank is None or one.shown_rank <= top)
    decimals, held = total_decimals(evaluation), held_ranks(evaluation)
    tellers = [_Teller(criterion, criteria) for criterion in criteria.by_id.values()]
    return {
        "schema": SCHEMA,
        "criteria": _policy(criteria),
        "provenance": _provenance(evaluation.provenance, criteria),
        "wave": evaluation.wave.id if evaluation.wave else None,
        "cut": _cut(evaluation, decimals),
        "counts": {
            status.value: evaluation.count(status)
            for status in Status
            if status is not Status.AWARDED or evaluation.provenance.awarded
        },
        "top": top,
        **({"awarded": [_award(one) for one in evaluation.awarded]} if evaluation.provenance.awarded else {}),
        **({} if evaluation.decided is None else {"decided": _decided(evaluation.decided)}),
        "ranking": _Ranking(standings, lambda standing: _placed(standing, evaluation, tellers, decimals, held)),
        "set_aside": [_aside(one) for one in evaluation.set_aside],
        "findings": [_finding(finding) for finding in evaluation.findings],
    }


def _policy(criteria: Criteria) -> dict[str, Any]:
    call = criteria.call
    return {
        "title": call.title,
        "edition": call.edition,
        "authority": call.authority,
        "notice": call.notice,
        "total": _number(criteria.total),
        "decimals": criteria.decimals,
        **({} if criteria.ranking.ranks is Ranks.COMPETITION else {"ranks": criteria.ranking.ranks.value}),
        "waves": [_wave(wave) for wave in criteria.waves],
        "criteria": [line for root in criteria.criteria for line in _tree(root, None)],
    }


def _wave(wave: Wave) -> dict[str, Any]:
    return {"id": wave.id, "label": wave.name, "closes": wave.closes.isoformat(), "zoning": wave.zoning}


def _tree(criterion: Criterion, parent: str | None) -> Iterator[dict[str, Any]]:
    yield {
        "id": criterion.id,
        "parent": parent,
        "label": criterion.label,
        "weight": _number(criterion.weight),
        "out_of": _number(criterion.top),
        "open_ended": criterion.open_ended,
        "reference": criterion.reference,
        "if_missing": None if criterion.rule is None else criterion.if_missing.value,
    }
    for child in criterion.criteria or ():
        yield from _tree(child, criterion.id)


def _provenance(provenance: Provenance, criteria: Criteria) -> dict[str, Any]:
    folder = PurePath(provenance.criteria.path).parent
    return {
        "version": provenance.version,
        "criteria": {"path": provenance.criteria.path, "sha256": provenance.criteria.sha256},
        "zonings": [
            {
                "path": origin.path,
                "sha256": origin.sha256,
                "edition": edition,
                "waves": [
                    wave.id
                    for wave in criteria.waves
                    if PurePath(origin.path) in {folder / each for each in (wave.zoning, wave.zoning_mergers) if each}
                ],
            }
            for origin, edition in provenance.zonings
        ],
        "candidatures": _files(provenance.candidatures),
        "assessments": _files(provenance.assessments),
        **({"mappings": _files(provenance.mappings)} if provenance.mappings else {}),
        **({"awarded": _files(provenance.awarded)} if provenance.awarded else {}),
        **({} if provenance.verifications is None else {"verifications": _files([provenance.verifications])[0]}),
        **({} if provenance.decisions is None else {"decisions": _files([provenance.decisions])[0]}),
        "assumptions": criteria.call.notice,
    }


def _files(origins: Iterable[Origin]) -> list[dict[str, str | None]]:
    by_path = sorted(origins, key=lambda origin: origin.path)
    return [{"path": origin.path, "sha256": origin.sha256 or None} for origin in by_path]


def _cut(evaluation: Evaluation, decimals: int) -> dict[str, Any]:
    cut = evaluation.cut
    by_wave = minimums_by_wave(evaluation.criteria)
    return {
        "places": cut.places,
        "selected": cut.selected,
        "firm": evaluation.firm,
        "unsettled": list(cut.unsettled),
        "places_left": None if cut.places is None else cut.places_left,
        "reserve": cut.reserve,
        "minimum": None if cut.minimum is None else _number(cut.minimum),
        **({} if not by_wave else {"minimum_by_wave": {wave.id: _number(each.at_least) for wave, each in by_wave}}),
        "last_total": _points(cut.last_total, decimals),
        "contested": sorted(cut.contested),
        **({} if cut.budget is None else {"budget": _number(cut.budget), "granted": _points(cut.granted, decimals)}),
        **({} if cut.enough is None else {"enough": str(cut.enough)}),
    }


class _Teller:
    """What is common to every mark of one criterion, worked out once."""

    def __init__(self, criterion: Criterion, criteria: Criteria) -> None:
        self.criterion = criterion
        self.criteria = criteria
        self.facts = () if criterion.rule is None else facts_read(criterion.rule)
        self.named = _named_items(criterion.rule)

    def tell(self, card: ScoreCard) -> dict[str, Any]:
        """Project the mark of a candidature."""
        mark, decimals = card.marks[self.criterion.id], self.criteria.decimals
        return {
            "mark": _points(mark.mark, decimals),
            "points": _points(mark.points, decimals),
            "points_exact": _exact(mark.points),
            "low": _points(mark.low, decimals),
            "high": _points(mark.high, decimals),
            "reason": str(sentence(self.criterion, mark, card, self.criteria)),
            "facts": {name: self._plain(name, card.values[name]) for name in self.facts},
            "missing": list(mark.missing),
        }

    def _plain(self, name: str, value: Value) -> Any:
        """Give a value as JSON has it; of a list, free text of the applicant, only the items that the rule names."""
        match value:
            case Missing():
                return None
            case bool():
                return value
            case int() | Fraction():
                return _number(value)
            case date():
                return value.isoformat()
            case frozenset():
                return sorted(value & self.named.get(name, frozenset()))
            case str() if (fact := self.criteria.catalogue[name]).is_free_text:
                return next((word for word in fact.words if fold(word) == fold(value)), None)
            case str():
                return str(value)
            case Opinions():
                return {"marks": [_number(mark) for mark in value.marks], "excluded": value.excluded}
            case _:
                assert_never(value)


def _named_items(node: object) -> dict[str, frozenset[str]]:
    """Gather, by fact, the categories that a rule names in its conditions."""
    named: dict[str, frozenset[str]] = {}
    for test in _tests(node):
        if isinstance(operand := test.test[1], frozenset):
            named[test.fact] = named.get(test.fact, frozenset()) | operand
    return named


def _tests(node: object) -> Iterator[FactCondition]:
    match node:
        case FactCondition():
            yield node
        case Model():
            for name in type(node).model_fields:
                yield from _tests(getattr(node, name))
        case list():
            for part in node:
                yield from _tests(part)
        case _:
            return


def _placed(
    standing: Standing, evaluation: Evaluation, tellers: Iterable[_Teller], decimals: int, held: Sequence[int]
) -> dict[str, Any]:
    criteria, entry, card = evaluation.criteria, standing.entry, standing.card
    is_open = standing.firmness is Firmness.PROVISIONAL
    candidature = entry.candidature
    commune = candidature.place.main_commune
    return {
        "rank": None if standing.shown_rank is None else _number(standing.shown_rank),
        **({} if criteria.ranking.ranks is Ranks.COMPETITION else {"rank_competition": standing.rank}),
        "rank_best": standing.rank_best,
        "rank_worst": standing.rank_worst,
        "tied": standing.tied,
        "reference": entry.reference,
        "status": standing.status.value,
        "firmness": standing.firmness.value,
        "threats": [_threat(threat) for threat in standing.threats],
        "threats_more": standing.others,
        "threats_least": least_rivals(evaluation, standing, held) if is_open else None,
        **(
            {}
            if standing.granted is None
            else {"granted": _points(standing.granted, decimals), "granted_exact": _exact(standing.granted)}
        ),
        "total": _points(card.total, decimals),
        "total_exact": _exact(card.total),
        "total_low": _points(card.low, decimals),
        "total_high": _points(card.high, decimals),
        "total_wide": card.is_wide,
        "applicant": candidature.applicant.name,
        "commune": commune.name,
        "commune_code": commune.code_insee,
        "department": candidature.department,
        "wave": standing.scored.wave.id,
        "file": entry.origin.path,
        "line": entry.origin.line,
        "criteria": {teller.criterion.id: teller.tell(card) for teller in tellers},
        "refused": list(dict.fromkeys(each.key for each in entry.refused)),
        **_checked(standing, criteria),
        "reasons": _said(standing_reasons(standing, criteria)),
    }


def _award(one: Award) -> dict[str, Any]:
    return {"reference": one.entry.reference, "wave": one.wave.id, "granted": _exact(one.granted)}


def _checked(standing: Standing, criteria: Criteria) -> dict[str, Any]:
    """Project what was verified of a candidature, and what is to be; nothing where nothing is."""
    verified = [_verified(each, criteria.catalogue[each.answer.fact]) for each in standing.entry.verified]
    to_verify = [answer.key for answer in standing.scored.unverified]
    return {**({"verified": verified} if verified else {}), **({"to_verify": to_verify} if to_verify else {})}


def _verified(each: Verified, fact: Fact) -> dict[str, Any]:
    return {
        "fact": each.answer.key,
        "declared": value_word(fact, each.declared),
        "value": value_word(fact, each.value),
        "by": each.by,
        "on": each.on.isoformat(),
        "source": each.source,
    }


def _threat(threat: Threat) -> dict[str, Any]:
    return {"reference": threat.reference, "file": threat.path, "need": str(threat.need)}


def _aside(one: SetAside) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "status": one.status.value,
        "reasons": _said(one.reasons),
        "file": one.origin.path,
        "line": one.origin.line,
    }


def _decided(decided: Decided) -> dict[str, Any]:
    """Project what people decided: beside the ranking, whose statuses stay those that were computed."""
    return {
        "entries": len(decided.register.decisions),
        "head": decided.register.head,
        "selected": list(decided.selected),
        "reserve": list(decided.reserve),
        "effects": [
            {"number": each.number, "said": str(each.said), "entered": list(each.entered), "left": list(each.left)}
            for each in decided.effects
        ],
        "candidatures": {
            reference: {
                "computed": fate.computed.value,
                "decided": fate.decided.value,
                "reserve_rank": fate.call,
                "decisions": list(fate.numbers),
                "said": _said(fate.said),
            }
            for reference, fate in decided.fates.items()
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": str(finding.message),
        "suggestion": None if finding.suggestion is None else str(finding.suggestion),
        "path": finding.where.path,
        "line": finding.where.line,
        "column": finding.where.column,
        "sheet": finding.where.sheet,
        "cell": finding.where.cell,
    }


def _said(reasons: Iterable[Message]) -> list[str]:
    return [str(reason) for reason in reasons]


def _points(points: Fraction | None, decimals: int) -> int | float | None:
    return None if points is None else _number(points, decimals)


def _number(number: int | Fraction, decimals: int = EXACT_ENOUGH) -> int | float:
    return _rounded(number.numerator, number.denominator, decimals)


@lru_cache(maxsize=65_536)
def _rounded(numerator: int, denominator: int, decimals: int) -> int | float:
    # The same few points come back in every candidature, and pairs of integers are found faster than fractions.
    shown = half_up(Fraction(numerator, denominator), decimals)
    return shown.numerator if shown.denominator == 1 else float(shown)


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else str(number)
