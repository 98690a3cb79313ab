#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "projects that tie are funded in the order given, or the tie is told; their numbers decide nothing"
python_packages pabutools==1.2.3 numpy==2.4.6 natsort==8.4.0 gmpy2==2.3.2 PuLP==3.3.2 preflibtools==2.0.33
happens env/bin/python -W ignore - <<'PY'
from fractions import Fraction

from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, Project
from pabutools.rules import greedy_utilitarian_welfare, sequential_phragmen


def funded(numbers, costs, limit, ballots):
    projects = [Project(number, cost) for number, cost in zip(numbers, costs)]
    instance = Instance(projects, budget_limit=limit)
    profile = ApprovalProfile([ApprovalBallot(projects[place] for place in ballot) for ballot in ballots], instance=instance)
    greedy = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat)
    phragmen = sequential_phragmen(instance, profile)
    return [", ".join(map(str, sorted(map(str, chosen)))) for chosen in (greedy, phragmen)]


print("three projects of 40, one voter each, a budget of 80")
for numbers in (("7", "8", "9"), ("8", "9", "10"), ("D-09", "D-08", "D-07")):
    print(f"  numbered {', '.join(numbers)}: greedy funds {' | Phragmén '.join(funded(numbers, [40] * 3, 80, [[0], [1], [2]]))}")
print("three projects of a tenth of a million, all approved, a budget of three tenths")
for tenth, limit in ((0.1, 0.3), (Fraction(1, 10), Fraction(3, 10))):
    greedy, phragmen = funded(("7", "8", "9"), [tenth] * 3, limit, [[0, 1, 2]] * 2)
    print(f"  as {type(tenth).__name__}: greedy funds {greedy} | Phragmén {phragmen}")
PY
seen <<'END'
three projects of 40, one voter each, a budget of 80
  numbered 7, 8, 9: greedy funds 7, 8 | Phragmén 7, 8
  numbered 8, 9, 10: greedy funds 10, 8 | Phragmén 10, 8
  numbered D-09, D-08, D-07: greedy funds D-07, D-08 | Phragmén D-07, D-08
three projects of a tenth of a million, all approved, a budget of three tenths
  as float: greedy funds 7, 8 | Phragmén 7, 8
  as Fraction: greedy funds 7, 8, 9 | Phragmén 7, 8, 9
END
