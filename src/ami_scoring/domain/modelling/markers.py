"""What is said of a field beside its type, in the words of pydantic, without loading it.

Each marker is one of pydantic's own by its name and its meaning. It gives pydantic the same when it is asked, which is
when something is refused or when a schema is written; `walking` and `plain_reading` understand it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeVar

from ami_scoring.domain.modelling.refusals import RefusalError

Read = Callable[[Any], Any]
Mode = Literal["before", "wrap", "after"]
V = TypeVar("V")

_VALIDATES: Final = "_validates"
_READS: Final = "_reads_before"
REQUIRED: Final[Any] = object()
"""Stands for a default that is not given: the field is required."""


class Sized:
    """How many elements, or letters, a value has at least and at most."""

    __slots__ = ("max_length", "min_length")

    def __init__(self, min_length: int, max_length: int | None) -> None:
        self.min_length, self.max_length = min_length, max_length


class FieldInfo:
    """What is known of one field of a model: its type is told by the class that holds it."""

    __slots__ = (
        "_sized",
        "alias",
        "annotation",
        "default",
        "default_factory",
        "json_schema_extra",
        "metadata",
        "repr",
        "title",
        "written",
    )

    def __init__(  # noqa: PLR0913 - pydantic's names, of which each field gives two or three
        self,
        default: Any = REQUIRED,
        *,
        default_factory: Callable[[], Any] | None = None,
        alias: str | None = None,
        title: str | None = None,
        min_length: int = 0,
        max_length: int | None = None,
        json_schema_extra: Mapping[str, Any] | None = None,
        repr: bool = True,  # noqa: A002 - pydantic's name
    ) -> None:
        self.default, self.default_factory = default, default_factory
        self.alias, self.title, self.repr = alias, title, repr
        self.json_schema_extra = json_schema_extra
        self._sized = None if not min_length and max_length is None else Sized(min_length, max_length)

    def typed(self, annotation: Any) -> None:
        """Part what the class says of the type: the type itself, and what is said of it, the last at the end."""
        said = getattr(annotation, "__metadata__", ())
        self.written = annotation
        self.annotation = annotation.__origin__ if said else annotation
        self.metadata: list[Any] = [*said, *([] if self._sized is None else [self._sized])]

    def is_required(self) -> bool:
        """Say whether data must give it."""
        return self.default is REQUIRED and self.default_factory is None

    def given(self) -> Any:
        """Give the value of a field that data leave out: a list, or a mapping, is nobody else's."""
        if self.default_factory is not None:
            return self.default_factory()
        return self.default.copy() if isinstance(self.default, (list, dict)) else self.default

    def strict(self) -> Any:
        """Give pydantic's field of the same words."""
        from pydantic import Field as Theirs  # noqa: PLC0415 - where something is refused

        said: dict[str, Any] = {"alias": self.alias, "title": self.title, "repr": self.repr}
        if self._sized is not None:
            said |= {"min_length": self._sized.min_length or None, "max_length": self._sized.max_length}
        if self.default_factory is not None:
            said["default_factory"] = self.default_factory
        elif self.default is not REQUIRED:
            said["default"] = self.default
        return Theirs(
            **said, json_schema_extra=None if self.json_schema_extra is None else dict(self.json_schema_extra)
        )


def Field(default: Any = REQUIRED, **said: Any) -> Any:  # noqa: N802 - pydantic's name
    """Say of a field what its type does not: the key of the file, French words, its default, how long it may be."""
    return FieldInfo(default, **said)


class _Marker:
    """What is said of a type, in an annotation. Pydantic asks it for its own, by the protocol that it documents."""

    __slots__ = ()

    def strict(self) -> Any:
        """Give pydantic's marker of the same meaning."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return self.strict().__get_pydantic_core_schema__(source, handler)


class _Function:
    """A marker that holds a function, which takes a value and gives another, or refuses it."""

    __slots__ = ("func",)

    def __init__(self, func: Read) -> None:
        self.func = func


class PlainValidator(_Function):
    """Read a value by a function alone, whatever its type."""

    __slots__ = ()

    def reader(self) -> Read:
        """Give the function by which pydantic reads."""
        return self.func

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Leave out the schema of the type that it stands for: nobody serialises, and it is slow."""
        from pydantic_core import core_schema  # noqa: PLC0415 - where something is refused

        return core_schema.no_info_plain_validator_function(refusing(self.reader()))


class BeforeValidator(_Function):
    """Prepare a value by a function before it is read."""

    __slots__ = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415 - where something is refused

        return core_schema.no_info_before_validator_function(refusing(self.func), handler(source))


class AfterValidator(_Function):
    """Finish a value by a function once it is read."""

    __slots__ = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415 - where something is refused

        return core_schema.no_info_after_validator_function(refusing(self.func), handler(source))


class Tag(_Marker):
    """The name of one of several types."""

    __slots__ = ("tag",)

    def __init__(self, tag: str) -> None:
        self.tag = tag

    def strict(self) -> Any:
        """Give pydantic's."""
        from pydantic import Tag as Theirs  # noqa: PLC0415 - where something is refused

        return Theirs(self.tag)


class Discriminator(_Marker):
    """Choose one of several types by its tag, which a function tells of the value."""

    __slots__ = ("_refusal", "discriminator")

    def __init__(
        self, tell: Read, custom_error_type: str | None = None, custom_error_message: str | None = None
    ) -> None:
        self.discriminator = tell
        self._refusal = {"custom_error_type": custom_error_type, "custom_error_message": custom_error_message}

    def strict(self) -> Any:
        """Give pydantic's."""
        from pydantic import Discriminator as Theirs  # noqa: PLC0415 - where something is refused

        return Theirs(self.discriminator, **self._refusal)  # type: ignore[arg-type]


class WithJsonSchema:
    """What the JSON Schema says of a type, in place of what would be told of it."""

    __slots__ = ("json_schema",)

    def __init__(self, json_schema: Mapping[str, Any]) -> None:
        self.json_schema = json_schema

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return dict(self.json_schema)


def model_validator(*, mode: Mode) -> Callable[[V], V]:
    """Have a method of a model look at the whole: at the data (`before`), at what is made (`after`), or both (`wrap`).

    The first and the last are class methods, decorated as such below this.
    """

    def decorate(method: V) -> V:
        setattr(getattr(method, "__func__", method), _VALIDATES, mode)
        return method

    return decorate


def field_validator(*names: str, mode: Literal["before"]) -> Callable[[V], V]:  # noqa: ARG001 - as pydantic's
    """Have a class method prepare what is given for some fields."""

    def decorate(method: V) -> V:
        setattr(getattr(method, "__func__", method), _READS, names)
        return method

    return decorate


def validates(member: Any) -> Mode | None:
    """Say how a member of a class looks at the whole of a model; None where it does not."""
    found: Mode | None = getattr(getattr(member, "__func__", member), _VALIDATES, None)
    return found


def prepared_by(member: Any) -> tuple[str, ...]:
    """Name the fields for which a member of a class prepares what is given."""
    found: tuple[str, ...] = getattr(getattr(member, "__func__", member), _READS, ())
    return found


def refusing(read: Callable[..., Any]) -> Callable[..., Any]:
    """Have a function refuse in the way of pydantic, which keeps our codes and our sentences then."""

    def told(*values: Any) -> Any:
        try:
            return read(*values)
        except RefusalError as refused:
            from pydantic_core import PydanticCustomError  # noqa: PLC0415 - where something is refused

            raise PydanticCustomError(refused.type, refused.message_template, refused.context) from None

    return told
