#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a threshold takes places from those under it and gives them to those above it, whatever the method"
python_packages apportionment==1.0 numpy==2.4.6
happens env/bin/python - <<'PY'
from apportionment.methods import compute

VOTES = [4, 3, 33, 60]
print("votes", VOTES, "three places, without a threshold and with one of 5 %")
for method in ("adams", "huntington", "dean", "webster", "dhondt", "hamilton"):
    print(f"{method:10}", compute(method, VOTES, 3), compute(method, VOTES, 3, threshold=0.05), end=" ")
    print("and for four places", compute(method, VOTES, 4, threshold=0.05))
PY
seen <<'END'
votes [4, 3, 33, 60] three places, without a threshold and with one of 5 %
adams      [1, 0, 1, 1] [1, 1, 1, 0] and for four places [0, 0, 2, 2]
huntington [1, 0, 1, 1] [1, 1, 1, 0] and for four places [0, 0, 1, 3]
dean       [1, 0, 1, 1] [1, 1, 1, 0] and for four places [0, 0, 1, 3]
webster    [0, 0, 1, 2] [0, 0, 1, 2] and for four places [0, 0, 1, 3]
dhondt     [0, 0, 1, 2] [0, 0, 1, 2] and for four places [0, 0, 1, 3]
hamilton   [0, 0, 1, 2] [0, 0, 1, 2] and for four places [0, 0, 1, 3]
END
