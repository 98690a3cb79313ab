"""The sentences of a letter that say what became of a candidature, and what it may still do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import Firmness, SetAside, Standing
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import Writer, stopped
from ami_scoring.reports.papers.decided import accepted, fate_of, is_as_computed
from ami_scoring.reports.papers.kinds import Kind
from ami_scoring.reports.papers.marks import total_out_of
from ami_scoring.reports.papers.run import Run, rank_words, reserve_rank
from ami_scoring.scoring.words import asked_fact, missing_items, number_word, standing_reasons, value_word

_ANNOUNCED: Final = {
    Kind.KEPT: "J'ai le plaisir de vous informer que votre candidature est retenue.",
    Kind.PROVISIONAL: "Votre candidature est retenue sous réserve.",
    Kind.RESERVE: "Votre candidature est inscrite au {place} de la liste de réserve : elle obtient une place si "
    "assez de candidatures mieux classées perdent ou rendent la leur.",
    Kind.CONTESTED: "Votre candidature est à égalité avec d'autres à la limite de ce qui est à attribuer : le comité "
    "les départage.",
    Kind.DELIBERATE: "Le total de votre candidature ne décide pas à lui seul : le comité délibère.",
    Kind.NOT_KEPT: "J'ai le regret de vous informer que votre candidature n'est pas retenue.",
    Kind.INCOMPLETE: "J'ai le regret de vous informer que votre candidature n'est pas retenue : quand la liste a été "
    "arrêtée, elle n'était pas complète.",
    Kind.UNHEARD: "J'ai le regret de vous informer que votre candidature n'est pas retenue : quand la liste a été "
    "arrêtée, un avis qu'elle attendait n'était pas rendu.",
    Kind.WITHDRAWN: "Vous avez renoncé à votre candidature : il en est pris acte.",
}
_ASIDE: Final = {
    Kind.INELIGIBLE: "J'ai le regret de vous informer que votre candidature n'est pas recevable. Elle n'est pas "
    "classée.",
    Kind.LATE: "J'ai le regret de vous informer que votre candidature n'est pas examinée, parce qu'elle est arrivée "
    "hors délai.",
    Kind.REPLACED: "Cette version de votre candidature ne compte pas : une autre la remplace, à laquelle un autre "
    "courrier répond.",
    Kind.ELSEWHERE: "Votre candidature relève d'une autre vague que celle qui vient d'être examinée.",
    Kind.WITHDRAWN: "Vous avez renoncé à votre candidature : il en est pris acte.",
    Kind.KEPT: "J'ai le plaisir de vous informer que votre candidature est retenue, par une décision motivée.",
    Kind.NOT_KEPT: "J'ai le regret de vous informer que votre candidature n'est pas retenue.",
}
_WHY: Final = {
    Kind.COMPLETE: "il y manque des réponses, ou une condition reste à vérifier",
    Kind.CORRECT: "certaines de ses réponses ne peuvent pas être lues",
}


def announced(run: Run, one: Standing, kind: Kind) -> Message:
    """Say the outcome, the rank, and the total where applicants are told theirs."""
    evaluation = run.evaluation
    fate = fate_of(evaluation, one.entry.reference)
    call = reserve_rank(evaluation, one) if fate is None or fate.call is None else fate.call
    said = {
        "rank": rank_words(one.rank or 0, tied=one.tied),
        "of": sum(each.rank is not None for each in evaluation.standings),
        "total": total_out_of(one.scored, evaluation.criteria),
        "place": rank_words(call),
    }
    if one.rank is None or kind in {Kind.WITHDRAWN, Kind.INCOMPLETE, Kind.UNHEARD}:
        return Message(_ANNOUNCED[kind], said)
    ranked = " Elle est classée au {rank}, sur {of} candidatures classées"
    if said["of"] == 1:
        ranked = " Elle est la seule candidature classée"
    return Message(_ANNOUNCED[kind] + ranked + (", avec {total}." if run.letterhead.marks else "."), said)


def reserves(one: Standing) -> Iterator[Message]:
    """Say what a provisional place hangs on, without telling of another's file."""
    own = [threat for threat in one.threats if threat.reference == one.entry.reference]
    yield from (Message("{need}", {"need": stopped(threat.need)}) for threat in own)
    others = len(one.threats) + one.others - len(own)
    if others:
        whose = "un autre dossier, dont l'examen n'est pas achevé, peut encore la prendre"
        if others > 1:
            whose = "{others} autres dossiers, dont l'examen n'est pas achevé, peuvent encore la prendre"
        yield Message(f"Cette place n'est pas acquise : {whose}.", {"others": others})


def granted(run: Run, one: Standing) -> Message | None:
    """Say what a candidature gets of the budget, of what it asks for; None without budget."""
    fact, budget = asked_fact(run.evaluation.criteria), run.evaluation.criteria.selection.budget
    if fact is None or budget is None:
        return None
    reduced = accepted(run.evaluation, one.entry.reference)
    if reduced is not None:
        return Message("Montant réduit, que vous avez accepté : {amount}.", {"amount": number_word(fact, reduced)})
    if one.granted is None or not is_as_computed(run.evaluation):
        return None
    ask = one.card.values[fact.name]
    words = {
        "granted": number_word(fact, one.granted),
        "asked": "" if isinstance(ask, Missing) else f", sur {value_word(fact, ask)} demandés",
    }
    if budget.times != 1:
        return Message("Montant admis à ce stade : {granted}{asked}.", words)
    return Message("Montant accordé : {granted}{asked}.", words)


def write_request(writer: Writer, run: Run, one: Standing, kind: Kind) -> None:
    """Write what is asked for, and until when; of an opinion, that the applicant has nothing to do."""
    criteria, completion = run.evaluation.criteria, run.letterhead.completion
    if kind is Kind.AWAITED:
        writer.say("Votre candidature attend un avis que d'autres doivent rendre : vous n'avez rien à envoyer.")
        writer.list(map(stopped, one.scored.pending))
        return
    word = "corrigez" if kind is Kind.CORRECT else "complétez"
    writer.say(
        Message(
            "Votre candidature ne peut pas encore être retenue : {why}. Jusqu'au {due} inclus, {word}-la en écrivant "
            "à : {to}. Voici ce qui est attendu de vous :",
            {"why": _WHY[kind], "due": completion.due_on, "word": word, "to": completion.send_to},
        )
    )
    missing = missing_items(one.scored, criteria, required_only=True)
    asked = [*map(stopped, one.scored.pending), *map(stopped, missing)]
    writer.list(asked or map(stopped, standing_reasons(one, criteria)))
    useful = [item for item in missing_items(one.scored, criteria) if item not in missing]
    if useful:
        writer.say("Ces réponses-ci ne sont pas obligatoires, mais peuvent vous apporter des points :")
        writer.list(map(stopped, useful))
    if one.firmness is Firmness.IMPOSSIBLE:
        writer.say(
            "Complète, votre candidature serait classée ; mais, au vu des autres dossiers, aucune réponse ne peut "
            "plus lui donner une place."
        )


def write_aside(writer: Writer, one: SetAside, kind: Kind) -> None:
    """Write that a candidature is not ranked, and why."""
    writer.say(Message(_ASIDE[kind]))
    if kind not in {Kind.KEPT, Kind.WITHDRAWN}:
        writer.list(map(stopped, one.reasons))
