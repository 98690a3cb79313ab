#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "PERCENTRANK of the third of four is two thirds, for every engine, or misses it in the same way"
needs soffice
python_packages xlsxwriter==3.3.1 openpyxl==3.1.5 et_xmlfile==2.0.0 ironcalc==0.9.1 formulas==1.3.4 schedula==1.6.15 numpy==1.26.4 \
    numpy-financial==1.0.0 scipy==1.17.1 regex==2026.11.19 tqdm==4.70.1 click==8.5.1 python-dateutil==4.0.0
node_packages @formulajs/formulajs@4.6.1 bessel@1.0.2 jstat@1.9.6
export TQDM_DISABLE=1
happens env/bin/python -W ignore - <<'PY'
import formulas
import ironcalc
import xlsxwriter

THIRD, SECOND = "PERCENTRANK(A1:A4,12)", "PERCENTRANK(A1:A4,10)"
ASKED = [f"{THIRD}*1000", f"({THIRD}>=2/3)*1", f"({SECOND}>=1/3)*1", "PERCENTRANK(A1:A4,12,6)*1000000"]
book = xlsxwriter.Workbook("rank.xlsx")
sheet = book.add_worksheet("S")
for row, mark in enumerate((8, 10, 12, 16)):
    sheet.write_number(row, 0, mark)
for row, asked in enumerate(ASKED):
    sheet.write_formula(row, 1, f"={asked}", None, "")  # no result: to be computed
book.close()
model = ironcalc.load_from_xlsx("rank.xlsx", "en", "UTC", "en")
model.evaluate()
computed = formulas.ExcelModel().loads("rank.xlsx").finish().calculate()
cells = {str(name).rpartition("!")[2]: value for name, value in computed.items()}
print("over 8 10 12 16:", *ASKED, sep="\n  ")
print("IronCalc   ", *(model.get_formatted_cell_value(0, row, 2) for row in range(1, 5)))
print("formulas   ", *(f"{cells[f'B{row}'].value[0, 0]:g}" for row in range(1, 5)))
PY
shown_by_libreoffice rank.xlsx
happens echo "LibreOffice" $(cut -d, -f2 rank.csv)
happens node -e '
const { INC } = require("@formulajs/formulajs").PERCENTRANK;
const [third, second] = [INC([8, 10, 12, 16], 12), INC([8, 10, 12, 16], 10)];
console.log("formula.js ", third * 1000, third >= 2 / 3 ? 1 : 0, second >= 1 / 3 ? 1 : 0, INC([8, 10, 12, 16], 12, 6) * 1000000);'
seen <<'END'
over 8 10 12 16:
  PERCENTRANK(A1:A4,12)*1000
  (PERCENTRANK(A1:A4,12)>=2/3)*1
  (PERCENTRANK(A1:A4,10)>=1/3)*1
  PERCENTRANK(A1:A4,12,6)*1000000
IronCalc    666 0 0 666666
formulas    666 0 0 666666
LibreOffice 667 1 0 666667
formula.js  666 0 0 666666
END
