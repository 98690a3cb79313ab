"""Why one candidature has its total: everything needed to redo it by hand, as plain text."""

from ami_scoring.reports.explanation.document import (
    distance_lines,
    explanation,
    explanation_lines,
    fact_lines,
    working_lines,
)
from ami_scoring.reports.explanation.found import Found, UnknownReferenceError, find
from ami_scoring.reports.explanation.known import Known
from ami_scoring.reports.explanation.page import Line

__all__ = [
    "Found",
    "Known",
    "Line",
    "UnknownReferenceError",
    "distance_lines",
    "explanation",
    "explanation_lines",
    "fact_lines",
    "find",
    "working_lines",
]
