"""What people decided, for a letter or for the minutes: whose fate it is, why, and whether it is settled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ami_scoring.domain.evaluated import Evaluation, Fate
from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import NO_BREAK, Message, spell, spell_number
from ami_scoring.reports.papers.blocks import Writer, capital, stopped
from ami_scoring.reports.papers.run import everyone

if TYPE_CHECKING:
    from ami_scoring.domain.decisions import AnyDecision, Meeting, Recusal


_BEARS_ON_NOTHING: Final = frozenset({"recusal", "meeting"})


def is_settled(evaluation: Evaluation) -> bool:
    """Say whether the final list is recorded: until then, every paper that announces a decision is a draft."""
    return evaluation.decided is not None and evaluation.decided.register.final_list is not None


def is_as_computed(evaluation: Evaluation) -> bool:
    """Say whether nobody decided otherwise than was computed, for anyone."""
    return evaluation.decided is None or not any(fate.differs for fate in evaluation.decided.fates.values())


def fate_of(evaluation: Evaluation, reference: str | None) -> Fate | None:
    """Give what was decided of a candidature; None where no register was given."""
    if evaluation.decided is None or reference is None:
        return None
    return evaluation.decided.fates.get(reference)


def is_touched(evaluation: Evaluation, reference: str) -> bool:
    """Say whether a decision names a candidature and bears on its fate: a meeting or a recusal does not."""
    fate = fate_of(evaluation, reference)
    if evaluation.decided is None or fate is None:
        return False
    bearing = (each.number for each in evaluation.decided.register.in_force if each.kind not in _BEARS_ON_NOTHING)
    return any(number in fate.numbers for number in bearing)


def is_contested(evaluation: Evaluation, reference: str) -> bool:
    """Say whether the committee still has to tell a candidature apart from its equals."""
    is_open = reference in evaluation.cut.contested and not is_settled(evaluation)
    return is_open and not is_touched(evaluation, reference)


def reasons_of(evaluation: Evaluation, fate: Fate) -> Iterator[str]:
    """Say what decisions did of a candidature, each with its day, its reason and the text that founds it.

    Why a member took no part is that member's affair: it stands in the minutes alone.
    """
    assert evaluation.decided is not None  # noqa: S101 - a fate comes from a register
    about = {effect.number for effect in evaluation.decided.effects if effect.said in fate.said}
    told = {effect.number: effect.said for effect in evaluation.decided.effects}
    for decision in evaluation.decided.register.in_force:
        if decision.number in about and decision.kind not in _BEARS_ON_NOTHING:
            yield stopped(f"{_dated(decision, told[decision.number])}{_founded(decision)}")


def accepted(evaluation: Evaluation, reference: str) -> Fraction | None:
    """Give the reduced amount that an applicant accepted, where one was offered; None otherwise."""
    if evaluation.decided is None:
        return None
    amounts = [
        decision.accepted
        for decision in evaluation.decided.register.in_force
        if decision.kind == "reduced_grant" and decision.reference.casefold() == reference.casefold()
    ]
    return amounts[-1] if amounts else None


def meetings(evaluation: Evaluation) -> list[Meeting]:
    """Give the meetings that are recorded and hold."""
    if evaluation.decided is None:
        return []
    return [each for each in evaluation.decided.register.in_force if each.kind == "meeting"]


def recusals(evaluation: Evaluation) -> list[Recusal]:
    """Give the recusals that are recorded apart from meetings, and hold."""
    if evaluation.decided is None:
        return []
    return [each for each in evaluation.decided.register.in_force if each.kind == "recusal"]


def write_decisions(writer: Writer, evaluation: Evaluation) -> None:
    """Write every decision recorded, those that were cancelled too, with its reason, its text and its vote."""
    if evaluation.decided is None:
        writer.say("Aucune décision n'est enregistrée à ce jour : ce document est un projet.")
        return
    register = evaluation.decided.register
    told = {effect.number: effect.said for effect in evaluation.decided.effects}
    held = {decision.number for decision in register.in_force}
    writer.table(
        "Décisions, de la plus ancienne à la plus récente",
        (("No", -6), ("Date", 18), ("Décision", 44), ("Motif, texte, proposition", 44), ("Vote", 18)),
        (
            (
                str(each.number),
                spell(each.date),
                _what(each, told.get(each.number)) if each.number in held else _undone(each, evaluation),
                _why(each) or "–",
                _vote(each) or "–",
            )
            for each in register.decisions
        ),
    )
    if register.decisions:
        writer.say(Message("Empreinte de la dernière décision : {head}.", {"head": register.head}))
    if not is_settled(evaluation):
        writer.say("La liste définitive n'est pas encore enregistrée : ce document est un projet.")


def write_lists(writer: Writer, evaluation: Evaluation) -> None:
    """Write who has a place and who may be called, as decided."""
    decided = evaluation.decided
    if decided is None:
        return
    names = {
        one.entry.reference: one.entry.candidature.applicant.name
        for one in everyone(evaluation)
        if one.entry is not None
    }
    for about, references in (
        ("Candidatures retenues", decided.selected),
        ("Liste de réserve, dans l'ordre d'appel", decided.reserve),
    ):
        rows = ((str(place), each, names.get(each, "–")) for place, each in enumerate(references, start=1))
        writer.table(about, (("Ordre", -10), ("Dossier", 24), ("Porteur", 66)), rows)


def _dated(decision: AnyDecision, said: Message) -> str:
    return f"{spell(decision.date)}, {said}"


def _founded(decision: AnyDecision) -> str:
    reason = f". Motif : {decision.reason.rstrip('.')}" if decision.reason else ""
    return f"{reason} ({decision.legal_basis.rstrip('.')})" if decision.legal_basis else reason


def _what(decision: AnyDecision, said: Message | None) -> str:
    told = "" if said is None else str(said).partition(" : ")[2]
    return f"{told}{_present(decision)}"


def _undone(decision: AnyDecision, evaluation: Evaluation) -> str:
    """Name a decision that does not hold any more, or say which one it cancels."""
    from ami_scoring.scoring.decided import decision_label  # noqa: PLC0415 - where decisions are

    if decision.kind == "cancellation":
        return f"annulation de la décision no {decision.cancels}"
    fate = fate_of(evaluation, decision.reference) if decision.kind == "departure" else None
    deliberated = fate is not None and fate.computed is Status.TO_DELIBERATE
    return f"{'délibération du comité' if deliberated else decision_label(decision)} (annulée depuis)"


def _present(decision: AnyDecision) -> str:
    if decision.kind == "meeting":
        absent = f" ; absents : {', '.join(decision.absent)}" if decision.absent else ""
        return f" ; présents : {', '.join(decision.members)}{absent}"
    return f" ; {decision.member}" if decision.kind == "recusal" else ""


def _why(decision: AnyDecision) -> str:
    proposed = f"sur proposition de {decision.proposed_by}" if decision.proposed_by else ""
    parts = [part.rstrip(".") for part in (decision.reason, decision.legal_basis, proposed) if part]
    return capital(" ; ".join(parts))


def _vote(decision: AnyDecision) -> str:
    vote = decision.vote
    if vote is None:
        return ""
    against = f", {vote.against} contre" if vote.against else ""
    abstained = f", {vote.abstained} abstention{'s' if vote.abstained > 1 else ''}" if vote.abstained else ""
    return f"{spell_number(vote.in_favour)}{NO_BREAK}pour{against}{abstained}"
