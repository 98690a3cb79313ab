"""What is said of each place, and of whom it depends on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.scoring.building import candidature, plain, policy, scored

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Firmness, Standing
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.scoring.firmness import Unread, with_firmness
from ami_scoring.scoring.marks import counting_versions
from ami_scoring.scoring.places import rank, select
from ami_scoring.scoring.words import depends_on, least_rivals, named_threats

ASK = "engagement_financier.montant_total"


def one(reference: str, total: object, *, owner: str = "", day: int = 1, **more: Any) -> Scored:
    made = scored(reference, total, **more)
    text = f"{{reference: {reference}, depose_le: 2022-09-{day:02}, porteur: {{nom: {owner or reference}}}}}"
    return made._replace(entry=made.entry._replace(candidature=candidature(text)))


def judged(selection: str, *candidatures: Scored, unread: tuple[Unread, ...] = ()) -> tuple[dict[str, Standing], Cut]:
    criteria = policy(f"selection: {{{selection}}}")
    counting = counting_versions(candidatures, [], criteria)
    standings, cut = select(rank(counting.kept, criteria.ranking, len(unread)), criteria, None)
    told, cut = with_firmness(standings, cut, criteria, contenders=counting.contenders, unread=unread)
    return {each.entry.reference: each for each in told}, cut


def evaluated(selection: str, told: Mapping[str, Standing], cut: Cut) -> Evaluation:
    criteria, read = policy(f"selection: {{{selection}}}"), Provenance("", Origin("", ""), (), ())
    return Evaluation(criteria, None, tuple(told.values()), (), cut, (), read)


def said(standing: Standing) -> list[str]:
    return [plain(each) for each in depends_on(standing)]


def test_a_place_that_an_incomplete_file_could_take_is_provisional() -> None:
    told, cut = judged("places: 1", one("LOW", 2), one("HIGH", None, low=90, high=100))
    assert told["LOW"].firmness is Firmness.PROVISIONAL
    assert said(told["LOW"]) == ["HIGH : elle passe devant de toute façon, avec 90 à 100 points"]
    assert told["HIGH"].firmness is Firmness.POSSIBLE
    assert said(told["HIGH"]) == ["de 90 à 100 points possibles ; le dernier total retenu est 2"]
    assert cut.unsettled == ("HIGH",)
    assert named_threats(told["LOW"]) == "HIGH"


@pytest.mark.parametrize(
    ("low", "high", "need"),
    [
        (10, 90, "il lui faut 50 points ou plus, selon le départage (de 10 à 90 possibles)"),
        (10, 50, "elle peut la rejoindre, à 50 points, et le départage décide"),
        (60, 60, "à vérifier ; elle passe devant de toute façon, avec 60 points"),
    ],
)
def test_what_a_rival_needs_is_true_of_its_own_case(low: int, high: int, need: str) -> None:
    rival = one("B", 60, pending=True) if low == high else one("B", None, low=low, high=high)
    told, _ = judged("places: 1", one("A", 50), rival)
    assert said(told["A"]) == [f"B : {need}"]


def test_a_place_beyond_all_reach_is_firm_and_one_below_it_impossible() -> None:
    told, cut = judged("places: 1", one("A", 50), one("B", None, low=10, high=49))
    assert (told["A"].firmness, told["B"].firmness) == (Firmness.FIRM, Firmness.IMPOSSIBLE)
    assert (told["A"].threats, cut.unsettled) == ((), ())


def test_an_unreadable_file_may_take_the_last_place() -> None:
    told, cut = judged("places: 2", one("A", 90), one("B", 50), unread=(Unread(None, "x.yaml"), Unread("C", "c.yaml")))
    assert said(told["A"]) == [
        "x.yaml : la candidature de ce fichier illisible, une fois lue, peut passer devant",
        "C : la candidature de ce fichier illisible, une fois lue, peut passer devant",
    ]
    assert cut.unsettled == ("x.yaml", "C")


def test_a_later_version_may_count_instead() -> None:
    first, second = one("V1", 50, owner="X"), one("V2", None, low=0, high=40, owner="X", day=2)
    told, cut = judged("places: 1", first, second, one("B", 45))
    assert said(told["V1"])[0] == "V2 : cette version plus récente compte à sa place"
    assert said(told["B"]) == ["V1 : sa place n'est pas acquise : V2, cette version plus récente compte à sa place"]
    assert cut.unsettled == ("V1",)


def test_one_that_may_end_where_the_committee_deliberates_may_still_have_a_place() -> None:
    rows = one("A", 60), one("B", None, low=5, high=40), one("C", None, low=5, high=9)
    told, cut = judged("places: 1, minimum: 10, decides_from: 50", *rows)
    assert [told[name].firmness for name in "ABC"] == [Firmness.FIRM, Firmness.POSSIBLE, Firmness.IMPOSSIBLE]
    assert said(told["B"]) == ["de 5 à 40 points possibles ; à moins de 50, le comité délibère"]
    assert cut.unsettled == ("B",)


def test_where_every_candidature_that_passes_has_a_place_no_last_total_is_told() -> None:
    told, _ = judged("places: all, minimum: 50", one("A", 60), one("B", None, low=40, high=70))
    assert said(told["B"]) == ["de 40 à 70 points possibles"]


def test_a_place_may_be_lost_where_the_committee_deliberates() -> None:
    told, _ = judged("places: 1, decides_from: 50", one("A", 60, low=30, high=60))
    assert said(told["A"])[0] == "elle peut descendre à moins de 50, où le comité délibère"


def test_a_candidature_that_is_settled_may_still_be_served_first_by_a_quota() -> None:
    values: list[dict[str, Any]] = [{"zonage": MISSING}, {"zonage": "ZIP"}, {"zonage": "ZAC"}]
    rows = [one(name, total, values=each) for name, total, each in zip("ABC", (60, 50, 55), values, strict=True)]
    told, _ = judged("places: 2, quotas: [{label: zip, when: {fact: zonage, is: ZIP}, at_least: 1}]", *rows)
    assert said(told["B"])[0] == ("C : le jeu des quotas peut la servir d'abord, avec 55 points")


def test_what_a_candidature_lacks_may_cost_it_its_own_place() -> None:
    told, cut = judged("places: 1, minimum: 30", one("A", 50, low=20, high=60), one("B", 40))
    assert said(told["A"]) == [
        "elle peut tomber sous un minimum",
        "son total peut descendre de 50 à 20 points",
        "B : elle a 40 points, et passe devant si l'autre total descend à 20",
    ]
    assert named_threats(told["A"]) == "ce qui lui manque et B"
    assert (told["B"].firmness, cut.unsettled) == (Firmness.POSSIBLE, ("A",))


def test_equals_depend_on_the_committee_and_nobody_else() -> None:
    told, cut = judged("places: 1", one("A", 50), one("B", 50), one("C", 40))
    assert [each.firmness for each in told.values()] == [Firmness.POSSIBLE, Firmness.POSSIBLE, Firmness.IMPOSSIBLE]
    assert said(told["A"]) == ["le comité la départage de B"]
    assert (cut.waiting, cut.unsettled) == (("A", "B"), ())


def test_where_the_committee_deliberates_a_place_is_possible() -> None:
    told, _ = judged("decides_from: never, minimum: 45", one("A", 50), one("B", 40), one("C", None, low=10, high=60))
    assert [told[name].firmness for name in "ABC"] == [Firmness.POSSIBLE, Firmness.IMPOSSIBLE, Firmness.POSSIBLE]
    told, _ = judged("places: 2, decides_from: 45", one("A", 50), one("B", 40))
    assert (told["A"].firmness, said(told["B"])) == (Firmness.FIRM, ["le comité délibère sur elle"])


def test_no_place_at_all_is_within_no_reach() -> None:
    told, _ = judged("places: 0", one("A", None, low=0, high=90))
    assert told["A"].firmness is Firmness.IMPOSSIBLE


def test_how_many_rivals_a_place_takes_is_what_is_left_behind_it() -> None:
    rivals = [one(f"R{place}", None, low=0, high=90) for place in range(4)]
    field = [one("A", 80), one("B", 70), one("C", 70), *rivals]
    told, cut = judged("places: 5", *field)
    evaluation = evaluated("places: 5", told, cut)
    assert [least_rivals(evaluation, told[name]) for name in "ABC"] == [5, 3, 3]
    assert [told[name].firmness.name for name in "ABC"] == ["FIRM", "PROVISIONAL", "PROVISIONAL"]


@pytest.mark.parametrize(
    ("selection", "ends"),
    [("places: 1, minimum: 30", {"low": 20, "high": 60}), (f"budget: {{amount: 9, ask: {ASK}}}, places: 1", {})],
    ids=["its own file", "a budget"],
)
def test_no_number_of_rivals_is_told_where_it_is_not_what_decides(selection: str, ends: dict[str, Any]) -> None:
    loser = one("A", 50, values={ASK: Fraction(1)}, **ends)
    told, cut = judged(selection, loser, one("B", None, low=0, high=90, values={ASK: Fraction(1)}))
    assert told["A"].firmness is Firmness.PROVISIONAL
    assert least_rivals(evaluated(selection, told, cut), told["A"]) is None


def test_beyond_a_dozen_threats_are_counted() -> None:
    rivals = [one(f"R{place:02}", None, low=0, high=90) for place in range(15)]
    told, _ = judged("places: 1", one("A", 50), *rivals)
    assert (len(told["A"].threats), told["A"].others) == (12, 3)
    assert said(told["A"])[-1] == "et 3 autres"
    assert named_threats(told["A"]) == "R00, R01, R02 et 12 autres"


def asking(reference: str, total: object, zone: object, ask: object, **more: Any) -> Scored:
    amount = MISSING if ask is None else parse_fraction(str(ask))
    return one(reference, total, values={"zonage": MISSING if zone is None else zone, ASK: amount}, **more)


RETAINS = f"budget: {{amount: 100, ask: {ASK}, when_enough: all}}"
RURAL = "quotas: [{label: rural, when: {fact: zonage, is: ZIP}, LIMIT}]"


@pytest.mark.parametrize(
    ("selection", "rows", "firm"),
    [
        # The place kept for a rural one: 60 has it if the 70 is not.
        (f"places: 2, {RURAL.replace('LIMIT', 'at_least: 1')}", [(90, "ZAR", 0), (70, None, 0), (60, "ZIP", 0)], "FpP"),
        (f"places: 2, {RURAL.replace('LIMIT', 'at_least: 1')}", [(90, "ZIP", 0), (70, None, 0), (60, "ZAR", 0)], "FFp"),
        # The cap of a category, which the unknown one above may fill.
        (f"places: 2, {RURAL.replace('LIMIT', 'at_most: 1')}", [(90, None, 0), (80, "ZIP", 0), (70, "ZAR", 0)], "FPp"),
        (f"places: 3, {RURAL.replace('LIMIT', 'at_most: 1')}", [(90, "ZIP", 0), (80, "ZIP", 0), (70, None, 0)], "F.p"),
        # A budget: what is not asked yet may be all that is left.
        (f"budget: {{amount: 100, ask: {ASK}}}", [(90, "ZAR", 40), (80, "ZAR", None), (70, "ZAR", 10)], "Fpp"),
        (f"budget: {{amount: 100, ask: {ASK}}}", [(90, "ZAR", 40), (80, None, 40)], "FF"),
        (f"budget: {{amount: 100, ask: {ASK}}}", [(90, "ZAR", 140), (80, None, 40)], ".p"),
        # Minimums that hold only when more is asked for than there is: all is within, is beyond, or nobody knows.
        (f"minimum: 50, {RETAINS}", [(90, "ZAR", 40), (20, "ZAR", 60)], "FF"),
        (f"minimum: 50, {RETAINS}", [(90, "ZAR", 40), (20, "ZAR", 61)], "F."),
        (f"minimum: 50, {RETAINS}", [(90, "ZAR", 40), (20, "ZAR", 10), (80, "ZAR", None)], "Fpp"),
        # One that lacks nothing but points asks for as much whatever they are.
        (f"minimum: 50, {RETAINS}", [(90, "ZAR", 40), (20, "ZAR", 20), (None, "ZAR", 50)], "F.."),
    ],
)
def test_quotas_and_budgets_are_bounded(selection: str, rows: list[tuple[int, Any, Any]], firm: str) -> None:
    drawn = [asking(f"R{place}", *row) for place, row in enumerate(rows)]
    open_ = asking("Z", None, "ZAR", 0, low=0, high=1)
    told, _ = judged(selection, *drawn, open_)
    letters = {"FIRM": "F", "PROVISIONAL": "P", "POSSIBLE": "p", "IMPOSSIBLE": "."}
    assert "".join(letters[told[each.entry.reference].firmness.name] for each in drawn) == firm


def test_a_category_not_known_is_among_what_disturbs() -> None:
    rows = [asking("A", 90, None, 0), asking("B", 80, "ZIP", 0), asking("C", 70, "ZAR", 0)]
    told, _ = judged(f"places: 2, {RURAL.replace('LIMIT', 'at_most: 1')}", *rows)
    assert said(told["B"]) == ["A : la part de chacun dans les quotas peut changer"]


def test_only_what_the_call_shares_is_among_what_may_change() -> None:
    part = "{label: R, when: {fact: zonage, is: ZIP}, amount: 40, order: [{fact: locaux.bureaux, prefer: highest}]}"
    rows = [asking("A", 60, "ZIP", 40), asking("B", 50, "ZIP", 40)]
    offices: tuple[Value, Value] = Fraction(5), MISSING
    rows = [
        each._replace(card=each.card._replace(values={**each.card.values, "locaux.bureaux": value}))
        for each, value in zip(rows, offices, strict=True)
    ]
    told, _ = judged(f"budget: {{amount: 100, ask: {ASK}, envelopes: [{part}]}}", *rows)
    assert said(told["A"]) == ["B : la part de chacun dans le budget peut changer"]


def test_a_held_candidature_says_what_decides() -> None:
    rows = [asking("A", 90, "ZAR", 0), asking("B", 80, None, 0), asking("C", 70, "ZIP", 0)]
    told, _ = judged(f"places: 2, {RURAL.replace('LIMIT', 'at_least: 1')}", *rows, asking("D", 10, "ZIP", 0))
    assert said(told["B"])[0].startswith("sa place dépend de ce qui n'est pas renseigné")


def test_an_unreadable_file_may_ask_for_all_of_a_budget() -> None:
    told, _ = judged(f"budget: {{amount: 100, ask: {ASK}}}", asking("A", 90, "ZAR", 1), unread=(Unread(None, "x"),))
    assert told["A"].firmness is Firmness.PROVISIONAL


def test_a_file_or_a_version_that_may_count_may_ask_for_more_than_there_is() -> None:
    rows = [asking("A", 20, "ZAR", 30), asking("B", 60, "ZAR", 30)]
    unread, _ = judged(f"minimum: 50, {RETAINS}", *rows, unread=(Unread(None, "x"),))
    assert {each.firmness for each in unread.values()} == {Firmness.PROVISIONAL}
    versions = [asking("V1", 70, "ZAR", 41, owner="V"), asking("V2", None, "ZAR", 10, owner="V", day=2, low=0, high=90)]
    told, cut = judged(f"minimum: 50, {RETAINS}", *rows, *versions)
    assert cut.versions
    assert told["A"].firmness in {Firmness.PROVISIONAL, Firmness.POSSIBLE}


def test_a_minimum_on_raw_marks_is_a_floor_like_another() -> None:
    short = one("A", None, low=0, high=90, marks={"zonage": 10, "bureaux": 0})
    told, _ = judged("places: 1, minimum_mark: 20", short)
    assert told["A"].firmness is Firmness.IMPOSSIBLE
