"""Which values of a fact are worth trying: those at which a mark may change, and those that an example would show."""

from ami_scoring.scoring.values.boundaries import tells_lists_apart, tests_presence, values_that_matter
from ami_scoring.scoring.values.compared import beside, limits
from ami_scoring.scoring.values.proposed import ELSEWHERE, Trial, exactly_written, trials, values_near

__all__ = [
    "ELSEWHERE",
    "Trial",
    "beside",
    "exactly_written",
    "limits",
    "tells_lists_apart",
    "tests_presence",
    "trials",
    "values_near",
    "values_that_matter",
]
