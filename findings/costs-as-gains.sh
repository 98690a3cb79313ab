#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "of three projects that differ by their cost alone, the dearest is last once the criterion is said to be a cost"
decision_packages pydecision==5.1.8
cat > rafsi.py <<'PY'
# One method of pyDecision, taken from its file: the package loads dozens of others at once.
import importlib.util
from pathlib import Path

import matplotlib

found = importlib.util.spec_from_file_location(
    "pydecision_rafsi", Path(matplotlib.__path__[0]).parent / "pyDecision" / "algorithm" / "rafsi.py"
)
module = importlib.util.module_from_spec(found)
found.loader.exec_module(module)
rafsi_method = module.rafsi_method
PY
happens env/bin/python -W ignore - <<'PY'
import numpy as np
import skcriteria
from pymcdm.methods import AROMAN, COPRAS, TOPSIS
from rafsi import rafsi_method
from skcriteria.agg.copras import COPRAS as OTHER_COPRAS
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.pipelines import mkpipe
from skcriteria.preprocessing.invert_objectives import InvertMinimize, NegateMinimize
from skcriteria.preprocessing.scalers import SumScaler

MARKS_AND_COSTS = np.array([[12.0, 100.0], [12.0, 200.0], [12.0, 400.0]])
WEIGHTS = np.array([0.5, 0.5])
problem = skcriteria.mkdm(MARKS_AND_COSTS, [max, min], weights=WEIGHTS)

print("mark 12 each, cost 100, 200, 400: ranks")
for method in (TOPSIS(), COPRAS(), AROMAN()):
    shown = method.rank(method(MARKS_AND_COSTS, WEIGHTS, np.array([1, -1])))
    print(" ", f"pymcdm {type(method).__name__}:", shown.astype(int).tolist())
print("  scikit-criteria COPRAS:", OTHER_COPRAS().evaluate(problem).rank_.tolist())
for turned in (InvertMinimize(), NegateMinimize()):
    told = mkpipe(turned, SumScaler("matrix"), WeightedSumModel()).evaluate(problem)
    print(f"  scikit-criteria {type(turned).__name__}, SumScaler, WeightedSumModel:", told.rank_.tolist())
scores = rafsi_method(MARKS_AND_COSTS, WEIGHTS, ["max", "min"], graph=False, verbose=False)
print("  pyDecision RAFSI, the greatest is the best:", [f"{score:.3f}" for score in scores])
PY
seen <<'END'
mark 12 each, cost 100, 200, 400: ranks
  pymcdm TOPSIS: [1, 2, 3]
  pymcdm COPRAS: [3, 2, 1]
  pymcdm AROMAN: [3, 2, 1]
  scikit-criteria COPRAS: [1, 2, 3]
  scikit-criteria InvertMinimize, SumScaler, WeightedSumModel: [1, 2, 3]
  scikit-criteria NegateMinimize, SumScaler, WeightedSumModel: [3, 2, 1]
  pyDecision RAFSI, the greatest is the best: ['0.266', '0.276', '0.307']
END
