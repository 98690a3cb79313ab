"""What is still to be verified, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.verified import Answer, Verified
from ami_scoring.messages import Message, named
from ami_scoring.scoring.words.wording import inner, value_word


def to_verify(answers: Sequence[Answer], criteria: Criteria) -> Message:
    """Say what nobody verified yet."""
    return Message("à vérifier : {names}", {"names": named(names_of(answers, criteria))})


def names_of(answers: Sequence[Answer], criteria: Criteria) -> list[str]:
    """Name answers by the labels of their facts, once each."""
    return list(dict.fromkeys(f"« {inner(criteria.catalogue[answer.fact].label)} »" for answer in answers))


def commune_word(answer: Answer, entry: Entry) -> str:
    """Name the commune of an answer in an aside, where a candidature has several."""
    is_alone = answer.commune is None or len(entry.candidature.place.communes) == 1
    return "" if is_alone else f" ({answer.commune})"


def verified_word(each: Verified, entry: Entry, criteria: Criteria) -> Message:
    """Say what was declared, what was verified, when and by whom: `déclaré 120 m², vérifié 85 m² le 3 mars 2022`."""
    fact = criteria.catalogue[each.answer.fact]
    words = {
        "label": inner(fact.label),
        "where": commune_word(each.answer, entry),
        "declared": value_word(fact, each.declared),
        "value": value_word(fact, each.value),
        "on": each.on,
        "by": each.by,
        "source": "" if each.source is None else f" ({each.source})",
    }
    said = "« {label} »{where} : déclaré {declared}, vérifié {value} le {on} par {by}{source}"
    if each.declared == each.value:
        said = "« {label} »{where} : {value}, vérifié le {on} par {by}{source}"
    return Message(said, words)
