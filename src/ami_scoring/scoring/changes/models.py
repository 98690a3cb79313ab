"""What differs between two models of one kind, in French: what becomes of what, under which heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from ami_scoring.domain.computed import OPERATIONS, PARAMETERS, ComputedFact, Parameter
from ami_scoring.domain.conditions import AllOf, AnyOf, FactCondition, Not
from ami_scoring.domain.limits import Limited
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.rules import Row
from ami_scoring.domain.simple_rules import Band, Knot
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie, UncoveredTie
from ami_scoring.messages import Message
from ami_scoring.scoring.telling import Words, title_of
from ami_scoring.scoring.words import inner

NAMES: Final = ("id", "name", "label", "criterion")
"""The fields by which two lists are matched, the first that every element has."""
WHOLE: Final = (FactCondition, AllOf, AnyOf, Not, Band, Knot, Row, CriterionTie, FactTie, DrawTie, UncoveredTie)
"""What reads better before and after, whole, than field by field."""


def differences(
    old: Model, new: Model, words: Words, *, without: Sequence[str] = (), about: str = ""
) -> Iterator[Message]:
    """Tell each field that differs, at any depth: `Poids : 30 → 20`. Of two kinds of model, the whole is told."""
    about = _subject(new) or about
    if isinstance(old, ComputedFact) and isinstance(new, ComputedFact) and (old.rule is None or new.rule is None):
        without = (*without, *OPERATIONS)
        if words.formula(old) != words.formula(new):
            yield _changed("Calcul", words.formula(old), words.formula(new))
    for name in type(new).model_fields:
        if name not in without:
            yield from _between(old, new, name, words, about)


def _subject(model: Model) -> str:
    """Name the fact in whose unit the numbers of a model are."""
    if isinstance(model, Parameter):
        return f"{PARAMETERS}{model.name}"
    fact = getattr(model, "fact", "")
    return fact if isinstance(fact, str) else ""


def _between(old: Model, new: Model, name: str, words: Words, about: str) -> Iterator[Message]:
    before, after, title = getattr(old, name), getattr(new, name), title_of(type(new), name)
    if before == after and _stated(old, name) == _stated(new, name):
        return
    if _are_models(before) and _are_models(after):
        for message in _between_lists(before, after, words, about):
            yield _under(title, message)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for message in _between_maps(before, after, words):
            yield _under(title, message)
    elif isinstance(before, Model) and type(before) is type(after) and not isinstance(before, WHOLE):
        for message in differences(before, after, words, about=about):
            yield _under(title, message)
    else:
        yield _changed(title, words.field(old, name, about), words.field(new, name, about))


def _stated(model: Model, name: str) -> str | None:
    """Name the parameter that states a number, where one does: who fixes it may change, and not the number."""
    return model.stated_by(name) if isinstance(model, Limited) else None


def _between_maps(old: Mapping[str, Any], new: Mapping[str, Any], words: Words) -> Iterator[Message]:
    for key in dict.fromkeys((*old, *new)):
        before, after, title = old.get(key), new.get(key), f"« {key} »"
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            for message in _between_maps(before, after, words):
                yield _under(title, message)
        elif before != after:
            yield _changed(title, words.told(before), words.told(after))


def _between_lists(old: Sequence[Model], new: Sequence[Model], words: Words, about: str) -> Iterator[Message]:
    for left, right, place in _pairs(old, new):
        if left is None or right is None:
            word = "ajout" if left is None else "suppression"
            yield Message("{word} : {what}", {"word": word, "what": called(left or right, words, about)})
        elif left != right:
            title = _heading(right, words) or f"no {place}"
            if isinstance(right, WHOLE) or type(left) is not type(right):
                yield _changed(title, words.told(left, about), words.told(right, about))
            else:
                for message in differences(left, right, words, about=about):
                    yield _under(title, message)


def _pairs(old: Sequence[Model], new: Sequence[Model]) -> Iterator[tuple[Any, Any, int]]:
    """Match two lists by what names their elements, or by place."""
    key = next((name for name in NAMES if all(getattr(each, name, None) for each in (*old, *new))), None)
    if key is None or any(len({getattr(each, key) for each in group}) < len(group) for group in (old, new)):
        for place, (left, right) in enumerate(zip_longest(old, new), start=1):
            yield left, right, place
        return
    olds, news = ({getattr(each, key): each for each in group} for group in (old, new))
    for place, name in enumerate(dict.fromkeys((*olds, *news)), start=1):
        yield olds.get(name), news.get(name), place


def called(model: Any, words: Words, about: str = "") -> str:
    """Name one element of a list, and say in short what it is."""
    heading, said = _heading(model, words), words.told(model, about)
    return said if not heading or said.startswith(heading) else f"{heading}, {said}"


def _heading(model: Any, words: Words) -> str:
    """Name an element by its label; nothing for one that has only a place."""
    label = getattr(model, "label", None) or getattr(model, "id", None)
    if label is None and hasattr(model, "criterion"):
        label = words.criteria[model.criterion]
    return "" if label is None else f"« {inner(label)} »"


def _are_models(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Model) for each in value)


def _changed(title: str, old: str, new: str) -> Message:
    return Message("{title} : {old} → {new}", {"title": title, "old": old, "new": new})


def _under(title: str, message: Message) -> Message:
    return Message("{title}, {said}", {"title": title, "said": message})
