"""What heads an explanation: rank, status and total, the answer in one sentence, then why and what may change it."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Firmness, SetAside, Standing, Status
from ami_scoring.messages import Message, named, once, spell
from ami_scoring.reports.explanation.page import Page
from ami_scoring.scoring.telling import lacks
from ami_scoring.scoring.words import (
    POSSIBLE_COUNTED,
    depends_on,
    least_rivals,
    numbering_word,
    rank_word,
    standing_reasons,
    status_words,
    unparted,
)

MOST_EQUALS = 5
_AGAIN = {
    Status.TO_COMPLETE: "complétée",
    Status.TO_CORRECT: "corrigée",
    Status.AWAITED: "notée par le jury",
}


def write_answer(page: Page, evaluation: Evaluation, standing: Standing, most: int | None = None) -> None:
    """Write the rank, the status and the total first, then the answer in one sentence, then why.

    `most` is how many of the files that may change it are told; the others are counted.
    """
    page.write(_headline(evaluation, standing), bold=True, hang=2)
    page.write(_answer(evaluation, standing), hang=2)
    reasons = standing_reasons(standing, evaluation.criteria)
    if standing.status is not Status.SELECTED and standing.entry.reference in evaluation.cut.contested:
        reasons = ()  # the answer itself says that equals contest a place
    reasons = once((*reasons, *_unparted(evaluation, standing)))
    for reason in reasons:
        page.write(f"· {reason}", 2, hang=2)
    told = [each for each in depends_on(standing) if each not in reasons]
    for said in told[:most]:
        page.write(f"· {said}", 2, hang=2)
    if most is not None and (more := len(told) - most) > 0:
        page.write(f"· et {more} autre{'s'[: more > 1]}", 2, hang=2)


def _unparted(evaluation: Evaluation, standing: Standing) -> Iterator[Message]:
    """Say whose missing answer keeps a candidature and its equals from being told apart, itself first."""
    criteria = evaluation.criteria
    same = [standing, *(one for one in evaluation.standings if one.rank == standing.rank and one is not standing)]
    blank = [(one.entry.reference, said) for one in same if (said := unparted(one.scored, criteria)) is not None]
    if not standing.tied or not blank:
        return
    who, said = blank[0]
    if who == standing.entry.reference:
        yield said
        return
    words = {**said.params, "who": named([name for name, _ in blank], MOST_EQUALS)}
    yield Message(
        "à égalité tant que « {fact} » n'est pas renseigné pour {who} : c'est ce qui les départagerait", words
    )


def write_aside_answer(page: Page, evaluation: Evaluation, aside: SetAside) -> None:
    """Write why a candidature is not ranked and, where it would count once it is completed, what it lacks."""
    page.write(f"Hors classement · statut : {aside.status}", bold=True)
    for reason in aside.reasons:
        page.write(f"· {reason}", 2, hang=2)
    if lacking := lacks(aside, evaluation.criteria):
        page.write(f"· il lui manque : {', '.join(lacking)}", 2, hang=2)


def write_decided(page: Page, evaluation: Evaluation, reference: str | None, *, whole: bool) -> None:
    """Write what people decided of a candidature, beside what was computed; `whole`, with what each decision did."""
    fate = evaluation.decided.fates.get(reference or "") if evaluation.decided is not None else None
    if fate is None:
        return
    call = f", no {fate.call} de la liste de réserve" if fate.call is not None else ""
    numbers = [str(number) for number in fate.numbers]
    by = f" (décision{'s'[: len(numbers) > 1]} {named(numbers)})" if numbers else ""
    same = "" if fate.differs else ", comme calculé"
    page.write(f"Décidé par le comité : {fate.decided.value}{call}{same}{by}", bold=True, hang=2)
    for said in fate.said if whole else ():
        page.write(f"· {said}", 2, hang=2)


def equals_of(evaluation: Evaluation, standing: Standing) -> list[str]:
    """Give the references that share a rank with a candidature."""
    if not standing.tied:
        return []
    same = (one for one in evaluation.standings if one.rank == standing.rank and one is not standing)
    return [one.entry.reference for one in same]


def _headline(evaluation: Evaluation, standing: Standing) -> str:
    numbering = numbering_word(evaluation.criteria)
    counted = f" ({numbering})" if numbering else ""
    rank = f"Rang {rank_word(standing.shown_rank)}{counted}" if standing.rank is not None else "Pas encore de rang"
    equals = equals_of(evaluation, standing)
    tied = f", à égalité avec {named(equals, MOST_EQUALS)}" if equals else ""
    possible = ""
    if standing.rank_best != standing.rank_worst or standing.rank is None:
        counted = f", {POSSIBLE_COUNTED}" if numbering else ""
        counted += ", fichiers illisibles compris" if evaluation.unread else ""
        possible = f" (possible : de {standing.rank_best} à {standing.rank_worst}{counted})"
    return f"{rank}{tied}{possible} · statut : {status_words(standing)} · {_total(evaluation, standing)}"


def _total(evaluation: Evaluation, standing: Standing) -> str:
    """Write the total whole, as it is added up below: two totals that differ never look the same."""
    card, most = standing.card, evaluation.criteria.announced
    over = "" if most is None else f" sur {spell(most)}"
    if card.total is None:
        return f"total de {spell(card.low)} à {spell(card.high)}{over}"
    between = "" if card.low == card.high else f" (de {spell(card.low)} à {spell(card.high)} possibles)"
    return f"total {spell(card.total)}{over}{between}"


def _answer(evaluation: Evaluation, standing: Standing) -> str:
    """Answer, in one sentence, whether it has a place, and whether that may still change."""
    match standing.firmness:
        case Firmness.FIRM:
            return "Elle a une place, que rien de ce qui est encore ouvert ne peut lui prendre."
        case Firmness.PROVISIONAL:
            return _provisional(evaluation, standing)
        case _:
            return _without(evaluation, standing)


def _without(evaluation: Evaluation, standing: Standing) -> str:
    """Answer a candidature that has no place."""
    cut, reference = evaluation.cut, standing.entry.reference
    is_open = standing.firmness is Firmness.POSSIBLE
    open_ = " Une place reste possible." if is_open else " Plus aucune place n'est possible."
    if standing.rank is None or standing.status is Status.TO_COMPLETE:
        return f"Elle n'a pas de place tant qu'elle n'est pas {_AGAIN.get(standing.status, 'complétée')}.{open_}"
    if standing.status is Status.TO_DELIBERATE:
        return "Le comité délibère : le total ne décide pas seul."
    if reference in cut.contested:
        equals = named([one for one in cut.contested if one != reference], MOST_EQUALS)
        last = "la dernière place" if cut.at_stake == 1 else "les dernières places"
        what = last if cut.at_stake else "le reste du budget"
        return f"Elle est à égalité avec {equals} pour {what} : le comité les départage."
    if standing.status is Status.RESERVE and not is_open:
        return "Elle est sur la liste de réserve : seul un désistement peut lui donner une place."
    first = "Elle est sur la liste de réserve." if standing.status is Status.RESERVE else "Elle n'a pas de place."
    return first + open_


def _provisional(evaluation: Evaluation, standing: Standing) -> str:
    least, rivals = least_rivals(evaluation, standing), len(standing.threats) + standing.others
    if least is None:
        return "Elle a une place, que ce qui suit, seul ou réuni, peut encore lui prendre."
    those, verb = f"{least} au moins des {rivals} dossiers qui suivent", "passaient"
    if rivals == 1:
        those, verb = "le dossier qui suit", "passait"
    elif least == 1:
        those, verb = f"l'un des {rivals} dossiers qui suivent", "passait"
    elif least == rivals:
        those, verb = f"les {rivals} dossiers qui suivent", "passaient tous"
    return str(
        Message(
            "Elle a une place, qu'elle perdrait si {those} {verb} devant elle ou à sa hauteur.",
            {"those": those, "verb": verb},
        )
    )
