"""Pydantic's model of each of ours: it tells every mistake of some data with its place, and writes the JSON Schema.

This is the one module of the domain that loads pydantic. What it makes of data is our own model.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import new_class
from typing import Annotated, Any, Final, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, core_schema

from ami_scoring.domain.modelling.markers import BeforeValidator, refusing
from ami_scoring.domain.modelling.models import Model, prepared_fields, validators_of
from ami_scoring.domain.modelling.refusals import InvalidDataError

M = TypeVar("M", bound=Model)


def strictly(model: type[M], data: object) -> M:
    """Make a model of data by pydantic alone. Raises `InvalidDataError`, which tells every mistake."""
    try:
        return cast("M", _adapter(model).validate_python(data))
    except ValidationError as error:
        raise InvalidDataError(error) from None


def _mirror(model: type[Any]) -> type[BaseModel]:
    prepared = prepared_fields(model)
    types = {
        name: info.written if name not in prepared else _prepared(info.written, prepared[name])
        for name, info in model.model_fields.items()
    }
    space: dict[str, Any] = {
        "__module__": model.__module__,
        "__qualname__": model.__qualname__,
        "__doc__": model.__doc__,
        "__annotations__": types,
        "model_config": ConfigDict(frozen=True, extra="forbid", defer_build=True),
        **{name: info.strict() for name, info in model.model_fields.items()},
    }
    return new_class(model.__name__, (BaseModel,), exec_body=lambda names: names.update(space))


_adapter: Final = cast("Callable[[type[Any]], TypeAdapter[Any]]", cache(TypeAdapter))
mirror: Final = cast("Callable[[type[Any]], type[BaseModel]]", cache(_mirror))
"""Give pydantic's model of the same name, and of the same fields, as one of ours."""


def schema_of(model: type[Model], handler: Any) -> CoreSchema:
    """Say how pydantic makes one of our models: as its own of the same fields, then with our own validators.

    What is such a model already is taken as it is. Validators come in the order of pydantic's: those that see the
    data, then, in the order of the class, those that see what is made of them.
    """

    def make(data: Any, fill: Callable[[Any], Any]) -> Any:
        if isinstance(data, model):
            return data
        filled = fill(data)
        made = object.__new__(model)
        vars(made).update(vars(filled))
        made._given = filled.model_fields_set
        return made

    schema: CoreSchema = core_schema.no_info_wrap_validator_function(make, handler.generate_schema(mirror(model)))
    validators = [(mode, refusing(getattr(model, name))) for mode, name in validators_of(model)]
    for mode, look in validators:
        if mode == "before":
            schema = core_schema.no_info_before_validator_function(look, schema)
    for mode, look in validators:
        if mode == "wrap":
            schema = core_schema.no_info_wrap_validator_function(look, schema)
        elif mode == "after":
            schema = core_schema.no_info_after_validator_function(look, schema)
    return schema


def _prepared(annotation: Any, prepare: Callable[[Any], Any]) -> Any:
    return Annotated[annotation, BeforeValidator(prepare)]
