"""Explanations of marks, told once for all the candidatures whose facts are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.scores import Evaluation, Firmness, Standing
from ami_scoring.messages import Message, once
from ami_scoring.reports.workbook import texts
from ami_scoring.scoring.telling import sentence
from ami_scoring.scoring.words import depends_on, named_threats, result_words, standing_reasons

_REFERENCES: Final = frozenset({"reference", "references", "who", "names"})
"""What messages call the candidatures that they are about."""

_WORD: Final = re.compile("[^\\s,]+")


class Teller:
    """Tells marks, and remembers what it told of each: equal facts share their mark."""

    def __init__(self, criteria: Criteria) -> None:
        """Tell by a policy."""
        self._criteria = criteria
        self._told: dict[tuple[str, int], str] = {}

    def tell(self, criterion: Criterion, standing: Standing) -> str:
        """Say why a criterion gives a candidature what it gives."""
        mark = standing.card.marks[criterion.id]
        key = (criterion.id, id(mark))
        said = self._told.get(key)
        if said is None:
            said = self._told[key] = texts.capital(
                texts.sentence(sentence(criterion, mark, standing.card, self._criteria))
            )
        return said


class Names:
    """Names communes beside the references that reasons are about."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Know those that were read."""
        entries = [one.entry for one in evaluation.standings]
        entries += [one.entry for one in evaluation.set_aside if one.entry is not None]
        self._communes = {one.reference: texts.commune(one.candidature.place.main_commune) for one in entries}

    def tell(self, reason: Message) -> Message:
        """Write a reason with the commune of each candidature that it names."""
        about = {key: self._named(value) for key, value in reason.params.items() if key in _REFERENCES}
        return replace(reason, params={**reason.params, **about}) if about else reason

    def joined(self, reasons: Iterable[Message]) -> str:
        """Put several reasons in one cell."""
        return texts.joined(map(self.tell, reasons))

    def _named(self, value: object) -> object:
        return _WORD.sub(self._beside, value) if isinstance(value, str) else value

    def _beside(self, found: re.Match[str]) -> str:
        commune = self._communes.get(found[0])
        return found[0] if commune is None else f"{found[0]} ({commune})"


def reasons_of(standing: Standing, criteria: Criteria, names: Names) -> str:
    """Say in one cell what a place depends on, then why the candidature has its status."""
    return texts.capital(names.joined(once((*_depends_on(standing), *standing_reasons(standing, criteria)))))


def _depends_on(standing: Standing) -> tuple[Message, ...]:
    """Name those who could displace a provisional place: what each would need is too long for a cell."""
    several = len(standing.threats) + standing.others > 1
    if standing.firmness is Firmness.PROVISIONAL and several and (names := named_threats(standing)):
        words = "place provisoire, qui dépend de {names} (« ami explain » dit ce qu'il leur faudrait)"
        return (Message(words, {"names": names}),)
    return depends_on(standing)


def result(evaluation: Evaluation) -> str:
    """Say the result as evaluated: places given and firm, ties, and how many files may still change the list."""
    return texts.sentence(f"À l'évaluation : {' · '.join(map(str, result_words(evaluation)))}.")
