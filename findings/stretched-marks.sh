#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a median of marks takes the marks as they are given: another unit for all, or one more candidature, changes no winner"
python_packages whalrus==0.4.6 click==8.5.1 numpy==2.4.6 pyparsing==3.3.3 toolz==1.2.0
happens env/bin/python -W ignore - <<'PY'
from whalrus import RuleMajorityJudgment, RuleRangeVoting, ScaleInterval

GIVEN = [{"A": 12, "B": 11}, {"A": 10, "B": 14}, {"A": 13, "B": 12}]
LAST = [{**marks, "C": third} for marks, third in zip(GIVEN, (20, 0, 5))]


def told(name, rule):
    medians = {one: round(float(score[0]), 3) for one, score in sorted(rule.scores_.items())}
    print(f"{name}: medians {medians}, first {sorted(rule.cowinners_)}")


print("three assessors, marks out of 20:", *GIVEN)
told("majority judgment, as given       ", RuleMajorityJudgment(GIVEN))
told("the same marks, all divided by 20 ", RuleMajorityJudgment([{one: mark / 20 for one, mark in marks.items()} for marks in GIVEN]))
told("the same, said to be out of 20  ", RuleMajorityJudgment(GIVEN, scale=ScaleInterval(0, 20)))
told("as given, with C: 20, 0 and 5     ", RuleMajorityJudgment(LAST))
print("range voting, averages as given:", {one: round(float(score), 3) for one, score in sorted(RuleRangeVoting(GIVEN).scores_.items())})
PY
seen <<'END'
three assessors, marks out of 20: {'A': 12, 'B': 11} {'A': 10, 'B': 14} {'A': 13, 'B': 12}
majority judgment, as given       : medians {'A': 1.0, 'B': 0.0}, first ['A']
the same marks, all divided by 20 : medians {'A': 0.6, 'B': 0.6}, first ['A', 'B']
the same, said to be out of 20  : medians {'A': 12.0, 'B': 12.0}, first ['A', 'B']
as given, with C: 20, 0 and 5     : medians {'A': 0.714, 'B': 0.875, 'C': 0.0}, first ['B']
range voting, averages as given: {'A': 11.667, 'B': 12.333}
END
