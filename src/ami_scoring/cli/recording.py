"""Writing decisions in a register: shown, confirmed where a sheet holds them, never over what somebody else wrote."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable

if TYPE_CHECKING:
    from ami_scoring.domain.evaluated import Evaluation
    from ami_scoring.evaluation.typed import TypedAt
    from ami_scoring.findings import Finding

_ANSWERS: Final = {"o": True, "oui": True, "n": False, "non": False}
_MOST_ANSWERS: Final = 3
"""Answers that are neither yes nor no after which the answer is no."""
_NOTHING: Final = "Rien n'est enregistré."


class NotDecidedError(AmiScoringError):
    """Raised when a decision is not written, because somebody decided meanwhile or nobody confirmed it."""


def record(
    path: Path,
    decisions: Sequence[tuple[Mapping[str, Any], TypedAt]],
    evaluation: Evaluation,
    wrong: Sequence[Finding] | None = None,
    *,
    ask: bool = False,
) -> int:
    """Write decisions at the end of the register; those of a sheet may be there already, and are read whole first.

    `wrong` is what cannot be read of a sheet; None where decisions are not of a sheet.
    """
    from ami_scoring.cli.locking import locked
    from ami_scoring.cli.saving import save
    from ami_scoring.evaluation.deciding import is_there

    before = _content(path)
    text, taken = _read(before, path), 0
    if wrong is not None:
        _refuse_faults(text, path, decisions, evaluation, wrong)
    for fields, typed in decisions:
        if wrong is not None and is_there(text, str(path), fields):
            sys.stderr.write(f"Déjà enregistrée : {typed.where}\n")
            continue
        added = _added(text, path, fields, evaluation, typed)
        if ask and not _confirmed():
            sys.stderr.write("Non prise.\n")
            continue
        text, taken = added, taken + 1
    if not taken:
        sys.stderr.write("Aucune décision n'est enregistrée.\n")
        return ExitCode.DONE
    with locked(path):
        _refuse_news(path, before)
        save(path, text.encode("utf-8"))
    count = "1 décision enregistrée" if taken == 1 else f"{taken} décisions enregistrées"
    sys.stderr.write(f"{count} : {printable(str(path))}\n")
    return ExitCode.DONE


def _refuse_faults(
    text: str,
    path: Path,
    decisions: Sequence[tuple[Mapping[str, Any], TypedAt]],
    evaluation: Evaluation,
    wrong: Sequence[Finding],
) -> None:
    """Say all that is wrong in what a sheet decides before anything of it is asked for.

    A final list is judged only after decisions that are all right: it would follow from those that are not.
    """
    from ami_scoring.evaluation.deciding import add, is_there
    from ami_scoring.findings import InvalidFileError

    found = {(each.code, str(each.where), str(each.message)): each for each in wrong}
    for fields, typed in decisions:
        if is_there(text, str(path), fields) or (found and fields["kind"] == "final_list"):
            continue
        try:
            text = add(text, str(path), fields, evaluation, typed).text
        except InvalidFileError as error:
            found |= {(each.code, str(each.where), str(each.message)): each for each in error.findings}
    if found:
        raise InvalidFileError([*found.values()], _NOTHING)


def _added(text: str, path: Path, fields: Mapping[str, Any], evaluation: Evaluation, typed: TypedAt) -> str:
    """Show a decision as it would be written, with what it changes; give the register that holds it."""
    from ami_scoring.evaluation.deciding import add
    from ami_scoring.findings import InvalidFileError
    from ami_scoring.reports.annotations import findings_text

    try:
        made = add(text, str(path), fields, evaluation, typed)
    except InvalidFileError as error:
        raise InvalidFileError(error.findings, _NOTHING) from None
    sys.stdout.write(made.entry)
    if made.findings:
        sys.stderr.write(findings_text(made.findings))
    decided = made.evaluation.decided
    said = [each.said for each in decided.effects if each.number == made.decision.number] if decided else []
    sys.stdout.writelines(f"{each}.\n" for each in said)
    return made.text


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        message = "personne ne peut répondre ici : ajoutez --yes pour enregistrer sans demander. Rien n'est enregistré."
        raise NotDecidedError(message)
    for _ in range(_MOST_ANSWERS):
        answer = typer.prompt("Enregistrer cette décision ? [o/n]", default="n", show_default=False, prompt_suffix=" ")
        if (word := str(answer).strip().casefold()) in _ANSWERS:
            return _ANSWERS[word]
        sys.stderr.write(f"« {printable(word)} » n'est ni o (oui) ni n (non).\n")
    return False


def _content(path: Path) -> bytes | None:
    from ami_scoring.findings import Finding, InvalidFileError
    from ami_scoring.sources.files.decoding import read_bytes

    if not os.path.lexists(path):
        return None
    data = read_bytes(path)
    if isinstance(data, Finding):
        raise InvalidFileError([data])
    return data


def _read(data: bytes | None, path: Path) -> str:
    from ami_scoring.findings import Finding, InvalidFileError
    from ami_scoring.sources.files.decoding import decode

    if data is None or not data.strip():
        return ""
    text = decode(data, str(path))
    if isinstance(text, Finding):
        raise InvalidFileError([text])
    return text


def _refuse_news(path: Path, before: bytes | None) -> None:
    """Refuse to write where somebody added a decision since the register was read."""
    now = _content(path)
    if now == before:
        return
    from ami_scoring.scoring.decided import decision_label
    from ami_scoring.sources.doors.decisions import parse_decisions

    read = parse_decisions(now or b"", str(path))
    added = "le registre a changé"
    if not isinstance(read, list) and read.register.decisions:
        last = read.register.decisions[-1]
        added = f"la dernière décision y est maintenant la no {last.number} ({decision_label(last)})"
    message = (
        f"quelqu'un a écrit dans « {printable(str(path))} » pendant ce temps : {added}. "
        "Rien n'est enregistré : relisez le registre, puis recommencez."
    )
    raise NotDecidedError(message)
