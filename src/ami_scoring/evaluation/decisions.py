"""Registers of decisions: which files are one, and what is wrong in them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ami_scoring.findings import Finding, InvalidFileError, Severity, in_reading_order
from ami_scoring.patterns import late
from ami_scoring.sources.files.decoding import read_bytes

if TYPE_CHECKING:
    from ami_scoring.domain.criteria import Wave
    from ami_scoring.domain.evaluated import Evaluation
    from ami_scoring.sources.doors.decisions import RegisterFile

_KEYS: Final = late(rb"^(language|call|decisions|criteria)[ \t]*:", re.MULTILINE)
_EVERY_KEY: Final = {b"language", b"call", b"decisions"}
_NAME: Final = "decisions.yaml"
_NO_PAPER: Final = (
    "Aucun papier n'est écrit : les décisions ne s'accordent pas avec l'appel. Corrigez-les par « ami decide » ; sans "
    "--decisions, les papiers se font en « PROJET »."
)
_TEXTS: Final = frozenset({".yaml", ".yml"})


def is_register(path: Path, *, opened: bool = True) -> bool:
    """Say whether a file holds decisions: by its name, or by the keys that it has at its top where it is `opened`."""
    if path.suffix.lower() not in _TEXTS or os.path.isdir(path):  # noqa: PTH112 - a name that the system refuses is no folder
        return False
    if path.name.casefold().endswith(_NAME):
        return True
    data = read_bytes(path) if opened else b""
    return not isinstance(data, Finding) and set(_KEYS.findall(data)) == _EVERY_KEY


def check_registers(paths: Iterable[Path]) -> list[Finding]:
    """Say everything that is wrong in registers of decisions, each by itself: their form, and their chain."""
    found: list[Finding] = []
    for path in paths:
        from ami_scoring.sources.doors.decisions import load_decisions  # noqa: PLC0415 - decisions only

        loaded = load_decisions(path)
        found.extend(loaded if isinstance(loaded, list) else loaded.findings)
    return found


def disagreements(path: Path, evaluated: Callable[[Wave | None], Evaluation], waves: Sequence[Wave]) -> list[Finding]:
    """Say where a register, sound by itself, does not agree with its call.

    Decisions are taken on the whole call, or wave by wave: where all are about one wave alone, the reading that agrees
    best is the one meant. Those that speak of no candidature that is read are of another call, and nothing is said.
    """
    from ami_scoring.sources.doors.decisions import load_decisions  # noqa: PLC0415 - decisions only

    loaded = load_decisions(path)
    if isinstance(loaded, list) or loaded.is_broken or not loaded.register.decisions:
        return []
    about = {each.casefold() for decision in loaded.register.in_force for each in decision.speaks_of}
    whole = evaluated(None)
    if not about & {each.casefold() for each in references_of(whole)}:
        return []
    wave_of = {each.entry.reference.casefold(): each.scored.wave for each in whole.standings}
    meant = [each for each in waves if len(waves) > 1 and all(wave_of.get(name) is each for name in about)]
    readings = [_found_apart(whole, loaded), *(_found_apart(evaluated(each), loaded) for each in meant)]
    return min(readings, key=lambda found: sum(each.severity is Severity.ERROR for each in found))


def references_of(evaluation: Evaluation) -> Iterator[str]:
    """Give the references of all that was read, those set aside after those that are ranked."""
    yield from (each.entry.reference for each in evaluation.standings)
    yield from (each.reference for each in evaluation.set_aside if each.reference is not None)


def _found_apart(evaluation: Evaluation, file: RegisterFile) -> list[Finding]:
    from ami_scoring.scoring.decided import check_decisions  # noqa: PLC0415 - decisions only
    from ami_scoring.sources.doors.documents import locate  # noqa: PLC0415

    return [locate(problem, file.document) for problem in check_decisions(evaluation, file.register)]


def with_decisions(evaluation: Evaluation, path: Path) -> Evaluation:
    """Set what people decided beside what was computed, which does not change.

    Raises `InvalidFileError` where the register has a mistake, or its chain is broken.
    """
    return decided_by(evaluation, sound_register(path))


def sound_register(path: Path) -> RegisterFile:
    """Read a register. Raises `InvalidFileError` where it has a mistake, or its chain is broken."""
    from ami_scoring.sources.doors.decisions import load_decisions  # noqa: PLC0415 - decisions only

    loaded = load_decisions(path)
    if isinstance(loaded, list):
        raise InvalidFileError(loaded)
    if loaded.is_broken:
        raise InvalidFileError(loaded.findings)
    return loaded


def require_agreement(evaluation: Evaluation) -> None:
    """Refuse to let papers go out on decisions that do not agree with the call. Raises `InvalidFileError`."""
    origin = evaluation.provenance.decisions
    path = None if origin is None else origin.path
    wrong = [each for each in evaluation.findings if each.where.path == path and each.severity is Severity.ERROR]
    if wrong:
        raise InvalidFileError(wrong, _NO_PAPER)


def decided_by(evaluation: Evaluation, file: RegisterFile) -> Evaluation:
    """Set the decisions of a register beside an evaluation, and say where they do not agree with it."""
    from ami_scoring.scoring.decided import decide  # noqa: PLC0415 - decisions only

    found = [*file.findings, *_found_apart(evaluation, file)]
    return evaluation._replace(
        decided=decide(evaluation, file.register),
        findings=in_reading_order([*evaluation.findings, *found]),
        provenance=evaluation.provenance._replace(decisions=file.origin),
    )
