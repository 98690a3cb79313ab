#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "an income exactly at a threshold is in the band that the threshold opens, for every kind of scale of OpenFisca"
python_packages openfisca-core==46.0.1 numpy==2.4.6 dpath==2.2.0 numexpr==2.14.2 sortedcontainers==2.4.0 PyYAML==6.0.4 \
    typing_extensions==4.16.0 psutil==7.2.2 StrEnum==0.4.15 pendulum==3.3.0 python-dateutil==2.9.0.post0 six==1.17.0 tzdata==2026.6
happens env/bin/python -W ignore - <<'PY'
import numpy
from openfisca_core.taxscales import MarginalAmountTaxScale, MarginalRateTaxScale, SingleAmountTaxScale

incomes = numpy.array([0, 1, 1000, 1001, 2000, 2001])
print("incomes ", incomes.tolist(), "thresholds 0, 1000, 2000")
for kind in (SingleAmountTaxScale, MarginalAmountTaxScale):
    scale = kind()
    for threshold, amount in ((0, 10), (1000, 20), (2000, 30)):
        scale.add_bracket(threshold, amount)
    print(kind.__name__, scale.calc(incomes).tolist())
scale = MarginalRateTaxScale()
for threshold, rate in ((0, 0.1), (1000, 0.2), (2000, 0.3)):
    scale.add_bracket(threshold, rate)
print("MarginalRateTaxScale, rate of the next euro", scale.marginal_rates(incomes).tolist())
PY
seen <<'END'
incomes  [0, 1, 1000, 1001, 2000, 2001] thresholds 0, 1000, 2000
SingleAmountTaxScale [10, 10, 20, 20, 30, 30]
MarginalAmountTaxScale [0, 10, 10, 30, 30, 60]
MarginalRateTaxScale, rate of the next euro [0.1, 0.1, 0.1, 0.2, 0.2, 0.3]
END
