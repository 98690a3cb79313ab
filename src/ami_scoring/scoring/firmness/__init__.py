"""Whether a place is firm or provisional, and whether one is still within reach, over every way things can end."""

from ami_scoring.scoring.firmness.judging import with_firmness
from ami_scoring.scoring.firmness.unread import Unread

__all__ = ["Unread", "with_firmness"]
