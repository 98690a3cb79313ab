#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a library of apportionment that is told to stop at ties stops at every tie"
python_packages apportionment==1.0 numpy==2.4.6
happens env/bin/python - <<'PY'
from apportionment import methods


def seats(votes, places, fractions):
    try:
        return methods.compute("largest_remainder", votes, places, fractions=fractions, tiesallowed=False)
    except methods.TiesException:
        return "stopped: a tie"


for votes, places in (([10, 10, 10], 2), ([1, 1, 4], 4), ([4, 1, 1], 4), ([1, 2, 12], 3), ([12, 2, 1], 3)):
    print(votes, "over", places, "places: floats", seats(votes, places, False), "| fractions", seats(votes, places, True))
unseen = [
    (left, middle, right)
    for left in range(1, 20)
    for middle in range(left, 20)
    for right in range(middle, 20)
    if seats([left, middle, right], 4, True) == "stopped: a tie" != seats([left, middle, right], 4, False)
]
print("three groups of 1 to 19, 4 places: ties that floats do not see:", len(unseen))
PY
seen <<'END'
[10, 10, 10] over 2 places: floats stopped: a tie | fractions stopped: a tie
[1, 1, 4] over 4 places: floats [1, 1, 2] | fractions stopped: a tie
[4, 1, 1] over 4 places: floats [2, 1, 1] | fractions stopped: a tie
[1, 2, 12] over 3 places: floats [0, 1, 2] | fractions stopped: a tie
[12, 2, 1] over 3 places: floats [2, 1, 0] | fractions stopped: a tie
three groups of 1 to 19, 4 places: ties that floats do not see: 28
END
