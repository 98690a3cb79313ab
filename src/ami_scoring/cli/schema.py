"""`ami schema`: the JSON Schema of the files that people write, for their editors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.streams import write_for_program


class SchemaOf(StrEnum):
    """Which file a schema describes."""

    CRITERIA = "criteria"
    CANDIDATURE = "candidature"


def schema(
    what: Annotated[SchemaOf, typer.Argument(metavar="FICHIER", help="criteria ou candidature.", show_default=False)],
) -> int:
    """Écrit le schéma JSON des critères ou d'une candidature, pour les éditeurs."""
    from ami_scoring.reports.schema import candidature_schema, criteria_schema

    write_for_program(criteria_schema() if what is SchemaOf.CRITERIA else candidature_schema())
    return ExitCode.DONE
