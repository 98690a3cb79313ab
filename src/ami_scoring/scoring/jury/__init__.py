"""Who reads what: the draw of assignments, declared interests, what is wrong in a roster, how far the jury is."""

from ami_scoring.scoring.jury.apart import check_gaps
from ami_scoring.scoring.jury.checks import check_assignments, check_jury, check_readers
from ami_scoring.scoring.jury.draw import Shortage, assign, shortages
from ami_scoring.scoring.jury.grids import Grid, Subject, grids_of, subjects_of
from ami_scoring.scoring.jury.progress import Owing, Progress, Spread, Voice, progress_of
from ami_scoring.scoring.jury.seats import Seats, scales_of

__all__ = [
    "Grid",
    "Owing",
    "Progress",
    "Seats",
    "Shortage",
    "Spread",
    "Subject",
    "Voice",
    "assign",
    "check_assignments",
    "check_gaps",
    "check_jury",
    "check_readers",
    "grids_of",
    "progress_of",
    "scales_of",
    "shortages",
    "subjects_of",
]
