"""The template of the page, compiled once: the result is kept where Python keeps what our modules compile to."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, DictLoader, Environment, StrictUndefined
from jinja2.bccache import Bucket

NAME = "page.html.jinja"


def rendered(source: str, shown: dict[str, Any]) -> str:
    """Fill the template; every value is escaped but those that are marked as markup."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        loader=DictLoader({NAME: source}),
        bytecode_cache=_Beside(),
    )
    return environment.get_template(NAME).render(shown)


class _Beside(BytecodeCache):
    """Keeps it beside our own; without a place to write, the template is compiled each time.

    What is read back names the version of Python, that of the engine and the source: any other is compiled again.
    """

    def __init__(self) -> None:
        self._path = Path(cache_from_source(str(Path(__file__).with_name(f"{NAME}.py"))))

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError), self._path.open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partly = self._path.with_suffix(f".{os.getpid()}")
            partly.write_bytes(bucket.bytecode_to_string())
            partly.replace(self._path)
