"""Bytes of strangers' files → text with places; whatever is wrong with them becomes a finding."""

from __future__ import annotations

import errno
import os
import stat
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import accumulate, count
from operator import add
from pathlib import Path

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.patterns import late
from ami_scoring.sources.files.signatures import kind_of
from ami_scoring.sources.files.system import reason_of

MAX_BYTES = 10_000_000
"""The largest YAML or JSON document that is read."""
MAX_TABLE_BYTES = 30_000_000
"""The largest table or workbook that is read: 5 000 dossiers of 120 answers, fifty letters each."""
_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".ods"})
MAX_LINES_BYTES = 1_000_000_000
"""The largest `.jsonl` file that is read."""
MAX_EXCERPT = 2_000
"""A longer line is not quoted: nobody could find the place in it."""

_GIVEN: ContextVar[Mapping[Path, bytes]] = ContextVar("given", default={})  # noqa: B039 - never written to
_LINE_BREAK = late(r"\r\n?|\n")
_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
FRENCH_LETTERS = frozenset("ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜàâäçèéêëîïôöùûüÿŒœ€«»°²\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a0")
_SAVE_AS_UTF8 = Message("Enregistrez le fichier en UTF-8.")
_REASONS = {
    errno.ENOENT: Message("Ce fichier n'existe pas, ou n'existe plus."),
    errno.ENOTDIR: Message("Ce fichier n'existe pas : une partie de son chemin n'est pas un dossier."),
    errno.EACCES: Message(
        "Ce fichier ne peut pas être lu : il manque le droit de lecture, ou un autre programme le tient ouvert."
    ),
    errno.EPERM: Message("Ce fichier ne peut pas être lu : il manque le droit de lecture."),
    errno.ELOOP: Message("Ce fichier ne peut pas être lu : il est un lien qui mène à lui-même."),
}


class Source:
    """A text with its name, which turns offsets into places; the lines are counted at the first question."""

    __slots__ = ("_answers", "_starts", "first_line", "path", "text")

    def __init__(self, text: str, path: str, first_line: int = 1) -> None:
        """Keep a text whose first line is `first_line` of the file."""
        self.text = text
        self.path = path
        self.first_line = first_line
        self._starts: list[int] | None = None
        self._answers: dict[Callable[[str], bool], bool] | None = None

    def says(self, question: Callable[[str], bool]) -> bool:
        """Answer a question about the whole text, which is looked through once, whatever the documents in it."""
        if self._answers is None:
            self._answers = {}
        if question not in self._answers:
            self._answers[question] = question(self.text)
        return self._answers[question]

    def at(self, index: int) -> Location:
        """Give the line, the column and the line as written of the character at `index`, which may be the end."""
        starts, text = self.starts, self.text
        row = bisect_right(starts, index) - 1
        start, end = starts[row], starts[row + 1] if row + 1 < len(starts) else len(text)
        quoted = None if end - start > MAX_EXCERPT else text[start:end].rstrip("\r\n")
        return Location(self.path, self.first_line + row, min(index, len(text)) - start + 1, quoted)

    def line_of(self, index: int) -> int:
        """Give the line of the character at `index` in the file."""
        return self.first_line + (self._row(index) if index else 0)

    def whole(self) -> Location:
        """Give the place of the text itself: its first line."""
        return Location(self.path, self.first_line)

    def excerpt(self, line: int) -> str | None:
        """Give a line of the file as written, or None if there is no such line or it is too long to show."""
        row = line - self.first_line
        return self._quote(row) if 0 <= row < len(self.starts) else None

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            if "\r" in self.text:
                self._starts = [0, *(mark.end() for mark in _LINE_BREAK.finditer(self.text))]
            else:
                lengths = accumulate(map(len, self.text.split("\n")[:-1]))
                self._starts = [0, *map(add, lengths, count(1))]
        return self._starts

    def _row(self, index: int) -> int:
        return bisect_right(self.starts, index) - 1

    def _quote(self, row: int) -> str | None:
        end = self.starts[row + 1] if row + 1 < len(self.starts) else len(self.text)
        if end - self.starts[row] > MAX_EXCERPT:
            return None
        return self.text[self.starts[row] : end].rstrip("\r\n")


def excerpt(text: str, line: int) -> str | None:
    """Give one line of a text, counted from 1, without its line break; None if there is none or it is too long."""
    return Source(text, "").excerpt(line)


@contextmanager
def given(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Read these contents, for a while, in place of the files of those names: what an editor has not saved yet."""
    token = _GIVEN.set(contents)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def read_bytes(path: Path, *, limit: int | None = None) -> bytes | Finding:
    """Read a regular file of at most `limit` bytes; never waits on a pipe or a device, never reads a larger file.

    Without a limit, that of its suffix: tables are longer than documents.
    """
    if limit is None:
        limit = MAX_TABLE_BYTES if path.suffix.lower() in _TABLES else MAX_BYTES
    if (content := _GIVEN.get().get(path)) is not None:
        return content if len(content) <= limit else too_large(len(content), limit, str(path))
    try:
        refusal = _refuse_kind(path, path.stat(), limit)
        return refusal or _read_regular(path, limit)
    except OSError as error:
        return _unreadable(path, _REASONS.get(error.errno or 0) or _unknown_reason(error))
    except ValueError:
        return _unreadable(path, Message("Ce nom de fichier contient un caractère nul."))


def decode(data: bytes, path: str, *, line: int = 1) -> str | Finding:
    """Decode strict UTF-8, with or without its mark; `line` is the number of the first line of `data`."""
    if line == 1 and (refusal := not_text("not-text", data, path)) is not None:
        return refusal
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _bad_encoding(data, error.start, path, line)
    if "\x00" in text:
        return _nul_character(data, path, line)
    return text.removeprefix("\ufeff")


def not_text(code: str, data: bytes, path: str) -> Finding | None:
    """Build the finding of a workbook, a PDF or a letter that bears the name of a text; None for anything else."""
    kind = kind_of(data)
    if kind is None:
        return None
    message = Message("Ce fichier est {kind}, malgré son nom.", {"kind": kind.name})
    return Finding(code, Severity.ERROR, message, Location(path, 1), kind.advice)


def wide_encoding(data: bytes) -> str | None:
    """Name the encoding, UTF-16 or UTF-32, that the first bytes of a file show by their mark or by their zeros."""
    marked = next((name for mark, name in _WIDE_MARKS if data.startswith(mark)), None)
    head = data[:256]
    return marked or ("UTF-16" if head.count(0) * 3 > len(head) else None)


def too_large(size: int, limit: int, path: str, line: int | None = None) -> Finding:
    """Build the finding of a file, or of a line, that is larger than what is read."""
    sizes = {"size": -(-size // 1_000_000), "limit": limit // 1_000_000}
    message = Message("{size} Mo : c'est plus que la limite de {limit} Mo.", sizes)
    return Finding("too-large", Severity.ERROR, message, Location(path, line))


def _refuse_kind(path: Path, status: os.stat_result, limit: int) -> Finding | None:
    if stat.S_ISDIR(status.st_mode):
        return _unreadable(path, Message("C'est un dossier, et non un fichier."))
    if not stat.S_ISREG(status.st_mode):
        return _unreadable(path, Message("Ce n'est pas un fichier ordinaire (tube, périphérique…)."))
    if status.st_size > limit:
        return too_large(status.st_size, limit, str(path))
    return None


def _read_regular(path: Path, limit: int) -> bytes | Finding:
    # The path may have become a pipe since it was looked at: opening one must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        refusal = _refuse_kind(path, status, limit)
        if refusal is not None:
            return refusal
        data = file.read(status.st_size + 1)
    if len(data) > status.st_size:
        return _unreadable(path, Message("Ce fichier grandit pendant sa lecture : réessayez quand il sera complet."))
    return data


def _unreadable(path: Path, message: Message) -> Finding:
    return Finding("unreadable-file", Severity.ERROR, message, Location(str(path)))


def _unknown_reason(error: OSError) -> Message:
    return Message("Ce fichier ne peut pas être lu : {reason}.", {"reason": reason_of(error)})


def _not_utf8(message: Message, where: Location) -> Finding:
    return Finding("not-utf8", Severity.ERROR, message, where, _SAVE_AS_UTF8)


def _nul_character(data: bytes, path: str, line: int) -> Finding:
    if wide_encoding(data) is not None:
        return _bad_encoding(data, 0, path, line)
    message = Message("Ce fichier contient un caractère nul : ce n'est pas du texte, ou il est abîmé.")
    return Finding("nul-character", Severity.ERROR, message, _place(data, data.index(0), path, line))


def _bad_encoding(data: bytes, index: int, path: str, line: int) -> Finding:
    wide = wide_encoding(data)
    if wide is not None:
        message = Message("Ce fichier est en {encoding}, et non en UTF-8.", {"encoding": wide})
        return _not_utf8(message, Location(path, line, 1))
    letter = data[index : index + 1].decode("cp1252", errors="replace")
    if letter in FRENCH_LETTERS:
        sentence = "Ce fichier semble être en Windows-1252 (« ANSI »), et non en UTF-8 : « {letter} » est mal codé."
        return _not_utf8(Message(sentence, {"letter": letter}), _place(data, index, path, line))
    message = Message("L'octet 0x{byte} n'a pas de sens en UTF-8.", {"byte": f"{data[index]:02X}"})
    return _not_utf8(message, _place(data, index, path, line))


def _place(data: bytes, index: int, path: str, line: int) -> Location:
    # One byte of Windows-1252 is one character: the rest of the line reads as its author saw it.
    before = data[:index].decode("utf-8-sig", errors="replace")
    after = data[index : index + MAX_EXCERPT].decode("cp1252", errors="replace")
    return Source(before + after, path, line).at(len(before))
