"""Small calls drawn at random, as people write them: a policy, and candidatures that leave some answers blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from tests.scoring.building import POLICY, read

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.versions import Keep

Answers = Mapping[str, str | None]
"""What a candidature answers, by the name of the fact; None where it says nothing."""

DOMAINS: Final[Mapping[str, tuple[str, ...]]] = {
    "a": ("0", "1", "2"),
    "b": ("x", "y", "z"),
    "t": ("1", "2"),
    "kind": ("u", "r"),
    "land": ("n", "s"),
    "ask": ("0", "20", "60"),
    "g": ("oui", "non"),
    "ok": ("oui", "non"),
}
"""Every answer that a fact of these calls admits, except the amounts asked, of which the ends and one between are."""
FACTS: Final = """
facts:
  - {name: a, type: integer, label: A, minimum: 0, maximum: 2}
  - {name: b, type: choice, label: B, choices: [x, y, z]}
  - {name: t, type: integer, label: T, minimum: 1, maximum: 2}
  - {name: kind, type: choice, label: Genre, choices: [u, r]}
  - {name: land, type: choice, label: Terrain, choices: [n, s]}
  - {name: ask, type: money, label: Demande, minimum: 0, maximum: 60}
  - {name: g, type: boolean, label: G}
  - {name: ok, type: boolean, label: Accord}
"""
_QUOTAS: Final = {
    "kind": "{label: R, when: {fact: complements.kind, is: r}",
    "land": "{label: S, when: {fact: complements.land, is: s}",
}

TIES: Final = (
    "",
    "",
    "{fact: complements.t, prefer: highest}",
    "b",
    "{draw: graine}",
    "b, {fact: complements.t, prefer: lowest}",
    "{fact: complements.t, prefer: lowest}, {draw: g}",
    "{fact: complements.g, prefer: oui}",
    "{fact: complements.g, prefer: non}, {fact: complements.t, prefer: lowest}",
)


@dataclass(frozen=True)
class Paper:
    """One candidature: its reference, the project that it is a version of, the day, and its answers."""

    reference: str
    project: int
    day: int
    answers: Answers


@dataclass(frozen=True)
class Call:
    """A call: its policy, its candidatures, and how many files nobody can read."""

    criteria: Criteria
    papers: tuple[Paper, ...]
    unread: int


def draw_call(
    random: Random,
    *,
    everything: bool,
    ties: Sequence[str] = TIES,
    selecting: Callable[[Random], list[str]] | None = None,
) -> Call:
    """Draw a call; without `everything`, only places share what there is: no quota, no budget, no category.

    `ties` are what may tell equals apart, and `selecting` draws what selects, in the stead of what usually does.
    """
    parts = selecting or (lambda random: _selection(random, everything=everything))
    policy = {**read(POLICY), **read(FACTS), **read(_policy(random, ties, parts))}
    papers = _papers(random, policy, everything=everything)
    return Call(Criteria.model_validate(policy), papers, random.choice((0, 0, 0, 1)))


def draw_versions(random: Random, *, everything: bool) -> Call:
    """Draw a call of two projects at most, of which each keeps the best of its versions."""
    call = draw_call(random, everything=everything)
    versions = call.criteria.versions.model_copy(update={"identified_by": ["porteur"], "keep": Keep.BEST})
    papers = tuple(replace(paper, project=random.randint(0, 1), day=random.randint(1, 3)) for paper in call.papers)
    return replace(call, criteria=call.criteria.model_copy(update={"versions": versions}), papers=papers)


def _policy(random: Random, ties_: Sequence[str], selecting: Callable[[Random], list[str]]) -> str:
    missing = [random.choice(("hold", "hold", "zero")) for _ in range(2)]
    ok = random.choice(("hold", "zero"))
    gate = f"eligibility: [{{id: ok, label: Accord, require: {{fact: complements.ok, is: oui}}, if_missing: {ok}}}]"
    ties = random.choice(ties_)
    return f"""
{gate if random.random() < 0.3 else "eligibility: []"}
criteria:
  - {{id: a, label: A, weight: 20, if_missing: {missing[0]},
     rule: {{kind: per_unit, fact: complements.a, points: 10, at_most: 20}}}}
  - {{id: b, label: B, weight: 20, if_missing: {missing[1]},
     rule: {{kind: lookup, fact: complements.b, points: {{x: 20, y: 10, z: 0}}}}}}
ranking: {{ties: [{ties}]}}
selection: {{{", ".join(selecting(random))}}}
"""


def _selection(random: Random, *, everything: bool) -> list[str]:
    if everything and random.random() < 0.15:
        return _retaining_all(random)
    parts = [f"reserve: {random.randint(0, 2)}"]
    if random.random() < 0.3:
        parts.append(f"minimum: {random.choice(('10', '20', '30', '{at_least: 20, strict: oui}'))}")
    if random.random() < 0.2:
        parts.append("thresholds: [{criterion: a, at_least: 10}]")
    budget = everything and random.random() < 0.45
    if not budget or random.random() < 0.6:
        parts.append(f"places: {'all' if not budget and random.random() < 0.15 else _places(random)}")
    if budget:
        parts.append(_budget(random))
    if everything:
        parts.extend(_categories(random))
    return parts


def _retaining_all(random: Random) -> list[str]:
    """Draw what holds only when more is asked for than there is."""
    bars = (
        "minimum: 20",
        "minimum: {at_least: 20, strict: oui}",
        "thresholds: [{criterion: a, at_least: 10}]",
        "floors: [{label: F, when: {fact: complements.kind, is: u}, at_least: 30}]",
    )
    more = [word for word in ("partial: oui", "when_short: skip", "times: 3/2") if random.random() < 0.35]
    budget = ", ".join([f"amount: {random.choice((40, 100))}", "ask: complements.ask", "when_enough: all", *more])
    return [f"reserve: {random.randint(0, 2)}", random.choice(bars), f"budget: {{{budget}}}"]


def _places(random: Random) -> int:
    return random.randint(0 if random.random() < 0.1 else 1, 3)


def _budget(random: Random) -> str:
    if random.random() < 0.3:
        least = random.choice(("", ", least_times: 1/2", ", least_times: 1"))
        return f"budget: {{amount: 60, ask: complements.ask, times: 3/2, when_short: nearest{least}}}"
    more = [word for word in ("partial: oui", "when_short: skip") if random.random() < 0.35]
    if random.random() < 0.4:
        more.extend(_envelopes(random))
    return f"budget: {{{', '.join(['amount: 100', 'ask: complements.ask', *more])}}}"


def _envelopes(random: Random) -> list[str]:
    parts = [f"{{label: E, when: {{fact: complements.kind, is: r}}, {random.choice(('amount: 40', 'share: 40 %'))}"]
    if random.random() < 0.5:
        parts.append("{label: S, when: {fact: complements.land, is: s}, share: 3/10")
    spills = [random.random() < 0.5 for _ in parts]
    said = [f"{part}, spill: {'oui' if spill else 'non'}}}" for part, spill in zip(parts, spills, strict=True)]
    order = random.choice(("", "E", "S", "S, E")) if len(parts) == 2 and any(spills) else ""
    return [f"envelopes: [{', '.join(said)}]", *([f"spill_order: [{order}]"] if order else [])]


def _categories(random: Random) -> list[str]:
    parts = []
    quotas = []
    for head in _QUOTAS.values():
        if random.random() < 0.5:
            least = random.choice((0, 1, 1, 2))
            most = f", at_most: {random.randint(max(1, least), 3)}" if random.random() < 0.4 else ""
            quotas.append(f"{head}, at_least: {least}{most}}}")
    parts.append(f"quotas: [{', '.join(quotas)}]")
    if random.random() < 0.25:
        strict = ", strict: oui" if random.random() < 0.5 else ""
        parts.append(f"floors: [{{label: F, when: {{fact: complements.kind, is: u}}, at_least: 20{strict}}}]")
    if random.random() < 0.1:
        parts.append("decides_from: 20")
    return parts


def _papers(random: Random, policy: Mapping[str, Any], *, everything: bool) -> tuple[Paper, ...]:
    blanks = random.randint(0, 4)
    papers: list[dict[str, str | None]] = [
        {
            name: random.choice(domain) if name != "ok" or random.random() < 0.2 else "oui"
            for name, domain in DOMAINS.items()
        }
        for _ in range(random.randint(1, 5))
    ]
    read_ = [name for name in DOMAINS if f"complements.{name}" in str(policy["selection"]) + str(policy["ranking"])
             or name in "ab" or (name == "ok" and policy["eligibility"])]  # fmt: skip
    for _ in range(blanks):
        random.choice(papers)[random.choice(read_)] = None
    projects = list(range(len(papers)))
    if random.random() < 0.2 and len(papers) > 1:
        projects[1] = 0
    return tuple(
        Paper(f"R{place}", project, place + 1, answers)
        for place, (project, answers) in enumerate(zip(projects, papers, strict=True))
    )
