#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a tick (TRUE) or a text in a column of marks is left out of sums and averages by every engine, as Excel leaves it"
needs soffice
python_packages xlsxwriter==3.3.1 ironcalc==0.9.1
node_packages hyperformula@3.5.0
happens env/bin/python - <<'PY'
import ironcalc
import xlsxwriter

MARKS, ASKED = [14, 16, True, "13"], ["SUM", "AVERAGE", "MIN", "COUNT", "AVERAGEA"]
book = xlsxwriter.Workbook("marks.xlsx")
sheet = book.add_worksheet("S")
for row, mark in enumerate(MARKS):
    sheet.write_string(row, 0, mark) if isinstance(mark, str) else sheet.write(row, 0, mark)
for row, asked in enumerate(ASKED):
    sheet.write_formula(row, 1, f"={asked}($A$1:$A$4)", None, "")  # no result: to be computed
sheet.write_formula(5, 1, "=A1+A2+A3+A4", None, "")
book.close()
model = ironcalc.load_from_xlsx("marks.xlsx", "en", "UTC", "en")
model.evaluate()
print("over", MARKS, "asked", *ASKED, "A1+A2+A3+A4")
print("IronCalc     ", *(model.get_formatted_cell_value(0, row, 2) for row in range(1, 7)))
PY
shown_by_libreoffice marks.xlsx
happens echo "LibreOffice   $(cut -d, -f2 marks.csv | paste -sd' ')"
happens node -e '
const { HyperFormula } = require("./node_modules/hyperformula/dist/hyperformula.full.min.js");
const asked = ["SUM", "AVERAGE", "MIN", "COUNT", "AVERAGEA"].map((name) => `=${name}($A$1:$A$4)`);
const rows = [14, 16, true, "\u002713"].map((mark, row) => [mark, asked[row]]);
rows.push([null, asked[4]], [null, "=A1+A2+A3+A4"]);
const sheet = HyperFormula.buildFromArray(rows, { licenseKey: "gpl-v3" });
console.log("HyperFormula ", sheet.getSheetValues(0).map((row) => row[1]?.value ?? row[1]).join(" "));'
seen <<'END'
over [14, 16, True, '13'] asked SUM AVERAGE MIN COUNT AVERAGEA A1+A2+A3+A4
IronCalc      30 15 14 2 7.75 44
LibreOffice   31 10.3333333333333 1 3 7.75 44
HyperFormula  30 15 14 2 7.75 44
END
