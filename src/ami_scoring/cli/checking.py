"""Reading files for `ami validate`: standard input in place of a file, and paths as seen from the current folder."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ami_scoring.evaluation.validation import Checked, check_files, policies_among
from ami_scoring.findings import Finding, Location, Severity, counts_of, in_reading_order
from ami_scoring.sources.files.decoding import MAX_BYTES, given

if TYPE_CHECKING:
    from ami_scoring.domain.coverage import Covered

STDIN_NAME = Path("entrée-standard.yaml")


class Validation(NamedTuple):
    """What `validate` found, in which files, and its closing sentence."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    said: str
    strict: bool
    """Whether a warning counts as an error."""
    read: tuple[str, ...] = ()
    """Every file read, zoning tables as well, by the names that were given."""
    covered: "tuple[Covered, ...] | None" = None
    """What the examples of the criteria exercise, if somebody asked."""

    @property
    def fails(self) -> bool:
        """Whether some file cannot be used as it is."""
        return any(_weighs(finding, strict=self.strict) for finding in self.findings)


def check(  # noqa: PLR0913 - one parameter an option
    paths: Sequence[Path],
    criteria: Path,
    stdin_name: Path | None,
    assessments: Sequence[Path] = (),
    mapping: Path | None = None,
    *,
    strict: bool,
    coverage: bool,
) -> Validation:
    """Check policies, candidatures and assessors' marks; the path `-` reads standard input as the file `stdin_name`.

    With `coverage`, say also what the examples of the policies exercise.
    """
    name = stdin_name or STDIN_NAME
    contents = {name: sys.stdin.buffer.read(MAX_BYTES + 1)} if Path("-") in paths else {}
    with given(contents):
        named = [name if path == Path("-") else path for path in paths]
        checked = check_files(named, criteria, assessments, mapping, _today())
        covered = _cover(policies_among(named, criteria)) if coverage else None
    here = Path.cwd()
    findings = in_reading_order(_seen_from(here, checked.findings))
    files = tuple(_relative(path, here) for path in checked.files)
    read = (*checked.files, *checked.beside)
    return Validation(findings, files, _closing(checked, strict=strict), strict, read, covered)


def _today() -> date:
    """Give the day in Paris: what is dated of a later one is told, and nothing else depends on it."""
    from ami_scoring.domain.dates import in_paris

    return in_paris(datetime.now(UTC)).date()


def _cover(policies: Sequence[Path]) -> "tuple[Covered, ...]":
    from ami_scoring.evaluation.coverage import cover

    here = Path.cwd()
    return tuple(
        replace(
            each,
            path=_relative(each.path, here),
            untried=tuple(replace(one, where=_placed(one.where, here)) for one in each.untried),
            additions=tuple(replace(one, where=_placed(one.where, here)) for one in each.additions),
        )
        for each in cover(policies)
    )


def _weighs(finding: Finding, *, strict: bool) -> bool:
    return finding.severity is Severity.ERROR or (strict and finding.severity is Severity.WARNING)


def _closing(checked: Checked, *, strict: bool) -> str:
    counts = (
        _counted(checked.policies, "fichier", " de critères"),
        _counted(checked.candidatures, "candidature"),
        _counted(checked.verifications, "fichier", " de vérifications"),
    )
    *first, last = filter(None, counts) if any(counts) else ("",)
    read = f"{', '.join(first)} et {last}" if first else last
    said = "Lus" if checked.policies else f"Lue{'s'[: checked.candidatures > 1]}"
    opening = f"{said} : {read}" if read else "Rien n'a pu être lu"
    return f"{opening} ; {_verdict(checked.findings, strict=strict)}."


def _verdict(findings: Iterable[Finding], *, strict: bool) -> str:
    """Say what is to mend, and what is to look at: a warning may be right. Notes are neither."""
    counts = counts_of(findings)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    if strict:
        return _counted(errors + warnings, "constat", " à corriger") or "rien à corriger"
    doubts = _counted(warnings, "avertissement", " à examiner")
    mistakes = _counted(errors, "erreur", " à corriger") or ("aucune erreur" if doubts else "rien à corriger")
    return f"{mistakes}, {doubts}" if doubts else mistakes


def _counted(count: int, word: str, what: str = "") -> str:
    return f"{count} {word}{'s'[: count > 1]}{what}" if count else ""


def _seen_from(here: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        related = tuple(_placed(place, here) for place in finding.related)
        yield finding._replace(where=_placed(finding.where, here), related=related)


def _placed(where: Location, here: Path) -> Location:
    return where._replace(path=_relative(where.path, here))


def _relative(path: str, here: Path) -> str:
    """Write a path as CI servers know it: from the current folder, when it is inside."""
    full = Path(os.path.normpath(here / path))
    return full.relative_to(here).as_posix() if full.is_relative_to(here) else path
