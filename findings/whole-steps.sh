#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "0.6 holds three steps of 0.2: FLOOR, INT and QUOTIENT count them, and engines agree"
needs soffice
python_packages xlsxwriter==3.3.1 ironcalc==0.9.1
node_packages hyperformula@3.5.0
cat > formulas <<'END'
FLOOR(0.6,0.2)/0.2
INT(0.6/0.2)
QUOTIENT(0.6,0.2)
FLOOR(0.3,0.1)/0.1
INT(0.57*100)
ROUNDDOWN(0.57*100,0)
ROUNDUP(0.07*100,0)
TRUNC(4.35*100)
END
happens env/bin/python - <<'PY'
import ironcalc
import xlsxwriter

asked = open("formulas").read().split()
book = xlsxwriter.Workbook("steps.xlsx")
sheet = book.add_worksheet("S")
for row, formula in enumerate(asked):
    sheet.write_formula(row, 0, f"=ROUND({formula},6)", None, "")  # no result: to be computed
book.close()
model = ironcalc.load_from_xlsx("steps.xlsx", "en", "UTC", "en")
model.evaluate()
print("asked        ", ", ".join(asked).replace(",0.", ";0.").replace(",0)", ";0)"))
print("IronCalc     ", ", ".join(model.get_formatted_cell_value(0, row, 1) for row in range(1, len(asked) + 1)))
PY
shown_by_libreoffice steps.xlsx
happens echo "LibreOffice   $(paste -sd, steps.csv | sed 's/,/, /g')"
happens node -e '
const { HyperFormula } = require("./node_modules/hyperformula/dist/hyperformula.full.min.js");
const asked = require("fs").readFileSync("formulas", "utf8").trim().split("\n");
const sheet = HyperFormula.buildFromArray(asked.map((formula) => [`=ROUND(${formula},6)`]), { licenseKey: "gpl-v3" });
console.log("HyperFormula ", sheet.getSheetValues(0).map((row) => row[0]).join(", "));'
seen <<'END'
asked         FLOOR(0.6;0.2)/0.2, INT(0.6/0.2), QUOTIENT(0.6;0.2), FLOOR(0.3;0.1)/0.1, INT(0.57*100), ROUNDDOWN(0.57*100;0), ROUNDUP(0.07*100;0), TRUNC(4.35*100)
IronCalc      3, 2, 2, 3, 56, 57, 7, 435
LibreOffice   3, 3, 3, 3, 57, 57, 7, 435
HyperFormula  2, 2, 2, 2, 56, 56, 8, 434
END
