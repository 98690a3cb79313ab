"""Which places and which budget were shared, where the waves of a call could make one doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.waves import minimums_by_wave
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, spell, spell_number
from ami_scoring.scoring.words.budgets import asked_fact
from ami_scoring.scoring.words.wording import number_word

if TYPE_CHECKING:
    from ami_scoring.domain.evaluated import Evaluation


def shared_words(evaluation: Evaluation) -> tuple[Message, ...]:
    """Say what a wave evaluated alone received, or that the places of each wave were not used."""
    criteria = evaluation.criteria
    if evaluation.wave is not None:
        return (*_alone(evaluation.wave, criteria, rest=bool(evaluation.awarded)), *_awarded(evaluation))
    own = [f"« {wave.name} » : {said}" for wave in criteria.waves if (said := own_of_wave(wave, criteria))]
    if not own:
        return ()
    said = "Toutes les vagues se partagent {what} ; ce qui est propre à une vague ({own}) ne sert qu'avec --wave."
    return (Message(said, {"what": _shared(criteria), "own": own}),)


def minimums_word(criteria: Criteria) -> str:
    """Give the minimum of each wave, where it changes from one to another: `50 (Vague 1), 55 (Vague 2)`."""
    by_wave = minimums_by_wave(criteria)
    return ", ".join(f"{spell_number(floor.at_least)} ({wave.name})" for wave, floor in by_wave)


def _awarded(evaluation: Evaluation) -> Iterator[Message]:
    """Say what earlier waves gave, and from which files that is known."""
    awards, criteria = evaluation.awarded, evaluation.criteria
    if not evaluation.provenance.awarded:
        return
    ask, granted = asked_fact(criteria), [award.granted for award in awards if award.granted is not None]
    money = f" et {number_word(ask, sum(granted, Fraction(0)))}" if ask is not None else ""
    waves = dict.fromkeys(award.wave.name for award in awards)
    files = [f"{each.path}, SHA-256 {each.sha256[:12]}…" for each in evaluation.provenance.awarded]
    words = {
        "given": f"{_counted(len(awards))}{money}",
        "waves": f" ({spell([*waves])})" if waves else "",
        "files": files,
    }
    yield Message(
        "Déjà attribué par les vagues précédentes{waves} : {given}, d'après {files}. Ces projets n'ont pas de seconde "
        "place ; quotas compris, ce qui est de tout l'appel n'est que ce qu'il en reste.",
        words,
    )


def _alone(wave: Wave, criteria: Criteria, *, rest: bool) -> list[Message]:
    selection, said = criteria.selection, list[Message]()
    places = selection.counted_places if wave.places is None else wave.places
    reserve = selection.reserve if wave.reserve is None else wave.reserve
    if places is not None:
        whose = "celles de tout l'appel" if not rest else "ce qui reste de celles de tout l'appel"
        whose = whose if wave.places is None else "les siennes"
        words = {"wave": wave.name, "places": _counted(places), "reserve": reserve, "whose": whose}
        said.append(Message("Vague évaluée seule : « {wave} », {places} ({whose}), réserve : {reserve}.", words))
    if selection.budget is not None:
        amount = number_word(criteria.catalogue[selection.budget.ask], selection.budget.amount)
        what = "du budget entier de l'appel" if not rest else "de ce qui reste du budget de l'appel"
        what = what if wave.budget is None else "de son propre budget"
        words = {"wave": wave.name, "what": what, "amount": amount}
        said.append(Message("La vague « {wave} » dispose seule {what} ({amount}).", words))
    return said


def own_of_wave(wave: Wave, criteria: Criteria) -> str:
    """Say what is its own, where it is evaluated alone; nothing where a wave has nothing own."""
    ask = asked_fact(criteria)
    own = [
        *([] if wave.places is None else [_counted(wave.places)]),
        *([] if wave.reserve is None else [f"{wave.reserve} en réserve"]),
        *([] if wave.budget is None or ask is None else [f"{number_word(ask, wave.budget)} de budget"]),
    ]
    return spell(own) if own else ""


def _shared(criteria: Criteria) -> str:
    places = criteria.selection.counted_places
    if places is not None:
        return f"{_counted(places)}, celles de l'appel"
    return "le budget de l'appel" if criteria.selection.budget is not None else "des places sans nombre"


def _counted(places: int) -> str:
    return f"{places} place" if places < 2 else f"{places} places"
