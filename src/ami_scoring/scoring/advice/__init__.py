"""What is allowed in a policy and deserves a second look: a row that never matches, a criterion that hardly acts."""

from ami_scoring.scoring.advice.policies import advise

__all__ = ["advise"]
