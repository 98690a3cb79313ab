"""Adding decisions to a register: each is completed, checked against the call, and tied to the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ami_scoring.domain.chain import FIRST, hash_of
from ami_scoring.domain.composing import in_form
from ami_scoring.domain.decisions import AnyDecision, Kind, Register
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.evaluation.decisions import references_of
from ami_scoring.evaluation.typed import TypedAt, misread, strangers
from ami_scoring.findings import Finding, InvalidFileError, Location, Severity
from ami_scoring.scoring.decided import check_chain, check_decisions, decide, file_hashes, open_ties, tied
from ami_scoring.sources.doors.decisions import RegisterFile, parse_decisions
from ami_scoring.sources.doors.documents import locate
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


def add(text: str, path: str, fields: Fields, evaluation: Evaluation, typed: TypedAt | None = None) -> Added:
    """Add a decision at the end of a register, whose text may be empty: nothing of what is there changes.

    Raises `InvalidFileError` with everything that is wrong, at the places where it was `typed`.
    """
    typed = typed or TypedAt(Location(path))
    before = _parsed(text, path) if text.strip() else None
    head = before.register.head if before else FIRST
    number = len(before.register.decisions) + 1 if before else 1
    register = before.register if before else Register(language="1", call=evaluation.criteria.call.title)
    entry = _completed(_with_list(fields, register, evaluation), number, head, evaluation)
    _refuse(entry, register, evaluation, typed)
    base = text if before else new_register(in_form("NFC", evaluation.criteria.call.title))
    end = "\r\n" if "\r\n" in base else "\n"
    added = entry_text(entry)
    whole = f"{base if base.endswith(end) else base + end}{added.replace(chr(10), end)}"
    now = _parsed(whole, path)
    problems = [*check_chain(now.register, now.entries), *check_decisions(evaluation, now.register)]
    document = typed.seen_from(now.document)
    own = [locate(each, document) for each in problems if each.path[:2] == ("decisions", number - 1)]
    if any(each.severity is Severity.ERROR for each in own):
        raise InvalidFileError(own)
    provenance = evaluation.provenance._replace(decisions=now.origin)
    decided = evaluation._replace(decided=decide(evaluation, now.register), provenance=provenance)
    return Added(whole, added, now.register.decisions[-1], decided, tuple(own))


def _refuse(entry: Mapping[str, Any], register: Register, evaluation: Evaluation, typed: TypedAt) -> None:
    """Refuse a decision whose form is wrong, that names a stranger, or a final list while equals contest a place."""
    found = strangers(_named(entry), references_of(evaluation), typed)
    open_ = open_ties(evaluation, register) if entry["kind"] == Kind.FINAL_LIST else ()
    if open_ and register.final_list is None:
        problem = tied(int(entry["number"]), open_, ("selected",))
        found.append(Finding(problem.code, problem.severity, problem.message, typed.at(()), problem.suggestion))
    found.extend(each for each in misread(entry, typed) if not (open_ and each.code == "missing-key"))
    if found:
        raise InvalidFileError(found)


def is_there(text: str, path: str, fields: Fields) -> bool:
    """Say whether a decision in force says the same already, in the same words, on whatever day."""
    if not text.strip():
        return False
    asked = {key: value for key, value in _said(fields).items() if key != "date"}
    read = _parsed(text, path)
    held = {str(each.number) for each in read.register.in_force}
    entries = [each for each in read.entries if each["number"] in held]
    return any(all(each.get(key) == value for key, value in asked.items()) for each in entries)


def _parsed(text: str, path: str) -> RegisterFile:
    read = parse_decisions(text.encode("utf-8"), path)
    if isinstance(read, list):
        raise InvalidFileError(read)
    if read.is_broken:
        raise InvalidFileError(read.findings)
    return read


def _with_list(fields: Fields, register: Register, evaluation: Evaluation) -> Fields:
    """Write whom a final list holds, where nobody says: those that the computation and the decisions so far lead to."""
    if fields["kind"] != Kind.FINAL_LIST or "selected" in fields:
        return fields
    decided = decide(evaluation, register)
    return {**fields, "selected": decided.selected, "reserve": fields.get("reserve") or decided.reserve}


def _completed(fields: Fields, number: int, head: str, evaluation: Evaluation) -> dict[str, Any]:
    """Give what is written of a decision: what somebody says, what it speaks of, and the chain."""
    said = _said(fields)
    known = file_hashes(evaluation)
    about = dict.fromkeys(reference for _, reference in _named(said))
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


def _named(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the references that a decision names, each after the key where it does."""
    yield from ((key, said[key]) for key in _NAMED if key in said)
    yield from ((key, each) for key in _LISTS for each in said.get(key, ()))
    yield from (("recusals", each) for recusal in said.get("recusals", ()) for each in recusal["references"])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return in_form("NFC", " ".join(str(value).split()))
