"""Running an evaluation for a person: progress when it is long."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ami_scoring.cli.streams import is_terminal
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.evaluation.run import evaluate
from ami_scoring.sources.doors.pieces import Progress

LONG_WORK = 300
"""Files below which no progress is shown: they are read in the blink of an eye."""
_kept: list[Evaluation] = []
"""What the run made, until the process ends: freeing a hundred thousand score cards takes a second or more."""


def evaluate_with_progress(  # noqa: PLR0913 - what a run is made of
    paths: Sequence[Path],
    criteria: Path,
    wave: str | None,
    assessments: Sequence[Path],
    mapping: Path | None = None,
    decisions: Path | None = None,
    awarded: Sequence[Path] = (),
    *,
    quiet: bool,
    compared: bool = True,
) -> Evaluation:
    """Evaluate, with a progress bar on a terminal when there are many files.

    Without `compared`, what no error tells of candidatures side by side is not looked for.
    """
    shown = not quiet and is_terminal(sys.stderr)
    with progress_bar("Lecture des candidatures", shown=shown, least=LONG_WORK) as progress:
        made = evaluate(
            paths,
            criteria,
            wave=wave,
            assessments=assessments,
            mapping=mapping,
            awarded=awarded,
            progress=progress,
            compared=compared,
        )
        if decisions is not None:
            from ami_scoring.evaluation.decisions import with_decisions

            made = with_decisions(made, decisions)
        _kept[:] = [made]
        return _kept[0]


@contextmanager
def progress_bar(what: str, *, shown: bool, least: int = 0) -> Iterator[Progress | None]:
    """Show on stderr how far some work is, once there are `least` things to do; None where nobody looks."""
    if not shown:
        yield None
        return
    bar: list[object] = []
    hundredths = 0

    def advance(done: int, total: int) -> None:
        nonlocal hundredths
        if total < least:
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        if not bar:
            made = Bar(console=Console(stderr=True), transient=True)
            made.start()
            bar.extend((made, made.add_task(what, total=total)))
        shown_bar, task = bar
        if isinstance(shown_bar, Bar) and done * 100 // total > hundredths:
            hundredths = done * 100 // total  # where others read too, it goes by more than one at a time
            shown_bar.update(task, completed=done)  # type: ignore[arg-type]

    try:
        yield advance
    finally:
        if bar:
            bar[0].stop()  # type: ignore[attr-defined]
