#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "weights of 60 and 40 rank as 0.6 and 0.4 do, or are refused"
decision_packages
happens env/bin/python - <<'PY'
import warnings

import numpy as np
import skcriteria
from pymcdm.methods import COCOSO, TOPSIS
from skcriteria.agg.cocoso import CoCoSo
from skcriteria.agg.topsis import TOPSIS as OTHER_TOPSIS
from skcriteria.pipelines import mkpipe
from skcriteria.preprocessing.scalers import MinMaxScaler, VectorScaler

MARKS = np.array([[19.0, 6.0], [10.0, 10.0], [18.0, 7.0], [12.0, 8.0]])


def order(ranks):
    return " > ".join("ABCD"[place] for place in np.argsort(ranks))


def told(name, ranked):
    for weights in ([0.6, 0.4], [60.0, 40.0]):
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            shown = order(ranked(np.array(weights)))
        about = [one for one in said if "eights" in str(one.message)]
        print(f"{name}, weights {weights}: {shown}, {'a warning' if about else 'no warning'}")


for method in (TOPSIS(), COCOSO()):
    told(f"pymcdm {type(method).__name__}", lambda w: method.rank(method(MARKS, w, np.array([1, 1]))))
for name, maker in (
    ("TOPSIS", mkpipe(VectorScaler("matrix"), OTHER_TOPSIS())),
    ("CoCoSo", mkpipe(MinMaxScaler("matrix"), CoCoSo())),
):
    told(f"scikit-criteria {name}", lambda w: maker.evaluate(skcriteria.mkdm(MARKS, [max, max], weights=w)).rank_)
PY
seen <<'END'
pymcdm TOPSIS, weights [0.6, 0.4]: C > A > B > D, no warning
pymcdm TOPSIS, weights [60.0, 40.0]: C > A > B > D, a warning
pymcdm COCOSO, weights [0.6, 0.4]: C > A > D > B, no warning
pymcdm COCOSO, weights [60.0, 40.0]: A > B > C > D, a warning
scikit-criteria TOPSIS, weights [0.6, 0.4]: C > A > B > D, no warning
scikit-criteria TOPSIS, weights [60.0, 40.0]: C > A > B > D, no warning
scikit-criteria CoCoSo, weights [0.6, 0.4]: C > A > D > B, no warning
scikit-criteria CoCoSo, weights [60.0, 40.0]: A > B > C > D, no warning
END
