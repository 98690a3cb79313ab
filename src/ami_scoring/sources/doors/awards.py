"""The JSON result of an earlier wave → who has a place there, and what each was granted."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.standings import Firmness, Status
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import MAX_TABLE_BYTES, decode, read_bytes
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.text.located_json import read_json

_CALL: Final = ("title", "edition", "authority")
_SCHEMA: Final = 1
"""The form of the results that are read, as they say it themselves."""
_MAKE: Final = Message("Faites-le par « ami score candidatures/ --wave v1 -o v1.json », et donnez-le tel quel.")


class Given(NamedTuple):
    """One place that a result gives."""

    reference: str
    granted: Fraction | None
    sha256: str | None
    """The fingerprint of its file then, where the result says it."""
    is_firm: bool = True
    """Whether nothing that was open then could take the place away, or somebody decided of it."""


class Result(NamedTuple):
    """A result as read: of which call and which wave it is, and who has a place."""

    call: tuple[str, ...]
    """The title, the edition and the authority of its call."""
    wave: str | None
    is_whole: bool
    """Whether all the ranks are there."""
    contested: int
    """How many equals contest the last places, where nobody decided between them."""
    given: tuple[Given, ...]
    document: Document
    origin: Origin


def load_result(path: Path) -> Result | list[Finding]:
    """Read a result; every finding instead, where it is none."""
    data = read_bytes(path, limit=MAX_TABLE_BYTES)
    return [data] if isinstance(data, Finding) else parse_result(data, str(path))


def parse_result(data: bytes, path: str) -> Result | list[Finding]:
    """Read a result from the bytes of its file; every finding instead, where it is none."""
    text = decode(data, path)
    documents, findings = ([], [text]) if isinstance(text, Finding) else read_json(text, path)
    if findings:
        return findings
    made = _result(documents[0], Origin(path, sha256(data).hexdigest())) if len(documents) == 1 else None
    if made is not None:
        return made
    message = Message(
        "Ce fichier n'est pas un résultat JSON d'« ami score », ou il a été modifié : rien n'y dit qui est retenu."
    )
    return [Finding("awarded-unfit", Severity.ERROR, message, Location(path), _MAKE)]


def _result(document: Document, origin: Origin) -> Result | None:
    """Take what counts of a result; None where it has not the shape of one."""
    try:
        data: Any = document.data
        call = tuple(str(data["criteria"][key]) for key in _CALL)
        ranked = {str(one["reference"]): one for one in data["ranking"]}
        decided = data.get("decided")
        names = [name for name, one in ranked.items() if one["status"] == Status.SELECTED]
        is_as_written = len(names) == data["cut"]["selected"]
        if decided is not None:
            names = decided["selected"]
            is_as_written = isinstance(names, list) and all(isinstance(name, str) for name in names)
        if not is_as_written or data["schema"] != _SCHEMA or len(ranked) != len(data["ranking"]):
            return None
        hashes = {each["path"]: each["sha256"] for each in data["provenance"]["candidatures"]}
        given = tuple(_given(str(name), ranked.get(name, {}), hashes, is_decided=decided is not None) for name in names)
        contested = 0 if decided is not None else len(data["cut"]["contested"])
        wave, is_whole = data["wave"], data["top"] is None
    except (KeyError, TypeError, AttributeError, ValueError, ZeroDivisionError):
        return None
    is_sound = (wave is None or isinstance(wave, str)) and all((each.granted or 0) >= 0 for each in given)
    return Result(call, wave, is_whole, contested, given, document, origin) if is_sound else None


def _given(reference: str, ranked: Mapping[str, Any], hashes: Mapping[str, str | None], *, is_decided: bool) -> Given:
    granted = ranked.get("granted_exact", ranked.get("granted"))
    amount = None if granted is None else parse_fraction(str(granted))
    is_firm = is_decided or ranked.get("firmness") != Firmness.PROVISIONAL
    return Given(reference, amount, hashes.get(ranked.get("file", "")), is_firm)
