"""`ami template`: forms and tables to fill, made from the criteria in force."""

import sys
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ami_scoring.cli.commands import DEFAULT_CRITERIA
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.options import CriteriaFile, MappingFile, require_paths
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from ami_scoring.domain.candidature import Candidature
    from ami_scoring.domain.criteria import Criteria
    from ami_scoring.evaluation.mappings import Mappings
    from ami_scoring.evaluation.policy import Policy


class TemplateError(AmiScoringError):
    """Raised when the form asked for cannot be made; nothing is written."""


class Shape(Enum):
    """What is made."""

    FORM = auto()
    OPEN_FORM = auto()
    YAML = auto()
    TABLE = auto()
    OPEN_TABLE = auto()
    CSV_TABLE = auto()
    POLICY = auto()


_SHAPES = {
    (".xlsx", False): Shape.FORM,
    (".ods", False): Shape.OPEN_FORM,
    (".yaml", False): Shape.YAML,
    (".yml", False): Shape.YAML,
    (".xlsx", True): Shape.TABLE,
    (".ods", True): Shape.OPEN_TABLE,
    (".csv", True): Shape.CSV_TABLE,
}


def template(  # noqa: PLR0913 - one parameter an option
    target: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            help="Ce qu'il faut faire : .xlsx, .ods ou .yaml (avec --table : .xlsx, .ods ou .csv).",
            show_default=False,
        ),
    ],
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    table: Annotated[
        bool, typer.Option("--table", help="Fait un tableau, une ligne par candidature, au lieu d'un formulaire.")
    ] = False,
    source: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="CHEMIN",
            help="Remplit avec la candidature de ce fichier (avec --table : celles d'un dossier) ; répétable.",
            readable=False,
            show_default=False,
        ),
    ] = None,
    mapping: MappingFile = None,
    policy: Annotated[
        bool,
        typer.Option("--policy", help="Fait le barème à imprimer et à voter, en .xlsx, au lieu d'un formulaire."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Remplace le fichier s'il existe déjà.")] = False,
) -> int:
    """Fait un formulaire vierge, un tableau à remplir, un modèle YAML ou le barème à imprimer, d'après les critères."""
    shape = _policy_shape(target, table=table, source=source) if policy else _shape_of(target, table=table)
    from ami_scoring.cli.guarding import refuse_read, require_new
    from ami_scoring.cli.saving import preparing, save
    from ami_scoring.evaluation.mappings import Mappings, named_mapping
    from ami_scoring.evaluation.policy import read_policy

    require_new(target, force=force)
    read = read_policy(criteria)
    require_paths([mapping] if mapping else [])
    mappings = Mappings(mapping or named_mapping(read.criteria, criteria), read.criteria)
    filled = _candidatures(require_paths(source or []), shape, target, mappings)
    refuse_read([target], [criteria, *(origin.path for origin, _ in read.zoning_origins)])
    with preparing(target):
        content = _policy_made(read) if policy else _made(shape, read.criteria, filled)
    save(target, content)
    sys.stderr.write(f"Écrit : {printable(str(target))}\n")
    return ExitCode.DONE


def _policy_shape(target: Path, *, table: bool, source: list[Path] | None) -> Shape:
    if table or source or target.suffix.lower() != ".xlsx":
        message = "le barème à imprimer (--policy) est un .xlsx, sans --table ni --from."
        raise TemplateError(message)
    return Shape.POLICY


def _policy_made(policy: "Policy") -> bytes:
    from ami_scoring import __version__
    from ami_scoring.reports.workbook.policy_book import policy_workbook

    return policy_workbook(policy.criteria, policy.origin, __version__)


def _shape_of(target: Path, *, table: bool) -> Shape:
    shape = _SHAPES.get((target.suffix.lower(), table))
    if shape is None:
        possible = ", ".join(suffix for suffix, is_table in _SHAPES if is_table is table)
        thing = "un tableau" if table else "un formulaire"
        hint = " Pour un tableau, ajoutez --table." if not table and target.suffix.lower() == ".csv" else ""
        message = f"« {printable(target.name)} » : {thing} porte un de ces suffixes : {possible}.{hint}"
        raise TemplateError(message)
    return shape


def _candidatures(paths: Sequence[Path], shape: Shape, target: Path, mappings: "Mappings") -> "list[Candidature]":
    if not paths:
        return []
    from ami_scoring.cli.guarding import refuse_read
    from ami_scoring.evaluation.mappings import without_mappings
    from ami_scoring.findings import InvalidFileError
    from ami_scoring.sources.doors.loaders import load_candidatures
    from ami_scoring.sources.files.folders import find_files

    found = find_files(paths)
    refuse_read([target], found.files)
    files = without_mappings(found.files, found.named)
    loaded = load_candidatures(files, lambda _: (), named=found.named, mapping_of=mappings.of)
    mappings.require()
    wrong = [one.findings for one in loaded.unreadable]
    wrong += [tuple(each.finding for each in one.refused) for one in loaded.entries if one.refused]
    if wrong:
        findings = [finding for each in wrong for finding in each]
        raise InvalidFileError(findings, _nothing_written(len(wrong)))
    if shape is Shape.YAML or (shape in {Shape.FORM, Shape.OPEN_FORM} and len(loaded.entries) != 1):
        message = (
            "un modèle YAML reste vierge : --from ne s'y applique pas."
            if shape is Shape.YAML
            else f"un formulaire se remplit avec une seule candidature, et non {len(loaded.entries)}."
        )
        raise TemplateError(message)
    return [entry.candidature for entry in loaded.entries]


def _nothing_written(unreadable: int) -> str:
    which, them = "1 candidature a une erreur", "la"
    if unreadable > 1:
        which, them = f"{unreadable} candidatures ont une erreur", "les"
    return f"{which} : rien n'est écrit. Corrigez-{them}, ou nommez après --from les fichiers qui se lisent."


def _made(shape: Shape, criteria: "Criteria", filled: "list[Candidature]") -> bytes:
    from ami_scoring.reports import form

    match shape:
        case Shape.FORM:
            return form.form_workbook(criteria, filled[0] if filled else None)
        case Shape.OPEN_FORM:
            return form.form_ods(criteria, filled[0] if filled else None)
        case Shape.OPEN_TABLE:
            return form.table_ods(criteria, filled)
        case Shape.TABLE:
            return form.table_workbook(criteria, filled)
        case Shape.CSV_TABLE:
            return form.table_csv(criteria, filled).encode("utf-8-sig")
        case Shape.YAML | Shape.POLICY:
            return form.form_yaml(criteria).encode()
