"""What a rule finds in a pool for one candidature: with or without some of the others, as if they were not there."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import rule_of

from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.simple_rules import Relative, own_facts
from ami_scoring.scoring.marks.comparing import Pools

RULES = [
    "{kind: relative, fact: n, best: BEST, points: 10}",
    "{kind: relative, fact: n, best: BEST, by_rank: [9, 8, 7, 6]}",
    "{kind: relative, fact: n, best: BEST, by_rank: [9, 8, 7, 6], within: kind}",
]
VALUES = st.one_of(st.integers(0, 4), st.just(MISSING))
MEMBERS = st.lists(st.tuples(VALUES, st.sampled_from(["a", "b", MISSING])), min_size=1, max_size=6)


def told(rule: Relative, pool: Sequence[tuple[Value, Value]], own: tuple[Value, Value], gone: Sequence[int]) -> Value:
    facts: list[dict[str, Value]] = [{"n": value, "kind": kind} for value, kind in pool]
    values: dict[str, Value] = {"n": own[0], "kind": own[1]}
    Pools([rule], facts).tell(values, [facts[place] for place in gone])
    return values[own_facts(rule)[1]]


def expected(rule: Relative, pool: Sequence[tuple[Value, Value]], own: tuple[Value, Value]) -> Value:
    """Count by hand, of the rule's own words: the best of all, or one more than those that are better."""
    if rule.within is not None and isinstance(own[1], Missing):
        return MISSING
    same = [value for value, kind in pool if rule.within is None or kind == own[1]]
    known = [value for value in same if isinstance(value, int)]
    sign = -1 if rule.best == "lowest" else 1
    if rule.by_rank:
        return MISSING if not isinstance(own[0], int) else 1 + sum(sign * each > sign * own[0] for each in known)
    all_ = known + ([own[0]] if isinstance(own[0], int) else [])
    return sign * max(sign * each for each in all_) if all_ else MISSING


@given(
    st.sampled_from(RULES), st.sampled_from(["highest", "lowest"]), MEMBERS, st.tuples(VALUES, st.sampled_from("ab")),
    st.sets(st.integers(0, 5)),
)  # fmt: skip
def test_those_left_out_are_as_if_they_had_never_been_there(
    text: str, best: str, pool: list[tuple[Value, Value]], own: tuple[Value, Value], out: set[int]
) -> None:
    rule = rule_of(text.replace("BEST", best))
    assert isinstance(rule, Relative)
    gone = sorted(place for place in out if place < len(pool))
    stay = [each for place, each in enumerate(pool) if place not in gone]
    assert told(rule, pool, own, gone) == expected(rule, stay, own)


def test_an_old_version_is_not_its_own_rival() -> None:
    rule = rule_of(RULES[1].replace("BEST", "highest"))
    assert isinstance(rule, Relative)
    pool: list[tuple[Value, Value]] = [(90, "a"), (80, "a"), (70, "a")]
    assert told(rule, pool, (85, "a"), []) == 2
    assert told(rule, pool, (85, "a"), [0]) == 1


def test_where_what_it_is_compared_within_is_unknown_nothing_is_told() -> None:
    rule = rule_of(RULES[2].replace("BEST", "highest"))
    assert isinstance(rule, Relative)
    assert told(rule, [(90, "a")], (85, MISSING), [0]) is MISSING
