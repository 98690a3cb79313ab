"""The policy of a run: criteria that hold, with the zoning table of each wave."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.waves import alone
from ami_scoring.domain.zoning import NO_ZONING, ZoningTable
from ami_scoring.findings import Finding, InvalidFileError, Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks import candidature_check, check_criteria
from ami_scoring.sources.doors.documents import locate_criteria_problem, locate_criteria_problems
from ami_scoring.sources.doors.loaders import Check, RefusedCriteriaError, load_criteria
from ami_scoring.sources.doors.zonings import load_zoning
from ami_scoring.sources.files.document import Document


class Policy(NamedTuple):
    """A policy that holds, with its zoning tables by wave id, and where all of it came from."""

    criteria: Criteria
    zonings: Mapping[str, ZoningTable]
    origin: Origin
    zoning_origins: tuple[tuple[Origin, str], ...]
    findings: tuple[Finding, ...]

    def alone(self, wave: Wave | None) -> "Policy":
        """Give the policy of the only wave evaluated, with what is its own; the same where all waves are."""
        return self._replace(criteria=alone(self.criteria, wave))


def read_policy(path: Path, *, advice: bool = False) -> Policy:
    """Read and check a policy and its zoning tables; `advice` adds what deserves a second look.

    Raises `InvalidFileError` with everything that is wrong.
    """
    try:
        criteria, document, origin = load_criteria(path)
    except RefusedCriteriaError as error:
        raise InvalidFileError([*error.findings, *_wrong_elsewhere(error.document)]) from None
    findings = list(document.findings)
    findings += locate_criteria_problems(check_criteria(criteria), document, criteria)
    zonings: dict[str, ZoningTable] = {}
    origins: dict[str, tuple[Origin, str]] = {}
    tables: dict[tuple[str | None, ...], ZoningTable | None] = {}
    for place, wave in enumerate(criteria.waves):
        if wave.zoning is None:
            zonings[wave.id] = NO_ZONING
            continue
        asked = (wave.zoning, wave.zoning_edition, wave.zoning_mergers)
        if asked not in tables:
            mergers = None if wave.zoning_mergers is None else path.parent / wave.zoning_mergers
            table, read, wrong = load_zoning(path.parent / wave.zoning, wave.zoning_edition, mergers)
            tables[asked] = table
            findings.extend(wrong)
            if table is None:
                findings.append(locate_criteria_problem(_unusable_zoning(place, wave), document, criteria))
            else:
                origins.update((each.path, (each, table.edition)) for each in read)
        if (known := tables[asked]) is not None:
            zonings[wave.id] = known
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise InvalidFileError(findings)
    if advice:
        from ami_scoring.scoring.advice import advise  # noqa: PLC0415 - `validate` alone gives advice

        findings += locate_criteria_problems(advise(criteria), document, criteria)
    return Policy(criteria, zonings, origin, tuple(origins.values()), tuple(findings))


def checker(policy: Policy) -> Check:
    """Make the check that a policy applies to each candidature as it is read."""
    return candidature_check(policy.criteria, policy.zonings)


def _wrong_elsewhere(document: Document) -> Iterator[Finding]:
    """Find what is wrong in the parts of a policy that are made as they must be, when others are not."""
    from ami_scoring.sources.doors.remainder import what_remains  # noqa: PLC0415 - a sound policy does without

    rest = what_remains(document.data)
    if rest is not None:
        yield from locate_criteria_problems(rest.surely_wrong(check_criteria(rest.criteria)), document, rest.criteria)


def _unusable_zoning(place: int, wave: Wave) -> Problem:
    message = Message("La table de zonage « {path} » est inutilisable.", {"path": wave.zoning})
    return Problem("zoning-unusable", Severity.ERROR, ("waves", place, "zoning"), message)
