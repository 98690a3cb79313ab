#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "the order of the lines of a table of marks changes no rank"
decision_packages
happens env/bin/python -W ignore - <<'PY'
import numpy as np
from pymcdm.methods import PROMETHEE_II

MARKS = {"A": [19, 4, 6], "B": [14, 17, 7], "C": [14, 19, 6], "D": [7, 8, 9]}
method = PROMETHEE_II("usual")
for names in ("ABCD", "DCBA", "BDAC", "CABD"):
    flows = method(np.array([MARKS[name] for name in names], float), np.array([0.5, 0.3, 0.2]), np.array([1, 1, 1]))
    ranks = dict(zip(names, method.rank(flows).tolist()))
    shown = dict(zip(names, flows.tolist()))
    print("lines", names, "->", {name: ranks[name] for name in "ABCD"}, f"flows of B {shown['B']:.4f}, of C {shown['C']:.4f}")
PY
seen <<'END'
lines ABCD -> {'A': 3.0, 'B': 1.0, 'C': 2.0, 'D': 4.0} flows of B 0.1667, of C 0.1667
lines DCBA -> {'A': 3.0, 'B': 2.0, 'C': 1.0, 'D': 4.0} flows of B 0.1667, of C 0.1667
lines BDAC -> {'A': 3.0, 'B': 2.0, 'C': 1.0, 'D': 4.0} flows of B 0.1667, of C 0.1667
lines CABD -> {'A': 3.0, 'B': 1.0, 'C': 2.0, 'D': 4.0} flows of B 0.1667, of C 0.1667
END
