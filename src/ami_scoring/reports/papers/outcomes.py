"""The sentences of a letter that say what became of a candidature, and what it may still do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, SetAside, Standing, Status
from ami_scoring.messages import Message, spell
from ami_scoring.reports.papers.blocks import Writer, stopped
from ami_scoring.reports.papers.completing import is_still_open, write_version
from ami_scoring.reports.papers.decided import accepted, is_as_computed, is_settled
from ami_scoring.reports.papers.kinds import Kind
from ami_scoring.reports.papers.marks import total_out_of
from ami_scoring.reports.papers.reserve import reserve_words
from ami_scoring.reports.papers.run import Run, shown_rank_words
from ami_scoring.scoring.telling import counts_instead, lacks
from ami_scoring.scoring.words import asked_fact, number_word, value_word

_ANNOUNCED: Final = {
    Kind.KEPT: "J'ai le plaisir de vous informer que votre candidature est retenue.",
    Kind.PROVISIONAL: "Votre candidature est retenue à titre provisoire.",
    Kind.RESERVE: "Votre candidature est inscrite {place} : elle obtient une place si assez de candidatures mieux "
    "classées perdent ou rendent la leur.",
    Kind.CONTESTED: "Votre candidature est à égalité avec {equals} pour {stake} : le comité les départage.",
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
    Kind.ALREADY: "Ce dossier n'est pas examiné : votre projet a déjà une place, obtenue dans une vague précédente.",
    Kind.ELSEWHERE: "Votre candidature relève d'une autre vague que celle qui vient d'être examinée.",
    Kind.WITHDRAWN: "Vous avez renoncé à votre candidature : il en est pris acte.",
    Kind.KEPT: "J'ai le plaisir de vous informer que votre candidature est retenue, par une décision motivée.",
    Kind.NOT_KEPT: "J'ai le regret de vous informer que votre candidature n'est pas retenue.",
}
_REPLACED_TODAY: Final = (
    "À ce jour, cette version de votre candidature ne compte pas : une autre la remplace, à laquelle un autre courrier "
    "répond."
)
_COMPLETED: Final = "complétée, c'est elle qui compterait, à la place de celle-ci"
_NOT_YET: Final = "À ce jour, votre candidature n'est pas retenue."


def announced(run: Run, one: Standing, kind: Kind) -> Message:
    """Say the outcome, the rank, and the total where applicants are told theirs."""
    evaluation = run.evaluation
    said = {
        "rank": shown_rank_words(evaluation, one),
        "of": sum(each.rank is not None for each in evaluation.standings),
        "total": total_out_of(one.scored, evaluation.criteria),
        "open": "" if is_settled(evaluation) else _possible(one),
        "place": reserve_words(evaluation, one) if kind is Kind.RESERVE else "",
        **_contest(evaluation.cut),
    }
    said_first = _NOT_YET if kind is Kind.NOT_KEPT and is_still_open(run, one) else _ANNOUNCED[kind]
    if one.rank is None or kind in {Kind.WITHDRAWN, Kind.INCOMPLETE, Kind.UNHEARD}:
        return Message(said_first, said)
    ranked = " Elle est classée au {rank}, sur {of} candidatures classées"
    if said["of"] == 1:
        ranked = " Elle est la seule candidature classée"
    return Message(said_first + ranked + (", avec {total}{open}." if run.letterhead.marks else "."), said)


def _possible(one: Standing) -> str:
    """Say between what a total may still be, where answers are missing."""
    low, high = one.card.low, one.card.high
    return "" if low == high else f" (de {spell(low)} à {spell(high)} possibles)"


def _contest(cut: Cut) -> dict[str, str]:
    """Say with how many a candidature is equal, and for what."""
    others = len(cut.contested) - 1
    last = "la dernière place" if cut.at_stake == 1 else f"les {cut.at_stake} dernières places"
    return {
        "equals": f"{others} autres" if others > 1 else "une autre",
        "stake": last if cut.at_stake else "le reste du budget",
    }


def write_equals(writer: Writer, run: Run, one: Standing) -> None:
    """Write what becomes of a candidature that the committee tells apart from its equals, as far as is known."""
    if one.status is Status.RESERVE:
        writer.say("Si ce choix ne lui est pas favorable, elle est inscrite sur la liste de réserve.")
    if one.rank_worst > (one.rank or 0) + len(run.evaluation.cut.contested) - 1:
        writer.say("D'autres dossiers, dont l'examen n'est pas achevé, peuvent encore passer devant elle.")


def reserves(run: Run, one: Standing) -> Iterator[Message]:
    """Say what a provisional place hangs on, without telling of another's file."""
    own = [threat for threat in one.threats if threat.reference == one.entry.reference and not threat.movers]
    yield from (Message("{need}", {"need": stopped(run.reason(threat.need))}) for threat in own)
    mine = _versions_of(run.evaluation, one)
    versions = [threat.reference for threat in one.threats if threat.reference in mine]
    open_ = (threat.movers or [threat.reference or threat.path] for threat in one.threats)
    known = {name for names in open_ for name in names} - {one.entry.reference, *versions}
    others = len(known) + one.others
    if others:
        whose = "un autre dossier, dont l'examen n'est pas achevé, peut encore la prendre"
        if others > 1:
            whose = "{others} autres dossiers, dont l'examen n'est pas achevé, peuvent encore la prendre"
        yield Message(f"Cette place n'est pas acquise : {whose}.", {"others": others})
    also = " aussi" if others else ""
    for each in versions:
        scored = mine[each]
        counts = _COMPLETED if scored is None else counts_instead(scored, run.evaluation.criteria)
        said = f"Cette place dépend{also} d'une autre version que vous avez déposée, {{reference}} : {{counts}}."
        yield Message(said, {"reference": each, "counts": counts})


def _versions_of(evaluation: Evaluation, one: Standing) -> dict[str, Scored | None]:
    """Give the other versions of a project: nothing that is refused threatens a place but a version of it."""
    names = {each.reference for each in one.scored.unordered}
    mine = {each.entry.reference: each.scored for each in evaluation.standings if each.entry.reference in names}
    found = dict[str, Scored | None](mine)
    for aside in evaluation.set_aside:
        counting = {entry.reference for entry in aside.counting}
        if aside.reference and (aside.status is Status.INELIGIBLE or one.entry.reference in counting):
            found[aside.reference] = aside.scored
    return found


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
    if budget.admits_more:
        return Message("Montant admis à ce stade : {granted}{asked}.", words)
    return Message("Montant accordé : {granted}{asked}.", words)


def write_aside(writer: Writer, run: Run, one: SetAside, kind: Kind) -> None:
    """Write that a candidature is not ranked, and why; of a version, what it lacks to be the one that counts."""
    why, *still = one.reasons if kind is Kind.REPLACED else ("",)
    is_open = bool(still) and not is_settled(run.evaluation)
    writer.say(Message(_REPLACED_TODAY if is_open else _ASIDE[kind]))
    if kind not in {Kind.KEPT, Kind.WITHDRAWN}:
        writer.list(map(stopped, [why] if still and not is_open else one.reasons))
    if kind is Kind.REPLACED and not is_settled(run.evaluation) and lacks(one, run.evaluation.criteria):
        write_version(writer, run, one)
