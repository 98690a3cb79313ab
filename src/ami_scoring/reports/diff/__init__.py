"""What changed between two policies, and for whom: `ami diff`."""

from ami_scoring.reports.diff.document import diff_json
from ami_scoring.reports.diff.page import diff_markdown, diff_text

__all__ = ["diff_json", "diff_markdown", "diff_text"]
