"""The sheet of figures: one row a candidature in the order of references, and the inputs in force above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ami_scoring.domain.standings import Firmness, Standing, Status
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.amounts import (
    EVALUATED_ROW,
    LIVE_ROW,
    UNKNOWN,
    add_amounts,
    hides_marks,
    input_scalars,
    is_weight,
    whole,
)
from ami_scoring.reports.workbook.book import (
    INPUT_COLUMN,
    MINIMUM_ROW,
    PLACES_ROW,
    POLICY,
    REFUSED_COLUMN,
    RESERVE_ROW,
    WORKING,
    Book,
)
from ami_scoring.reports.workbook.cells import cell, of, span
from ami_scoring.reports.workbook.columns import Grid, Value
from ami_scoring.reports.workbook.dossiers import Dossier, dossiers
from ami_scoring.reports.workbook.firmness import HEADING, add_firmness
from ami_scoring.reports.workbook.keys import LAST, add_keys
from ami_scoring.reports.workbook.limit import contested, last_total, tied_rank, weights_off
from ami_scoring.reports.workbook.numbering import UNRANKED, add_numbering, shown_rank
from ami_scoring.reports.workbook.places import add_choice, add_order, add_ranks, add_told_choice
from ami_scoring.reports.workbook.told import Names, Teller, reasons_of

FIRST_ROW: Final = 6
MOST_PLACES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """One figure above the rows: what it is, the formula in force, its value, and that of the evaluation."""

    label: str
    formula: str
    value: Value
    is_input: bool = False


@dataclass(frozen=True, slots=True)
class Working:
    """The sheet of figures, and how other sheets name its cells."""

    book: Book
    grid: Grid
    teller: Teller
    scalars: Mapping[int, Scalar]
    dossiers: Sequence[Dossier]
    """Every candidature, as people look for it."""

    def whole(self, name: str) -> str:
        """Name all the cells of a column."""
        return of(WORKING, self.grid.whole(name))

    def scalar(self, name: str) -> str:
        """Name a figure above the rows."""
        return of(WORKING, cell(LIVE_ROW, SCALARS.index(name)))

    def at(self, name: str, place: str) -> str:
        """Write what a column holds in the row whose number another cell holds."""
        return f"INDEX({self.whole(name)},{place})"

    def points_at(self, name: str, place: str) -> str:
        """Write points of a column as people read them; what is unknown stays `?`."""
        return f'IFERROR({self.at(name, place)}/{self.book.point},"{UNKNOWN}")'


SCALARS: Final = (
    "places",
    "reserve",
    "minimum",
    "trial",
    "invalid",
    "selected",
    "last",
    "ranked",
    "point",
    "contested",
    "tied_rank",
    "weights_off",
    "firm",
    "cut",
)


def working_of(book: Book) -> Working:
    """Build the sheet of figures from an evaluation."""
    grid = Grid(FIRST_ROW, len(book.rows))
    trial = cell(LIVE_ROW, SCALARS.index("trial"))
    _add_identity(grid, book, trial)
    add_amounts(grid, book, trial)
    if book.is_live:
        add_keys(grid, book, trial)
        add_ranks(grid, book, trial)
        if book.has_live_choice:
            names = ("places", "reserve", "minimum")
            add_choice(grid, book, *(cell(LIVE_ROW, SCALARS.index(name)) for name in names))
        else:
            add_told_choice(grid, book, trial)
        add_firmness(grid, book, *(cell(LIVE_ROW, SCALARS.index(name)) for name in ("places", "minimum", "trial")))
        add_order(grid, book)
    else:
        _add_frozen(grid, book)
    return Working(book, grid, Teller(book.criteria), _scalars(grid, book), dossiers(book))


def points_of(book: Book, value: Value) -> Value:
    """Give points as people read them, from a figure of the sheet."""
    return value if isinstance(value, str) else _plain(value / book.point)


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _add_identity(grid: Grid, book: Book, trial: str) -> None:
    rows = book.rows
    candidatures = [one.entry.candidature for one in rows]
    grid.add("numero", "N°", range(1, len(rows) + 1))
    grid.add("reference", "Référence", [texts.name(one.entry.reference) for one in rows])
    grid.add("porteur", "Porteur", [texts.name(each.applicant.name) for each in candidatures])
    communes = [each.place.main_commune for each in candidatures]
    grid.add("commune", "Commune", [texts.commune(each) for each in communes])
    grid.add("departement", "Département", [each.department for each in candidatures])
    grid.add("zone", "Zone", [texts.name(book.zone(one)) for one in rows])
    grid.add("vague", "Vague", [texts.name(one.scored.wave.name) for one in rows])
    _add_firm(grid, book, trial)
    grid.add("rang_evalue", "Rang évalué", [shown_rank(one) for one in rows])
    grid.add("total_evalue", "Total évalué", [_total(book, one) for one in rows])
    grid.add("statut_evalue", "Statut évalué", [str(one.status) for one in rows])
    grid.add("ordre_evalue", "Place évaluée", book.order)
    if book.evaluation.cut.budget is not None:
        grants = [UNRANKED if one.granted is None else float(one.granted) for one in rows]
        grid.add("accorde_evalue", "Accordé, à l'évaluation", grants)
    grid.add("solidite", "Solidité de la place, à l'évaluation", [one.firmness.value for one in rows])
    grid.add("ouverts", "Points et total encore ouverts (1)", [_open(book, one) for one in rows])
    names = Names(book.evaluation)
    grid.add("motif", "Motif du statut", [texts.capital(names.joined((*one.reasons, *one.elsewhere))) for one in rows])
    grid.add("motifs", "Motifs", [reasons_of(one, book.criteria, names) for one in rows])


def _open(book: Book, standing: Standing) -> str:
    """Say of each main criterion, then of the total, whether an answer that is missing could still change it."""
    card = standing.card
    marks = [card.marks[root.id] for root in book.criteria.criteria]
    ends = [*((mark.low, mark.high) for mark in marks), (card.low, card.high)]
    return "".join("01"[low != high] for low, high in ends)


def _add_firm(grid: Grid, book: Book, trial: str) -> None:
    """Add which candidatures have a rank, and what the others wait for.

    Those whose total is known whatever is missing have none in a trial: other weights may make it matter.
    """
    rows = book.rows
    firm, hidden = [int(one.scored.is_firm) for one in rows], [int(hides_marks(one)) for one in rows]
    waits = [str(Status.TO_COMPLETE if one.scored.is_firm else one.status) for one in rows]
    grid.add("attente", "Statut sans rang", waits)
    formula = None
    if book.is_live and any(hidden):
        grid.add("certain", "Total certain malgré ce qui manque (1)", hidden)
        grid.add("classe_evalue", "Dossier classé à l'évaluation (1)", firm)
        formula = f"=IF({grid.here('certain')}*{trial}>0,0,{grid.here('classe_evalue')})"
    grid.add("complet", "Dossier classé (1) ou en attente (0)", firm, formula)


def _total(book: Book, standing: Standing) -> Value:
    return UNKNOWN if standing.card.total is None else whole(book, standing.card.total)


def _add_frozen(grid: Grid, book: Book) -> None:
    rows = book.rows
    grid.add("rang", "Rang", [UNRANKED if one.rank is None else one.rank for one in rows])
    ranks = [one.rank for one in rows]
    grid.add("egaux", "Candidatures à ce rang", [0 if rank is None else ranks.count(rank) for rank in ranks])
    add_numbering(grid, book)
    grid.add("rang_haut", "Meilleur rang possible", [one.rank_best for one in rows])
    grid.add("rang_bas", "Moins bon rang possible", [one.rank_worst for one in rows])
    grid.add("statut", "Statut", [str(one.status) for one in rows])
    grid.add("fermete", HEADING, [str(one.firmness) for one in rows])
    grid.add("ordre", "Place sur la page", book.order)
    last = [place if one.status is Status.SELECTED else 0 for place, one in zip(book.order, rows, strict=True)]
    grid.add("place_retenue", "Place, si retenue", last)


def _scalars(grid: Grid, book: Book) -> dict[int, Scalar]:
    cut, selection = book.evaluation.cut, book.criteria.selection
    point = book.point
    minimum = LAST if selection.minimum is None else whole(book, selection.minimum)
    firm = sum(one.scored.is_firm for one in book.rows)
    last = max((int(value) for value in grid.values("place_retenue")), default=0)
    at = {name: cell(LIVE_ROW, place) for place, name in enumerate(SCALARS)}
    found = {
        "places": _places(book),
        "reserve": Scalar("Réserve", _count_formula(book, RESERVE_ROW, cut.reserve), cut.reserve, is_input=True),
        "minimum": Scalar("Minimum", _minimum_formula(book, minimum), minimum, is_input=True),
        "trial": Scalar("Saisies changées", _trial_formula(grid), 0),
        "invalid": Scalar("Saisies refusées", _invalid_formula(book), 0),
        "selected": Scalar("Retenues", _selected_formula(grid), cut.selected),
        "last": Scalar("Dernière place retenue", f"=MAX({grid.whole('place_retenue')})", last),
        "ranked": Scalar("Classées", f"=SUM({grid.whole('complet')})", firm),
        "point": Scalar("Un point vaut", "", point),
        "contested": Scalar("À égalité à la limite", *contested(grid, at["selected"], at["places"], cut)),
        "tied_rank": Scalar("Leur rang", *tied_rank(grid, at["selected"], at["contested"], cut)),
        "weights_off": Scalar("Total des poids faux (1)", weights_off(book), 0),
        "firm": Scalar("Places acquises", _firm_formula(grid, book), book.evaluation.firm),
        "cut": Scalar("Total de la dernière retenue", *last_total(grid, book, at["last"])),
    }
    scalars = {place: found[name] for place, name in enumerate(SCALARS)}
    for place, (formula, value) in input_scalars(grid, book).items():
        scalars[place] = Scalar("Poids", formula, value, is_input=True)
    return scalars


def _places(book: Book) -> Scalar:
    """Give how many places there are: as many as may ever be asked for, where no number limits them."""
    places = book.evaluation.cut.places
    if places is None:
        return Scalar("Places", "", len(book.rows) + book.evaluation.beside, is_input=True)
    return Scalar("Places", _count_formula(book, PLACES_ROW, places), places, is_input=True)


def _at(row: int) -> str:
    return of(POLICY, cell(row, INPUT_COLUMN))


def _count_formula(book: Book, row: int, evaluated: int) -> str:
    return f"=IF({is_count(_at(row))},{_at(row)},{evaluated})" if book.has_live_choice else ""


def is_count(at: str) -> str:
    """Write the test of a typed number of places: a whole number, from 0 to the most."""
    return f"IF(ISNUMBER({at}),AND({at}>=0,{at}<={MOST_PLACES},INT({at})={at}),FALSE)"


def _minimum_formula(book: Book, evaluated: float) -> str:
    if book.scale is None or not book.has_live_choice:
        return ""
    at, scale = _at(MINIMUM_ROW), book.scale
    typed = f"ROUND({at}*{scale.weights},0)*{scale.marks}"
    return f'=IF({at}="",{LAST},IF({is_weight(at, scale.ceiling)},{typed},{evaluated}))'


def _trial_formula(grid: Grid) -> str:
    parts = []
    for first, last in ((0, SCALARS.index("minimum")), (grid.place("motifs") + 1, len(grid.columns) - 1)):
        live, evaluated = span(LIVE_ROW, first, LIVE_ROW, last), span(EVALUATED_ROW, first, EVALUATED_ROW, last)
        parts.append(f"SUMPRODUCT(--({live}<>{evaluated}))")
    return "=" + "+".join(parts)


def _invalid_formula(book: Book) -> str:
    first, last = book.inputs
    return f"=SUM({of(POLICY, span(first, REFUSED_COLUMN, last, REFUSED_COLUMN))})" if book.is_live else ""


def _firm_formula(grid: Grid, book: Book) -> str:
    return f'=SUMPRODUCT(--({grid.whole("fermete")}="{Firmness.FIRM}"))' if book.is_live else ""


def _selected_formula(grid: Grid) -> str:
    if not grid.has("jusque"):
        return f'=SUMPRODUCT(--({grid.whole("statut")}="{Status.SELECTED}"))' if grid.has("cle") else ""
    return f"=SUMPRODUCT(--({grid.whole('jusque')}<={cell(LIVE_ROW, SCALARS.index('places'))}))"
