"""Two policies side by side: what differs in the rules, who enters, who leaves, and because of what."""

from ami_scoring.scoring.changes.comparison import Cause, Comparison, Move, Place
from ami_scoring.scoring.changes.policies import Step, steps

__all__ = ["Cause", "Comparison", "Move", "Place", "Step", "steps"]
