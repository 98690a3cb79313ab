"""What `ami jury` needs of a call: the assignments drawn, the grids to fill, how far the assessors are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.evaluation.checked import named_verifications, with_verifications, without_verifications
from ami_scoring.evaluation.hearing import Hearing, gaps, hear, named_jury
from ami_scoring.evaluation.mappings import Mappings, named_mapping, without_mappings
from ami_scoring.evaluation.policy import Policy, checker, read_policy
from ami_scoring.evaluation.run import results, wave_asked
from ami_scoring.evaluation.seats import Bench, look_at_bench
from ami_scoring.findings import AmiScoringError, Finding, NothingToScoreError, in_reading_order
from ami_scoring.messages import Message, printable
from ami_scoring.reports.assignments import assignment_lines, assignments_yaml
from ami_scoring.scoring.checks import check_extra
from ami_scoring.scoring.jury import Grid, Progress, assign, grids_of, progress_of
from ami_scoring.scoring.marks import is_complete
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.decoding import given, read_bytes
from ami_scoring.sources.files.folders import find_files


class NoJuryError(AmiScoringError):
    """Raised when a command of the jury finds no roster, or nothing to judge."""


class Asked(NamedTuple):
    """What a command of the jury is asked about: the files, and how to read them."""

    paths: Sequence[Path]
    criteria: Path
    jury: Path | None = None
    assessments: Sequence[Path] = ()
    wave: str | None = None
    mapping: Path | None = None


class Prepared(NamedTuple):
    """The grids, and the file of assignments where it has to be written."""

    criteria: Criteria
    sha256: str
    grids: tuple[Grid, ...]
    path: Path
    text: str | None
    """The assignments, or None where those of the file already hold every candidature."""
    added: int
    """Candidatures that the draw assigned."""
    aside: int
    """Candidatures that nobody has to read: late, refused, replaced or unreadable."""
    findings: tuple[Finding, ...]


class Status(NamedTuple):
    """How far the jury of a call is."""

    criteria: Criteria
    progress: Progress
    assigned: bool
    """Whether assignments say who owes what."""
    findings: tuple[Finding, ...]


class _Session(NamedTuple):
    policy: Policy
    loaded: Loaded
    hearing: Hearing
    bench: Bench
    candidatures: tuple[Candidature, ...]
    """Those that the jury has to judge."""
    aside: int
    findings: tuple[Finding, ...]


def prepare(asked: Asked) -> Prepared:
    """Draw the assignments that lack, and make the grid of each assessor.

    Raises `NoJuryError`, `InvalidFileError` where a file is unusable, `NothingToScoreError` without candidature.
    """
    session = _read(asked)
    bench, criteria = session.bench, session.policy.criteria
    kept = bench.assignments.by_reference if bench.assignments else {}
    drawn = assign(bench.jury, criteria.judgements, session.candidatures, kept)
    new = {reference: each for reference, each in drawn.items() if reference.casefold() not in kept}
    text = _written(bench, new) if new else None
    whole = {**(bench.assignments.assignments if bench.assignments else {}), **new}
    made = grids_of(bench.jury, criteria, whole, session.candidatures)
    findings = session.findings
    if text is not None:
        findings = in_reading_order([*findings, *_found_in(bench, text, session)])
    return Prepared(
        criteria,
        session.policy.origin.sha256,
        made,
        bench.assignments_path,
        text,
        len(new),
        session.aside,
        findings,
    )


def status(asked: Asked) -> Status:
    """Say what the assessors gave and owe. Raises what `prepare` does."""
    session = _read(asked)
    heard, seats = session.hearing.heard, session.hearing.seats
    assert seats is not None  # noqa: S101 - there is a jury here
    references = [candidature.reference for candidature in session.candidatures]
    judgements = session.policy.criteria.judgements
    made = progress_of(seats, judgements, references, heard.kept, heard.opinions)
    return Status(session.policy.criteria, made, session.bench.assignments is not None, session.findings)


def _read(asked: Asked) -> _Session:
    policy = read_policy(asked.criteria)
    jury = asked.jury or named_jury(policy.criteria, asked.criteria)
    if jury is None:
        message = "aucun jury : nommez-le dans les critères (« jury: jury.yaml »), ou donnez-le par « --jury »."
        raise NoJuryError(message)
    if not policy.criteria.judgements:
        message = "ces critères ne font rien juger : aucune règle « judgement »."
        raise NoJuryError(message)
    wave = wave_asked(policy.criteria, asked.wave)
    policy = policy.alone(wave)
    found = find_files(asked.paths)
    mappings = Mappings(asked.mapping or named_mapping(policy.criteria, asked.criteria), policy.criteria)
    noted = named_verifications(policy.criteria, asked.criteria)
    loaded = load_candidatures(
        without_verifications(without_mappings(found.files, found.named), noted),
        checker(policy),
        named=found.named,
        call=policy.criteria.call,
        check_extra=partial(check_extra, criteria=policy.criteria),
        mapping_of=mappings.of,
    )
    mappings.require()
    checked = with_verifications(loaded, policy.criteria, noted)
    if not loaded.entries:
        nothing = Message("Aucune candidature dans : {paths}.", {"paths": [str(path) for path in asked.paths]})
        raise NothingToScoreError(nothing, [*found.findings, *loaded.findings])
    marked = find_files(asked.assessments)
    hearing = hear(policy.criteria, asked.criteria, loaded, marked, jury=jury)
    assert hearing.bench is not None  # noqa: S101 - it was named
    opinions = hearing.heard.opinions
    standings, _, aside = results(policy, loaded, wave, opinions)
    counting = {id(one.entry) for one in standings}
    if policy.criteria.versions.keeps_best:  # nobody knows which is the best before all are judged
        judged = [one.scored for one in aside if one.scored and is_complete(one.scored, policy.criteria)]
        counting |= {id(one.entry) for one in judged}
        aside = tuple(one for one in aside if id(one.entry) not in counting)
    kept = tuple(entry.candidature for entry in loaded.entries if id(entry) in counting)
    findings = [*policy.findings, *mappings.findings, *found.findings, *loaded.findings, *marked.findings]
    findings += checked.findings if checked else ()
    findings += [*hearing.findings, *gaps(loaded.entries, policy.criteria.judgements, opinions)]
    return _Session(policy, loaded, hearing, hearing.bench, kept, len(aside), in_reading_order(findings))


def _written(bench: Bench, new: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """Write the assignments, or add to those of the file, comments and all, once it is sure that nothing else moves."""
    if bench.assignments is None:
        return assignments_yaml(bench.jury.seed, new)
    data = read_bytes(bench.assignments_path)
    before = "" if isinstance(data, Finding) else data.decode("utf-8-sig", "replace").rstrip()
    lines = assignment_lines(new)
    text = f"{before}\n{lines}"
    with given({bench.assignments_path: text.encode()}):
        from ami_scoring.sources.doors.jury import load_assignments  # noqa: PLC0415 - rare

        read = load_assignments(bench.assignments_path)
    if isinstance(read, list) or read.made.assignments != {**bench.assignments.assignments, **new}:
        named = printable(str(bench.assignments_path))
        message = f"« {named} » ne finit pas par ses attributions : ajoutez-y vous-même\n{lines}puis recommencez."
        raise NoJuryError(message)
    return text


def _found_in(bench: Bench, text: str, session: _Session) -> list[Finding]:
    """Find what deserves a look in the assignments about to be written."""
    known = {entry.reference.casefold(): entry.reference for entry in session.loaded.entries}
    with given({bench.assignments_path: text.encode()}):
        fresh, _ = look_at_bench(bench.path, session.policy.criteria, known)
    if fresh is None:
        return []
    fresh.seats(entry.candidature for entry in session.loaded.entries)
    return [finding for finding in fresh.findings if finding not in bench.findings]
