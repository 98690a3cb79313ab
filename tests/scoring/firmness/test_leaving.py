"""A later version that may turn out ineligible may take the whole project away: others may then have its place."""

from __future__ import annotations

from tests.scoring.building import policy
from tests.scoring.firmness.test_told import one

from ami_scoring.domain.facts import MISSING
from ami_scoring.domain.standings import Firmness
from ami_scoring.scoring.firmness import with_firmness
from ami_scoring.scoring.marks import counting_versions
from ami_scoring.scoring.places import rank, select

GATED = """
facts: [{name: ok, type: boolean, label: Accord}]
eligibility: [{id: ok, label: Accord, require: {fact: complements.ok, is: oui}}]
selection: {places: 1}
"""


def test_a_place_is_possible_where_a_later_version_of_the_first_may_be_ineligible() -> None:
    criteria = policy(GATED)
    agreed, unknown = {"complements.ok": True}, {"complements.ok": MISSING}
    first = one("V1", 90, owner="V", values=agreed)
    later = one("V2", 95, owner="V", day=2, pending=True, values=unknown)
    counting = counting_versions([first, later, one("B", 50, values=agreed)], [], criteria)
    standings, cut = select(rank(counting.kept, criteria.ranking), criteria, None)
    told, _ = with_firmness(standings, cut, criteria, contenders=counting.contenders)
    assert [each.firmness for each in told] == [Firmness.PROVISIONAL, Firmness.POSSIBLE]
