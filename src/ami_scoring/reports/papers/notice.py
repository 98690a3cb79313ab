"""The notice of R311-3-1-2, on request: how one decision was helped by the processing, under its four headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.computed import COMPUTED, PARAMETERS
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Fact, Missing, Value
from ami_scoring.domain.fields import fields
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing
from ami_scoring.messages import Message
from ami_scoring.reports.papers.blocks import Paper, Tone, Writer, heading, shown
from ami_scoring.reports.papers.decided import fate_of, reasons_of
from ami_scoring.reports.papers.files import Files
from ami_scoring.reports.papers.law import contribution
from ami_scoring.reports.papers.marks import write_marks
from ami_scoring.reports.papers.rules import numbered, write_scale
from ami_scoring.reports.papers.run import Candidate, Run, place_words, values_of, wave_of, write_told
from ami_scoring.scoring.telling import condition_word
from ami_scoring.scoring.words import inner, points_word, value_word

_ZONE: Final = "zonage"


def notice(run: Run, one: Candidate, entry: Entry) -> Paper:
    """Write the notice of one candidature: nothing in it is another's."""
    writer, criteria = Writer(), run.evaluation.criteria
    writer.say(
        Message(
            "Cette notice répond à la demande du porteur du dossier {reference}, en application de l'article R. "
            "311-3-1-2 du code des relations entre le public et l'administration, sous réserve des secrets protégés "
            "par la loi. Elle concerne l'appel « {title} », édition des règles : {edition}.",
            {"reference": entry.reference, "title": inner(criteria.call.title), "edition": criteria.call.edition},
        )
    )
    writer.title("1° Le degré et le mode de contribution du traitement à la décision")
    writer.list(contribution(criteria))
    fate = fate_of(run.evaluation, entry.reference)
    if fate is not None:
        writer.say(Message("Ce que des personnes ont décidé : {decided}.", {"decided": fate.decided.value}))
        writer.list(reasons_of(run.evaluation, fate))
    writer.title("2° Les données traitées et leurs sources")
    _write_data(writer, run, one)
    writer.title("3° Les paramètres de traitement et leur pondération, appliqués à votre situation")
    _write_parameters(writer, run, one.scored)
    writer.title("4° Les opérations effectuées par le traitement")
    write_told(writer, run.tell(one))
    if not isinstance(one, Standing):
        writer.list(map(str, one.reasons))
    asked = run.letterhead.rules.asked_of.rstrip(".")
    writer.say(Message("Règles communiquées par : {asked}.", {"asked": asked}), Tone.QUIET)
    return Paper(
        Files("notices").name(entry.reference),
        "notice",
        heading(f"Notice d'explication : {entry.reference}"),
        tuple(writer.blocks),
        is_draft=False,
        to=(shown(entry.candidature.applicant.name), shown(place_words(entry))),
        subject=heading(f"{criteria.call.title} : communication des règles appliquées"),
        reference=shown(entry.reference),
    )


def _write_data(writer: Writer, run: Run, one: Candidate) -> None:
    values = values_of(one)
    catalogue = run.evaluation.criteria.catalogue
    rows = [_datum(catalogue[name], value, run, one) for name, value in values.items() if name in catalogue]
    if not rows:
        writer.say("Aucune autre donnée que la date de dépôt n'est traitée.")
    writer.table("Données lues ou calculées", (("Donnée", 34), ("Valeur", 26), ("Source", 40)), rows)


def _datum(fact: Fact, value: Value, run: Run, one: Candidate) -> tuple[str, str, str]:
    why = f" : {value.why}" if isinstance(value, Missing) and value.why else ""
    return fact.label, f"{value_word(fact, value)}{why}", _source(fact, run, one)


def _source(fact: Fact, run: Run, one: Candidate) -> str:
    """Say where a fact comes from: the answers of the applicant's file, the zoning of its wave, the policy."""
    if fact.name.startswith(PARAMETERS):
        return "règles de l'appel"
    if fact.name.startswith(COMPUTED):
        return "calcul prévu par les règles de l'appel"
    titles = [f"« {inner(fields()[key].title)} »" for key in fact.keys if key in fields()]
    asked = f"votre dossier : {', '.join(titles)}" if titles else "votre dossier"
    edition = _edition(run, one) if fact.name == _ZONE else ""
    return f"table de zonage {edition}, d'après {asked}" if edition else asked


def _edition(run: Run, one: Candidate) -> str:
    wave = wave_of(one)
    zonings = run.evaluation.provenance.zonings
    if wave is None or wave.zoning is None:
        return ""
    return next((edition for origin, edition in zonings if origin.path.endswith(wave.zoning)), "")


def _write_parameters(writer: Writer, run: Run, scored: Scored | None) -> None:
    criteria = run.evaluation.criteria
    writer.list(_gates(run))
    for number, node in numbered(criteria):
        if node.rule is not None:
            most = "" if node.announced is None else f" ({points_word(node.announced)} au plus)"
            write_scale(writer, f"{number}. {node.label}{most}", node.rule, criteria.catalogue)
    if scored is not None:
        write_marks(writer, scored, criteria)


def _gates(run: Run) -> Iterator[str]:
    catalogue = run.evaluation.criteria.catalogue
    for gate in run.evaluation.criteria.eligibility:
        yield f"Condition de recevabilité : {gate.label} ({condition_word(gate.require, catalogue)})"
