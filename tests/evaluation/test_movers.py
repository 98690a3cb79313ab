"""Who is named where a mark by comparison may move: those whose own files are open, not those whose marks they move."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from tests.scoring.building import plain

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.facts import MISSING
from ami_scoring.domain.standings import Cut, Firmness, Standing
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.evaluation.policy import Policy
from ami_scoring.evaluation.run import results
from ami_scoring.scoring.sufficient import Retrial
from ami_scoring.scoring.words import depends_on, named_threats
from ami_scoring.sources.doors.room import Loaded

POLICY = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
waves: [{id: v1, closes: 2022-09-30}]
facts: [{name: emplois, type: integer, label: Emplois, minimum: 0, maximum: 100}]
eligibility: [{id: type, label: Un porteur connu, require: {fact: porteur.type, in: [commune, epci]}}]
total: 60
criteria:
  - id: emplois
    label: Emplois
    weight: 60
    rule: {kind: relative, fact: complements.emplois, best: highest, RULE}
selection: {places: 1}
"""
RANKS = "by_rank: [60, 40, 20], within: porteur.type"
SHARES = "points: 60"
ORIGIN = Origin("dossier.yaml", "0" * 64)
Offer = tuple[str, int | None, str | None]


def evaluated(rule: str, offers: Sequence[Offer], places: int = 1) -> Evaluation:
    """Evaluate candidatures, each by its reference, its jobs and the kind of its applicant."""
    text = POLICY.replace("RULE", rule).replace("places: 1", f"places: {places}")
    criteria = Criteria.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - builds plain data only
    entries = []
    for name, jobs, kind in offers:
        said = {"reference": name, "depose_le": "2022-09-01", "implantation": {"communes": [{"code_insee": "09001"}]}}
        said["porteur"] = {"nom": f"Porteur {name}", **({} if kind is None else {"type": kind})}
        said["complements"] = {} if jobs is None else {"emplois": str(jobs)}
        entries.append(Entry(Candidature.model_validate(said), ORIGIN))
    found, cut, _ = results(Policy(criteria, {"v1": NO_ZONING}, ORIGIN, (), ()), Loaded(entries=entries))
    return Evaluation(criteria, None, found, (), cut, (), Provenance("", ORIGIN, (), ()))


def judged(rule: str, offers: Sequence[Offer], places: int = 1) -> tuple[dict[str, Standing], Cut]:
    made = evaluated(rule, offers, places)
    return {each.entry.reference: each for each in made.standings}, made.cut


def said(standing: Standing) -> list[str]:
    return [plain(each) for each in depends_on(standing)]


def test_a_place_by_comparison_depends_on_the_file_that_is_open() -> None:
    told, cut = judged(RANKS, [("A", 60, "commune"), ("B", 50, "commune"), ("D", None, "commune")])
    assert told["A"].firmness is Firmness.PROVISIONAL
    assert said(told["A"]) == [
        "selon ce que D apporte au groupe comparé, son total peut descendre de 60 à 40 points",
        "D : une fois complétée (« Emplois »), il lui faut 40 points ou plus, selon le départage (de 0 à 60 possibles)",
        "B : selon ce que D apporte au groupe comparé, elle peut la rejoindre, à 40 points, et le départage décide",
    ]
    assert named_threats(told["A"]) == "D"
    assert cut.unsettled == ("D",)


@pytest.mark.parametrize("rule", [RANKS, SHARES])
def test_one_that_cannot_pass_moves_nothing(rule: str) -> None:
    told, _ = judged(rule, [("A", 60, "commune"), ("F", 50, None)])
    assert told["A"].card.low == told["A"].card.high == 60
    assert [threat.movers for threat in told["A"].threats] in ([], [()])


def test_one_of_unknown_kind_may_come_into_every_pool() -> None:
    told, cut = judged(RANKS, [("A", 60, "commune"), ("B", 50, "commune"), ("F", 90, None), ("G", 55, None)])
    assert said(told["B"])[0].startswith("selon ce que F et G apportent au groupe comparé, de 0 à 40 points")
    assert said(told["A"])[0].startswith("selon ce que F apporte au groupe comparé, ")
    assert set(cut.unsettled) == {"F", "G"}


def test_a_rival_whose_file_is_closed_is_told_with_those_who_move_it() -> None:
    told, _ = judged(SHARES, [("A", 60, "commune"), ("B", 59, "commune"), ("D", None, "epci")])
    threats = {threat.reference: threat.movers for threat in told["A"].threats}
    assert threats == {"A": ("D",), "D": (), "B": ("D",)}
    assert any(each.startswith("B : selon ce que D apporte au groupe comparé, ") for each in said(told["A"]))
    assert named_threats(told["A"]) == "D"


def test_a_rival_that_is_moved_too_passes_only_where_the_other_falls() -> None:
    offers: list[Offer] = [("A", 60, "epci"), ("B", 50, "commune"), ("C", 70, "commune"), ("D", None, "commune")]
    offers += [(f"E{place}", None, "epci") for place in range(3)]
    told, _ = judged("by_rank: [60, 59, 40, 10], within: porteur.type", offers, places=2)
    needs = {threat.reference: plain(threat.need) for threat in told["A"].threats}
    assert needs["B"] == (
        "selon ce que D apporte au groupe comparé, elle a 40 à 59 points, et passe devant si l'autre total descend à 10"
    )


def test_an_answer_that_changes_is_compared_again() -> None:
    offers: list[Offer] = [("A", 60, "commune"), ("B", 50, "commune"), ("C", 40, "epci"), ("D", None, "epci")]
    for rule, (jobs, kind) in product((RANKS, SHARES), product((None, 0, 45, 50, 55, 60, 90), ("commune", "epci"))):
        changed: list[Offer] = [("B", jobs, kind) if offer[0] == "B" else offer for offer in offers]
        expected = judged(rule, changed)[0]["B"].card.marks["emplois"].points
        made = evaluated(rule, offers)
        (one,) = (each for each in made.standings if each.entry.reference == "B")
        changes = {"complements.emplois": MISSING if jobs is None else jobs, "porteur.type": kind}
        assert Retrial(made, one).card(changes).marks["emplois"].points == expected


def test_one_whose_pool_is_unknown_has_no_rank_there() -> None:
    told, _ = judged(RANKS, [("A", 60, "commune"), ("F", 50, None)])
    assert told["F"].card.values["groupe.rang.highest.complements.emplois"] is MISSING


def test_one_whose_own_answer_is_missing_is_told_by_it_though_others_move_its_mark() -> None:
    rule = """points: 60}
  - id: bureaux
    label: Bureaux
    weight: 5
    bonus: oui
    if_missing: zero
    rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 5"""
    told, _ = judged(rule, [("A", 60, "commune"), ("B", 58, "commune"), ("D", None, "commune")])
    assert {threat.reference: threat.movers for threat in told["A"].threats} == {"A": (), "B": (), "D": ()}
