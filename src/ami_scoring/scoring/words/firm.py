"""How sure the list is, in a few sentences: places given, those that are firm, what could still change them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ami_scoring.domain.selection import Selection
from ami_scoring.domain.standings import Firmness, Standing, Status, Threat
from ami_scoring.messages import Message, named

if TYPE_CHECKING:
    from ami_scoring.domain.evaluated import Evaluation

NEVER_DECIDES: Final = "La note ne décide d'aucune place : le comité délibère"


def status_words(one: Standing) -> str:
    """Give a status with how firm it is: `retenue, acquise`, `retenue, provisoire`, `réserve, encore possible`."""
    if one.firmness is Firmness.IMPOSSIBLE:
        return one.status.value
    return f"{one.status.value}, {one.firmness.value}"


def result_words(evaluation: Evaluation) -> tuple[Message, ...]:
    """Say the result in short: places given and firm, ties for the committee, files that may still change it."""
    return tuple(_results(evaluation))


def depends_on(standing: Standing) -> tuple[Message, ...]:
    """Say who could displace a provisional place or what one still possible depends on, each with what it needs."""
    told = [_threat_words(threat, standing) for threat in standing.threats]
    if standing.others:
        told.append(Message("et {others} autres", {"others": standing.others}))
    return tuple(told)


def hangs_on(evaluation: Evaluation, standing: Standing, held: Sequence[int] | None = None) -> tuple[Message, ...]:
    """Say what `depends_on` says, after how many of those files it takes at least, where one alone changes nothing.

    `held` is `held_ranks(evaluation)`, for whoever asks about many.
    """
    told, rivals = depends_on(standing), len(standing.threats) + standing.others
    least = least_rivals(evaluation, standing, held) if standing.firmness is Firmness.PROVISIONAL else None
    if least is None or rivals < 2 or least < 2:
        return told
    which = (
        "ces {rivals} dossiers passent tous" if least == rivals else "{least} au moins de ces {rivals} dossiers passent"
    )
    words = {"least": least, "rivals": rivals}
    return (Message(f"perdue si {which} devant ou à sa hauteur", words), *told)


def displacing(evaluation: Evaluation, standing: Standing) -> str:
    """Name those who could displace a provisional place, with how many of them it takes where one alone does not."""
    names, rivals = named_threats(standing), len(standing.threats) + standing.others
    least = least_rivals(evaluation, standing)
    if not names or least is None or least < 2 or rivals < 2:
        return names
    return f"{names}, ensemble" if least == rivals else f"{least} au moins de {names}"


def named_threats(standing: Standing, most: int = 4) -> str:
    """Name those who could displace a provisional place: references, or paths; beyond `most`, how many others."""
    every = (threat.movers or [threat.reference or threat.path or ""] for threat in standing.threats)
    names = dict.fromkeys(name for names in every for name in names)
    own = standing.entry.reference
    its_own = "sa vérification" if standing.scored.unverified else "ce qui lui manque"
    known = [name if name != own else its_own for name in names if name]
    shown = known if len(known) + standing.others <= most else known[: most - 1]
    rest = len(known) + standing.others - len(shown)
    return named([*shown, *([f"{rest} autres"] if rest else [])])


def held_ranks(evaluation: Evaluation) -> list[int]:
    """List the ranks of those who have a place, in order."""
    return sorted(one.rank for one in evaluation.standings if one.status is Status.SELECTED and one.rank is not None)


def least_rivals(evaluation: Evaluation, standing: Standing, held: Sequence[int] | None = None) -> int | None:
    """Give how many rivals at least must come before a provisional place, or level with it, for it to be lost.

    None where that is not what decides: quotas, a budget, no number of places, its own file, another version of it.
    `held` is `held_ranks(evaluation)`, for whoever asks about many.
    """
    selection, places = evaluation.criteria.selection, evaluation.cut.places
    own = any(threat.reference == standing.entry.reference for threat in standing.threats)
    if (
        places is None
        or selection.quotas
        or selection.budget is not None
        or own
        or standing.versions > 1
        or any(one.most > 1 for one in evaluation.set_aside)
        or standing.rank is None
    ):
        return None
    return places - bisect_right(held_ranks(evaluation) if held is None else held, standing.rank) + 1


def _threat_words(threat: Threat, standing: Standing) -> Message:
    who = threat.reference or threat.path
    if who is None or who == standing.entry.reference:
        return threat.need
    return Message("{who} : {need}", {"who": who, "need": str(threat.need)})


def floor_word(selection: Selection, *, deciding: bool = False) -> str:
    """Name what a candidature may fall under: `un minimum`, `un seuil`, or either.

    `deciding` counts the total from which the score decides among them.
    """
    has_minimum = bool(selection.floors) or selection.minimum is not None or selection.minimum_mark is not None
    has_threshold = bool(selection.thresholds) or (deciding and selection.deciding_total is not None)
    return " ou ".join(["un minimum"] * has_minimum + ["un seuil"] * has_threshold)


def _results(evaluation: Evaluation) -> Iterator[Message]:
    cut = evaluation.cut
    said = {"selected": cut.selected, "firm": evaluation.firm, "places": cut.places}
    given = "{selected} places attribuées" if cut.selected > 1 else "{selected} place attribuée"
    if cut.places_left > 0:
        given += " sur {places}"
    if evaluation.criteria.selection.never_decides:
        yield Message(NEVER_DECIDES)
    else:
        yield Message((given if cut.selected else given.replace("{selected}", "aucune")) + _firm(evaluation), said)
    if cut.enough is not None:
        yield cut.enough
    if cut.contested:
        yield Message(_tie(evaluation), {"seats": cut.at_stake, "equals": len(cut.contested)})
    if cut.unsettled:
        count = len(cut.unsettled)
        word = "dossiers peuvent" if count > 1 else "dossier peut"
        what = "les rangs" if evaluation.criteria.selection.never_decides else "la liste"
        yield Message(f"{{count}} {word} encore changer {what}", {"count": count})


def _firm(evaluation: Evaluation) -> str:
    selected, firm = evaluation.cut.selected, evaluation.firm
    if not selected:
        return ""
    if selected == 1:
        return ", acquise" if firm else ", provisoire"
    if firm in {0, selected}:
        return ", toutes acquises" if firm else ", aucune acquise"
    return ", dont {firm} acquises" if firm > 1 else ", dont 1 acquise"


def _tie(evaluation: Evaluation) -> str:
    at_stake = evaluation.cut.at_stake
    if not at_stake:
        return "le reste du budget à départager entre {equals} ex æquo"
    seats = "{seats} places" if at_stake > 1 else "{seats} place"
    return f"{seats} à départager entre {{equals}} ex æquo"
