"""Which places and which budget were shared, where the waves of a call could make one doubt."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.scores import Evaluation
from ami_scoring.domain.waves import minimums_by_wave
from ami_scoring.messages import Message, spell, spell_number
from ami_scoring.scoring.words.budgets import asked_fact
from ami_scoring.scoring.words.wording import number_word


def shared_words(evaluation: Evaluation) -> tuple[Message, ...]:
    """Say what a wave evaluated alone received, or that the places of each wave were not used."""
    criteria = evaluation.criteria
    if evaluation.wave is not None:
        return tuple(_alone(evaluation.wave, criteria))
    own = [said for wave in criteria.waves if (said := _own_words(wave, criteria))]
    if not own:
        return ()
    said = "Toutes les vagues se partagent {what} ; ce qui est propre à une vague ({own}) ne sert qu'avec --wave."
    return (Message(said, {"what": _shared(criteria), "own": own}),)


def minimums_word(criteria: Criteria) -> str:
    """Give the minimum of each wave, where it changes from one to another: `50 (Vague 1), 55 (Vague 2)`."""
    by_wave = minimums_by_wave(criteria)
    return ", ".join(f"{spell_number(floor.at_least)} ({wave.name})" for wave, floor in by_wave)


def _alone(wave: Wave, criteria: Criteria) -> list[Message]:
    selection, said = criteria.selection, list[Message]()
    places = selection.counted_places if wave.places is None else wave.places
    reserve = selection.reserve if wave.reserve is None else wave.reserve
    if places is not None:
        whose = "celles de tout l'appel" if wave.places is None else "les siennes"
        words = {"wave": wave.name, "places": _counted(places), "reserve": reserve, "whose": whose}
        said.append(Message("Vague évaluée seule : « {wave} », {places} ({whose}), réserve : {reserve}.", words))
    if selection.budget is not None:
        amount = number_word(criteria.catalogue[selection.budget.ask], selection.budget.amount)
        what = "du budget entier de l'appel" if wave.budget is None else "de son propre budget"
        words = {"wave": wave.name, "what": what, "amount": amount}
        said.append(Message("La vague « {wave} » dispose seule {what} ({amount}).", words))
    return said


def _own_words(wave: Wave, criteria: Criteria) -> str:
    """Say what is its own; nothing where a wave has nothing own."""
    ask = asked_fact(criteria)
    own = [
        *([] if wave.places is None else [_counted(wave.places)]),
        *([] if wave.reserve is None else [f"{wave.reserve} en réserve"]),
        *([] if wave.budget is None or ask is None else [f"{number_word(ask, wave.budget)} de budget"]),
    ]
    return f"« {wave.name} » : {spell(own)}" if own else ""


def _shared(criteria: Criteria) -> str:
    places = criteria.selection.counted_places
    if places is not None:
        return f"{_counted(places)}, celles de l'appel"
    return "le budget de l'appel" if criteria.selection.budget is not None else "des places sans nombre"


def _counted(places: int) -> str:
    return f"{places} place" if places < 2 else f"{places} places"
