"""A model made of data that is plainly right, by a walk through the fields that the data gives.

A shorter way through the same door, for what a run reads once: pydantic first writes down all that a policy may hold,
then reads one, and the first takes six times as long as the second. Here only the fields that are given are looked at.
What is made equals what the model makes; whatever is not plainly right, or is read in a way that is not known here, is
left to the model, which says what is wrong. A candidature, which is read by the thousand, has `plain_reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin

from ami_scoring.domain.modelling.markers import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    PlainValidator,
    Tag,
    WithJsonSchema,
)
from ami_scoring.domain.modelling.models import Model, prepared_fields, validators_of

M = TypeVar("M", bound=Model)

Read = Callable[[Any], Any]


class _NotPlainError(Exception):
    """Raised where the model has to be asked."""


def walk(model: type[M], data: object) -> M | None:
    """Make a model of some data; None where the model has to be asked, whether it would refuse them or not."""
    try:
        made: M = _block(model)(data)
    except (_NotPlainError, ValueError, TypeError, AssertionError, RecursionError):
        return None  # what parsers raise is a ValueError, as pydantic's own errors are
    return made


class _Fields(dict[str, tuple[str, Read]]):
    """The name of the field that a key fills, and how it is read: worked out for the keys that are met."""

    def __init__(self, model: type[Model]) -> None:
        self._fields = model.model_fields
        self._prepared = prepared_fields(model)
        self._names = {info.alias or name: name for name, info in self._fields.items()}
        super().__init__()

    def __missing__(self, key: str) -> tuple[str, Read]:
        name = self._names.get(key)
        if name is None:
            raise _NotPlainError
        read = _value(self._fields[name].annotation, self._fields[name].metadata)
        if name in self._prepared:
            read = _before(read, self._prepared[name])
        self[key] = name, read
        return self[key]


def _new_block(model: type[Any]) -> Read:
    """Read a model: its fields, in the middle of what its own validators do."""
    fields = _Fields(model)
    required = {name for name, info in model.model_fields.items() if info.is_required()}

    def fill(data: Any) -> Model:
        if type(data) is not dict:
            raise _NotPlainError
        made: dict[str, Any] = {}
        for key, value in data.items():
            name, read = fields[key]
            made[name] = read(value)
        if not made.keys() >= required:
            raise _NotPlainError
        filled: Model = model.model_construct({*made}, **made)
        return filled

    read: Read = fill
    validators = [(mode, getattr(model, name)) for mode, name in validators_of(model)]
    for mode, look in validators:
        if mode == "before":
            read = _before(read, look)
    for mode, look in validators:
        if mode == "wrap":
            read = partial(_around, look, read)
        elif mode == "after":
            read = _after(read, look)
    return read


_block: Final = cast("Callable[[type[Any]], Read]", cache(_new_block))


def _around(wrap: Callable[[Any, Read], Any], read: Read, data: Any) -> Any:
    return wrap(data, read)


def _before(read: Read, prepare: Read) -> Read:
    return lambda value: read(prepare(value))


def _after(read: Read, finish: Read) -> Read:
    return lambda value: finish(read(value))


def _value(annotation: Any, metadata: Sequence[Any]) -> Read:
    """Choose how a value is read, by its type and what is said of it. What is said last is done last."""
    said = list(metadata)
    if get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        said = [*more, *said]
    plain = [place for place, each in enumerate(said) if isinstance(each, (PlainValidator, Discriminator))]
    if not plain:
        read = _typed(annotation)
    else:
        first = said[plain[-1]]
        read = _one_of(annotation, first) if isinstance(first, Discriminator) else first.func
        said = said[plain[-1] + 1 :]
    for each in said:
        if isinstance(each, BeforeValidator):
            read = _before(read, each.func)
        elif isinstance(each, AfterValidator):
            read = _after(read, each.func)
        elif hasattr(each, "min_length") or hasattr(each, "max_length"):
            read = _after(read, partial(_sized, getattr(each, "min_length", 0), getattr(each, "max_length", None)))
        elif not isinstance(each, (Tag, WithJsonSchema)):
            raise _NotPlainError
    return read


def _sized(least: int, most: int | None, value: Any) -> Any:
    if value is not None and (len(value) < least or (most is not None and len(value) > most)):
        raise _NotPlainError
    return value


def _typed(annotation: Any) -> Read:
    """Read what nothing but its type says how to read."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation is Any:
        return _as_written
    if origin is list:
        return partial(_list, _value(parts[0], ()))
    if origin is dict:
        return partial(_dict, _value(parts[0], ()), _value(parts[1], ()))
    if origin is Literal and all(type(part) is str for part in parts):
        return partial(_word, {part: part for part in parts})
    if origin in {Union, UnionType} and NoneType in parts and len(parts) == 2:
        return partial(_or_none, _value(next(part for part in parts if part is not NoneType), ()))
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _block(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return partial(_word, annotation._value2member_map_)
    raise _NotPlainError


def _one_of(annotation: Any, discriminator: Discriminator) -> Read:
    """Read one of several, by the tag that is told of the value."""
    tell = discriminator.discriminator
    tagged: dict[Any, Any] = {}
    for part in get_args(annotation):
        said = get_args(part)[1:] if get_origin(part) is Annotated else ()
        tagged.update((each.tag, part) for each in said if isinstance(each, Tag))
    if len(tagged) != len(get_args(annotation)):
        raise _NotPlainError
    known: dict[Any, Read] = {}

    def read(value: Any) -> Any:
        tag = tell(value)
        if tag not in known:
            if tag not in tagged:
                raise _NotPlainError
            known[tag] = _value(tagged[tag], ())
        return known[tag](value)

    return read


def _as_written(value: Any) -> Any:
    return value


def _or_none(read: Read, value: Any) -> Any:
    return None if value is None else read(value)


def _list(read: Read, value: Any) -> list[Any]:
    if type(value) is not list:
        raise _NotPlainError
    return [read(each) for each in value]


def _dict(key: Read, read: Read, value: Any) -> dict[Any, Any]:
    if type(value) is not dict:
        raise _NotPlainError
    return {key(each): read(under) for each, under in value.items()}


def _word(words: Mapping[Any, Any], value: Any) -> Any:
    if type(value) is not str or value not in words:
        raise _NotPlainError
    return words[value]
