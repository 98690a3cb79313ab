#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a formula stored with an empty text is an empty text for every reader"
python_packages xlsxwriter==3.3.1 openpyxl==3.1.5 et-xmlfile==2.0.0 python-calamine==0.9.1
node_packages xlsx@0.18.5
happens env/bin/python - <<'PY'
import re, zipfile
import openpyxl, python_calamine, xlsxwriter

def book(path):
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    for row, name in enumerate(["Albe", "Bourg"]):
        sheet.write_formula(row, 0, '=IF(TRUE,"","=")', None, "")
        sheet.write_string(row, 1, name)
    made.close()

def typed(path, target):
    """The same, each formula with the type that Excel and LibreOffice give it."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            made.writestr(name, re.sub(rb'(<c r="A\d")(><f>)', rb'\1 t="str"\2', source.read(name)))

book("as-written.xlsx")
typed("as-written.xlsx", "typed.xlsx")
for path in ("as-written.xlsx", "typed.xlsx"):
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    cell = openpyxl.load_workbook(path, data_only=True).active["A1"]
    print(path, "| calamine:", sheet.start, sheet.to_python(), "| openpyxl:", cell.value, cell.data_type)
PY
happens node -e '
const { read } = require("./node_modules/xlsx/dist/xlsx.full.min.js");
for (const path of ["as-written.xlsx", "typed.xlsx"]) {
  const cell = read(require("fs").readFileSync(path)).Sheets.Sheet1.A1;
  console.log(path, "| SheetJS:", cell ? `${cell.t} ${JSON.stringify(cell.v)}` : "no cell at all, formula included");
}'
seen <<'END'
as-written.xlsx | calamine: (0, 1) [['Albe'], ['Bourg']] | openpyxl: None n
typed.xlsx | calamine: (0, 0) [['', 'Albe'], ['', 'Bourg']] | openpyxl: None str
as-written.xlsx | SheetJS: no cell at all, formula included
typed.xlsx | SheetJS: s ""
END
