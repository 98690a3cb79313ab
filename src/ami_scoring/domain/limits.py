"""Numbers of a policy that stand as limits: written, or stated by a parameter, which nobody answers for.

`stating` puts what a parameter states in the place of its name before anything is read, so that whatever reads a policy
sees plain numbers. Who tells the policy may name the parameter, which each model keeps beside its own fields.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple, Self, TypeVar

from ami_scoring.domain.conditions import parse_bound, parse_points, parse_share
from ami_scoring.domain.modelling.markers import WithJsonSchema, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Parsed, shown
from ami_scoring.exact import Fraction

T = TypeVar("T")


class Stated(NamedTuple):
    """What a parameter states, in the place of its name."""

    value: Fraction | date
    parameter: str


class Limited(Model):
    """A model some of whose numbers may be stated by parameters."""

    _stated: Mapping[str, str] = MappingProxyType({})

    @model_validator(mode="wrap")
    @classmethod
    def _keep_names(cls, data: Any, handler: Callable[[Any], Self]) -> Self:
        made = handler(data)
        if isinstance(data, dict) and (found := dict(_named(data))):
            made._stated = found  # noqa: SLF001 - its own
        return made

    def stated_by(self, key: str) -> str | None:
        """Name the parameter that states what a key of the file holds; None where it is written there."""
        return self._stated.get(key)

    @property
    def parameters_named(self) -> tuple[str, ...]:
        """The parameters that state something here, in the order of the text, each once."""
        return tuple(dict.fromkeys(self._stated.values()))

    def restated(self, changes: Mapping[str, Any], by: Mapping[str, str]) -> Self:
        """Give the same with other values; `by` names the parameters that state some of them, by their keys."""
        made = self.model_copy(update=dict(changes))
        made._stated = {**self._stated, **by}  # noqa: SLF001 - its own
        return made


def _named(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        stated = value.get("at_least") if isinstance(value, dict) else value  # a minimum written at length
        if isinstance(stated, Stated):
            yield key, stated.parameter


def _or_stated(parse: Callable[[object], T]) -> Callable[[object], T]:
    """Read what is written by `parse`, take what a parameter states, and raise why it states nothing."""

    def read(value: object) -> Any:
        if isinstance(value, RefusalError):
            raise value
        return value.value if isinstance(value, Stated) else parse(value)

    return read


def _number(parse: Callable[[object], Fraction]) -> Callable[[object], Fraction]:
    """Read a number that stands as a limit, written or stated; a date is none."""
    read = _or_stated(parse)

    def limit(value: object) -> Fraction:
        found = read(value)
        if isinstance(found, date):
            name = value.parameter if isinstance(value, Stated) else ""
            raise RefusalError(
                "type-mismatch",
                "« {name} » est une date : il faut ici un nombre, ou un paramètre qui en soit un.",
                {"name": name},
            )
        return found

    return limit


def _parse_amount(value: object) -> Fraction:
    """Read the budget of a wave: an amount, where shares and blocks are what one may think of writing."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        said = "« {text} » est une part : le budget d'une vague est un montant, et les parts réservées s'y rapportent."
        raise RefusalError("number-expected", said, {"text": shown(value), "mend": _ALONE})
    if isinstance(value, dict):
        said = "Le budget d'une vague est un montant seul, sans clé : les parts réservées se disent dans « selection »."
        raise RefusalError("number-expected", said, {"mend": _ALONE})
    return parse_points(value)


_ALONE: Final = "Écrivez le montant seul, en chiffres : « budget: 60000 »."
parse_limit: Final = _number(parse_points)
SCHEMA: Final[Mapping[str, Any]] = {
    "type": ["number", "string", "object"],
    "if": {"type": "object"},
    "then": {
        "properties": {"fact": {"type": "string", "pattern": r"^parametres\.", "title": "Paramètre"}},
        "required": ["fact"],
        "additionalProperties": False,
    },
}
"""What a limit may be, in the schema that editors read: the choice is made by shape."""
Limit = Annotated[Fraction, Parsed(parse_limit), WithJsonSchema({**SCHEMA})]
LimitAmount = Annotated[Fraction, Parsed(_number(_parse_amount)), WithJsonSchema({**SCHEMA})]
LimitShare = Annotated[Fraction, Parsed(_number(parse_share)), WithJsonSchema({**SCHEMA})]
LimitBound = Annotated[Fraction | date, Parsed(_or_stated(parse_bound)), WithJsonSchema({**SCHEMA})]
