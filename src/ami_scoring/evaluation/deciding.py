"""Adding decisions to a register: each is completed, checked against the call, and tied to the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ami_scoring.domain.chain import FIRST, hash_of
from ami_scoring.domain.composing import in_form
from ami_scoring.domain.decisions import AnyDecision, Kind, Register
from ami_scoring.domain.scores import Evaluation
from ami_scoring.evaluation.decisions import decided_by
from ami_scoring.findings import Finding, InvalidFileError, Severity
from ami_scoring.scoring.decided import decide, file_hashes
from ami_scoring.sources.doors.decisions import RegisterFile, parse_decisions
from ami_scoring.sources.text.register_text import entry_text, new_register

Fields = Mapping[str, Any]
"""What somebody says of a decision, by the keys of the register: texts, lists of texts, groups of texts."""

_NAMED: Final = ("reference",)
_LISTS: Final = ("references", "order", "selected", "reserve")


class Added(NamedTuple):
    """A register with one more decision: its text, what it says now, and what deserves a look."""

    text: str
    entry: str
    """The lines that were added."""
    decision: AnyDecision
    evaluation: Evaluation
    """With the register beside it, this decision included."""
    findings: tuple[Finding, ...]
    """What is said of this decision, none of them an error."""


def add(text: str, path: str, fields: Fields, evaluation: Evaluation) -> Added:
    """Add a decision at the end of a register, whose text may be empty: nothing of what is there changes.

    Raises `InvalidFileError` with everything that is wrong, at the lines that the decision would have had.
    """
    before = _parsed(text, path) if text.strip() else None
    head = before.register.head if before else FIRST
    number = len(before.register.decisions) + 1 if before else 1
    entry = _completed(_with_list(fields, before, evaluation), number, head, evaluation)
    base = text if before else new_register(in_form("NFC", evaluation.criteria.call.title))
    added = entry_text(entry)
    whole = f"{base if base.endswith(chr(10)) else base + chr(10)}{added}"
    now = _parsed(whole, path)
    decided = decided_by(evaluation, now)
    first = whole.count("\n") - added.count("\n") + 1
    own = [each for each in decided.findings if each.where.path == path and (each.where.line or 0) >= first]
    if any(each.severity is Severity.ERROR for each in own):
        raise InvalidFileError(own)
    return Added(whole, added, now.register.decisions[-1], decided, tuple(own))


def is_there(text: str, path: str, fields: Fields) -> bool:
    """Say whether a register holds a decision already, in the same words, on whatever day."""
    if not text.strip():
        return False
    asked = {key: value for key, value in _said(fields).items() if key != "date"}
    entries = _parsed(text, path).entries
    return any(all(each.get(key) == value for key, value in asked.items()) for each in entries)


def _parsed(text: str, path: str) -> RegisterFile:
    read = parse_decisions(text.encode("utf-8"), path)
    if isinstance(read, list):
        raise InvalidFileError(read)
    if read.is_broken:
        raise InvalidFileError(read.findings)
    return read


def _with_list(fields: Fields, before: RegisterFile | None, evaluation: Evaluation) -> Fields:
    """Write whom a final list holds, where nobody says: those that the computation and the decisions so far lead to."""
    if fields["kind"] != Kind.FINAL_LIST or "selected" in fields:
        return fields
    register = before.register if before else Register(language="1", call=evaluation.criteria.call.title)
    decided = decide(evaluation, register)
    return {**fields, "selected": decided.selected, "reserve": fields.get("reserve") or decided.reserve}


def _completed(fields: Fields, number: int, head: str, evaluation: Evaluation) -> dict[str, Any]:
    """Give what is written of a decision: what somebody says, what it speaks of, and the chain."""
    said = _said(fields)
    known = file_hashes(evaluation)
    about = dict.fromkeys(_references(said))
    files = {each: known[each.casefold()] for each in about if known.get(each.casefold())}
    entry: dict[str, Any] = {
        "number": str(number),
        "kind": said["kind"],
        "date": said["date"],
        **said,
        "edition": in_form("NFC", evaluation.criteria.call.edition),
        "policy": evaluation.provenance.criteria.sha256,
        **({"files": files} if files else {}),
        "previous": head,
    }
    return {**entry, "hash": hash_of(entry)}


def _said(fields: Fields) -> dict[str, Any]:
    return {key: _plain(value) for key, value in fields.items() if value not in (None, [], {})}


def _references(said: Mapping[str, Any]) -> Iterator[str]:
    yield from (said[key] for key in _NAMED if key in said)
    for key in _LISTS:
        yield from said.get(key, ())
    for each in said.get("recusals", ()):
        yield from each["references"]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return in_form("NFC", " ".join(str(value).split()))
