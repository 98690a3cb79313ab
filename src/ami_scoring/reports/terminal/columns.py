"""The columns of the ranking, from the standings: what each cell says, before anybody knows how wide the screen is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.evaluated import Decided, Evaluation, Fate
from ami_scoring.domain.facts import Fact, Missing
from ami_scoring.domain.scores import Mark
from ami_scoring.domain.standings import Firmness, Standing
from ami_scoring.exact import Fraction
from ami_scoring.messages import half_up, rounded
from ami_scoring.reports.terminal.glyphs import STYLES, Glyphs
from ami_scoring.reports.terminal.grid import Cell, Column
from ami_scoring.scoring.words import asked_fact, granted_heading, rank_word, total_decimals

ZONE_FACT: Final = "zonage"
"""The fact of the common catalogue that has a column of its own, when the policy reads it."""

_APPLICANT_LEAST, _COMMUNE_LEAST = 18, 16
_NAME_MOST, _WAVE_MOST = 44, 20
_HEAD_MOST = 14
_SHORT_FORMS: Final = {
    "communauté de communes": "CC",
    "communauté d'agglomération": "CA",
    "communauté d’agglomération": "CA",
    "communauté urbaine": "CU",
}


def ranking_columns(evaluation: Evaluation, standings: Sequence[Standing], glyphs: Glyphs) -> list[Column]:
    """Give every column that the evaluation can fill, from left to right."""
    criteria = evaluation.criteria
    columns = [
        _ranks(standings, glyphs),
        Column("reference", ("Dossier", ""), [Cell(glyphs.identifier(each.entry.reference)) for each in standings]),
        Column(
            "applicant",
            ("Porteur", ""),
            [Cell(applicant_name(each.entry.candidature, glyphs)) for each in standings],
            least=_APPLICANT_LEAST,
            most=_NAME_MOST,
        ),
        Column(
            "commune",
            ("Commune", ""),
            [Cell(*commune_name(each.entry.candidature, glyphs)) for each in standings],
            least=_COMMUNE_LEAST,
            most=_NAME_MOST,
        ),
    ]
    if any(ZONE_FACT in each.card.values for each in standings):
        columns.append(Column("zone", ("Zone", ""), [Cell(_zone(each, glyphs)) for each in standings]))
    if evaluation.wave is None and len({each.scored.wave.id for each in standings}) > 1:
        waves = [Cell(glyphs.clean(each.scored.wave.name)) for each in standings]
        columns.append(Column("wave", ("Vague", ""), waves, most=_WAVE_MOST))
    columns.extend(_criterion(root, standings, criteria, glyphs) for root in criteria.criteria)
    columns.append(_totals(standings, evaluation, glyphs))
    ask = asked_fact(criteria)
    columns += [] if ask is None else [_grants(ask, standings, criteria, glyphs)]
    columns.append(_statuses(standings, glyphs))
    return columns if evaluation.decided is None else [*columns, _decided(standings, evaluation.decided, glyphs)]


def applicant_name(candidature: Candidature, glyphs: Glyphs) -> str:
    """Name the applicant, with the usual short form of an intercommunality's long one."""
    name = candidature.applicant.name
    for long, short in _SHORT_FORMS.items():
        if name.casefold().startswith(long + " "):
            name = short + name[len(long) :]
    return glyphs.clean(name)


def commune_name(candidature: Candidature, glyphs: Glyphs) -> tuple[str, str]:
    """Name the main commune, then its département and how many other communes there are.

    Without a name, its code stands where it is never cut; it begins with the département.
    """
    place = candidature.place
    main = place.main_commune
    others = len(place.communes) - 1
    more = f" +{others}" if others else ""
    if main.name is None:
        return "commune", f" {main.code_insee}{more}"
    return glyphs.clean(main.name), f" ({candidature.department}){more}"


def _ranks(standings: Sequence[Standing], glyphs: Glyphs) -> Column:
    slot = "  " if any(each.tied for each in standings) else ""
    cells = []
    for each in standings:
        rank = rank_word(each.shown_rank, glyphs.dash)
        open_range = each.rank is None or each.rank_best != each.rank_worst
        spread = glyphs.interval(str(each.rank_best), str(each.rank_worst)) if open_range else ""
        cells.append(Cell(rank + (" =" if each.tied else slot), spread, "bold"))
    return Column("rank", ("Rang", ""), cells, figures=True)


def _zone(standing: Standing, glyphs: Glyphs) -> str:
    value = standing.card.values.get(ZONE_FACT, "")
    return "?" if isinstance(value, Missing) else glyphs.clean(str(value))


def _criterion(criterion: Criterion, standings: Sequence[Standing], criteria: Criteria, glyphs: Glyphs) -> Column:
    marks = [each.card.marks[criterion.id] for each in standings]
    decimals = _decimals_needed((mark.points for mark in marks), criteria.decimals)
    slot = " " if any(mark.points is not None and mark.low != mark.high for mark in marks) else ""
    name = glyphs.clean(criterion.column)
    head = name if len(name) <= _HEAD_MOST else name[: _HEAD_MOST - len(glyphs.ellipsis)].rstrip() + glyphs.ellipsis
    distinct = {(mark.points, mark.low, mark.high): mark for mark in marks}
    drawn = {key: _mark(mark, criterion.announced, decimals, slot, glyphs) for key, mark in distinct.items()}
    cells = [drawn[mark.points, mark.low, mark.high] for mark in marks]
    return Column("criteria", (head, _out_of(criterion.announced, criteria, glyphs)), cells, figures=True)


def _out_of(most: Fraction | None, criteria: Criteria, glyphs: Glyphs) -> str:
    """Write the maximum announced under a heading, where there is one."""
    return "" if most is None else "/" + glyphs.clean(rounded(most, _decimals_needed([most], criteria.decimals)))


def _mark(mark: Mark, most: Fraction | None, decimals: int, slot: str, glyphs: Glyphs) -> Cell:
    sure = mark.low if mark.points is None else mark.points
    bar = None if most is None else (float(sure / most), float(mark.high / most))
    if mark.points is None:
        return Cell("?" + slot, bar=bar)
    number = glyphs.clean(rounded(mark.points, decimals))
    return Cell(number + ("?" if mark.low != mark.high else slot), bar=bar)


def _totals(standings: Sequence[Standing], evaluation: Evaluation, glyphs: Glyphs) -> Column:
    criteria, decimals = evaluation.criteria, total_decimals(evaluation)
    cells = []
    for each in standings:
        card = each.card
        total = glyphs.dash if card.total is None else glyphs.clean(rounded(card.total, decimals))
        low, high = total_range(each, criteria, glyphs)
        is_open = low != high
        flag = "?" if is_open and card.total is not None else ""
        cells.append(Cell(total, glyphs.interval(low, high) if is_open else "", "bold", flag))
    return Column("total", ("Total", _out_of(criteria.announced, criteria, glyphs)), cells, figures=True)


def _grants(ask: Fact, standings: Sequence[Standing], criteria: Criteria, glyphs: Glyphs) -> Column:
    granted = [each.granted for each in standings]
    decimals = _decimals_needed(granted, criteria.decimals)
    cells = [
        Cell(glyphs.dash if amount is None else glyphs.clean(rounded(amount, decimals)), style="bold")
        for amount in granted
    ]
    return Column("granted", (granted_heading(criteria), glyphs.clean(ask.unit or "")), cells, figures=True)


def total_range(standing: Standing, criteria: Criteria, glyphs: Glyphs) -> tuple[str, str]:
    """Write the lowest and the highest total that missing information allows."""
    card = standing.card
    low = glyphs.clean(rounded(card.low, criteria.decimals))
    return low, low if card.low == card.high else glyphs.clean(rounded(card.high, criteria.decimals))


def _statuses(standings: Iterable[Standing], glyphs: Glyphs) -> Column:
    return Column("status", ("Statut", ""), [_status(each, glyphs) for each in standings])


def _status(standing: Standing, glyphs: Glyphs) -> Cell:
    """Say whether a place is firm or provisional, or else the status and whether a place is still possible."""
    sign, style = glyphs.statuses[standing.status], STYLES[standing.status]
    match standing.firmness:
        case Firmness.FIRM:
            return Cell(f"{sign} {glyphs.clean(standing.firmness.value)}", style=style)
        case Firmness.PROVISIONAL:
            return Cell(f"{glyphs.provisional} {glyphs.clean(standing.firmness.value)}", style="green")
        case Firmness.POSSIBLE:
            return Cell(f"{sign} {glyphs.clean(standing.status.value)} {glyphs.possible}", style=style)
        case Firmness.IMPOSSIBLE:
            return Cell(f"{sign} {glyphs.clean(standing.status.value)}", style=style)


def _decided(standings: Iterable[Standing], decided: Decided, glyphs: Glyphs) -> Column:
    """Say what people decided, beside what was computed; in bold where it is something else."""
    fates = [decided.fates[each.entry.reference] for each in standings]
    cells = [Cell(_fate(each, glyphs), style="bold" if each.differs else "dim") for each in fates]
    return Column("decided", ("Décidé", ""), cells)


def _fate(fate: Fate, glyphs: Glyphs) -> str:
    words = glyphs.clean(fate.decided.value)
    return words if fate.call is None else f"{words}, no {fate.call}"


def _decimals_needed(numbers: Iterable[Fraction | None], most: int) -> int:
    needed = max((_decimals(number, most) for number in set(numbers) if number is not None), default=0)
    return min(needed, most)


def _decimals(number: Fraction, most: int) -> int:
    shown = half_up(number, most)
    return next(count for count in range(most + 1) if (shown * 10**count).denominator == 1)
