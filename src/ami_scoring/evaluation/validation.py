"""Reading files only to say what is wrong in them: the policy first, then candidatures in its light."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.facts import Opinions
from ami_scoring.evaluation.checked import (
    look_beside,
    named_verifications,
    without_verifications,
)
from ami_scoring.evaluation.decisions import check_registers, disagreements, is_register
from ami_scoring.evaluation.hearing import gaps, hear, named_jury
from ami_scoring.evaluation.juries import check_juries, is_jury
from ami_scoring.evaluation.mappings import Mappings, is_mapping, named_mapping
from ami_scoring.evaluation.policy import Policy, checker, read_policy
from ami_scoring.findings import Finding, InvalidFileError, Problem, few_of_each_kind
from ami_scoring.patterns import late
from ami_scoring.scoring.checks import check_doubles, check_extra, check_versions, holds_versions
from ami_scoring.scoring.marks import identified
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.files.folders import Found, find_files

if TYPE_CHECKING:
    from ami_scoring.domain.evaluated import Evaluation
    from ami_scoring.sources.doors.heard import Batch

_IS_POLICY: Final = late(rb"^(?:language|criteria|waves|selection)[ \t]*:", re.MULTILINE)
_KEYS: Final = late(rb"^(language|call|criteria)[ \t]*:", re.MULTILINE)
_EVERY_POLICY: Final = {b"language", b"call", b"criteria"}
_NOTHING_READ: Final = frozenset({"unreadable-file", "empty-file"})
YAML: Final = frozenset({".yaml", ".yml"})


class Checked(NamedTuple):
    """Everything wrong in the files read, in reading order, and what was read."""

    findings: tuple[Finding, ...]
    policies: int
    """How many were read, well formed or not: a file that is missing, or empty, is not."""
    candidatures: int
    """How many were read, in the same sense."""
    verifications: int = 0
    """How many files of verifications were read, in the same sense."""
    files: tuple[str, ...] = ()
    """Every file read, in the order it was."""
    beside: tuple[str, ...] = ()
    """The zoning tables that the policies name, read as well."""


def check_files(
    paths: Sequence[Path],
    default: Path,
    assessments: Sequence[Path] = (),
    mapping: Path | None = None,
    today: date | None = None,
) -> Checked:
    """Check policies, candidatures, mappings and assessors' marks. The files that look like a policy are checked so.

    The last policy named, or `default` when none is, says what candidatures may declare. When it is broken,
    candidatures are still read for their form, and marks, which have no scale then, are not. With `today`, the
    verifications dated of a day to come are told.
    """
    others = find_files([path for path in paths if _is_folder(path) or not _looks_like_policy(path)])
    policies = policies_among(paths, default)
    findings: list[Finding] = []
    policy: Policy | None = None
    beside: list[str] = []
    missing = 0
    for path in policies:
        try:
            policy = read_policy(path, advice=True)
            findings.extend(policy.findings)
            beside.extend(origin.path for origin, _ in policy.zoning_origins)
        except InvalidFileError as error:
            policy = None
            findings.extend(error.findings)
            missing += _holds_nothing(error.findings, path)
    marked = find_files(assessments)
    registers = [path for path in others.files if is_register(path, opened=path in others.named)]
    findings.extend(check_registers(registers))
    rosters = [path for path in others.files if is_jury(path, opened=path in others.named)]
    among = {os.path.realpath(path) for path in (*policies, *marked.files, *registers, *rosters)}
    files = [path for path in others.files if os.path.realpath(path) not in among]
    check, call = (checker(policy), policy.criteria.call) if policy else (_check_nothing, None)
    told = mapping or (named_mapping(policy.criteria, policies[-1]) if policy else None)
    mappings = Mappings(told, policy.criteria if policy else None)
    mapped = mappings.check_all(files, others.named)
    files = mappings.readable(path for path in files if path not in mapped)
    noted = named_verifications(policy.criteria, policies[-1]) if policy else None
    files = without_verifications(files, noted)
    extra = partial(check_extra, criteria=policy.criteria) if policy else None
    loaded = load_candidatures(files, check, named=others.named, call=call, check_extra=extra, mapping_of=mappings.of)
    findings.extend((*others.findings, *mappings.findings, *loaded.findings))
    unread = sum(_holds_nothing(each.findings, each.origin.path) for each in loaded.unreadable)
    read = len(loaded.entries) + len(loaded.unreadable) - unread
    checked = look_beside(loaded, policy.criteria, noted, today) if policy else None
    findings.extend(checked.findings if checked else ())
    if policy is not None and (named := named_jury(policy.criteria, policies[-1])) is not None:
        rosters.append(named)
    juries = check_juries(rosters, policy.criteria if policy else None, loaded)
    findings.extend(juries.findings)
    opinions: Mapping[str, Mapping[str, Opinions]] = {}
    if policy is not None and (marked.files or mappings.opinions(files)) and juries.sound:
        opinions, found = _heard(policy, policies[-1], loaded, marked, mappings.opinions(files))
        findings.extend(found)
    if policy is not None and not (checked and checked.is_unusable):
        findings.extend(_between(loaded, policy, opinions))
        if loaded.entries and (opinions or not policy.criteria.judgements):
            findings.extend(_parting(registers, loaded, policy, opinions))
    findings.extend(marked.findings)
    aside = [*juries.files, *mappings.files, *([noted.path] if noted else ())]
    files = [*policies, *aside, *files, *marked.files, *registers]
    return Checked(
        few_of_each_kind(findings),
        len(policies) - missing,
        read,
        int(checked is not None and checked.is_read),
        tuple(map(str, files)),
        tuple(beside),
    )


def _heard(
    policy: Policy, path: Path, loaded: Loaded, marked: Found, beside: "Sequence[Batch]"
) -> tuple[Mapping[str, Mapping[str, Opinions]], list[Finding]]:
    """Hear the assessors; give what they say, and what is wrong with it."""
    heard = hear(policy.criteria, path, loaded, marked, more=beside).heard
    return heard.opinions, [*heard.findings, *gaps(loaded.entries, policy.criteria.judgements, heard.opinions)]


def _between(loaded: Loaded, policy: Policy, opinions: Mapping[str, Mapping[str, Opinions]]) -> list[Finding]:
    """Tell what candidatures have to do with one another; they are scored only where some may be versions of one."""
    criteria = policy.criteria
    identities = identified(loaded.entries, criteria)
    found = check_doubles(loaded.entries, criteria, identities)
    if holds_versions(loaded.entries, criteria, identities):
        from ami_scoring.evaluation.run import results  # noqa: PLC0415 - most candidatures have one version

        standings, _, set_aside = results(policy, loaded, None, opinions, identities=identities)
        found.extend(check_versions(standings, set_aside, criteria))
    return found


def _parting(
    registers: Sequence[Path], loaded: Loaded, policy: Policy, opinions: Mapping[str, Mapping[str, Opinions]]
) -> list[Finding]:
    """Tell where decisions do not agree with the call, whole or in the one wave that they are all about.

    Nothing is said where opinions are lacking: decisions would seem wrong that are not.
    """
    if not registers:
        return []
    from ami_scoring import __version__  # noqa: PLC0415 - decisions only
    from ami_scoring.domain.evaluated import Evaluation, Provenance  # noqa: PLC0415 - same reason
    from ami_scoring.evaluation.run import results  # noqa: PLC0415 - same reason

    origins = Provenance(__version__, policy.origin, policy.zoning_origins, tuple(loaded.origins))

    def evaluated(wave: Wave | None) -> "Evaluation":
        own = policy.alone(wave)
        standings, cut, aside = results(own, loaded, wave, opinions)
        return Evaluation(own.criteria, wave, standings, aside, cut, (), origins)

    return [each for path in registers for each in disagreements(path, evaluated, policy.criteria.waves)]


def policies_among(paths: Sequence[Path], default: Path) -> list[Path]:
    """Pick the files that look like a policy: found in a folder, then named outright, or `default` when none is.

    The last is the one that candidatures are read by. In a folder the content alone tells: a candidature may well
    have a file name that starts like that of a policy.
    """
    named = [path for path in paths if not _is_folder(path) and _looks_like_policy(path)]
    walked = find_files([path for path in paths if _is_folder(path)]).files
    inside = [path for path in walked if _is_whole_policy(path)]
    alone = bool(paths) and all(is_register(path) for path in paths)
    last = named or ([default] if not (inside or alone) or os.path.lexists(default) else [])
    found = {os.path.realpath(path): path for path in inside}
    for path in last:
        found.pop(os.path.realpath(path), None)
    return [*found.values(), *last]


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - a name that the system refuses is no folder


def _is_whole_policy(path: Path) -> bool:
    """Say whether a file holds the keys that every policy has at its top, and no candidature."""
    if path.suffix.lower() not in YAML:
        return False
    data = read_bytes(path)
    return not isinstance(data, Finding) and set(_KEYS.findall(data)) == _EVERY_POLICY


def _looks_like_policy(path: Path) -> bool:
    if path.suffix.lower() not in YAML or _is_folder(path):
        return False
    if path.stem.lower().startswith("criteria"):
        return True
    data = read_bytes(path)
    if isinstance(data, Finding) or _IS_POLICY.search(data) is None:
        return False
    return not (is_mapping(path, data) or is_jury(path) or is_register(path))


def _holds_nothing(findings: Iterable[Finding], path: str | Path) -> bool:
    """Say whether a file could not be opened, or is empty; what it names, as a zoning table, is another file."""
    return any(finding.code in _NOTHING_READ and finding.where.path == str(path) for finding in findings)


def _check_nothing(_: Candidature) -> Iterable[Problem]:
    return ()
