"""Redoing a run from files that are laid out as in an archive, with the paths of the archive, and its outputs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from ami_scoring.cli.formats import format_of
from ami_scoring.cli.running import evaluate_with_progress
from ami_scoring.cli.writing import report_bytes
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.inventory import OUTPUTS, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

WRITTEN: Final = tuple(f"{OUTPUTS}/classement{suffix}" for suffix in (".csv", ".html", ".json", ".xlsx"))
"""The outputs that an archive holds."""


@contextmanager
def laid_out(files: Mapping[str, bytes]) -> Iterator[None]:
    """Work for a while in a temporary folder that holds these files: paths in results are then those of the archive."""
    here = Path.cwd()
    with TemporaryDirectory(prefix="ami-") as folder:
        for name, data in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


def rerun(run: Run) -> Evaluation:
    """Evaluate again what an archive holds; its paths are those of the current folder."""
    return evaluate_with_progress(
        [Path(each) for each in run.candidatures],
        Path(run.criteria),
        run.wave,
        [Path(each) for each in run.assessments],
        None if run.mapping is None else Path(run.mapping),
        None if run.decisions is None else Path(run.decisions),
        [Path(each) for each in run.awarded or ()],
        quiet=True,
    )


def outputs(evaluation: Evaluation, names: Iterable[str] = WRITTEN) -> dict[str, bytes]:
    """Make outputs, each by its name in the archive, in the format of its suffix."""
    return {name: report_bytes(evaluation, format_of(Path(name))) for name in names}
