"""A blank never does better, nor worse, than some honest answer would: on calls drawn at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from tests.scoring.firmness.brute import shown
from tests.scoring.firmness.calls import DOMAINS, Call, Paper, draw_call


def answered(call: Call, paper: Paper, blank: list[str]) -> Iterator[Call]:
    for answers in product(*(DOMAINS[name] for name in blank)):
        known = replace(paper, answers={**paper.answers, **dict(zip(blank, answers, strict=True))})
        yield replace(call, papers=tuple(known if each is paper else each for each in call.papers))


def statuses(call: Call) -> dict[str, str]:
    return {one.entry.reference: one.status.value for one in shown(call)[0]}


def blanks(call: Call) -> Iterator[tuple[Paper, list[str]]]:
    """Give the candidatures that lack nothing but a category that the policy reads."""
    for paper in call.papers:
        lacking = [name for name, answer in paper.answers.items() if answer is None]
        if lacking and set(lacking) <= {"kind", "land"} and paper.reference in statuses(call):
            read = [name for name in lacking if f"complements.{name}" in str(call.criteria.selection)]
            yield from [(paper, read)] if read else []


def test_a_blank_never_does_better_nor_worse_than_some_honest_answer() -> None:
    seen = {"held": 0, "same": 0}
    for seed in range(250):
        call = draw_call(Random(seed), everything=True)
        today = statuses(call)
        for paper, blank in blanks(call):
            fates = {statuses(each)[paper.reference] for each in answered(call, paper, blank)}
            status = today[paper.reference]
            assert status in fates or (status == "à compléter"), seed
            if call.criteria.selection.budget is None and len(fates) > 1:
                assert status == "à compléter", seed
            seen["held" if status == "à compléter" else "same"] += 1
    assert min(seen.values()) > 0
