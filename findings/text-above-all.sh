#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "IF(note>=10,...) admits nobody whose mark is a text or an emptied formula, and as many as COUNTIF(notes,\">=10\") counts"
needs soffice
python_packages xlsxwriter==3.3.1 openpyxl==3.1.5 et_xmlfile==2.0.0 ironcalc==0.9.1 formulas==1.3.4 schedula==1.6.15 numpy==1.26.4 \
    numpy-financial==1.0.0 scipy==1.17.1 regex==2026.11.19 tqdm==4.70.1 click==8.5.1 python-dateutil==4.0.0
node_packages hyperformula@3.5.0
export TQDM_DISABLE=1
happens env/bin/python -W ignore - <<'PY'
import formulas
import ironcalc
import xlsxwriter

MARKS = [14, 9, "9,5", "absent", '=""', None]
book = xlsxwriter.Workbook("marks.xlsx")
sheet = book.add_worksheet("S")
ASKED = [f'=IF(A{row}>=10,"admis","non")' for row in range(1, 7)] + ['=COUNTIF(A1:A6,">=10")', "=SUMPRODUCT((A1:A6>=10)*1)"]
for row, mark in enumerate(MARKS):
    if mark == '=""':
        sheet.write_formula(row, 0, mark, None, "")
    elif mark is not None:
        sheet.write(row, 0, mark)
for row, asked in enumerate(ASKED):
    sheet.write_formula(row, 1, asked, None, "")  # no result: to be computed
book.close()
model = ironcalc.load_from_xlsx("marks.xlsx", "en", "UTC", "en")
model.evaluate()
computed = formulas.ExcelModel().loads("marks.xlsx").finish().calculate()
cells = {str(name).rpartition("!")[2]: value for name, value in computed.items()}
print("marks:", *MARKS[:5], "and an empty cell; IF of each at 10 or more, then COUNTIF, then SUMPRODUCT")
print("IronCalc    ", *(model.get_formatted_cell_value(0, row, 2) for row in range(1, 9)))
print("formulas    ", *(f"{cells[f'B{row}'].value[0, 0]}" for row in range(1, 9)))
PY
shown_by_libreoffice marks.xlsx
happens env/bin/python -c "import csv; print('LibreOffice ', *(row[1] for row in csv.reader(open('marks.csv'))))"
happens node -e '
const { HyperFormula } = require("./node_modules/hyperformula/dist/hyperformula.full.min.js");
const marks = [14, 9, "\u00279,5", "absent", "=\"\"", null];
const rows = marks.map((mark, row) => [mark, `=IF(A${row + 1}>=10,"admis","non")`]);
rows.push([null, `=COUNTIF(A1:A6,">=10")`], [null, "=SUMPRODUCT((A1:A6>=10)*1)"]);
const sheet = HyperFormula.buildFromArray(rows, { licenseKey: "gpl-v3" });
console.log("HyperFormula", ...sheet.getSheetValues(0).map((row) => row[1]?.value ?? row[1]));'
seen <<'END'
marks: 14 9 9,5 absent ="" and an empty cell; IF of each at 10 or more, then COUNTIF, then SUMPRODUCT
IronCalc     admis non admis admis admis non 1 4
formulas     admis non admis admis admis non 2 4.0
LibreOffice  admis non admis admis admis non 1 4
HyperFormula admis non admis admis admis non 1 #VALUE!
END
