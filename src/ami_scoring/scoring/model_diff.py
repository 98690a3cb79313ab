"""What differs between two models of one kind, told with the French titles of their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ami_scoring.messages import Message, spell

NAMES = ("id", "name", "label", "criterion", "fact")
"""The fields by which two lists are matched, the first that every element has."""


def differences(old: BaseModel, new: BaseModel, *, without: Sequence[str] = ()) -> Iterator[Message]:
    """Tell each field that differs, at any depth: `Poids : 30 → 20`. Of two kinds of model, only the kinds are told."""
    for name, field in type(new).model_fields.items():
        if name not in without:
            yield from _between(getattr(old, name), getattr(new, name), short_title(field, name))


def short_title(field: FieldInfo, name: str) -> str:
    """Give the first words of a field's title: « Poids : points au plus dans le total » is « Poids »."""
    return (field.title or name).partition(" : ")[0].partition(" (")[0]


def _between(old: Any, new: Any, title: str) -> Iterator[Message]:
    if old == new:
        return
    if isinstance(old, BaseModel) and isinstance(new, BaseModel) and type(old) is type(new):
        for message in differences(old, new):
            yield _under(title, message)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            for message in _between(old.get(key), new.get(key), f"« {key} »"):
                yield _under(title, message)
    elif _are_models(old) and _are_models(new):
        for message in _between_lists(old, new):
            yield _under(title, message)
    else:
        yield Message("{title} : {old} → {new}", {"title": title, "old": shown(old), "new": shown(new)})


def _between_lists(old: Sequence[BaseModel], new: Sequence[BaseModel]) -> Iterator[Message]:
    key = next((name for name in NAMES if all(getattr(each, name, None) for each in (*old, *new))), None)
    if key is None or len({getattr(each, key) for each in old}) < len(old):
        pairs: list[tuple[Any, Any, str]] = [
            (left, right, f"no {place}") for place, (left, right) in enumerate(zip_longest(old, new), start=1)
        ]
    else:
        olds, news = ({getattr(each, key): each for each in each_list} for each_list in (old, new))
        pairs = [(olds.get(name), news.get(name), f"« {name} »") for name in dict.fromkeys((*olds, *news))]
    for left, right, title in pairs:
        if left is None or right is None:
            word = "ajouté" if left is None else "supprimé"
            yield Message("{title} {word} : {what}", {"title": title, "word": word, "what": shown(left or right)})
        else:
            yield from _between(left, right, title)


def shown(value: Any) -> str:
    """Write a value of a policy on one line."""
    match value:
        case None:
            return "rien"
        case BaseModel():
            said = (
                f"{short_title(field, name)} {shown(getattr(value, name))}"
                for name, field in type(value).model_fields.items()
                if getattr(value, name) not in (None, [], {})
            )
            return ", ".join(said)
        case Mapping():
            return ", ".join(f"{key} : {shown(each)}" for key, each in value.items())
        case list():
            return " ; ".join(shown(each) for each in value) or "rien"
        case _:
            return spell(value)


def _are_models(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, BaseModel) for each in value)


def _under(title: str, message: Message) -> Message:
    return Message("{title}, {said}", {"title": title, "said": message})
