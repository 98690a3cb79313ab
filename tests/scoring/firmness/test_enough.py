"""What a place depends on where the budget is enough for all: whether the demands still are within it."""

from __future__ import annotations

from typing import Final

from tests.scoring.building import policy
from tests.scoring.firmness.test_told import RETAINS, asking, judged, one, said

from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Firmness, Standing
from ami_scoring.scoring.firmness import Unread, with_firmness
from ami_scoring.scoring.marks import Contenders
from ami_scoring.scoring.places import rank, select
from ami_scoring.scoring.words import named_threats

BARRED: Final = f"minimum: 50, {RETAINS}"
LOW: Final = asking("LOW", 20, "ZAR", 30)
EXCEEDS: Final = "peut porter les demandes au-delà du budget"


def test_who_is_under_the_minimum_depends_on_another_version_that_asks_for_more_whatever_its_points() -> None:
    versions = [asking("V1", 60, "ZAR", 70, owner="V"), asking("V2", None, "ZAR", 71, owner="V", day=2, high=10)]
    told, cut = judged(BARRED, LOW, *versions)
    assert told["LOW"].firmness is Firmness.PROVISIONAL
    assert said(told["LOW"]) == [f"V2 : cette autre version {EXCEEDS}"]
    assert named_threats(told["LOW"]) == "V2"
    assert said(told["V1"])[0] == "V2 : cette version plus récente compte à sa place"
    assert cut.unsettled == ("V1",)


def test_who_is_under_the_minimum_and_may_be_replaced_cannot_fall_under_it_again() -> None:
    versions = [asking("V1", 20, "ZAR", 70, owner="V"), asking("V2", None, "ZAR", 80, owner="V", day=2, high=90)]
    told, _ = judged(BARRED, LOW, *versions)
    assert said(told["V1"]) == ["V2 : cette version plus récente compte à sa place"]
    assert named_threats(told["V1"]) == "V2"


def test_another_version_that_asks_for_no_more_takes_no_place_by_it() -> None:
    versions = [asking("V1", 60, "ZAR", 70, owner="V"), asking("V2", None, "ZAR", 9, owner="V", day=2, high=90)]
    told, _ = judged(BARRED, LOW, *versions)
    assert told["LOW"].firmness is Firmness.FIRM


def test_a_file_that_nobody_can_read_may_ask_for_more_than_is_left() -> None:
    told, _ = judged(BARRED, LOW, unread=(Unread(None, "x.yaml"),))
    assert said(told["LOW"]) == [f"x.yaml : la candidature de ce fichier illisible, une fois lue, {EXCEEDS}"]


def test_a_version_refused_today_may_ask_for_more_once_it_is_completed() -> None:
    known, refused = asking("V1", 60, "ZAR", 70), one("V2", 0).entry
    told, _ = _among([LOW, known], [Contenders([LOW]), Contenders([known], refused)])
    assert said(told["LOW"]) == [
        f"V2 : cette version plus récente, inéligible aujourd'hui, {EXCEEDS} une fois complétée"
    ]


def test_beyond_twelve_the_versions_that_may_ask_for_more_are_counted() -> None:
    rows = [
        asking(f"V{place:02}{word}", total, "ZAR", ask, owner=str(place), day=day, high=9)
        for place in range(14)
        for word, total, ask, day in (("", 60, 1, 1), ("b", None, 2, 2))
    ]
    told, _ = judged(BARRED, asking("LOW", 20, "ZAR", 80), *rows)
    assert (len(told["LOW"].threats), told["LOW"].others) == (12, 2)


def test_no_last_total_is_told_where_all_are_retained() -> None:
    told, _ = judged(BARRED, LOW, asking("B", None, "ZAR", 30, low=0, high=90))
    assert said(told["B"]) == ["de 0 à 90 points possibles"]


def _among(rows: list[Scored], contenders: list[Contenders]) -> tuple[dict[str, Standing], Cut]:
    criteria = policy(f"selection: {{{BARRED}}}")
    standings, cut = select(rank(rows, criteria.ranking), criteria, None)
    told, cut = with_firmness(standings, cut, criteria, contenders=contenders)
    return {each.entry.reference: each for each in told}, cut
