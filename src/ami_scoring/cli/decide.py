"""`ami decide`: what people decided goes into the register, after all that is there, and nothing of it changes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ami_scoring.cli.commands import DEFAULT_CRITERIA
from ami_scoring.cli.options import (
    Assessments,
    AwardedFiles,
    CriteriaFile,
    MappingFile,
    WaveName,
    require_awarded,
    require_criteria,
    require_paths,
    require_text,
)
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from ami_scoring.evaluation.typed import TypedAt

_KINDS: Final = {
    "reunion": "meeting",
    "deport": "recusal",
    "complement": "late_completion",
    "departage": "tie_broken",
    "ecart": "departure",
    "desistement": "withdrawal",
    "aide-reduite": "reduced_grant",
    "liste": "final_list",
    "annulation": "cancellation",
}
"""What people type, and what the register says."""
_TAKES: Final = {
    "meeting": {"members", "absent"},
    "recusal": {"member", "references"},
    "late_completion": {"reference", "asked_on", "due_on", "received_on"},
    "tie_broken": {"order", "by", "seed"},
    "departure": {"reference", "kept"},
    "withdrawal": {"reference", "received_on"},
    "reduced_grant": {"reference", "offered", "accepted"},
    "final_list": {"selected", "reserve"},
    "cancellation": {"cancels"},
}
"""The options that each kind takes, besides those that all do, by the key that they fill."""
_OPTIONS: Final = {
    "member": "--member",
    "members": "--member",
    "absent": "--absent",
    "kind": "--kind",
    "date": "--on",
    "reason": "--reason",
    "legal_basis": "--legal-basis",
    "proposed_by": "--proposed-by",
    "in_favour": "--in-favour",
    "against": "--against",
    "abstained": "--abstained",
    "reference": "--reference",
    "references": "--reference",
    "order": "--reference",
    "selected": "--reference",
    "reserve": "--reserve",
    "by": "--by",
    "seed": "--seed",
    "kept": "--kept",
    "asked_on": "--asked-on",
    "due_on": "--due-on",
    "received_on": "--received-on",
    "offered": "--offered",
    "accepted": "--accepted",
    "cancels": "--cancels",
}


def _text(flag: str, metavar: str, help_: str, short: str | None = None) -> Any:
    names = (flag, short) if short else (flag,)
    return typer.Option(*names, metavar=metavar, help=help_, show_default=False)


def decide(  # noqa: PLR0913 - one parameter an option
    register: Annotated[
        Path,
        typer.Argument(
            metavar="DÉCISIONS", help="Registre (decisions.yaml), créé s'il n'existe pas.", show_default=False
        ),
    ],
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="CHEMIN…", help="Fichiers ou dossiers de candidatures.", readable=False, show_default=False
        ),
    ],
    criteria: CriteriaFile = DEFAULT_CRITERIA,
    wave: WaveName = None,
    awarded: AwardedFiles = None,
    assessments: Assessments = None,
    mapping: MappingFile = None,
    kind: Annotated[str | None, _text("--kind", "GENRE", ", ".join(_KINDS) + ".", "-k")] = None,
    reference: Annotated[
        list[str] | None,
        _text("--reference", "RÉF", "Candidature dont la décision parle ; répétable, la première d'abord.", "-r"),
    ] = None,
    reserve: Annotated[list[str] | None, _text("--reserve", "RÉF", "Liste : rang suivant de la réserve.")] = None,
    reason: Annotated[str | None, _text("--reason", "TEXTE", "Motif.")] = None,
    legal_basis: Annotated[str | None, _text("--legal-basis", "TEXTE", "Texte qui fonde la décision.")] = None,
    proposed_by: Annotated[str | None, _text("--proposed-by", "QUI", "Qui l'a proposée.")] = None,
    on: Annotated[str | None, _text("--on", "DATE", "Date de la décision (par défaut : aujourd'hui à Paris).")] = None,
    in_favour: Annotated[str | None, _text("--in-favour", "N", "Voix pour.")] = None,
    against: Annotated[str | None, _text("--against", "N", "Voix contre.")] = None,
    abstained: Annotated[str | None, _text("--abstained", "N", "Abstentions.")] = None,
    kept: Annotated[str | None, _text("--kept", "OUI|NON", "Écart : retenue, ou non retenue.")] = None,
    by: Annotated[str | None, _text("--by", "COMMENT", "Départage : vote ou tirage.")] = None,
    seed: Annotated[str | None, _text("--seed", "GRAINE", "Départage par tirage : graine publiée.")] = None,
    asked_on: Annotated[str | None, _text("--asked-on", "DATE", "Complément : demandé le.")] = None,
    due_on: Annotated[str | None, _text("--due-on", "DATE", "Complément : à fournir avant le.")] = None,
    received_on: Annotated[str | None, _text("--received-on", "DATE", "Complément, désistement : reçu le.")] = None,
    offered: Annotated[str | None, _text("--offered", "MONTANT", "Aide réduite : montant proposé.")] = None,
    accepted: Annotated[str | None, _text("--accepted", "MONTANT", "Aide réduite : montant accepté.")] = None,
    member: Annotated[list[str] | None, _text("--member", "NOM", "Réunion, déport : membre ; répétable.")] = None,
    absent: Annotated[list[str] | None, _text("--absent", "NOM", "Réunion : membre absent ; répétable.")] = None,
    cancels: Annotated[str | None, _text("--cancels", "N", "Annulation : numéro de la décision annulée.")] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="CLASSEUR",
            help="Prend les décisions saisies dans la feuille « Décisions » du classeur du comité.",
            readable=False,
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Avec --from : enregistre sans demander.")] = False,
) -> int:
    """Ajoute une décision du comité au registre, à part de ce qui est calculé."""
    require_paths([*paths, *(each for each in (mapping, workbook) if each)])
    require_criteria(criteria)
    vote = {"in_favour": in_favour, "against": against, "abstained": abstained}
    common = {"reason": reason, "legal_basis": legal_basis, "proposed_by": proposed_by, "vote": _given(vote)}
    own = {
        "reserve": reserve,
        "kept": kept,
        "by": "draw" if by is not None and by.strip().casefold() == "tirage" else by,
        "seed": seed,
        "asked_on": asked_on,
        "due_on": due_on,
        "received_on": received_on,
        "offered": offered,
        "accepted": accepted,
        "absent": absent,
        "cancels": cancels,
    }
    typed = _given({"reference": reference, "member": member, **common, **own, "date": on})
    for key, value in typed.items():
        for text in (value,) if isinstance(value, str) else value if isinstance(value, list) else ():
            require_text(_OPTIONS.get(key, f"--{key.replace('_', '-')}"), str(text))
    if workbook is not None and (kind is not None or typed):
        message = "--from prend les décisions du classeur : n'ajoutez pas d'autre option de décision."
        raise typer.BadParameter(message)
    if workbook is None and kind is None:
        message = "dites le genre de décision par --kind, ou le classeur où elles sont saisies par --from."
        raise typer.BadParameter(message)
    fields = None if kind is None else _fields(_kind(kind), reference, member, _given(own))
    from ami_scoring.cli.recording import record
    from ami_scoring.cli.running import evaluate_with_progress

    marks = require_paths(assessments or [])
    given = require_awarded(awarded, wave)
    evaluation = evaluate_with_progress(paths, criteria, wave, marks, mapping, awarded=given, quiet=True)
    if fields is not None:
        told = {"kind": fields["kind"], "date": on or _today(), **fields, **_given(common)}
        return record(register, [(told, _typed())], evaluation)
    from ami_scoring.evaluation.sheet_decisions import read_sheet

    there, wrong = read_sheet(workbook or Path(), evaluation, _today())
    return record(register, [(each.fields, each.at) for each in there], evaluation, wrong, ask=not yes)


def _typed() -> "TypedAt":
    """Give the options of the command line as the places where a decision is typed."""
    from ami_scoring.evaluation.typed import TypedAt
    from ami_scoring.findings import Location

    return TypedAt(Location("ligne de commande"), {key: Location(each) for key, each in _OPTIONS.items()}, _OPTIONS)


def _kind(typed: str) -> str:
    from ami_scoring.domain.primitives import without_accents
    from ami_scoring.sources.text.suggestions import nearest

    word = without_accents(typed).replace(" ", "-").replace("_", "-")
    known = {**_KINDS, **{each.replace("_", "-"): each for each in _KINDS.values()}}
    if word not in known:
        near = nearest(word, known)
        meant = f" Vouliez-vous dire « {near} » ?" if near else ""
        message = f"« {printable(typed)} » n'est pas un genre de décision ; il y a : {', '.join(_KINDS)}.{meant}"
        raise typer.BadParameter(message)
    return known[word]


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value}


def _fields(kind: str, references: list[str] | None, members: list[str] | None, own: dict[str, Any]) -> dict[str, Any]:
    """Put what was typed under the keys of its kind; refuse what that kind does not take."""
    takes = _TAKES[kind]
    said: dict[str, Any] = {"kind": kind}
    for typed, one, several in (
        (references, "reference", ("references", "order", "selected")),
        (members, "member", ("members",)),
    ):
        if not typed:
            continue
        listed = next((key for key in several if key in takes), None)
        if listed is not None:
            said[listed] = typed
        elif one in takes and len(typed) == 1:
            said[one] = typed[0]
        else:
            raise typer.BadParameter(_not_taken(kind, _OPTIONS[one], several_of=one in takes))
    for key, value in own.items():
        if key not in takes:
            raise typer.BadParameter(_not_taken(kind, _OPTIONS[key]))
        said[key] = value
    return said


def _not_taken(kind: str, option: str, *, several_of: bool = False) -> str:
    named = next(name for name, value in _KINDS.items() if value == kind)
    if several_of:
        return f"une décision « {named} » ne prend qu'une fois {option}."
    taken = sorted({_OPTIONS[each] for each in _TAKES[kind]})
    return f"une décision « {named} » ne prend pas {option} ; elle prend : {', '.join(taken)}."


def _today() -> str:
    from datetime import UTC, datetime

    from ami_scoring.domain.dates import in_paris

    return in_paris(datetime.now(UTC)).date().isoformat()
