"""What one candidature would need to overtake another, to get a place, or to lose its own: each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Cut, Scored, Standing, Status, Threat
from ami_scoring.messages import Message, named
from ami_scoring.scoring.firmness.stakes import Project, Stake
from ami_scoring.scoring.marks import stays
from ami_scoring.scoring.words import missing_items

_MOST_ITEMS = 4


def to_overtake(project: Project, stake: Stake, criteria: Criteria) -> Threat:
    """Say what a rival needs to come before a candidature, or level with it."""
    rival = max((each for each in project.stakes if each.can_fit), key=lambda each: each.high)
    card, aim = rival.scored.card, stake.scored.card.low
    said = {"low": card.low, "high": card.high, "aim": aim}
    if project.is_settled:
        reached = "elle a {low} points : elle passe devant si l'autre total descend à {aim}"
    elif card.low > aim:
        has = "avec {low} points" if card.low == card.high else "avec {low} à {high} points"
        reached = f"elle passe devant de toute façon, {has}"
    elif card.high > aim:
        reached = "il lui faut {aim} points ; de {low} à {high} sont possibles"
    else:
        reached = "elle peut la rejoindre, à {high} points : le départage décide"
    return _told(rival.scored, reached, said, criteria)


def to_disturb(project: Project, criteria: Criteria) -> Threat:
    """Say of a rival that what is open of it may move quotas, floors or the budget."""
    rival = project.stakes[0]
    return _told(rival.scored, "la part de chacun dans les quotas et le budget peut changer", {}, criteria)


def to_lose(project: Project, stake: Stake, criteria: Criteria) -> Iterator[Threat]:
    """Say what the candidature itself, or a later version of it, needs for its place to be lost."""
    for other in project.stakes:
        if other is stake:
            break
        yield _told(other.scored, "cette version plus récente compte à sa place", {}, criteria)
    scored, card = stake.scored, stake.scored.card
    if not stays(scored, criteria):
        yield _told(scored, "la réponse peut la rendre inéligible", {}, criteria)
    if not stake.must_fit:
        yield _told(scored, "elle peut tomber sous un minimum", {}, criteria)
    if card.total is not None and card.low < card.total:
        said = {"total": card.total, "low": card.low}
        yield _told(scored, "son total peut descendre de {total} à {low} points", said, criteria)
    if stake.blank:
        yield _told(scored, "sa catégorie, ou ce qu'elle demande, n'est pas établie", {}, criteria)


def to_get(stake: Stake, standing: Standing, cut: Cut, criteria: Criteria) -> Iterator[Threat]:
    """Say what a candidature without a place needs of itself, or of the committee, to get one."""
    reference, card = standing.entry.reference, stake.scored.card
    if standing.status is Status.TO_DELIBERATE:
        yield Threat(reference, Message("le comité délibère sur elle"))
    if reference in cut.contested:
        equals = [one for one in cut.contested if one != reference]
        yield Threat(reference, Message("le comité la départage de {equals}", {"equals": named(equals)}))
    if standing.rank is None or card.low != card.high:
        said = {"low": card.low, "high": card.high, "last": cut.last_total}
        reached = "{low} points" if card.low == card.high else "de {low} à {high} points possibles"
        if cut.last_total is not None:
            reached += " ; le dernier total retenu est {last}"
        yield _told(stake.scored, reached, said, criteria)
    elif standing.status is Status.TO_COMPLETE:
        yield from (Threat(reference, reason) for reason in standing.reasons)


def unread_file(reference: str | None, path: str) -> Threat:
    """Say that a file nobody can read may hold a candidature that comes before."""
    return Threat(reference, Message("fichier illisible : sa candidature, une fois lue, peut passer devant"), path)


def _told(scored: Scored, reached: str, said: Mapping[str, object], criteria: Criteria) -> Threat:
    """Lead with what is open of a candidature: what it lacks, and what it waits for."""
    items = missing_items(scored, criteria)
    shown = [*items[:_MOST_ITEMS], *([f"{len(items) - _MOST_ITEMS} autres"] if len(items) > _MOST_ITEMS else [])]
    leads = (["si elle est complétée ({items})"] if items else []) + (["{pending}"] if scored.pending else [])
    template = " ; ".join([*leads, reached]) if leads else reached
    words = {**said, "items": named(shown), "pending": " ; ".join(map(str, scored.pending))}
    return Threat(scored.entry.reference, Message(template.replace(") ; ", ") : ", 1), words))
