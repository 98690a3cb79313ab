"""What people decided beside what was computed: the chain of decisions, and what each changes for whom."""

from ami_scoring.scoring.decided.chains import check_chain

__all__ = ["check_chain"]
