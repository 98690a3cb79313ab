"""Why one candidature has its total: everything needed to redo it by hand, as plain text."""

from ami_scoring.reports.explanation.document import explanation
from ami_scoring.reports.explanation.found import Found, UnknownReferenceError, find

__all__ = ["Found", "UnknownReferenceError", "explanation", "find"]
