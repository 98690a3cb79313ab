"""What letters ask applicants to complete, until when, and what it may change."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.standings import Firmness, SetAside, Standing
from ami_scoring.messages import Message, named
from ami_scoring.reports.papers.asked import Asked, asked_of
from ami_scoring.reports.papers.blocks import Writer, stopped
from ami_scoring.reports.papers.decided import fate_of, is_settled, is_touched
from ami_scoring.reports.papers.kinds import Kind
from ami_scoring.reports.papers.run import Run
from ami_scoring.scoring.telling import provided
from ami_scoring.scoring.words import standing_reasons

_WHY: Final = {
    Kind.COMPLETE: "il y manque des réponses, ou une condition reste à vérifier",
    Kind.CORRECT: "certaines de ses réponses ne peuvent pas être lues",
}
_OPTIONAL: Final = "Ces réponses-ci ne sont pas obligatoires, mais peuvent vous apporter des points"
_NO_HOPE: Final = (
    "Ces réponses-ci ne sont pas obligatoires ; elles peuvent vous apporter des points, mais ne peuvent plus vous "
    "donner une place :"
)
_NOT_YOURS: Final = "Ceci n'est pas attendu de vous : l'autorité le vérifie."
_REQUEST: Final = (
    "Votre candidature ne peut pas encore être retenue : {why}. Jusqu'au {due} inclus, {word}-la en écrivant à : {to}. "
    "Voici ce qui est attendu de vous :"
)
_NOTHING: Final = (
    "Votre candidature ne peut pas encore être retenue : l'autorité vérifie ce qui suit. Rien ne vous est demandé pour "
    "cela."
)


def is_still_open(run: Run, one: Standing) -> bool:
    """Say whether a candidature that has no place may still get one, as computed and until the list is recorded."""
    evaluation = run.evaluation
    fate = fate_of(evaluation, one.entry.reference)
    is_computed = fate is None or not (fate.differs or is_touched(evaluation, fate.reference))
    return is_computed and not is_settled(evaluation) and one.firmness is Firmness.POSSIBLE


def awaits_authority(run: Run, one: Standing) -> bool:
    """Say whether a candidature waits only for what the authority checks: nothing is owed by its applicant."""
    asked = asked_of(one.scored, run.evaluation.criteria)
    return bool(asked.checked) and not asked.owed


def write_request(writer: Writer, run: Run, one: Standing, kind: Kind) -> None:
    """Write what is asked for, and until when; of an opinion, that the applicant has nothing to do."""
    if kind is Kind.AWAITED:
        writer.say("Votre candidature attend un avis que d'autres doivent rendre : vous n'avez rien à envoyer.")
        writer.list(map(stopped, one.scored.pending))
        return
    asked = asked_of(one.scored, run.evaluation.criteria)
    if awaits_authority(run, one):
        _write_checked(writer, run, asked, _NOTHING)
    else:
        word = "corrigez" if kind is Kind.CORRECT else "complétez"
        writer.say(Message(_REQUEST, {"why": _WHY[kind], "word": word, **_when(run)}))
        writer.list(asked.owed or _reasons(run, one))
        _write_checked(writer, run, asked, _NOT_YOURS)
    _write_useful(writer, run, asked)
    if one.firmness is Firmness.IMPOSSIBLE:
        writer.say(
            "Complète, votre candidature serait classée ; mais, au vu des autres dossiers, aucune réponse ne peut "
            "plus lui donner une place."
        )


def write_optional(writer: Writer, run: Run, one: Standing) -> None:
    """Write what a ranked candidature without a place may still complete, until when, and what it would change."""
    asked, is_open = asked_of(one.scored, run.evaluation.criteria), is_still_open(run, one)
    if asked.useful:
        first = "Une place reste possible : jusqu'au" if is_open else "Jusqu'au"
        said = f"{first} {{due}} inclus, vous pouvez encore compléter votre dossier en écrivant à : {{to}}."
        writer.say(Message(said, _when(run)))
        writer.say(f"{_OPTIONAL} :" if is_open else _NO_HOPE)
        writer.list(asked.useful)
    elif is_open and one.entry.reference not in run.evaluation.cut.contested:
        writer.say("Une place reste possible : l'examen de dossiers n'est pas achevé.")
    _write_checked(writer, run, asked, _NOT_YOURS)


def write_version(writer: Writer, run: Run, one: SetAside) -> None:
    """Write what an incomplete version lacks: completed, it counts in the place of the one that counts today."""
    assert one.scored is not None  # noqa: S101 - only what was scored is known to lack something
    asked, several = asked_of(one.scored, run.evaluation.criteria), len(one.counting) > 1
    counting = f"{'des dossiers' if several else 'du dossier'} {named([each.reference for each in one.counting])}"
    counting += provided(run.evaluation.criteria)
    said = (
        "Complète, cette version compterait à la place {counting}. Vous pouvez la compléter jusqu'au {due} inclus, en "
        "écrivant à : {to}."
    )
    writer.say(Message(said, {"counting": counting, **_when(run)}))
    if asked.owed:
        writer.say("Il y manque, pour qu'elle soit complète :")
        writer.list(asked.owed)
    _write_checked(writer, run, asked, _NOT_YOURS)
    _write_useful(writer, run, asked)


def _reasons(run: Run, one: Standing) -> list[str]:
    return [stopped(run.reason(said)) for said in one.reasons or standing_reasons(one, run.evaluation.criteria)]


def _when(run: Run) -> dict[str, object]:
    completion = run.letterhead.completion
    return {"due": completion.due_on, "to": completion.send_to}


def _write_useful(writer: Writer, run: Run, asked: Asked) -> None:
    """Write what is not obligatory; until when and to whom, where nothing above says it."""
    if asked.useful:
        until = "" if asked.owed else " ; elles se complètent jusqu'au {due} inclus, en écrivant à : {to}"
        writer.say(Message(f"{_OPTIONAL}{until}." if until else f"{_OPTIONAL} :", _when(run)))
        writer.list(asked.useful)


def _write_checked(writer: Writer, run: Run, asked: Asked, said: str) -> None:
    """Write what the authority's own tables lack: an applicant only sees whether the code is that of its commune."""
    if asked.checked:
        writer.say(said)
        writer.list(asked.checked)
        writer.say(Message("Si ce code n'est pas celui de votre commune, dites-le en écrivant à : {to}.", _when(run)))
