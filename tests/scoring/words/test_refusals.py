"""What is said of answers that could not be read, and what a candidature waits for beside them."""

from __future__ import annotations

import pytest
from tests.scoring.building import TREE, policy, scored

from ami_scoring.domain.entries import Entry, Refusal
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.words.refusals import beside_refusals, refusal_sentences

OTHERS = (Message("condition à vérifier : {label}", {"label": "zone"}), Message("le comité délibère"))


def refused(*keys: str, code: str = "count-expected", line: int | None = 3) -> Entry:
    said = Message("« beaucoup » n'est pas un nombre entier.")
    where = Location("a.yaml", line)
    return scored("A-1", None).entry._replace(
        refused=tuple(Refusal(key, Finding(code, Severity.ERROR, said, where)) for key in keys)
    )


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (refused("locaux.bureaux"), "à corriger : « Nombre de bureaux de consultation » (ligne\u00a03) : « beaucoup »"),
        (refused("locaux.bureaux", line=None), "à corriger : « Nombre de bureaux de consultation » : « beaucoup »"),
        (refused("locaux.bureau", code="unknown-key"), "à corriger (ligne\u00a03) : « beaucoup »"),
        (refused("", line=None), "à corriger : « beaucoup »"),
    ],
)
def test_a_refusal_is_told_with_its_question_and_its_place(entry: Entry, said: str) -> None:
    (sentence,) = refusal_sentences(entry, policy(TREE))
    assert str(sentence).startswith(said)


@pytest.mark.parametrize("keys", [(), ("locaux.bureaux",), ("locaux.bureaux", "locaux.surface_m2")])
def test_whatever_the_number_of_refusals_what_else_is_waited_for_is_told_apart(keys: tuple[str, ...]) -> None:
    entry, criteria = refused(*keys), policy(TREE)
    sentences = refusal_sentences(entry, criteria)
    assert beside_refusals((*sentences, *OTHERS), entry, criteria) == [*OTHERS]
