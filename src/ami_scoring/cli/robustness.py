"""`ami robustness`: how sure the list is, in sentences, scales and tables."""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.formats import UnknownFormatError
from ami_scoring.cli.options import (
    Assessments,
    AwardedFiles,
    CriteriaFile,
    Force,
    MappingFile,
    Paths,
    WaveName,
    require_awarded,
    require_criteria,
    require_paths,
)
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from ami_scoring.evaluation.robustness import Asked
    from ami_scoring.scoring.robustness import Robustness

DEFAULT_CRITERIA = Path("criteria.yaml")
DEFAULT_SEED = "ami"
DEFAULT_STRENGTH = 50
MOST_STRENGTH = 65
"""Dirichlet parameters in all: one more than the dimensions in which points are drawn."""
MOST_DRAWS = 100_000
MANY_TOTALS = 2_000_000
"""Totals to work out from which NumPy is missed."""
_PART = re.compile(r"(\d{1,6})(?:[.,](\d{1,6}))?\s*(%|points?|pts?)?")


class StudyFormat(StrEnum):
    """How a study is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


SUFFIXES = {".txt": StudyFormat.TEXT, ".json": StudyFormat.JSON, ".md": StudyFormat.MARKDOWN}


def robustness(  # noqa: PLR0913 - one parameter an option
    paths: Paths,
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    wave: WaveName = None,
    assessments: Assessments = None,
    mapping: MappingFile = None,
    awarded: AwardedFiles = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option("--pair", metavar="A B", help="Met deux candidatures côte à côte.", show_default=False),
    ] = None,
    weights_within: Annotated[
        str | None,
        typer.Option(
            "--weights-within",
            metavar="20%",
            help="Qui est retenu pour tous les poids à 20 % près (ou à 3 points près : « 3 »).",
            show_default=False,
        ),
    ] = None,
    order: Annotated[
        str | None,
        typer.Option(
            "--order",
            metavar="ORDRE",
            help="Qui est retenu pour tous les poids dans cet ordre : « zonage >= locaux >= medecins » ; "
            "se combine avec --weights-within.",
            show_default=False,
        ),
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws",
            metavar="N",
            min=0,
            max=MOST_DRAWS,
            help="Tire au moins N pondérations, 0 pour aucune (par défaut : ce qui prend moins d'une seconde ; "
            "aucune au-delà de 1 000 candidatures).",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        str, typer.Option("--seed", metavar="GRAINE", help="Graine des tirages (par défaut : ami).", show_default=False)
    ] = DEFAULT_SEED,
    strength: Annotated[
        int,
        typer.Option(
            "--strength",
            metavar="N",
            min=2,
            max=MOST_STRENGTH,
            help="Force de la loi autour des poids votés, de 2 (large) à 65 (serrée) ; par défaut : 50.",
            show_default=False,
        ),
    ] = DEFAULT_STRENGTH,
    format_: Annotated[
        StudyFormat,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="text, json ou markdown (par défaut : text).", show_default=False
        ),
    ] = StudyFormat.TEXT,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FICHIER",
            help="Écrit dans ce fichier, au format de son suffixe (.txt, .json, .md) ; répétable.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
) -> int:
    """Dit si la liste tient : avec d'autres poids, d'autres réponses, d'autres assesseurs."""
    require_paths(paths)
    require_criteria(criteria)
    targets = [(path, _format_of(path)) for path in output or ()]
    asked = _asked(pair, weights_within, order, strength)
    heard = require_paths(assessments or [])
    require_paths([mapping] if mapping else [])
    given = require_awarded(awarded, wave)
    from ami_scoring.cli.guarding import require_ours, signed
    from ami_scoring.cli.running import evaluate_with_progress, progress_bar
    from ami_scoring.cli.saving import require_folders, save
    from ami_scoring.cli.streams import is_terminal
    from ami_scoring.cli.telling import tell_unseen
    from ami_scoring.cli.writing import refuse_inputs
    from ami_scoring.evaluation.robustness import Read
    from ami_scoring.evaluation.robustness import robustness as studied
    from ami_scoring.scoring.robustness import Drawing

    require_ours([path for path, _ in targets], force=force)
    require_folders(path for path, _ in targets)
    evaluation = evaluate_with_progress(paths, criteria, wave, heard, mapping, awarded=given, quiet=False)
    refuse_inputs([path for path, _ in targets], evaluation.provenance)
    with progress_bar("Tirage des pondérations", shown=is_terminal(sys.stderr)) as progress:
        drawing = Drawing(seed, draws, _numpy(draws, len(evaluation.standings)), progress)
        found = studied(evaluation, Read(paths, criteria, heard, mapping, given), asked, drawing)
    for path, kind in targets:
        text = _written(found, kind)
        text = text if kind is StudyFormat.JSON else signed(text, markdown=kind is StudyFormat.MARKDOWN)
        save(path, text.encode("utf-8", "surrogateescape"))
        sys.stderr.write(f"Écrit : {path}\n")
    if not targets:
        _show(found, format_)
    tell_unseen(evaluation)
    return ExitCode.INPUT_ERRORS if evaluation.has_input_errors else ExitCode.DONE


def _format_of(path: Path) -> StudyFormat:
    known = SUFFIXES.get(path.suffix.lower())
    if known is None:
        named, possible = printable(str(path)), ", ".join(SUFFIXES)
        message = f"le suffixe de « {named} » n'est pas un format de cette étude ; il y a : {possible}."
        raise UnknownFormatError(message)
    return known


def _asked(pair: tuple[str, str] | None, weights_within: str | None, order: str | None, strength: int) -> "Asked":
    from ami_scoring.evaluation.robustness import Asked
    from ami_scoring.exact import Fraction

    asked, words = Asked(strength, pair), []
    if weights_within is not None:
        read = _PART.fullmatch(weights_within.strip())
        if read is None:
            message = f"--weights-within attend « 20% » ou « 3 » (points), pas « {printable(weights_within)} »."
            raise typer.BadParameter(message)
        whole, decimals, unit = read.group(1), read.group(2) or "", read.group(3)
        number = Fraction(int(whole + decimals), 10 ** len(decimals))
        is_part = unit == "%"
        words.append(f"chacun reste à {weights_within.strip()}{'' if unit else ' points'} près de son poids voté")
        asked = asked._replace(within=number / 100 if is_part else number, is_part=is_part)
    if order is not None:
        names = tuple(name.strip() for name in re.split(r">=|≥|>", order))
        if len(names) < 2 or not all(names) or len(set(names)) < len(names):
            message = "--order attend des critères distincts du plus lourd au plus léger : « zonage >= locaux »."
            raise typer.BadParameter(message)
        words.append(" ≥ ".join(names))
        asked = asked._replace(order=names)
    return asked._replace(words=", et ".join(words))


def _numpy(draws: int | None, candidatures: int) -> Any:
    """Give NumPy where weightings are asked for and it is installed: the same counts, sooner."""
    if not draws:
        return None
    try:
        import numpy as np
    except ImportError:
        if draws * candidatures > MANY_TOTALS:
            said = 'NumPy n\'est pas installé : les mêmes nombres, plus lentement (pip install "ami-scoring[numpy]").'
            sys.stderr.write(f"{said}\n")
        return None
    return np


def _show(found: "Robustness", kind: StudyFormat) -> None:
    from ami_scoring.cli.streams import is_terminal, shows_unicode, wants_colour, width
    from ami_scoring.reports.robustness import robustness_text

    if kind is StudyFormat.TEXT:
        sys.stdout.write(
            robustness_text(
                found, width=width(), colour=wants_colour(sys.stdout), ascii_only=not shows_unicode(sys.stdout)
            )
        )
    elif is_terminal(sys.stdout):
        sys.stdout.write(_written(found, kind))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(_written(found, kind).encode("utf-8", "surrogateescape"))


def _written(found: "Robustness", kind: StudyFormat) -> str:
    from ami_scoring.reports.robustness import robustness_json, robustness_markdown, robustness_text

    if kind is StudyFormat.JSON:
        return robustness_json(found)
    return (
        robustness_markdown(found) if kind is StudyFormat.MARKDOWN else robustness_text(found, width=100, colour=False)
    )
