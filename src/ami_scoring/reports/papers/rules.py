"""The published rules (CRPA, L312-1-3): the whole policy in French, what is human and what is computed, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.domain.rules import AnyRule
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.ties import Ranking
from ami_scoring.domain.versions import APPLICANT
from ami_scoring.messages import NO_BREAK, Message, spell
from ami_scoring.reports.papers.blocks import Paper, Tone, Writer, heading, stopped
from ami_scoring.reports.papers.law import contribution
from ami_scoring.scoring.telling import (
    BEST_VERSION,
    Words,
    beside_selection,
    condition_word,
    missing_clause,
    rule_lines,
)
from ami_scoring.scoring.words import Catalogue, inner, parting_word

_INDENT: Final = NO_BREAK * 3
_PURPOSE: Final = (
    "Ces règles définissent le traitement algorithmique qui aide à noter et classer les candidatures à l'appel « "
    "{title} ». Elles sont publiées en application de l'article L. 312-1-3 du code des relations entre le public et "
    "l'administration ; chacun peut demander les caractéristiques de leur mise en œuvre (article L. 311-3-1)."
)


def rules(criteria: Criteria, letterhead: Letterhead, origin: Origin, zonings: tuple[tuple[Origin, str], ...]) -> Paper:
    """Write the rules of a call, which need no candidature to be told."""
    writer, call = Writer(), criteria.call
    writer.say(Message(_PURPOSE, {"title": inner(call.title)}))
    writer.say(
        Message(
            "Autorité : {authority}. Édition : {edition}. Publication : {at}. Demandes : {asked}.",
            {
                "authority": letterhead.authority.name,
                "edition": call.edition,
                "at": letterhead.rules.published_at.rstrip("."),
                "asked": letterhead.rules.asked_of.rstrip("."),
            },
        )
    )
    writer.say(Message("Empreinte SHA-256 du fichier des règles : {sha}.", {"sha": origin.sha256}), Tone.QUIET)
    if call.notice:
        writer.say(call.notice, Tone.STRONG)
    writer.title("Ce qui est calculé, ce qui est humain")
    writer.list(contribution(criteria))
    _write_calendar(writer, criteria, zonings)
    write_gates(writer, criteria)
    writer.title("Critères et barème")
    for place, root in enumerate(criteria.criteria, start=1):
        _write_criterion(writer, root, str(place), criteria)
    _write_facts(writer, criteria)
    _write_places(writer, criteria)
    return Paper("regles", "regles", heading(f"Règles publiées : {call.title}"), tuple(writer.blocks), is_draft=False)


def write_weights(writer: Writer, criteria: Criteria) -> None:
    """Write the criteria with their weights."""
    writer.table(
        "Critères et poids",
        (("Critère", 60), ("Poids", -15), ("Texte", 40)),
        (
            (f"{number}. {node.label}", "–" if node.announced is None else spell(node.announced), node.reference or "–")
            for number, node in numbered(criteria)
        ),
    )


def numbered(criteria: Criteria) -> Iterator[tuple[str, Criterion]]:
    """Give every criterion of the tree with its number."""
    for place, root in enumerate(criteria.criteria, start=1):
        yield from _numbered(root, str(place))


def _numbered(node: Criterion, number: str) -> Iterator[tuple[str, Criterion]]:
    yield number, node
    for place, child in enumerate(node.criteria or (), start=1):
        yield from _numbered(child, f"{number}.{place}")


def _write_calendar(writer: Writer, criteria: Criteria, zonings: tuple[tuple[Origin, str], ...]) -> None:
    writer.title("Calendrier et sources")
    writer.list(
        Message("{wave} : clôture le {closes}.", {"wave": wave.name, "closes": wave.closes}) for wave in criteria.waves
    )
    writer.list(
        Message("Zonage : édition {edition}, empreinte SHA-256 {sha}.", {"edition": edition, "sha": origin.sha256})
        for origin, edition in zonings
    )
    writer.say(
        Message(
            "Deux dossiers sont deux versions de la même candidature quand ils ont en commun : {keys}. "
            + ("Celle qui a le total le plus élevé" if criteria.versions.keeps_best else "La dernière version complète")
            + " compte.",
            {"keys": [_identifier(key, criteria) for key in criteria.versions.identified_by]},
        )
        if not criteria.versions.each_alone
        else "Chaque dossier est une candidature : aucun n'en remplace un autre."
    )


def _identifier(key: str, criteria: Criteria) -> str:
    return "le porteur" if key == APPLICANT else f"« {inner(criteria.catalogue[key].label)} »"


def write_gates(writer: Writer, criteria: Criteria) -> None:
    """Write the conditions of eligibility, as they are said and as they are tested."""
    if criteria.eligibility:
        words = Words.of(criteria, criteria)
        writer.title("Recevabilité")
        writer.table(
            "Conditions de recevabilité, vérifiées avant toute note",
            (("Condition", 34), ("Ce qui est vérifié", 30), ("Si une donnée manque", 26), ("Texte", 30)),
            (
                (
                    gate.label,
                    condition_word(gate.require, criteria.catalogue),
                    words.told(gate.if_missing),
                    gate.reference or "–",
                )
                for gate in criteria.eligibility
            ),
        )


def _write_criterion(writer: Writer, node: Criterion, number: str, criteria: Criteria) -> None:
    most = "" if node.announced is None else f" ({spell(node.announced)})"
    writer.title(f"{number}. {node.label}{most}", 3 if "." not in number else 4)
    if node.reference:
        writer.say(f"Texte : {node.reference}", Tone.QUIET)
    if node.rule is not None:
        write_scale(writer, node.label, node.rule, criteria.catalogue)
        if node.out_of is not None:
            writer.say(
                Message(
                    "La règle note sur {out_of} ; points = note × {weight} ÷ {out_of}.",
                    {"out_of": node.out_of, "weight": node.weight},
                )
            )
        writer.say(stopped(missing_clause(node)), Tone.QUIET)
    for place, child in enumerate(node.criteria or (), start=1):
        _write_criterion(writer, child, f"{number}.{place}", criteria)


def write_scale(writer: Writer, label: str, rule: AnyRule, catalogue: Catalogue) -> None:
    """Write the scale of a rule, what stands below a line further in."""
    rows = (
        (f"{_INDENT * line.depth}{line.said}", "" if line.points is None else spell(line.points))
        for line in rule_lines(rule, catalogue)
    )
    writer.table(f"Barème : {label}", (("Barème", 86), ("Points", -14)), rows)


def _write_facts(writer: Writer, criteria: Criteria) -> None:
    """Write the facts of the call's own: declared, worked out, fixed."""
    words = Words.of(criteria, criteria)
    for title, facts in (
        ("Données propres à l'appel", criteria.facts),
        ("Données calculées", criteria.computed),
        ("Paramètres", criteria.parameters),
    ):
        if facts:
            writer.title(title)
            writer.list(stopped(words.told(fact)) for fact in facts)


def _write_places(writer: Writer, criteria: Criteria) -> None:
    words, selection = Words.of(criteria, criteria), criteria.selection
    rows: list[tuple[str, str]] = []
    rows += [
        (field.title or name, words.told(getattr(criteria.ranking, name)))
        for name, field in Ranking.model_fields.items()
        if getattr(criteria.ranking, name) != field.default
    ]
    rows += [
        (field.title or name, words.field(selection, name))
        for name, field in Selection.model_fields.items()
        if _is_set(getattr(selection, name))
    ]
    rows += [each for each in beside_selection(criteria).items() if each[0] != BEST_VERSION]
    writer.title("Classement et places")
    shared = "Les candidatures sont classées par total décroissant. Celles qui restent à égalité partagent leur rang"
    parted = f"sauf {said}, " if (said := parting_word(criteria)) else ""
    cut = "" if selection.never_decides else f" ; {parted}la limite ne coupe jamais une égalité : le comité départage"
    writer.say(f"{shared}{cut}.")
    writer.table("Ce qui décide des places", (("Réglage", 40), ("Valeur votée", 60)), rows)


def _is_set(value: Any) -> bool:
    return value is not None and value != []
