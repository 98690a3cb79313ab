#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a ranking agrees with itself by 1 whichever library measures it, ties or no ties, and one ranking makes one number"
decision_packages pyrepo-mcda==0.1.15
happens env/bin/python -W ignore - <<'PY'
import numpy as np
import pymcdm.correlations as of_pymcdm
import pyrepo_mcda.correlations as of_pyrepo
from pymcdm.helpers import rankdata
from pyrepo_mcda.additions import rank_preferences
from scipy import stats

TOTALS = np.array([14.0, 14.0, 14.0, 12.0, 12.0, 9.0])
BY_PYMCDM, BY_PYREPO = rankdata(TOTALS, reverse=True), rank_preferences(TOTALS, reverse=True)
print("totals", TOTALS.tolist())
print("ranks of pymcdm", BY_PYMCDM.tolist(), "and of pyrepo-mcda", BY_PYREPO.tolist())
KENDALL = {"pymcdm": of_pymcdm.kendall_tau, "pyrepo-mcda": of_pyrepo.kendall, "SciPy": lambda x, y: stats.kendalltau(x, y).statistic}
SPEARMAN = {"pymcdm": of_pymcdm.spearman, "pyrepo-mcda": of_pyrepo.spearman, "SciPy": lambda x, y: stats.spearmanr(x, y).statistic}
for told, first, second in (
    ("a ranking and itself", BY_PYMCDM, BY_PYMCDM),
    ("the same totals ranked by the two", BY_PYMCDM, BY_PYREPO),
    ("all ranked first, then 1 to 6", np.ones(6), np.arange(1.0, 7.0)),
    ("all ranked 3.5, then 1 to 6", np.full(6, 3.5), np.arange(1.0, 7.0)),
):
    print(told)
    for method, of in (("Kendall ", KENDALL), ("Spearman", SPEARMAN)):
        print(" ", method, *(f"{library} {float(measure(first, second)):.3f}" for library, measure in of.items()))
PY
seen <<'END'
totals [14.0, 14.0, 14.0, 12.0, 12.0, 9.0]
ranks of pymcdm [2.0, 2.0, 2.0, 4.5, 4.5, 6.0] and of pyrepo-mcda [1, 1, 1, 2, 2, 3]
a ranking and itself
  Kendall  pymcdm 0.733 pyrepo-mcda 0.733 SciPy 1.000
  Spearman pymcdm 1.000 pyrepo-mcda 1.000 SciPy 1.000
the same totals ranked by the two
  Kendall  pymcdm 0.733 pyrepo-mcda 0.733 SciPy 1.000
  Spearman pymcdm 0.990 pyrepo-mcda 0.300 SciPy 1.000
all ranked first, then 1 to 6
  Kendall  pymcdm 0.000 pyrepo-mcda 0.000 SciPy nan
  Spearman pymcdm nan pyrepo-mcda -0.571 SciPy nan
all ranked 3.5, then 1 to 6
  Kendall  pymcdm 0.000 pyrepo-mcda 0.000 SciPy nan
  Spearman pymcdm nan pyrepo-mcda 0.500 SciPy nan
END
