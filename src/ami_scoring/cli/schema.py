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
    MAPPING = "correspondance"
    JURY = "jury"


def schema(
    what: Annotated[
        SchemaOf,
        typer.Argument(metavar="FICHIER", help="criteria, candidature, correspondance ou jury.", show_default=False),
    ],
) -> int:
    """Écrit le schéma JSON des critères, d'une candidature, d'une correspondance ou d'un jury, pour les éditeurs."""
    from ami_scoring.reports.schema import candidature_schema, criteria_schema, jury_schema, mapping_schema

    written = {
        SchemaOf.CRITERIA: criteria_schema,
        SchemaOf.CANDIDATURE: candidature_schema,
        SchemaOf.MAPPING: mapping_schema,
        SchemaOf.JURY: jury_schema,
    }
    write_for_program(written[what]())
    return ExitCode.DONE
