"""Every paper that follows a call: letters, minutes, report, published rules, sheets, notices."""

from ami_scoring.reports.papers.blocks import Paper
from ami_scoring.reports.papers.letters import letters
from ami_scoring.reports.papers.minutes import minutes
from ami_scoring.reports.papers.notice import notice
from ami_scoring.reports.papers.procedure import procedure
from ami_scoring.reports.papers.rules import rules
from ami_scoring.reports.papers.run import Candidate, Run, Told, candidates, unread
from ami_scoring.reports.papers.sheets import sheets
from ami_scoring.reports.papers.text import as_text

__all__ = [
    "Candidate",
    "Paper",
    "Run",
    "Told",
    "as_text",
    "candidates",
    "letters",
    "minutes",
    "notice",
    "procedure",
    "rules",
    "sheets",
    "unread",
]
