"""What every model is made of: a class of named fields, frozen, that is filled by the keys of a file.

Models are declared as pydantic's are, and pydantic tells what is wrong in data (`strict`). It is not loaded to declare
them: that would be a third of a start, and it has nothing to say of data that are plainly right (`walking`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, Self, get_args, get_type_hints

from ami_scoring.domain.modelling.markers import REQUIRED, Field, FieldInfo, Mode, Read, prepared_by, validates

_OWN: Final = "_own_fields"


class _Fields:
    """The fields of a model by their names, worked out when first asked for: a type may be named before it is made."""

    def __get__(self, _: Any, owner: type[Model]) -> Mapping[str, FieldInfo]:
        found: Mapping[str, FieldInfo] | None = owner.__dict__.get(_OWN)
        if found is None:
            found = _fields_of(owner)
            setattr(owner, _OWN, found)
        return found


class Model:
    """What somebody writes in a file: frozen, with no unknown key, filled by the names of the file."""

    __slots__ = ("__dict__", "_given")
    model_fields: ClassVar[Mapping[str, FieldInfo]] = _Fields()  # type: ignore[assignment]
    """The fields by their names, those of the classes above first."""
    _said: ClassVar[Mapping[str, FieldInfo]] = {}
    """What this class says of its own fields."""
    _given: set[str]

    def __init_subclass__(cls) -> None:
        """Take what is said of the fields out of the way of their values."""
        said: dict[str, FieldInfo] = {}
        for name in cls.__annotations__:
            if not name.startswith("_"):
                info = cls.__dict__.get(name, REQUIRED)
                said[name] = info if isinstance(info, FieldInfo) else Field(info)
                if info is not REQUIRED:
                    delattr(cls, name)
        cls._said = said

    def __init__(self, /, **given: Any) -> None:
        """Make the model of data, by the keys of the file. Raises `InvalidDataError`."""
        made = type(self).model_validate(given)
        vars(self).update(vars(made))
        self._given = made.model_fields_set

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """Make the model of data. Raises `InvalidDataError`, which tells every mistake."""
        from ami_scoring.domain.modelling.walking import walk  # noqa: PLC0415 - it asks for this module

        made = walk(cls, data)
        if made is None:
            from ami_scoring.domain.modelling.strict import strictly  # noqa: PLC0415 - it loads pydantic

            made = strictly(cls, data)
        return made

    @classmethod
    def model_construct(cls, given: set[str] | None = None, /, **values: Any) -> Self:
        """Make the model of values that are right, by the names of its fields; nothing is looked at."""
        made = object.__new__(cls)
        fields = made.__dict__
        for name, info in cls.model_fields.items():
            if name in values:
                fields[name] = values[name]
            elif not info.is_required():
                fields[name] = info.given()
        made._given = {*values} & cls.model_fields.keys() if given is None else given
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """Give the same with other values; what was worked out of the former ones is left behind."""
        made = object.__new__(type(self))
        fields, known = made.__dict__, type(self).model_fields
        for name, value in self.__dict__.items():
            if update is None or name in known or name.startswith("_"):
                fields[name] = value
        fields.update(update or {})
        made._given = {*self._given, *(update or ())}
        return made

    def model_dump(
        self, *, by_alias: bool = False, exclude_unset: bool = False, exclude_none: bool = False
    ) -> dict[str, Any]:
        """Give the data of the model: by the keys of the file, without what nobody gave, or without what is empty."""

        def dumped(value: Any) -> Any:
            match value:
                case Model():
                    return value.model_dump(by_alias=by_alias, exclude_unset=exclude_unset, exclude_none=exclude_none)
                case list():
                    return [dumped(each) for each in value]
                case dict():
                    return {key: dumped(each) for key, each in value.items()}
                case _:
                    return value

        told = self._given if exclude_unset else type(self).model_fields
        return {
            (info.alias or name) if by_alias else name: dumped(value)
            for name, info in type(self).model_fields.items()
            if name in told and not ((value := getattr(self, name)) is None and exclude_none)
        }

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that data gave."""
        return self._given

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from ami_scoring.domain.modelling.strict import schema_of  # noqa: PLC0415 - it loads pydantic

        return schema_of(cls, handler)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield from ((name, getattr(self, name)) for name in type(self).model_fields)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _compared(self) == _compared(other)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in type(self).model_fields)))

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_"):
            message = f"{type(self).__name__}.{name}: a model is frozen"
            raise AttributeError(message)
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        message = f"{type(self).__name__}.{name}: a model is frozen"
        raise AttributeError(message)

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name, info in type(self).model_fields.items() if info.repr)
        return f"{type(self).__name__}({', '.join(shown)})"


put_given: Final = Model._given.__set__  # type: ignore[attr-defined]  # noqa: SLF001 - its own
"""Put the names of the fields that data gave into a model, in half the time that setting them takes."""


def validators_of(model: type[Model]) -> Sequence[tuple[Mode, str]]:
    """List the methods that look at the whole of a model, and how, those of the classes above first."""
    found: dict[str, Mode] = {}
    for each in reversed(model.__mro__):
        found.update((name, how) for name, member in vars(each).items() if (how := validates(member)) is not None)
    return [(how, name) for name, how in found.items()]


def prepared_fields(model: type[Model]) -> Mapping[str, Read]:
    """Give, by the name of a field, what prepares its value before it is read."""
    found: dict[str, Read] = {}
    for each in reversed(model.__mro__):
        for name, member in vars(each).items():
            found.update(dict.fromkeys(prepared_by(member), getattr(model, name)))
    return found


def _compared(model: Any) -> dict[str, Any]:
    """Give what must be equal in two models: their fields, and what they keep beside."""
    names = type(model).model_fields
    return {name: value for name, value in model.__dict__.items() if name in names or name.startswith("_")}


def _fields_of(model: type[Model]) -> Mapping[str, FieldInfo]:
    found: dict[str, FieldInfo] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Model) and each is not Model:
            said, types = each._said, each.__annotations__  # noqa: SLF001 - its own
            if any(map(_names_a_type, types.values())):
                types = get_type_hints(each, include_extras=True)
            for name, info in said.items():
                info.typed(types[name])
                found[name] = info
    return found


def _names_a_type(annotation: Any) -> bool:
    """Say whether a type is given by its name, anywhere in an annotation: it may come later in the module."""
    return isinstance(annotation, str) or any(map(_names_a_type, get_args(annotation)))
