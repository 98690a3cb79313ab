"""The formats of a report, by name and by the suffix of a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from ami_scoring.findings import AmiScoringError


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


class UnknownFormatError(AmiScoringError):
    """Raised when the suffix of a file to write names no format."""


def format_of(path: Path) -> Format:
    """Give the format that a file's suffix stands for. Raises `UnknownFormatError` before anything is computed."""
    known = SUFFIXES.get(path.suffix.lower())
    if known is None:
        message = f"le suffixe de « {path} » n'est pas un format ; les suffixes possibles sont : {', '.join(SUFFIXES)}."
        raise UnknownFormatError(message)
    return known
