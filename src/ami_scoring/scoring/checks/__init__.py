"""What a schema cannot say, and that is wrong: in a policy, in its examples, in a candidature.

Two modules are faces of their own, imported where they are needed: `checks.shares`, for a policy that shares points
out, and `checks.correspondences`, for exports.
"""

from ami_scoring.scoring.checks.bands import values_around
from ami_scoring.scoring.checks.candidatures import candidature_check, check_extra
from ami_scoring.scoring.checks.categories import categories_of
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.checks.doubles import check_doubles, holds_versions
from ami_scoring.scoring.checks.examples import check_example, given_values, refusing_gates
from ami_scoring.scoring.checks.replaced import check_versions

__all__ = [
    "candidature_check",
    "categories_of",
    "check_criteria",
    "check_doubles",
    "check_example",
    "check_extra",
    "check_versions",
    "given_values",
    "holds_versions",
    "refusing_gates",
    "values_around",
]
