"""Why a candidature has no place: every way to miss one, told with names and figures that are true of its own case."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .door import Ami, Write

POLICY = """\
language: 1
call: {{title: Appel d'essai, edition: essai, authority: Comité}}
waves: [{{id: v1, closes: 2024-06-30}}]
facts:
  - {{name: note, type: decimal, label: Note, minimum: 0, maximum: 100}}
  - {{name: age, type: integer, label: Âge, minimum: 0, maximum: 99, unit: ans}}
  - {{name: cout, type: money, label: Coût, minimum: 0, maximum: 1000}}
  - {{name: zone, type: choice, label: Zone, choices: [a, b]}}
criteria:
  - {{id: note, label: Note, weight: 100, rule: {{kind: per_unit, fact: complements.note, points: 1, count: exact}}}}
ranking: {{ties: {ties}}}
selection: {selection}
"""
ASKED = "ask: complements.cout"
ZONE_B = "{label: zone b, when: {fact: complements.zone, is: b}, at_least: 1}"


@dataclass(frozen=True)
class Way:
    """A way to miss a place: what is decided, who applies (reference → facts), and what each must be told."""

    selection: str
    given: dict[str, str]
    told: dict[str, str]
    ties: str = "[]"
    also: dict[str, str] = field(default_factory=dict)


WAYS = {
    "totaux plus élevés": Way(
        "{places: 1}", {"A": "note: 50", "B": "note: 40"}, {"B": "la place est pourvue par un total plus élevé"}
    ),
    "tirage au sort": Way(
        "{places: 1}",
        {"A": "note: 50", "B": "note: 50"},
        {"A": "la place est pourvue ; même total que B, que le tirage au sort place devant"},
        ties="[{draw: graine}]",
    ),
    "départage par une donnée": Way(
        "{places: 1}",
        {"A": "note: 50, age: 40", "B": "note: 50, age: 1"},
        {"B": "la place est pourvue ; même total que A, placée devant par « Âge » (40 ans, contre 1 an)"},
        ties="[{fact: complements.age, prefer: highest}]",
    ),
    "départage par un critère": Way(
        "{places: 2, reserve: 1}",
        {"A": "note: 50, age: 3", "B": "note: 50, age: 2", "C": "note: 50, age: 1", "D": "note: 50, age: 0"},
        {
            "D": (
                "les 2 places et la réserve sont pourvues ; même total que C, "
                "placée devant par « Âge » (1 an, contre 0 an)"
            )
        },
        ties="[note, {fact: complements.age, prefer: highest}]",
    ),
    "égalité à la limite": Way(
        "{places: 1}",
        {"A": "note: 50", "B": "note: 50", "C": "note: 40"},
        {
            "A": "2 candidatures à égalité pour la dernière place : à départager",
            "C": "la place est pourvue ou à départager",
        },
    ),
    "partage arrêté à une égalité": Way(
        f"{{budget: {{amount: 60, {ASKED}}}}}",
        {"A": "note: 90, cout: 10", "B": "note: 50, cout: 40", "C": "note: 50, cout: 30", "D": "note: 40, cout: 10"},
        {
            "B": "2 candidatures à égalité pour les 50 qui restent sur le budget : à départager",
            "D": "la répartition s'est arrêtée à l'égalité de B et C, à départager",
        },
    ),
    "partage arrêté à des égales trop chères": Way(
        f"{{budget: {{amount: 60, {ASKED}}}}}",
        {"B": "note: 50, cout: 70", "C": "note: 50, cout: 80", "D": "note: 40, cout: 10"},
        {
            "B": "demande 70, il reste 60 sur le budget",
            "D": "la répartition s'est arrêtée à B et C, qui demandent chacune plus que le reste",
        },
    ),
    "partage arrêté à une seule": Way(
        f"{{budget: {{amount: 60, {ASKED}}}}}",
        {"B": "note: 50, cout: 70", "D": "note: 40, cout: 10"},
        {
            "B": "demande 70, il reste 60 sur le budget",
            "D": "la répartition s'est arrêtée à B, qui demande plus que le reste",
        },
    ),
    "place garantie impossible à payer": Way(
        f"{{budget: {{amount: 9, {ASKED}}}, places: 3, quotas: [{ZONE_B}]}}",
        {"A2": "note: 8, cout: 12, zone: a", "D1": "note: 4, cout: 10, zone: b"},
        {
            "A2": "demande 12, il reste 9 sur le budget",
            "D1": "place garantie (zone b) impossible à payer : demande 10, il restait 9 sur le budget",
        },
    ),
    "place prise par une moins bien classée": Way(
        f"{{places: 1, quotas: [{ZONE_B}]}}",
        {"A": "note: 90, zone: a", "B": "note: 10, zone: b"},
        {"A": "la place est pourvue"},
    ),
    "place prise par une moins bien classée d'une autre enveloppe": Way(
        (
            f"{{places: 2, budget: {{amount: 20, {ASKED}, when_short: skip, envelopes: "
            "[{label: a, when: {fact: complements.zone, is: a}, amount: 10, spill: oui}]}}"
        ),
        {
            "A1": "note: 90, zone: a, cout: 3",
            "A2": "note: 80, zone: a, cout: 9",
            "B1": "note: 70, zone: b, cout: 1",
        },
        {"A2": "les 2 places sont pourvues"},
    ),
    "quota plein": Way(
        "{places: 2, quotas: [{label: zone a, when: {fact: complements.zone, is: a}, at_most: 1}]}",
        {"A": "note: 90, zone: a", "B": "note: 80, zone: a", "C": "note: 10, zone: b"},
        {"B": "quota atteint : zone a"},
    ),
    "sous le minimum": Way(
        "{places: 2, minimum: 50}", {"A": "note: 49.5"}, {"A": "total de 49,5 inférieur au minimum de 50"}
    ),
    "au minimum, qu'il faut dépasser": Way(
        "{places: 2, minimum: {at_least: 50, strict: oui}}",
        {"A": "note: 50", "B": "note: 51"},
        {"A": "total de 50 : il faut plus que le minimum de 50"},
    ),
    "sous un seuil": Way(
        "{places: 2, thresholds: [{criterion: note, at_least: 50, strict: oui}]}",
        {"A": "note: 50"},
        {"A": "« Note » : 50 points, il en faut plus de 50"},
    ),
    "aucune place": Way("{places: 0}", {"A": "note: 50"}, {"A": "aucune place n'est à pourvoir"}),
}


def ranked(way: Way, ami: Ami, write: Write) -> dict[str, dict[str, Any]]:
    """Score the candidatures of a way, and give the JSON of each by its reference."""
    write("criteria.yaml", POLICY.format(ties=way.ties, selection=way.selection))
    for place, (reference, facts) in enumerate(way.given.items()):
        write(
            f"candidatures/{reference}.yaml",
            f"reference: {reference}\ndepose_le: 2024-06-01\nporteur: {{nom: Commune {place}}}\n"
            f"implantation: {{communes: [{{code_insee: '0900{place}', nom: Essai}}]}}\ncomplements: {{{facts}}}\n",
        )
    ran = ami("score", "candidatures", "-o", "r.json")
    assert ran.code == 0, ran.said
    return {one["reference"]: one for one in json.loads(Path("r.json").read_text(encoding="utf-8"))["ranking"]}


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("name", WAYS)
def test_every_way_to_miss_a_place_has_its_own_reason(name: str, ami: Ami, write: Write) -> None:
    way = WAYS[name]
    found = ranked(way, ami, write)
    told = {reference: spaced(" ; ".join(found[reference]["reasons"])) for reference in way.told}
    assert told == way.told
    assert not any(found[reference]["status"] == "retenue" for reference in way.told)
    for one in found.values():
        _check_what_is_named(one, found)


def _check_what_is_named(one: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    """Check a reason against the totals, the ranks and the demands of those that it is about."""
    said = " ; ".join(one["reasons"])
    served = [each["total"] for each in found.values() if each["status"] in {"retenue", "réserve"}]
    if "plus élevé" in said:
        assert min(served) > one["total"]
    for reference in re.findall(r"même total que ([^,]+),", said):
        assert (found[reference]["total"], found[reference]["rank"] < one["rank"]) == (one["total"], True)
    for names in re.findall(r"l'égalité de (.+),", said):
        assert len({found[reference]["total"] for reference in names.split(" et ")}) == 1
    for asked, left in re.findall(r"demande (\d+), il res\w+ (\d+)", said):
        assert int(asked) > int(left)


@pytest.mark.parametrize("suffix", ["md", "tsv", "csv", "txt"])
def test_totals_that_differ_never_look_the_same(suffix: str, ami: Ami, write: Write) -> None:
    close = {"A": "note: 60.0010", "B": "note: 60", "C": "note: 59.9970", "D": "note: 59.9960"}
    found = ranked(Way("{places: 2, reserve: 1}", close, {}), ami, write)
    assert [found[reference]["total"] for reference in "ABCD"] == [60.001, 60, 59.997, 59.996]
    ami("score", "candidatures", "-o", f"r.{suffix}")
    shown = Path(f"r.{suffix}").read_text(encoding="utf-8").replace(".", ",")
    assert [total for total in ("60,001", "60,000", "59,997", "59,996") if total not in shown] == []


def test_a_budget_alone_has_no_number_of_places(ami: Ami, write: Write) -> None:
    ranked(Way(f"{{budget: {{amount: 60, {ASKED}}}}}", {"A": "note: 60, cout: 5"}, {}), ami, write)
    cut = json.loads(Path("r.json").read_text(encoding="utf-8"))["cut"]
    assert (cut["places"], cut["places_left"], cut["selected"]) == (None, None, 1)


def test_a_division_by_zero_names_what_is_not_worked_out_and_what_is_zero(ami: Ami, write: Write) -> None:
    computed = "computed: [{name: part, label: Note par euro, ratio: {of: complements.note, to: complements.cout}}]"
    rule = "{kind: per_unit, fact: calculs.part, points: 1, at_most: 100}"
    policy = POLICY.format(ties="[]", selection="{places: 1}").replace("criteria:", f"{computed}\ncriteria:")
    ranked(Way("{places: 1}", {"A": "note: 60, cout: 0"}, {}), ami, write)
    write("criteria.yaml", re.sub("rule: {.*}", f"rule: {rule}}}", policy))
    ami("score", "candidatures", "-o", "r.md")
    said = spaced(Path("r.md").read_text(encoding="utf-8"))
    assert "« Note par euro » ne se calcule pas : « Coût » vaut 0, et on ne divise pas par zéro" in said


def test_a_deposit_after_a_closing_by_some_seconds_is_told_with_its_seconds(ami: Ami, write: Write) -> None:
    ranked(Way("{places: 1}", {"A": "note: 60"}, {}), ami, write)
    policy = POLICY.format(ties="[]", selection="{places: 1}")
    write("criteria.yaml", policy.replace("2024-06-30", "2024-06-01T12:00:00+02:00"))
    text = Path("candidatures/A.yaml").read_text(encoding="utf-8")
    write("candidatures/A.yaml", text.replace("2024-06-01", "2024-06-01T12:00:30+02:00"))
    ami("score", "candidatures", "-o", "r.md")
    said = spaced(Path("r.md").read_text(encoding="utf-8"))
    assert "à 12 h 00 min 30 s, après la clôture du 1er juin 2024 à 12 h 00 min 00 s (v1)" in said


def test_a_minimum_to_exceed_is_told_as_such_everywhere(ami: Ami, write: Write) -> None:
    way = Way("{places: 2, minimum: {at_least: 50, strict: oui}}", {"A": "note: 50", "B": "note: 50.01"}, {})
    found = ranked(way, ami, write)
    assert {reference: one["status"] for reference, one in found.items()} == {"A": "non retenue", "B": "retenue"}
    ami("score", "candidatures", "-o", "r.md", "-o", "r.txt", "-o", "r.xlsx")
    assert "total minimal : plus de 50,00" in Path("r.md").read_text(encoding="utf-8")
    assert "minimum : plus de 50 points" in spaced(Path("r.txt").read_text(encoding="utf-8"))
    explained = spaced(ami("explain", "candidatures", "A").out)
    assert "· Note : « Note » : plus de 50\n" in explained


def test_on_screen_whoever_misses_a_threshold_above_others_who_stay_reads_why(ami: Ami, write: Write) -> None:
    """Where the committee decides of all, some of those who stay in come after one who does not: rank says nothing."""
    floor = "{label: zone b, when: {fact: complements.zone, is: b}, at_least: 60}"
    selection = f"{{decides_from: never, floors: [{floor}]}}"
    ranked(Way(selection, {"A": "note: 50, zone: b", "B": "note: 40, zone: a"}, {}), ami, write)
    shown = spaced(ami("score", "candidatures", "-f", "table").out)
    assert shown.index("non retenue") < shown.index("↳ total de 50 inférieur au minimum de 60 (zone b)")


def test_what_is_worked_out_is_asked_for_by_what_the_applicant_owes(ami: Ami, write: Write) -> None:
    computed = "computed: [{name: part, label: Note par euro, ratio: {of: complements.note, to: complements.cout}}]"
    rule = "{kind: per_unit, fact: calculs.part, points: 1, at_most: 100}"
    policy = POLICY.format(ties="[]", selection="{places: 1}").replace("criteria:", f"{computed}\ncriteria:")
    ranked(Way("{places: 1}", {"A": "note: 60"}, {}), ami, write)
    write("criteria.yaml", re.sub("rule: {.*}", f"rule: {rule}}}", policy))
    ami("score", "candidatures", "-o", "r.json")
    (one,) = json.loads(Path("r.json").read_text(encoding="utf-8"))["ranking"]
    assert [spaced(reason) for reason in one["reasons"]] == ["manque : « Coût »"]
