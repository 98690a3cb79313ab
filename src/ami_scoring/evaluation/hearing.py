"""What the assessors of a call say, in the light of its jury where it has one."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.findings import Finding
from ami_scoring.sources.doors.heard import Batch, Heard
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.folders import Found

if TYPE_CHECKING:
    from ami_scoring.evaluation.seats import Bench
    from ami_scoring.scoring.jury import Seats


def named_jury(criteria: Criteria, path: Path) -> Path | None:
    """Find the jury that a policy names, if it does."""
    return None if criteria.jury is None else path.parent / criteria.jury


class Hearing(NamedTuple):
    """What the assessors say, and the jury where the policy names one."""

    heard: Heard
    bench: "Bench | None"
    seats: "Seats | None"

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The fingerprints of the jury's files, then of the opinions."""
        return (*(self.bench.origins if self.bench else ()), *self.heard.origins)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the jury's files, then in the opinions."""
        return (*(self.bench.findings if self.bench else ()), *self.heard.findings)


def hear(  # noqa: PLR0913 - what a hearing is made of
    criteria: Criteria,
    path: Path,
    loaded: Loaded,
    marked: Found,
    *,
    jury: Path | None = None,
    judgements: Mapping[str, Judgement] | None = None,
    more: Sequence[Batch] = (),
) -> Hearing:
    """Read the opinions of assessors, in the light of `jury` or of the one that the policy names, if it does.

    `more` are the opinions that exports of candidatures hold beside them.
    Raises `InvalidFileError` where the jury is unusable.
    """
    known = {entry.reference.casefold(): entry.reference for entry in loaded.entries}
    apart = {one.reference for one in loaded.unreadable if one.reference}
    named = jury or named_jury(criteria, path)
    bench = None
    if named is not None:
        from ami_scoring.evaluation.seats import read_bench  # noqa: PLC0415 - for a call that has a jury

        bench = read_bench(named, criteria, known | {reference.casefold(): reference for reference in apart})
    seats = None if bench is None else bench.seats(entry.candidature for entry in loaded.entries)
    judged = criteria.judgements if judgements is None else judgements
    if bench is None and not (marked.files or marked.findings or more):
        return Hearing(Heard(judged, None), None, None)
    from ami_scoring.sources.doors.assessments import load_assessments  # noqa: PLC0415 - for opinions that are given

    heard = load_assessments(
        marked.files if bench is None else bench.opinions_among(marked.files),
        judged,
        set(known.values()),
        apart,
        marked.findings,
        seats=seats,
        call=criteria.call,
        more=more,
    )
    return Hearing(heard, bench, seats)


def gaps(
    entries: Sequence[Entry], judgements: Mapping[str, Judgement], opinions: Mapping[str, Mapping[str, Opinions]]
) -> list[Finding]:
    """Find the opinions so far apart that the policy has them discussed."""
    if all(rule.discuss_above is None for rule in judgements.values()):
        return []
    from ami_scoring.scoring.jury import check_gaps  # noqa: PLC0415 - for a policy that asks

    return list(check_gaps(entries, judgements, opinions))
