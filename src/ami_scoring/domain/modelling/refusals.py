"""What is raised where data are refused: by the parser of one answer, or by a model as a whole."""

from collections.abc import Mapping
from typing import Any


class RefusalError(ValueError):
    """An answer that is refused: a code, and a French sentence that says how to mend it, with what fills it."""

    def __init__(self, code: str, template: str, context: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, template, context)
        self.type = code
        self.message_template = template
        self.context = None if context is None else dict(context)

    def message(self) -> str:
        """Give the sentence with the values in their places. Braces that name none of them stay as they are."""
        said = self.message_template
        for name, value in (self.context or {}).items():
            said = said.replace(f"{{{name}}}", str(value))
        return said

    def __str__(self) -> str:
        return self.message()


class InvalidDataError(ValueError):
    """Data that a model refuses: each mistake with its code, its place, its sentence and what was written there."""

    def __init__(self, told: Any) -> None:
        """Keep what pydantic tells: it lists the mistakes when it is asked for them."""
        super().__init__(str(told))
        self._told = told

    def errors(self) -> list[dict[str, Any]]:
        """List the mistakes: `type`, `loc`, `msg`, `input`, and `ctx` where something fills the sentence."""
        listed: list[dict[str, Any]] = self._told.errors(include_url=False)
        return listed

    def error_count(self) -> int:
        """Count them."""
        count: int = self._told.error_count()
        return count
