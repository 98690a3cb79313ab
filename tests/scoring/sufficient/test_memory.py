"""What rules give is remembered by the values of their facts, those that cannot be compared apart."""

from __future__ import annotations

from tests.scoring.building import POLICY, read

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.messages import Message
from ami_scoring.scoring.sufficient.memory import Memory

CRITERIA = Criteria.model_validate(read(POLICY))
UNREAD = Missing(why=Message("{what} est refusé", {"what": "ceci"}))


def test_what_a_rule_gives_is_worked_out_once_for_the_same_facts() -> None:
    memory, rule = Memory(CRITERIA), CRITERIA.leaves[1].rule
    assert rule is not None
    values: dict[str, Value] = {"locaux.bureaux": 1}
    first = memory.outcomes(rule, values, ("locaux.bureaux",))((3,))
    assert first.points == 30
    assert memory.outcomes(rule, values, ("locaux.bureaux",))((3,)) is first


def test_a_fact_missing_for_a_reason_of_its_own_is_worked_out_each_time() -> None:
    memory, rule = Memory(CRITERIA), CRITERIA.leaves[1].rule
    assert rule is not None
    assert memory.outcomes(rule, {"locaux.bureaux": 1}, ("locaux.bureaux",))((UNREAD,)).missing == ("locaux.bureaux",)
    assert memory.outcomes(rule, {"locaux.bureaux": UNREAD}, ())(()).missing == ("locaux.bureaux",)
