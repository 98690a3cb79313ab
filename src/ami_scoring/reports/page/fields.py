"""The headings of the list, what it can be filtered by, and what a trial can change."""

from __future__ import annotations

from typing import Final, NamedTuple

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.exact import Fraction
from ami_scoring.messages import spell
from ami_scoring.reports.page.publishing import Publish
from ami_scoring.reports.page.rows import STATUSES, Rows
from ami_scoring.reports.page.texts import sentence

_FINE: Final = Fraction(1, 4)


class Head(NamedTuple):
    """A heading: what it sorts by, how its column looks, and the most that it shows."""

    sort: str
    label: str
    kind: str = ""
    most: str = ""


class Filter(NamedTuple):
    """A list of values to choose from."""

    id: str
    label: str
    all: str
    values: list[str]


class Input(NamedTuple):
    """A setting: its name in addresses, its label, its value, and how far its slider goes by which steps."""

    name: str
    label: str
    was: str
    most: int
    step: str
    depth: int


def heads_of(evaluation: Evaluation, publish: Publish | None, granted: str | None, *, has_zone: bool) -> list[Head]:
    """Give the headings in the order of the cells that the script draws."""
    criteria = evaluation.criteria
    heads = [
        Head("rank", "Rang", "nombre"),
        Head("reference", "Dossier"),
        Head("applicant", "Porteur", "porteur large"),
        Head("department", "Dépt", "moyen"),
    ]
    if len(criteria.waves) > 1:
        heads.append(Head("wave", "Vague", "moyen"))
    if has_zone:
        heads.append(Head("zone", "Zone", "large zone"))
    if publish is None or publish.has_marks:
        heads += [
            Head(f"c.{place}", sentence(root.column), "nombre large", _most(root.announced))
            for place, root in enumerate(criteria.criteria)
        ]
    if publish is None or publish.has_totals:
        heads.append(Head("total", "Total", "nombre", _most(criteria.announced)))
    if granted:
        heads.append(Head("granted", granted, "nombre moyen"))
    return [*heads, Head("status", "Statut")]


def _most(most: Fraction | None) -> str:
    return "" if most is None else spell(most)


def filters_of(evaluation: Evaluation, rows: Rows) -> list[Filter]:
    """Give what the list can be filtered by, where there is a choice."""
    waves = [sentence(wave.name) for wave in evaluation.criteria.waves]
    filters = [
        Filter("vague", "Vague", "Toutes", waves),
        Filter("departement", "Département", "Tous", sorted({row["d"] for row in rows.ranked})),
        Filter("zone", "Zone", "Toutes", sorted({row.get("z", "") for row in rows.ranked} - {""})),
        Filter(
            "statut", "Statut", "Tous", [STATUSES[place].value for place in sorted({row["s"] for row in rows.ranked})]
        ),
    ]
    return [each for each in filters if len(each.values) > 1]


def inputs_of(evaluation: Evaluation) -> list[Input]:
    """Give what a trial can change: the weights of rules and of capped criteria, places, reserve, minimum.

    No weight where others might make another version of a project count, which is not in the page.
    """
    criteria, cut = evaluation.criteria, evaluation.cut
    roots = [] if evaluation.weights_choose_versions else criteria.criteria
    inputs = [each for root in roots for each in _weights(root, 0)]
    if cut.places is not None and not evaluation.awarded:  # what is left of those of the call is in no file
        inputs.append(Input("places", "Nombre de places", spell(cut.places), max(10, 2 * cut.places), "1", 0))
    inputs.append(
        Input("reserve", "Longueur de la liste de réserve", spell(cut.reserve), max(10, 2 * cut.reserve), "1", 0)
    )
    minimum = criteria.selection.minimum
    top = max(criteria.total, minimum or Fraction(0), Fraction(1))
    was = "aucun" if minimum is None else spell(minimum)
    inputs.append(Input("minimum", "Total minimal (vide : aucun)", was, _ceiling(top), _step(top), 0))
    return inputs


def _weights(node: Criterion, depth: int) -> list[Input]:
    is_input = node.capped if node.criteria else node.top > 0 and not node.open_ended
    most = max(abs(node.weight) * 2, Fraction(1))
    own = [
        Input(f"w.{node.id}", sentence(f"Poids : {node.label}"), spell(node.weight), _ceiling(most), _step(most), depth)
    ]
    return [*(own if is_input else []), *(each for child in node.criteria or () for each in _weights(child, depth + 1))]


def _ceiling(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def _step(most: Fraction) -> str:
    return "0.25" if most >= 100 * _FINE else "0.05"
