"""Why one candidature has its total: everything needed to redo it by hand, as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from ami_scoring.domain.computed import COMPUTED
from ami_scoring.domain.criteria import Criterion, CriterionTie, DrawTie, FactTie, MissingPolicy
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.rules import facts_read, own_facts, simple_rules
from ami_scoring.domain.scores import Evaluation, Mark, Origin, Scored, SetAside, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.findings import AmiScoringError, Location
from ami_scoring.messages import Message, printable, spell, typeset
from ami_scoring.scoring.computing import with_operands
from ami_scoring.scoring.ranking import draw_number
from ami_scoring.scoring.reasons import Sign, Step, missing_word, standing_reasons, steps
from ami_scoring.scoring.retrial import retrial
from ami_scoring.scoring.sufficient import is_out_of_reach, least_total, unmet_thresholds, what_would_suffice
from ami_scoring.scoring.wording import computed_word, inner, points_word, scale_word, value_word

BAR = 20
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
        return self.scored.card.values if self.scored else {}


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
    if scored is not None:
        for number, root in enumerate(evaluation.criteria.criteria, start=1):
            _write_criterion(page, evaluation, scored, root, str(number), places)
        _write_total(page, evaluation, scored)
    if found.standing is not None:
        _write_standing(page, evaluation, found.standing)
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
        page.write(f"{reference} · {candidature.applicant.name} · {where}", bold=True)
    wave = f", {found.scored.wave.name}" if found.scored else ""
    deposited = f" · déposée le {spell(entry.candidature.submitted_at)}{wave}" if entry else ""
    page.write(f"{found.origin.path}, ligne {found.origin.line}{deposited}", dim=True)
    page.write(f"Critères : {evaluation.criteria.call.title}, édition {evaluation.criteria.call.edition}", dim=True)
    page.blank()
    if found.aside is not None:
        page.write(f"Statut : {found.aside.status}", bold=True)
        for reason in found.aside.reasons:
            page.write(f"· {reason}", 2, hang=2)


def _write_criterion(  # noqa: PLR0913 - the page, what is told, and where it stands
    page: _Page,
    evaluation: Evaluation,
    scored: Scored,
    criterion: Criterion,
    number: str,
    places: Mapping[str, tuple[Location, ...]],
) -> None:
    mark = scored.card.marks[criterion.id]
    indent = 2 * number.count(".")
    page.blank()
    page.write(f"{number}. {criterion.label}", indent, bold=indent == 0)
    page.write(f"{_bar(mark, criterion)} {_points_of(mark, criterion)}", indent + 3)
    if criterion.reference:
        page.write(f"Référence : {criterion.reference}", indent + 3, dim=True, hang=2)
    if criterion.rule is not None and mark.appraisal is not None:
        _write_facts(page, evaluation, scored, criterion, indent + 3, places)
        for step in steps(criterion.rule, mark.appraisal.outcome, scored.card.values, evaluation.criteria.catalogue):
            _write_step(page, step, indent + 3)
        _write_weighing(page, criterion, mark, indent + 3)
        _write_missing(page, evaluation, criterion, mark, indent + 3)
    for place, child in enumerate(criterion.criteria or (), start=1):
        _write_criterion(page, evaluation, scored, child, f"{number}.{place}", places)
    if criterion.criteria:
        page.blank()
        page.write(f"Sous-total {number} : {_sum_of(criterion, scored)}", indent + 3, hang=2)


def _write_facts(  # noqa: PLR0913 - the page, what is told, and where it stands
    page: _Page,
    evaluation: Evaluation,
    scored: Scored,
    criterion: Criterion,
    indent: int,
    places: Mapping[str, tuple[Location, ...]],
) -> None:
    assert criterion.rule is not None  # noqa: S101 - the caller's condition
    computed = {f"{COMPUTED}{each.name}": each for each in evaluation.criteria.computed}
    for name in with_operands(facts_read(criterion.rule), evaluation.criteria):
        fact = evaluation.criteria.catalogue[name]
        value = scored.card.values[name]
        why = f" : {value.why}" if isinstance(value, Missing) and value.why else ""
        if name in computed:
            how = computed_word(computed[name], scored.card.values, evaluation.criteria.catalogue)
            page.write(f"Calculé : {fact.label} = {how} = {value_word(fact, value)}{why}", indent, hang=5)
            continue
        read_at = dict.fromkeys(filter(None, map(_place, places.get(name, ()))))
        where = f" ({', '.join(read_at)})" if read_at else ""
        page.write(f"Lu : {fact.label} = {value_word(fact, value)}{why}{where}", indent, hang=5)
    for rule in simple_rules(criterion.rule):
        catalogue = evaluation.criteria.catalogue
        labels = " × ".join(catalogue[name].label for name in own_facts(rule))
        page.write(f"Barème : {labels} : {scale_word(rule, catalogue)}", indent, hang=9)


def _place(where: Location) -> str:
    if where.cell is not None:
        return f"cellule {where.cell}"
    return "" if where.line is None else f"ligne {where.line}"


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
    labels = ", ".join(f"« {evaluation.criteria.catalogue[name].label} »" for name in mark.missing)
    policy = "sans quoi la candidature n'est pas classée"
    if criterion.if_missing is MissingPolicy.ZERO and mark.appraisal is not None:
        policy = f"{missing_word(criterion, mark.appraisal)} tant qu'il manque"
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
    _write_ties(page, evaluation, standing)
    if standing.entry.reference not in evaluation.cut.contested:
        _write_distance(page, evaluation, standing)


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
    told = []
    for tie in evaluation.criteria.ranking.ties:
        match tie:
            case CriterionTie():
                points = standing.card.marks[tie.criterion].points
                shown = "en attente" if points is None else points_word(points)
                told.append(f"« {evaluation.criteria.by_id[tie.criterion].label} » : {shown}")
            case FactTie():
                fact = evaluation.criteria.catalogue[tie.fact]
                told.append(f"« {fact.label} » : {value_word(fact, standing.card.values[tie.fact])}")
            case DrawTie():
                number = draw_number(tie.draw, standing.entry.reference)
                told.append(f"tirage au sort : SHA-256 de « {tie.draw}|{standing.entry.reference} » = {number[:16]}…")
    if told:
        page.write(f"À total égal, dans l'ordre : {' ; '.join(told)}.", 2, hang=2)


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
