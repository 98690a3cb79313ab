#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "VALUE(\"9,75\") is 9.75 for an engine that knows the comma, and an error for one that does not"
needs soffice
python_packages xlsxwriter==3.3.1 openpyxl==3.1.5 et_xmlfile==2.0.0 ironcalc==0.9.1 formulas==1.3.4 schedula==1.6.15 numpy==1.26.4 \
    numpy-financial==1.0.0 scipy==1.17.1 regex==2026.11.19 tqdm==4.70.1 click==8.5.1 python-dateutil==4.0.0
node_packages hyperformula@3.5.0 @formulajs/formulajs@4.6.1 bessel@1.0.2 jstat@1.9.6
export TQDM_DISABLE=1
happens env/bin/python -W ignore - <<'PY'
from datetime import date, timedelta

import formulas
import ironcalc
import xlsxwriter

TEXTS = ["9,75", "2,50", "9.75"]
book = xlsxwriter.Workbook("texts.xlsx")
sheet = book.add_worksheet("S")
for row, text in enumerate(TEXTS):
    sheet.write_string(row, 0, text)
    sheet.write_formula(row, 1, f"=VALUE(A{row + 1})", None, "")  # no result: to be computed
book.close()
print("VALUE of", *TEXTS)
for language in ("en", "fr"):
    model = ironcalc.load_from_xlsx("texts.xlsx", language, "UTC", language)
    model.evaluate()
    print("IronCalc,", language, " ", *(model.get_formatted_cell_value(0, row, 2) for row in (1, 2, 3)))
computed = formulas.ExcelModel().loads("texts.xlsx").finish().calculate()
cells = {str(name).rpartition("!")[2]: float(value.value[0, 0]) for name, value in computed.items() if "!B" in str(name)}
print("formulas      ", *(f"{cells[f'B{row}']:g}" for row in (1, 2, 3)), end=", ")
print("of which the first two are the days", *(date(1899, 12, 30) + timedelta(cells[f"B{row}"]) for row in (1, 2)))
PY
shown_by_libreoffice texts.xlsx
happens echo "LibreOffice   " $(sed -E 's/^("[^"]*"|[^,]*),//' texts.csv)
happens node -e '
const { HyperFormula } = require("./node_modules/hyperformula/dist/hyperformula.full.min.js");
const { VALUE } = require("@formulajs/formulajs");
const texts = ["9,75", "2,50", "9.75"];
for (const [name, options] of [["HyperFormula  ", {}], ["  with a comma", { decimalSeparator: ",", functionArgSeparator: ";" }]]) {
  const rows = texts.map((text, row) => [`\u0027${text}`, `=VALUE(A${row + 1})`]);
  const sheet = HyperFormula.buildFromArray(rows, { licenseKey: "gpl-v3", ...options });
  console.log(name, ...sheet.getSheetValues(0).map((row) => row[1]?.value ?? row[1]));
}
console.log("formula.js    ", ...texts.map((text) => VALUE(text)));'
seen <<'END'
VALUE of 9,75 2,50 9.75
IronCalc, en   #VALUE! #VALUE! 9.75
IronCalc, fr   9,75 2,5 #VALEUR!
formulas       27638 18295 9.75, of which the first two are the days 1975-09-01 1950-02-01
LibreOffice    Err:502 Err:502 9.75
HyperFormula   #VALUE! #VALUE! 9.75
  with a comma 9.75 2.5 #VALUE!
formula.js     975 250 9.75
END
