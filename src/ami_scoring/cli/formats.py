"""The formats of a report, by name and by the suffix of a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    LIST = "list"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    XLSX = "xlsx"
    HTML = "html"


class FindingsFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    SARIF = "sarif"


SUFFIXES = {
    ".txt": Format.TABLE,
    ".tsv": Format.TSV,
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".md": Format.MARKDOWN,
    ".xlsx": Format.XLSX,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}
NOT_ON_SCREEN = {
    Format.XLSX: "Un classeur s'écrit dans un fichier : -o classement.xlsx.",
    Format.HTML: "Une page s'écrit dans un fichier : -o classement.html.",
}
"""Why a format that is one cannot be asked for by its name."""


class Public(StrEnum):
    """What a page made to be published says."""

    RANKING = "classement"
    TOTALS = "totaux"
    MARKS = "notes"


class UnknownFormatError(AmiScoringError):
    """Raised when the suffix of a file to write names no format."""


def format_of(path: Path) -> Format:
    """Give the format that a file's suffix stands for. Raises `UnknownFormatError` before anything is computed."""
    known = SUFFIXES.get(path.suffix.lower())
    if known is None:
        named, possible = printable(str(path)), ", ".join(SUFFIXES)
        message = f"le suffixe de « {named} » n'est pas un format ; les suffixes possibles sont : {possible}."
        raise UnknownFormatError(message)
    return known
