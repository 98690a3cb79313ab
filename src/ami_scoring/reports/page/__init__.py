"""The page: one HTML file, without network nor server, to look at the shortlist, try other weights, and publish."""

from ami_scoring.reports.page.document import page
from ami_scoring.reports.page.publishing import Publish

__all__ = ["Publish", "page"]
