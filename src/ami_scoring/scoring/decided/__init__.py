"""What people decided beside what was computed: the chain of decisions, and what each changes for whom."""

from ami_scoring.scoring.decided.chains import check_chain
from ami_scoring.scoring.decided.consistency import check_decisions, file_hashes
from ami_scoring.scoring.decided.fates import decide, decision_label
from ami_scoring.scoring.decided.settled import open_ties, tied

__all__ = ["check_chain", "check_decisions", "decide", "decision_label", "file_hashes", "open_ties", "tied"]
