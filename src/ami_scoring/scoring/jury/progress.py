"""How far the jury is: opinions given and owed, by whom, how far apart they are, and how severe each assessor is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ami_scoring.domain.assessment import Assessment
from ami_scoring.domain.comparisons import gap_of
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.jury import Assessor
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.exact import Fraction
from ami_scoring.scoring.jury.seats import Seats

Heard = Mapping[str, Mapping[str, Opinions]]


class Owing(NamedTuple):
    """A candidature that an assessor still owes opinions on."""

    reference: str
    subjects: tuple[str, ...]


class Spread(NamedTuple):
    """How far apart the opinions on one candidature and one subject are."""

    reference: str
    subject: str
    marks: tuple[Fraction, ...]
    gap: Fraction
    to_discuss: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """One assessor: what they gave, what they owe, where they stood aside."""

    assessor: Assessor
    given: int
    """Opinions that count."""
    owed: tuple[Owing, ...]
    recused: tuple[str, ...]
    """References, declared interests included."""
    compared: int
    """Opinions given where somebody else gave one too."""
    severity: Fraction | None
    """The mean gap from the others' mean mark, as a share of the scale: below zero, more severe than they are.

    Information alone: two assessors did not read the same candidatures.
    """

    @property
    def owing(self) -> int:
        """Count the opinions still owed."""
        return sum(len(each.subjects) for each in self.owed)


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole jury: how many opinions are required and given, what lacks, what is to be discussed."""

    voices: tuple[Voice, ...]
    spreads: tuple[Spread, ...]
    """The widest first, those to be discussed before all others."""
    required: int
    heard: int
    """Opinions that are required and given: no more than required of each candidature on each subject."""
    lacking: tuple[tuple[str, str, int, int], ...]
    """Reference, subject, opinions given and required, where there are fewer."""


def progress_of(
    seats: Seats,
    judgements: Mapping[str, Judgement],
    references: Sequence[str],
    kept: Sequence[Assessment],
    opinions: Heard,
) -> Progress:
    """Count what the assessors of a roster gave on candidatures, and what they owe."""
    marks = _marks_of(seats, judgements, kept)
    aside = {(who, reference) for who, reference in seats.ties} | {
        (one.id, each.reference.casefold())
        for each in kept
        if each.conflict and (one := seats.jury.recognised(each.assessor)) is not None
    }
    lacking, required, heard = _lacking(seats, judgements, references, opinions)
    voices = tuple(_voice(one, seats, judgements, references, marks, aside) for one in seats.jury.assessors)
    return Progress(voices, tuple(_spreads(judgements, references, opinions)), required, heard, lacking)


_Marks = dict[tuple[str, str], dict[str, Fraction]]
"""By folded reference and subject, then assessor: the mark."""


def _marks_of(seats: Seats, judgements: Mapping[str, Judgement], kept: Sequence[Assessment]) -> _Marks:
    marks: _Marks = {}
    for each in kept:
        one = seats.jury.recognised(each.assessor)
        reference = each.reference.casefold()
        if one is None or each.conflict or (one.id, reference) in seats.ties:
            continue
        for subject, opinion in each.opinions.items():
            mark = judgements[subject].mark_of(opinion.mark)
            if mark is not None:
                marks.setdefault((reference, subject), {})[one.id] = mark
    return marks


def _voice(  # noqa: PLR0913 - one assessor among all that is known
    one: Assessor,
    seats: Seats,
    judgements: Mapping[str, Judgement],
    references: Sequence[str],
    marks: _Marks,
    aside: set[tuple[str, str]],
) -> Voice:
    given, owed, recused = 0, list[Owing](), list[str]()
    gaps: list[Fraction] = []
    for reference in references:
        folded = reference.casefold()
        if (one.id, folded) in aside:
            recused.append(reference)
            continue
        due = seats.given_to(one, reference, judgements)
        lacks = tuple(subject for subject in due if one.id not in marks.get((folded, subject), {}))
        if lacks and seats.is_given(reference):
            owed.append(Owing(reference, lacks))
        for subject, rule in judgements.items():
            those = marks.get((folded, subject), {})
            given += one.id in those
            gaps.extend(_gap_from_others(one.id, those, rule))
    severity = sum(gaps, Fraction(0)) / len(gaps) if gaps else None
    return Voice(one, given, tuple(owed), tuple(recused), len(gaps), severity)


def _gap_from_others(name: str, marks: Mapping[str, Fraction], rule: Judgement) -> Iterator[Fraction]:
    others = [mark for who, mark in marks.items() if who != name]
    if name in marks and others:
        yield (marks[name] - sum(others, Fraction(0)) / len(others)) / (rule.highest - rule.lowest)


def _spreads(judgements: Mapping[str, Judgement], references: Sequence[str], opinions: Heard) -> Iterator[Spread]:
    found = [
        Spread(reference, subject, heard.marks, heard.marks[-1] - heard.marks[0], gap_of(rule, heard) is not None)
        for reference in references
        for subject, rule in judgements.items()
        if (heard := opinions.get(reference.casefold(), {}).get(subject)) is not None and len(heard.marks) > 1
    ]
    yield from sorted(found, key=lambda each: (not each.to_discuss, -each.gap))


def _lacking(
    seats: Seats, judgements: Mapping[str, Judgement], references: Sequence[str], opinions: Heard
) -> tuple[tuple[tuple[str, str, int, int], ...], int, int]:
    lacking: list[tuple[str, str, int, int]] = []
    required = heard = 0
    for reference in references:
        for subject, rule in judgements.items():
            needed = seats.jury.required_for(subject, rule.required)
            said = opinions.get(reference.casefold(), {}).get(subject)
            given = 0 if said is None else len(said.marks)
            required, heard = required + needed, heard + min(given, needed)
            if given < needed:
                lacking.append((reference, subject, given, needed))
    return tuple(lacking), required, heard
