"""The ranked shortlist on a terminal."""

from ami_scoring.reports.terminal.screen import shortlist

__all__ = ["shortlist"]
