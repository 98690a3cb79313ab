"""How sure the list is: `ami robustness`."""

from ami_scoring.reports.robustness.document import robustness_json
from ami_scoring.reports.robustness.page import robustness_markdown, robustness_text
from ami_scoring.reports.robustness.schema import robustness_schema

__all__ = ["robustness_json", "robustness_markdown", "robustness_schema", "robustness_text"]
