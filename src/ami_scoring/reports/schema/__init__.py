"""The JSON Schema of the files that people write, for their editors: `ami schema`."""

from ami_scoring.reports.schema.document import (
    candidature_schema,
    criteria_schema,
    decisions_schema,
    jury_schema,
    letterhead_schema,
    mapping_schema,
)

__all__ = [
    "candidature_schema",
    "criteria_schema",
    "decisions_schema",
    "jury_schema",
    "letterhead_schema",
    "mapping_schema",
]
