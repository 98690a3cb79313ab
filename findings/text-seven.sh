#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "COUNTIF tells the code \"007\" from \"7\" and from the number 7, or never does, the same way everywhere"
needs soffice
python_packages xlsxwriter==3.3.1 ironcalc==0.9.1
node_packages hyperformula@3.5.0
happens env/bin/python - <<'PY'
import ironcalc, xlsxwriter

CODES, ASKED = ["007", "7", "7 ", 7], ['"7"', "7", '"007"']
book = xlsxwriter.Workbook("codes.xlsx")
sheet = book.add_worksheet("S")
for row, code in enumerate(CODES):
    sheet.write_string(row, 0, code) if isinstance(code, str) else sheet.write_number(row, 0, code)
for row, asked in enumerate(ASKED):
    sheet.write_formula(row, 1, f"=COUNTIF($A$1:$A$4,{asked})", None, "")  # no result: to be computed
book.close()
model = ironcalc.load_from_xlsx("codes.xlsx", "en", "UTC", "en")
model.evaluate()
print("over", CODES, "counted by", ASKED)
print("IronCalc     ", [model.get_cell_value(0, row, 2) for row in range(1, 4)])
PY
shown_by_libreoffice codes.xlsx
happens echo "LibreOffice   [$(cut -d, -f2 codes.csv | head -3 | paste -sd, | sed 's/,/, /g')]"
happens node -e '
const { HyperFormula } = require("./node_modules/hyperformula/dist/hyperformula.full.min.js");
const codes = ["\u0027007", "\u00277", "\u00277 ", 7], asked = ["\"7\"", "7", "\"007\""];
const rows = codes.map((code, row) => [code, row < 3 ? `=COUNTIF($A$1:$A$4,${asked[row]})` : null]);
const sheet = HyperFormula.buildFromArray(rows, { licenseKey: "gpl-v3" });
console.log("HyperFormula ", JSON.stringify(sheet.getSheetValues(0).slice(0, 3).map((row) => row[1])).replaceAll(",", ", "));'
seen <<'END'
over ['007', '7', '7 ', 7] counted by ['"7"', '7', '"007"']
IronCalc      [3.0, 3.0, 3.0]
LibreOffice   [2, 1, 2]
HyperFormula  [4, 4, 4]
END
