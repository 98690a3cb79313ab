"""Policies and facts at random: rules over six facts of a call, one of each type, and values for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Any, Final

from hypothesis import strategies as st

from ami_scoring.domain.facts import Value
from ami_scoring.exact import Fraction, parse_fraction

from .building import catalogue_with

Data = dict[str, Any]

DECLARATIONS: Final[list[Data]] = [
    {"name": "n", "type": "integer", "label": "N", "minimum": "0", "maximum": "6"},
    {"name": "d", "type": "decimal", "label": "D", "minimum": "0", "maximum": "3"},
    {"name": "b", "type": "boolean", "label": "B"},
    {"name": "c", "type": "choice", "label": "C", "choices": ["x", "y", "z"]},
    {"name": "l", "type": "list", "label": "L"},
    {"name": "t", "type": "date", "label": "T"},
]
CATALOGUE = catalogue_with(DECLARATIONS)
N, D, B, C, L, T = (f"complements.{each['name']}" for each in DECLARATIONS)
FACTS = (N, D, B, C, L, T)

FIRST_DAY = date(2022, 1, 1)
DAYS = [FIRST_DAY + timedelta(days) for days in range(9)]
WORDS = ("p", "q")
EVERY_VALUE: Final[Mapping[str, list[Value]]] = {
    N: list(range(7)),
    D: [Fraction(quarter, 4) for quarter in range(13)],
    B: [True, False],
    C: ["x", "y", "z"],
    L: [frozenset(some) for some in chain.from_iterable(combinations((*WORDS, "r"), size) for size in range(4))],
    T: list(DAYS),
}
"""Values such that any other is like one of them for the rules below: their bounds are halves and inner days."""

POINTS = st.sampled_from(["-2", "-1/2", "0", "1", "2", "2.5", "10/3"])
GAINS = st.sampled_from(["0", "1/3", "1", "2.5", "4"])
HALVES = st.integers(0, 6).map(lambda half: str(Fraction(half, 2)))
DAY_BOUNDS = st.sampled_from(DAYS[1:-1]).map(date.isoformat)


def _test(fact: str, operator: str, operand: Any) -> Data:
    return {"fact": fact, operator: operand}


TESTS: st.SearchStrategy[Data] = st.one_of(
    st.builds(
        _test, st.just(N), st.sampled_from(["at_least", "at_most", "above", "below"]), st.integers(0, 6).map(str)
    ),
    st.builds(
        _test,
        st.just(N),
        st.sampled_from(["in", "not_in"]),
        st.lists(st.integers(0, 6).map(str), min_size=1, max_size=3),
    ),
    st.builds(_test, st.just(D), st.sampled_from(["at_least", "at_most", "above", "below"]), HALVES),
    st.builds(_test, st.just(B), st.sampled_from(["is", "is_not"]), st.sampled_from(["oui", "non"])),
    st.builds(_test, st.just(C), st.sampled_from(["is", "is_not"]), st.sampled_from(["x", "y", "z"])),
    st.builds(_test, st.just(L), st.just("includes"), st.sampled_from(WORDS)),
    st.builds(_test, st.just(L), st.sampled_from(["includes_any", "includes_all"]), st.just(list(WORDS))),
    st.builds(_test, st.just(T), st.sampled_from(["from", "until", "after", "before"]), DAY_BOUNDS),
)
CONDITIONS: st.SearchStrategy[Data] = st.recursive(
    TESTS,
    lambda below: st.one_of(
        st.lists(below, min_size=1, max_size=2).map(lambda parts: {"all": parts}),
        st.lists(below, min_size=1, max_size=2).map(lambda parts: {"any": parts}),
        below.map(lambda part: {"not": part}),
    ),
    max_leaves=3,
)


def _limited(rules: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    limits = st.fixed_dictionaries({}, optional={"at_least": st.just("-1"), "at_most": st.sampled_from(["0", "3"])})
    return st.builds(lambda rule, limit: rule | limit, rules, limits)


@st.composite
def _bands(draw: st.DrawFn) -> Data:
    fact = draw(st.sampled_from([N, D, T]))
    days = st.sampled_from(DAYS[1:-1:2]).map(date.isoformat)
    bounds = {N: st.sampled_from("135"), D: HALVES.filter(lambda half: half not in {"0", "3"}), T: days}[fact]
    cuts = sorted(draw(st.sets(bounds, max_size=3)), key=lambda cut: cut if fact == T else parse_fraction(cut))
    edges = [draw(st.sampled_from([("below", "from"), ("up_to", "above")])) for _ in cuts]
    bands: list[Data] = [{"points": draw(POINTS)} for _ in range(len(cuts) + 1)]
    for place, (cut, (end, start)) in enumerate(zip(cuts, edges, strict=True)):
        bands[place][end] = bands[place + 1][start] = cut
    return {"kind": "bands", "fact": fact, "bands": bands}


@st.composite
def _checklist(draw: st.DrawFn) -> Data:
    items = [
        {"id": f"i{place}", "label": f"I{place}", "if": condition, "points": draw(POINTS)}
        for place, condition in enumerate(draw(st.lists(CONDITIONS, min_size=1, max_size=4)))
    ]
    names = [item["id"] for item in items]
    group = draw(st.sets(st.sampled_from(names), max_size=3))
    return {"kind": "checklist", "items": items, "exclusive": [sorted(group)]}


LOOKUPS: st.SearchStrategy[Data] = st.one_of(
    st.builds(
        lambda x, y, other: {"kind": "lookup", "fact": C, "points": {"x": x, "y": y}, "otherwise": other}, *[POINTS] * 3
    ),
    st.builds(lambda yes, no: {"kind": "lookup", "fact": B, "points": {"oui": yes, "non": no}}, POINTS, POINTS),
    st.builds(
        lambda two, other: {"kind": "lookup", "fact": N, "points": {"2": two}, "otherwise": other}, POINTS, POINTS
    ),
)
CASES: st.SearchStrategy[Data] = st.builds(
    lambda rows, other: {"kind": "cases", "rows": rows, "otherwise": other},
    st.lists(st.fixed_dictionaries({"if": CONDITIONS, "points": POINTS}), min_size=1, max_size=3),
    POINTS,
)
TABLES: st.SearchStrategy[Data] = st.builds(
    lambda rows, columns, one, two, other: {
        "kind": "table", "rows": rows, "columns": columns, "points": one | two, "otherwise": other,
    },
    st.just(C), st.just(B),
    st.fixed_dictionaries({"x": st.dictionaries(st.sampled_from(["oui", "non"]), POINTS, max_size=2)}),
    st.fixed_dictionaries({"y": st.dictionaries(st.sampled_from(["oui", "non"]), POINTS, max_size=2)}),
    POINTS,
)  # fmt: skip
CHECKLISTS = _checklist()
STEPS: st.SearchStrategy[Data] = st.one_of(LOOKUPS, _bands(), CASES, TABLES, _limited(CHECKLISTS))


@st.composite
def _linear(draw: st.DrawFn) -> Data:
    places = sorted(draw(st.sets(HALVES, min_size=2, max_size=4)), key=parse_fraction)
    return {"kind": "linear", "fact": D, "knots": [{"at": place, "points": draw(POINTS)} for place in places]}


PER_UNIT: st.SearchStrategy[Data] = st.builds(
    lambda fact, points, every, after, count, cap: {
        "kind": "per_unit", "fact": fact, "points": points, "every": every, "after": after,
        "count": count, "at_most": cap,
    },
    st.sampled_from([N, D]), GAINS, st.sampled_from(["1/2", "1", "3/4"]), st.sampled_from(["-1", "0", "1/2"]),
    st.sampled_from(["completed", "started", "exact"]), st.sampled_from(["2", "10"]),
)  # fmt: skip
SMOOTH: st.SearchStrategy[Data] = st.one_of(_linear(), PER_UNIT)


def _compose(below: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    several = st.lists(below, min_size=1, max_size=3)
    kinds = st.sampled_from(["best_of", "worst_of", "sum_of"])
    row = st.one_of(
        st.fixed_dictionaries({"if": CONDITIONS, "rule": below}),
        st.fixed_dictionaries({"if": CONDITIONS, "points": POINTS}),
    )
    return st.one_of(
        _limited(st.builds(lambda kind, rules: {"kind": kind, "rules": rules}, kinds, several)),
        st.builds(
            lambda rows, other: {"kind": "cases", "rows": rows, "otherwise": other},
            st.lists(row, min_size=1, max_size=2),
            POINTS,
        ),
    )


STEP_RULES: st.SearchStrategy[Data] = st.recursive(STEPS, _compose, max_leaves=3)
RULES: st.SearchStrategy[Data] = st.recursive(st.one_of(STEPS, SMOOTH), _compose, max_leaves=3)
VALUES: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {name: st.sampled_from(values) for name, values in EVERY_VALUE.items()}
)


@st.composite
def policies(draw: st.DrawFn) -> list[Data]:
    """Draw a tree of criteria, two floors high at most, with weights, scales and caps."""
    names = iter(range(100))

    def leaf() -> Data:
        name = f"k{next(names)}"
        data = {"id": name, "label": name, "rule": draw(RULES), "if_missing": draw(st.sampled_from(["zero", "hold"]))}
        weight = {"weight": draw(st.sampled_from(["10", "7.5", "100/3"])), "down_to": "-10"}
        scales = [weight, weight | {"out_of": "5"}, weight | {"out_of": "2/3", "bonus": "oui"}, {"open_ended": "oui"}]
        return data | draw(st.sampled_from(scales))

    def node() -> Data:
        name = f"k{next(names)}"
        capped = draw(st.sampled_from(["oui", "non"]))
        return {"id": name, "label": name, "weight": "5", "capped": capped, "criteria": [leaf(), leaf()]}

    return [node() if draw(st.booleans()) else leaf() for _ in range(draw(st.integers(1, 3)))]
