"""The libraries alone, loaded as `ami` loads them, with nothing of ours: what no change of our code can go below.

A command line made by typer, one pydantic model, libyaml's parser, python-stdnum's key. Run as `libraries.py PATH`.
"""

from __future__ import annotations

import gc
import os
import sys
from types import ModuleType

gc.disable()
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
finder = ModuleType("pydantic.plugin._loader")
finder.get_plugins = tuple  # type: ignore[attr-defined]
sys.modules[finder.__name__] = finder

import typer  # noqa: E402 - as late as in `ami`
from pydantic import BaseModel  # noqa: E402
from stdnum import luhn  # noqa: E402
from yaml.cyaml import CParser  # type: ignore[attr-defined, import-untyped, unused-ignore] # noqa: E402

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


class Candidature(BaseModel):
    """The smallest model."""

    reference: str


@app.command()
def score(path: str) -> None:
    """Use each of them once."""
    read = Candidature.model_validate({"reference": path})
    CParser(read.reference)
    luhn.checksum("0")


app()
