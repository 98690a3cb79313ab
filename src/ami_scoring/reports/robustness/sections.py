"""The study in sections, each a sentence first, then a table or a scale; for the terminal and for Markdown alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, rounded, spell_number
from ami_scoring.scoring.robustness import (
    Certainty,
    Robustness,
    Share,
    Shares,
    Single,
    beyond,
    boundary_words,
    duel_words,
    headline,
    limits,
    seats_words,
    share_words,
    side_words,
    step_words,
    transfer_words,
    undrawn,
)
from ami_scoring.scoring.words import POSSIBLE_COUNTED, numbering_word

MOST_ROWS: Final = 40
"""Candidatures of a table, those nearest the cut; JSON has them all."""
MOST_ANSWERS: Final = 15


@dataclass(frozen=True, slots=True)
class Scale:
    """What is drawn for one weight: where it is, and where it may be, between 0 and the whole."""

    label: str
    low: Fraction
    voted: Fraction
    high: Fraction
    whole: Fraction
    below: str
    """What happens under the interval, and above it."""
    above: str


@dataclass(frozen=True, slots=True)
class Section:
    """A title, sentences, then rows under headings, or scales."""

    title: str
    said: Sequence[str]
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    scales: Sequence[Scale] = ()


def sections(robustness: Robustness) -> Iterator[Section]:
    """Give the sections that there is something to say in, in the order of the questions that people ask."""
    study = robustness.study
    further = beyond(study)
    first = [*headline(study), *([further] if further else [])]
    yield Section("La liste tient-elle ?", _told([*first, *limits(study, robustness.evaluation)]))
    has_list = not study.contest.people_decide
    if has_list:
        yield Section("Le plus petit déplacement de points qui la change", _told([transfer_words(robustness)]))
    if robustness.duel is not None:
        title = f"{robustness.duel.ahead} et {robustness.duel.behind}"
        yield Section(title, _told(duel_words(robustness.duel)))
    yield from _singles(study.singles) if has_list else ()
    yield from _every_weighting(robustness)
    yield from _region(robustness)
    if robustness.assessors is not None:
        yield Section("Un assesseur de moins", _told(seats_words(robustness.assessors, assessors=True)))
    if has_list:
        yield _answers(robustness)
    yield from _boundaries(robustness)
    if robustness.removals is not None:
        yield Section("Une candidature de moins", _told(seats_words(robustness.removals, assessors=False)))


def _told(messages: Sequence[Message] | Iterator[Message]) -> list[str]:
    return [str(message) for message in messages]


def _singles(singles: Sequence[Single]) -> Iterator[Section]:
    scales = [scale for single in singles if (scale := _scale(single, singles)) is not None]
    if scales:
        said = (
            "Un seul poids change, les autres gardent leurs proportions : la liste ne change pas tant qu'il reste "
            "entre ces deux valeurs."
        )
        yield Section("Un poids à la fois", [said], scales=scales)


def _scale(single: Single, singles: Sequence[Single]) -> Scale | None:
    if single.low is None or single.high is None:
        return None
    whole = sum((each.axis.weight for each in singles), Fraction(0))
    below, above = side_words(single.low), side_words(single.high)
    return Scale(single.axis.label, single.low.least, single.axis.weight, single.high.least, whole, below, above)


def _every_weighting(robustness: Robustness) -> Iterator[Section]:
    alike, around = robustness.alike, robustness.around
    if alike is None:
        if len(robustness.study.axes) > 1 and robustness.study.contest.field:
            yield Section("Toutes les pondérations", _told([undrawn(len(robustness.study.contest.field))]))
        return
    said = [_drawn(alike, "Toutes les pondérations possibles, également probables")]
    if around is not None:
        strength = spell_number(sum(around.parameters))
        said.append(_drawn(around, f"Des pondérations autour des poids votés (loi de Dirichlet, force {strength})"))
    said.append("Le rang moyen est exact où il est donné ; ± est le double de l'erreur type.")
    if numbering_word(robustness.evaluation.criteria):
        said.append(f"Ces rangs sont {POSSIBLE_COUNTED}.")
    statuses = {one.entry.reference: one.status for one in robustness.evaluation.standings}
    has_list = not robustness.study.contest.people_decide
    kept = ("Retenue, toutes pondérations", "Retenue, autour du vote") if has_list else ()
    headings = ["Dossier", "Statut", *kept, "Rangs (9 fois sur 10)", "Rang moyen"]
    pairs = list(zip(alike.each, alike.each if around is None else around.each, strict=True))
    rows = [
        [
            one.reference,
            str(statuses[one.reference]),
            *([share_words(one, alike.drawn), "" if around is None else share_words(other, around.drawn)] * has_list),
            _ranks(one, alike.drawn),
            "" if one.mean_rank is None else rounded(one.mean_rank, 1),
        ]
        for one, other in _around_the_cut(pairs, robustness)
    ]
    if len(rows) < len(pairs):
        said.append(f"Les {len(rows)} candidatures les plus proches de la limite ; le JSON les donne toutes.")
    yield Section("Toutes les pondérations", said, headings, rows)


def _around_the_cut(pairs: list[tuple[Share, Share]], robustness: Robustness) -> list[tuple[Share, Share]]:
    cut = robustness.evaluation.cut.selected
    start = max(0, min(cut - MOST_ROWS // 2, len(pairs) - MOST_ROWS))
    return pairs[start : start + MOST_ROWS]


def _drawn(shares: Shares, what: str) -> str:
    drawn, times = spell_number(shares.drawn), shares.scramblings
    return f"{what} : {drawn} tirages (points de Sobol, {times} brouillages, graine « {shares.seed} »)."


def _ranks(share: Share, drawn: int) -> str:
    """Give the ranks between which it is nine times out of ten: 5 % below, 5 % above."""
    seen, low, high = 0, 0, 0
    for rank in sorted(share.ranks):
        seen += share.ranks[rank]
        if not low and seen * 20 > drawn:
            low = rank
        if not high and seen * 20 >= 19 * drawn:
            high = rank
    return str(low) if low == high else f"{low} à {high}"


def _region(robustness: Robustness) -> Iterator[Section]:
    if robustness.region is None:
        return
    names: dict[Certainty, list[str]] = {}
    for reference, certainty in robustness.certainties.items():
        names.setdefault(certainty, []).append(reference)
    rows = [
        [str(certainty), str(len(names[certainty])), ", ".join(names[certainty])]
        for certainty in Certainty
        if certainty in names
    ]
    said = [
        f"Pour tous les poids tels que : {robustness.region_words}.",
        (
            "« Toujours » et « jamais » sont prouvés ; « selon les poids » l'est par deux pondérations essayées ; "
            "« non tranché » n'est ni prouvé ni contredit."
        ),
    ]
    yield Section("Des poids encadrés ou ordonnés", said, ["Verdict", "Nombre", "Dossiers"], rows)


def _answers(robustness: Robustness) -> Section:
    steps = sorted(robustness.answers, key=lambda step: (step.gained is None, abs(step.gained or 0)))
    count, tried = len(steps), robustness.answers_tried
    said = [
        (
            f"Réponses essayées à un pas de ce qu'elles sont (la valeur la plus proche qui change une note) : "
            f"{spell_number(tried)} ; celles qui changeraient la liste : {spell_number(count)}."
        )
    ]
    if count > MOST_ANSWERS:
        said.append(f"Les {MOST_ANSWERS} qui déplacent le moins de points :")
    criteria = robustness.evaluation.criteria
    rows = [[str(step_words(step, criteria))] for step in steps[:MOST_ANSWERS]]
    return Section("Une réponse fausse d'un pas", said, ["Réponse"], rows)


def _boundaries(robustness: Robustness) -> Iterator[Section]:
    criteria = robustness.evaluation.criteria
    near: dict[str, list[str]] = {}
    for boundary in robustness.boundaries:
        near.setdefault(boundary.reference, []).append(boundary_words(boundary, criteria))
    if near:
        said = (
            f"Pour les {len(near)} dossiers les plus proches de la limite, ce qui sépare leurs réponses de la valeur "
            "la plus proche qui change des points ; rien ici ne dit que ces réponses sont fausses."
        )
        rows = [[f"{reference} : {' ; '.join(told)}."] for reference, told in near.items()]
        yield Section("À quelle distance des seuils du barème", [said], ["Dossier"], rows)
