#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "num2words writes an amount of 2 euros, a million euros, a 2nd and a 200th as French does"
python_packages num2words==0.5.14 docopt==0.6.2
happens env/bin/python - <<'PY'
from num2words import num2words

for amount in (2, 2.0, 1000, 1_000_000.0):
    print(repr(amount), "->", num2words(amount, lang="fr", to="currency"))
for place in (2, 80, 200, 1_000_000):
    print(place, "->", num2words(place, lang="fr", to="ordinal"), "/", num2words(place, lang="fr", to="ordinal_num"))
PY
seen <<'END'
2 -> zéro euros et deux centimes
2.0 -> deux euros et zéro centimes
1000 -> dix euros et zéro centimes
1000000.0 -> un million euros et zéro centimes
2 -> deuxième / 2me
80 -> quatre-vingtsième / 80me
200 -> deux centsième / 200me
1000000 -> un millionième / 1000000me
END
