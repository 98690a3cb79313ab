"""What would have been enough for a candidature to get the place that it lacks."""

from ami_scoring.scoring.sufficient.branch_ways import what_it_needs
from ami_scoring.scoring.sufficient.others import Others
from ami_scoring.scoring.sufficient.retrial import Retrial
from ami_scoring.scoring.sufficient.search import is_out_of_reach, least_total, unmet_thresholds, what_would_suffice

__all__ = [
    "Others",
    "Retrial",
    "is_out_of_reach",
    "least_total",
    "unmet_thresholds",
    "what_it_needs",
    "what_would_suffice",
]
