#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a criterion on which all candidatures have the same mark changes no ranking, or is refused"
decision_packages
happens env/bin/python -W ignore - <<'PY'
import numpy as np
import skcriteria
from pymcdm.methods import COCOSO, LMAW, TOPSIS, VIKOR, WSM
from skcriteria.agg.cocoso import CoCoSo
from skcriteria.agg.spotis import SPOTIS
from skcriteria.agg.vikor import VIKOR as OTHER_VIKOR
from skcriteria.pipelines import mkpipe
from skcriteria.preprocessing.scalers import MinMaxScaler

WITHOUT = np.array([[9.0, 11.0], [11.0, 12.0], [18.0, 7.0], [10.0, 16.0]])
OTHERS = np.array([[8.0, 12.0], [18.0, 8.0], [15.0, 6.0], [9.0, 19.0]])
WEIGHTS = [0.6, 0.4], [0.48, 0.32, 0.2]


def order(ranks):
    return " > ".join("ABCD"[place] for place in np.argsort(ranks))


def told(name, ranked, marks):
    said = []
    for table, weights in zip((marks, np.c_[marks, np.full(4, 10.0)]), WEIGHTS):
        try:
            said.append(order(ranked(table, np.array(weights))))
        except ValueError as refused:
            said.append(f"refused, {' '.join(str(refused).split())[:52]}…")
    print(f"{name}: without {said[0]}; with {said[1]}")


for method, marks in ((WSM, WITHOUT), (TOPSIS, WITHOUT), (COCOSO, WITHOUT), (LMAW, OTHERS), (VIKOR, WITHOUT)):
    told(f"pymcdm {method.__name__}", lambda m, w: method().rank(np.round(method()(m, w, np.ones(len(w))), 9)), marks)
scaled = mkpipe(MinMaxScaler("matrix"), CoCoSo())
for name, maker in (("CoCoSo", scaled), ("VIKOR", OTHER_VIKOR()), ("SPOTIS", SPOTIS())):
    told(
        f"scikit-criteria {name}",
        lambda m, w: maker.evaluate(skcriteria.mkdm(m, [max] * len(w), weights=w)).rank_,
        WITHOUT,
    )
PY
seen <<'END'
pymcdm WSM: without C > D > B > A; with C > D > B > A
pymcdm TOPSIS: without C > D > B > A; with C > D > B > A
pymcdm COCOSO: without C > D > B > A; with D > C > B > A
pymcdm LMAW: without D > B > C > A; with B > D > C > A
pymcdm VIKOR: without C > B > D > A; with refused, Criteria with indexes [2] contains equal values for …
scikit-criteria CoCoSo: without C > D > B > A; with D > C > B > A
scikit-criteria VIKOR: without C > B > D > A; with C > B > D > A
scikit-criteria SPOTIS: without C > D > B > A; with refused, The data [-9223372036854775808 -9223372036854775808 …
END
