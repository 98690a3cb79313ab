"""`make firmness`: thousands of calls drawn at random, what is said of their places, and every way they can end.

    python -m tests.scoring.firmness.prove [calls]

Prints what was found, and fails if a place said to be firm is not, if one said to be out of reach is not, or if
anything is inexact where places alone share what there is. Places and money are then shared again by hand.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from random import Random
from typing import Final

from tests.scoring.firmness.brute import NOTHING, Waiting, fates, shown
from tests.scoring.firmness.calls import Call, draw_call, draw_versions
from tests.scoring.firmness.orders import draw_at_once
from tests.scoring.places.drawn import faults

from ami_scoring.domain.standings import Firmness, Standing
from ami_scoring.scoring.firmness import with_firmness
from ami_scoring.scoring.marks import facts_used

BLOCK: Final = 100
Said = tuple[Firmness, bool, bool]
"""What is said of a candidature, whether some way gives it a place, and whether every way does."""
Draw = Callable[..., Call]
EXACT: Final[frozenset[Said]] = frozenset(
    {
        (Firmness.FIRM, True, True),
        (Firmness.PROVISIONAL, True, False),
        (Firmness.POSSIBLE, True, False),
        (Firmness.IMPOSSIBLE, False, False),
    }
)


def told(call: Call, waiting: Waiting = NOTHING) -> tuple[Standing, ...]:
    """Say how firm each place of a call is."""
    standings, cut, contenders, unread = shown(call, waiting)
    return with_firmness(standings, cut, call.criteria, contenders=contenders, unread=unread)[0]


def judged(block: int, *, everything: bool, draw: Draw = draw_call) -> Counter[Said]:
    """Count, over a hundred calls, what is said and what is so; calls with too many ways to end are left out."""
    found: Counter[Said] = Counter()
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        call = draw(Random(seed), everything=everything)
        truth = None if not everything and is_bounded(call) else fates(call)
        for standing in told(call) if truth else ():
            fate = (truth or {})[standing.entry.reference]
            found[standing.firmness, True in fate, fate == {True}] += 1
    return found


def judged_unverified(block: int, *, everything: bool, draw: Draw = draw_call) -> Counter[Said]:
    """Count the same of calls some answers of which are to be verified: of each, any may be found."""
    found: Counter[Said] = Counter()
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        random = Random(seed)
        call = draw(random, everything=everything)
        waiting = _waiting(random, call)
        truth = fates(call, waiting) if waiting and not admits_levels(call) else None
        for standing in told(call, waiting) if truth else ():
            fate = (truth or {})[standing.entry.reference]
            found[standing.firmness, True in fate, fate == {True}] += 1
    return found


def admits_levels(call: Call) -> bool:
    """Say whether a call admits whole totals, which goes neither with coverage nor with orders of their own."""
    budget = call.criteria.selection.budget
    return budget is not None and budget.admits_levels


def _waiting(random: Random, call: Call) -> Waiting:
    """Draw one or two answers that a service is to verify, of those that are given and read."""
    read = {name.removeprefix("complements.") for name in facts_used(call.criteria)}
    given = [
        (paper.reference, name)
        for paper in call.papers
        for name, answer in paper.answers.items()
        if answer is not None and name in read
    ]
    drawn = random.sample(given, min(len(given), random.choice((1, 2))))
    return {reference: [name for its, name in drawn if its == reference] for reference, _ in drawn}


def wrong(found: Counter[Said], *, everything: bool) -> dict[Said, int]:
    """Give what must never be said: a place firm that is not, one out of reach that is not; alone, anything inexact."""
    # Equals between whom a budget is shared may each be sure of a part, before anybody knows of which.
    cautious = {(Firmness.PROVISIONAL, True, True), (Firmness.POSSIBLE, False, False), (Firmness.POSSIBLE, True, True)}
    allowed = EXACT | cautious if everything else EXACT
    return {said: count for said, count in found.items() if said not in allowed}


def is_bounded(call: Call) -> bool:
    """Say whether one candidature lacks both points and a tie-break: whom it may equal is then bounded, not known."""
    ties = {getattr(tie, "fact", "") for tie in call.criteria.ranking.ties}
    return any(
        f"complements.{tie}" in ties and paper.answers[tie] is None and None in (paper.answers["a"], paper.answers["b"])
        for paper in call.papers
        for tie in ("t", "g")
    )


def _everything(block: int) -> Counter[Said]:
    return judged(block, everything=True)


def _alone(block: int) -> Counter[Said]:
    return judged(block, everything=False)


def _versions(block: int) -> Counter[Said]:
    return judged(block, everything=True, draw=draw_versions)


def _at_once(block: int) -> Counter[Said]:
    return judged_unverified(block, everything=True, draw=draw_at_once)


def _by_hand(block: int) -> list[str]:
    return [each for seed in range(block * BLOCK, (block + 1) * BLOCK) for each in faults(seed)]


def main() -> int:
    """Draw the calls, on every core, and print the counts."""
    blocks = int(sys.argv[1]) // BLOCK if len(sys.argv) > 1 else 100
    failed = False
    with ProcessPoolExecutor() as pool:
        for name, judge, everything in (
            ("places seules", _alone, False),
            ("tout ensemble", _everything, True),
            ("meilleure version", _versions, True),
            ("ordres propres, couverture, versions et vérifications", _at_once, True),
        ):
            found = sum(pool.map(judge, range(blocks)), Counter[Said]())
            bad = wrong(found, everything=everything)
            failed = failed or bool(bad)
            print(f"{name} : {blocks * BLOCK} appels tirés, {len(bad)} sorte d'erreur")
            for said, count in sorted(found.items()):
                some, every = ("oui" if each else "non" for each in said[1:])
                print(f"  {said[0].value:16} une façon lui donne une place : {some}, toutes : {every}, {count} fois")
        wrongly = [each for block in pool.map(_by_hand, range(blocks)) for each in block]
        failed = failed or bool(wrongly)
        print(f"places et argent refaits à la main : {blocks * BLOCK} appels tirés, {len(wrongly)} erreurs")
        for fault in wrongly:
            print(f"  {fault}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
