"""What users of other libraries write to try many weightings. Run as `peers.py LIBRARY MARKS COUNT`, in an environment
that has the library: it prints the seconds of processor that the loop took, imports left out.

`MARKS` is a JSON list of rows, one a candidature; every criterion is better when higher. Both loops end with how often
each candidature has each rank, as `ami` counts them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Ranks = Callable[[Any], Any]


def scikit_criteria(marks: Any) -> Ranks:
    """Rank as in the tutorial of scikit-criteria: a matrix with its weights, a pipeline that scales and adds up."""
    import skcriteria  # type: ignore[import-not-found] # noqa: PLC0415 - of the benchmark's own environment
    from skcriteria.agg.simple import WeightedSumModel  # type: ignore[import-not-found] # noqa: PLC0415
    from skcriteria.pipelines import mkpipe  # type: ignore[import-not-found] # noqa: PLC0415
    from skcriteria.preprocessing.invert_objectives import (  # type: ignore[import-not-found] # noqa: PLC0415
        InvertMinimize,
    )
    from skcriteria.preprocessing.scalers import SumScaler  # type: ignore[import-not-found] # noqa: PLC0415

    pipe, best = mkpipe(InvertMinimize(), SumScaler(target="both"), WeightedSumModel()), [max] * marks.shape[1]
    return lambda weights: pipe.evaluate(skcriteria.mkdm(marks, best, weights=weights)).rank_


def pymcdm(marks: Any) -> Ranks:
    """Rank as in the examples of pymcdm: a weighted sum of normalised marks, then ranks."""
    import numpy as np  # noqa: PLC0415 - of the benchmark's own environment
    from pymcdm.methods import WSM  # type: ignore[import-not-found] # noqa: PLC0415

    method, types = WSM(), np.ones(marks.shape[1])
    return lambda weights: method.rank(method(marks, weights, types))


def main(library: str, path: str, count: str) -> None:
    """Time one loop."""
    import numpy as np  # noqa: PLC0415 - of the benchmark's own environment

    marks = np.array(json.loads(Path(path).read_text(encoding="utf-8")))
    ranks = {"scikit-criteria": scikit_criteria, "pymcdm": pymcdm}[library](marks)
    drawn = np.random.default_rng(14).dirichlet(np.ones(marks.shape[1]), int(count))
    table = np.zeros((len(marks), len(marks)), dtype=int)
    start = time.process_time()
    for weights in drawn:
        table[np.arange(len(marks)), np.asarray(ranks(weights), dtype=int) - 1] += 1
    print(time.process_time() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
