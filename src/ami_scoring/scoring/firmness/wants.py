"""What one candidature would need to overtake another, to get a place, or to lose its own: each in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Standing, Status, Threat
from ami_scoring.domain.verified import Answer
from ami_scoring.messages import Message, named
from ami_scoring.scoring.firmness.stakes import Project, Stake
from ami_scoring.scoring.marks import owes_opinions_alone, stays
from ami_scoring.scoring.words import beside_refusals, floor_word, missing_items, names_of, to_verify

_MOST_ITEMS = 4
_EXCEEDS = "peut porter les demandes au-delà du budget"
_EXCEED = "peuvent porter les demandes au-delà du budget"


def to_overtake(project: Project, stake: Stake, criteria: Criteria) -> Threat:
    """Say what a rival needs to come before a candidature, or level with it."""
    rival = max((each for each in project.stakes if each.can_fit), key=lambda each: each.high)
    card, aim = rival.scored.card, stake.scored.card.low
    said = {"low": card.low, "high": card.high, "aim": aim}
    has = "avec {low} points" if card.low == card.high else "avec {low} à {high} points"
    if aim < (stake.scored.card.total or aim) and (project.is_settled or (rival.movers and card.low > aim)):
        reached = f"{has.replace('avec', 'elle a')}, et passe devant si l'autre total descend à {{aim}}"
    elif project.is_settled:
        reached = f"le jeu {_in_play(criteria)} peut la servir d'abord, {has}"
    elif card.low > aim and (rival.blank or not rival.must_fit or len(project.stakes) > 1):
        reached = f"elle peut passer devant, {has}"
    elif card.low > aim:
        reached = f"elle passe devant de toute façon, {has}"
    elif card.high > aim:
        reached = "il lui faut {aim} points ou plus, selon le départage (de {low} à {high} possibles)"
    else:
        reached = "elle peut la rejoindre, à {high} points, et le départage décide"
    return _told(rival.scored, reached, said, criteria, rival.movers)


def _in_play(criteria: Criteria) -> str:
    """Name what may serve a candidature before another whatever their totals."""
    selection = criteria.selection
    found = ["des minimums"] * bool(floor_word(selection)) + ["des quotas"] * bool(selection.quotas)
    found += ["du budget"] * (selection.budget is not None)
    return named(found) or "des égalités"


def to_disturb(project: Project, criteria: Criteria) -> Threat:
    """Say of a rival that what is open of it may move quotas, floors or the budget."""
    rival = project.stakes[0]
    selection = criteria.selection
    shared = ["les quotas"] * bool(selection.quotas) + ["le budget"] * (selection.budget is not None)
    return _told(rival.scored, f"la part de chacun dans {' et '.join(shared)} peut changer", {}, criteria)


def to_exceed(project: Project, stake: Stake, criteria: Criteria) -> Iterator[Threat]:
    """Say which other versions than the one that counts today may ask for more, of a budget that is enough today."""
    is_unknown = project.most is None and project.shadow is None
    for other in project.stakes:
        if other is not stake and (is_unknown or other.most is None or other.most > (stake.most or 0)):
            yield _told(other.scored, f"cette autre version {_EXCEEDS}", {}, criteria)
    if project.shadow is not None:
        said = f"cette version plus récente, inéligible aujourd'hui, {_EXCEEDS} une fois complétée"
        yield Threat(project.shadow.reference, Message(said))


def to_lose(project: Project, stake: Stake, criteria: Criteria, *, lifted: bool = False) -> Iterator[Threat]:
    """Say what the candidature itself, or a later version of it, needs for its place to be lost.

    `lifted` says that it is under a minimum already, which does not hold today: its own points change nothing.
    """
    others: Iterable[Stake] = takewhile(lambda other: other is not stake, project.stakes)
    said = "cette version plus récente compte à sa place"
    if criteria.versions.keeps_best:
        others = (other for other in project.stakes if other is not stake)
        said = "cette autre version compte à sa place si son total est le plus élevé"
    yield from (_told(other.scored, said, {}, criteria) for other in others)
    if project.shadow is not None:
        message = Message(
            "cette version plus récente, inéligible aujourd'hui, compterait à sa place une fois complétée"
        )
        yield Threat(project.shadow.reference, message)
    if project.doubt is not None:
        said = "rien n'établit de quel projet est ce dossier : si c'est une autre version de celui-ci, une seule compte"
        yield Threat(project.doubt.reference, Message(said))
    scored, card = stake.scored, stake.scored.card
    if scored.unverified:
        yield Threat(scored.entry.reference, to_verify(scored.unverified, criteria))
    if not stays(scored, criteria):
        yield _told(scored, "la réponse peut la rendre inéligible", {}, criteria)
    if lifted:
        return
    if stake.heard:
        bound = criteria.selection.deciding_total
        said = "elle peut descendre à moins de {bound}, où le comité délibère"
        yield _told(scored, said, {"bound": bound}, criteria, stake.movers)
    elif not stake.must_fit:
        yield _told(scored, f"elle peut tomber sous {floor_word(criteria.selection)}", {}, criteria, stake.movers)
    if card.total is not None and card.low < card.total:
        ends = {"total": card.total, "low": card.low}
        yield _told(scored, "son total peut descendre de {total} à {low} points", ends, criteria, stake.movers)
    if stake.is_unordered:
        yield _told(scored, "son tour dans sa part réservée peut changer", {}, criteria)
    if stake.blank:
        yield _told(scored, "sa catégorie, ou ce qu'elle demande, n'est pas établie", {}, criteria)


def to_be_counted(other: Stake, criteria: Criteria) -> Threat:
    """Say of a version that does not count today what it needs to count, and to be given a place then."""
    return _told(other.scored, "cette autre version peut avoir une place", {}, criteria)


def to_get(standing: Standing, cut: Cut, criteria: Criteria, movers: Sequence[str] = ()) -> Iterator[Threat]:
    """Say what a candidature without a place needs of itself, of the committee or of `movers`, to get one."""
    reference, card = standing.entry.reference, standing.card
    if standing.status is Status.TO_DELIBERATE:
        yield Threat(reference, Message("le comité délibère sur elle"))
    if reference in cut.contested:
        equals = [one for one in cut.contested if one != reference]
        yield Threat(reference, Message("le comité la départage de {equals}", {"equals": named(equals)}))
    if standing.rank is None or card.low != card.high:
        said = {"low": card.low, "high": card.high, "last": cut.last_total}
        reached = "{low} points" if card.low == card.high else "de {low} à {high} points possibles"
        bound = criteria.selection.deciding_total
        if bound is not None and criteria.selection.leaves_to_people(card.high):
            said["bound"] = bound
            reached += " ; à moins de {bound}, le comité délibère"
        elif cut.last_total is not None and cut.has_limit and cut.enough is None:
            reached += " ; le dernier total retenu est {last}"
        yield _told(standing.scored, reached, said, criteria, movers)
    elif standing.status is Status.TO_COMPLETE:
        yield from (Threat(reference, reason) for reason in standing.reasons)


def unread_file(reference: str | None, path: str, most: int = 1, *, lifted: bool = False) -> Threat:
    """Say that a file nobody can read may hold a candidature that comes before, or asks for more than there is."""
    if most > 1:
        reached = _EXCEED if lifted else "peuvent passer devant"
        said = f"les {{most}} candidatures que peut contenir ce fichier illisible, une fois lues, {reached}"
        return Threat(reference, Message(said, {"most": most}), path)
    reached = _EXCEEDS if lifted else "peut passer devant"
    return Threat(reference, Message(f"la candidature de ce fichier illisible, une fois lue, {reached}"), path)


def barred(reference: str | None, answers: Sequence[Answer], criteria: Criteria, *, lifted: bool = False) -> Threat:
    """Say that a candidature, ineligible by what it declares, may come in once that is verified."""
    reached = _EXCEEDS if lifted else "peut passer devant"
    said = f"inéligible d'après ce qu'elle déclare, elle {reached} une fois vérifiée ({{names}})"
    return Threat(reference, Message(said, {"names": named(names_of(answers, criteria))}))


def _told(
    scored: Scored, reached: str, said: Mapping[str, object], criteria: Criteria, movers: Sequence[str] = ()
) -> Threat:
    """Lead with what is open of a candidature: what is to be corrected or completed, and what else it waits for.

    Or, where nothing is, with those whose open files move what it gets by comparison.
    """
    items, entry = missing_items(scored, criteria), scored.entry
    shown = [*items[:_MOST_ITEMS], *([f"{len(items) - _MOST_ITEMS} autres"] if len(items) > _MOST_ITEMS else [])]
    checks = () if scored.opened is None else scored.opened.pending
    waits = [str(each) for each in beside_refusals(scored.pending, entry, criteria) if each not in checks]
    wrong = len(entry.refused)
    if wrong > 1:
        wrong = len({(str(finding.message), finding.where) for _, finding in entry.refused})
    done = ["corrigée ({wrong} réponse)" if wrong == 1 else "corrigée ({wrong} réponses)"] if wrong else []
    if items:
        done.append("notée par le jury ({items})" if owes_opinions_alone(scored, criteria) else "complétée ({items})")
    if scored.unverified:
        done.append("vérifiée ({verified})")
    leads = [*waits, *([f"une fois {' et '.join(done)}"] if done else [])]
    if movers:
        leads.append(f"selon ce que {{movers}} {'apportent' if len(movers) > 1 else 'apporte'} au groupe comparé")
    template = "{waits}" + " ; " * bool(waits) + ", ".join([*leads[len(waits) :], reached])
    words = {**said, "items": named(shown), "wrong": wrong, "waits": " ; ".join(waits)}
    words["verified"] = named(names_of(scored.unverified, criteria), _MOST_ITEMS)
    words["movers"] = named(movers, _MOST_ITEMS)
    return Threat(entry.reference, Message(template, words), movers=tuple(movers))
