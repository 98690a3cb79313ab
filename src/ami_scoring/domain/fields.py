"""The fields of a candidature file, by dotted French key: their titles, and whether a candidature gives them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.modelling.models import Model


class Field(NamedTuple):
    """One key of a candidature file. A key below a list stands for that key of every element."""

    key: str
    title: str
    attribute: str
    required: bool
    is_list: bool = False


@cache
def fields() -> Mapping[str, Field]:
    """Give every field of a candidature file by its dotted key, in the order of the file."""
    return {field.key: field for field in _fields_of(Candidature, "", "")}


def absent_fields(candidature: Candidature, keys: tuple[str, ...]) -> tuple[Field, ...]:
    """Name the fields, among some keys, that a candidature does not give; below an absent block, only the block."""
    known = fields()
    absent: list[Field] = []
    for key in keys:
        field = known.get(key)
        if field is None or any(key.startswith(f"{above.key}.") for above in absent):
            continue
        if any(value is None for value in _values(candidature, field.attribute.split("."))):
            absent.append(field)
    return tuple(absent)


def _values(owner: Any, attributes: list[str]) -> Iterator[Any]:
    if isinstance(owner, list):
        for element in owner:
            yield from _values(element, attributes)
    elif owner is None or not attributes:
        yield owner
    else:
        yield from _values(getattr(owner, attributes[0]), attributes[1:])


def _fields_of(model: type[Model], keys: str, attributes: str) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        key, attribute = f"{keys}{info.alias or name}", f"{attributes}{name}"
        yield Field(key, info.title or name, attribute, info.is_required(), _holds_list(info.annotation))
        for below in _models_in(info.annotation):
            yield from _fields_of(below, f"{key}.", f"{attribute}.")


def _holds_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(map(_holds_list, get_args(annotation)))


def _models_in(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
