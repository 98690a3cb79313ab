#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "no cell is counted both by COUNTIF(…,x) and by COUNTIF(…,\">\"&x), and what >= admits COUNTIF counts"
needs soffice
python_packages xlsxwriter==3.3.1 ironcalc==0.9.1
node_packages hyperformula@3.5.0
cat >sums.json <<'JSON'
[["=0.1+0.2", "=COUNTIF($A$1:$A$4,0.3)"], ["=0.3", "=COUNTIF($A$1:$A$4,\">\"&0.3)"],
 ["=0.1*3", "=MATCH(0.3,$A$1:$A$4,0)"], ["=0.2", "=COUNTIF($A$1:$A$4,\">=\"&A1)"]]
JSON
happens env/bin/python - <<'PY'
import json
import ironcalc, xlsxwriter

rows = json.load(open("sums.json"))
book = xlsxwriter.Workbook("sums.xlsx")
sheet = book.add_worksheet("S")
for row, cells in enumerate(rows):
    for column, formula in enumerate(cells):
        sheet.write_formula(row, column, formula, None, "")  # no result: to be computed
book.close()
model = ironcalc.create("m", "en", "UTC", "en")
for row, cells in enumerate(rows, start=1):
    for column, formula in enumerate(cells, start=1):
        model.set_user_input(0, row, column, formula)
model.evaluate()
print("of 0.1+0.2, 0.3, 0.1*3, 0.2: equal to 0.3, above 0.3, place of 0.3, at least 0.1+0.2")
print("IronCalc     ", [model.get_cell_value(0, row, 2) for row in range(1, 5)])
PY
shown_by_libreoffice sums.xlsx
happens echo "LibreOffice   [$(cut -d, -f2 sums.csv | paste -sd, | sed 's/,/, /g')]"
happens node -e '
const { HyperFormula } = require("./node_modules/hyperformula/dist/hyperformula.full.min.js");
const sheet = HyperFormula.buildFromArray(require("./sums.json"), { licenseKey: "gpl-v3" });
console.log("HyperFormula ", JSON.stringify(sheet.getSheetValues(0).map((row) => row[1])).replaceAll(",", ", "));'
seen <<'END'
of 0.1+0.2, 0.3, 0.1*3, 0.2: equal to 0.3, above 0.3, place of 0.3, at least 0.1+0.2
IronCalc      [3.0, 2.0, 1.0, 2.0]
LibreOffice   [3, 0, 1, 3]
HyperFormula  [3, 0, 2, 3]
END
