#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "two checkers of SIRET numbers agree, take every site of La Poste, and refuse fourteen zeros"
python_packages python-stdnum==2.2
node_packages siret@1.0.1
happens env/bin/python - <<'PY'
from stdnum import luhn
from stdnum.fr import siren, siret

LA_POSTE, made = "356000000", []
while len(made) < 2000:  # sites made by the rule of La Poste: the sum of the digits is a multiple of five
    number = f"{LA_POSTE}{10 * len(made) + 10:05d}"
    made.append(next(n for n in range(int(number), int(number) + 10) if sum(map(int, str(n))) % 5 == 0))
print("python-stdnum: sites of La Poste admitted", sum(siret.is_valid(str(one)) for one in made), "of", len(made))
print("of which a plain key admits", sum(luhn.is_valid(str(one)) for one in made))
for zeros, checker in (("0" * 14, siret), ("0" * 9, siren)):
    print("python-stdnum:", zeros, checker.is_valid(zeros))
open("made.txt", "w").write("\n".join(map(str, made)))
PY
happens node -e '
const { isSIREN, isSIRET } = require("siret");
const made = require("fs").readFileSync("made.txt", "utf8").split("\n");
console.log("siret: sites of La Poste admitted", made.filter(isSIRET).length, "of", made.length);
console.log("siret:", "0".repeat(14), isSIRET("0".repeat(14)));
console.log("siret:", "0".repeat(9), isSIREN("0".repeat(9)));'
seen <<'END'
python-stdnum: sites of La Poste admitted 2000 of 2000
of which a plain key admits 201
python-stdnum: 00000000000000 True
python-stdnum: 000000000 True
siret: sites of La Poste admitted 201 of 2000
siret: 00000000000000 true
siret: 000000000 true
END
