"""What is settled, and by which decision: no tie is left to the alphabet, nothing is decided twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ami_scoring.domain.decisions import AnyDecision, FinalList, ReducedGrant, Register, TieBroken, Withdrawal
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message, named
from ami_scoring.scoring.decided.course import Course, Held, Selecting

Place = tuple[str | int, ...]


def open_ties(evaluation: Evaluation, register: Register) -> tuple[str, ...]:
    """Give the equals that still contest the last places once all the decisions in force are taken."""
    selecting, course = Selecting(evaluation), Course()
    for decision in filter(selecting.concerns, register.in_force):
        course = course.after(decision)
    return selecting.at(course).contested


def tied(number: int, contested: Sequence[str], path: Place) -> Problem:
    """Refuse a final list that would leave equals to the order of the alphabet."""
    message = Message(
        "La liste définitive (décision no {number}) ne peut pas être arrêtée : {names}, ex æquo, se disputent les "
        "dernières places et rien ne les départage.",
        {"number": number, "names": named(contested)},
    )
    mend = Message("Prenez d'abord un départage (« --kind departage »), par un vote ou par le tirage publié.")
    return Problem("decision-list-tied", Severity.ERROR, path, message, mend)


def repeated(decision: AnyDecision, earlier: Sequence[AnyDecision], path: Place) -> Iterator[Problem]:
    """Refuse what an earlier decision in force says already, or says otherwise, of the same candidatures."""
    about = {each.casefold() for each in decision.speaks_of}
    for each in earlier:
        if _settles_the_same(decision, each) and about & {name.casefold() for name in each.speaks_of}:
            message = Message(
                "La décision no {number} revient sur la décision no {before}, qui est en vigueur ({names}).",
                {
                    "number": decision.number,
                    "before": each.number,
                    "names": named(decision.speaks_of),
                },
            )
            mend = Message(
                "Annulez d'abord la décision no {before} (« --kind annulation --cancels {before} »), ou ne prenez pas "
                "celle-ci.",
                {"before": each.number},
            )
            yield Problem("decision-repeated", Severity.ERROR, path, message, mend)
            return


def _settles_the_same(decision: AnyDecision, earlier: AnyDecision) -> bool:
    match decision:
        case TieBroken():
            return isinstance(earlier, TieBroken)
        case Withdrawal() | ReducedGrant():
            return isinstance(earlier, Withdrawal) or (isinstance(earlier, ReducedGrant) and earlier.accepted == 0)
        case FinalList():
            return isinstance(earlier, FinalList)
        case _:
            return False


def equal_in_reserve(
    decision: FinalList, selecting: Selecting, course: Course, held: Held, path: Place
) -> Iterator[Problem]:
    """Say which equals of the reserve list nobody told apart: the order of their references would call them."""
    parted = {each for order in course.orders for each in order} | {each.casefold() for each in held.contested}
    groups: dict[int | None, list[str]] = {}
    for each in decision.reserve:
        if each.casefold() not in parted:
            groups.setdefault(selecting.ranks.get(selecting.names[each.casefold()]), []).append(each)
    for rank, equals in groups.items():
        if rank is not None and len(equals) > 1:
            message = Message(
                "En réserve, {names} sont ex æquo (décision no {number}) : le premier écrit serait appelé le premier, "
                "sans que personne l'ait décidé.",
                {"number": decision.number, "names": named(equals)},
            )
            mend = Message("Prenez un départage avant la liste, pour que l'ordre d'appel ait sa raison.")
            yield Problem("decision-reserve-equals", Severity.WARNING, (*path, "reserve"), message, mend)
