"""What the law has papers say, each sentence with the article that asks for it.

The articles are those of the code des relations entre le public et l'administration (CRPA) and of the loi no 78-17.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.domain.rules import simple_rules
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import Writer, capital
from ami_scoring.scoring.words import inner

MENTION = "Aide d'un traitement algorithmique"
APPEALS = "Voies et délais de recours"


def write_mention(writer: Writer, letterhead: Letterhead, criteria: Criteria) -> None:
    """Write the mention of R311-3-1-1: the purpose, the right to the rules, how to use it, and the CADA."""
    writer.title(MENTION)
    words = {
        "title": inner(criteria.call.title),
        "asked_of": letterhead.rules.asked_of,
        "at": letterhead.rules.published_at,
    }
    for template in _MENTION:
        writer.say(Message(template, words))


_MENTION = (
    (
        "Cette décision est prise avec l'aide d'un traitement algorithmique (CRPA, articles L. 311-3-1 et R. "
        "311-3-1-1). Sa finalité : noter et classer les candidatures à l'appel « {title} » d'après les règles "
        "votées, pour aider ceux qui décident. Il ne décide de rien."
    ),
    (
        "Vous avez le droit d'obtenir la communication des règles qui définissent ce traitement et des principales "
        "caractéristiques de sa mise en œuvre (CRPA, article L. 311-3-1). La demande s'adresse à : {asked_of}. "
        "Les règles sont publiées : {at} (CRPA, article L. 312-1-3)."
    ),
    (
        "Sans réponse dans le mois qui suit votre demande, celle-ci est refusée (CRPA, articles R.* 311-12 et R. "
        "311-13). Vous pouvez alors, dans les deux mois qui suivent ce refus, saisir la Commission d'accès aux "
        "documents administratifs (CADA), avant tout recours contentieux (CRPA, articles L. 342-1 et R. 343-1)."
    ),
)


def write_appeals(writer: Writer, letterhead: Letterhead) -> None:
    """Write how the decision may be contested, as the parameters say."""
    writer.title(APPEALS)
    writer.list(
        Message(
            "{way}, devant {before}, dans un délai de {within} ({reference}).",
            {"way": capital(each.way), "before": each.before, "within": each.within, "reference": each.reference},
        )
        for each in letterhead.appeals
    )


_COMPUTED: Final = (
    "Le traitement vérifie les conditions de recevabilité, calcule les points de chaque critère d'après les réponses "
    "du dossier, les additionne"
)
_CUT: Final = ", classe les candidatures et dit où tombe la limite."
_RANKED: Final = " et classe les candidatures."
_DECIDES: Final = (
    "Le comité délibère, départage les candidatures à égalité à la limite, peut s'écarter du classement par un acte "
    "motivé, et arrête la liste."
)
_DELIBERATES: Final = "La note ne décide d'aucune place : le comité délibère de chacune et arrête la liste."
_RECORDED: Final = (
    "Ses décisions et leurs motifs sont consignés à part du calcul, qu'ils ne changent pas (loi no 78-17 du "
    "6 janvier 1978, article 47)."
)


def contribution(criteria: Criteria) -> Iterator[Message]:
    """Say what is computed and what people do: the degree and the mode of contribution of the processing."""
    people_decide = criteria.selection.never_decides
    yield Message(f"{_COMPUTED}{_RANKED if people_decide else _CUT} Le calcul est exact : rien n'y est arrondi.")
    if criteria.judgements:
        labels = [f"« {inner(leaf.label)} »" for leaf in criteria.leaves if _is_judged(leaf)]
        yield Message(
            "Des personnes donnent leur avis sur : {labels}. Le traitement ne fait que compter leurs notes.",
            {"labels": labels},
        )
    yield Message(
        "Ce qui manque n'est jamais deviné : le dossier est dit à compléter, à corriger ou en attente d'un avis, et "
        "des personnes le demandent."
    )
    yield Message(f"{_DELIBERATES if people_decide else _DECIDES} {_RECORDED}")


def _is_judged(leaf: Criterion) -> bool:
    return leaf.rule is not None and any(isinstance(part, Judgement) for part in simple_rules(leaf.rule))
