"""What a service verified after the deposit, put beside the candidatures of a run."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.findings import Finding, InvalidFileError
from ami_scoring.messages import Message
from ami_scoring.sources.doors.room import Loaded

if TYPE_CHECKING:
    from ami_scoring.sources.doors.verifications import Verifications


class Noted(NamedTuple):
    """The file of verifications, and the criteria that name it."""

    path: Path
    criteria: Path


def named_verifications(criteria: Criteria, path: Path) -> Noted | None:
    """Give the file of verifications that the criteria of this path name, if they name one."""
    return None if criteria.verified is None else Noted(path.parent / criteria.verified, path)


def without_verifications(files: Iterable[Path], named: Noted | None) -> list[Path]:
    """Leave the file of verifications out of candidatures, where it lies among them."""
    if named is None:
        return list(files)
    own = os.path.realpath(named.path)
    return [path for path in files if os.path.realpath(path) != own]


def with_verifications(loaded: Loaded, criteria: Criteria, named: Noted | None) -> "Verifications | None":
    """Put beside each candidature what was verified of it; give what was read, None where the policy names no file.

    Raises `InvalidFileError` with everything that is wrong: no mark may rest on a part of what was verified.
    """
    read = look_beside(loaded, criteria, named)
    if read is not None and read.is_unusable:
        raise InvalidFileError(read.findings)
    return read


def look_beside(
    loaded: Loaded, criteria: Criteria, named: Noted | None, today: date | None = None
) -> "Verifications | None":
    """Do the same, whatever is wrong. What was worked out ahead of those of which something was verified is forgotten.

    With `today`, the dates that are yet to come are told.
    """
    if named is None:
        return None
    from ami_scoring.sources.doors.verifications import load_verifications  # noqa: PLC0415 - for a call that has one

    apart = [one.reference for one in loaded.unreadable if one.reference]
    read = load_verifications(named.path, criteria, loaded.entries, apart, today)
    if [each.code for each in read.findings] == ["unreadable-file"]:
        read.findings[:] = [_where_named(each, named) for each in read.findings]
    for place, entry in enumerate(loaded.entries):
        checked = read.beside(entry)
        if checked is not entry:
            loaded.forget(entry)
            loaded.entries[place] = checked
    return read


def _where_named(finding: Finding, named: Noted) -> Finding:
    """Tell of a file that cannot be opened where the criteria name it."""
    from ami_scoring.sources.doors.loaders import load_criteria  # noqa: PLC0415 - for a file that is lacking

    _, document, _ = load_criteria(named.criteria)
    why = str(finding.message)
    said = {"name": named.path.name, "why": why[:1].lower() + why[1:]}
    message = Message("« {name} », le fichier des vérifications : {why}", said)
    advice = Message("Corrigez ce nom, qui se lit depuis le dossier des critères, ou retirez « verified ».")
    return finding._replace(message=message, where=document.locate(("verified",)), suggestion=advice)
