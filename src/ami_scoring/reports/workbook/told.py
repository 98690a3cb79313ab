"""Explanations of marks, told once for all the candidatures whose facts are the same."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.rules import facts_read, simple_rules
from ami_scoring.domain.simple_rules import Relative
from ami_scoring.domain.standings import Firmness, Standing
from ami_scoring.messages import Message, once
from ami_scoring.reports.workbook import texts
from ami_scoring.scoring.marks import spread_of, with_operands
from ami_scoring.scoring.telling import sentence
from ami_scoring.scoring.words import depends_on, named_threats, result_words, standing_reasons

_REFERENCES: Final = frozenset({"reference", "references", "who", "names"})
"""What messages call the candidatures that they are about."""

_WORD: Final = re.compile("[^\\s,]+")


class Teller:
    """Tells marks, and remembers what it told of one mark and of the facts that gave it.

    A mark alone would not do: one may stand for facts that differ, where a rule makes nothing of the difference.
    """

    def __init__(self, criteria: Criteria) -> None:
        """Tell by a policy."""
        self._criteria = criteria
        self._told: dict[object, str] = {}
        self._reads = {node.id: _facts_of(node, criteria) for node in criteria.by_id.values()}

    def shared(self, criterion: Criterion, standing: Standing) -> Hashable:
        """Give what is the same for two candidatures of whom the same is told; None where it is told apart."""
        values = standing.card.values
        key = (criterion.id, id(standing.card.marks[criterion.id]), *map(values.get, self._reads[criterion.id]))
        try:
            hash(key)
        except TypeError:  # what is missing for a reason of its own
            return None
        return key

    def tell(self, criterion: Criterion, standing: Standing) -> str:
        """Say why a criterion gives a candidature what it gives."""
        key = self.shared(criterion, standing)
        said = None if key is None else self._told.get(key)
        if said is None:
            card = standing.card
            told = sentence(criterion, card.marks[criterion.id], card, self._criteria)
            said = texts.capital(texts.sentence(told))
            if key is not None:
                self._told[key] = said
        return said


def _facts_of(node: Criterion, criteria: Criteria) -> tuple[str, ...]:
    """Name the facts that what is told of a criterion may say, with how far those of a pool may move."""
    if node.rule is None:
        return ()
    compared = [part for part in simple_rules(node.rule) if isinstance(part, Relative)]
    return (*with_operands(facts_read(node.rule), criteria), *map(spread_of, compared))


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
        return reason._replace(params={**reason.params, **about}) if about else reason

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
