"""What is wrong in what tells equals apart: in the ranking, and in the own order of a part of the budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, Ranking, Ranks, Tie, UncoveredTie
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.words import Path, error, unknown_fact

_TIES: Final[Path] = ("ranking", "ties")
_CATEGORIES: Final = frozenset({FactType.CHOICE, FactType.TEXT})


def check_ranking(criteria: Criteria) -> Iterator[Problem]:
    """Check what tells equal totals apart, and how the ranks that they share are numbered."""
    ties = criteria.ranking.ties
    yield from _check_numbering(criteria.ranking)
    yield from check_ties(ties, _TIES, criteria)
    for place, tie in enumerate(ties):
        if isinstance(tie, UncoveredTie):
            yield from _check_uncovered(tie, (*_TIES, place), ties[place + 1 :], criteria)


def _check_numbering(ranking: Ranking) -> Iterator[Problem]:
    """Find a numbering of shared ranks where no rank can be shared: no draw parts those that lack what comes before."""
    kinds = {type(tie) for tie in ranking.ordering}
    if ranking.ranks is not Ranks.COMPETITION and DrawTie in kinds and FactTie not in kinds:
        said = "Le tirage au sort départage toutes les égales : aucun rang n'est partagé, et « ranks » est sans effet."
        mend = Message("Retirez « ranks », ou le tirage au sort.")
        yield Problem("key-without-effect", Severity.ERROR, ("ranking", "ranks"), Message(said), mend, on_key=True)


def check_ties(ties: Sequence[Tie], where: Path, criteria: Criteria) -> Iterator[Problem]:
    """Check a list of what orders candidatures, that stands somewhere in a policy."""
    for place, tie in enumerate(ties):
        path: Path = (*where, place)
        match tie:
            case CriterionTie() if tie.criterion not in criteria.by_id:
                yield unknown_criterion(tie.criterion, path)
            case FactTie() if tie.fact not in criteria.catalogue:
                yield unknown_fact(tie.fact, (*path, "fact"))
            case FactTie():
                yield from _check_fact_tie(tie, criteria.catalogue[tie.fact], path)
            case DrawTie() if place < len(ties) - 1:
                yield error("draw-not-last", path, "Après un tirage au sort, aucun départage ne sert.")
            case _:
                pass


def unknown_criterion(name: str, path: Path) -> Problem:
    """Say that a policy names a criterion that it does not have."""
    message = Message("Aucun critère n'a pour « id » « {name} ».", {"name": name})
    return Problem("unknown-criterion", Severity.ERROR, path, message)


def _check_fact_tie(tie: FactTie, fact: Fact, path: Path) -> Iterator[Problem]:
    is_answer = fact.type is FactType.BOOLEAN
    if not (is_answer or fact.type.is_ordered):
        yield error("type-mismatch", (*path, "fact"), "Un départage lit un nombre, une date, ou un oui ou non.")
    elif is_answer is not tie.prefer.is_of_answers:
        said = "« {fact} » se répond par oui ou non : écrivez « prefer: oui », ou « prefer: non »."
        if not is_answer:
            said = "« {fact} » ne se répond pas par oui ou non : écrivez lequel de ses bouts passe devant."
        yield error("type-mismatch", (*path, "prefer"), said, fact=fact.name)


def _check_uncovered(tie: UncoveredTie, path: Path, after: Sequence[Tie], criteria: Criteria) -> Iterator[Problem]:
    """Find a fact that has no categories, what comes after it and gives ranks, and where nothing is contested."""
    fact = criteria.catalogue.get(tie.uncovered)
    if fact is None:
        yield unknown_fact(tie.uncovered, (*path, "uncovered"))
    elif fact.type not in _CATEGORIES:
        said = "« uncovered » lit une catégorie : un choix, ou un texte comme le département."
        yield error("type-mismatch", (*path, "uncovered"), said)
    if any(not isinstance(each, DrawTie) for each in after):
        said = "« uncovered » dépend de qui est retenu : il vient après les autres départages, avant le seul tirage."
        yield error("uncovered-misplaced", path, said)
    if (beside := _without_limit(criteria)) is not None:
        said = "« uncovered » n'a pas d'effet : rien ne limite les places, que personne ne se dispute donc."
        if beside[-1] == "when_short":
            said = "« uncovered » n'a pas d'effet : celles d'un même total sont admises ensemble, ou aucune."
        yield error("key-without-effect", path, said, related=(beside,))


def _without_limit(criteria: Criteria) -> Path | None:
    """Say what in the selection leaves nothing for equals to contest; None where they may contest something."""
    selection = criteria.selection
    if selection.never_decides:
        return ("selection", "decides_from")
    if selection.budget is not None:
        return ("selection", "budget", "when_short") if selection.budget.admits_levels else None
    limited = selection.counted_places is not None or any(quota.at_most is not None for quota in selection.quotas)
    is_free = not limited and all(wave.places is None for wave in criteria.waves)
    return ("selection", "places") if is_free else None
