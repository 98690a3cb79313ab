#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a rule of participatory budgeting goes on funding while a project still fits what is left"
python_packages pabutools==1.2.3 numpy==2.4.6 natsort==8.4.0 gmpy2==2.3.2 PuLP==3.3.2 preflibtools==2.0.33
happens env/bin/python -W ignore - <<'PY'
from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, Project
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

COSTS = {"a": 60, "b": 30, "c": 25, "d": 25}
VOTES = ["ab", "ab", "a", "cd", "c", "d"]
for limit in (100, 110, 120):
    projects = {name: Project(name, cost) for name, cost in COSTS.items()}
    instance = Instance(projects.values(), budget_limit=limit)
    profile = ApprovalProfile([ApprovalBallot(projects[name] for name in vote) for vote in VOTES], instance=instance)
    rules = {"greedy": greedy_utilitarian_welfare, "equal shares": method_of_equal_shares}
    print(f"budget {limit}")
    for title, rule in rules.items():
        chosen = rule(instance, profile, sat_class=Cost_Sat)
        print(f"  {title}: {sorted(map(str, chosen))}, {limit - int(sum(one.cost for one in chosen))} left")
    chosen = sequential_phragmen(instance, profile)
    print(f"  Phragmén: {sorted(map(str, chosen))}, {limit - int(sum(one.cost for one in chosen))} left")
PY
seen <<'END'
budget 100
  greedy: ['a', 'b'], 10 left
  equal shares: ['b', 'c'], 45 left
  Phragmén: ['b', 'c', 'd'], 20 left
budget 110
  greedy: ['a', 'b'], 20 left
  equal shares: ['b', 'c'], 55 left
  Phragmén: ['b', 'c', 'd'], 30 left
budget 120
  greedy: ['a', 'b', 'c'], 5 left
  equal shares: ['a', 'c', 'd'], 10 left
  Phragmén: ['b', 'c', 'd'], 40 left
END
