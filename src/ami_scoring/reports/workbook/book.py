"""What every sheet of the workbook shares: the evaluation, its rows, its scale, and where its inputs are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import FactTie
from ami_scoring.reports.workbook.cells import cell
from ami_scoring.reports.workbook.scale import Scale, scale_of
from ami_scoring.reports.workbook.ties import Step, tie_steps
from ami_scoring.scoring.marks import holds

RANKING: Final = "Classement"
OVERVIEW: Final = "Vue d'ensemble"
PROFILE: Final = "Fiche"
POLICY: Final = "Critères"
NOTES: Final = "Notes"
DETAILS: Final = "Détail"
ROBUSTNESS: Final = "Solidité"
INCOMPLETE: Final = "À compléter"
ASIDE: Final = "Écartées"
TRACE: Final = "Traçabilité"
WORKING: Final = "Calculs"
PERSONAL: Final = "Données personnelles"

ZONE_FACT: Final = "zonage"
"""The fact of the common catalogue that has a column of its own, when the policy reads it."""

INPUT_COLUMN: Final = 2
WORD_COLUMN: Final = 4
"""What an input is or, where its value is refused, what it accepts."""

REFUSED_COLUMN: Final = 6
"""Hidden: 1 beside an input whose value is refused."""
FORCE_COLUMN: Final = 7
"""Hidden: the weight that counts, which is that of the evaluation where the value typed is refused."""
PLACES_ROW, RESERVE_ROW, MINIMUM_ROW = 6, 7, 8
WEIGHTS_ROW: Final = 12
"""Where the sheet of criteria has its inputs, counted from 0."""


@dataclass(frozen=True, slots=True)
class Book:
    """An evaluation on its way to a workbook.

    `rows` are the ranked candidatures and those on hold, in the order of references; `order` gives their places in
    the ranking as evaluated, from 1. `scale` is None when the workbook is frozen.
    """

    evaluation: Evaluation
    rows: tuple[Standing, ...]
    order: tuple[int, ...]
    scale: Scale | None
    steps: tuple[Step, ...]
    numbers: Mapping[str, str]
    """The number of each criterion in the tree: `3`, `3.1`."""
    positions: Mapping[str, int]
    """Where each criterion stands among `nodes`, counted from 0."""

    @property
    def criteria(self) -> Criteria:
        """The policy."""
        return self.evaluation.criteria

    @property
    def nodes(self) -> tuple[Criterion, ...]:
        """Every criterion of the tree, in the order of the file."""
        return tuple(self.criteria.by_id.values())

    @property
    def is_live(self) -> bool:
        """Whether weights may be changed in the workbook."""
        return self.scale is not None and bool(self.rows)

    @property
    def has_live_choice(self) -> bool:
        """Whether statuses too can be found again: places in the order of ranks, without budget nor quota."""
        selection = self.criteria.selection
        raw = selection.minimum_mark is None or all(root.rule is not None for root in self.criteria.criteria)
        if self.evaluation.provenance.awarded:  # places are those that earlier waves leave
            return False
        is_plain = selection.budget is None and not selection.quotas and self.criteria.ranking.uncovered is None
        return self.is_live and raw and is_plain and not self._has_doubts

    @property
    def _has_doubts(self) -> bool:
        """Whether a floor may concern a candidature: it is held where that decides, which formulas do not say."""
        floors = self.criteria.selection.floors
        return any(holds(floor.when, one.card.values) is None for floor in floors for one in self.rows)

    @property
    def has_open_ties(self) -> bool:
        """Whether a fact that breaks ties is missing somewhere."""
        return has_open_ties(self.criteria, self.rows)

    @property
    def has_places(self) -> bool:
        """Whether the policy, or the wave evaluated, says how many places there are: a budget may decide alone."""
        return self.evaluation.cut.places is not None

    @property
    def point(self) -> int:
        """What one point is worth in the sheet of figures."""
        return self.scale.point if self.scale else 1

    @property
    def shows_zone(self) -> bool:
        """Whether the policy reads the doctors' zoning."""
        return any(ZONE_FACT in one.card.values for one in self.rows)

    @property
    def shows_wave(self) -> bool:
        """Whether candidatures of several waves stand side by side."""
        return self.evaluation.wave is None and len({one.scored.wave.id for one in self.rows}) > 1

    def zone(self, standing: Standing) -> str:
        """Name the zone that the policy read, `?` when it is unknown."""
        value = standing.card.values.get(ZONE_FACT, "")
        return "?" if isinstance(value, Missing) else str(value)

    def is_input(self, criterion: Criterion) -> bool:
        """Whether a criterion has a weight, or a cap, of its own that may be changed."""
        return self.is_live and (criterion.capped if criterion.criteria else criterion.top > 0)

    def counted(self, criteria: Sequence[Criterion]) -> list[Criterion]:
        """Give the criteria whose weights add up to that of the one above, or to the total announced."""
        return [criterion for criterion in criteria if criterion.counts_in_sum]

    @property
    def total_row(self) -> int:
        """Where the sheet of criteria adds weights up."""
        return WEIGHTS_ROW + len(self.nodes)

    @property
    def has_live_total(self) -> bool:
        """Whether weights that may be changed must add up to the total announced."""
        return self.is_live and bool(self.counted(self.criteria.criteria))

    @property
    def inputs(self) -> tuple[int, int]:
        """Give the first and the last row of the inputs."""
        return PLACES_ROW, WEIGHTS_ROW + len(self.nodes) - 1

    def input_cell(self, criterion: Criterion) -> str:
        """Name the cell of a criterion's weight, in the sheet of criteria."""
        return cell(WEIGHTS_ROW + self.positions[criterion.id], INPUT_COLUMN)


def book_of(evaluation: Evaluation) -> Book:
    """Prepare an evaluation for the sheets."""
    places = sorted(range(len(evaluation.standings)), key=lambda i: (evaluation.standings[i].entry.reference, i))
    rows = tuple(evaluation.standings[place] for place in places)
    is_frozen = has_open_ties(evaluation.criteria, rows) or evaluation.weights_choose_versions
    scale = None if is_frozen else scale_of(evaluation.criteria, rows)
    steps = tie_steps(evaluation.criteria, rows)
    criteria, numbers = evaluation.criteria, dict[str, str]()
    for place, root in enumerate(criteria.criteria, start=1):
        _number(root, str(place), numbers)
    positions = {name: place for place, name in enumerate(criteria.by_id)}
    return Book(evaluation, rows, tuple(place + 1 for place in places), scale, steps, numbers, positions)


def has_open_ties(criteria: Criteria, rows: Sequence[Standing]) -> bool:
    """Say whether a fact that breaks ties is missing, or to be verified: formulas here do not say who stays equal."""
    facts = [tie.fact for tie in criteria.ranking.ties if isinstance(tie, FactTie)]
    return any(isinstance(one.scored.bounded.card.values[fact], Missing) for one in rows for fact in facts)


def _number(criterion: Criterion, number: str, found: dict[str, str]) -> None:
    found[criterion.id] = number
    children: Sequence[Criterion] = criterion.criteria or ()
    for place, child in enumerate(children, start=1):
        _number(child, f"{number}.{place}", found)
