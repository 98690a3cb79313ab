"""Which places and which budget were shared, where the waves of a call could make one doubt."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.scores import Evaluation
from ami_scoring.messages import Message


def shared_words(evaluation: Evaluation) -> tuple[Message, ...]:
    """Say what a wave evaluated alone received, or that the places of each wave were not used."""
    criteria = evaluation.criteria
    if evaluation.wave is not None:
        return tuple(_alone(evaluation.wave, criteria))
    own = [_own_words(wave) for wave in criteria.waves if wave.places is not None or wave.reserve is not None]
    if not own:
        return ()
    said = "Toutes les vagues se partagent {what} ; ce qui est propre à une vague ({own}) ne sert qu'avec --wave."
    return (Message(said, {"what": _shared(criteria), "own": own}),)


def _alone(wave: Wave, criteria: Criteria) -> list[Message]:
    selection, said = criteria.selection, list[Message]()
    places = selection.counted_places if wave.places is None else wave.places
    reserve = selection.reserve if wave.reserve is None else wave.reserve
    if places is not None:
        whose = "celles de tout l'appel" if wave.places is None else "les siennes"
        words = {"wave": wave.name, "places": _counted(places), "reserve": reserve, "whose": whose}
        said.append(Message("Vague évaluée seule : « {wave} », {places} ({whose}), réserve : {reserve}.", words))
    if selection.budget is not None:
        words = {"wave": wave.name, "amount": selection.budget.amount}
        said.append(Message("La vague « {wave} » dispose seule du budget entier de l'appel ({amount}).", words))
    return said


def _own_words(wave: Wave) -> str:
    places = "" if wave.places is None else _counted(wave.places)
    reserve = "" if wave.reserve is None else f"{wave.reserve} en réserve"
    return f"« {wave.name} » : {' et '.join(filter(None, (places, reserve)))}"


def _shared(criteria: Criteria) -> str:
    places = criteria.selection.counted_places
    if places is not None:
        return f"{_counted(places)}, celles de l'appel"
    return "le budget de l'appel" if criteria.selection.budget is not None else "des places sans nombre"


def _counted(places: int) -> str:
    return f"{places} place" if places < 2 else f"{places} places"
