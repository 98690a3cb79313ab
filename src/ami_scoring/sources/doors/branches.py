"""Where a place of some data leads in the model that reads them: which branch of a union, which keys are admitted."""

from collections.abc import Iterator
from typing import Any, get_args

from ami_scoring.domain.modelling.markers import Tag
from ami_scoring.domain.modelling.models import Model
from ami_scoring.sources.files.document import DataPath


def without_tags(raw: DataPath) -> DataPath:
    """Keep what leads to a place in the data, of a place as pydantic tells it: without the names of branches."""
    for part in raw:
        if part.__class__ is str and (part.startswith("<") or part == "[key]"):
            break
    else:
        return raw
    return tuple(part for part in raw if not (isinstance(part, str) and (part.startswith("<") or part == "[key]")))


def keys_at(model: type[Model], raw: tuple[str | int, ...]) -> set[str]:
    """List the keys that a model admits at a place of its data; union tags in `raw` choose the branch."""
    here: Any = model
    for part in raw:
        here = _step(here, part)
    models = list(_models_in(here))
    return {field.alias or name for found in models for name, field in found.model_fields.items()}


def _step(annotation: Any, part: str | int) -> Any:
    if isinstance(part, str) and part.startswith("<"):
        return next((branch for branch in _branches(annotation) if _tag(branch) == part), annotation)
    if isinstance(part, int):
        return annotation
    for found in _models_in(annotation):
        for name, field in found.model_fields.items():
            if part == (field.alias or name):
                return field.annotation if not field.metadata else (field.annotation, *field.metadata)
    return annotation


def _branches(annotation: Any) -> Iterator[Any]:
    yield annotation
    parts = annotation if isinstance(annotation, tuple) else get_args(annotation)
    for part in parts:
        yield from _branches(part)


def _tag(annotation: Any) -> str | None:
    metadata = getattr(annotation, "__metadata__", ())
    return next((meta.tag for meta in metadata if isinstance(meta, Tag)), None)


def _models_in(annotation: Any) -> Iterator[type[Model]]:
    for branch in _branches(annotation):
        if isinstance(branch, type) and issubclass(branch, Model):
            yield branch
