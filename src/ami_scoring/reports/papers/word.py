"""A paper as a Word document, on the letterhead of the authority or on ours; the same bytes each time."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from struct import unpack_from
from typing import TYPE_CHECKING, Any, Final
from warnings import catch_warnings
from zipfile import BadZipFile, ZipFile

from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.findings import Finding, InvalidFileError, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import Items, Paper, Text, Title
from ami_scoring.reports.papers.kinds import Kind
from ami_scoring.reports.papers.watermark import mark_draft
from ami_scoring.reports.papers.word_body import Known, Styles, body_of, known_styles
from ami_scoring.reports.papers.word_fields import BODY, FIELD, check_template, runs_of, spots, text_of, values_of
from ami_scoring.reports.papers.word_template import default_template

if TYPE_CHECKING:
    from docx.document import Document

LETTER: Final = "lettre.docx"
ACT: Final = "acte.docx"
"""The templates of papers that have none of their own: those that go to an applicant, and the others."""
_NAMES: Final = (
    LETTER,
    ACT,
    *(f"{name}.docx" for name in ("proces-verbal", "rapport", "regles", "fiches", "notice")),
    *(f"lettre-{kind}.docx" for kind in Kind),
)
"""The names that a template may have: no paper is ever written on another."""
_LONG_AGO: Final = bytes((0, 0, 0x21, 0))
"""Midnight of the first of January 1980, the first moment that a zip can tell."""
_ENTRY: Final = b"PK\x01\x02"
MOST_BYTES: Final = 20_000_000
MOST_UNPACKED: Final = 40_000_000
_ADVICE: Final = Message("Ouvrez-le dans Word ou LibreOffice et enregistrez-le au format .docx.")


class Word:
    """Fills templates, each read and checked once."""

    def __init__(self, letterhead: Letterhead, templates: Mapping[str, bytes], folder: str) -> None:
        """Take the authority's templates, by file name. Raises `InvalidFileError` with all that is wrong in them.

        Raises `ImportError` where python-docx is not installed.
        """
        import docx  # noqa: F401, PLC0415 - said at once where it is missing

        self._letterhead = letterhead
        self._templates = dict(templates)
        self._styles: dict[str, Known] = {}
        read = {str(PurePath(folder) / name): data for name, data in templates.items()}
        wrong = [_of_no_paper(path) for path in read if PurePath(path).name not in _NAMES]
        wrong += [each for path, data in read.items() for each in template_findings(data, path, letterhead)]
        if wrong:
            raise InvalidFileError(wrong)
        for name in (LETTER, ACT):
            self._templates.setdefault(name, default_template())

    def render(self, paper: Paper) -> bytes:
        """Write one paper, on the template of its kind or on that of all letters, or of all acts."""
        import docx  # noqa: PLC0415 - only Word needs it

        name = f"{paper.kind}.docx"
        if name not in self._templates:
            name = LETTER if paper.to else ACT
        document = docx.Document(BytesIO(self._templates[name]))
        if name not in self._styles:
            self._styles[name] = known_styles(document)
        return _written(document, paper, self._letterhead, self._styles[name])


def _written(document: Document, paper: Paper, letterhead: Letterhead, known: Known) -> bytes:
    _fill(document, paper, letterhead, known)
    if paper.is_draft:
        mark_draft(document)
    _describe(document, paper, letterhead)
    made = BytesIO()
    document.save(made)
    return without_times(made.getvalue())


def _fill(document: Document, paper: Paper, letterhead: Letterhead, known: Known) -> None:
    values = values_of(paper, letterhead)
    for spot in list(spots(document)):
        names = FIELD.findall(text_of(spot.element))
        if not names:
            continue
        if names == [BODY]:
            for element in body_of(paper, Styles(known, spot.element)):
                spot.element.addprevious(element)
            _remove(spot.element)
        elif not any(values[name] for name in names):
            _remove(spot.element)
        else:
            _replace(spot.element, values)


def _remove(paragraph: Any) -> None:
    """Leave out a paragraph whose fields have nothing to say; the last of its holder only loses its text."""
    holder = paragraph.getparent()
    if len(holder.xpath("./w:p")) > 1 or holder.tag.endswith("}body"):
        holder.remove(paragraph)
        return
    for run in runs_of(paragraph):
        run.text = ""


def _replace(paragraph: Any, values: Mapping[str, str]) -> None:
    """Put values in the place of fields, in the look of the run where each begins; what they hold is not read again."""
    for found in reversed(list(FIELD.finditer(text_of(paragraph)))):
        at, value = 0, values[found[1]]
        for run in runs_of(paragraph):
            text = run.text
            begin, end = max(found.start() - at, 0), min(found.end() - at, len(text))
            if begin < end:
                run.text = text[:begin] + value + text[end:]
                value = ""
            at += len(text)


def _describe(document: Document, paper: Paper, letterhead: Letterhead) -> None:
    core, day = document.core_properties, letterhead.date
    core.title, core.author, core.last_modified_by = paper.title[:250], letterhead.authority.name[:250], ""
    core.subject, core.comments, core.keywords, core.language = paper.subject[:250], "", "", "fr-FR"
    core.created = core.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the day that papers bear
    core.revision = 1


def without_times(package: bytes) -> bytes:
    """Write the same moment in every entry of a package, where the zip format keeps the time of day."""
    made = bytearray(package)
    with ZipFile(BytesIO(package)) as archive:
        for info in archive.infolist():
            made[info.header_offset + 10 : info.header_offset + 14] = _LONG_AGO
        at = archive.start_dir
    while made[at : at + 4] == _ENTRY:
        made[at + 12 : at + 16] = _LONG_AGO
        name, extra, comment = unpack_from("<3H", made, at + 28)
        at += 46 + name + extra + comment
    return bytes(made)


_DAMAGES: Final = (
    BadZipFile,
    AttributeError,
    EOFError,
    IndexError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    UserWarning,
    ValueError,
    zlib.error,
)
"""What `zipfile` and python-docx raise on a damaged file: it documents little, and these were met by breaking some."""


def template_findings(data: bytes, path: str, letterhead: Letterhead) -> list[Finding]:
    """Say what is wrong with a template; a whole paper is tried on one that looks right."""
    import docx  # noqa: PLC0415 - only Word needs it
    from docx.opc.exceptions import OpcError  # noqa: PLC0415 - same reason
    from lxml.etree import LxmlError  # noqa: PLC0415 - same reason

    try:
        if len(data) > MOST_BYTES or _unpacked(data) > MOST_UNPACKED:
            return [_unusable(path, "Ce modèle est trop gros pour un papier à en-tête.")]
        document = docx.Document(BytesIO(data))
        wrong = check_template(document, path)
        with catch_warnings(action="error"):  # a part that would be there twice is only warned of
            if not wrong:
                _written(document, _TRIED, letterhead, known_styles(document))
    except (*_DAMAGES, OpcError, LxmlError):
        return [_unusable(path, "Ce modèle n'est pas un document Word (.docx) que l'on puisse lire.")]
    return wrong


def _unpacked(data: bytes) -> int:
    with ZipFile(BytesIO(data)) as archive:
        return sum(info.file_size for info in archive.infolist())


_TRIED: Final = Paper(
    "essai", "essai", "Essai", (Title(2, "Titre"), Text("Texte"), Items(("Un",))), is_draft=True, to=("A",)
)


def _of_no_paper(path: str) -> Finding:
    message = Message("Ce modèle ne servirait à aucun papier : son nom n'en désigne aucun.")
    advice = Message("Donnez-lui l'un de ces noms, en minuscules : {names}.", {"names": _NAMES})
    return Finding("template-name", Severity.ERROR, message, Location(path), advice)


def _unusable(path: str, said: str) -> Finding:
    return Finding("template-broken", Severity.ERROR, Message(said), Location(path), _ADVICE)
