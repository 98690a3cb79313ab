"""Problems of a policy, as the checks of its rules, its conditions and its sections make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ami_scoring.domain.facts import Fact
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message, named
from ami_scoring.scoring.words.wording import TYPE_WORDS

Path = tuple[str | int, ...]


def error(code: str, path: Path, template: str, *, related: tuple[Path, ...] = (), **params: object) -> Problem:
    """Make an error: its code, the keys that lead to it and to what it clashes with, its sentence and what is in it."""
    return Problem(code, Severity.ERROR, path, Message(template, params), related=related)


def repeated(names: Iterable[str | None]) -> Iterator[tuple[int, int]]:
    """Give the position of each name that comes again, and that of its first; None names nothing."""
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        if name is not None and (first := seen.setdefault(name, place)) != place:
            yield place, first


def refused(refusal: RefusalError, path: Path) -> Problem:
    """Make the error of a value that its reader refuses; of a word, keep what it may be for the caller's reader."""
    context = refusal.context or {}
    choice = {"word": context["text"], "possible": context["possible"]} if "possible" in context else {}
    return Problem(refusal.type, Severity.ERROR, path, Message("{said}", {"said": refusal.message(), **choice}))


def unknown_fact(name: str, path: Path) -> Problem:
    """Say that no fact has this name; the caller's reader suggests the nearest."""
    return Problem(
        "unknown-fact", Severity.ERROR, path, Message("Aucune donnée ne s'appelle « {name} ».", {"name": name})
    )


def not_verifiable(fact: Fact, path: Path) -> Problem:
    """Say that a fact is no answer that may be verified, and which ones it is made of."""
    made_of = [key for key in fact.keys if key != fact.name]
    said = "« {fact} » ne se vérifie pas : ce n'est pas une réponse du porteur."
    if fact.computed and made_of:
        said = "« {fact} » se calcule : vérifiez les réponses dont il vient ({keys})."
    return error("fact-not-verifiable", path, said, fact=fact.name, keys=named(made_of))


def mismatch(fact: Fact, path: Path, needed: str) -> Problem:
    """Say that a fact is not of the type that is needed there."""
    return error(
        "type-mismatch",
        path,
        "« {fact} » est de type {type} : il faut ici {needed}.",
        fact=fact.name,
        type=TYPE_WORDS[fact.type],
        needed=needed,
    )
