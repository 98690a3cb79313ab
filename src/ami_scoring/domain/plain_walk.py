"""A model made of data that is plainly right, by a walk through the fields that the data gives.

A shorter way through the same door, for what a run reads once: pydantic first writes down all that a policy may hold,
then reads one, and the first takes six times as long as the second. Here only the fields that are given are looked at.
What is made equals what the model makes; whatever is not plainly right, or is read in a way that is not known here, is
left to the model, which says what is wrong. A candidature, which is read by the thousand, has `plain_reading`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, ForwardRef, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator, Discriminator, PlainValidator, Tag, WithJsonSchema

from ami_scoring.domain.primitives import Model

M = TypeVar("M", bound=Model)

Read = Callable[[Any], Any]
_SETTINGS: Final = frozenset({"frozen", "extra", "defer_build"})
"""What a model may be set to: anything else may change how it is filled."""


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
        self._model = model
        self._known = vars(sys.modules[model.__module__])
        self._names = {field.validation_alias or name: name for name, field in model.model_fields.items()}
        super().__init__()

    def __missing__(self, key: str) -> tuple[str, Read]:
        name = self._names.get(key)
        if name is None:
            raise _NotPlainError
        field = self._model.model_fields[name]
        read = _value(field.annotation, field.metadata, self._known)
        if field.discriminator is not None or field.validate_default:
            raise _NotPlainError
        for each in self._model.__pydantic_decorators__.field_validators.values():
            if name in each.info.fields or "*" in each.info.fields:
                if each.info.mode != "before":
                    raise _NotPlainError
                read = _before(read, getattr(self._model, each.cls_var_name))
        self[key] = name, read
        return self[key]


@cache
def _block(model: type[Model]) -> Read:
    """Read a model: its fields, in the middle of what its own validators do."""
    if not {*model.model_config} <= _SETTINGS or model.model_config.get("extra") != "forbid":
        raise _NotPlainError
    fields = _Fields(model)
    required = {name for name, field in model.model_fields.items() if field.is_required()}

    def fill(data: Any) -> Model:
        if type(data) is not dict:
            raise _NotPlainError
        made: dict[str, Any] = {}
        for key, value in data.items():
            name, read = fields[key]
            made[name] = read(value)
        if not made.keys() >= required:
            raise _NotPlainError
        return model.model_construct({*made}, **made)

    read: Read = fill
    validators = [
        (each.info.mode, each.cls_var_name) for each in model.__pydantic_decorators__.model_validators.values()
    ]
    for mode, name in validators:
        if mode == "before":
            read = _before(read, getattr(model, name))
    for mode, name in validators:
        if mode == "wrap":
            read = partial(_around, getattr(model, name), read)
        elif mode == "after":
            read = _after(read, getattr(model, name))
    return read


def _around(wrap: Callable[[Any, Read], Any], read: Read, data: Any) -> Any:
    return wrap(data, read)


def _before(read: Read, prepare: Read) -> Read:
    return lambda value: read(prepare(value))


def _after(read: Read, finish: Read) -> Read:
    return lambda value: finish(read(value))


def _value(annotation: Any, metadata: Sequence[Any], known: dict[str, Any]) -> Read:
    """Choose how a value is read, by its type and what is said of it. What is said last is done last.

    A type that comes after the model in its module is named there: `known` are the names of that module.
    """
    said = list(metadata)
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        annotation = eval(annotation, known)  # noqa: S307 - no word of it comes from a file
    if get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        said = [*more, *said]
    plain = [place for place, each in enumerate(said) if isinstance(each, (PlainValidator, Discriminator))]
    if not plain:
        read = _typed(annotation, known)
    else:
        first = said[plain[-1]]
        read = _one_of(annotation, first, known) if isinstance(first, Discriminator) else first.func
        said = said[plain[-1] + 1 :]
    for each in said:
        if isinstance(each, BeforeValidator):
            read = _before(read, cast("Read", each.func))
        elif isinstance(each, AfterValidator):
            read = _after(read, cast("Read", each.func))
        elif hasattr(each, "min_length") or hasattr(each, "max_length"):
            read = _after(read, partial(_sized, getattr(each, "min_length", 0), getattr(each, "max_length", None)))
        elif not isinstance(each, (Tag, WithJsonSchema)):
            raise _NotPlainError
    return read


def _sized(least: int, most: int | None, value: Any) -> Any:
    if value is not None and (len(value) < least or (most is not None and len(value) > most)):
        raise _NotPlainError
    return value


def _typed(annotation: Any, known: dict[str, Any]) -> Read:
    """Read what nothing but its type says how to read."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation is Any:
        return _as_written
    if origin is list:
        return partial(_list, _value(parts[0], (), known))
    if origin is dict:
        return partial(_dict, _value(parts[0], (), known), _value(parts[1], (), known))
    if origin is Literal and all(type(part) is str for part in parts):
        return partial(_word, {part: part for part in parts})
    if origin in {Union, UnionType} and NoneType in parts and len(parts) == 2:
        return partial(_or_none, _value(next(part for part in parts if part is not NoneType), (), known))
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _block(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return partial(_word, annotation._value2member_map_)
    raise _NotPlainError


def _one_of(annotation: Any, discriminator: Discriminator, names: dict[str, Any]) -> Read:
    """Read one of several, by the tag that is told of the value."""
    tell = discriminator.discriminator
    if not callable(tell):
        raise _NotPlainError
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
            known[tag] = _value(tagged[tag], (), names)
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
