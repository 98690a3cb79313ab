"""Who reads what: the draw of assignments, declared interests, what is wrong in a roster, how far the jury is."""

from ami_scoring.scoring.jury.apart import check_gaps
from ami_scoring.scoring.jury.checks import check_assignments, check_jury
from ami_scoring.scoring.jury.draw import Shortage, assign, shortages
from ami_scoring.scoring.jury.progress import Owing, Progress, Spread, Voice, progress
from ami_scoring.scoring.jury.seats import Seats, scales_of, tie_of

__all__ = [
    "Owing",
    "Progress",
    "Seats",
    "Shortage",
    "Spread",
    "Voice",
    "assign",
    "check_assignments",
    "check_gaps",
    "check_jury",
    "progress",
    "scales_of",
    "shortages",
    "tie_of",
]
