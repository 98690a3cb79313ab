"""What nobody can read yet, and that may hold rivals."""

from typing import NamedTuple

from ami_scoring.domain.verified import Answer


class Unread(NamedTuple):
    """A file that may hold one candidature, and that nobody can read; or one that a verification may bring in."""

    reference: str | None
    path: str
    unverified: tuple[Answer, ...] = ()
    """Of a candidature that what it declares makes ineligible, the answers to be verified."""
    most: int = 1
    """How many candidatures the file may hold at most."""
