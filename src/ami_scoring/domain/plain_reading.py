"""A model made of data that is plainly right, by the parsers that its fields name, without a walk through pydantic.

A shorter way through the same door: what is made equals what the model makes. An answer that a parser refuses is left
out, and told by the parser's own error. Whatever else is not plain (a key unknown or absent, a block for an answer, an
answer that only fills a box) is left to the model. What equal short texts give is one object, as are lists of them,
and the names of the fields that are given: they take the memory of one.
"""

from collections.abc import Callable, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Generic, NamedTuple, TypeVar, Union, get_args, get_origin

from ami_scoring.domain.modelling.models import Model, prepared_fields, put_given, validators_of
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.placeholders import FIRST, fills_a_box
from ami_scoring.domain.primitives import MAX_DIGITS, MOST_REMEMBERED, SHORT, Parsed, Parser, Remembered

M = TypeVar("M", bound=Model)

Path = tuple[str | int, ...]
_MOST_ITEMS: Final = 20
"""Texts of a list up to which it is likely to come back."""


class NotPlainError(Exception):
    """Raised where the model has to be asked."""


class InexactError(NotPlainError):
    """Raised by a number that is not exact: what reads files quickly gives some, and must read that file otherwise."""


class Refused(NamedTuple):
    """An answer that its parser refuses: the keys that lead to it, the error, and what was written."""

    path: Path
    error: RefusalError
    written: object


class Met:
    """What was met in some data: how many keys, all groups together, and the answers that are refused."""

    __slots__ = ("keys", "refused")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.keys = 0
        self.refused: list[Refused] = []


Trail = Any
"""A path as it is followed: nothing, or the trail that leads there and one part more. Nearly none is ever told."""
Below = Callable[[Any, Trail, Met], Any]


class PlainReader(Generic[M]):
    """Makes one model of plain data. Raises `TypeError` for a model whose validators see the data themselves."""

    def __init__(self, model: type[M]) -> None:
        """Look once at the fields of a model, and of those below it."""
        self._make = _block(model)

    def __call__(self, data: object) -> tuple[M, list[Refused]]:
        """Make the model of some data, without the answers that are refused. Raises `NotPlainError`."""
        made, met = self.met(data)
        return made, met.refused

    def met(self, data: object) -> tuple[M, Met]:
        """Make the same, and count the keys of the data. Raises `NotPlainError`."""
        met = Met()
        return self._make(data, (), met), met


class _Wrong(NamedTuple):
    error: RefusalError


class _LeftOut:
    """Stands for a list that is not kept, some element of it being refused."""


class _Known(dict[Any, Any]):
    """What a parser gives for short texts and whole numbers. Nothing else is a key: yes would be found under one."""

    def __init__(self, look: Parser) -> None:
        self._look = look
        super().__init__()

    def __missing__(self, written: str | int) -> Any:
        read = self._look(written)
        if not isinstance(written, str) or len(written) <= SHORT:
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            self[written] = read
        return read


class _Names(dict[int, set[str]]):
    """The names of the fields that are given, by the bits of those that are not."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        super().__init__()

    def __missing__(self, absent: int) -> set[str]:
        given = {name for place, name in enumerate(self._names) if not absent >> place & 1}
        if len(self) < MOST_REMEMBERED:
            self[absent] = given
        return given


def _block(model: type[Any]) -> Below:
    """Write the function that fills a model, as `dataclasses` write theirs: a loop over its fields takes twice as long.

    Nothing but the names of the model's own fields is in the text that is run.
    """
    validators = validators_of(model)
    if prepared_fields(model) or any(mode != "after" for mode, _ in validators):
        raise TypeError(model)
    used: dict[str, Any] = {
        "model": model,
        "new": model.__new__,
        "put_given": put_given,
        "names": _Names(tuple(model.model_fields)),
        "NotPlainError": NotPlainError,
        "Wrong": _Wrong,
        "LeftOut": _LeftOut,
        "refuse": _refuse,
        "RefusalError": RefusalError,
    }
    lines = [
        "def make(data, path, met):",
        " if type(data) is not dict: raise NotPlainError",
        " get, made = data.get, new(model)",
        " fields, count = made.__dict__, len(data)",  # a third of what `object.__setattr__` takes for each field
        " met.keys += count",
        " absent = left_out = 0",
    ]
    for place, (name, field) in enumerate(model.model_fields.items()):
        lines += _field(place, name, field, used)
    lines += [
        f" if count + absent.bit_count() != {len(model.model_fields)}: raise NotPlainError",
        " put_given(made, names[absent | left_out])",
        *(f" try: made.{check}()\n except RefusalError: raise NotPlainError from None" for _, check in validators),
        " return made",
    ]
    exec("\n".join(lines), used)  # noqa: S102 - no word of it comes from a file
    made: Below = used["make"]
    return made


def _field(place: int, name: str, field: Any, used: dict[str, Any]) -> Iterator[str]:
    """Write how one field is filled."""
    annotation, metadata, is_nullable = _without_none(field.annotation, field.metadata)
    key, bit = repr(field.alias or name), 1 << place
    used[f"default_{place}"] = None if field.is_required() else field.default
    way = _way(annotation, metadata)
    yield f" value = get({key})"
    yield " if value is not None:"
    if not isinstance(way, _Answer):
        used[f"below_{place}"] = way
        yield f"  value = below_{place}(value, (path, {key}), met)"
        yield "  if value is LeftOut:"
    else:
        used[f"look_{place}"], used[f"known_{place}"] = way.look, _Known(way.look)
        often = f"known_{place}[value] if type(value) is str or type(value) is int else " if way.comes_back else ""
        yield f"  value = {often}look_{place}(value)"
        yield "  if type(value) is Wrong:"
        yield f"   refuse(met, path, {key}, value.error, data)"
    yield f"   left_out |= {bit}; value = default_{place}" if is_nullable else "   raise NotPlainError"
    yield f" elif {key} not in data:"
    if field.is_required():
        yield "  raise NotPlainError"
    else:
        yield f"  absent |= {bit}" + ("" if field.default is None else f"; value = default_{place}")
    if not is_nullable:
        yield " else: raise NotPlainError"
    yield f" fields[{name!r}] = value"


def _without_none(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any], bool]:
    parts = get_args(annotation) if get_origin(annotation) in {Union, UnionType} else ()
    if NoneType not in parts:
        return annotation, metadata, False
    return Union[tuple(part for part in parts if part is not NoneType)], metadata, True  # noqa: UP007


class _Answer(NamedTuple):
    """How an answer is read, and whether the same one comes back from one candidature to the next."""

    look: Parser
    comes_back: bool


def _way(annotation: Any, metadata: list[Any]) -> _Answer | Below:
    """Choose how a value is read: as an answer, or by what reads a block or a list."""
    if get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        metadata = [*metadata, *more]
    parsed = next((each for each in metadata if isinstance(each, Parsed)), None)
    if parsed is not None:
        return _Answer(_looking(parsed.parser), isinstance(parsed, Remembered))
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _block(annotation)
    if get_origin(annotation) is list:
        least = next((each.min_length for each in metadata if hasattr(each, "min_length")), 0)
        element = _way(get_args(annotation)[0], [])
        return _list_of_answers(element.look, least) if isinstance(element, _Answer) else _list_of(element, least)
    if annotation == dict[str, Any]:
        return _as_written
    raise TypeError(annotation)


def _whole(trail: Trail) -> Path:
    """Give the path of which a trail is made."""
    path: Path = ()
    while trail:
        trail, part = trail
        path = (part, *path)
    return path


def _refuse(met: Met, path: Trail, key: str, error: RefusalError, data: dict[str, Any]) -> None:
    met.refused.append(Refused(_whole((path, key)), error, data[key]))


def _looking(parser: Parser) -> Parser:
    def look(value: Any) -> Any:
        if type(value) is str:
            if value[:1] in FIRST and fills_a_box(value):
                raise NotPlainError
        elif type(value) is float:
            raise InexactError
        elif isinstance(value, (dict, list)) or fills_a_box(value):
            raise NotPlainError
        try:
            return parser(value)
        except RefusalError as error:
            return _Wrong(error.with_traceback(None))

    return look


def _list_of_answers(look: Parser, least: int) -> Below:
    known: dict[tuple[str, ...], list[Any]] = {}

    def read(value: Any, path: Trail, met: Met) -> Any:
        if type(value) is not list or len(value) < least:
            raise NotPlainError
        try:
            made = known.get(tuple(value))
        except TypeError:
            raise NotPlainError from None  # it holds a list or a block
        if made is not None:
            return made
        made = [look(each) for each in value]
        wrong = [place for place, each in enumerate(made) if type(each) is _Wrong]
        if wrong:
            met.refused.extend(Refused(_whole((path, place)), made[place].error, value[place]) for place in wrong)
            return _LeftOut
        if len(value) <= _MOST_ITEMS and all(type(each) is str and len(each) <= SHORT for each in value):
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[tuple(value)] = made
        return made

    return read


def _list_of(below: Below, least: int) -> Below:
    def read(value: Any, path: Trail, met: Met) -> Any:
        if type(value) is not list or len(value) < least:
            raise NotPlainError
        if len(value) == 1:  # as most often; a list that grows keeps room for more
            return [below(value[0], (path, 0), met)]
        return [below(each, (path, place), met) for place, each in enumerate(value)]

    return read


def _as_written(value: Any, _path: Trail, met: Met) -> Any:
    if type(value) is not dict:
        raise NotPlainError
    met.keys += _keys_in(value)
    return value


def _keys_in(value: Any) -> int:
    if type(value) is dict:
        if "\u2019" in "".join(value):  # two keys that differ by their apostrophes are one
            raise NotPlainError
        return len(value) + sum(map(_keys_in, value.values()))
    if type(value) is float:
        raise InexactError
    if type(value) is int and abs(value) > 10**MAX_DIGITS:
        raise NotPlainError
    return sum(map(_keys_in, value)) if type(value) is list else 0
