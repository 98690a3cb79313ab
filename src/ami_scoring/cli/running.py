"""Running an evaluation for a person: progress when it is long, findings and the closing sentence on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ami_scoring.cli.streams import is_terminal, wants_colour
from ami_scoring.domain.scores import Evaluation, Status
from ami_scoring.evaluation.run import evaluate
from ami_scoring.findings import Severity
from ami_scoring.scoring.words import closing_sentences
from ami_scoring.sources.doors.loaders import Progress

MOST_FINDINGS = 200
"""Findings printed after a ranking: beyond, nobody reads them there."""
LONG_WORK = 300
"""Files below which no progress is shown: they are read in the blink of an eye."""
QUICK = 300
"""Candidatures up to which how sure the list is costs nothing to say."""
_kept: list[Evaluation] = []
"""What the run made, until the process ends: freeing a hundred thousand score cards takes a second or more."""


def evaluate_with_progress(  # noqa: PLR0913 - what a run is made of
    paths: Sequence[Path],
    criteria: Path,
    wave: str | None,
    assessments: Sequence[Path],
    mapping: Path | None = None,
    decisions: Path | None = None,
    *,
    quiet: bool,
) -> Evaluation:
    """Evaluate, with a progress bar on a terminal when there are many files."""
    with _progress(shown=not quiet and is_terminal(sys.stderr)) as progress:
        made = evaluate(paths, criteria, wave=wave, assessments=assessments, mapping=mapping, progress=progress)
        if decisions is not None:
            from ami_scoring.evaluation.decisions import with_decisions

            made = with_decisions(made, decisions)
        _kept[:] = [made]
        return _kept[0]


def tell(evaluation: Evaluation, saved: Sequence[Path], *, counts_shown: bool = False) -> None:
    """Say on stderr what was found in the files, where results went, and the closing sentences.

    The first of these counts candidatures, which is not said again where the screen ends with it.
    """
    if evaluation.findings:
        from ami_scoring.reports.annotations import findings_text

        shown = evaluation.findings[:MOST_FINDINGS]
        sys.stderr.write(findings_text(shown, colour=wants_colour(sys.stderr)))
        if more := len(evaluation.findings) - len(shown):
            sys.stderr.write(f"… et {more} autres constats : « ami validate » les liste tous.\n")
    for path in saved:
        sys.stderr.write(f"Écrit : {path}\n")
    if counts_shown and evaluation.cut.selected > 0 and len(evaluation.standings) <= QUICK:
        from ami_scoring.scoring.robustness import one_line

        sys.stderr.write(f"{one_line(evaluation)}\n")
    for sentence in closing_sentences(evaluation)[counts_shown:]:
        sys.stderr.write(f"{sentence}\n")


def tell_unseen(evaluation: Evaluation) -> bool:
    """Say on stderr the errors that no result shows, such as those of assessors' files; say whether there are any.

    A candidature that cannot be read is listed with its reasons; what is wrong elsewhere would pass unseen.
    """
    listed = {aside.origin.path for aside in evaluation.set_aside if aside.status is Status.UNREADABLE}
    listed |= {one.entry.origin.path for one in evaluation.standings if one.entry.refused}
    unseen = [
        finding
        for finding in evaluation.findings
        if finding.severity is Severity.ERROR and finding.where.path not in listed
    ]
    if unseen:
        from ami_scoring.reports.annotations import findings_text

        sys.stderr.write(findings_text(unseen[:MOST_FINDINGS], colour=wants_colour(sys.stderr)))
    return bool(unseen)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Progress | None]:
    if not shown:
        yield None
        return
    bar: list[object] = []

    def advance(done: int, total: int) -> None:
        if total < LONG_WORK:
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        if not bar:
            made = Bar(console=Console(stderr=True), transient=True)
            made.start()
            bar.extend((made, made.add_task("Lecture des candidatures", total=total)))
        shown_bar, task = bar
        if isinstance(shown_bar, Bar) and (done % 50 == 0 or done == total):
            shown_bar.update(task, completed=done)  # type: ignore[arg-type]

    try:
        yield advance
    finally:
        if bar:
            bar[0].stop()  # type: ignore[attr-defined]
