"""`ami schema`: the JSON Schema of the files that people write, for their editors."""

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
    DECISIONS = "decisions"
    JURY = "jury"
    LETTERHEAD = "courriers"


def schema(
    what: Annotated[
        SchemaOf,
        typer.Argument(
            metavar="FICHIER",
            help="criteria, candidature, correspondance, decisions, jury ou courriers.",
            show_default=False,
        ),
    ],
) -> int:
    """Écrit, pour les éditeurs, le schéma JSON des fichiers que l'on écrit à la main."""
    from ami_scoring.reports.schema import (
        candidature_schema,
        criteria_schema,
        decisions_schema,
        jury_schema,
        letterhead_schema,
        mapping_schema,
    )

    written = {
        SchemaOf.CRITERIA: criteria_schema,
        SchemaOf.CANDIDATURE: candidature_schema,
        SchemaOf.MAPPING: mapping_schema,
        SchemaOf.DECISIONS: decisions_schema,
        SchemaOf.JURY: jury_schema,
        SchemaOf.LETTERHEAD: letterhead_schema,
    }
    write_for_program(written[what]())
    return ExitCode.DONE
