"""Score candidatures to a public call, exactly and with every reason.

The public names load on first use, so that `ami --version` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ami_scoring.domain.criteria import Criteria
    from ami_scoring.domain.evaluated import Evaluation
    from ami_scoring.domain.standings import Status
    from ami_scoring.evaluation.policy import read_policy
    from ami_scoring.evaluation.run import evaluate
    from ami_scoring.findings import AmiScoringError, Finding, InvalidFileError

__version__ = "0.1.0"

__all__ = [
    "AmiScoringError",
    "Criteria",
    "Evaluation",
    "Finding",
    "InvalidFileError",
    "Status",
    "__version__",
    "evaluate",
    "read_policy",
]

_HOMES = {
    "AmiScoringError": "ami_scoring.findings",
    "Criteria": "ami_scoring.domain.criteria",
    "Evaluation": "ami_scoring.domain.evaluated",
    "Finding": "ami_scoring.findings",
    "InvalidFileError": "ami_scoring.findings",
    "Status": "ami_scoring.domain.standings",
    "evaluate": "ami_scoring.evaluation.run",
    "read_policy": "ami_scoring.evaluation.policy",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module  # noqa: PLC0415 - only a library user comes here

    if name not in _HOMES:
        msg = f"module 'ami_scoring' has no attribute '{name}'"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
