"""Files and folders → models and findings. One bad file never stops the others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Call, Criteria
from ami_scoring.domain.entries import Entry, Origin, Refusal
from ami_scoring.domain.modelling.walking import walk
from ami_scoring.findings import Finding, InvalidFileError, Location, Problem, Severity, Tally
from ami_scoring.messages import Message
from ami_scoring.patterns import late
from ami_scoring.sources.doors.documents import build, locate_all
from ami_scoring.sources.doors.editions import check_edition
from ami_scoring.sources.doors.held import HeldLines, bounds, held_in, most_held
from ami_scoring.sources.doors.pieces import (
    LINES,
    Ahead,
    Identify,
    Lines,
    Piece,
    Progress,
    Reading,
    is_worth_sharing,
    read_alone,
)
from ami_scoring.sources.doors.refusals import (
    Said,
    make_plainly,
    read_candidature,
    refused_by,
    without_complements,
)
from ami_scoring.sources.doors.room import Loaded, Looked, Room
from ami_scoring.sources.doors.sharing import refuse_shared_references
from ami_scoring.sources.doors.single import only_document
from ami_scoring.sources.files.decoding import MAX_LINES_BYTES, Source, decode, read_bytes
from ami_scoring.sources.files.document import DataPath, Document, source_of
from ami_scoring.sources.files.folders import OLD_SPREADSHEETS, SPREADSHEETS
from ami_scoring.sources.people.names import names_in
from ami_scoring.sources.people.personal import DOCTORS, OnlyCounts, Quotable, words_of
from ami_scoring.sources.text.garbled import check_garbled
from ami_scoring.sources.text.located_yaml import read_yaml
from ami_scoring.sources.text.ordinary import is_ordinary
from ami_scoring.sources.text.unseen import check_unseen

if TYPE_CHECKING:
    from ami_scoring.sources.mappings.columns import MappingFile

Check = Callable[[Candidature], Iterable[Problem]]
CheckExtra = Callable[[Mapping[str, object]], Iterable[Problem]]
Of = Literal["candidatures", "opinions", "verifications"]
"""What the lines of a table are."""
MappingOf = Callable[[Path], "MappingFile | None"]
"""Finds the mapping by which a file is read, where it is an export."""


_GIVE_CRITERIA = Message("Donnez à sa place le fichier de critères ; « ami init » en écrit un pour un nouvel appel.")
_BLOCK = late(rf"""(?<![\w.])["']?(?:{DOCTORS}|porteur|implantation)["']?[ \t]*:""")


class RefusedCriteriaError(InvalidFileError):
    """Raised when a policy could be read but is not made as it must be; carries what was read."""

    def __init__(self, findings: Sequence[Finding], document: Document) -> None:
        """Keep the findings, and the document for those who look further into it."""
        self.document = document
        super().__init__(findings)


def load_criteria(path: Path) -> tuple[Criteria, Document, Origin]:
    """Read the policy. Raises `InvalidFileError` with every finding when its form is wrong.

    It is a `RefusedCriteriaError` where the text could be read, and only the policy that it makes is wrong.
    """
    data = read_bytes(path)
    text = data if isinstance(data, Finding) else decode(data, str(path))
    if isinstance(data, Finding) or isinstance(text, Finding):
        raise InvalidFileError([_not_criteria(each) for each in (data, text) if isinstance(each, Finding)][:1])
    document = only_document(text, str(path))
    if isinstance(document, list):
        raise InvalidFileError(_quotable(document, path, text))
    criteria, refused = walk(Criteria, document.data), list[Finding]()
    if criteria is None:
        criteria, refused = build(Criteria, document)
    if criteria is None:
        raise RefusedCriteriaError(_quotable([*document.findings, *refused], path, text), document)
    return criteria, document, Origin(str(path), sha256(data).hexdigest())


def _not_criteria(refused: Finding) -> Finding:
    """Say of a workbook or of a letter that criteria are a text: no other name would make it one."""
    if refused.code != "not-text":
        return refused
    message = Message("Ce fichier est {kind} ; les critères sont un texte YAML.", refused.message.params)
    return refused._replace(message=message, suggestion=_GIVE_CRITERIA)


def _quotable(findings: list[Finding], path: Path, text: str) -> list[Finding]:
    """Hide names where a candidature was given in place of criteria, which name facts but none of its blocks."""
    return list(Quotable(path).cleaned(findings)) if _BLOCK.search(text) else findings


def load_candidatures(  # noqa: PLR0913 - what it needs to know of the call, piece by piece
    files: Sequence[Path],
    check: Check,
    progress: Progress | None = None,
    *,
    named: Collection[Path] = (),
    call: Call | None = None,
    check_extra: CheckExtra | None = None,
    mapping_of: MappingOf | None = None,
    ahead: Ahead | None = None,
    identify: Identify | None = None,
    known: Sequence[object] = (),
) -> Loaded:
    """Read every candidature of the files, in their order. `check` looks at each one while its place is at hand.

    Among the files, `named` are those that hold a candidature because somebody says so; `call` is the one that forms
    should have been made for. `check_extra` looks at the facts of the call's own where the rest is broken. `mapping_of`
    says by which mapping an export is read. `ahead` may work out what it can of each candidature as soon as it is
    there, and `identify` what identifies it; what the former holds may be `known` to all.
    """
    loaded = Loaded()

    def look(document: Document, candidature: Candidature | None, only_counts: OnlyCounts) -> Looked:
        found = list(check(candidature) if candidature else _extra_alone(document, check_extra))
        if not found and document.is_ordinary and document.asked is None:
            return Looked(candidature, [], [])
        kinds = [_of_a_kind(document.path, *each[:2]) for each in found if _is_counted(each, document, only_counts)]
        problems = found if not kinds else [each for each in found if not _is_counted(each, document, only_counts)]
        names = names_in(document.data if problems else None)
        beside = map(Said, [*check_edition(document, call), *check_unseen(document), *check_garbled(document)])
        placed = zip(locate_all(problems, document, names), map(refused_by, problems), strict=True)
        said = [*beside, *(Said(*each) for each in placed)]
        return Looked(candidature and without_complements(candidature, problems), said, kinds)

    mappings = {path: mapping_of(path) for path in files} if mapping_of else {}

    def read(piece: Piece, room: Room) -> None:
        _load_piece(piece, room, named=piece.path in named, mapping=mappings.get(piece.path))

    tally = Tally()
    reading = Reading(read, lambda path: Room(look, loaded, tally, path), look, ahead, identify, known)
    if is_worth_sharing(files):
        from ami_scoring.sources.doors.sides import read_beside  # noqa: PLC0415 - where there is much to read

        read_beside(files, reading, loaded, progress)
    else:
        read_alone([Piece(path) for path in files], reading, loaded, progress)
    refuse_shared_references(loaded, tally)
    loaded.findings.extend(tally.others())
    return loaded


def _is_counted(problem: Problem, document: Document, only_counts: OnlyCounts) -> bool:
    return problem.severity is not Severity.ERROR and only_counts(document.path, problem.code, problem.severity)


@lru_cache(maxsize=64)
def _of_a_kind(path: str, code: str, severity: Severity) -> Finding:
    """Make a finding that is only counted: its sentence and its place would never be read."""
    return Finding(code, severity, Message("…"), Location(path))


def _extra_alone(document: Document, check_extra: CheckExtra | None) -> Iterable[Problem]:
    extra = document.data.get("complements") if isinstance(document.data, dict) else None
    return check_extra(extra) if check_extra and isinstance(extra, dict) else ()


def read_documents(
    path: Path, *, named: bool = False, of: Of = "candidatures", mapping: MappingFile | None = None
) -> tuple[str, Iterator[tuple[list[Document], list[Finding]]]]:
    """Read a file by its suffix: its SHA-256, then its documents and findings, in as many batches as suit it.

    Its tables are those of candidatures, of assessors' opinions, or of verifications. With a mapping, an export that it
    speaks of is read by it, and any other file as it always is.
    """
    is_lines = path.suffix.lower() == ".jsonl"
    data = read_bytes(path, limit=MAX_LINES_BYTES) if is_lines else read_bytes(path)
    if isinstance(data, Finding):
        return "", iter([([], [data])])
    if mapping is not None:
        from ami_scoring.sources.mappings.reading import read_export  # noqa: PLC0415 - exports only

        if (batches := read_export(data, path, mapping)) is not None:
            return sha256(data).hexdigest(), batches
    if path.suffix.lower() in {*SPREADSHEETS, *OLD_SPREADSHEETS}:
        from ami_scoring.sources.spreadsheets.intake import read_spreadsheet  # noqa: PLC0415
        from ami_scoring.sources.spreadsheets.keys import KINDS  # noqa: PLC0415

        return sha256(data).hexdigest(), read_spreadsheet(data, path, named=named, keys=KINDS[of])
    if is_lines:
        from ami_scoring.sources.text.located_json import read_json_lines  # noqa: PLC0415

        make = make_plainly if of == "candidatures" else None
        return sha256(data).hexdigest(), read_json_lines(data, str(path), make=make)
    return sha256(data).hexdigest(), _batches(data, path)


def _batches(data: bytes, path: Path) -> Iterator[tuple[list[Document], list[Finding]]]:
    text = decode(data, str(path))
    if isinstance(text, Finding):
        yield [], [text]
    elif path.suffix.lower() == ".json":
        from ami_scoring.sources.text.located_json import read_json  # noqa: PLC0415

        yield read_json(text, str(path))
    else:
        yield read_yaml(text, str(path), is_ordinary=is_ordinary(data))


def _load_piece(piece: Piece, room: Room, *, named: bool, mapping: MappingFile | None) -> None:
    path, lines = piece
    if lines is None:
        digest, batches = read_documents(path, named=named, mapping=mapping)
    else:
        digest, batches = lines.text.digest, lines.batches(path)
    origin = Origin(str(path), digest)
    if piece.begins:
        room.loaded.origins.append(origin)
    for documents, findings in batches:
        if findings:
            room.turn_to(findings[0].where.line or 1)
            cleaned = room.quotable.cleaned(findings, only_counts=room.only_counts)
            _take_findings(cleaned, origin, room, len(documents), lines)
        if room.loaded.is_cut:
            return
        for document in documents:
            room.turn_to(document.line)
            if not named and document.made is None and (what := _what_else(document)):
                message = Message("Fichier laissé de côté : c'est {what}, et non une candidature.", {"what": what})
                room.tell([Finding("files-passed-over", Severity.NOTE, message, Location(str(path)))])
            elif room.has_room(document.path, document.line):
                _take_document(document, digest, room)
            else:
                return
    room.end()


def _what_else(document: Document) -> str | None:
    """Recognise what people keep beside candidatures in the same formats: the criteria, a result of this program."""
    if isinstance(document.data, dict) and document.data.keys() >= {"language", "export", "answers"}:
        return "la correspondance d'un export"
    if isinstance(document.data, dict) and document.data.keys() >= {"language", "seed"}:
        return "le jury" if "assessors" in document.data else "la liste des attributions du jury"
    keys = document.data.keys() if isinstance(document.data, dict) and "criteria" in document.data else set()
    if keys >= {"language", "call", "criteria"}:
        return "un fichier de critères"
    if isinstance(document.data, dict) and document.data.keys() >= {"language", "call", "decisions"}:
        return "un registre de décisions"
    return "un classement écrit par ce programme" if keys >= {"schema", "criteria", "ranking"} else None


def _take_findings(
    findings: Iterable[Finding], origin: Origin, room: Room, handed: int, lines: Lines | None = None
) -> None:
    """Keep what a reader found wrong, and count as unreadable each document that it could not hand over.

    `handed` is how many it could. Each line of a `.jsonl` file is a text of its own: `lines` are those of a long one.
    """
    kept = list(findings)
    room.tell(kept)
    errors = [finding for finding in kept if finding.severity is Severity.ERROR]
    broken: dict[int, list[Finding]] = {}
    source = room.quotable.source if len(errors) > 1 else None
    ends = [] if source is None else bounds(source)
    for error in errors:
        broken.setdefault(bisect_right(ends, (error.where.line or 1, error.where.column or 1)), []).append(error)
    others = 0
    if broken and Path(origin.path).suffix.lower() == LINES:
        room.lines = room.lines or (HeldLines(lines.text.data) if lines else HeldLines.of(Path(origin.path)))
        others = max(0, room.lines.most(errors[0].where.line or 1) - len(broken))
    elif broken and not room.is_counted:
        room.is_counted = True  # a workbook has several tables, whose lines are counted together
        others = max(0, most_held(Path(origin.path)) - handed - len(broken))
    for said in broken.values():
        line = min(error.where.line or 1 for error in said)
        if room.has_room(origin.path, line):
            room.refuse(origin._replace(line=line), said, most=1 + others)
        others = 0


def _take_document(document: Document, digest: str, room: Room) -> None:
    origin = Origin(document.path, digest, document.line)
    if room.is_crowded:
        document = Document._make((*document[:3], _OnlyLine(document), *document[4:]))
    read, wrong = read_candidature(document)
    candidature, beside, counted = room.look(document, read, room.only_counts)
    if candidature is not None and not (wrong or beside or counted):
        room.keep(Entry(candidature, origin))
        return
    said = [*wrong, *beside]
    findings: tuple[Finding, ...] = ()
    if said:
        told = [each.finding for each in said]
        if room.quotable.asks_for_text:
            room.quotable.know(source_of(document))
        findings = tuple(room.quotable.cleaned(told, names_in(document.data), room.only_counts))
    if findings or counted:
        room.tell([*(findings if document.asked is None else room.apart(findings)), *counted])
    errors = [
        (each.keys, finding) for each, finding in zip(said, findings, strict=True) if finding.severity is Severity.ERROR
    ]
    if candidature is None or not all(keys for keys, _ in errors):
        wrong_ones = [each for _, each in errors]
        room.refuse(origin, wrong_ones, _reference_of(document), most=_most_of(document, wrong_ones, room))
    else:
        refused = [Refusal(key, finding) for keys, finding in errors for key in keys]
        room.keep(Entry(candidature, origin, tuple(refused)))


def _most_of(document: Document, findings: Iterable[Finding], room: Room) -> int:
    """Count the candidatures that a document may hold, where it is none: a list of them, or several without a mark.

    One that is a bare text may be all of its file that no mark parts; the lines of a `.jsonl` file are parted.
    """
    again = sum(
        1 for each in findings if each.code == "duplicate-key" and each.message.params.get("key") == "reference"
    )
    is_line = Path(document.path).suffix.lower() == LINES
    if isinstance(document.data, str) and document.asked is None and not is_line and not room.is_counted:
        room.is_counted = True
        return max(again + 1, most_held(Path(document.path)))
    return again + held_in(document.data)


class _OnlyLine:
    """Gives the line of a document for every place in it; its text is there as before."""

    __slots__ = ("_document", "_where")

    def __init__(self, document: Document) -> None:
        self._where = Location(document.path, document.line)
        self._document = document

    @property
    def source(self) -> Source | None:
        return source_of(self._document)

    def __call__(self, _path: DataPath, /, *, key: bool = False) -> Location:  # noqa: ARG002 - as all are called
        return self._where


def _reference_of(document: Document) -> str | None:
    data = document.data
    reference = data.get("reference") if isinstance(data, dict) else None
    if not isinstance(reference, str):
        return None
    # What is no reference may be anything, the name of a person too: any word of a cell, one of the doctors elsewhere.
    may_name = names_in(data).are_in(reference) if document.asked is None else words_of(reference)
    return None if " " in reference.strip() and may_name else reference[:64]
