"""Whole policies at random, with candidatures and opinions for them, as plain data that YAML would give.

Drawn by plain functions that only ever pick one of several things: Hypothesis then draws, and shrinks, fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Data = dict[str, Any]

CLOSES: Final = "2022-09-30"
WORDS: Final = ["plan", "bail", "avis"]
CHOICES: Final = ["rural", "urbain", "montagne"]
DECLARED: Final[list[Data]] = [
    {"name": "lits", "type": "integer", "label": "Lits", "minimum": "0", "maximum": "9", "unit": "lits"},
    {"name": "ecart", "type": "integer", "label": "Écart", "minimum": "-3", "maximum": "3"},
    {"name": "duree", "type": "decimal", "label": "Durée", "minimum": "0", "maximum": "4", "step": "0.5"},
    {"name": "part", "type": "percentage", "label": "Part", "minimum": "0", "maximum": "1"},
    {"name": "cout", "type": "money", "label": "Coût", "minimum": "0", "maximum": "90", "unit": "€"},
    {"name": "debut", "type": "date", "label": "Début"},
    {"name": "fin", "type": "date", "label": "Fin"},
    {"name": "milieu", "type": "choice", "label": "Milieu", "choices": CHOICES},
    {"name": "accord", "type": "boolean", "label": "Accord"},
    {"name": "pieces", "type": "list", "label": "Pièces"},
]
NUMBERS: Final = [f"complements.{name}" for name in ("lits", "ecart", "duree", "part", "cout")]
DATES: Final = ["complements.debut", "complements.fin"]
MILIEU, ACCORD, PIECES = "complements.milieu", "complements.accord", "complements.pieces"
SUBJECTS: Final = ["projet", "equipe"]
DAYS: Final = [str(date(2022, 1, 30) + timedelta(days)) for days in (0, 1, 2, 29, 30, 60, 400)]
POINTS: Final = ["0", "1", "2", "2.5", "10/3", "7", "-1/2", "-3"]
NUMBER: Final = ["0", "1", "2", "3", "10", "0.5", "3/2", "7/2", "-1"]
PARAMETERS: Final[list[Data]] = [
    {"name": "plafond", "label": "Plafond", "values": [{"value": "2"}, {"from": "2022-09-30", "value": "5/2"}]},
    {
        "name": "prix",
        "label": "Prix",
        "unit": "€",
        "values": [{"from": "2022-01-01", "value": "4"}, {"from": "2022-10-01", "value": "8"}],
    },
    {"name": "plus_tard", "label": "Plus tard", "values": [{"from": "2023-01-01", "value": "1"}]},
]
WRITTEN: Final[dict[str, list[str]]] = {
    "lits": [str(number) for number in range(10)],
    "ecart": [str(number) for number in range(-3, 4)],
    "duree": ["0", "0.5", "1", "1.5", "2", "3.5", "4"],
    "part": ["0", "0.25", "0.5", "0.9", "1"],
    "cout": ["0", "3", "12.5", "45", "90"],
    "debut": DAYS,
    "fin": DAYS,
    "milieu": CHOICES,
    "accord": ["oui", "non"],
}
SIMPLE: Final = ["lookup", "bands", "linear", "per_unit", "table", "checklist"]
COMPOSED: Final = ["best_of", "worst_of", "sum_of", "cases"]
OPERATIONS: Final = ["ratio", "difference", "sum_of", "product_of", "highest_of", "lowest_of", "months", "days", "rule"]


@cache
def _upto(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


@dataclass
class Author:
    """Somebody who writes a policy at random. A wild one also names what does not fit, or does not exist."""

    draw: st.DrawFn
    wild: bool = False
    numbers: list[str] = field(default_factory=lambda: list(NUMBERS))

    def pick(self, options: Sequence[T]) -> T:
        return options[self.draw(_upto(len(options) - 1))]

    def chance(self, one_in: int) -> bool:
        return self.draw(_upto(one_in - 1)) == one_in - 1

    def some(self, options: Sequence[T], least: int = 0) -> list[T]:
        kept = [option for option in options if self.chance(2)]
        return kept if len(kept) >= least else list(options[:least])

    def astray(self) -> bool:
        return self.wild and self.chance(12)

    def number(self) -> str:
        return self.pick([MILIEU, "complements.rien", *DATES]) if self.astray() else self.pick(self.numbers)

    def category(self) -> str:
        return self.pick([PIECES, *DATES, "zonage"]) if self.astray() else self.pick([MILIEU, ACCORD])

    # --- Conditions -----------------------------------------------------------------------------------------------

    def condition(self, depth: int = 2) -> Data:
        if depth and self.chance(3):
            key = self.pick(["not", "all", "any"])
            parts = [self.condition(depth - 1) for _ in range(self.pick([1, 2]))]
            return {key: parts[0] if key == "not" else parts}
        match self.pick(["number", "category", "in", "date", "list", "includes", "present", "compared", "between"]):
            case "compared":
                test = self.pick(["is", "is_not", "at_least", "at_most", "above", "below"])
                return {"fact": self.number(), test: {"fact": self.number()}}
            case "between":
                other = self.number() if self.astray() else self.pick(DATES)
                return {
                    "fact": self.pick(DATES),
                    self.pick(["is", "from", "until", "after", "before"]): {"fact": other},
                }
            case "number":
                return {"fact": self.number(), self.pick(["at_least", "at_most", "above", "below"]): self.pick(NUMBER)}
            case "category":
                fact = self.category()
                return {"fact": fact, self.pick(["is", "is_not"]): self.pick(words_of(fact))}
            case "in":
                return {"fact": MILIEU, self.pick(["in", "not_in"]): self.some(CHOICES, 1)}
            case "date":
                fact = self.number() if self.astray() else self.pick(DATES)
                return {"fact": fact, self.pick(["from", "until", "after", "before"]): self.pick(DAYS)}
            case "list":
                return {"fact": PIECES, self.pick(["includes_any", "includes_all"]): self.some(WORDS, 1)}
            case "includes":
                return {"fact": PIECES, "includes": self.pick(WORDS)}
            case _:
                return {"fact": "complements.cout", "present": self.pick(["oui", "non"])}

    # --- Rules ----------------------------------------------------------------------------------------------------

    def rule(self, depth: int = 2, *, people: bool = True) -> Data:
        """Draw a rule of any kind; `people` adds those that compare or judge candidatures."""
        kinds = [*SIMPLE, *(["judgement", "relative"] if people else []), *(COMPOSED if depth else [])]
        kind = self.pick(kinds)
        if kind not in COMPOSED:
            data: Data = getattr(self, f"_{kind}")()
        elif kind == "cases":
            rows = [self._row(depth, people=people) for _ in range(self.pick([1, 2, 3]))]
            data = {"rows": rows, "otherwise": self.pick(POINTS)}
        else:
            data = {"rules": [self.rule(depth - 1, people=people) for _ in range(self.pick([1, 2, 3]))]}
        limited = kind in {"checklist", "best_of", "worst_of", "sum_of"}
        limits = [{}, {"at_most": "4"}, {"at_least": "-1"}, {"at_least": "0", "at_most": "0"}]
        return {"kind": kind, **data, **(self.pick(limits) if limited else {})}

    def _row(self, depth: int, *, people: bool) -> Data:
        gives = {"rule": self.rule(depth - 1, people=people)} if self.chance(2) else {"points": self.pick(POINTS)}
        return {"if": self.condition(), **gives}

    def _bands(self) -> Data:
        cuts = sorted(self.some(NUMBER), key=Fraction)
        bands: list[Data] = [{"points": self.pick(POINTS)} for _ in range(len(cuts) + 1)]
        for place, cut in enumerate(cuts):
            end, start = self.pick([("below", "from"), ("up_to", "above")])
            bands[place][end] = bands[place + 1][start] = cut
        if self.astray() and cuts:
            del bands[self.pick(range(len(bands)))]
        return {"fact": self.number(), "bands": bands}

    def _linear(self) -> Data:
        places = sorted(self.some(NUMBER, 2), key=Fraction)
        knots = [{"at": place, "points": self.pick(POINTS)} for place in places]
        return {"fact": self.number(), "knots": knots, **self.pick([{}, {"outside": "clamp"}, {"outside": "refuse"}])}

    def _per_unit(self) -> Data:
        options = [{"every": self.pick(["1/2", "1", "3"])}, {"after": self.pick(NUMBER)}]
        options.append({"count": self.pick(["completed", "started", "exact"])})
        options = self.some(options)
        fact = self.number()
        has_limits = fact.startswith("complements.")
        if (not has_limits and not self.astray()) or self.chance(2):
            options.append({"at_most": self.pick(["2", "0", "9"])})
        points = self.pick(POINTS if has_limits or self.wild else POINTS[:-2])
        return {"fact": fact, "points": points} | {key: value for each in options for key, value in each.items()}

    def _lookup(self) -> Data:
        fact = self.category()
        other = {} if self.astray() else {"otherwise": self.pick(POINTS)}
        return {"fact": fact, "points": {word: self.pick(POINTS) for word in self.some(words_of(fact), 1)}, **other}

    def _table(self) -> Data:
        rows, columns = (self.category(), ACCORD) if self.astray() else self.pick([(MILIEU, ACCORD), (ACCORD, MILIEU)])
        points = {row: {word: self.pick(POINTS) for word in self.some(words_of(columns))} for row in words_of(rows)}
        return {"rows": rows, "columns": columns, "points": points, "otherwise": self.pick(POINTS)}

    def _checklist(self) -> Data:
        items = [
            {"id": f"i{place}", "label": f"Élément {place}", "if": self.condition(1), "points": self.pick(POINTS)}
            for place in range(self.pick([1, 2, 3]))
        ]
        names = [item["id"] for item in items]
        return {"items": items, "exclusive": [self.some(names) for _ in range(self.pick([0, 1, 2]))]}

    def _judgement(self) -> Data:
        aggregate = self.pick(
            [{}, *({"aggregate": word} for word in ("mean", "median", "lowest", "highest", "consensus"))]
        )
        return {"on": self.pick(SUBJECTS), "highest": "5", **aggregate}

    def _relative(self) -> Data:
        return {"fact": self.number(), "best": self.pick(["lowest", "highest"]), "points": self.pick(["1", "10/3"])}

    # --- The whole ------------------------------------------------------------------------------------------------

    def computed(self, name: str) -> Data:
        operation = self.pick(OPERATIONS)
        operands = [self.number() if self.chance(2) else self.pick(NUMBER) for _ in range(3)]
        stated: Any = operands
        if operation in {"ratio", "difference"}:
            stated = {"of": operands[0], "to" if operation == "ratio" else "minus": operands[1]}
        elif operation in {"months", "days"}:
            stated = {"from": self.pick(DATES), "to": self.number() if self.astray() else self.pick(DATES)}
        elif operation == "rule":
            stated = self.rule(1, people=self.astray())
        types = [
            {},
            {"unit": "€"},
            {"type": "money"},
            {"type": "percentage"},
            {"minimum": "0", "maximum": "3"},
            *([{"type": "integer"}] if self.wild else []),
        ]
        return {"name": name, "label": f"Calcul {name}", operation: stated, **self.pick(types)}

    def criterion(self, names: list[str], depth: int) -> Data:
        name = f"k{len(names)}"
        names.append(name)
        data: Data = {"id": name, "label": f"Critère {name}", "weight": self.pick(["10", "7.5", "100/3"])}
        if depth and self.chance(3):
            below = [self.criterion(names, depth - 1) for _ in range(self.pick([1, 2]))]
            return data | {"capped": self.pick(["oui", "non"]), "criteria": below}
        data |= {"rule": self.rule(), "if_missing": self.pick(["hold", "zero", "reject"])}
        scale = self.pick([{}, {"out_of": "20"}, {"bonus": "oui", "out_of": "5"}, {"open_ended": "oui"}])
        if "open_ended" in scale:
            del data["weight"]
        return data | scale

    def selection(self, names: list[str]) -> Data:
        options: list[Data] = [
            {"reserve": "1"},
            {"minimum": self.pick(["0", "2"])},
            {"minimum_mark": self.pick(["0", "3"])},
            {"decides_from": self.pick(["0", "4"])},
            {"thresholds": [self._threshold(names)]},
            {"floors": [{"label": "Plancher", "when": self.condition(1), "at_least": self.pick(["0", "3"])}]},
            {"quotas": [{"label": "Quota", "when": self.condition(1), "at_least": "1", "at_most": self.pick("123")}]},
            {"budget": self._budget()},
        ]
        return {"places": self.pick("123")} | {key: value for each in self.some(options) for key, value in each.items()}

    def _threshold(self, names: list[str]) -> Data:
        criterion = "zone" if self.astray() else self.pick(names)
        floor = self.pick([{"share": "1/4"}, {"share": "1"}, {"at_least": "1"}, {"at_least": "5/2"}])
        return {
            "criterion": criterion,
            "strict": self.pick(["non", "oui"]),
            **floor,
            **self.pick([{}, {"on": "points"}, {"on": "mark"}]),
        }

    def _budget(self) -> Data:
        envelopes = [
            {
                "label": f"Part {place}",
                "when": self.condition(1),
                **self.pick([{"amount": "30"}, {"share": "1/3"}, {"share": "25 %"}]),
                "spill": self.pick(["non", "oui"]),
            }
            for place in range(self.pick([0, 1, 2]))
        ]
        order = [[], ["Part 1"], ["Part 1", "Part 0"]] if len(envelopes) == 2 and "oui" in str(envelopes) else [[]]
        ask = self.pick(["complements.rien", *DATES]) if self.astray() else "complements.cout"
        words = {
            "partial": self.pick(["non", "oui"]),
            "when_short": self.pick(["stop", "skip"]),
            "times": self.pick(["1", "3/2"]),
            "spill_order": self.pick(order),
        }
        return {"amount": "100", "ask": ask, "envelopes": envelopes, **words}


def words_of(fact: str) -> list[str]:
    return {MILIEU: CHOICES, ACCORD: ["oui", "non"]}.get(fact, ["plan"])


@st.composite
def whole_policies(draw: st.DrawFn, *, wild: bool = False) -> Data:
    """Draw a policy whose marks and weights are still to be fitted; a wild one may be anything."""
    author = Author(draw, wild)
    computed: list[Data] = []
    parameters = author.some(PARAMETERS)
    author.numbers += [f"parametres.{each['name']}" for each in parameters]
    for place in range(author.pick([0, 1, 2])):
        computed.append(author.computed(f"c{place}"))
        author.numbers += [f"calculs.c{place}"] * 3
    names: list[str] = []
    criteria = [author.criterion(names, 1) for _ in range(author.pick([1, 2]))]
    policies = ["hold", "zero", "reject"]
    gate = {"id": "g", "label": "Recevable", "require": author.condition(), "if_missing": author.pick(policies)}
    ties: list[Any] = [author.pick(names), {"fact": author.number(), "prefer": "lowest"}, {"draw": "graine"}]
    return {
        "language": "1",
        "call": {"title": "Appel", "edition": "essai", "authority": "Comité"},
        "waves": [{"id": "v", "closes": CLOSES}],
        "facts": DECLARED,
        "computed": computed,
        "parameters": parameters,
        "eligibility": [gate] if author.chance(3) else [],
        "criteria": criteria,
        "ranking": {"ties": author.some(ties)},
        "selection": author.selection(names),
    }


@st.composite
def written_candidatures(draw: st.DrawFn, *, complete: bool = True) -> Data:
    """Draw what one candidature writes under `complements`, and the marks that assessors gave it, by subject."""
    author = Author(draw)
    written: Data = {
        name: author.pick(options) for name, options in WRITTEN.items() if complete or not author.chance(4)
    }
    if complete or not author.chance(4):
        written["pieces"] = author.some(WORDS)
    marks = [author.pick(["0", "1", "2.5", "5"]) for _ in range(author.pick([1, 2, 3, 4]))]
    heard = {
        subject: marks[place:] or marks for place, subject in enumerate(SUBJECTS) if complete or not author.chance(4)
    }
    return {"written": written, "heard": heard}
