"""How many processes share the work of one command: an option of each command that reads candidatures."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, Final

import typer

from ami_scoring import processes

SHARING: Final = frozenset(
    {"score", "explain", "validate", "robustness", "decide", "archive", "verify", "papers", "diff", "template"}
)
"""Commands that read candidatures."""
_NAME: Final = "processes"
_Count = Annotated[
    int | None,
    typer.Option(
        "--processes",
        metavar="N",
        min=1,
        max=processes.MOST,
        help=f"Processus qui se partagent un long travail, {processes.MOST} au plus (par défaut : un par processeur ;"
        " 1 : un seul). Le résultat est le même.",
        show_default=False,
    ),
]


def sharing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option to a command, which need not know of it."""

    @wraps(command)
    def shared(**given: Any) -> Any:
        count = given.pop(_NAME)
        if count is not None:
            processes.grant(count)
        return command(**given)

    asked = signature(command, eval_str=True)
    option = Parameter(_NAME, Parameter.KEYWORD_ONLY, default=None, annotation=_Count)
    shared.__signature__ = asked.replace(parameters=[*asked.parameters.values(), option])  # type: ignore[attr-defined]
    shared.__annotations__ = {**command.__annotations__, _NAME: _Count}
    return shared
