#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a threshold that admits whoever reaches it admits exactly 5 % of the votes"
python_packages votelib==0.4.0 apportionment==1.0 numpy==2.4.6
happens env/bin/python - <<'PY'
from decimal import Decimal
from fractions import Fraction

from apportionment.methods import apply_threshold
from votelib.evaluate.threshold import RelativeThreshold

for share in (Fraction(1, 20), Fraction(7, 100), Fraction(1, 10)):
    votes = {"A": int(100 * (1 - share)), "B": int(100 * share)}
    print(f"B has {votes['B']} of 100, the threshold is {votes['B']} %")
    for told, threshold in (("fraction", share), ("decimal", Decimal(share.numerator) / share.denominator), ("float", float(share))):
        admitted = RelativeThreshold(threshold, accept_equal=True).evaluate(votes)
        print(f"  votelib, accept_equal, as a {told}:", "B in" if "B" in admitted else "B out")
    kept = apply_threshold(list(votes.values()), float(share))
    print("  apportionment:", "B in" if kept[1] else "B out")
PY
seen <<'END'
B has 5 of 100, the threshold is 5 %
  votelib, accept_equal, as a fraction: B out
  votelib, accept_equal, as a decimal: B out
  votelib, accept_equal, as a float: B out
  apportionment: B in
B has 7 of 100, the threshold is 7 %
  votelib, accept_equal, as a fraction: B out
  votelib, accept_equal, as a decimal: B out
  votelib, accept_equal, as a float: B out
  apportionment: B out
B has 10 of 100, the threshold is 10 %
  votelib, accept_equal, as a fraction: B out
  votelib, accept_equal, as a decimal: B out
  votelib, accept_equal, as a float: B out
  apportionment: B in
END
