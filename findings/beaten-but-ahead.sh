#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "whatever the method, a candidature that another beats on every criterion does not come before it"
decision_packages
happens env/bin/python -W ignore - <<'PY'
import numpy as np
import skcriteria
from pymcdm.methods import PROBID, TOPSIS, WSM
from skcriteria.agg.probid import PROBID as OTHER_PROBID
from skcriteria.agg.topsis import TOPSIS as OTHER_TOPSIS
from skcriteria.pipelines import mkpipe
from skcriteria.preprocessing.scalers import VectorScaler

MARKS = np.array([[18.0, 17.0], [7.0, 17.0], [5.0, 15.0], [4.0, 9.0]])
WEIGHTS = np.array([0.6, 0.4])
problem = skcriteria.mkdm(MARKS, [max, max], weights=WEIGHTS, alternatives=list("ABCD"))


def order(ranks):
    return " > ".join("ABCD"[place] for place in np.argsort(ranks))


print("C has 5 and 15, D has 4 and 9")
for method in (WSM(), TOPSIS(), PROBID()):
    print(f"pymcdm {type(method).__name__}:", order(method.rank(method(MARKS, WEIGHTS, np.array([1, 1])))))
for method in (OTHER_TOPSIS(), OTHER_PROBID()):
    print(f"scikit-criteria {type(method).__name__}:", order(mkpipe(VectorScaler("matrix"), method).evaluate(problem).rank_))
PY
seen <<'END'
C has 5 and 15, D has 4 and 9
pymcdm WSM: A > B > C > D
pymcdm TOPSIS: A > B > C > D
pymcdm PROBID: A > B > D > C
scikit-criteria TOPSIS: A > B > C > D
scikit-criteria PROBID: A > B > D > C
END
