#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "majority judgment has one winner for one table of grades, whichever library counts it"
python_packages whalrus==0.4.6 click==8.5.1 numpy==2.3.5 pyparsing==3.3.3 toolz==1.2.0 votelib==0.4.0 pref_voting==1.18.2 \
    numba==0.62.1 llvmlite==0.45.1 networkx==3.6.1 scipy==1.17.1 matplotlib==3.11.2 cycler==0.12.1 fonttools==4.68.0 \
    kiwisolver==1.5.1 packaging==26.4 pillow==13.0.0 python-dateutil==4.0.0 pandas==3.1.1 tabulate==0.9.0 filelock==3.32.7 \
    ortools==9.15.6755 contourpy==1.3.3
happens env/bin/python -W ignore - <<'PY'
from collections import Counter

from pref_voting.grade_methods import majority_judgement
from pref_voting.grade_profiles import GradeProfile
from votelib.evaluate.cardinal import MajorityJudgment
from whalrus import RuleMajorityJudgment, ScaleRange

TABLES = [((0, 1, 1, 3, 4), (1, 1, 1, 2, 3)), ((0, 0, 2, 3, 3), (0, 1, 2, 2, 3))]
for of_a, of_b in TABLES:
    assessors = [{"A": a, "B": b} for a, b in zip(of_a, of_b)]
    print("grades of A", of_a, "and of B", of_b, "from 0 to 4")
    print("  pref_voting:", *majority_judgement(GradeProfile(assessors, list(range(5)))))
    print("  whalrus:", *sorted(RuleMajorityJudgment(assessors, scale=ScaleRange(0, 4)).cowinners_))
    ballots = Counter(frozenset(grades.items()) for grades in assessors)
    print("  votelib:", *MajorityJudgment().evaluate(ballots, 1))
PY
seen <<'END'
grades of A (0, 1, 1, 3, 4) and of B (1, 1, 1, 2, 3) from 0 to 4
  pref_voting: A B
  whalrus: B
  votelib: A
grades of A (0, 0, 2, 3, 3) and of B (0, 1, 2, 2, 3) from 0 to 4
  pref_voting: A B
  whalrus: A
  votelib: B
END
