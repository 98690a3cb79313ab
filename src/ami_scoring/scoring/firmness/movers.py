"""Whose open file moves what another, whose own file is closed, gets by comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.simple_rules import Relative
from ami_scoring.scoring.firmness.stakes import Project, Stake
from ami_scoring.scoring.marks import may_pass, pool_of, pool_rules, spread_of
from ami_scoring.scoring.words import missing_items

Pools = Mapping[tuple[int, str, str | None], Sequence[Stake]]
"""By rule, wave and category, None where that is unknown: those who may come into the pool, leave it or change it."""


def with_movers(projects: list[Project], criteria: Criteria) -> list[Project]:
    """Tell each candidature that waits for nothing of its own whom its marks by comparison depend on."""
    rules = pool_rules(criteria)
    if not rules:
        return projects
    pools = _open(projects, rules)
    return [
        project._replace(
            stakes=tuple(stake._replace(movers=_movers(stake, project, pools, criteria)) for stake in project.stakes)
        )
        for project in projects
    ]


def _open(projects: Sequence[Project], rules: Sequence[Relative]) -> Pools:
    found: dict[tuple[int, str, str | None], list[Stake]] = {}
    for project in projects:
        stays = project.present and len(project.stakes) == 1
        for stake in project.stakes:
            values = stake.scored.card.values
            for place, rule in enumerate(rules):
                category = pool_of(rule, values)
                if not stays or category is None or isinstance(values[rule.fact], Missing):
                    found.setdefault((place, stake.scored.wave.id, category), []).append(stake)
    return found


def _movers(stake: Stake, project: Project, pools: Pools, criteria: Criteria) -> tuple[str, ...]:
    scored = stake.scored
    if not project.present or len(project.stakes) > 1 or scored.pending or scored.entry.refused:
        return ()
    if stake.blank or missing_items(scored, criteria):
        return ()
    return tuple(dict.fromkeys(each.scored.entry.reference for each in _who_may_pass(stake, pools, criteria)))


def _who_may_pass(stake: Stake, pools: Pools, criteria: Criteria) -> Iterator[Stake]:
    values, wave = stake.scored.card.values, stake.scored.wave.id
    for place, rule in enumerate(pool_rules(criteria)):
        if spread_of(rule) in values:
            fact, own = criteria.catalogue[rule.fact], values[rule.fact]
            others = (*pools.get((place, wave, pool_of(rule, values)), ()), *pools.get((place, wave, None), ()))
            yield from (each for each in others if may_pass(rule, fact, each.scored.card.values[rule.fact], own))
