"""What was verified of a candidature, and what is still to be, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Fact
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import unverified
from ami_scoring.scoring.words import commune_word, inner, verified_word


def verification_words(entry: Entry, fact: Fact, criteria: Criteria) -> Iterator[Message]:
    """Say of a fact what was verified of the answers that it is made of, and which of them are to be."""
    for each in entry.verified:
        if not set(fact.keys).isdisjoint(criteria.catalogue[each.answer.fact].keys):
            yield verified_word(each, entry, criteria)
    for answer in unverified(entry, criteria):
        its = criteria.catalogue[answer.fact]
        if not set(fact.keys).isdisjoint(its.keys):
            said = {"label": inner(its.label), "where": commune_word(answer, entry)}
            yield Message("« {label} »{where} : déclaré, à vérifier", said)
