#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "one missing mark is refused, or costs nobody else anything"
decision_packages
happens env/bin/python -W ignore - <<'PY'
import numpy as np
import pymcdm.methods
import skcriteria
from skcriteria.agg.topsis import TOPSIS

MARKS = np.array([[18.0, 12.0], [np.nan, 15.0], [10.0, 16.0], [14.0, 11.0]])
WEIGHTS = np.array([0.7, 0.3])
print("A 18 and 12, B none and 15, C 10 and 16, D 14 and 11; weights 0.7 and 0.3")
for name in ("WSM", "TOPSIS", "MARCOS", "EDAS"):
    method = getattr(pymcdm.methods, name)()
    try:
        ranks = method.rank(method(MARKS, WEIGHTS, np.array([1, 1])))
        print(f"pymcdm {name}:", " > ".join("ABCD"[place] for place in np.argsort(ranks)))
    except (KeyError, ValueError) as refused:
        print(f"pymcdm {name}: {type(refused).__name__}: {refused}")
seconds = MARKS[:, 1:], np.array([1.0]), np.array([1])
method = pymcdm.methods.EDAS()
print("pymcdm EDAS, second mark alone:", " > ".join("ABCD"[place] for place in np.argsort(method.rank(method(*seconds)))))
try:
    TOPSIS().evaluate(skcriteria.mkdm(MARKS, [max, max], weights=WEIGHTS))
except ValueError as refused:
    print("scikit-criteria TOPSIS: ValueError:", " ".join(str(refused).split()))
PY
seen <<'END'
A 18 and 12, B none and 15, C 10 and 16, D 14 and 11; weights 0.7 and 0.3
pymcdm WSM: KeyError: np.float64(nan)
pymcdm TOPSIS: KeyError: np.float64(nan)
pymcdm MARCOS: KeyError: np.float64(nan)
pymcdm EDAS: C > B > A > D
pymcdm EDAS, second mark alone: C > B > A > D
scikit-criteria TOPSIS: ValueError: The data [-9223372036854775808 -9223372036854775808 -9223372036854775808 -9223372036854775808] doesn't look like a ranking
END
