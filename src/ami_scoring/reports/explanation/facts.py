"""What was read, with its place, or how it was worked out."""

from __future__ import annotations

from collections.abc import Mapping

from ami_scoring.domain.computed import COMPUTED, PARAMETERS, ComputedFact
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Fact, Missing, Value
from ami_scoring.domain.simple_rules import POOL
from ami_scoring.findings import Location
from ami_scoring.messages import NO_BREAK, Message, spell
from ami_scoring.reports.explanation.found import Found
from ami_scoring.reports.explanation.page import SIGNS, Page
from ami_scoring.scoring.marks import evaluate
from ami_scoring.scoring.telling import Step, computed_word, counts_months, derivation, steps, verification_words
from ami_scoring.scoring.words import value_word

_ZONES = "zonage"
_MOVED = "commune-moved"


def write_fact(  # noqa: PLR0913 - the page, what is told, and where it stands
    page: Page,
    evaluation: Evaluation,
    found: Found,
    name: str,
    indent: int,
    places: Mapping[str, tuple[Location, ...]],
) -> None:
    """Write a fact: where it was read and what it is, or how it was worked out."""
    fact, value = evaluation.criteria.catalogue[name], found.values[name]
    why = f" : {value.why}" if isinstance(value, Missing) and value.why else ""
    for computed in evaluation.criteria.computed:
        if f"{COMPUTED}{computed.name}" == name:
            _write_computed(page, evaluation, found, computed, indent)
            return
    if name.startswith(PARAMETERS):
        page.write(f"Paramètre : {fact.label} = {_parameter(evaluation, found, name)}{why}", indent, hang=5)
        return
    if name.startswith(POOL):
        shown = ": pas établi" if isinstance(value, Missing) else f"= {value_word(fact, value)}"
        page.write(f"Comparé : {fact.label} {shown}", indent, hang=5)
        return
    read_at = dict.fromkeys(filter(None, map(_place, places.get(name, ()))))
    where = f" ({', '.join(read_at)})" if read_at else ""
    made = _made_from(found, name)
    entry = _entry_of(found)
    told = [] if entry is None else [*verification_words(entry, fact, evaluation.criteria)]
    if entry is not None and made is None and any(each.answer.fact == name for each in entry.verified):
        page.write(f"Vérifié : {_read(fact, value)}", indent, hang=5)
        where = f", réponse du porteur :{where.replace('(', '').replace(')', '')}"
        told = [Message("{told}{where}", {"told": told[0], "where": where if read_at else ""}), *told[1:]]
    elif made is None:
        is_told = isinstance(value, Missing) and value.withheld and fact.keys
        page.write(f"Lu : {_read(fact, value)}{'' if is_told else why}{where}", indent, hang=5)
    else:
        page.write(f"Lu : {fact.label}{where} : {made} = {value_word(fact, value)}{why}", indent, hang=5)
    for said in told:
        page.write(str(said), indent + 5, hang=2)
    if name.startswith(_ZONES):
        for moved in _said_of_codes(evaluation, found):
            page.write(moved, indent + 5)


def _entry_of(found: Found) -> Entry | None:
    return found.standing.entry if found.standing else found.aside.entry if found.aside else None


def _said_of_codes(evaluation: Evaluation, found: Found) -> list[str]:
    """Tell the communes of a candidature that have their zone under another code."""
    entry = _entry_of(found)
    about = [each for each in evaluation.findings if each.code == _MOVED]
    return [
        str(each.message)
        for each in about
        if entry is not None
        and (each.where.path, each.message.params["reference"]) == (entry.origin.path, entry.reference)
    ]


def _made_from(found: Found, name: str) -> str | None:
    entry = _entry_of(found)
    if entry is None or found.wave is None:
        return None
    return derivation(name, entry.counted, found.wave.closes_on)


def is_in_months(evaluation: Evaluation, name: str) -> bool:
    """Say whether a fact is worked out as a time in months."""
    made = (each for each in evaluation.criteria.computed if f"{COMPUTED}{each.name}" == name)
    return counts_months(name) or any(each.operation == "months" for each in made)


def _read(fact: Fact, value: Value) -> str:
    if isinstance(value, Missing) and value.at_least is None:
        return f"{fact.label} : {'réponse refusée' if value.withheld and fact.keys else 'non renseigné'}"
    return f"{fact.label} = {value_word(fact, value)}"


def _write_computed(page: Page, evaluation: Evaluation, found: Found, computed: ComputedFact, indent: int) -> None:
    """Write how a fact was worked out; of a rule, the working."""
    values, catalogue = found.values, evaluation.criteria.catalogue
    fact, value = catalogue[f"{COMPUTED}{computed.name}"], values[f"{COMPUTED}{computed.name}"]
    why = f" : {value.why}" if isinstance(value, Missing) and value.why else ""
    how = computed_word(computed, values, catalogue)
    page.write(f"Calculé : {fact.label} = {how} = {value_word(fact, value)}{why}", indent, hang=5)
    if computed.rule is not None:
        for step in steps(computed.rule, evaluate(computed.rule, values), values, catalogue):
            write_step(page, step, indent + 5)


def _parameter(evaluation: Evaluation, found: Found, name: str) -> str:
    """Write the value of a parameter in force when the wave closed, since when, and the text that fixes it."""
    (parameter,) = (each for each in evaluation.criteria.parameters if f"{PARAMETERS}{each.name}" == name)
    assert found.wave is not None  # noqa: S101 - facts were read in a wave
    in_force = [each for each in parameter.values if each.from_ is None or each.from_ <= found.wave.closes_on]
    shown = value_word(evaluation.criteria.catalogue[name], found.values[name])
    if not in_force:
        return shown
    since = in_force[-1].from_
    told = [*([] if since is None else [f"depuis le {spell(since)}"]), *filter(None, [in_force[-1].reference])]
    return f"{shown} ({', '.join(told)})" if told else shown


def _place(where: Location) -> str:
    if where.cell is not None:
        return f"cellule{NO_BREAK}{where.cell}"
    return "" if where.line is None else f"ligne{NO_BREAK}{where.line}"


def write_step(page: Page, step: Step, indent: int) -> None:
    """Write a line of the working of a rule, and those below it."""
    page.write(f"{SIGNS[step.sign]} {step.brief or step.said}", indent, hang=2)
    for below in step.below:
        write_step(page, below, indent + 2)
