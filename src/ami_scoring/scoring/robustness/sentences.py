"""The answers in sentences that a mayor understands. What holds is rounded down, what suffices is rounded up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import FactType
from ami_scoring.exact import Fraction
from ami_scoring.messages import NO_BREAK, Message, named, rounded, spell_number
from ami_scoring.scoring.robustness.answers import Step
from ami_scoring.scoring.robustness.boundaries import Boundary, Gain
from ami_scoring.scoring.robustness.contest import Contest, Kind, contest_of
from ami_scoring.scoring.robustness.nearest import tied_pair
from ami_scoring.scoring.robustness.pairs import Duel, Exchange
from ami_scoring.scoring.robustness.report import Absence, Robustness, Seats
from ami_scoring.scoring.robustness.shares import Share
from ami_scoring.scoring.robustness.study import Change, Reach, Side, Study, quick_margin
from ami_scoring.scoring.words import NEVER_DECIDES, floor_word, inner, number_word, value_word

MOST_DECIMALS: Final = 6


def points_down(points: Fraction) -> str:
    """Write points rounded down, so that what is said to hold does: one decimal, or as many as show something."""
    return _written(points, floor)


def points_up(points: Fraction) -> str:
    """Write points rounded up, so that what is said to suffice does."""
    return _written(points, ceil)


def _written(points: Fraction, towards: object) -> str:
    decimals = next((count for count in range(1, MOST_DECIMALS) if points * 10**count >= 1), MOST_DECIMALS)
    scaled = points * 10**decimals
    whole = floor(scaled) if towards is floor else ceil(scaled)
    value = Fraction(whole, 10**decimals)
    return f"{rounded(value, 0 if value.denominator == 1 else decimals)}{NO_BREAK}{'point' if value < 2 else 'points'}"


def headline(study: Study) -> tuple[Message, ...]:
    """Say how sure the list is, in one or two sentences."""
    if study.contest.people_decide:
        return (Message(f"{NEVER_DECIDES} ; d'autres poids ne changent que les rangs."),)
    if not study.kept and not study.contest.contested:
        return (Message("Aucune candidature n'est retenue : il n'y a pas de liste à défendre."),)
    if len(study.axes) < 2:
        said = "Un seul critère a un poids qui puisse changer : aucun autre partage des points n'est possible."
        return (Message(said if study.axes else "Aucun critère n'a de poids qui puisse changer."),)
    return (*_tie(study), *([_margin(study)] if study.kept else []))


def short_headline(study_margin: Fraction | None, *, at_tie: bool, certain: bool) -> Message:
    """Say the same in a few words, under a ranking."""
    if at_tie:
        return Message("Solidité : une égalité à la limite, qu'un changement de poids peut départager.")
    if study_margin is None:
        return Message("Solidité : aucun changement de poids ne change la liste.")
    said = "Solidité : la liste tient {least}à ±{points} près (« ami robustness »)."
    return Message(said, {"least": "" if certain else "au moins ", "points": points_down(study_margin)})


def one_line(evaluation: Evaluation, contest: Contest | None = None) -> Message:
    """Say how sure the list is in one line, from the ±δ alone: the rest of the study is not made for it."""
    contest = contest or contest_of(evaluation)
    at_tie = bool(contest.contested) or tied_pair(contest) is not None
    certain = contest.kind is Kind.ORDER and not contest.has_own_floors
    said = short_headline(quick_margin(contest), at_tie=at_tie, certain=certain)
    if evaluation.weights_choose_versions:
        words = str(said).removesuffix(".")
        return Message("{said} ; d'autres poids pourraient compter d'autres versions.", {"said": words})
    return said


def _tie(study: Study) -> Iterator[Message]:
    if study.contest.contested:
        said = (
            "La limite tombe entre {names}, à égalité : le moindre changement de poids peut les départager. "
            "La question est cette égalité, non les poids."
        )
        yield Message(said, {"names": named(study.contest.contested)})
    elif study.tie is not None:
        inside, outside = study.tie
        if outside is None:
            said = (
                "{inside} est exactement à un seuil : le moindre changement de poids peut l'y faire passer. "
                "La question est ce seuil, non les poids."
            )
            yield Message(said, {"inside": inside})
            return
        said = (
            "{inside} est retenue et {outside} ne l'est pas, à total égal : la règle de départage les sépare, et le "
            "moindre changement de poids peut les échanger. La question est cette égalité, non les poids."
        )
        yield Message(said, {"inside": inside, "outside": outside})


def _margin(study: Study) -> Message:
    reach = study.margin
    if study.contest.contested:
        what = "Les {kept} retenues, elles, le restent toutes" if len(study.kept) > 1 else "La retenue, elle, le reste"
    else:
        what = "Cette égalité mise à part, la liste tient" if study.tie else "La liste tient"
    if reach is None:
        always = "quels que soient les poids"
        return Message(f"{what} {always}.", {"kept": len(study.kept)})
    sure = "" if reach.is_exact else "au moins "
    said = f"{what} {sure}pour tous les poids à moins de ±{{points}} des poids votés."
    return Message(said, {"kept": len(study.kept), "points": points_down(reach.least)})


def beyond(study: Study) -> Message | None:
    """Say what first changes beyond the margin; None where nothing does, or nothing was found."""
    reach = study.margin
    if reach is None:
        return None
    if reach.change is None:
        said = (
            "Cette borne est prouvée ; aucun changement de liste n'a été trouvé au-delà parmi ceux qui ont été essayés."
        )
        return Message(said)
    said = "Premier échange au-delà, à ±{points} : {change}. Poids qui le font : {weights}."
    words = {
        "points": points_up(reach.seen or reach.least),
        "change": change_words(reach.change),
        "weights": weights_words(study, reach.change.weights),
    }
    return Message(said, words)


def weights_words(study: Study, weights: Sequence[Fraction]) -> str:
    """Write weights by criterion: `Zonage 23,2 (au lieu de 30)`."""
    moved = zip(study.axes, weights, strict=True)
    parts = [
        f"{axis.short} {rounded(weight, 1)}"
        + ("" if abs(weight - axis.weight) < Fraction(1, 20) else f" (au lieu de {_weight(axis.weight)})")
        for axis, weight in moved
    ]
    return " ; ".join(parts)


def _weight(weight: Fraction) -> str:
    return rounded(weight, 0 if weight.denominator == 1 else 1)


def change_words(change: Change | Absence) -> str:
    """Say who enters and who leaves."""
    parts = [f"{'entre' if len(names) == 1 else 'entrent'} {named(names)}" for names in (change.enters,) if names] + [
        f"{'sort' if len(names) == 1 else 'sortent'} {named(names)}" for names in (change.leaves,) if names
    ]
    return ", ".join(parts) or "rien ne change"


def transfer_words(robustness: Robustness) -> Message:
    """Say the smallest transfer of weight that changes the list."""
    reach = robustness.study.transfer
    if len(robustness.study.axes) < 2:
        return Message("Il n'y a pas deux poids entre lesquels déplacer des points.")
    if reach is None and not robustness.study.kept:
        return Message("Aucune candidature n'a de place qu'un déplacement de points puisse lui faire perdre.")
    if reach is None:
        return Message("Aucun déplacement de points d'un critère à un autre ne change la liste.")
    if robustness.nearest is None or reach.outside is None:
        said = "{points} déplacés d'un critère à un autre suffisent pour que {inside} passe {floor}."
        floor = floor_word(robustness.evaluation.criteria.selection, deciding=True)
        return Message(said, {"points": points_up(reach.least), "inside": reach.inside, "floor": floor})
    return Message("{moved} pour que {outside} passe devant {inside}{then}.", _moved(robustness.nearest, reach))


def _moved(exchange: Exchange, reach: Reach) -> dict[str, object]:
    then = " ; la liste, elle, ne change pas encore là"
    if reach.change is not None:
        at = "" if reach.is_exact else f", à {points_up(reach.seen or reach.least)} déplacés"
        then = f"{at} : {change_words(reach.change)}"
    return {"moved": exchange_words(exchange), "outside": reach.outside, "inside": reach.inside, "then": then}


def exchange_words(exchange: Exchange) -> str:
    """Say a transfer: `4,4 points déplacés de « Locaux » vers « Zonage » suffisent`."""
    sources = named([f"« {inner(source.axis.label)} »" for source in exchange.sources])
    verb = "suffit" if exchange.points < 1 else "suffisent"
    moved = "déplacé" if exchange.points < 1 else "déplacés"
    return f"{points_up(exchange.points)} {moved} de {sources} vers « {inner(exchange.to.label)} » {verb}"


def duel_words(duel: Duel) -> tuple[Message, ...]:
    """Set two candidatures side by side."""
    if duel.margin is None or duel.exchange is None:
        said = "{ahead} précède {behind} de {gap} ; aucun changement de poids ne les échange."
        return (Message(said, {"ahead": duel.ahead, "behind": duel.behind, "gap": points_down(duel.gap)}),)
    first = "{ahead} précède {behind} de {gap}, et le reste pour tous les poids à moins de ±{margin} des poids votés."
    then = (
        "{moved} pour les échanger. Toutes pondérations également possibles, {ahead} est devant dans {chance} des cas, "
        "exactement {exact}."
    )
    return (
        Message(
            first,
            {
                "ahead": duel.ahead,
                "behind": duel.behind,
                "gap": points_down(duel.gap),
                "margin": points_down(duel.margin),
            },
        ),
        Message(
            then,
            {
                "moved": exchange_words(duel.exchange),
                "ahead": duel.ahead,
                "chance": percent(duel.chance),
                "exact": f"{duel.chance.numerator}/{duel.chance.denominator}",
            },
        ),
    )


def percent(part: Fraction) -> str:
    """Write a share in percent, with one decimal."""
    return f"{rounded(part * 100, 1)}{NO_BREAK}%"


def side_words(side: Side) -> str:
    """Say what happens at an end of the interval of one weight."""
    if side.is_whole:
        return "jusqu'au bout"
    if side.change is None:
        return "borne prouvée, rien de trouvé au-delà"
    return change_words(side.change)


def share_words(share: Share, drawn: int) -> str:
    """Write the share of weightings that keep a candidature, with twice its standard error: `54,5 % ± 0,4`."""
    if share.kept in {0, drawn}:
        return ("toutes" if share.kept else "aucune") + " des pondérations tirées"
    part = Fraction(share.kept, drawn)
    if min(part, 1 - part) < Fraction(1, 1000):
        return f"moins de {percent(Fraction(1, 1000))}" if 2 * part < 1 else f"plus de {percent(Fraction(999, 1000))}"
    error = Fraction(ceil(share.error * 2000), 10)
    return f"{percent(part)} ± {rounded(error, 1)}"


def undrawn(candidatures: int) -> Message:
    """Say that no weightings were drawn, and how to ask for them."""
    said = (
        "Aucune pondération n'a été tirée pour {count} candidatures classées : « --draws 1000 » en tire un millier ; "
        "les réponses exactes ci-dessus n'en dépendent pas."
    )
    return Message(said, {"count": candidatures})


def step_words(step: Step, criteria: Criteria) -> Message:
    """Say what one answer a step away would do."""
    fact = criteria.catalogue[step.fact]
    said = "{reference} : « {label} » vaut {was} ; si c'était {other}, {total} et elle serait {status}."
    if step.gained is None:
        total = "le total attendrait"
    elif step.gained == 0:
        total = "le total ne changerait pas"
    else:
        total = f"le total {'gagnerait' if step.gained > 0 else 'perdrait'} {points_up(abs(step.gained))}"
    words = {
        "reference": step.reference,
        "label": inner(fact.label),
        "was": value_word(fact, step.was),
        "other": value_word(fact, step.would_be),
        "total": total,
        "status": str(step.status),
    }
    return Message(said, words)


def boundary_words(boundary: Boundary, criteria: Criteria) -> str:
    """Say how far a fact is from a boundary: `24 jours plus tard, « Locaux » perd 3 points`."""
    fact = criteria.catalogue[boundary.fact]
    told = named([_gain_words(gain, criteria) for gain in boundary.gains])
    if boundary.days is not None:
        same = (each for each in criteria.catalogue.values() if each.keys == fact.keys and each.type is FactType.DATE)
        days, side = abs(boundary.days), "tard" if boundary.days > 0 else "tôt"
        unit = "jour" if days == 1 else "jours"
        return f"« {inner(next(same).label)} » {spell_number(days)}{NO_BREAK}{unit} plus {side}, {told}"
    gap = boundary.gap
    amount = number_word(fact, Fraction(ceil(abs(gap) * 100), 100))
    moved = f"{amount} de {'plus' if gap > 0 else 'moins'}"
    return f"« {inner(fact.label)} » vaut {value_word(fact, boundary.was)} : {moved}, {told}"


def _gain_words(gain: Gain, criteria: Criteria) -> str:
    verb = "gagne" if gain.points > 0 else "perd"
    return f"« {inner(criteria.by_id[gain.criterion].column)} » {verb} {points_up(abs(gain.points))}"


def seats_words(seats: Seats, *, assessors: bool) -> Iterator[Message]:
    """Say what leaving each assessor, or each candidature, out would do."""
    changing = [each for each in seats.absences if each.enters or each.leaves]
    moving = [each for each in seats.absences if each.moved]
    if assessors:
        said = "Assesseurs écartés tour à tour : {tried} ; la liste change pour {changing} d'entre eux."
        yield Message(said, {"tried": seats.tried, "changing": len(changing)})
        if seats.excluded:
            said = "Avis déjà écartés pour conflit d'intérêts : {excluded}."
            yield Message(said, {"excluded": seats.excluded})
        for each in seats.absences:
            said = (
                "Sans l'assesseur {who} ({marks} avis) : {change} ; {moved} candidatures changent de place, "
                "de {far} au plus."
            )
            words = {"who": each.who, "marks": each.marks, "change": change_words(each)}
            yield Message(said, {**words, "moved": each.moved, "far": each.furthest})
        return
    share = percent(Fraction(len(moving), seats.tried)) if seats.tried else percent(Fraction(0))
    said = "Le retrait d'une candidature reclasse les autres dans {share} des cas ({moving} sur {tried})."
    yield Message(said, {"share": share, "moving": len(moving), "tried": seats.tried})
    for each in moving:
        said = "Sans {who} : {change} ; {moved} candidatures changent de place entre elles."
        yield Message(said, {"who": each.who, "change": change_words(each), "moved": each.moved})


def limits(study: Study, evaluation: Evaluation) -> tuple[Message, ...]:
    """Say what the answers do not see."""
    said: list[Message] = []
    if study.contest.kind is Kind.SHARED:
        what = (
            "Quotas, budget ou ce qui est déjà couvert : l'ordre de toutes les candidatures compte ; ce qui n'est pas "
            "vérifié en rejouant la sélection est une borne prouvée."
        )
        said.append(Message(what))
    if evaluation.weights_choose_versions:
        what = (
            "Chaque projet est tenu pour la version qui compte avec les poids votés ; d'autres poids pourraient en "
            "choisir une autre, ce que rien ici n'essaie."
        )
        said.append(Message(what))
    waiting = sum(one.rank is None for one in evaluation.standings)
    if waiting:
        said.append(
            Message(
                "Sans rang tant qu'elles attendent une information, donc hors de cette étude : {count}.",
                {"count": waiting},
            )
        )
    unverified = sum(one.rank is not None and bool(one.scored.unverified) for one in evaluation.standings)
    if unverified:
        words = "Classées sur une réponse qui reste à vérifier, prise comme elle est déclarée : {count}."
        said.append(Message(words, {"count": unverified}))
    ranked = (one for one in evaluation.standings if one.rank is not None and not one.scored.unverified)
    open_ones = sum(one.card.low != one.card.high for one in ranked)
    if open_ones:
        said.append(
            Message(
                "Classées sans les points d'une information qui manque, prises telles quelles : {count}.",
                {"count": open_ones},
            )
        )
    moving = {axis.criterion for axis in study.axes}
    still = [root.label for root in evaluation.criteria.criteria if root.id not in moving]
    if still:
        said.append(
            Message(
                "Critères dont le poids ne change pas ici (bonus, sans maximum, ou sans poids) : {names}.",
                {"names": named(still)},
            )
        )
    return tuple(said)
