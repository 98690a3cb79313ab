"""What one candidature would need to overtake another, to get a place, or to lose it: each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Cut, Standing, Threat
from ami_scoring.messages import Message, named
from ami_scoring.scoring.firmness.stakes import Project, Stake
from ami_scoring.scoring.words import missing_items


def to_overtake(project: Project, stake: Stake, criteria: Criteria) -> Threat:
    """Say what a rival needs to come before a candidature."""
    rival = max(project.stakes, key=lambda each: each.high)
    card = rival.scored.card
    said = {"aim": stake.scored.card.low, "low": card.low, "high": card.high}
    return Threat(
        rival.scored.entry.reference, Message("il lui faudrait {aim} points ; de {low} à {high} possibles", said)
    )


def to_replace(project: Project, stake: Stake, criteria: Criteria) -> Iterator[Threat]:
    """Say what the candidature itself, or another version of its project, needs for it to lose its place."""
    for other in project.stakes:
        if other is stake:
            break
        yield Threat(
            other.scored.entry.reference, Message("version plus récente : complétée, c'est elle qui compterait")
        )


def at_stake(project: Project, stake: Stake, standing: Standing, cut: Cut, criteria: Criteria) -> Iterator[Threat]:
    """Say what a candidature without a place needs to get one."""
    reference = standing.entry.reference
    if reference in cut.contested:
        equals = [one for one in cut.contested if one != reference]
        yield Threat(reference, Message("au comité de la départager de {equals}", {"equals": named(equals)}))
    items = missing_items(stake.scored, criteria)
    if items:
        yield Threat(reference, Message("il lui manque {items}", {"items": named(items)}))


def unread_file(reference: str | None, path: str) -> Threat:
    """Say that a file nobody can read may hold a candidature that comes before."""
    return Threat(reference, Message("fichier illisible : la candidature qu'il contient peut passer devant"), path)
