"""The formats of a report, by name and by the suffix of a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    XLSX = "xlsx"


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
}
NOT_ON_SCREEN = "Un classeur s'écrit dans un fichier : -o classement.xlsx."
"""Why `xlsx`, which is a format, cannot be asked for by its name."""


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
