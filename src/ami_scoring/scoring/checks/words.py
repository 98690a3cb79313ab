"""What an applicant typed that looks like a word of the policy, and counts for nothing because it is not that word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import Fact, FactType
from ami_scoring.domain.primitives import SHORT, fold
from ami_scoring.domain.spellings import bare, parts_of, recognised
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.patterns import late

ALIKE: Final = 0.8
"""The likeness, from 0 to 1, from which a text is taken for a mistyped word."""
STEM: Final = 5
"""Letters from which the beginning of a longer word is the word itself: `département` and `départemental`."""

Typed = list[tuple[tuple[int, ...], str]]
"""Texts as they were typed, with their positions in a list if they stand in one."""
_MOST_PLAIN: Final = 16_384
_SEPARATORS: Final = late(r"[,;/+\n]| et ")
_WORD: Final = late(r"\w+")


def words_check(criteria: Criteria) -> Callable[[Candidature], Iterable[Problem]]:
    """Make the check that looks for free texts that come near a word of the policy without being it.

    They are never quoted.
    """
    concerned = [
        (fact, path, _raw_of(path), path[0] != "complements", set[str]())
        for fact in criteria.catalogue.values()
        if fact.words
        for path in (_place_of(fact),)
    ]

    def check(candidature: Candidature) -> Iterable[Problem]:
        found: Iterable[Problem] = ()
        for fact, path, raw_of, is_list, plain in concerned:
            raw = raw_of(candidature)
            if raw is not None and not (is_list and plain.issuperset(raw)):
                found = [*found, *_check(fact, path, _typed(raw), plain)]
        return found

    return check


def _check(fact: Fact, path: tuple[str, ...], typed: Typed, plain: set[str]) -> Iterator[Problem]:
    """Look at what was typed for one fact; `plain` are texts that come near nothing, which nearly all are."""
    suspects: list[tuple[tuple[int, ...], str, tuple[str, ...]]] = []
    for place, item in typed:
        if item in plain:
            continue
        if (near := _near(item, fact.words)) and not _is_refused(item, fact):
            suspects.append((place, item, near))
        elif len(plain) < _MOST_PLAIN and len(item) <= SHORT:
            plain.add(item)
    if suspects:
        read = {recognised(fold(item), fact.words) for _, item in typed}
        for place, item, near in suspects:
            left = [word for word in near if fold(word) not in read]
            if left:
                yield _problem((*path, *place), item, left, fact)


def _is_refused(item: str, fact: Fact) -> bool:
    """Say whether an element is refused already, for holding a word of the policy beside something else."""
    return fact.type is FactType.LIST and fact.name.startswith(PREFIX) and bool(parts_of(item, fact.words)[0])


@lru_cache(maxsize=16_384)
def _near(text: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words of the policy that a text comes near, none when it is one of them. The same texts come back."""
    known, others = parts_of(text, words)
    if known and not others:
        return ()
    return tuple(word for word in words if _is_near(text, word))


def _place_of(fact: Fact) -> tuple[str, ...]:
    """Give the path of a fact in a candidature."""
    if fact.name.startswith(PREFIX):
        return ("complements", fact.name.removeprefix(PREFIX))
    return tuple(fact.name.split("."))


def _raw_of(path: tuple[str, ...]) -> Callable[[Candidature], Any]:
    """Make the function that gives what a candidature says at a path."""
    if path[0] == "complements":
        key = path[1]
        return lambda candidature: candidature.extra.get(key)
    if path[0] == "diagnostic":
        return lambda candidature: candidature.diagnostic.shared_with if candidature.diagnostic else None
    return lambda candidature: candidature.documents


def _typed(raw: object) -> Typed:
    """Give what was typed: a text, or those of a list by position."""
    if isinstance(raw, list):
        return [((place,), item) for place, item in enumerate(raw) if isinstance(item, str)]
    return [((), raw)] if isinstance(raw, str) else []


def _is_near(text: str, word: str) -> bool:
    """Whether a text holds a word of the policy, its words in their order, or is all but it."""
    typed, named = _WORD.findall(bare(text)), _WORD.findall(bare(word))
    for start in range(len(typed) - len(named) + 1):
        if all(map(_is_form_of, typed[start:], named)):
            return True
    from difflib import SequenceMatcher  # noqa: PLC0415 - only an unknown word needs it

    return SequenceMatcher(None, bare(text)[:80], bare(word), autojunk=False).ratio() >= ALIKE


def _is_form_of(typed: str, named: str) -> bool:
    return typed == named or (len(named) >= STEM and typed.startswith(named))


def _problem(path: tuple[str | int, ...], item: str, near: Sequence[str], fact: Fact) -> Problem:
    known = {"words": list(fact.words)}
    message = Message("Le barème ne reconnaît pas cette réponse, qui ne compte pas ; il connaît : {words}.", known)
    suggestion = Message("Vouliez-vous dire « {near} » ? Écrivez ce mot seul.", {"near": near[0]})
    if len(near) > 1 or _SEPARATORS.search(item):
        suggestion = Message("Écrivez un seul élément par ligne.")
    return Problem("word-not-recognised", Severity.WARNING, path, message, suggestion, quoted=False)
