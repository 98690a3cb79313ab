"""What a schema cannot say, and that is wrong: in a policy, in its examples, in a candidature.

`checks.shares` is a second face: only a policy that shares points out needs it, and it is imported there.
"""

from ami_scoring.scoring.checks.bands import values_around
from ami_scoring.scoring.checks.candidatures import candidature_check, check_extra
from ami_scoring.scoring.checks.categories import categories_of
from ami_scoring.scoring.checks.correspondences import check_correspondence, mapped_keys
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.checks.doubles import check_doubles, holds_versions
from ami_scoring.scoring.checks.examples import check_example, given_values, refusing_gates
from ami_scoring.scoring.checks.replaced import check_versions

__all__ = [
    "candidature_check",
    "categories_of",
    "check_correspondence",
    "check_criteria",
    "check_doubles",
    "check_example",
    "check_extra",
    "check_versions",
    "given_values",
    "holds_versions",
    "mapped_keys",
    "refusing_gates",
    "values_around",
]
