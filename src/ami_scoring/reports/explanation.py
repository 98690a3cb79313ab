"""Why one candidature has its total: everything needed to redo it by hand, as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from ami_scoring.domain.computed import COMPUTED, PARAMETERS, ComputedFact
from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.criteria import Criterion, CriterionTie, DrawTie, FactTie, MissingPolicy, Tie, Wave
from ami_scoring.domain.facts import Fact, Missing, Value
from ami_scoring.domain.rules import facts_read
from ami_scoring.domain.scores import Evaluation, Mark, Origin, Scored, SetAside, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.findings import AmiScoringError, Location
from ami_scoring.messages import NO_BREAK, Message, printable, spell, typeset
from ami_scoring.scoring.computing import with_operands
from ami_scoring.scoring.conditions import holds
from ami_scoring.scoring.derived import MONTHS, counts_months, derivation
from ami_scoring.scoring.ranking import draw_number
from ami_scoring.scoring.reasons import Sign, Step, missing_word, standing_reasons, steps
from ami_scoring.scoring.retrial import retrial
from ami_scoring.scoring.rules import evaluate
from ami_scoring.scoring.sufficient import is_out_of_reach, least_total, unmet_thresholds, what_would_suffice
from ami_scoring.scoring.wording import (
    computed_word,
    condition_word,
    inner,
    number_word,
    points_word,
    scale_words,
    value_word,
)

BAR = 20
MAX_EQUALS = 5
_SIGNS = {Sign.COUNTED: "✓", Sign.UNMET: "✗", Sign.UNKNOWN: "?", Sign.PLAIN: "·"}
_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


class UnknownReferenceError(AmiScoringError):
    """Raised when no candidature read has the reference asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """The candidature asked for: ranked, or set aside."""

    standing: Standing | None
    aside: SetAside | None

    @property
    def origin(self) -> Origin:
        """The file it came from."""
        if self.standing is not None:
            return self.standing.entry.origin
        assert self.aside is not None  # noqa: S101 - one of the two, by construction
        return self.aside.origin

    @property
    def scored(self) -> Scored | None:
        """Its score, when it got one."""
        if self.standing is not None:
            return self.standing.scored
        return self.aside.scored if self.aside else None

    @property
    def values(self) -> Mapping[str, Value]:
        """The facts that were read."""
        if self.scored is not None:
            return self.scored.card.values
        return (self.aside.values if self.aside else None) or {}

    @property
    def wave(self) -> Wave | None:
        """The wave that it was read in, when it was."""
        return self.scored.wave if self.scored else self.aside.wave if self.aside else None


def find(evaluation: Evaluation, reference: str) -> Found:
    """Find a candidature by its reference, whatever became of it. Raises `UnknownReferenceError`."""
    wanted = reference.casefold()
    for standing in evaluation.standings:
        if standing.entry.reference.casefold() == wanted:
            return Found(standing, None)
    for aside in evaluation.set_aside:
        if aside.reference is not None and aside.reference.casefold() == wanted:
            return Found(None, aside)
    message = f"aucune candidature lue ne porte la référence « {printable(reference)} »."
    raise UnknownReferenceError(message)


def explanation(
    evaluation: Evaluation,
    found: Found,
    places: Mapping[str, tuple[Location, ...]],
    *,
    width: int = 100,
    colour: bool = False,
) -> str:
    """Tell the whole story of one candidature. `places` gives, by fact, where it was read."""
    page = _Page(width, colour=colour)
    _write_head(page, evaluation, found)
    scored = found.scored
    _write_gates(page, evaluation, found, places)
    if scored is not None:
        for number, root in enumerate(evaluation.criteria.criteria, start=1):
            _write_criterion(page, evaluation, found, root, str(number), places)
        _write_total(page, evaluation, scored)
    if found.standing is not None:
        _write_standing(page, evaluation, found.standing)
    if scored is not None and any(_counts_months(evaluation, name) for name in found.values):
        page.blank()
        page.write(MONTHS, dim=True)
    if evaluation.criteria.call.notice:
        page.blank()
        page.write(evaluation.criteria.call.notice, dim=True)
    return page.text()


class _Page:
    """Lines of text, wrapped to a width, with bold and dim where colour is wanted."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self._width = max(width, 40)
        self._colour = colour
        self._lines: list[str] = []

    def write(self, text: str, indent: int = 0, *, bold: bool = False, dim: bool = False, hang: int = 0) -> None:
        margin = " " * indent
        wrapped = textwrap.wrap(
            typeset(printable(text)),
            self._width,
            initial_indent=margin,
            subsequent_indent=margin + " " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        style = _BOLD if bold else _DIM if dim else ""
        self._lines.extend(f"{style}{line}{_RESET}" if style and self._colour else line for line in wrapped)

    def blank(self) -> None:
        self._lines.append("")

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def _write_head(page: _Page, evaluation: Evaluation, found: Found) -> None:
    entry = found.standing.entry if found.standing else found.aside.entry if found.aside else None
    reference = entry.reference if entry else (found.aside.reference if found.aside else None) or "sans référence"
    if entry is None:
        page.write(reference, bold=True)
    else:
        candidature = entry.candidature
        commune = candidature.place.main_commune
        where = f"{commune.name or commune.code_insee} ({candidature.department})"
        page.write(f"{reference} · {candidature.applicant.name} · {where}", bold=True, hang=2)
    wave = f", {found.scored.wave.name}" if found.scored else ""
    deposited = f" · déposée le {spell(entry.candidature.submitted_at)}{wave}" if entry else ""
    page.write(f"{found.origin.path}, ligne {found.origin.line}{deposited}", dim=True, hang=2)
    page.write(
        f"Critères : {evaluation.criteria.call.title}, édition {evaluation.criteria.call.edition}", dim=True, hang=2
    )
    if found.aside is not None:
        page.blank()
        page.write(f"Statut : {found.aside.status}", bold=True)
        for reason in found.aside.reasons:
            page.write(f"· {reason}", 2, hang=2)


def _write_gates(page: _Page, evaluation: Evaluation, found: Found, places: Mapping[str, tuple[Location, ...]]) -> None:
    """Write the conditions that it had to meet, each with what was read."""
    criteria, values = evaluation.criteria, found.values
    if not values or not criteria.eligibility:
        return
    page.blank()
    page.write("Recevabilité", bold=True)
    for gate in criteria.eligibility:
        answer = holds(gate.require, values)
        sign = _SIGNS[Sign.UNKNOWN if answer is None else Sign.COUNTED if answer else Sign.UNMET]
        reference = f" ({gate.reference})" if gate.reference else ""
        page.write(f"{sign} {gate.label}{reference}", 3, hang=2)
        page.write(f"Condition : {condition_word(gate.require, criteria.catalogue)}", 5, hang=5)
        for name in with_operands(dict.fromkeys(facts_of(gate.require)), criteria):
            _write_fact(page, evaluation, found, name, 5, places)
    if found.aside is not None and found.aside.status is Status.INELIGIBLE:
        for leaf in criteria.leaves:
            outcome = evaluate(leaf.rule, values) if leaf.rule else None
            if outcome is not None and (outcome.refused or leaf.if_missing is MissingPolicy.REJECT):
                page.write(f"Critère « {inner(leaf.label)} »", 3, hang=2)
                for name in with_operands(facts_read(leaf.rule) if leaf.rule else (), criteria):
                    _write_fact(page, evaluation, found, name, 5, places)


def _write_criterion(  # noqa: PLR0913 - the page, what is told, and where it stands
    page: _Page,
    evaluation: Evaluation,
    found: Found,
    criterion: Criterion,
    number: str,
    places: Mapping[str, tuple[Location, ...]],
) -> None:
    scored = found.scored
    assert scored is not None  # noqa: S101 - only what was scored has criteria to tell
    mark = scored.card.marks[criterion.id]
    indent = 2 * number.count(".")
    page.blank()
    page.write(f"{number}. {criterion.label}", indent, bold=indent == 0, hang=len(number) + 2)
    page.write(f"{_bar(mark, criterion)} {_points_of(mark, criterion)}", indent + 3)
    if criterion.reference:
        page.write(f"Référence : {criterion.reference}", indent + 3, dim=True, hang=2)
    if criterion.rule is not None and mark.appraisal is not None:
        _write_facts(page, evaluation, found, criterion, indent + 3, places)
        for step in steps(criterion.rule, mark.appraisal.outcome, scored.card.values, evaluation.criteria.catalogue):
            _write_step(page, step, indent + 3)
        _write_weighing(page, criterion, mark, indent + 3)
        _write_missing(page, evaluation, criterion, mark, indent + 3)
    for place, child in enumerate(criterion.criteria or (), start=1):
        _write_criterion(page, evaluation, found, child, f"{number}.{place}", places)
    if criterion.criteria:
        page.blank()
        page.write(f"Sous-total {number} : {_sum_of(criterion, scored)}", indent + 3, hang=2)


def _write_facts(  # noqa: PLR0913 - the page, what is told, and where it stands
    page: _Page,
    evaluation: Evaluation,
    found: Found,
    criterion: Criterion,
    indent: int,
    places: Mapping[str, tuple[Location, ...]],
) -> None:
    assert criterion.rule is not None  # noqa: S101 - the caller's condition
    for name in with_operands(facts_read(criterion.rule), evaluation.criteria):
        _write_fact(page, evaluation, found, name, indent, places)
    for words in scale_words(criterion.rule, evaluation.criteria.catalogue):
        page.write(f"Barème : {words}", indent, hang=9)


def _write_fact(  # noqa: PLR0913 - the page, what is told, and where it stands
    page: _Page,
    evaluation: Evaluation,
    found: Found,
    name: str,
    indent: int,
    places: Mapping[str, tuple[Location, ...]],
) -> None:
    """Write a fact: where it was read and what it is, or how it was worked out."""
    fact, value = evaluation.criteria.catalogue[name], found.values[name]
    why = f" : {value.why}" if isinstance(value, Missing) and value.why else ""
    for computed in evaluation.criteria.computed:
        if f"{COMPUTED}{computed.name}" == name:
            _write_computed(page, evaluation, found, computed, indent)
            return
    if name.startswith(PARAMETERS):
        page.write(f"Paramètre : {fact.label} = {_parameter(evaluation, found, name)}{why}", indent, hang=5)
        return
    read_at = dict.fromkeys(filter(None, map(_place, places.get(name, ()))))
    where = f" ({', '.join(read_at)})" if read_at else ""
    made = _made_from(found, name)
    if made is None:
        page.write(f"Lu : {_read(fact, value)}{why}{where}", indent, hang=5)
    else:
        page.write(f"Lu : {fact.label}{where} : {made} = {value_word(fact, value)}{why}", indent, hang=5)


def _made_from(found: Found, name: str) -> str | None:
    entry = found.standing.entry if found.standing else found.aside.entry if found.aside else None
    if entry is None or found.wave is None:
        return None
    return derivation(name, entry.candidature, found.wave.closes_on)


def _counts_months(evaluation: Evaluation, name: str) -> bool:
    made = (each for each in evaluation.criteria.computed if f"{COMPUTED}{each.name}" == name)
    return counts_months(name) or any(each.operation == "months" for each in made)


def _read(fact: Fact, value: Value) -> str:
    if isinstance(value, Missing) and value.at_least is None:
        return f"{fact.label} : non renseigné"
    return f"{fact.label} = {value_word(fact, value)}"


def _write_computed(page: _Page, evaluation: Evaluation, found: Found, computed: ComputedFact, indent: int) -> None:
    """Write how a fact was worked out; of a rule, the working."""
    values, catalogue = found.values, evaluation.criteria.catalogue
    fact, value = catalogue[f"{COMPUTED}{computed.name}"], values[f"{COMPUTED}{computed.name}"]
    why = f" : {value.why}" if isinstance(value, Missing) and value.why else ""
    how = computed_word(computed, values, catalogue)
    page.write(f"Calculé : {fact.label} = {how} = {value_word(fact, value)}{why}", indent, hang=5)
    if computed.rule is not None:
        for step in steps(computed.rule, evaluate(computed.rule, values), values, catalogue):
            _write_step(page, step, indent + 5)


def _parameter(evaluation: Evaluation, found: Found, name: str) -> str:
    """Write the value of a parameter in force when the wave closed, since when, and the text that fixes it."""
    (parameter,) = (each for each in evaluation.criteria.parameters if f"{PARAMETERS}{each.name}" == name)
    assert found.wave is not None  # noqa: S101 - facts were read in a wave
    in_force = [each for each in parameter.values if each.from_ is None or each.from_ <= found.wave.closes_on]
    shown = value_word(evaluation.criteria.catalogue[name], found.values[name])
    if not in_force:
        return shown
    since = in_force[-1].from_
    told = [*([] if since is None else [f"depuis le {spell(since)}"]), *filter(None, [in_force[-1].reference])]
    return f"{shown} ({', '.join(told)})" if told else shown


def _place(where: Location) -> str:
    if where.cell is not None:
        return f"cellule{NO_BREAK}{where.cell}"
    return "" if where.line is None else f"ligne{NO_BREAK}{where.line}"


def _write_step(page: _Page, step: Step, indent: int) -> None:
    page.write(f"{_SIGNS[step.sign]} {step.brief or step.said}", indent, hang=2)
    for below in step.below:
        _write_step(page, below, indent + 2)


def _write_weighing(page: _Page, criterion: Criterion, mark: Mark, indent: int) -> None:
    if criterion.out_of is not None and mark.mark is not None and mark.points is not None:
        said = Message(
            "= note {mark} sur {out_of}, × poids {weight} ÷ {out_of} = {points}",
            {
                "mark": mark.mark,
                "out_of": criterion.out_of,
                "weight": criterion.weight,
                "points": points_word(mark.points),
            },
        )
        page.write(str(said), indent, hang=2)


def _write_missing(page: _Page, evaluation: Evaluation, criterion: Criterion, mark: Mark, indent: int) -> None:
    if not mark.missing:
        return
    labels = ", ".join(f"« {inner(evaluation.criteria.catalogue[name].label)} »" for name in mark.missing)
    policy = "sans quoi la candidature n'est pas classée"
    if criterion.if_missing is MissingPolicy.ZERO and mark.appraisal is not None:
        policy = f"{missing_word(criterion, mark.appraisal)} tant que cela manque"
    page.write(f"Manque : {labels}, {policy}. Le critère vaudrait de {_range(mark)}.", indent, hang=2)


def _write_total(page: _Page, evaluation: Evaluation, scored: Scored) -> None:
    roots = [scored.card.marks[root.id] for root in evaluation.criteria.criteria]
    added = " + ".join("?" if mark.points is None else spell(mark.points) for mark in roots)
    total = scored.card.total
    announced = all(root.counts_in_sum for root in evaluation.criteria.criteria)
    above = f" sur {spell(evaluation.criteria.total)}" if announced else ""
    page.blank()
    if total is None:
        low, high = spell(scored.card.low), spell(scored.card.high)
        page.write(f"Total : {added} = entre {low} et {high} points{above}", bold=True)
        return
    page.write(f"Total : {added} = {points_word(total)}{above}", bold=True)
    if scored.card.low != scored.card.high:
        page.write(f"Selon ce qui manque : de {spell(scored.card.low)} à {spell(scored.card.high)} points.", 3)


def _write_standing(page: _Page, evaluation: Evaluation, standing: Standing) -> None:
    rank = f"Rang {standing.rank}" if standing.rank is not None else "Pas encore de rang"
    tied = ", à égalité" if standing.tied else ""
    possible = ""
    if standing.rank_best != standing.rank_worst or standing.rank is None:
        possible = f" (possible : de {standing.rank_best} à {standing.rank_worst})"
    page.write(f"{rank}{tied}{possible} · statut : {standing.status}", bold=True)
    for reason in standing_reasons(standing, evaluation.criteria):
        page.write(f"· {reason}", 2, hang=2)
    _write_grant(page, evaluation, standing)
    _write_ties(page, evaluation, standing)
    if standing.entry.reference not in evaluation.cut.contested:
        _write_distance(page, evaluation, standing)


def _write_grant(page: _Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say what it gets of the budget, of what it asks for, and what those ranked before it had left."""
    budget = evaluation.criteria.selection.budget
    if budget is None or standing.granted is None:
        return
    fact, ask = evaluation.criteria.catalogue[budget.ask], standing.card.values[budget.ask]
    asked = "" if isinstance(ask, Missing) else f" sur {value_word(fact, ask)} demandés"
    left = ""
    if not budget.envelopes:
        ranks = ((one.granted, one.rank) for one in evaluation.standings)
        before = [granted for granted, rank in ranks if granted is not None and rank and rank < (standing.rank or 0)]
        rest = budget.amount * budget.times - sum(before, Fraction(0))
        left = f" ; à son tour, il restait {number_word(fact, rest)}"
    page.write(f"· {number_word(fact, standing.granted)} accordés{asked}{left}", 2, hang=2)


def _write_distance(page: _Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say how far it is from the cut: from the equals that contest it, or else from the last that got a place."""
    total, last, limit = standing.card.total, evaluation.cut.last_total, _contested_total(evaluation)
    if total is None:
        return
    if standing.status is Status.SELECTED:
        if last is not None and total > last:
            words = f"La dernière candidature retenue a {points_word(last)} : {spell(total - last)} de moins."
            page.write(words, 2, hang=2)
        return
    least = least_total(evaluation.criteria, standing.card)
    aims = [(total, "")]
    if limit is not None and (last is None or limit < last):
        aims.append((limit, f"rejoindre les candidatures à égalité à la limite ({spell(limit)})"))
    elif last is not None and not evaluation.cut.places_left:
        aims.append((last, f"rejoindre la dernière candidature retenue ({spell(last)})"))
    if least is not None:
        aims.append((least, f"atteindre le minimum ({spell(least)})"))
    reach, aim = max(aims, key=itemgetter(0))
    if total < reach:
        _write_gap(page, evaluation, standing, reach - total, aim)
    elif unmet_thresholds(evaluation.criteria, standing.card):
        _write_gap(page, evaluation, standing, Fraction(0), "")
    elif total == last and not standing.tied:
        page.write(
            "Même total que la dernière candidature retenue : c'est le départage prévu qui l'en sépare.", 2, hang=2
        )


def _write_ties(page: _Page, evaluation: Evaluation, standing: Standing) -> None:
    """Say what separates it from equal totals, so that its rank too can be redone by hand."""
    ties = evaluation.criteria.ranking.ties
    if not ties:
        return
    told = [_tie_word(evaluation, tie, standing) for tie in ties]
    page.write(f"À total égal, dans l'ordre : {' ; '.join(': '.join(each) for each in told)}.", 2, hang=2)
    total = standing.card.total
    equals = [one for one in evaluation.standings if one is not standing and one.card.total == total is not None]
    for rival in equals[:MAX_EQUALS]:
        for tie, (label, own) in zip(ties, told, strict=True):
            other = _tie_word(evaluation, tie, rival)[1]
            if other != own:
                page.write(f"Face à {rival.entry.reference}, même total : {label}: {own} contre {other}.", 2, hang=2)
                break


def _tie_word(evaluation: Evaluation, tie: Tie, standing: Standing) -> tuple[str, str]:
    """Name what tells equal totals apart, and what a candidature has of it."""
    match tie:
        case CriterionTie():
            points = standing.card.marks[tie.criterion].points
            shown = "en attente" if points is None else str(points_word(points))
            return f"« {inner(evaluation.criteria.by_id[tie.criterion].label)} » ", shown
        case FactTie():
            fact = evaluation.criteria.catalogue[tie.fact]
            return f"« {inner(fact.label)} » ", value_word(fact, standing.card.values[tie.fact])
        case DrawTie():
            reference = standing.entry.reference
            number = draw_number(tie.draw, reference)
            return "tirage au sort, le plus grand l'emporte ", f"SHA-256 de « {tie.draw}|{reference} » = {number[:16]}…"


def _contested_total(evaluation: Evaluation) -> Fraction | None:
    """Give the lowest total of the equals that contest the last places; None where nobody does."""
    tied = (one.card.total for one in evaluation.standings if one.entry.reference in evaluation.cut.contested)
    return min((total for total in tied if total is not None), default=None)


def _write_gap(page: _Page, evaluation: Evaluation, standing: Standing, gap: Fraction, aim: str) -> None:
    criteria, card = evaluation.criteria, standing.card
    refusing = [f"« {inner(label)} »" for label in unmet_thresholds(criteria, card)]
    page.blank()
    if gap:
        page.write(f"L'écart : il manque {points_word(gap)} pour {aim}.")
    if refusing:
        also = "aussi " if gap else ""
        who = f"C'est {also}le seuil {refusing[0]} qui l'écarte."
        if len(refusing) > 1:
            who = f"Ce sont {also}les seuils {' et '.join(refusing)} qui l'écartent."
        page.write(who, 2 if gap else 0, hang=2)
    status = retrial(evaluation, standing)
    ways = list(what_would_suffice(criteria, card, gap, lambda changes: status(changes) is Status.SELECTED))
    if ways:
        page.write(
            "Pour être retenue, il aurait suffi, toutes choses égales par ailleurs, d'une seule de ces conditions :",
            2,
            hang=2,
        )
    elif gap and is_out_of_reach(criteria, card, gap):
        page.write("Aucun critère, à lui seul, n'y aurait suffi.", 2)
    else:
        page.write("Aucun des changements examinés, d'un seul critère à la fois, n'aurait suffi.", 2, hang=2)
    for criterion, way in ways:
        page.write(f"· {criterion.label} : {way}", 2, hang=2)


def _sum_of(criterion: Criterion, scored: Scored) -> str:
    children = [scored.card.marks[child.id] for child in criterion.criteria or ()]
    added = " + ".join("?" if mark.points is None else spell(mark.points) for mark in children)
    mark = scored.card.marks[criterion.id]
    if mark.points is None:
        return f"{added}, de {_range(mark)}"
    plain = sum((child.points for child in children if child.points is not None), Fraction(0))
    capped = f" (plafonné, au lieu de {spell(plain)})" if plain != mark.points else ""
    return f"{added} = {points_word(mark.points)}{capped}"


def _points_of(mark: Mark, criterion: Criterion) -> str:
    above = "" if criterion.open_ended else f" sur {spell(criterion.weight)}"
    if mark.points is None:
        return f"en attente, de {_range(mark)}{above}"
    opened = f" (possible : de {_range(mark)})" if mark.low != mark.high else ""
    return f"{points_word(mark.points)}{above}{opened}"


def _range(mark: Mark) -> str:
    return f"{spell(mark.low)} à {points_word(mark.high)}"


def _bar(mark: Mark, criterion: Criterion) -> str:
    if not criterion.weight:
        return "░" * BAR
    sure = mark.low if mark.points is None else mark.points
    filled = min(BAR, max(0, int(BAR * sure / criterion.weight)))
    possible = min(BAR, max(filled, int(BAR * mark.high / criterion.weight)))
    return "█" * filled + "▒" * (possible - filled) + "░" * (BAR - possible)
