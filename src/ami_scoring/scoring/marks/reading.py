"""The facts of many candidatures, read by one function that is written for the facts that a policy asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, AsWritten, Case, Fact, Value
from ami_scoring.scoring.marks.computing import add_computed
from ami_scoring.scoring.marks.withheld import withholder

Read = Callable[[Case], dict[str, Value]]


def reader(names: Iterable[str], criteria: Criteria) -> Read:
    """Make a function that reads facts from a candidature in its wave, and works out those made from others."""
    facts = [criteria.catalogue[name] for name in names]
    read_as_given, withhold = _as_given(facts), withholder(facts)

    def read(case: Case) -> dict[str, Value]:
        values = read_as_given(case)
        if case.refused:
            withhold(values, case)
        if criteria.computed:
            add_computed(criteria, values)
        return values

    return read


def read_facts(names: Iterable[str], criteria: Criteria, case: Case) -> dict[str, Value]:
    """Read the facts of one candidature; `reader` is for many of them."""
    return reader(names, criteria)(case)


def _as_given(facts: Sequence[Fact]) -> Read:
    """Write the function that reads each fact, as `plain_reading` writes those that fill models: a walk takes twice it.

    Nothing but the names of the fields of a candidature is in the text that is run.
    """
    used: dict[str, Any] = {"missing": MISSING}
    blocks: dict[str, list[tuple[int, str]]] = {}
    each: list[str] = []
    for place, fact in enumerate(facts):
        used[f"name_{place}"], used[f"read_{place}"] = fact.name, fact.read
        if isinstance(fact.read, AsWritten):
            blocks.setdefault(fact.read.block, []).append((place, fact.read.field))
            each.append(f"name_{place}: a{place}")
        else:
            each.append(f"name_{place}: read_{place}(case)")
    lines = ["def read(case):", " candidature = case.candidature"]
    for block, answers in blocks.items():
        lines += _of_block(block, answers)
    exec("\n".join([*lines, f" return {{{', '.join(each)}}}"]), used)  # noqa: S102 - no word of it comes from a file
    written: Read = used["read"]
    return written


def _of_block(block: str, answers: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Write how the answers of one block are read: of one that is not there, none is looked for."""
    yield f" its = candidature.{block}"
    yield " if its is None: " + " = ".join(f"a{place}" for place, _ in answers) + " = missing"
    yield " else:"
    for place, field in answers:
        yield f"  a{place} = its.{field}"
        yield f"  if a{place} is None: a{place} = missing"
