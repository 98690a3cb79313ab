"""What earlier waves gave, from their results: whose project has a place already, and what is left for a wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.evaluated import Award
from ami_scoring.domain.facts import Value
from ami_scoring.evaluation.admitting import values_of
from ami_scoring.evaluation.policy import Policy
from ami_scoring.findings import Finding, InvalidFileError, Location, Severity
from ami_scoring.messages import Message, named, spell
from ami_scoring.scoring.marks import already_awarded, holds, identities_of, wave_of
from ami_scoring.scoring.places import asks_of_values, left_by
from ami_scoring.sources.doors.awards import Given, Result, load_result

_MOST_NAMED: Final = 8
_REFUSED: Final = "Rien n'est classé : ce qui est déjà attribué n'est pas connu."


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier waves gave, as it weighs on the wave that is evaluated."""

    policy: Policy
    """That of the wave, less what is given of what is the whole call's."""
    awards: tuple[Award, ...]
    gone: Mapping[int, Message]
    """By identity, the candidatures of the wave whose project has a place already, and why."""
    origins: tuple[Origin, ...]
    findings: tuple[Finding, ...]


def after(paths: Sequence[Path], policy: Policy, asked: Wave, entries: Sequence[Entry]) -> Earlier:
    """Count what the results of earlier waves gave. Raises `InvalidFileError` where that is not known for sure."""
    results, findings = list[Result](), list[Finding]()
    for path in paths:
        read = load_result(path)
        if isinstance(read, list):
            findings.extend(read)
            continue
        wrong = [*_wrong(read, results, policy.criteria, asked)]
        findings.extend(wrong)
        if not wrong:
            results.append(read)
    by_reference = {entry.reference.casefold(): entry for entry in entries}
    awards: list[Award] = []
    for result in results:
        wave = policy.criteria.wave(result.wave or "")
        for given in result.given if wave is not None else ():
            found = [*_award(given, by_reference.get(given.reference.casefold()), wave, result, policy)]
            findings.extend(each for each in found if isinstance(each, Finding))
            awards.extend(each for each in found if isinstance(each, Award))
        findings.extend((*_changed(result, by_reference), *_contested(result), *_provisional(result)))
    if any(each.severity is Severity.ERROR for each in findings):
        raise InvalidFileError(findings, _REFUSED)
    mine = [each for each in entries if wave_of(each.candidature.submitted_at, policy.criteria) is asked]
    return Earlier(
        policy._replace(criteria=left_by(policy.criteria, asked, awards)),
        tuple(awards),
        already_awarded(mine, awards, policy.criteria),
        tuple(each.origin for each in results),
        tuple(findings),
    )


def _wrong(result: Result, others: Sequence[Result], criteria: Criteria, asked: Wave) -> Iterator[Finding]:
    """Find a result that is of another call, of no wave before this one, or told in part."""
    call = criteria.call
    if result.call != (call.title, call.edition, call.authority):
        said = {"theirs": f"{result.call[0]} ({result.call[1]})", "ours": f"{call.title} ({call.edition})"}
        message = Message(
            "Ce résultat est d'un autre appel, ou d'une autre édition : « {theirs} », et non « {ours} ».", said
        )
        yield _error("awarded-other-call", message, result, "criteria")
        return
    order = [wave.id for wave in criteria.waves]
    earlier = order[: order.index(asked.id)]
    if result.wave not in earlier:
        what = "de toutes les vagues ensemble" if result.wave is None else f"de la vague « {result.wave} »"
        said = {"what": what, "asked": asked.name, "earlier": spell(earlier)}
        rest = "avant « {asked} », il y a : {earlier}" if earlier else "« {asked} » est la première vague"
        message = Message(f"Ce résultat est {{what}} ; {rest}.", said)
        yield _error("awarded-wave", message, result, "wave")
    elif any(each.wave == result.wave for each in others):
        message = Message("Un autre résultat de la vague « {wave} » est déjà donné.", {"wave": result.wave})
        yield _error("awarded-wave", message, result, "wave")
    if not result.is_whole:
        message = Message("Ce résultat s'arrête à un rang (« --top ») : d'autres peuvent être retenues au-delà.")
        yield _error("awarded-wave", message, result, "top")


def _award(
    given: Given, entry: Entry | None, wave: Wave | None, result: Result, policy: Policy
) -> Iterator[Award | Finding]:
    """Find the file of one that has a place: it tells whose project it is, and what it asked for."""
    if entry is None or wave is None or wave_of(entry.candidature.submitted_at, policy.criteria) is not wave:
        said = {"reference": given.reference, "wave": result.wave}
        message = Message("{reference}, retenue dans la vague « {wave} », n'est pas parmi les dossiers lus.", said)
        mend = Message("Donnez aussi les dossiers de cette vague : ils disent de quel projet il s'agit.")
        yield Finding("awarded-unread", Severity.ERROR, message, result.document.locate(("ranking",)), mend)
        return
    values = values_of(entry, wave, policy)
    if (unknown := _unknown(entry, values, policy.criteria)) is not None:
        said = {"reference": given.reference, "wave": result.wave, "unknown": unknown}
        message = Message("Le dossier de {reference}, retenue dans la vague « {wave} », ne dit pas {unknown}.", said)
        mend = Message("Complétez ou corrigez ce dossier : sans cela, rien ne dit ce que sa place laisse aux autres.")
        where = Location(entry.origin.path, entry.origin.line)
        yield Finding("awarded-unread", Severity.ERROR, message, where, mend)
        return
    granted = given.granted if given.granted is not None else asks_of_values(values, policy.criteria)
    if granted is None:
        said = {"reference": given.reference}
        message = Message("Rien ne dit ce que {reference} a reçu du budget, ni ce qu'elle demandait.", said)
        yield _error("awarded-unfit", message, result, "ranking")
        return
    yield Award(entry, wave, None if policy.criteria.selection.budget is None else granted, values)


def _unknown(entry: Entry, values: Mapping[str, Value], criteria: Criteria) -> str | None:
    """Say what the file of one that has a place must tell and does not: whose project it is, or of which category."""
    (identity,) = identities_of([entry], criteria)
    if identity.rest is None and not criteria.versions.each_alone:
        return "de quel projet il s'agit"
    selection = criteria.selection
    parts = () if selection.budget is None else selection.budget.envelopes
    for each in (*selection.quotas, *parts):
        if holds(each.when, values) is None:
            return f"si elle relève de « {each.label} »"
    return None


def _changed(result: Result, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Find the files that are not what they were, each once: only a file of one candidature tells whose it is."""
    found: dict[str, list[str]] = {}
    for given in result.given:
        entry = entries.get(given.reference.casefold())
        if entry is not None and given.sha256 not in {None, entry.origin.sha256}:
            found.setdefault(entry.origin.path, []).append(given.reference)
    for path, references in found.items():
        said = {"references": named(references, _MOST_NAMED), "path": result.origin.path}
        message = Message("Le dossier de {references} a changé depuis {path}.", said)
        mend = Message("Refaites ce résultat, ou reprenez le dossier tel qu'il était.")
        if sum(each.origin.path == path for each in entries.values()) > 1:
            sentence = (
                "Le fichier de {references} a changé depuis {path}, et rien ne dit de qui : d'autres y sont aussi."
            )
            message = Message(sentence, said)
            mend = Message("Voyez si leurs réponses sont restées les mêmes ; sinon, refaites ce résultat.")
        yield Finding("awarded-changed", Severity.WARNING, message, Location(path), mend)


def _contested(result: Result) -> Iterator[Finding]:
    if result.contested:
        message = Message(
            "Les dernières places de la vague « {wave} » y sont à départager entre {count} candidatures : elles ne "
            "sont comptées à personne.",
            {"wave": result.wave, "count": result.contested},
        )
        mend = Message("Refaites ce résultat avec ce que le comité a décidé : « --decisions decisions.yaml ».")
        where = result.document.locate(("cut",))
        yield Finding("awarded-contested", Severity.WARNING, message, where, mend)


def _provisional(result: Result) -> Iterator[Finding]:
    """Tell places that something open could have taken away: given back, they would leave more to the next wave."""
    open_ones = [each.reference for each in result.given if not each.is_firm]
    if open_ones:
        said = {"wave": result.wave, "references": named(open_ones, _MOST_NAMED)}
        message = Message(
            "Des places de la vague « {wave} » y sont provisoires ({references}) : elles sont comptées comme données.",
            said,
        )
        mend = Message("Refaites ce résultat quand plus rien n'est en attente, ou avec ce que le comité a décidé.")
        yield Finding("awarded-provisional", Severity.WARNING, message, result.document.locate(("ranking",)), mend)


def _error(code: str, message: Message, result: Result, key: str) -> Finding:
    mend = Message("Donnez le JSON d'« ami score … --wave VAGUE -o FICHIER.json » d'une vague précédente.")
    return Finding(code, Severity.ERROR, message, result.document.locate((key,)), mend)
