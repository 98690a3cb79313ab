#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a weighted sum of marks out of 20 puts two candidatures in the same order whoever else applies"
decision_packages
happens env/bin/python -W ignore - <<'PY'
import numpy as np
import skcriteria
from pymcdm.methods import WSM
from skcriteria.agg.simple import WeightedSumModel

WEIGHTS = np.array([0.6, 0.4])
for marks in ([[15, 13], [16, 10], [18, 10]], [[15, 13], [16, 10], [18, 10], [14, 8]]):
    table = np.array(marks, float)
    shares = WSM()(table, WEIGHTS, np.array([1, 1]))
    told = WeightedSumModel().evaluate(skcriteria.mkdm(table, [max, max], weights=WEIGHTS))
    print(len(marks), "candidatures, out of 20 by hand:", [round(float(total), 1) for total in table @ WEIGHTS])
    print("  pymcdm WSM:", [f"{share:.4f}" for share in shares], "first:", "ABCD"[int(np.argmax(shares))])
    print("  scikit-criteria WeightedSumModel: first:", "ABCD"[int(np.argmin(told.rank_))])
PY
seen <<'END'
3 candidatures, out of 20 by hand: [14.2, 13.6, 14.8]
  pymcdm WSM: ['0.3412', '0.3171', '0.3416'] first: C
  scikit-criteria WeightedSumModel: first: C
4 candidatures, out of 20 by hand: [14.2, 13.6, 14.8, 11.6]
  pymcdm WSM: ['0.2697', '0.2499', '0.2690', '0.2114'] first: A
  scikit-criteria WeightedSumModel: first: C
END
