#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a unit in the number format of a cell changes how its number is shown, and a converter to CSV gives the number or that look"
needs soffice
python_packages xlsx2csv==0.8.6 xlsxwriter==3.3.1 python-calamine==0.9.1
happens env/bin/python - <<'PY'
import xlsxwriter

CELLS = [(3, '0" ans"'), (45, '0" jours"'), (7, '0" h"'), (0.5, '0.0" h"'), (120, '0" hab."'), (1250, '0" m²"'), (12.5, '0.0"/20"')]
book = xlsxwriter.Workbook("units.xlsx")
sheet = book.add_worksheet("S")
for row, (number, look) in enumerate(CELLS):
    sheet.write_string(row, 0, look)
    sheet.write_number(row, 1, number, book.add_format({"num_format": look}))
book.close()
PY
env/bin/python -m xlsx2csv units.xlsx > by-xlsx2csv.csv
shown_by_libreoffice units.xlsx
happens env/bin/python - <<'PY'
import csv

from python_calamine import CalamineWorkbook

with open("by-xlsx2csv.csv", newline="") as given, open("units.csv", newline="") as shown:
    for (look, number), (_, read), (_, seen) in zip(
        CalamineWorkbook.from_path("units.xlsx").get_sheet_by_index(0).to_python(), csv.reader(given), csv.reader(shown)
    ):
        print(f"{number:g} under {look}: LibreOffice shows {seen}, xlsx2csv writes {read}")
PY
seen <<'END'
3 under 0" ans": LibreOffice shows 3 ans, xlsx2csv writes 0" ans"
45 under 0" jours": LibreOffice shows 45 jours, xlsx2csv writes 0" jours"
7 under 0" h": LibreOffice shows 7 h, xlsx2csv writes 0" 12"
0.5 under 0.0" h": LibreOffice shows 0.5 h, xlsx2csv writes 12:00
120 under 0" hab.": LibreOffice shows 120 hab., xlsx2csv writes 0" 12ab."
1250 under 0" m²": LibreOffice shows 1250 m², xlsx2csv writes 0" 06²"
12.5 under 0.0"/20": LibreOffice shows 12.5/20, xlsx2csv writes 12.500000
END
